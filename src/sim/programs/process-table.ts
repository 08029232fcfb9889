// What ps, pgrep, pstree and top know of processes: read from /proc as their counterparts do, one record a process.
import { type Program, SystemCallError, type System } from '../kernel/system.ts'
import { decodeText } from './bytes.ts'
import { readSize } from './stdio.ts'

/** One process, from stat, status and cmdline of proc(5). Times are in clock ticks of 10 ms, sizes in KiB. */
export interface ProcessRecord {
  readonly pid: number
  readonly ppid: number
  readonly pgid: number
  readonly sid: number
  /** Of the terminal, 0 without one. */
  readonly tty: number
  readonly foregroundGroup: number
  readonly state: string
  readonly comm: string
  /** Empty for kernel threads and zombies. */
  readonly argv: readonly string[]
  /** Real and effective ids; where status was not read, the real ones are taken for the effective ones too. */
  readonly uid: number
  readonly euid: number
  readonly gid: number
  readonly egid: number
  readonly priority: number
  readonly nice: number
  readonly threads: number
  /** Ticks after boot. */
  readonly startTime: number
  readonly userTime: number
  readonly systemTime: number
  readonly virtualSize: number
  readonly residentSize: number
  /** A field of proc_pid_stat(5) by its number there. */
  readonly field: (number: number) => number
  /** A row of proc_pid_status(5) without its label; empty when it is not there. */
  readonly status: (label: string) => string
}

/** Clock ticks a second, sysconf(_SC_CLK_TCK). */
export const ticksPerSecond = 100

/** What is read of each process: `plain` leaves out status, and so real ids. */
export type Depth = 'plain' | 'whole'

/** PIDs in the mounted /proc, ascending. */
export function* readPids(system: System): Program<number[]> {
  const fd = yield* system.open('/proc', ['RDONLY', 'DIRECTORY'])
  const entries = yield* system.getdents(fd)
  yield* system.close(fd)
  const pids: number[] = []
  for (const { name } of entries) if (name >= '1' && name < ':') pids.push(Number(name))
  return pids.filter((pid) => !Number.isNaN(pid)).toSorted((a, b) => a - b)
}

/**
 * All processes of the mounted /proc, by PID. One that ends meanwhile is left out.
 * @param only the processes to read, where they are known
 */
export function* readProcesses(
  system: System,
  depth: Depth = 'whole',
  only?: ReadonlySet<number>,
): Program<ProcessRecord[]> {
  const records: ProcessRecord[] = []
  const pids = only === undefined ? yield* readPids(system) : [...only].toSorted((a, b) => a - b)
  for (const pid of pids) {
    const record = yield* readProcess(system, pid, depth)
    if (record !== undefined) records.push(record)
  }
  return records
}

/** A file of /proc that fits in one read(2), as its counterparts in C read it. */
function* readSmall(system: System, path: string): Program<string> {
  const fd = yield* system.open(path)
  const text = decodeText(yield* system.read(fd, readSize))
  yield* system.close(fd)
  return text
}

/** One process, or undefined when there is none of that number. */
export function* readProcess(system: System, pid: number, depth: Depth = 'whole'): Program<ProcessRecord | undefined> {
  try {
    const owner = yield* system.stat(`/proc/${pid}`)
    const stat = yield* readSmall(system, `/proc/${pid}/stat`)
    const status = depth === 'whole' ? yield* readSmall(system, `/proc/${pid}/status`) : ''
    const cmdline = yield* readSmall(system, `/proc/${pid}/cmdline`)
    return recordOf(stat, status, cmdline, owner)
  } catch (error) {
    if (error instanceof SystemCallError && (error.errno === 'ENOENT' || error.errno === 'ESRCH')) return undefined
    throw error
  }
}

/** The last field that every record holds: the resident size. Few ask for those after it. */
const lastField = 24

function recordOf(
  stat: string,
  status: string,
  cmdline: string,
  owner: { readonly uid: number; readonly gid: number },
): ProcessRecord {
  const open = stat.indexOf('(')
  const close = stat.lastIndexOf(')')
  // From the third field of proc_pid_stat(5) on.
  const fields = stat.slice(close + 2).split(' ', lastField - 2)
  const field = (number: number) =>
    Number((number > lastField ? stat.slice(close + 2).split(' ') : fields)[number - 3] ?? 0)
  const row = (label: string): string => {
    const start = status.indexOf(`\n${label}:\t`)
    return start < 0 ? '' : status.slice(start + label.length + 3, status.indexOf('\n', start + 1)).trim()
  }
  const ids = (label: string, fallback: number) => {
    const text = row(label)
    return text === '' ? [fallback, fallback] : text.split('\t').map(Number)
  }
  const [uid = 0, euid = 0] = ids('Uid', owner.uid)
  const [gid = 0, egid = 0] = ids('Gid', owner.gid)
  return {
    pid: Number(stat.slice(0, open - 1)),
    comm: stat.slice(open + 1, close),
    state: fields[0] ?? '?',
    ppid: field(4),
    pgid: field(5),
    sid: field(6),
    tty: field(7),
    foregroundGroup: field(8),
    userTime: field(14),
    systemTime: field(15),
    priority: field(18),
    nice: field(19),
    threads: field(20),
    startTime: field(22),
    virtualSize: Math.floor(field(23) / 1024),
    residentSize: field(24) * 4,
    argv: cmdline === '' ? [] : cmdline.replace(/\0$/, '').split('\0'),
    uid,
    euid,
    gid,
    egid,
    field,
    status: row,
  }
}
