// Pipelines and background commands: every member is a process of its own.
import type { AndOr, CommandNode, Pipeline, PipelineNode } from 'unbash'
import type { Program } from '../kernel/system.ts'
import { writeError } from '../programs/stdio.ts'
import { commandText } from './function-text.ts'
import type { Job } from './jobs.ts'
import { addJob, forkShell, waitForeground } from './processes.ts'
import type { Shell } from './shell.ts'
import type { CommandOptions } from './simple-command.ts'

type RunNode = (shell: Shell, node: PipelineNode | AndOr, options?: CommandOptions) => Program<number>

/** Runs a pipeline in the foreground, with its `!` and `time`. */
export function* runPipeline(shell: Shell, node: Pipeline, run: RunNode): Program<number> {
  const negated = node.prefixes.filter((prefix) => prefix.type === 'Negation').length % 2 === 1
  const timed = node.prefixes.find((prefix) => prefix.type === 'Time')
  const before = timed && (yield* times(shell))
  if (negated) shell.state.errexitIgnored += 1
  let status: number
  try {
    status = yield* runMembers(shell, node, run)
  } finally {
    if (negated) shell.state.errexitIgnored -= 1
  }
  if (before) yield* printTimes(shell, before, timed?.type === 'Time' && timed.posix !== undefined)
  return negated ? Number(status === 0) : status
}

function* runMembers(shell: Shell, node: Pipeline, run: RunNode): Program<number> {
  const [only] = node.commands
  if (!only) return 0
  if (node.commands.length === 1) return yield* run(shell, only)
  const lastHere = shell.state.shopt.get('lastpipe') && !shell.options.monitor ? node.commands.at(-1) : undefined
  if (lastHere) return yield* runWithLastHere(shell, node, lastHere, run)
  const job = yield* startPipeline(shell, node, run, false)
  const last = yield* waitForeground(shell, job)
  const statuses = job.processes.map((process) => process.status ?? 0)
  shell.state.pipeStatus = statuses
  return shell.options.pipefail ? (statuses.findLast((status) => status !== 0) ?? 0) : last
}

/** `shopt -s lastpipe`: the last member runs in the shell itself. */
function* runWithLastHere(shell: Shell, node: Pipeline, last: CommandNode, run: RunNode): Program<number> {
  const { system } = shell
  const [readEnd, writeEnd] = yield* system.pipe()
  const input = yield* system.fcntl_dupfd(0, 10, true)
  const job = yield* startPipeline(shell, { ...node, commands: node.commands.slice(0, -1) }, run, false, writeEnd)
  yield* system.close(writeEnd)
  yield* moveTo(shell, readEnd, 0)
  let status: number
  try {
    status = yield* run(shell, last)
  } finally {
    yield* moveTo(shell, input, 0)
  }
  yield* waitForeground(shell, job)
  const statuses = [...job.processes.map((process) => process.status ?? 0), status]
  shell.state.pipeStatus = statuses
  return shell.options.pipefail ? (statuses.findLast((each) => each !== 0) ?? 0) : status
}

/** Starts the members, each joined to the next by a pipe. */
function* startPipeline(
  shell: Shell,
  node: Pipeline,
  run: RunNode,
  background: boolean,
  output?: number,
): Program<Job> {
  const { system } = shell
  const pids: number[] = []
  const texts: string[] = []
  let group: number | undefined = shell.options.monitor ? 0 : undefined
  let input: number | undefined
  for (const [index, command] of node.commands.entries()) {
    const isLast = index === node.commands.length - 1
    const [readEnd, writeEnd] = isLast ? [] : yield* system.pipe()
    const from = input
    const mergesErrors = node.operators[index] === '|&'
    const pid: number = yield* forkShell(
      shell,
      function* work(child) {
        if (from !== undefined) yield* moveTo(child, from, 0)
        if (readEnd !== undefined) yield* child.system.close(readEnd)
        if (writeEnd !== undefined) yield* moveTo(child, writeEnd, 1)
        else if (output !== undefined) yield* moveTo(child, output, 1)
        if (mergesErrors) yield* child.system.dup2(1, 2)
        return yield* run(child, command, { inPlace: true })
      },
      { group, background: background && index === 0 },
    )
    pids.push(pid)
    texts.push(commandText(command, shell.source.text))
    if (group === 0) group = pid
    if (from !== undefined) yield* system.close(from)
    if (writeEnd !== undefined) yield* system.close(writeEnd)
    input = readEnd
  }
  return addJob(shell, pids, texts, group ?? 0, background)
}

function* moveTo(shell: Shell, from: number, to: number): Program<void> {
  if (from === to) return
  yield* shell.system.dup2(from, to)
  yield* shell.system.close(from)
}

/** `command &`: starts it, sets `$!`, and goes on. */
export function* startBackground(
  shell: Shell,
  node: PipelineNode | AndOr,
  text: string,
  run: RunNode,
): Program<number> {
  const job = yield* backgroundJob(shell, node, text, run)
  shell.state.lastBackground = job.processes.at(-1)?.pid
  return 0
}

function* backgroundJob(shell: Shell, node: PipelineNode | AndOr, text: string, run: RunNode): Program<Job> {
  if (node.type === 'Pipeline' && node.commands.length > 1 && node.prefixes.length === 0) {
    return yield* startPipeline(shell, node, run, true)
  }
  const group = shell.options.monitor ? 0 : undefined
  // In the background `!` before one command means nothing.
  const [only] = node.type === 'Pipeline' && node.commands.length === 1 ? node.commands : []
  const command =
    only && node.type === 'Pipeline' && node.prefixes.every(({ type }) => type === 'Negation') ? only : node
  const pid = yield* forkShell(shell, (child) => run(child, command, { inPlace: true }), { group, background: true })
  return addJob(shell, [pid], [text], group === 0 ? pid : 0, true)
}

interface Times {
  real: number
  user: number
  system: number
}

function* times(shell: Shell): Program<Times> {
  const real = yield* shell.system.clock_gettime('CLOCK_MONOTONIC')
  const own = yield* shell.system.getrusage('self')
  const children = yield* shell.system.getrusage('children')
  return {
    real,
    user: own.userMicroseconds + children.userMicroseconds,
    system: own.systemMicroseconds + children.systemMicroseconds,
  }
}

/** What `time` prints, in the format of TIMEFORMAT's default or of POSIX. */
function* printTimes(shell: Shell, before: Times, posix: boolean): Program<void> {
  const after = yield* times(shell)
  const format = (microseconds: number): string => {
    const seconds = microseconds / 1_000_000
    return posix ? seconds.toFixed(2) : `${Math.floor(seconds / 60)}m${(seconds % 60).toFixed(3)}s`
  }
  const wanted = posix ? undefined : shell.variables.get('TIMEFORMAT')
  if (wanted !== undefined) {
    yield* writeError(shell.system, `${formatted(wanted, before, after)}\n`)
    return
  }
  const rows = (['real', 'user', 'system'] as const).map((key) => {
    const name = key === 'system' ? 'sys' : key
    if (shell.dialect.kind === 'ash') return `${name}\t${busyboxTime(after[key] - before[key])}\n`
    return `${name}${posix ? ' ' : '\t'}${format(after[key] - before[key])}\n`
  })
  yield* writeError(shell.system, `${posix || shell.dialect.kind === 'ash' ? '' : '\n'}${rows.join('')}`)
}

/** `0m 1.50s`, as time of busybox tells it. */
function busyboxTime(microseconds: number): string {
  const seconds = microseconds / 1_000_000
  return `${Math.floor(seconds / 60)}m ${(seconds % 60).toFixed(2)}s`
}

/** TIMEFORMAT of bash(1): `%[p][l]R`, `U`, `S`, `%P` and `%%`. */
function formatted(format: string, before: Times, after: Times): string {
  const spent = (key: keyof Times): number => (after[key] - before[key]) / 1_000_000
  const keys: Readonly<Record<string, keyof Times>> = { R: 'real', U: 'user', S: 'system' }
  return format.replace(/%(?:%|(\d?)(l?)([RUSP]))/g, (whole, digits: string, long: string, letter: string) => {
    if (whole === '%%') return '%'
    if (letter === 'P') return ((spent('user') + spent('system')) / Math.max(spent('real'), 1e-6)).toFixed(2)
    const seconds = spent(keys[letter] ?? 'real')
    const places = Math.min(3, digits === '' ? 3 : Number(digits))
    return long === '' ? seconds.toFixed(places) : `${Math.floor(seconds / 60)}m${(seconds % 60).toFixed(places)}s`
  })
}
