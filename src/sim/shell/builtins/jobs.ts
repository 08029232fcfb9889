// jobs, wait, kill, fg, bg, disown.
import {
  highestSignal,
  SIGCHLD,
  SIGCONT,
  SIGTERM,
  signalByName,
  signalByNumber,
  signals,
} from '../../kernel/signal-numbers.ts'
import type { Program } from '../../kernel/system.ts'
import { SystemCallError } from '../../kernel/system.ts'
import { writeOut } from '../../programs/stdio.ts'
import { CommandError } from '../control.ts'
import type { Job } from '../jobs.ts'
import { findJob, isRunning, jobLine, jobMark, jobStatus, processState } from '../jobs.ts'
import { forgetEndedJobs, notifyJobs, throwIfCancelled, waitAndRecord, waitForeground } from '../processes.ts'
import type { Builtin, Shell } from '../shell.ts'
import { pendingTrap } from '../traps.ts'

const jobs: Builtin = function* jobs(shell, argv) {
  const options = argv
    .slice(1)
    .filter((word) => word.startsWith('-'))
    .join('')
  const names = argv.slice(1).filter((word) => !word.startsWith('-'))
  const isAsh = shell.dialect.name === 'ash' && !shell.options.monitor
  let status = 0
  const listed: Job[] = []
  const own = shell.state.jobs.length > 0 ? shell.state.jobs : shell.state.inheritedJobs
  for (const name of names) {
    const job = findJob(own, name)
    if (job) listed.push(job)
    else {
      yield* shell.complain(`jobs: ${name}: no such job`)
      status = 1
    }
  }
  for (const job of names.length > 0 ? listed : own) {
    if (options.includes('r') && (!isRunning(job) || job.stopped)) continue
    if (options.includes('s') && !job.stopped) continue
    const text =
      isAsh && !options.includes('p')
        ? `${ashJobLine(job, jobMark(own, job))}\n`
        : options.includes('p')
          ? `${job.processes[0]?.pid}\n`
          : jobLine(job, jobMark(own, job), options.includes('l'))
    yield* writeOut(shell.system, text)
    if (!isRunning(job) && shell.state.jobs.includes(job)) job.notified = true
  }
  if (isAsh) shell.state.jobs = shell.state.jobs.filter((job) => isRunning(job) || !listed.concat(own).includes(job))
  forgetEndedJobs(shell)
  return status
}

/** busybox's shell keeps no text of a job without job control. */
function ashJobLine(job: Job, mark: string): string {
  const last = job.processes.at(-1)
  return `[${job.number}]${mark}  ${last ? processState(last, job.stopped) : ''}`.padEnd(33)
}

const wait: Builtin = function* wait(shell, argv) {
  const operands = argv.slice(1)
  let next = false
  let named: string | undefined
  while (/^-[nfp]+$/.test(operands[0] ?? '')) {
    const option = operands.shift() ?? ''
    next ||= option.includes('n')
    if (option.includes('p')) named = operands.shift()
  }
  const mask = yield* shell.system.sigprocmask('SIG_BLOCK', [SIGCHLD])
  try {
    if (next) return yield* waitNext(shell, operands, named)
    if (operands.length === 0) return yield* waitAll(shell)
    let status = 0
    for (const operand of operands) status = yield* waitOne(shell, operand)
    return status
  } finally {
    yield* shell.system.sigprocmask('SIG_SETMASK', mask)
    yield* notifyJobs(shell, true)
    forgetEndedJobs(shell)
  }
}

/** Waits until the condition holds; the status for a signal with a trap, or undefined. */
function* waitUntil(shell: Shell, done: () => boolean): Program<number | undefined> {
  while (!done()) {
    const change = yield* waitAndRecord(shell)
    throwIfCancelled(shell)
    const trap = pendingTrap(shell)
    if (change === 'interrupted' && trap !== undefined) return 128 + trap
    if (change === 'none') return undefined
  }
  return undefined
}

function* waitAll(shell: Shell): Program<number> {
  for (const job of shell.state.jobs) {
    const status = yield* waitUntil(shell, () => !isRunning(job))
    if (status !== undefined) return status
  }
  for (const job of shell.state.jobs) if (shell.dialect.kind === 'ash') job.notified = true
  shell.state.ended.clear()
  return 0
}

function* waitNext(shell: Shell, operands: readonly string[], named: string | undefined): Program<number> {
  const candidates =
    operands.length === 0 ? [...shell.state.jobs] : operands.flatMap((name) => jobOf(shell, name) ?? [])
  if (!candidates.some((job) => isRunning(job) || !job.notified)) return 127
  const status = yield* waitUntil(shell, () => candidates.some((job) => !isRunning(job) && !job.notified))
  if (status !== undefined) return status
  const ended = candidates.find((job) => !isRunning(job) && !job.notified)
  if (ended) {
    ended.notified = true
    if (named !== undefined) shell.variables.set(named, String(ended.processes.at(-1)?.pid ?? ''))
  }
  return ended ? jobStatus(ended) : 127
}

function jobOf(shell: Shell, name: string): Job | undefined {
  if (name.startsWith('%')) return findJob(shell.state.jobs, name)
  return shell.state.jobs.find((job) => job.processes.some((process) => process.pid === Number(name)))
}

function* waitOne(shell: Shell, name: string): Program<number> {
  if (!/^%|^\d+$/.test(name)) throw new CommandError(`wait: \`${name}': not a pid or valid job spec`)
  const job = jobOf(shell, name)
  if (job) {
    const status = yield* waitUntil(shell, () => !isRunning(job))
    if (status !== undefined) return status
    const process = name.startsWith('%')
      ? job.processes.at(-1)
      : job.processes.find((each) => each.pid === Number(name))
    return process?.status ?? 127
  }
  if (name.startsWith('%')) {
    yield* shell.complain(
      shell.dialect.kind === 'ash' ? `wait: line 0: ${name}: no such job` : `wait: ${name}: no such job`,
    )
    return shell.dialect.kind === 'ash' ? 2 : 127
  }
  const known = shell.state.ended.get(Number(name))
  if (known !== undefined) return known
  if (shell.dialect.kind === 'bash') yield* shell.complain(`wait: pid ${name} is not a child of this shell`)
  return 127
}

const kill: Builtin = function* kill(shell, argv) {
  const words = argv.slice(1)
  const isAsh = shell.dialect.kind === 'ash'
  if (words[0] === '-l' || words[0] === '-L') return yield* listSignals(shell, words.slice(1))
  let signal: number = SIGTERM
  const option = words[0]
  if (option === '-s' || option === '-n') {
    if (words[1] === undefined) throw new CommandError(`kill: ${option}: option requires an argument`)
    signal = signalNumber(shell, words[1])
    words.splice(0, 2)
  } else if (option !== undefined && /^-./.test(option) && option !== '--') {
    signal = signalNumber(shell, option.slice(1))
    words.shift()
  }
  if (words[0] === '--') words.shift()
  if (words.length === 0) {
    if (isAsh) throw new BusyboxKillError('you need to specify whom to kill')
    throw new CommandError(
      'kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]',
      2,
    )
  }
  let failed = 0
  for (const word of words) {
    try {
      yield* killOne(shell, word, signal)
    } catch (error) {
      if (!(error instanceof CommandError)) throw error
      failed += 1
      if (error instanceof BusyboxKillError) yield* error.print(shell)
      else yield* shell.complain(error.message)
    }
  }
  return failed > 0 ? 1 : 0
}

/** busybox's kill says its words under the name `sh`, without a line. */
class BusyboxKillError extends CommandError {
  *print(shell: Shell): Program<void> {
    yield* shell.system.write(2, `sh: ${this.message}\n`)
  }
}

function signalNumber(shell: Shell, text: string): number {
  const number = /^\d+$/.test(text) ? Number(text) : signalByName(text)?.number
  if (text === 'EXIT' || text === '0') return 0
  if (number !== undefined && number <= highestSignal) return number
  if (shell.dialect.kind === 'ash') throw new BusyboxKillError(`bad signal name '${text}'`)
  throw new CommandError(`kill: ${text}: invalid signal specification`)
}

function* killOne(shell: Shell, word: string, signal: number): Program<void> {
  const isAsh = shell.dialect.kind === 'ash'
  let targets: number[]
  if (word.startsWith('%')) {
    const job = findJob(shell.state.jobs, word)
    if (!job) throw new CommandError(`kill: ${word}: no such job`)
    targets =
      job.group > 0 ? [-job.group] : job.processes.filter((each) => each.status === undefined).map((each) => each.pid)
  } else if (/^-?\d+$/.test(word)) targets = [Number(word)]
  else if (isAsh) throw new BusyboxKillError(`invalid number '${word}'`)
  else if (word === '') throw new CommandError("kill: `': not a pid or valid job spec")
  else throw new CommandError(`kill: ${word}: arguments must be process or job IDs`)
  for (const target of targets) {
    try {
      yield* shell.system.kill(target, signal)
    } catch (error) {
      if (!(error instanceof SystemCallError)) throw error
      if (isAsh) throw new BusyboxKillError(`can't kill pid ${word}: ${error.message}`)
      throw new CommandError(`kill: (${word.startsWith('%') ? target : word}) - ${error.message}`)
    }
  }
}

function* listSignals(shell: Shell, words: readonly string[]): Program<number> {
  let status = 0
  if (words.length === 0) {
    yield* writeOut(shell.system, shell.dialect.kind === 'ash' ? busyboxTable() : signalTable())
    return 0
  }
  for (const word of words) {
    const number = Number(word)
    if (word === '0' && shell.dialect.kind === 'bash') {
      yield* writeOut(shell.system, 'EXIT\n')
      continue
    }
    const row = /^\d+$/.test(word) ? signalByNumber(number > 128 ? number - 128 : number) : signalByName(word)
    if (!row) {
      yield* shell.complain(`kill: ${word}: invalid signal specification`)
      status = 1
    } else yield* writeOut(shell.system, `${/^\d+$/.test(word) ? row.name : row.number}\n`)
  }
  return status
}

/** `kill -l` of bash: five in a row. */
function signalTable(): string {
  const names = new Map<number, string>(signals.map((row) => [row.number, `SIG${row.name}`]))
  for (let offset = 0; offset <= 15; offset += 1)
    names.set(34 + offset, offset === 0 ? 'SIGRTMIN' : `SIGRTMIN+${offset}`)
  for (let offset = 14; offset >= 0; offset -= 1)
    names.set(64 - offset, offset === 0 ? 'SIGRTMAX' : `SIGRTMAX-${offset}`)
  const cells = [...names].map(([number, name]) => `${String(number).padStart(2)}) ${name}`)
  let text = ''
  for (const [index, cell] of cells.entries())
    text += cell + (index % 5 === 4 ? '\n' : index === cells.length - 1 ? '\t\n' : '\t')
  return text
}

function busyboxTable(): string {
  return signals.map((row) => `${String(row.number).padStart(2)}) ${row.name === 'IO' ? 'POLL' : row.name}\n`).join('')
}

function resume(foreground: boolean): Builtin {
  return function* resumeJob(shell, argv) {
    const name = argv[0] ?? ''
    const job = findJob(shell.state.jobs, argv[1] ?? '%%')
    if (!shell.options.monitor && shell.dialect.name === 'ash') {
      const problem = job ? 'job (null) not created under job control' : 'No current job'
      throw new CommandError(`${name}: line 0: ${problem}`, 2)
    }
    if (!shell.options.monitor) throw new CommandError(`${name}: no job control`)
    if (!job) throw new CommandError(`${name}: ${argv[1] ?? 'current'}: no such job`)
    yield* writeOut(
      shell.system,
      foreground ? `${job.text}\n` : `[${job.number}]${jobMark(shell.state.jobs, job)} ${job.text} &\n`,
    )
    job.stopped = false
    yield* shell.system.kill(job.group > 0 ? -job.group : (job.processes[0]?.pid ?? 0), SIGCONT)
    if (!foreground) return 0
    const status = yield* waitForeground(shell, job)
    job.notified = true
    shell.jobsHaveNews = true
    return status
  }
}

const disown: Builtin = function* disown(shell, argv) {
  const names = argv.slice(1).filter((word) => !word.startsWith('-'))
  if (argv.includes('-a')) shell.state.jobs = []
  const wanted = names.length === 0 ? ['%%'] : names
  for (const name of argv.includes('-a') ? [] : wanted) {
    const job = jobOf(shell, name)
    if (!job) throw new CommandError(`disown: ${names.length === 0 ? 'current' : name}: no such job`)
    shell.state.jobs = shell.state.jobs.filter((each) => each !== job)
    for (const { pid } of job.processes) shell.jobOfPid.delete(pid)
  }
  return 0
}

export const jobBuiltins: readonly (readonly [string, Builtin])[] = [
  ['jobs', jobs],
  ['wait', wait],
  ['kill', kill],
  ['fg', resume(true)],
  ['bg', resume(false)],
  ['disown', disown],
]
