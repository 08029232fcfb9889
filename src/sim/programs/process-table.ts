// What ps, pgrep, pstree and top know of processes: read from /proc as their counterparts do, one record a process.
import { type Program, SystemCallError, type System } from '../kernel/system.ts'
import { readText } from './stdio.ts'

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
}

/** Clock ticks a second, sysconf(_SC_CLK_TCK). */
export const ticksPerSecond = 100

/** All processes of the mounted /proc, by PID. One that ends meanwhile is left out. */
export function* readProcesses(system: System): Program<ProcessRecord[]> {
  const fd = yield* system.open('/proc', ['RDONLY', 'DIRECTORY'])
  const entries = yield* system.getdents(fd)
  yield* system.close(fd)
  const records: ProcessRecord[] = []
  for (const { name } of entries) {
    if (!/^\d+$/.test(name)) continue
    const record = yield* readProcess(system, Number(name))
    if (record !== undefined) records.push(record)
  }
  return records.toSorted((a, b) => a.pid - b.pid)
}

/** One process, or undefined when there is none of that number. */
export function* readProcess(system: System, pid: number): Program<ProcessRecord | undefined> {
  try {
    const stat = yield* readText(system, `/proc/${pid}/stat`)
    const status = yield* readText(system, `/proc/${pid}/status`)
    const cmdline = yield* readText(system, `/proc/${pid}/cmdline`)
    return recordOf(stat, status, cmdline)
  } catch (error) {
    if (error instanceof SystemCallError && (error.errno === 'ENOENT' || error.errno === 'ESRCH')) return undefined
    throw error
  }
}

function recordOf(stat: string, status: string, cmdline: string): ProcessRecord {
  const open = stat.indexOf('(')
  const close = stat.lastIndexOf(')')
  // From the third field of proc_pid_stat(5) on.
  const fields = stat
    .slice(close + 2)
    .trim()
    .split(' ')
  const field = (number: number) => Number(fields[number - 3] ?? 0)
  const ids = (key: string) => (new RegExp(`^${key}:\\s*(.*)$`, 'm').exec(status)?.[1] ?? '').split(/\s+/).map(Number)
  const [uid = 0, euid = 0] = ids('Uid')
  const [gid = 0, egid = 0] = ids('Gid')
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
  }
}
