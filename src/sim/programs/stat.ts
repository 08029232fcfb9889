// stat(1): what stat(2) tells, in full or by a format.
import { type Main, type Program, type Stat, SystemCallError, type System } from '../kernel/system.ts'
import { formatTime } from './date-format.ts'
import { type NameTables, readNameTables } from './name-tables.ts'
import { modeText } from './stat-text.ts'
import { writeOut } from './stdio.ts'
import { attempt, type Family, misuse, utility, warn } from './utility.ts'

const options = [
  { names: ['c', 'format'], value: 'required' },
  { names: ['printf'], value: 'required' },
  { names: ['L', 'dereference'] },
  { names: ['t', 'terse'] },
  { names: ['f', 'file-system'] },
] as const

const typeNames: Readonly<Record<Stat['type'], string>> = {
  regular: 'regular file',
  directory: 'directory',
  symlink: 'symbolic link',
  fifo: 'fifo',
  socket: 'socket',
  character: 'character special file',
  block: 'block special file',
}

const typeBits: Readonly<Record<Stat['type'], number>> = {
  regular: 0o100_000,
  directory: 0o040_000,
  symlink: 0o120_000,
  fifo: 0o010_000,
  socket: 0o140_000,
  character: 0o020_000,
  block: 0o060_000,
}

interface Subject {
  readonly path: string
  readonly stat: Stat
  /** Where a symbolic link leads. */
  readonly target: string | undefined
  readonly names: NameTables
}

const typeOf = ({ type, size }: Stat) => (type === 'regular' && size === 0 ? 'regular empty file' : typeNames[type])
const fullTime = (microseconds: number) => `${formatTime('%F %T.%N %z', microseconds / 1e6)}`
const major = (device: number) => device >> 8
const minor = (device: number) => device & 0xff

/** By the letter after the percent sign. */
const directives: Readonly<Record<string, (subject: Subject) => string | number>> = {
  a: ({ stat }) => stat.mode.toString(8),
  A: ({ stat }) => modeText(stat),
  b: ({ stat }) => stat.blocks,
  B: () => 512,
  d: ({ stat }) => stat.dev,
  D: ({ stat }) => stat.dev.toString(16),
  f: ({ stat }) => (typeBits[stat.type] | stat.mode).toString(16),
  F: ({ stat }) => typeOf(stat),
  g: ({ stat }) => stat.gid,
  G: ({ stat, names }) => names.groups.get(stat.gid) ?? 'UNKNOWN',
  h: ({ stat }) => stat.nlink,
  i: ({ stat }) => stat.ino,
  m: () => '/',
  n: ({ path }) => path,
  N: ({ path, target }) => `'${path}'${target === undefined ? '' : ` -> '${target}'`}`,
  o: () => 4096,
  s: ({ stat }) => stat.size,
  t: ({ stat }) => stat.rdev.major.toString(16),
  T: ({ stat }) => stat.rdev.minor.toString(16),
  u: ({ stat }) => stat.uid,
  U: ({ stat, names }) => names.users.get(stat.uid) ?? 'UNKNOWN',
  w: ({ stat }) => fullTime(stat.ctime),
  W: ({ stat }) => Math.floor(stat.ctime / 1e6),
  x: ({ stat }) => fullTime(stat.atime),
  X: ({ stat }) => Math.floor(stat.atime / 1e6),
  y: ({ stat }) => fullTime(stat.mtime),
  Y: ({ stat }) => Math.floor(stat.mtime / 1e6),
  z: ({ stat }) => fullTime(stat.ctime),
  Z: ({ stat }) => Math.floor(stat.ctime / 1e6),
}

function formatted(format: string, subject: Subject): string {
  return format.replace(/%([-0]?)(\d*)([a-zA-Z%])/g, (_whole, flag: string, width: string, letter: string) => {
    if (letter === '%') return '%'
    const text = String(directives[letter]?.(subject) ?? '?')
    if (flag === '-') return text.padEnd(Number(width))
    return text.padStart(Number(width), flag === '0' ? '0' : ' ')
  })
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', '\\': '\\', '0': '\0' }
const terse = '%n %s %b %f %u %g %D %i %h %t %T %X %Y %Z %W %o'

export const statMain = (family: Family): Main =>
  utility(family, { name: 'stat', options, synopsis: '[OPTION]... FILE...' }, function* stat(call) {
    const { system, has, value, operands } = call
    if (operands.length === 0) throw misuse('missing operand')
    const names = yield* readNameTables(system)
    let status = 0
    for (const path of operands) {
      const found = yield* attempt(subjectOf(system, path, has('L'), names))
      if (found instanceof SystemCallError) {
        yield* warn(call, `${family === 'gnu' ? 'cannot statx' : "can't stat"} '${path}': ${found.message}`)
        status = 1
        continue
      }
      const printf = value('printf')
      const format = value('c') ?? (has('t') ? terse : undefined)
      const text =
        printf !== undefined
          ? formatted(printf, found).replace(/\\([nt\\0])/g, (_whole, letter: string) => escapes[letter] ?? '')
          : format !== undefined
            ? `${formatted(format, found)}\n`
            : inFull(found, family)
      yield* writeOut(system, text)
    }
    return status
  })

function* subjectOf(system: System, path: string, follow: boolean, names: NameTables): Program<Subject> {
  const stat = yield* follow ? system.stat(path) : system.lstat(path)
  const target = stat.type === 'symlink' ? yield* system.readlink(path) : undefined
  return { path, stat, target, names }
}

function inFull(subject: Subject, family: Family): string {
  const { path, stat, target, names } = subject
  const arrow = target === undefined ? '' : family === 'gnu' ? ` -> ${target}` : ` -> '${target}'`
  const shown = target !== undefined && family === 'busybox' ? `'${path}'` : path
  const device = family === 'gnu' ? `${major(stat.dev)},${minor(stat.dev)}` : `${stat.dev.toString(16)}h/${stat.dev}d`
  const isDevice = stat.type === 'character' || stat.type === 'block'
  const special = isDevice ? `     Device type: ${stat.rdev.major},${stat.rdev.minor}` : ''
  const owner = (id: number, table: ReadonlyMap<number, string>) =>
    `(${String(id).padStart(5)}/${(table.get(id) ?? 'UNKNOWN').padStart(8)})`
  const size = String(stat.size).padEnd(10)
  const blocks = String(stat.blocks).padEnd(10)
  const octal = stat.mode.toString(8).padStart(4, '0')
  return [
    `  File: ${shown}${arrow}`,
    `  Size: ${size}\tBlocks: ${blocks} IO Block: 4096   ${typeOf(stat)}`,
    `Device: ${device}\tInode: ${String(stat.ino).padEnd(11)} Links: ${stat.nlink}${special}`,
    `Access: (${octal}/${modeText(stat)})  Uid: ${owner(stat.uid, names.users)}   Gid: ${owner(stat.gid, names.groups)}`,
    `Access: ${fullTime(stat.atime)}`,
    `Modify: ${fullTime(stat.mtime)}`,
    `Change: ${fullTime(stat.ctime)}`,
    ...(family === 'gnu' ? [` Birth: ${fullTime(stat.ctime)}`] : []),
    '',
  ].join('\n')
}
