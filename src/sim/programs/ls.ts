// ls(1): GNU's on the host, busybox's in containers. Output is never a terminal here: one name a line, no colours.
import type { DirectoryEntry, Program, Stat, System } from '../kernel/system.ts'
import { type Main, SystemCallError } from '../kernel/system.ts'
import { complain, getopt, OptionError, type OptionRow } from './getopt.ts'
import { type NameTables, readNameTables } from './name-tables.ts'
import { writeError, writeOut } from './stdio.ts'
import { longDate, modeText } from './stat-text.ts'
import { busyboxHelpOf } from './utility.ts'

export type LsDialect = 'coreutils' | 'busybox'

const optionRows: readonly OptionRow[] = [
  { names: ['a', 'all'] },
  { names: ['A', 'almost-all'] },
  { names: ['l'] },
  { names: ['1'] },
  { names: ['d', 'directory'] },
  { names: ['i', 'inode'] },
  { names: ['n', 'numeric-uid-gid'] },
  { names: ['h', 'human-readable'] },
  { names: ['r', 'reverse'] },
  { names: ['t'] },
  { names: ['S'] },
  { names: ['R', 'recursive'] },
  { names: ['F', 'classify'] },
  { names: ['L', 'dereference'] },
  { names: ['p'] },
  { names: ['s', 'size'] },
  { names: ['C'] },
  { names: ['g'] },
  { names: ['o'] },
  { names: ['U'] },
  { names: ['color'], value: 'optional' },
]

interface Item {
  readonly name: string
  readonly stat: Stat
  /** Where a symbolic link leads; undefined when it cannot be read. */
  readonly target: string | undefined
  /** The target could not be read: GNU prints a message, and the name without an arrow. */
}

interface Context {
  readonly system: System
  readonly dialect: LsDialect
  readonly has: (option: string) => boolean
  readonly names: NameTables
  readonly now: number
  status: number
}

export function lsMain(dialect: LsDialect): Main {
  return function* ls(system, argv) {
    let parsed: ReturnType<typeof getopt>
    try {
      parsed = getopt(argv, optionRows)
    } catch (error) {
      if (!(error instanceof OptionError)) throw error
      if (dialect === 'coreutils') return yield* complain(system, 'ls', error, 2)
      yield* writeError(system, `ls: ${error.message}\n${busyboxHelpOf(system, 'ls')}`)
      return 1
    }
    const context: Context = {
      system,
      dialect,
      has: (option) => parsed.given.has(option),
      names: yield* readNameTables(system),
      now: yield* system.clock_gettime('CLOCK_REALTIME'),
      status: 0,
    }
    yield* listAll(context, parsed.operands.length === 0 ? ['.'] : parsed.operands)
    return context.status
  }
}

function* listAll(context: Context, operands: readonly string[]): Program<void> {
  const files: Item[] = []
  const directories: string[] = []
  for (const path of operands) {
    const item = yield* itemOf(context, path, path, !context.has('l') && !context.has('d'))
    if (item === undefined) continue
    if (item.stat.type === 'directory' && !context.has('d')) directories.push(path)
    else files.push(item)
  }
  const order = compare(context)
  yield* print(context, files.toSorted(order), false)
  const several = operands.length > 1 || context.has('R')
  let first = files.length === 0
  for (const path of sortNames(context, directories)) {
    first = yield* listDirectory(context, path, several, first)
  }
}

/** @returns false: something has been printed, so the next one is set off by an empty line */
function* listDirectory(context: Context, path: string, titled: boolean, first: boolean): Program<boolean> {
  const { system } = context
  let entries: readonly DirectoryEntry[]
  try {
    const fd = yield* system.open(path, ['RDONLY', 'DIRECTORY'])
    entries = yield* system.getdents(fd)
    yield* system.close(fd)
  } catch (error) {
    yield* fail(context, error, (text) =>
      context.dialect === 'busybox'
        ? `ls: can't open '${path}': ${text}`
        : `ls: cannot open directory '${path}': ${text}`,
    )
    return first
  }
  const items: Item[] = []
  for (const { name } of entries) {
    if (!context.has('a') && (name === '.' || name === '..')) continue
    if (!context.has('a') && !context.has('A') && name.startsWith('.')) continue
    const item = yield* itemOf(context, path.endsWith('/') ? path + name : `${path}/${name}`, name, false)
    if (item !== undefined) items.push(item)
  }
  if (titled) yield* writeOut(system, `${first ? '' : '\n'}${path}:\n`)
  const sorted = items.toSorted(compare(context))
  yield* print(context, sorted, true)
  if (context.has('R')) {
    for (const { name, stat } of sorted) {
      if (stat.type !== 'directory' || name === '.' || name === '..') continue
      yield* listDirectory(context, path.endsWith('/') ? path + name : `${path}/${name}`, true, false)
    }
  }
  return false
}

function* itemOf(context: Context, path: string, name: string, follow: boolean): Program<Item | undefined> {
  const { system } = context
  try {
    const own = yield* system.lstat(path)
    const stat = own.type === 'symlink' && (follow || context.has('L')) ? yield* followed(system, path, own) : own
    const target = stat.type === 'symlink' && context.has('l') ? yield* targetOf(context, path) : undefined
    return { name, stat, target }
  } catch (error) {
    yield* fail(context, error, (text) =>
      context.dialect === 'busybox' ? `ls: ${path}: ${text}` : `ls: cannot access '${path}': ${text}`,
    )
    return undefined
  }
}

function* followed(system: System, path: string, own: Stat): Program<Stat> {
  try {
    return yield* system.stat(path)
  } catch (error) {
    if (error instanceof SystemCallError) return own
    throw error
  }
}

function* targetOf(context: Context, path: string): Program<string | undefined> {
  try {
    return yield* context.system.readlink(path)
  } catch (error) {
    yield* fail(context, error, (text) =>
      context.dialect === 'busybox'
        ? `ls: ${path}: cannot read link: ${text}`
        : `ls: cannot read symbolic link '${path}': ${text}`,
    )
    return undefined
  }
}

function* fail(context: Context, error: unknown, text: (reason: string) => string): Program<void> {
  if (!(error instanceof SystemCallError)) throw error
  context.status = context.dialect === 'busybox' ? 1 : 2
  yield* writeError(context.system, `${text(error.message)}\n`)
}

function compare(context: Context): (a: Item, b: Item) => number {
  const sign = context.has('r') ? -1 : 1
  return (a, b) => {
    if (context.has('U')) return 0
    const byTime = context.has('t') ? b.stat.mtime - a.stat.mtime : 0
    const bySize = context.has('S') ? b.stat.size - a.stat.size : 0
    return sign * (byTime || bySize || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  }
}

function sortNames(context: Context, names: readonly string[]): string[] {
  const sorted = names.toSorted()
  return context.has('r') ? sorted.toReversed() : sorted
}

const suffixes: Readonly<Record<string, string>> = { directory: '/', symlink: '@', fifo: '|', socket: '=' }

function shownName({ has }: Context, { name, stat, target }: Item): string {
  const executable = stat.type === 'regular' && (stat.mode & 0o111) !== 0 ? '*' : ''
  const classified = has('F') ? (suffixes[stat.type] ?? executable) : has('p') && stat.type === 'directory' ? '/' : ''
  if (target !== undefined) return `${name} -> ${target}`
  return name + classified
}

function* print(context: Context, items: readonly Item[], total: boolean): Program<void> {
  if (context.has('l') || context.has('n') || context.has('g') || context.has('o')) {
    yield* writeOut(context.system, longListing(context, items, total))
    return
  }
  const inodeWidth = Math.max(0, ...items.map(({ stat }) => String(stat.ino).length))
  const lines = items.map((item) => {
    const inode = context.has('i') ? `${String(item.stat.ino).padStart(inodeWidth)} ` : ''
    const blocks = context.has('s') ? `${item.stat.blocks / 2} ` : ''
    return `${inode}${blocks}${shownName(context, item)}\n`
  })
  yield* writeOut(context.system, lines.join(''))
}

/** Sizes as -h prints them: 1.0K, 12K, 1.5M. */
function humanSize(bytes: number): string {
  const units = ['', 'K', 'M', 'G', 'T']
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit++
  }
  if (unit === 0) return String(value)
  return `${value < 10 ? (Math.ceil(value * 10) / 10).toFixed(1) : Math.ceil(value)}${units[unit]}`
}

function longListing(context: Context, items: readonly Item[], total: boolean): string {
  const { has, names, now, dialect } = context
  const rows = items.map(({ stat }) => ({
    inode: has('i') ? String(stat.ino) : '',
    links: String(stat.nlink),
    user: has('n') ? String(stat.uid) : (names.users.get(stat.uid) ?? String(stat.uid)),
    group: has('n') ? String(stat.gid) : (names.groups.get(stat.gid) ?? String(stat.gid)),
    size:
      stat.type === 'character' || stat.type === 'block'
        ? `${stat.rdev.major}, ${String(stat.rdev.minor).padStart(dialect === 'busybox' ? 3 : 0)}`
        : has('h')
          ? humanSize(stat.size)
          : String(stat.size),
  }))
  const fixed = dialect === 'busybox' ? busyboxWidths : { inode: 0, links: 0, user: 0, group: 0, size: 0 }
  const width = (key: 'inode' | 'links' | 'user' | 'group' | 'size') =>
    Math.max(fixed[key], ...rows.map((row) => row[key].length))
  const widths = {
    inode: width('inode'),
    links: width('links'),
    user: width('user'),
    group: width('group'),
    size: width('size'),
  }
  const lines = items.map((item, index) => {
    const row = rows[index]
    if (row === undefined) return ''
    const inode = has('i') ? `${row.inode.padStart(widths.inode)} ` : ''
    const user = has('g') ? '' : `${row.user.padEnd(widths.user)} `
    const group = has('o') ? '' : `${row.group.padEnd(widths.group)} `
    const start = `${inode}${modeText(item.stat)} ${row.links.padStart(widths.links)} ${user}${group}`
    return `${start}${row.size.padStart(widths.size)} ${longDate(item.stat.mtime, now)} ${shownName(context, item)}\n`
  })
  const blocks = items.reduce((sum, { stat }) => sum + stat.blocks, 0) / 2
  return `${total ? `total ${has('h') && blocks > 0 ? humanSize(blocks * 1024) : blocks}\n` : ''}${lines.join('')}`
}

/** busybox's columns have a fixed least width. */
const busyboxWidths = { inode: 7, links: 4, user: 8, group: 8, size: 9 }
