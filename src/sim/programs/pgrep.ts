// pgrep(1), pkill(1), pidof(8): processes by name and other marks.
import { signalByName, SIGTERM } from '../kernel/signal-numbers.ts'
import type { Main, Program, System } from '../kernel/system.ts'
import { SystemCallError } from '../kernel/system.ts'
import { posixToRegExp } from '../shell/regex.ts'
import { command, ProgramError } from './command.ts'
import type { Invocation } from './command.ts'
import type { OptionRow } from './getopt.ts'
import { readNameTables } from './name-tables.ts'
import type { ProcessRecord } from './process-table.ts'
import { readProcesses } from './process-table.ts'
import { writeError, writeOut } from './stdio.ts'

const rows: readonly OptionRow[] = [
  { names: ['f', 'full'] },
  { names: ['x', 'exact'] },
  { names: ['l', 'list-name'] },
  { names: ['a', 'list-full'] },
  { names: ['n', 'newest'] },
  { names: ['o', 'oldest'] },
  { names: ['v', 'inverse'] },
  { names: ['c', 'count'] },
  { names: ['i', 'ignore-case'] },
  { names: ['e', 'echo'] },
  { names: ['P', 'parent'], value: 'required' },
  { names: ['g', 'pgroup'], value: 'required' },
  { names: ['s', 'session'], value: 'required' },
  { names: ['u', 'euid'], value: 'required' },
  { names: ['U', 'uid'], value: 'required' },
  { names: ['d', 'delimiter'], value: 'required' },
  { names: ['signal'], value: 'required' },
]

const nothingGiven = "no matching criteria specified\nTry `NAME --help' for more information."

export const pgrep: Main = command(
  'pgrep',
  rows,
  function* run(invocation) {
    const found = yield* select(invocation)
    if (invocation.has('c')) yield* writeOut(invocation.system, `${found.length}\n`)
    else if (found.length > 0) {
      const lines = found.map((process) => {
        if (invocation.has('a')) return `${process.pid} ${process.argv.join(' ') || process.comm}`
        return invocation.has('l') ? `${process.pid} ${process.comm}` : String(process.pid)
      })
      yield* writeOut(invocation.system, `${lines.join(invocation.value('d') ?? '\n')}\n`)
    }
    return found.length > 0 ? 0 : 1
  },
  { usageStatus: 2 },
)

const runPkill = command(
  'pkill',
  rows,
  function* run(invocation) {
    const { system } = invocation
    const name = invocation.value('signal') ?? 'TERM'
    const signal = /^\d+$/.test(name) ? Number(name) : (signalByName(name)?.number ?? SIGTERM)
    const found = yield* select(invocation)
    let killed = 0
    for (const process of found) {
      try {
        yield* system.kill(process.pid, signal)
        killed += 1
        if (invocation.has('e')) yield* writeOut(system, `${process.comm} killed (pid ${process.pid})\n`)
      } catch (error) {
        if (!(error instanceof SystemCallError)) throw error
        yield* writeError(system, `pkill: killing pid ${process.pid} failed: ${error.message}\n`)
      }
    }
    if (invocation.has('c')) yield* writeOut(system, `${killed}\n`)
    return killed > 0 ? 0 : 1
  },
  { usageStatus: 2 },
)

/** `pkill -9 name` and `pkill -TERM name`: the signal stands first. */
export const pkill: Main = (system, argv, environment) => {
  const [name = 'pkill', first, ...rest] = argv
  const isSignal = first !== undefined && /^-(?:\d+|[A-Z][A-Z0-9]+)$/.test(first)
  return runPkill(system, isSignal ? [name, '--signal', first.slice(1), ...rest] : argv, environment)
}

function* select(invocation: Invocation): Program<ProcessRecord[]> {
  const { system, operands, has, value } = invocation
  const [pattern] = operands
  const criteria = ['P', 'g', 's', 'u', 'U'].some((option) => has(option))
  if (pattern === undefined && !criteria) throw new ProgramError(nothingGiven.replace('NAME', invocation.name), 2)
  if (operands.length > 1) {
    throw new ProgramError(
      `only one pattern can be provided\nTry \`${invocation.name} --help' for more information.`,
      2,
    )
  }
  const expression = posixToRegExp(has('x') ? `^(?:${pattern ?? ''})$` : (pattern ?? ''), has('i') ? 'i' : '')
  if (!expression) throw new ProgramError(`Invalid regular expression: ${pattern}`, 2)
  const self = yield* system.getpid()
  const names = yield* readNameTables(system)
  const users = (option: string): number[] | undefined =>
    value(option)
      ?.split(',')
      .map((text) =>
        /^\d+$/.test(text) ? Number(text) : ([...names.users].find(([, name]) => name === text)?.[0] ?? -1),
      )
  const numbers = (option: string): number[] | undefined => value(option)?.split(',').map(Number)
  const matches = (process: ProcessRecord): boolean => {
    const text = has('f') ? process.argv.join(' ') || process.comm : process.comm
    return (
      (numbers('P')?.includes(process.ppid) ?? true) &&
      (numbers('g')?.includes(process.pgid) ?? true) &&
      (numbers('s')?.includes(process.sid) ?? true) &&
      (users('u')?.includes(process.euid) ?? true) &&
      (users('U')?.includes(process.uid) ?? true) &&
      expression.test(text)
    )
  }
  const everyone = (yield* readProcesses(system)).filter((process) => process.pid !== self)
  const found = everyone.filter((process) => matches(process) !== has('v'))
  const byAge = found.toSorted((a, b) => a.startTime - b.startTime || a.pid - b.pid)
  if (has('n')) return byAge.slice(-1)
  return has('o') ? byAge.slice(0, 1) : found
}

export const pidof: Main = command(
  'pidof',
  [
    { names: ['s', 'single-shot'] },
    { names: ['c'] },
    { names: ['x'] },
    { names: ['o', 'omit-pid'], value: 'required' },
  ],
  function* run({ system, operands, has, given }) {
    const omitted = new Set((given.get('o') ?? []).map(Number))
    const found: number[] = []
    for (const name of operands) found.push(...(yield* pidsOf(system, name)).filter((pid) => !omitted.has(pid)))
    if (found.length === 0) return 1
    yield* writeOut(system, `${(has('s') ? found.slice(0, 1) : found).join(' ')}\n`)
    return 0
  },
)

/** The newest first, as pidof prints them. */
function* pidsOf(system: System, name: string): Program<number[]> {
  const base = name.replace(/^.*\//, '')
  const processes = yield* readProcesses(system)
  return processes
    .filter(({ argv, comm, state }) => state !== 'Z' && (argv[0]?.replace(/^.*\//, '') === base || comm === base))
    .map(({ pid }) => pid)
    .toReversed()
}
