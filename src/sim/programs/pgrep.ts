// pidof(1), pgrep(1) and pkill(1): processes by name, parent, user or command line.
import { type Main, SystemCallError } from '../kernel/system.ts'
import { OptionError, type OptionRow } from './getopt.ts'
import { signalOf } from './kill.ts'
import { readNameTables } from './name-tables.ts'
import { compilePattern, PatternError } from '../../text/posix-pattern.ts'
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

const pidofAbout = {
  name: 'pidof',
  options: pidofOptions,
  usage: '',
  silentOptions: true,
  busyboxUsage: '[NAME]...\n\nList PIDs of all processes with names that match NAMEs',
} as const

export const pidofMain = (family: Family): Main =>
  utility(family, pidofAbout, function* pidof(call) {
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
  { names: ['G', 'group'], value: 'required' },
  { names: ['O', 'older'], value: 'required' },
  { names: ['F', 'pidfile'], value: 'required' },
  { names: ['L', 'logpidfile'] },
  { names: ['A', 'ignore-ancestors'] },
  { names: ['cgroup'], value: 'required' },
  { names: ['ns'], value: 'required' },
  { names: ['nslist'], value: 'required' },
  { names: ['help', 'h'] },
  { names: ['version', 'V'] },
]

const usageOf = (name: string, lines: string) => `
Usage:
 ${name} [options] <pattern>

Options:
${lines}${commonLines}`

const pgrepLines = ` -d, --delimiter <string>  specify output delimiter
 -l, --list-name           list PID and process name
 -a, --list-full           list PID and full command line
 -v, --inverse             negates the matching
 -w, --lightweight         list all TID
 -c, --count               count of matching processes
`

const pkillLines = ` -<sig>, --signal <sig>    signal to send (either number or name)
 -q, --queue <value>       integer value to be sent with the signal
 -e, --echo                display what is killed
 -c, --count               count of matching processes
`

const commonLines = ` -f, --full                use full process name to match
 -g, --pgroup <PGID,...>   match listed process group IDs
 -G, --group <GID,...>     match real group IDs
 -i, --ignore-case         match case insensitively
 -n, --newest              select most recently started
 -o, --oldest              select least recently started
 -O, --older <seconds>     select where older than seconds
 -P, --parent <PPID,...>   match only child processes of the given parent
 -s, --session <SID,...>   match session IDs
 -t, --terminal <tty,...>  match by controlling terminal
 -u, --euid <ID,...>       match by effective IDs
 -U, --uid <ID,...>        match by real IDs
 -x, --exact               match exactly with the command name
 -F, --pidfile <file>      read PIDs from file
 -L, --logpidfile          fail if PID file is not locked
 -r, --runstates <state>   match runstates [D,S,Z,...]
 -A, --ignore-ancestors    exclude our ancestors from results
 --cgroup <grp,...>        match by cgroup v2 names
 --ns <PID>                match the processes that belong to the same
                           namespace as <pid>
 --nslist <ns,...>         list which namespaces will be considered for
                           the --ns option.
                           Available namespaces: ipc, mnt, net, pid, user, uts

 -h, --help     display this help and exit
 -V, --version  output version information and exit

For more details see pgrep(1).
`

const pgrepOptions: readonly OptionRow[] = [
  ...matchOptions,
  { names: ['l', 'list-name'] },
  { names: ['a', 'list-full'] },
  { names: ['c', 'count'] },
  { names: ['d', 'delimiter'], value: 'required' },
  { names: ['q', 'quiet'] },
]

function patternOf(pattern: string): string {
  try {
    return compilePattern(pattern, 'extended')
  } catch (error) {
    if (error instanceof PatternError) throw new Failure('regex error: Invalid regular expression', { status: 2 })
    throw error
  }
}

/** Lists are of numbers, those of users of names too. @throws Failure */
function checkLists({ value }: Call, users: ReadonlyMap<number, string>): void {
  for (const option of ['P', 'g', 's']) {
    const wrong = value(option)
      ?.split(',')
      .find((word) => !/^\d+$/.test(word))
    if (wrong !== undefined) throw new Failure(`not a number: ${wrong}`, { status: 2 })
  }
  const names = new Set(users.values())
  for (const option of ['u', 'U']) {
    const wrong = value(option)
      ?.split(',')
      .find((word) => !/^\d+$/.test(word) && !names.has(word))
    if (wrong !== undefined) throw new Failure(`invalid user name: ${wrong}`, { status: 2 })
  }
}

function* select(call: Call) {
  const { system, has, value, operands } = call
  const [pattern, extra] = operands
  const lists = ['P', 'g', 's', 'u', 'U', 'r', 't', 'G']
  if (extra !== undefined) throw misuse('only one pattern can be provided')
  if (pattern === undefined && !lists.some(has)) throw misuse('no matching criteria specified')
  const source = patternOf(pattern ?? '')
  const expression = new RegExp(has('x') ? `^(?:${source})$` : source, has('i') ? 'i' : '')
  const names = yield* readNameTables(system)
  checkLists(call, names.users)
  if (has('n') && has('o')) throw new OptionError('')
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
      isIn('G', process.gid, names.groups.get(process.gid)) &&
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
      usage: usageOf('pgrep', pgrepLines),
      pointerForMisuse: true,
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
      usage: usageOf('pkill', pkillLines),
      pointerForMisuse: true,
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
