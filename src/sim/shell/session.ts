// A bash session of the host: one process that runs scripts one after another and keeps its state, as the seam's Shell.
import { hostOutput } from '../kernel/host-output.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { Process } from '../kernel/process.ts'
import { SIGINT, signalByNumber } from '../kernel/signal-numbers.ts'
import type { Environment, Main, Program } from '../kernel/system.ts'
import type { Path } from '../kernel/vfs.ts'
import { WaitQueue } from '../kernel/wait-queue.ts'
import { createShell, runText } from './bash.ts'
import { Cancelled, CommandError, FatalError, LoopExit, ReturnExit, ShellExit } from './control.ts'
import { bash } from './dialect.ts'
import { hintsFor } from './hints.ts'
import { throwIfCancelled } from './processes.ts'
import type { Shell } from './shell.ts'
import { ShellState } from './shell.ts'
import { Source } from './source.ts'
import { runExitTrap } from './traps.ts'

export interface SessionOptions {
  readonly kernel: Kernel
  /** Parent of the bash process: PID 1, or a login's process. */
  readonly parent: Process
  readonly environment: Environment
  /** Where it starts. */
  readonly workingDirectory?: Path | undefined
  /** `set -m` from the begin: jobs in process groups of their own. */
  readonly monitor?: boolean
}

/** Where the output of one run goes. The same as RunIo of the seam. */
export interface SessionIo {
  stdout(chunk: Uint8Array): void
  stderr(chunk: Uint8Array): void
  signal?: AbortSignal
  timeoutMs?: number
}

export interface SessionResult {
  exitCode: number
  ended?: 'cancelled' | 'timeout' | 'shell-exited'
  hints?: readonly string[]
}

interface Run {
  readonly script: string
  readonly auditSession: number
  status: number | undefined
  ended: SessionResult['ended']
  /** What else the learner should know. */
  hints: string[]
}

/** How long processes of a run may go on after the script's end before the run ends, in microseconds. */
const settleMicroseconds = 100_000

export class ShellSession {
  readonly #options: SessionOptions
  readonly #wakeUp = new WaitQueue()
  #process: Process | undefined
  #shell: Shell | undefined
  #run: Run | undefined
  /** What the next shell takes over from one that has ended. */
  #kept: { directory: Path; environment: Environment } | undefined
  #queue: Promise<unknown> = Promise.resolve()

  constructor(options: SessionOptions) {
    this.#options = options
  }

  /** Runs a script in the session; one at a time, the next one waits. Never rejects but for a defect of ours. */
  run(script: string, io: SessionIo): Promise<SessionResult> {
    const result = this.#queue.then(() => this.#runNow(script, io))
    this.#queue = result.catch(() => undefined)
    return result
  }

  /** Ends the bash process, as by SIGKILL. */
  dispose(): void {
    if (this.#process && this.#alive()) this.#options.kernel.sendSignal(this.#process, 9)
    this.#process = undefined
  }

  async #runNow(script: string, io: SessionIo): Promise<SessionResult> {
    const { kernel } = this.#options
    const run: Run = { script, auditSession: kernel.newAuditSession(), status: undefined, ended: undefined, hints: [] }
    if (this.#process && !this.#alive()) {
      run.hints.push(
        'The shell was killed since the last run. A new one has begun in its directory; its variables and functions are gone.',
      )
      this.#keepPlace(this.#process)
    }
    const process = (this.#process ??= this.#start())
    const errors = keepText(io)
    process.files.set(1, hostOutput(io.stdout, kernel.nextInode()), false)
    process.files.set(2, hostOutput(errors.write, kernel.nextInode()), false)
    process.auditSession = run.auditSession
    this.#run = run
    this.#wakeUp.wake()
    await this.#toTheEnd(run, process, io)
    this.#run = undefined
    run.hints.push(...hintsFor(errors.text()))
    if (!this.#alive()) this.#keepPlace(process)
    return resultOf(run, process)
  }

  async #toTheEnd(run: Run, process: Process, io: SessionIo): Promise<void> {
    const { kernel } = this.#options
    const cancel = (why: 'cancelled' | 'timeout'): void => this.#cancel(run, process, why)
    const onAbort = (): void => cancel('cancelled')
    if (io.signal?.aborted) onAbort()
    io.signal?.addEventListener('abort', onAbort)
    const limit =
      io.timeoutMs === undefined
        ? undefined
        : kernel.clock.setTimer(kernel.clock.now() + io.timeoutMs * 1000, () => cancel('timeout'))
    try {
      await kernel.run(() => run.status !== undefined || !this.#alive())
      if (run.ended === undefined) await this.#settle(run, process)
    } finally {
      limit?.cancel()
      io.signal?.removeEventListener('abort', onAbort)
    }
  }

  /** Lets what the run has started go on for a moment, so that `echo hi | cat &` prints under it. */
  async #settle(run: Run, process: Process): Promise<void> {
    const { kernel } = this.#options
    const others = (): boolean => {
      for (const each of kernel.processes()) {
        if (each.auditSession === run.auditSession && each !== process && each.state !== 'Z') return true
      }
      return false
    }
    if (!others()) return
    let over = false
    const timer = kernel.clock.setTimer(kernel.clock.now() + settleMicroseconds, () => {
      over = true
    })
    let turns = 0
    await kernel.run(() => over || (turns += 1) > 20_000 || ((turns & 15) === 0 && !others()))
    timer.cancel()
  }

  #cancel(run: Run, process: Process, why: 'cancelled' | 'timeout'): void {
    if (run.status !== undefined || run.ended !== undefined) return
    run.ended = why
    this.#options.kernel.killAuditSession(run.auditSession, process)
    if (this.#shell) this.#shell.cancelled = true
    // Wakes the shell from whatever it waits for; its handler does nothing but that.
    this.#options.kernel.sendSignal(process, SIGINT)
  }

  /** The shell has ended: the next one begins where it stood, with the variables that it had exported. */
  #keepPlace(process: Process): void {
    if (this.#shell) {
      this.#kept = { directory: process.workingDirectory, environment: this.#shell.variables.environment() }
    }
    this.#process = undefined
  }

  #alive(): boolean {
    return this.#process !== undefined && this.#process.state !== 'Z' && this.#process.state !== 'X'
  }

  #start(): Process {
    const { kernel, parent, environment, workingDirectory } = this.#options
    const main: Main = (system) => this.#main(system)
    const kept = this.#kept
    return kernel.spawn({
      parent,
      main,
      argv: ['bash'],
      environment: kept?.environment ?? environment,
      comm: 'bash',
      executablePath: '/usr/bin/bash',
      files: new Map(),
      newSession: true,
      ...(kept ? { workingDirectory: kept.directory } : workingDirectory && { workingDirectory }),
    })
  }

  /** The bash process: waits for a run, runs it, and again. */
  *#main(system: Parameters<Main>[0]): Program {
    const state = new ShellState('bash', this.#kept?.environment ?? this.#options.environment, false)
    const shell = yield* createShell(system, state, bash)
    shell.options.monitor = this.#options.monitor ?? false
    this.#shell = shell
    // Without a trap of the learner's, SIGINT only interrupts: the session tells a cancel by it.
    yield* system.sigaction(SIGINT, { *handler() {} })
    yield* openNull(shell)
    for (;;) {
      while (!this.#run || this.#run.status !== undefined) yield* quietSleep(shell, this.#wakeUp)
      const run = this.#run
      shell.cancelled = false
      const olderJobs = new Set(state.jobs)
      const outcome = yield* runScript(shell, run.script)
      shell.cancelled = false
      // The jobs of a cancelled run are killed: nobody needs to be told.
      if (run.ended !== undefined) state.jobs = state.jobs.filter((job) => olderJobs.has(job))
      shell.state.lastStatus = outcome.status
      if (outcome.exits) {
        run.ended ??= 'shell-exited'
        const status = yield* runExitTrap(shell, outcome.status)
        run.status = status
        return status
      }
      run.status = run.ended === 'timeout' ? 124 : run.ended === 'cancelled' ? 130 : outcome.status
    }
  }
}

function* openNull(shell: Shell): Program<void> {
  const fd = yield* shell.system.open('/dev/null')
  if (fd === 0) return
  yield* shell.system.dup2(fd, 0)
  yield* shell.system.close(fd)
}

function* quietSleep(shell: Shell, queue: WaitQueue): Program<void> {
  try {
    yield* shell.system.sleep_on(queue, 'pipe_read')
  } catch {
    // A signal has come between two runs: its trap runs with the next one.
  }
}

function* runScript(shell: Shell, script: string): Program<{ status: number; exits: boolean }> {
  try {
    throwIfCancelled(shell)
    return { status: yield* runText(shell, new Source(script), ''), exits: false }
  } catch (error) {
    resetFlow(shell)
    if (error instanceof ShellExit) return { status: error.status, exits: true }
    if (error instanceof Cancelled) return { status: 130, exits: false }
    if (error instanceof ReturnExit) return { status: error.status, exits: false }
    if (error instanceof LoopExit) return { status: 0, exits: false }
    if (!(error instanceof FatalError || error instanceof CommandError)) throw error
    yield* shell.complainOf(error)
    return { status: error.status, exits: error instanceof FatalError && error.exits }
  }
}

/** What an abandoned script may have left: loops, functions, ignored errors. */
function resetFlow(shell: Shell): void {
  const { state } = shell
  state.loopDepth = 0
  state.sourceDepth = 0
  state.errexitIgnored = 0
  state.functionNames = []
  while (state.variables.inFunction) state.variables.leaveFunction()
  shell.inSubstitution = false
}

function resultOf(run: Run, process: Process): SessionResult {
  const hints = [...run.hints]
  let status = run.status
  let { ended } = run
  if (status === undefined) {
    const end = process.exitStatus
    const signal = end?.how === 'signaled' ? end.status : undefined
    status = signal === undefined ? (end?.status ?? 1) : 128 + signal
    ended ??= 'shell-exited'
    if (signal !== undefined) {
      hints.push(
        `The shell was killed by SIG${signalByNumber(signal)?.name ?? signal}. The next run begins a new one in its directory; variables and functions are gone.`,
      )
    }
  } else if (ended === 'shell-exited') {
    hints.push(
      'The script has ended its shell. The next run begins a new one in the same directory; variables and functions are gone.',
    )
  }
  return { exitCode: status, ...(ended && { ended }), ...(hints.length > 0 && { hints }) }
}

/** Passes errors on and keeps the last of their text, in which refusals of programs are looked for. */
function keepText(io: SessionIo): { write: (chunk: Uint8Array) => void; text: () => string } {
  let kept = ''
  const decoder = new TextDecoder()
  return {
    write(chunk) {
      io.stderr(chunk)
      kept = (kept + decoder.decode(chunk)).slice(-4096)
    },
    text: () => kept,
  }
}
