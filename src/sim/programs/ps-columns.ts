// The columns of procps' ps: header, width, side, and what stands in them; `ps -o NAME` and the fixed formats read this table.
import type { Program, System } from '../kernel/system.ts'
import { SystemCallError } from '../kernel/system.ts'
import type { NameTables } from './name-tables.ts'
import { type ProcessRecord, ticksPerSecond } from './process-table.ts'
import { readText } from './stdio.ts'

export interface PsMoment {
  readonly names: NameTables
  /** Seconds since boot. */
  readonly uptime: number
  /** Microseconds since the epoch. */
  readonly now: number
  readonly totalMemoryKib: number
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
}

export type DetailKey = 'wchan' | NamespaceKey
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

/** The hour if it started today, else the day, else the year. */
function startText(process: ProcessRecord, moment: PsMoment): string {
  const date = startedAt(process, moment)
  const today = new Date(moment.now / 1000)
  if (date.toDateString() === today.toDateString()) return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`
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

export function commandName({ comm, state }: ProcessRecord): string {
  return state === 'Z' ? `${comm} <defunct>` : comm
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

/** Columns by the names that `-o` takes. PID columns are as wide as the largest PID, 4194304. */
export const psColumns: ReadonlyMap<string, PsColumn> = new Map<string, PsColumn>([
  ['pid', number('PID', 7, (process) => process.pid)],
  ['ppid', number('PPID', 7, (process) => process.ppid)],
  ['pgid', number('PGID', 7, (process) => process.pgid)],
  ['pgrp', number('PGRP', 7, (process) => process.pgid)],
  ['sid', number('SID', 7, (process) => process.sid)],
  ['sess', number('SESS', 7, (process) => process.sid)],
  ['tpgid', number('TPGID', 7, (process) => process.foregroundGroup)],
  ['uid', number('UID', 5, (process) => process.euid)],
  ['euid', number('EUID', 5, (process) => process.euid)],
  ['ruid', number('RUID', 5, (process) => process.uid)],
  ['gid', number('GID', 5, (process) => process.egid)],
  ['user', user('USER', (process) => process.euid)],
  ['euser', user('EUSER', (process) => process.euid)],
  ['ruser', user('RUSER', (process) => process.uid)],
  ['uname', user('USER', (process) => process.euid)],
  ['group', group('GROUP', (process) => process.egid)],
  ['ni', number('NI', 3, (process) => process.nice)],
  ['nice', number('NI', 3, (process) => process.nice)],
  ['pri', number('PRI', 3, (process) => 39 - process.priority)],
  ['nlwp', number('NLWP', 4, (process) => process.threads)],
  ['thcount', number('THCNT', 5, (process) => process.threads)],
  ['vsz', number('VSZ', 6, (process) => process.virtualSize)],
  ['rss', number('RSS', 5, (process) => process.residentSize)],
  ['c', number('C', 2, (process, moment) => Math.floor(cpuShare(process, moment)))],
  ['pcpu', { header: '%CPU', width: 4, right: true, value: (process, moment) => cpuShare(process, moment).toFixed(1) }],
  ['%cpu', { header: '%CPU', width: 4, right: true, value: (process, moment) => cpuShare(process, moment).toFixed(1) }],
  ['pmem', { header: '%MEM', width: 4, right: true, value: memoryShare }],
  ['%mem', { header: '%MEM', width: 4, right: true, value: memoryShare }],
  ['stat', { header: 'STAT', width: 4, value: statText }],
  ['state', { header: 'S', width: 1, value: ({ state }) => state }],
  ['s', { header: 'S', width: 1, value: ({ state }) => state }],
  ['tty', { header: 'TT', width: 8, value: ttyName }],
  ['tt', { header: 'TT', width: 8, value: ttyName }],
  ['tname', { header: 'TTY', width: 8, value: ttyName }],
  ['time', time('TIME')],
  ['cputime', time('TIME')],
  ['bsdtime', { header: 'TIME', width: 6, right: true, value: bsdTime }],
  ['stime', { header: 'STIME', width: 5, value: startText }],
  ['start_time', { header: 'START', width: 5, value: startText }],
  ['bsdstart', { header: 'START', width: 6, right: true, value: startText }],
  ['lstart', { header: 'STARTED', width: 24, right: true, value: longStart }],
  ['etime', { header: 'ELAPSED', width: 11, right: true, value: elapsed }],
  ['etimes', { header: 'ELAPSED', width: 7, right: true, value: (process, moment) => String(lived(process, moment)) }],
  ['comm', comm('COMMAND')],
  ['ucmd', comm('CMD')],
  ['ucomm', comm('COMMAND')],
  ['args', args('COMMAND')],
  ['command', args('COMMAND')],
  ['cmd', args('CMD')],
  ['wchan', { header: 'WCHAN', width: 6, needs: 'wchan', value: (_process, _moment, { wchan }) => wchan ?? '-' }],
  ...namespaceKeys.map((key): [string, PsColumn] => [
    key,
    {
      header: key.toUpperCase(),
      width: 10,
      right: true,
      needs: key,
      value: (_process, _moment, details) => details[key] ?? '-',
    },
  ]),
])

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
