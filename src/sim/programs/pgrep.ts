// pidof(1), pgrep(1) and pkill(1): processes by name, parent, user or command line.
import { type Main, SystemCallError } from '../kernel/system.ts'
import type { OptionRow } from './getopt.ts'
import { signalOf } from './kill.ts'
import { readNameTables } from './name-tables.ts'
import { compilePattern } from '../../text/posix-pattern.ts'
import { type ProcessRecord, readProcesses } from './process-table.ts'
import { writeError, writeOut } from './stdio.ts'
import { attempt, type Call, type Family, Failure, misuse, utility } from './utility.ts'

const base = (path: string) => path.slice(path.lastIndexOf('/') + 1)

const pidofOptions = [
  { names: ['s'] },
  { names: ['o'], value: 'required' },
  { names: ['x'] },
  { names: ['q'] },
] as const

export const pidofMain = (family: Family): Main =>
  utility(family, { name: 'pidof', options: pidofOptions, synopsis: '[OPTION]... [NAME]...' }, function* pidof(call) {
    const { system, has, operands, parsed } = call
    const own = yield* system.getpid()
    const omitted = new Set((parsed.given.get('o') ?? []).flatMap((list) => list.split(',')))
    const found: number[] = []
    const processes = (yield* readProcesses(system)).toReversed()
    for (const name of operands) {
      const matches = ({ comm, argv }: ProcessRecord) =>
        comm === name.slice(0, 15) || argv[0] === name || base(argv[0] ?? '') === base(name)
      for (const process of processes) {
        if (process.pid !== own && !omitted.has(String(process.pid)) && process.state !== 'Z' && matches(process)) {
          found.push(process.pid)
        }
      }
    }
    if (found.length === 0) return 1
    if (!has('q')) yield* writeOut(system, `${(has('s') ? found.slice(0, 1) : found).join(' ')}\n`)
    return 0
  })

const matchOptions: readonly OptionRow[] = [
  { names: ['f', 'full'] },
  { names: ['x', 'exact'] },
  { names: ['v', 'inverse'] },
  { names: ['i', 'ignore-case'] },
  { names: ['n', 'newest'] },
  { names: ['o', 'oldest'] },
  { names: ['P', 'parent'], value: 'required' },
  { names: ['g', 'pgroup'], value: 'required' },
  { names: ['s', 'session'], value: 'required' },
  { names: ['u', 'euid'], value: 'required' },
  { names: ['U', 'uid'], value: 'required' },
  { names: ['r', 'runstates'], value: 'required' },
  { names: ['t', 'terminal'], value: 'required' },
]

const pgrepOptions: readonly OptionRow[] = [
  ...matchOptions,
  { names: ['l', 'list-name'] },
  { names: ['a', 'list-full'] },
  { names: ['c', 'count'] },
  { names: ['d', 'delimiter'], value: 'required' },
  { names: ['q', 'quiet'] },
]

function* select(call: Call) {
  const { system, has, value, operands } = call
  const [pattern, extra] = operands
  const lists = ['P', 'g', 's', 'u', 'U', 'r', 't']
  if (extra !== undefined) throw misuse('only one pattern can be provided')
  if (pattern === undefined && !lists.some(has)) throw misuse('no matching criteria specified')
  const source = compilePattern(pattern ?? '', 'extended')
  const expression = new RegExp(has('x') ? `^(?:${source})$` : source, has('i') ? 'i' : '')
  const names = yield* readNameTables(system)
  const own = yield* system.getpid()
  const isIn = (option: string, ...keys: readonly (string | number | undefined)[]) =>
    !has(option) || (value(option) ?? '').split(',').some((each) => keys.includes(each) || keys.includes(Number(each)))
  const chosen = (yield* readProcesses(system)).filter((process) => {
    if (process.pid === own) return false
    const text = has('f') && process.argv.length > 0 ? process.argv.join(' ') : process.comm
    const matches =
      expression.test(text) &&
      isIn('P', process.ppid) &&
      isIn('g', process.pgid) &&
      isIn('s', process.sid) &&
      isIn('u', process.euid, names.users.get(process.euid)) &&
      isIn('U', process.uid, names.users.get(process.uid)) &&
      (!has('r') || (value('r') ?? '').includes(process.state))
    return matches !== has('v')
  })
  const byAge = chosen.toSorted((a, b) => a.startTime - b.startTime || a.pid - b.pid)
  if (has('n')) return byAge.slice(-1)
  return has('o') ? byAge.slice(0, 1) : chosen
}

export const pgrepMain = (family: Family): Main =>
  utility(
    family,
    {
      name: 'pgrep',
      options: pgrepOptions,
      synopsis: '[options] <pattern>',
      usageStatus: 2,
      shortName: true,
      oldQuote: true,
    },
    function* pgrep(call) {
      const { system, has, value } = call
      const chosen = yield* select(call)
      if (has('c')) yield* writeOut(system, `${chosen.length}\n`)
      else if (chosen.length > 0 && !has('q')) {
        const line = ({ pid, comm, argv }: ProcessRecord) =>
          has('a') ? `${pid} ${argv.length === 0 ? comm : argv.join(' ')}` : has('l') ? `${pid} ${comm}` : String(pid)
        yield* writeOut(system, `${chosen.map(line).join(value('d') ?? '\n')}\n`)
      }
      return chosen.length > 0 ? 0 : 1
    },
  )

const pkillOptions: readonly OptionRow[] = [
  ...matchOptions,
  { names: ['signal'], value: 'required' },
  { names: ['e', 'echo'] },
  { names: ['c', 'count'] },
]

/** `-9`, `-TERM` and `-SIGTERM` are options of pkill alone. */
function takeSignal(argv: readonly string[]): readonly string[] {
  const at = argv.findIndex(
    (word, index) => index > 0 && /^-(\d+|[A-Z][A-Z0-9]+)$/.test(word) && signalOf(word.slice(1)) !== undefined,
  )
  return at < 0 ? argv : [...argv.slice(0, at), '--signal', (argv[at] ?? '').slice(1), ...argv.slice(at + 1)]
}

export const pkillMain = (family: Family): Main =>
  utility(
    family,
    {
      name: 'pkill',
      options: pkillOptions,
      synopsis: '[options] <pattern>',
      usageStatus: 2,
      shortName: true,
      oldQuote: true,
      rewrite: takeSignal,
    },
    function* pkill(call) {
      const { system, has, value } = call
      const signal = signalOf(value('signal') ?? 'TERM')
      if (signal === undefined) throw new Failure(`Unknown signal "${value('signal')}".`, { status: 2 })
      const chosen = yield* select(call)
      let killed = 0
      for (const { pid, comm } of chosen) {
        const failed = yield* attempt(system.kill(pid, signal))
        if (failed instanceof SystemCallError) {
          yield* writeError(system, `pkill: killing pid ${pid} failed: ${failed.message}\n`)
          continue
        }
        killed++
        if (has('e')) yield* writeOut(system, `${comm} killed (pid ${pid})\n`)
      }
      if (has('c')) yield* writeOut(system, `${chosen.length}\n`)
      return killed > 0 ? 0 : 1
    },
  )
