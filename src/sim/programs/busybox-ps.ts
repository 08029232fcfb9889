// ps of busybox: all processes of the mounted /proc; Alpine's layout has a TIME column, Debian's static build has none.
import type { Main } from '../kernel/system.ts'
import { getopt, OptionError } from './getopt.ts'
import { type NameTables, readNameTables } from './name-tables.ts'
import { type ProcessRecord, readProcesses, ticksPerSecond } from './process-table.ts'
import { readText, writeError, writeOut } from './stdio.ts'

interface Column {
  readonly header: string
  readonly width: number
  readonly value: (process: ProcessRecord, context: Context) => string
}

interface Context {
  readonly names: NameTables
  /** Seconds since boot. */
  readonly uptime: number
}

const two = (number: number) => String(number).padStart(2, '0')

/** MM:SS, later HHhMM, blank for a leading zero, as busybox shows times. */
function shortTime(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  if (minutes < 100) return `${String(minutes).padStart(2)}:${two(seconds % 60)}`
  return `${String(Math.floor(minutes / 60)).padStart(2)}h${two(minutes % 60)}`
}

function commandLine({ argv, comm }: ProcessRecord): string {
  return argv.length === 0 ? `[${comm}]` : argv.join(' ')
}

function userName({ euid }: ProcessRecord, { names }: Context): string {
  return names.users.get(euid) ?? String(euid)
}

/** State, and `<` or `N` for the nice value. */
function stat({ state, nice }: ProcessRecord): string {
  return `${state}${nice < 0 ? '<' : nice > 0 ? 'N' : ''}`
}

const number = (header: string, width: number, value: (process: ProcessRecord) => number): Column => ({
  header,
  width,
  value: (process) => String(value(process)).padStart(width),
})

/** Kibibytes, from ten thousand on in mebibytes with an m. */
function size(kibibytes: number): string {
  return kibibytes < 10_000 ? String(kibibytes) : `${Math.floor(kibibytes / 1024)}m`
}

/** Columns by the names that `-o` takes. */
const columns: ReadonlyMap<string, Column> = new Map<string, Column>([
  ['user', { header: 'USER', width: 8, value: userName }],
  ['group', { header: 'GROUP', width: 8, value: ({ egid }, { names }) => names.groups.get(egid) ?? String(egid) }],
  ['comm', { header: 'COMMAND', width: 16, value: ({ comm }) => comm }],
  ['args', { header: 'COMMAND', width: 256, value: commandLine }],
  ['pid', number('PID', 5, (process) => process.pid)],
  ['ppid', number('PPID', 5, (process) => process.ppid)],
  ['pgid', number('PGID', 5, (process) => process.pgid)],
  ['sid', number('SID', 5, (process) => process.sid)],
  ['nice', number('NI', 5, (process) => process.nice)],
  ['stat', { header: 'STAT', width: 4, value: stat }],
  ['tty', { header: 'TT', width: 6, value: ({ tty }) => (tty === 0 ? '?' : `136,${tty & 0xff}`) }],
  ['time', { header: 'TIME', width: 5, value: (process) => shortTime(cpuSeconds(process)) }],
  ['etime', { header: 'ELAPSED', width: 7, value: elapsed }],
  ['vsz', { header: 'VSZ', width: 4, value: ({ virtualSize }) => size(virtualSize) }],
  ['rss', { header: 'RSS', width: 4, value: ({ residentSize }) => size(residentSize) }],
  ['rgroup', { header: 'RGROUP', width: 8, value: ({ gid }, { names }) => names.groups.get(gid) ?? String(gid) }],
  ['ruser', { header: 'RUSER', width: 8, value: ({ uid }, { names }) => names.users.get(uid) ?? String(uid) }],
])

function cpuSeconds({ userTime, systemTime }: ProcessRecord): number {
  return Math.floor((userTime + systemTime) / ticksPerSecond)
}

function elapsed(process: ProcessRecord, { uptime }: Context): string {
  return shortTime(Math.max(0, Math.floor(uptime - process.startTime / ticksPerSecond)))
}

/** Columns of each build, in the order in which it lists them: the times are an option of the build. */
const available = {
  alpine: 'user,group,comm,args,pid,ppid,pgid,etime,nice,rgroup,ruser,time,tty,vsz,sid,stat,rss'.split(','),
  debian: 'user,group,comm,args,pid,ppid,pgid,nice,rgroup,ruser,tty,vsz,sid,stat,rss'.split(','),
} as const

const defaults = { alpine: ['pid', 'user', 'time', 'args'], debian: ['pid', 'user', 'args'] } as const

/** @param layout whose build it is: Alpine's, with CONFIG_FEATURE_PS_LONG and TIME, or Debian's */
export function busyboxPs(layout: 'alpine' | 'debian'): Main {
  return function* ps(system, argv) {
    let names: readonly string[] = []
    try {
      // Both builds take `ps aux` and `ps -ef` and do as without.
      const { given } = getopt(
        argv,
        [
          ...['o'].map((letter) => ({ names: [letter], value: 'required' as const })),
          ...['Z', 'T', 'a', 'A', 'd', 'l', 'w', 'e', 'f'].map((letter) => ({ names: [letter] })),
        ],
        { messages: layout === 'alpine' ? 'musl' : 'glibc' },
      )
      names = given.get('o') ?? []
    } catch (error) {
      if (!(error instanceof OptionError)) throw error
      yield* writeError(system, `ps: ${error.message}\n${usage(layout)}`)
      return 1
    }
    const shown: { column: Column; header: string }[] = []
    for (const item of names.length === 0
      ? defaults[layout]
      : names.flatMap((list) => list.split(/[ ,]+(?![^=]*=$)/))) {
      const [name = '', header] = item.split('=')
      const column = available[layout].includes(name) ? columns.get(name) : undefined
      if (column === undefined) {
        yield* writeError(
          system,
          `ps: bad -o argument '${name}', supported arguments: ${available[layout].join(',')}\n`,
        )
        return 1
      }
      shown.push({ column, header: header ?? column.header })
    }
    const uptime = Number((yield* readText(system, '/proc/uptime')).split(' ')[0])
    const context = { names: yield* readNameTables(system), uptime }
    const rows = shown.some(({ header }) => header !== '') ? [shown.map(({ header }) => header)] : []
    for (const process of yield* readProcesses(system)) {
      rows.push(shown.map(({ column }) => column.value(process, context)))
    }
    yield* writeOut(
      system,
      rows
        .map(
          (row) =>
            `${line(
              row,
              shown.map(({ column }) => column.width),
            )}\n`,
        )
        .join(''),
    )
    return 0
  }
}

/** Cells side by side; the last is not padded. */
function line(cells: readonly string[], widths: readonly number[]): string {
  return cells.map((cell, index) => (index === cells.length - 1 ? cell : cell.padEnd(widths[index] ?? 0))).join(' ')
}

function usage(layout: 'alpine' | 'debian'): string {
  const version = layout === 'alpine' ? 'v1.37.0' : 'v1.35.0'
  return `BusyBox ${version} multi-call binary.\n\nUsage: ps [-o COL1,COL2=HEADER]${layout === 'alpine' ? ' [-T]' : ''}\n\nShow list of processes\n`
}
