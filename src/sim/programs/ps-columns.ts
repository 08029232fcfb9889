// The columns of procps' ps: header, width, side, and what stands in them; `ps -o NAME` and the fixed formats read this table.
import type { Program, System } from '../kernel/system.ts'
import { SystemCallError } from '../kernel/system.ts'
import type { NameTables } from './name-tables.ts'
import { type ProcessRecord, ticksPerSecond } from './process-table.ts'
import { lines, readText } from './stdio.ts'

export interface PsMoment {
  readonly names: NameTables
  /** Seconds since boot. */
  readonly uptime: number
  /** Microseconds since the epoch. */
  readonly now: number
  readonly totalMemoryKib: number
  /** Whether `<defunct>` follows a zombie's name, as from procps 4.0.5 on; it has always followed its command line. */
  readonly marksDefunct: boolean
}

export interface PsColumn {
  readonly header: string
  readonly width: number
  /** Numbers stand right, words left. */
  readonly right?: boolean
  /** `details` has what must be read besides stat and status. */
  readonly value: (process: ProcessRecord, moment: PsMoment, details: Details) => string
  /** What else of /proc/PID the column needs. */
  readonly needs?: DetailKey
  /** Printed whole wherever it stands last. */
  readonly open?: boolean
  /** Needs status of proc(5), whose reading costs. */
  readonly whole?: boolean
  /** What it is sorted by, where that is not what it shows. */
  readonly key?: (process: ProcessRecord, moment: PsMoment) => number
}

/** Headers of names that share a column with others. */
const headers: Readonly<Record<string, string>> = {
  egid: 'EGID',
  eip: 'EIP',
  esp: 'ESP',
  euid: 'EUID',
  policy: 'POL',
  sess: 'SESS',
  sig_catch: 'CATCHED',
  sig_pend: 'SIGNAL',
  pagein: 'PAGEIN',
  fsgid: 'FSGID',
  fsgroup: 'FSGROUP',
  fsuid: 'FSUID',
  fsuser: 'FSUSER',
  svgid: 'SVGID',
  svgroup: 'SVGROUP',
  svuid: 'SVUID',
  svuser: 'SVUSER',
  trss: 'TRSS',
}

export type DetailKey = 'wchan' | 'cgroup' | 'exe' | 'oom_score' | 'oom_score_adj' | NamespaceKey
type NamespaceKey = 'cgroupns' | 'ipcns' | 'mntns' | 'netns' | 'pidns' | 'timens' | 'userns' | 'utsns'
export type Details = Partial<Record<DetailKey, string>>

const namespaceKeys: readonly NamespaceKey[] = [
  'cgroupns',
  'ipcns',
  'mntns',
  'netns',
  'pidns',
  'timens',
  'userns',
  'utsns',
]

/** A detail as ps shows it: `-` where it may not be read. */
export function* readDetail(system: System, pid: number, key: DetailKey): Program<string> {
  try {
    if (key === 'wchan') {
      const text = (yield* readText(system, `/proc/${pid}/wchan`)).replace(/^_+/, '')
      return text === '0' || text === '' ? '-' : text
    }
    if (key === 'exe') return yield* system.readlink(`/proc/${pid}/exe`)
    if (key === 'oom_score' || key === 'oom_score_adj') return (yield* readText(system, `/proc/${pid}/${key}`)).trim()
    if (key === 'cgroup') {
      const groups = lines(yield* readText(system, `/proc/${pid}/cgroup`)).filter((line) => !line.endsWith(':/'))
      return groups.length === 0 ? '-' : groups.join(',')
    }
    const link = yield* system.readlink(`/proc/${pid}/ns/${key.slice(0, -2)}`)
    return /\[(\d+)\]/.exec(link)?.[1] ?? '-'
  } catch (error) {
    if (error instanceof SystemCallError) return '-'
    throw error
  }
}

const two = (number: number) => String(number).padStart(2, '0')

/** [[DD-]HH:]MM:SS of seconds; `long` always has the hours. */
export function clockText(seconds: number, long: boolean): string {
  const days = Math.floor(seconds / 86_400)
  const hours = Math.floor(seconds / 3600) % 24
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  if (days > 0) return `${days}-${two(hours)}:${rest}`
  return long || hours > 0 ? `${two(hours)}:${rest}` : rest
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

function startedAt(process: ProcessRecord, { now, uptime }: PsMoment): Date {
  return new Date(now / 1000 - (uptime - process.startTime / ticksPerSecond) * 1000)
}

function bsdStart(process: ProcessRecord, moment: PsMoment): string {
  const date = startedAt(process, moment)
  const recent = lived(process, moment) < 86_400
  if (recent) return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`
  return `${months[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2)}`
}

/** The clock within a day, then the day. */
function clockStart(process: ProcessRecord, moment: PsMoment): string {
  const date = startedAt(process, moment)
  if (lived(process, moment) >= 86_400) return `${months[date.getUTCMonth()]} ${two(date.getUTCDate())}`
  return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`
}

function startedKey({ startTime }: ProcessRecord): number {
  return startTime
}

/** The hour if it started today, else the day, else the year. */
function startText(process: ProcessRecord, moment: PsMoment): string {
  const date = startedAt(process, moment)
  const today = new Date(moment.now / 1000)
  const day = (of: Date) => Math.floor(of.getTime() / 86_400_000)
  if (day(date) === day(today)) return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`
  if (date.getUTCFullYear() === today.getUTCFullYear()) return `${months[date.getUTCMonth()]}${two(date.getUTCDate())}`
  return String(date.getUTCFullYear())
}

function cpuSeconds({ userTime, systemTime }: ProcessRecord): number {
  return Math.floor((userTime + systemTime) / ticksPerSecond)
}

function cpuShare(process: ProcessRecord, { uptime }: PsMoment): number {
  const lived = uptime - process.startTime / ticksPerSecond
  return lived <= 0 ? 0 : (100 * (process.userTime + process.systemTime)) / ticksPerSecond / lived
}

/** State and what follows it: `<` and `N` for the nice value, `s` for a session's leader, `l` for threads. */
export function statText({ state, nice, sid, pid, threads, foregroundGroup, pgid }: ProcessRecord): string {
  const niceness = nice < 0 ? '<' : nice > 0 ? 'N' : ''
  const foreground = foregroundGroup > 0 && foregroundGroup === pgid ? '+' : ''
  return `${state}${niceness}${sid === pid ? 's' : ''}${threads > 1 ? 'l' : ''}${foreground}`
}

export function commandName({ comm, state }: ProcessRecord, { marksDefunct }: PsMoment): string {
  return state === 'Z' && marksDefunct ? `${comm} <defunct>` : comm
}

/** The whole command line; in brackets the name of what has none. */
export function commandLine(process: ProcessRecord): string {
  if (process.state === 'Z') return `[${process.comm}] <defunct>`
  if (process.argv.length === 0) return `[${process.comm}]`
  return process.argv.join(' ').replace(/[\0-\x1f\x7f]/g, '?')
}

/** A user's name, or the number when the name is too long for the column. */
function userName(uid: number, { names }: PsMoment, width: number): string {
  const name = names.users.get(uid) ?? String(uid)
  return name.length > width ? `${name.slice(0, width - 1)}+` : name
}

const number = (
  header: string,
  width: number,
  value: (process: ProcessRecord, moment: PsMoment) => number,
): PsColumn => ({
  header,
  width,
  right: true,
  value: (process, moment) => String(value(process, moment)),
})

const user = (header: string, uid: (process: ProcessRecord) => number): PsColumn => ({
  header,
  width: 8,
  value: (process, moment) => userName(uid(process), moment, 8),
})

const group = (header: string, gid: (process: ProcessRecord) => number): PsColumn => ({
  header,
  width: 8,
  value: (process, { names }) => names.groups.get(gid(process)) ?? String(gid(process)),
})

const args = (header: string): PsColumn => ({ header, width: 27, value: commandLine, open: true })
const comm = (header: string): PsColumn => ({ header, width: 15, value: commandName, open: true })
const time = (header: string): PsColumn => ({
  header,
  width: 8,
  right: true,
  value: (process) => clockText(cpuSeconds(process), true),
})

const text = (header: string, width: number, value: PsColumn['value']): PsColumn => ({ header, width, value })
const right = (header: string, width: number, value: PsColumn['value']): PsColumn => ({
  header,
  width,
  right: true,
  value,
})
const nothing = (header: string, width: number): PsColumn => text(header, width, () => '-')

/** A column that is read from status, or from another file, besides stat. */
const withStatus = (column: PsColumn): PsColumn => ({ ...column, whole: true })
const detailed = (column: Omit<PsColumn, 'value'>, key: DetailKey): PsColumn => ({
  ...column,
  needs: key,
  value: (_process, _moment, details) => details[key] ?? '-',
})

/** An id of status: real, effective, saved, of the file system. */
const id = (header: string, label: 'Uid' | 'Gid', place: 0 | 1 | 2 | 3): PsColumn =>
  withStatus(right(header, 5, ({ status }) => status(label).split('\t')[place] ?? '0'))
const idName = (header: string, label: 'Uid' | 'Gid', place: 0 | 1 | 2 | 3): PsColumn =>
  withStatus(
    text(header, 8, ({ status }, moment) => {
      const number = Number(status(label).split('\t')[place] ?? 0)
      return label === 'Uid' ? userName(number, moment, 8) : (moment.names.groups.get(number) ?? String(number))
    }),
  )
const signals = (header: string, label: string): PsColumn =>
  withStatus(right(header, 16, ({ status }) => status(label).padStart(16, '0')))

const pages = (process: ProcessRecord) => Math.floor(process.virtualSize / 4)
const kibibytes = (label: string) => (process: ProcessRecord) => Number.parseInt(process.status(label), 10) || 0
const sized = (header: string, width: number, value: (process: ProcessRecord) => number): PsColumn =>
  withStatus(number(header, width, value))

/** Rows: the names that `-o` takes, and the column. PID columns are as wide as the largest PID, 4194304. */
const rows: readonly (readonly [names: string, column: PsColumn])[] = [
  ['%cpu pcpu', { ...right('%CPU', 4, (process, moment) => cpuShare(process, moment).toFixed(1)), key: cpuShare }],
  ['%mem pmem', { ...right('%MEM', 4, memoryShare), key: ({ residentSize }) => residentSize }],
  ['addr', right('ADDR', 4, () => '-')],
  ['args command', args('COMMAND')],
  ['blocked sig_block sigmask', signals('BLOCKED', 'SigBlk')],
  ['bsdstart', { ...right('START', 6, bsdStart), key: startedKey }],
  ['bsdtime', { ...right('TIME', 6, bsdTime), key: cpuSeconds }],
  ['c util', number('C', 2, (process, moment) => Math.floor(cpuShare(process, moment)))],
  ['caught sigcatch sig_catch', signals('CAUGHT', 'SigCgt')],
  ['cgname', nothing('CGNAME', 27)],
  ['cgroup', { ...detailed({ header: 'CGROUP', width: 27 }, 'cgroup'), open: true }],
  ['class cls policy', text('CLS', 3, ({ field }) => (field(41) === 0 ? 'TS' : 'FF'))],
  ['cmd', args('CMD')],
  ['comm ucomm', comm('COMMAND')],
  ['context', nothing('CONTEXT', 31)],
  ['cp', number('CP', 3, (process, moment) => Math.floor(cpuShare(process, moment) * 10))],
  ['cputimes times', { ...right('TIME', 8, (process) => String(cpuSeconds(process))), key: cpuSeconds }],
  ['drs', sized('DRS', 5, (process) => process.virtualSize - kibibytes('VmExe')(process))],
  ['dsiz', sized('DSIZ', 4, (process) => process.virtualSize - kibibytes('VmExe')(process))],
  ['egid gid', number('GID', 5, ({ egid }) => egid)],
  ['egroup', group('EGROUP', ({ egid }) => egid)],
  ['esp eip stackp start_stack', right('STACKP', 16, () => '0000000000000000')],
  ['etime', { ...right('ELAPSED', 11, elapsed), key: lived }],
  ['etimes', { ...right('ELAPSED', 7, (process, moment) => String(lived(process, moment))), key: lived }],
  ['euid uid', number('UID', 5, ({ euid }) => euid)],
  ['euser', user('EUSER', ({ euid }) => euid)],
  ['exe', detailed({ header: 'EXE', width: 27 }, 'exe')],
  ['f flag flags', right('F', 1, ({ field }) => String((field(9) >> 6) & 7))],
  ['fgid fsgid', id('FGID', 'Gid', 3)],
  ['fgroup fsgroup', idName('FGROUP', 'Gid', 3)],
  ['fname', text('COMMAND', 8, ({ comm: name }) => name.slice(0, 8))],
  ['fuid fsuid', id('FUID', 'Uid', 3)],
  ['fuser fsuser', idName('FUSER', 'Uid', 3)],
  ['group', group('GROUP', ({ egid }) => egid)],
  ['ignored sigignore sig_ignore', signals('IGNORED', 'SigIgn')],
  ['intpri opri priority', number('PRI', 3, ({ priority }) => 60 + priority)],
  ['label', text('LABEL', 31, () => '-')],
  ['lastcpu', number('C', 3, ({ field }) => field(39))],
  ['lstart', { ...right('STARTED', 24, longStart), key: startedKey }],
  ['luid', right('LUID', 5, () => '-')],
  ['lwp', number('LWP', 7, ({ pid }) => pid)],
  ['lxc', nothing('LXC', 8)],
  ['machine', nothing('MACHINE', 31)],
  ['maj_flt pagein', number('MAJFL', 6, ({ field }) => field(12))],
  ['majflt', number('MAJFLT', 6, ({ field }) => field(12))],
  ['min_flt', number('MINFL', 6, ({ field }) => field(10))],
  ['minflt', number('MINFLT', 6, ({ field }) => field(10))],
  ['ni nice', number('NI', 3, ({ nice }) => nice)],
  ['nlwp', number('NLWP', 4, ({ threads }) => threads)],
  ['numa', number('NUMA', 4, () => 0)],
  ['nwchan', detailed({ header: 'WCHAN', width: 6, right: true }, 'wchan')],
  ['oom', { ...detailed({ header: 'OOM', width: 4, right: true }, 'oom_score') }],
  ['oomadj', { ...detailed({ header: 'OOMADJ', width: 5, right: true }, 'oom_score_adj') }],
  ['ouid', right('OWNER', 5, () => '-')],
  ['pending sig sig_pend tsig', signals('PENDING', 'ShdPnd')],
  ['pgid', number('PGID', 7, ({ pgid }) => pgid)],
  ['pgrp', number('PGRP', 7, ({ pgid }) => pgid)],
  ['pid', number('PID', 7, ({ pid }) => pid)],
  ['pol', text('POL', 3, () => 'TS')],
  ['ppid', number('PPID', 7, ({ ppid }) => ppid)],
  ['pri', number('PRI', 3, ({ priority }) => 39 - priority)],
  ['pri_api', number('API', 3, ({ priority }) => -1 - priority)],
  ['pri_bar', number('BAR', 3, ({ priority }) => priority + 1)],
  ['pri_baz', number('BAZ', 3, ({ priority }) => priority + 100)],
  ['pri_foo', number('FOO', 3, ({ priority }) => priority - 20)],
  ['psr', number('PSR', 3, ({ field }) => field(39))],
  ['rgid', id('RGID', 'Gid', 0)],
  ['rgroup', idName('RGROUP', 'Gid', 0)],
  ['rss rssize', number('RSS', 5, ({ residentSize }) => residentSize)],
  ['rsz', number('RSZ', 5, ({ residentSize }) => residentSize)],
  ['rtprio', right('RTPRIO', 6, () => '-')],
  ['ruid', id('RUID', 'Uid', 0)],
  ['ruser', idName('RUSER', 'Uid', 0)],
  ['s state', text('S', 1, ({ state }) => state)],
  ['sched', number('SCH', 3, ({ field }) => field(41))],
  ['seat', nothing('SEAT', 11)],
  ['sess session', number('SESS', 7, ({ sid }) => sid)],
  ['sgid svgid', id('SGID', 'Gid', 2)],
  ['sgroup svgroup', idName('SGROUP', 'Gid', 2)],
  ['sid', number('SID', 7, ({ sid }) => sid)],
  ['size', sized('SIZE', 5, (process) => kibibytes('VmData')(process) + kibibytes('VmStk')(process))],
  ['slice', nothing('SLICE', 31)],
  ['spid', number('SPID', 7, ({ pid }) => pid)],
  ['start', { ...right('STARTED', 8, clockStart), key: startedKey }],
  ['start_time', { ...text('START', 5, startText), key: startedKey }],
  ['stat', text('STAT', 4, statText)],
  ['stime', { ...text('STIME', 5, startText), key: startedKey }],
  ['suid svuid', id('SUID', 'Uid', 2)],
  ['supgid', withStatus(text('SUPGID', 20, ({ status }) => status('Groups').replaceAll(' ', ',') || '-'))],
  [
    'supgrp',
    withStatus(
      text('SUPGRP', 40, ({ status }, { names }) => {
        const ids = status('Groups')
          .split(' ')
          .filter((word) => word !== '')
        return ids.map((word) => names.groups.get(Number(word)) ?? word).join(',') || '-'
      }),
    ),
  ],
  ['suser svuser', idName('SUSER', 'Uid', 2)],
  ['sz', number('SZ', 5, pages)],
  ['tgid', number('TGID', 7, ({ pid }) => pid)],
  ['thcount', number('THCNT', 5, ({ threads }) => threads)],
  ['tid', number('TID', 7, ({ pid }) => pid)],
  ['time cputime atime', { ...time('TIME'), key: cpuSeconds }],
  ['timeout tmout', right('TMOUT', 5, () => '-')],
  ['alarm', right('ALARM', 5, () => '-')],
  ['tname longtname tty4 tty8', text('TTY', 8, ttyName)],
  ['tpgid', number('TPGID', 7, ({ foregroundGroup }) => foregroundGroup)],
  ['trs trss', sized('TRS', 4, kibibytes('VmExe'))],
  ['tt tty', text('TT', 8, ttyName)],
  ['ucmd', comm('CMD')],
  ['uname user', user('USER', ({ euid }) => euid)],
  ['unit', nothing('UNIT', 31)],
  ['uunit', nothing('UUNIT', 31)],
  ['vsz vsize', number('VSZ', 6, ({ virtualSize }) => virtualSize)],
  ['wchan wname', detailed({ header: 'WCHAN', width: 6 }, 'wchan')],
  ...namespaceKeys.map((key) => [key, detailed({ header: key.toUpperCase(), width: 10, right: true }, key)] as const),
]

/** Columns by the names that `-o` takes. */
export const psColumns: ReadonlyMap<string, PsColumn> = new Map(
  rows.flatMap(([names, column]) =>
    names.split(' ').map((name): [string, PsColumn] => [name, { ...column, header: headers[name] ?? column.header }]),
  ),
)

function memoryShare(process: ProcessRecord, { totalMemoryKib }: PsMoment): string {
  return ((100 * process.residentSize) / totalMemoryKib).toFixed(1)
}

function ttyName({ tty }: ProcessRecord): string {
  return tty === 0 ? '?' : `pts/${tty & 0xff}`
}

function bsdTime(process: ProcessRecord): string {
  const seconds = cpuSeconds(process)
  return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`
}

function lived(process: ProcessRecord, { uptime }: PsMoment): number {
  return Math.max(0, Math.floor(uptime - process.startTime / ticksPerSecond))
}

function elapsed(process: ProcessRecord, moment: PsMoment): string {
  return clockText(lived(process, moment), false)
}

function longStart(process: ProcessRecord, moment: PsMoment): string {
  const date = startedAt(process, moment)
  const clock = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`
  const day = String(date.getUTCDate()).padStart(2)
  return `${weekdays[date.getUTCDay()]} ${months[date.getUTCMonth()]} ${day} ${clock} ${date.getUTCFullYear()}`
}
