// The shell's children: how it forks, what a child does first, and how ends of children reach the jobs table.
import { SIGCHLD, SIGINT, SIGPIPE, SIGQUIT, SIGTERM, signalByName } from '../kernel/signal-numbers.ts'
import type { Program, WaitResult } from '../kernel/system.ts'
import { SystemCallError } from '../kernel/system.ts'
import { writeError } from '../programs/stdio.ts'
import { Cancelled, CommandError, FatalError, LoopExit, ReturnExit, ShellExit } from './control.ts'
import type { Job } from './jobs.ts'
import { exitCode, isRunning, jobLine, jobMark, killedText, nextJobNumber, processState } from './jobs.ts'
import type { Shell } from './shell.ts'
import { runExitTrap } from './traps.ts'

export interface ForkOptions {
  /** Process group to join; 0 makes one of its own; undefined stays in the shell's. */
  readonly group?: number | undefined
  /** Started by `&`: without job control its standard input is /dev/null, and it ignores SIGINT and SIGQUIT. */
  readonly background?: boolean
}

/** Forks; the child runs `work` with its own copy of the shell's state, and exits with what it gives. Gives its PID. */
export function* forkShell(
  shell: Shell,
  work: (child: Shell) => Program<number>,
  options: ForkOptions = {},
): Program<number> {
  const state = shell.state.clone()
  const trapped = [...shell.state.traps].filter(([, command]) => command !== '').map(([name]) => name)
  const ignoresInterrupts = options.background === true && !shell.options.monitor
  const pid = yield* shell.system.fork(function* main(system): Program {
    const child = shell.forked(system, state)
    if (options.group !== undefined) yield* quietly(system.setpgid(0, options.group))
    for (const name of trapped) {
      const signal = signalByName(name)?.number
      if (signal) yield* system.sigaction(signal, { handler: 'SIG_DFL' })
    }
    yield* installHandlers(child)
    if (ignoresInterrupts) {
      yield* system.sigaction(SIGINT, { handler: 'SIG_IGN' })
      yield* system.sigaction(SIGQUIT, { handler: 'SIG_IGN' })
      const empty = yield* system.open('/dev/null')
      yield* system.dup2(empty, 0)
      yield* system.close(empty)
    }
    return yield* runToExit(child, () => work(child))
  })
  // Here too, so that the group is there whoever runs first.
  if (options.group !== undefined) yield* quietly(shell.system.setpgid(pid, options.group === 0 ? pid : options.group))
  return pid
}

/** Runs a shell's work to the status that its process exits with, and its EXIT trap. */
export function* runToExit(shell: Shell, work: () => Program<number>): Program<number> {
  let status: number
  try {
    status = yield* work()
  } catch (error) {
    status = yield* statusOfError(shell, error)
  }
  return (yield* runExitTrap(shell, status)) & 255
}

function* statusOfError(shell: Shell, error: unknown): Program<number> {
  if (error instanceof ShellExit || error instanceof ReturnExit) return error.status
  if (error instanceof FatalError || error instanceof CommandError) {
    yield* shell.complainOf(error)
    return shell.dialect.kind === 'ash' && error instanceof FatalError ? 2 : error.status
  }
  if (error instanceof LoopExit) return 0
  if (error instanceof Cancelled) return 130
  throw error
}

/** What every shell process handles: SIGCHLD, so that its children leave no zombies, and SIGINT. */
export function* installHandlers(shell: Shell): Program<void> {
  yield* shell.system.sigaction(SIGCHLD, { handler: () => reap(shell), flags: ['RESTART'] })
}

/** Collects all children that have ended by now. */
function* reap(shell: Shell): Program<void> {
  for (;;) {
    const result = yield* quietly(shell.system.wait4(-1, { nohang: true }))
    if (!result) return
    record(shell, result)
  }
}

function record(shell: Shell, result: WaitResult): void {
  const job = shell.jobOfPid.get(result.pid)
  const process = job?.processes.find((each) => each.pid === result.pid)
  if (job === undefined || process === undefined) {
    shell.reaped.set(result.pid, result)
    return
  }
  if (result.how === 'stopped' || result.how === 'continued') {
    job.stopped = result.how === 'stopped'
    return
  }
  shell.jobOfPid.delete(result.pid)
  process.status = exitCode(result)
  process.signal = result.how === 'signaled' ? result.status : undefined
  process.coreDumped = result.coreDumped ?? false
  if (!job.background) return
  shell.state.ended.set(result.pid, process.status)
  shell.jobsHaveNews = true
}

/** A job of processes just started; one that runs in the background stands in the jobs table. */
export function addJob(
  shell: Shell,
  pids: readonly number[],
  texts: readonly string[],
  group: number,
  background: boolean,
): Job {
  const job: Job = {
    number: background ? nextJobNumber(shell.state.jobs) : 0,
    processes: pids.map((pid, index) => ({
      pid,
      text: texts[index] ?? '',
      status: undefined,
      signal: undefined,
      coreDumped: false,
    })),
    group,
    text: texts.join(' | '),
    background,
    stopped: false,
    notified: false,
  }
  if (background) shell.state.jobs.push(job)
  for (const pid of pids) shell.jobOfPid.set(pid, job)
  // A child may have been collected by the handler of SIGCHLD before the job was known.
  for (const pid of pids) {
    const early = shell.reaped.get(pid)
    if (early) record(shell, early)
    shell.reaped.delete(pid)
  }
  return job
}

/** Waits until a job has ended or stopped, whatever signals come, and gives the status of its last process. */
export function* waitForeground(shell: Shell, job: Job): Program<number> {
  const mask = yield* shell.system.sigprocmask('SIG_BLOCK', [SIGCHLD])
  try {
    while (isRunning(job) && !job.stopped) {
      const result = yield* waitAny(shell)
      if (result === 'none') giveUp(shell, job)
      else if (result === 'interrupted') throwIfCancelled(shell)
      else record(shell, result)
    }
  } finally {
    yield* shell.system.sigprocmask('SIG_SETMASK', mask)
  }
  if (job.stopped) return 128 + 20
  yield* reportForeground(shell, job)
  return job.processes.at(-1)?.status ?? 0
}

/** There are no children left: whatever became of the job's processes, nobody will tell. */
function giveUp(shell: Shell, job: Job): void {
  for (const process of job.processes) {
    process.status ??= 127
    shell.jobOfPid.delete(process.pid)
  }
  shell.jobsHaveNews = true
}

/** Waits for any child: its change, `none` without children, `interrupted` when a signal was handled. */
export function* waitAny(shell: Shell): Program<WaitResult | 'none' | 'interrupted'> {
  try {
    return (yield* shell.system.wait4(-1, { untraced: shell.options.monitor })) ?? 'none'
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    if (error.errno === 'EINTR') return 'interrupted'
    return 'none'
  }
}

/** As `waitAny`, and notes what has changed. For `wait`, with SIGCHLD blocked by the caller. */
export function* waitAndRecord(shell: Shell): Program<WaitResult | 'none' | 'interrupted'> {
  const result = yield* waitAny(shell)
  if (typeof result !== 'string') record(shell, result)
  return result
}

export function throwIfCancelled(shell: Shell): void {
  if (shell.cancelled) throw new Cancelled()
}

/** Says that a signal has ended a foreground command, but for SIGINT and SIGPIPE. */
function* reportForeground(shell: Shell, job: Job): Program<void> {
  const killed = job.processes.at(-1)
  const signal = killed?.signal
  if (!killed || signal === undefined || signal === SIGINT || signal === SIGPIPE) return
  if (shell.inSubstitution) return
  if (shell.dialect.kind === 'ash' || signal === SIGTERM)
    yield* writeError(shell.system, `${processState(killed, false)}\n`)
  else yield* shell.complain(killedText(job).replace(/\n$/, ''))
}

/** Between two commands: tells of background jobs that have ended since, and takes them from the table. */
export function* tidyJobs(shell: Shell): Program<void> {
  if (!shell.jobsHaveNews) return
  shell.jobsHaveNews = false
  yield* notifyJobs(shell)
  forgetEndedJobs(shell)
}

/** Tells of background jobs that have ended, each once. */
export function* notifyJobs(shell: Shell, waited = false): Program<void> {
  for (const job of shell.state.jobs) {
    if (isRunning(job) || job.notified) continue
    job.notified = true
    const signal = job.processes.findLast((process) => process.signal !== undefined)?.signal
    if (shell.options.monitor) yield* writeError(shell.system, jobLine(job, jobMark(shell.state.jobs, job)))
    else if (signal === undefined || signal === SIGINT || signal === SIGPIPE || shell.inSubstitution) continue
    else if (shell.dialect.kind === 'ash' && waited) yield* reportSignal(shell, job)
    else if (shell.dialect.kind === 'bash' && signal !== SIGTERM) {
      yield* shell.complain(killedText(job).replace(/\n$/, ''))
    }
  }
}

function* reportSignal(shell: Shell, job: Job): Program<void> {
  const killed = job.processes.findLast((process) => process.signal !== undefined)
  if (killed) yield* writeError(shell.system, `${processState(killed, false)}\n`)
}

/** Takes jobs that have ended and were told of from the table. */
export function forgetEndedJobs(shell: Shell): void {
  // busybox's shell keeps them until `jobs` has shown them.
  if (shell.dialect.name === 'ash' && !shell.options.monitor) return
  shell.state.jobs = shell.state.jobs.filter((job) => isRunning(job) || !job.notified)
}

/** A call's result, or undefined when it fails. */
export function* quietly<T>(call: Program<T>): Program<T | undefined> {
  try {
    return yield* call
  } catch (error) {
    if (error instanceof SystemCallError) return undefined
    throw error
  }
}
