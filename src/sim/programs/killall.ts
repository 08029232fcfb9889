// killall(1) of psmisc and of busybox: signals to processes by name.
import { type Main, type Program, SystemCallError, type System } from '../kernel/system.ts'
import type { OptionRow } from './getopt.ts'
import { listSignals, signalOf } from './kill.ts'
import { readNameTables } from './name-tables.ts'
import { compilePattern, PatternError } from '../../text/posix-pattern.ts'
import { type ProcessRecord, readProcesses } from './process-table.ts'
import { writeError, writeOut } from './stdio.ts'
import { attempt, type Call, type Family, Failure, utility, warn } from './utility.ts'

const usage = `Usage: killall [OPTION]... [--] NAME...
       killall -l, --list
       killall -V, --version

  -e,--exact          require exact match for very long names
  -I,--ignore-case    case insensitive process name match
  -g,--process-group  kill process group instead of process
  -y,--younger-than   kill processes younger than TIME
  -o,--older-than     kill processes older than TIME
  -i,--interactive    ask for confirmation before killing
  -l,--list           list all known signal names
  -q,--quiet          don't print complaints
  -r,--regexp         interpret NAME as an extended regular expression
  -s,--signal SIGNAL  send this signal instead of SIGTERM
  -u,--user USER      kill only process(es) running as USER
  -v,--verbose        report if the signal was successfully sent
  -V,--version        display version information
  -w,--wait           wait for processes to die
  -n,--ns PID         match processes that belong to the same namespaces
                      as PID

`

const options: readonly OptionRow[] = [
  { names: ['e', 'exact'] },
  { names: ['I', 'ignore-case'] },
  { names: ['g', 'process-group'] },
  { names: ['i', 'interactive'] },
  { names: ['l', 'list'] },
  { names: ['q', 'quiet'] },
  { names: ['r', 'regexp'] },
  { names: ['s', 'signal'], value: 'required' },
  { names: ['u', 'user'], value: 'required' },
  { names: ['v', 'verbose'] },
  { names: ['V', 'version'] },
  { names: ['w', 'wait'] },
  { names: ['y', 'younger-than'], value: 'required' },
  { names: ['o', 'older-than'], value: 'required' },
  { names: ['n', 'ns'], value: 'required' },
]

/** `-9` and `-TERM` stand for `-s`. */
function takeSignal(argv: readonly string[]): readonly string[] {
  return argv.flatMap((word, at) =>
    at > 0 && /^-(\d+|SIG[A-Z]\w+|[A-Z][A-Z0-9]{2,})$/.test(word) ? ['-s', word.slice(1)] : [word],
  )
}

const psmisc: Main = utility(
  'gnu',
  {
    name: 'killall',
    options,
    shortName: true,
    usage,
    version: 'killall (PSmisc) 23.7',
    rewrite: takeSignal,
    silentOptions: true,
  },
  function* killall(call) {
    const { system, has, value, operands } = call
    if (has('l')) {
      yield* writeOut(system, signalNames)
      return 0
    }
    if (operands.length === 0) {
      yield* writeError(system, usage)
      return 1
    }
    const signal = signalOf(value('s') ?? 'TERM')
    if (signal === undefined) {
      yield* writeError(system, `${value('s')}: unknown signal; killall -l lists signals.\n`)
      return 1
    }
    const { users } = yield* readNameTables(system)
    const user = value('u')
    const uid = user === undefined ? undefined : [...users].find(([, name]) => name === user)?.[0]
    if (user !== undefined && uid === undefined) {
      yield* writeError(system, `Cannot find user ${user}\n`)
      return 1
    }
    const own = yield* system.getpid()
    let status = 0
    for (const name of operands) {
      const matches = matcher(call, name)
      const found = (yield* readProcesses(system)).filter(
        (each) => each.pid !== own && matches(each) && (uid === undefined || each.uid === uid),
      )
      const killed: number[] = []
      for (const { pid, pgid } of found) {
        const failed = yield* attempt(system.kill(has('g') ? -pgid : pid, signal))
        if (failed instanceof SystemCallError) {
          yield* writeError(system, `${name}(${pid}): ${failed.message}\n`)
          continue
        }
        killed.push(pid)
        if (has('v')) yield* writeError(system, `Killed ${name}(${pid}) with signal ${signal}\n`)
      }
      if (killed.length > 0) {
        if (has('w')) yield* untilGone(system, killed)
        continue
      }
      status = 1
      if (found.length === 0 && !has('q')) yield* writeError(system, `${name}: no process found\n`)
    }
    return status
  },
)

function patternOf(name: string): string {
  try {
    return compilePattern(name, 'extended')
  } catch (error) {
    if (error instanceof PatternError) throw new Failure(`Bad regular expression: ${name}`)
    throw error
  }
}

function matcher({ has }: Call, name: string): (process: ProcessRecord) => boolean {
  if (has('r')) {
    const expression = new RegExp(patternOf(name), has('I') ? 'i' : '')
    return ({ comm }) => expression.test(comm)
  }
  const plain = (text: string) => (has('I') ? text.toLowerCase() : text)
  if (name.includes('/')) return ({ argv }) => argv[0] === name
  return ({ comm }) => plain(comm) === plain(name.slice(0, 15))
}

function* untilGone(system: System, pids: readonly number[]): Program<void> {
  for (const pid of pids) {
    while (!((yield* attempt(system.kill(pid, 0))) instanceof SystemCallError)) yield* system.nanosleep(1e6)
  }
}

const signalNames = `HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT
CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH POLL PWR SYS
`

/** busybox: its only options are a signal, -l and -q. */
const busybox: Main = function* killall(system, argv) {
  const words = argv.slice(1)
  const call = { system, name: 'killall' }
  const quiet = words.includes('-q')
  const names = words.filter((word) => !word.startsWith('-'))
  const option = words.find((word) => word.startsWith('-') && word !== '-q')?.slice(1)
  if (option === 'l') return yield* listSignals(system, { signal: 0, targets: [], list: 'names' }, 'busybox')
  const signal = option === undefined ? 15 : signalOf(option)
  if (signal === undefined || names.length === 0) {
    yield* warn(call, signal === undefined ? `bad signal name '${option}'` : 'you need to specify whom to kill')
    return 1
  }
  const own = yield* system.getpid()
  let status = 0
  for (const name of names) {
    const found = (yield* readProcesses(system)).filter((each) => each.comm === name && each.pid !== own)
    for (const { pid } of found) {
      const failed = yield* attempt(system.kill(pid, signal))
      if (!(failed instanceof SystemCallError)) continue
      yield* warn(call, `can't kill pid ${pid}: ${failed.message}`)
      status = 1
    }
    if (found.length > 0) continue
    status = 1
    if (!quiet) yield* warn(call, `${name}: no process killed`)
  }
  return status
}

export const killallMain = (family: Family): Main => (family === 'gnu' ? psmisc : busybox)
