// timeout(1): runs a program and signals it when its time is over; nohup(1).
import { SIGALRM, SIGCHLD, SIGHUP, SIGKILL, SIGTERM, signalByName } from '../kernel/signal-numbers.ts'
import type { Main, Program, System, WaitResult } from '../kernel/system.ts'
import { SystemCallError } from '../kernel/system.ts'
import { command } from './command.ts'
import type { Invocation } from './command.ts'
import { OptionError } from './getopt.ts'
import { execvp } from './run-program.ts'
import { writeError } from './stdio.ts'

const unitSeconds: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 }

/** Seconds of a duration such as `0.5`, `2m`; undefined for another text. */
export function durationSeconds(text: string): number | undefined {
  const match = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(text)
  return match ? Number(match[1]) * (unitSeconds[match[2] ?? ''] ?? 1) : undefined
}

function signalOf(text: string): number {
  const number = /^\d+$/.test(text) ? Number(text) : signalByName(text)?.number
  if (number === undefined || number > 64) throw new OptionError(`'${text}': invalid signal`)
  return number
}

function timeOf(text: string): number {
  const seconds = durationSeconds(text)
  if (seconds === undefined) throw new OptionError(`invalid time interval '${text}'`)
  return seconds * 1_000_000
}

/** `busybox`: 143 and the like when the time is over, where the coreutils give 124. */
export function timeoutMain(dialect: 'coreutils' | 'busybox'): Main {
  return command(
    'timeout',
    [
      { names: ['s', 'signal'], value: 'required' },
      { names: ['k', 'kill-after'], value: 'required' },
      { names: ['preserve-status'] },
      { names: ['foreground'] },
      { names: ['v', 'verbose'] },
    ],
    function* run(invocation) {
      const { system, operands, environment, has, value } = invocation
      const [time, ...words] = operands
      if (time === undefined || words.length === 0) throw new OptionError('missing operand')
      const limit = timeOf(time)
      const signal = value('s') === undefined ? SIGTERM : signalOf(value('s') ?? '')
      const after = value('k') === undefined ? undefined : timeOf(value('k') ?? '')
      if (!has('foreground')) yield* quiet(system.setpgid(0, 0))
      const pid = yield* system.fork(function* child(childSystem) {
        return yield* execvp(childSystem, 'timeout', words, environment, (name, reason) =>
          dialect === 'busybox' ? `can't execute '${name}': ${reason}` : `failed to run command '${name}': ${reason}`,
        )
      })
      const first = yield* waitUntil(system, pid, limit)
      if (first) return statusOf(first)
      yield* tell(invocation, words[0] ?? '', pid, signal)
      const second = yield* waitUntil(system, pid, after ?? 0)
      if (after !== undefined && !second) yield* tell(invocation, words[0] ?? '', pid, SIGKILL)
      const end = second ?? (yield* waitUntil(system, pid, 0))
      const preserves = has('preserve-status') || dialect === 'busybox'
      if (!end) return 124
      if (end.how === 'signaled' && end.status === SIGKILL && !preserves) return yield* dieOf(system, SIGKILL)
      return preserves ? statusOf(end) : 124
    },
    { stopAtOperand: true, usageStatus: dialect === 'busybox' ? 1 : 125 },
  )
}

function* tell({ system, has }: Invocation, program: string, pid: number, signal: number): Program<void> {
  if (has('v')) yield* writeError(system, `timeout: sending signal ${signal} to command '${program}'\n`)
  yield* quiet(system.kill(pid, signal))
}

/** Ends as its child did. */
function* dieOf(system: System, signal: number): Program<number> {
  yield* system.kill(yield* system.getpid(), signal)
  return 128 + signal
}

function statusOf(result: WaitResult): number {
  return result.how === 'signaled' ? 128 + result.status : result.status
}

/** The child's end, or undefined when the time is over first; 0 microseconds waits for ever. */
function* waitUntil(system: System, pid: number, microseconds: number): Program<WaitResult | undefined> {
  const end = (yield* system.clock_gettime('CLOCK_MONOTONIC')) + microseconds
  yield* system.sigaction(SIGCHLD, { *handler() {} })
  yield* system.sigaction(SIGALRM, { *handler() {} })
  for (;;) {
    const result = yield* system.wait4(pid, { nohang: true })
    if (result) return result
    const left = end - (yield* system.clock_gettime('CLOCK_MONOTONIC'))
    if (microseconds > 0 && left <= 0) return undefined
    // SIGCHLD interrupts the sleep.
    yield* quiet(system.nanosleep(microseconds > 0 ? left : 1e12))
  }
}

function* quiet(call: Program<unknown>): Program<void> {
  try {
    yield* call
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
  }
}

export const nohup = command(
  'nohup',
  [],
  function* run({ system, operands, environment }) {
    if (operands.length === 0) throw new OptionError('missing operand')
    yield* system.sigaction(SIGHUP, { handler: 'SIG_IGN' })
    return yield* execvp(
      system,
      'nohup',
      operands,
      environment,
      (name, reason) => `failed to run command '${name}': ${reason}`,
    )
  },
  { stopAtOperand: true, usageStatus: 125 },
)
