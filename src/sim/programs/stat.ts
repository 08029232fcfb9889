// stat(1): what the kernel knows of files, as a block or by a format.
import type { FileType, Main, Program, Stat } from '../kernel/system.ts'
import { SystemCallError } from '../kernel/system.ts'
import type { Invocation } from './command.ts'
import { command } from './command.ts'
import { formatTime } from './date-format.ts'
import { OptionError } from './getopt.ts'
import type { NameTables } from './name-tables.ts'
import { readNameTables } from './name-tables.ts'
import { modeText } from './stat-text.ts'
import { writeError, writeOut } from './stdio.ts'

const typeNames: Readonly<Record<FileType, string>> = {
  regular: 'regular file',
  directory: 'directory',
  symlink: 'symbolic link',
  fifo: 'fifo',
  socket: 'socket',
  character: 'character special file',
  block: 'block special file',
}

interface Subject {
  readonly path: string
  readonly target: string | undefined
  readonly stat: Stat
}

const quoted = ({ path, target }: Subject): string => (target === undefined ? `'${path}'` : `'${path}' -> '${target}'`)
const typeName = ({ stat }: Subject): string =>
  stat.type === 'regular' && stat.size === 0 ? 'regular empty file' : typeNames[stat.type]
const time = (microseconds: number): string =>
  `${formatTime('%Y-%m-%d %H:%M:%S', microseconds / 1e6)}.${String(microseconds % 1e6).padStart(6, '0')}000 +0000`
const user = (names: NameTables, uid: number): string => names.users.get(uid) ?? 'UNKNOWN'
const group = (names: NameTables, gid: number): string => names.groups.get(gid) ?? 'UNKNOWN'
const device = (dev: number): string => `${dev >> 8},${dev & 0xff}`

const typeBits: Readonly<Record<FileType, number>> = {
  regular: 0o100000,
  directory: 0o040000,
  symlink: 0o120000,
  fifo: 0o010000,
  socket: 0o140000,
  character: 0o020000,
  block: 0o060000,
}

/** The directives of --format. */
const directives: Readonly<Record<string, (subject: Subject, names: NameTables) => string>> = {
  a: ({ stat }) => stat.mode.toString(8),
  A: ({ stat }) => modeText(stat),
  b: ({ stat }) => String(stat.blocks),
  B: () => '512',
  d: ({ stat }) => String(stat.dev),
  D: ({ stat }) => stat.dev.toString(16),
  f: ({ stat }) => (stat.mode | typeBits[stat.type]).toString(16),
  F: typeName,
  g: ({ stat }) => String(stat.gid),
  G: ({ stat }, names) => group(names, stat.gid),
  h: ({ stat }) => String(stat.nlink),
  i: ({ stat }) => String(stat.ino),
  n: ({ path }) => path,
  N: quoted,
  o: () => '4096',
  s: ({ stat }) => String(stat.size),
  t: ({ stat }) => stat.rdev.major.toString(16),
  T: ({ stat }) => stat.rdev.minor.toString(16),
  u: ({ stat }) => String(stat.uid),
  U: ({ stat }, names) => user(names, stat.uid),
  w: () => '-',
  W: () => '0',
  x: ({ stat }) => time(stat.atime),
  X: ({ stat }) => String(Math.floor(stat.atime / 1e6)),
  y: ({ stat }) => time(stat.mtime),
  Y: ({ stat }) => String(Math.floor(stat.mtime / 1e6)),
  z: ({ stat }) => time(stat.ctime),
  Z: ({ stat }) => String(Math.floor(stat.ctime / 1e6)),
}

export const stat: Main = command(
  'stat',
  [
    { names: ['L', 'dereference'] },
    { names: ['c', 'format'], value: 'required' },
    { names: ['printf'], value: 'required' },
    { names: ['t', 'terse'] },
  ],
  function* run(invocation) {
    const { system, operands, value } = invocation
    if (operands.length === 0) throw new OptionError('missing operand')
    const names = yield* readNameTables(system)
    const format =
      value('c') === undefined ? value('printf')?.replaceAll('\\n', '\n').replaceAll('\\t', '\t') : `${value('c')}\n`
    let status = 0
    for (const path of operands) {
      try {
        const subject = yield* examine(invocation, path)
        const text = format === undefined ? block(subject, names) : fill(format, subject, names)
        yield* writeOut(system, text)
      } catch (error) {
        if (!(error instanceof SystemCallError)) throw error
        yield* writeError(system, `stat: cannot statx '${path}': ${error.message}\n`)
        status = 1
      }
    }
    return status
  },
)

function* examine({ system, has }: Invocation, path: string): Program<Subject> {
  const found = yield* has('L') ? system.stat(path) : system.lstat(path)
  const target = found.type === 'symlink' ? yield* system.readlink(path) : undefined
  return { path, target, stat: found }
}

function fill(format: string, subject: Subject, names: NameTables): string {
  return format.replace(/%([-#0 +]*)(\d*)([a-zA-Z%])/g, (whole, flags: string, width: string, letter: string) => {
    if (letter === '%') return '%'
    const text = directives[letter]?.(subject, names)
    if (text === undefined) return whole
    return flags.includes('-')
      ? text.padEnd(Number(width))
      : text.padStart(Number(width), flags.includes('0') ? '0' : ' ')
  })
}

function block(subject: Subject, names: NameTables): string {
  const { stat: found, path } = subject
  const shownName = subject.target === undefined ? path : `${path} -> ${subject.target}`
  const mode = `(${String(found.mode.toString(8)).padStart(4, '0')}/${modeText(found)})`
  const owner = `Uid: (${String(found.uid).padStart(5)}/${user(names, found.uid).padStart(8)})   Gid: (${String(found.gid).padStart(5)}/${group(names, found.gid).padStart(8)})`
  const special =
    found.type === 'character' || found.type === 'block' ? ` Device type: ${found.rdev.major},${found.rdev.minor}` : ''
  return [
    `  File: ${shownName}`,
    `  Size: ${String(found.size).padEnd(10)}\tBlocks: ${String(found.blocks).padEnd(10)} IO Block: 4096   ${typeName(subject)}`,
    `Device: ${device(found.dev)}\tInode: ${String(found.ino).padEnd(10)}  Links: ${String(found.nlink)}${special}`,
    `Access: ${mode}  ${owner}`,
    `Access: ${time(found.atime)}`,
    `Modify: ${time(found.mtime)}`,
    `Change: ${time(found.ctime)}`,
    ' Birth: -',
    '',
  ].join('\n')
}
