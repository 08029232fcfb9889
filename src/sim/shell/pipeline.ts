// Pipelines and background commands: every member is a process of its own.
import type { AndOr, Pipeline, PipelineNode } from 'unbash'
import type { Program } from '../kernel/system.ts'
import { writeError } from '../programs/stdio.ts'
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
  const job = yield* startPipeline(shell, node, run, false)
  const last = yield* waitForeground(shell, job)
  const statuses = job.processes.map((process) => process.status ?? 0)
  shell.state.pipeStatus = statuses
  return shell.options.pipefail ? (statuses.findLast((status) => status !== 0) ?? 0) : last
}

/** Starts the members, each joined to the next by a pipe. */
function* startPipeline(shell: Shell, node: Pipeline, run: RunNode, background: boolean): Program<Job> {
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
        if (mergesErrors) yield* child.system.dup2(1, 2)
        return yield* run(child, command, { inPlace: true })
      },
      { group, background: background && index === 0 },
    )
    pids.push(pid)
    texts.push(shell.source.text.slice(command.pos, command.end))
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
  const pid = yield* forkShell(shell, (child) => run(child, node, { inPlace: true }), { group, background: true })
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
  const rows = (['real', 'user', 'system'] as const).map((key) => {
    const name = key === 'system' ? 'sys' : key
    return `${name}${posix ? ' ' : '\t'}${format(after[key] - before[key])}\n`
  })
  yield* writeError(shell.system, `${posix ? '' : '\n'}${rows.join('')}`)
}
