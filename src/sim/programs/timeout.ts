// timeout(1), nohup(1), nice(1) and setsid(1): a command under a condition.
import { signalByNumber } from '../kernel/signal-numbers.ts'
import { type Main, type Program, SystemCallError, type System } from '../kernel/system.ts'
import { signalOf } from './kill.ts'
import { execvp, startFailure } from './run-command.ts'
import { writeError } from './stdio.ts'
import { attempt, type Call, Failure, type Family, misuse, utility, warn } from './utility.ts'

const unitSeconds: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 }

/** Microseconds of `5`, `0.5s`, `2m`; undefined when it is no time. */
function durationOf(text: string): number | undefined {
  const match = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(text)
  return match === null ? undefined : Number(match[1]) * (unitSeconds[match[2] ?? ''] ?? 1) * 1e6
}

/** Executes in place of this process, or prints why not and gives the status that shells give then. */
export function* execOrFail(call: Call, words: readonly string[], quote: (text: string) => string): Program {
  const [command = ''] = words
  try {
    return yield* execvp(call.system, words, call.environment)
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    // nice and setsid name the command alone.
    const begin = call.name === 'nice' ? '' : 'failed to run command '
    const gnu = `${begin}${quote(command)}: ${error.message}`
    yield* warn(call, call.family === 'gnu' ? gnu : `can't execute '${command}': ${error.message}`)
    return startFailure(error)
  }
}

const timeoutOptions = [
  { names: ['s', 'signal'], value: 'required' },
  { names: ['k', 'kill-after'], value: 'required' },
  { names: ['preserve-status'] },
  { names: ['foreground'] },
  { names: ['v', 'verbose'] },
] as const

export const timeoutMain = (family: Family): Main =>
  utility(
    family,
    {
      name: 'timeout',
      options: timeoutOptions,
      stopAtOperand: true,
      synopsis: '[OPTION] DURATION COMMAND [ARG]...',
      usageStatus: family === 'gnu' ? 125 : 1,
    },
    function* timeout(call) {
      const { has, value, operands } = call
      const [time, ...words] = operands
      if (time === undefined || words.length === 0) throw misuse('')
      const read = (text: string) => {
        const duration = durationOf(text)
        if (duration !== undefined) return duration
        if (family === 'busybox') throw new Failure(`invalid number '${text}'`)
        throw misuse(`invalid time interval ${call.quote(text)}`)
      }
      const limit = read(time)
      const signal = signalOf(value('s') ?? 'TERM')
      if (signal === undefined) {
        if (family === 'busybox') throw new Failure(`bad signal name '${value('s')}'`)
        throw misuse(`${call.quote(value('s') ?? '')}: invalid signal`)
      }
      const killAfter = value('k')
      return yield* runLimited(call, words, {
        limit,
        signal,
        killAfter: killAfter === undefined ? undefined : read(killAfter),
        preserveStatus: has('preserve-status'),
      })
    },
  )

interface Limits {
  readonly limit: number
  readonly signal: number
  readonly killAfter: number | undefined
  readonly preserveStatus: boolean
}

/** Ends by the signal that has ended the child, so that the caller sees it. */
function* dieOf(system: System, signal: number): Program {
  if (signal !== 9) yield* system.sigaction(signal, { handler: 'SIG_DFL' })
  yield* system.kill(yield* system.getpid(), signal)
  return 128 + signal
}

/** Waits for the child and for the clock at once: SIGCHLD ends the sleep. */
function* runLimited(call: Call, words: readonly string[], limits: Limits): Program {
  const { system } = call
  yield* system.sigaction(17, { *handler() {} })
  // The child may end before this process sleeps, so SIGCHLD is held back until then.
  const child = yield* system.fork((inside) => {
    const quote = (text: string) => call.quote(text)
    return execOrFail({ ...call, system: inside }, words, quote)
  })
  const now = () => system.clock_gettime('CLOCK_MONOTONIC')
  const start = yield* now()
  let deadline = limits.limit === 0 ? Number.POSITIVE_INFINITY : start + limits.limit
  let timedOut = false
  let killed = false
  for (;;) {
    const ended = yield* system.wait4(child, { nohang: true })
    if (ended !== undefined) {
      if (ended.how === 'exited') return timedOut && !limits.preserveStatus ? 124 : ended.status
      const diesToo = !timedOut || ended.status === 9 || call.family === 'busybox'
      return diesToo ? yield* dieOf(system, ended.status) : limits.preserveStatus ? 128 + ended.status : 124
    }
    const left = deadline - (yield* now())
    if (left > 0) {
      // A slice at most: a child that ends between wait4 and here is then seen soon.
      yield* attempt(system.nanosleep(Math.min(left, 1e15)))
      continue
    }
    killed = timedOut
    if (call.has('v')) {
      const name = signalByNumber(killed ? 9 : limits.signal)?.name ?? limits.signal
      yield* writeError(system, `timeout: sending signal ${name} to command ${call.quote(words[0] ?? '')}\n`)
    }
    yield* attempt(system.kill(child, killed ? 9 : limits.signal))
    timedOut = true
    deadline = limits.killAfter === undefined || killed ? Number.POSITIVE_INFINITY : (yield* now()) + limits.killAfter
  }
}

export const nohupMain = (family: Family): Main =>
  utility(
    family,
    { name: 'nohup', stopAtOperand: true, synopsis: 'COMMAND [ARG]...', usageStatus: 125 },
    function* nohup(call) {
      const { system, operands } = call
      if (operands.length === 0) throw misuse('missing operand')
      // Output is left alone, since it is no terminal here.
      yield* system.sigaction(1, { handler: 'SIG_IGN' })
      return yield* execOrFail(call, operands, (text) => `'${text}'`)
    },
  )

export const niceMain = (family: Family): Main =>
  utility(
    family,
    {
      name: 'nice',
      options: [{ names: ['n', 'adjustment'], value: 'required' }],
      stopAtOperand: true,
      synopsis: '[OPTION] [COMMAND [ARG]...]',
      usageStatus: 125,
    },
    function* nice(call) {
      const { system, operands, value } = call
      const old = yield* system.getpriority()
      if (operands.length === 0) {
        yield* system.write(1, `${old}\n`)
        return 0
      }
      const failed = yield* attempt(system.setpriority(Math.max(-20, Math.min(19, old + Number(value('n') ?? 10)))))
      if (failed instanceof SystemCallError) yield* warn(call, `cannot set niceness: ${failed.message}`)
      return yield* execOrFail(call, operands, call.quote)
    },
  )

export const setsidMain = (family: Family): Main =>
  utility(
    family,
    {
      name: 'setsid',
      options: [{ names: ['c', 'ctty'] }, { names: ['f', 'fork'] }, { names: ['w', 'wait'] }],
      stopAtOperand: true,
      synopsis: '[options] <program> [arguments ...]',
    },
    function* setsid(call) {
      const { system, operands, has } = call
      if (operands.length === 0) throw misuse('no command specified')
      const run = function* run(inside: System): Program {
        yield* inside.setsid()
        return yield* execOrFail({ ...call, system: inside }, operands, (text) => text)
      }
      const leads = (yield* system.getpgid(0)) === (yield* system.getpid())
      if (!leads && !has('f')) return yield* run(system)
      const child = yield* system.fork(run)
      if (!has('w')) return 0
      const ended = yield* system.wait4(child, {})
      return ended?.status ?? 0
    },
  )
