// diff(1): what two files, or the files of two directories, do not have in common. busybox prints the unified form alone.
import { type Change, lineChanges } from '../../text/line-diff.ts'
import { type Main, type Program, SystemCallError } from '../kernel/system.ts'
import { decodeText } from './bytes.ts'
import { formatTime } from './date-format.ts'
import { joinPath, lastPart, namesIn, statOf } from './file-tree.ts'
import type { OptionRow } from './getopt.ts'
import { readAll, readFile, writeOut } from './stdio.ts'
import { attempt, type Call, Failure, type Family, utility, warn } from './utility.ts'

const options: readonly OptionRow[] = [
  { names: ['u'] },
  { names: ['U', 'unified'], value: 'required' },
  { names: ['q', 'brief'] },
  { names: ['s', 'report-identical-files'] },
  { names: ['r', 'recursive'] },
  { names: ['N', 'new-file'] },
  { names: ['a', 'text'] },
  { names: ['b', 'ignore-space-change'] },
  { names: ['w', 'ignore-all-space'] },
  { names: ['i', 'ignore-case'] },
  { names: ['B', 'ignore-blank-lines'] },
  { names: ['t', 'expand-tabs'] },
  { names: ['T', 'initial-tab'] },
  { names: ['d', 'minimal'] },
  { names: ['L', 'label'], value: 'required' },
]

export const diffMain = (family: Family): Main =>
  utility(family, { name: 'diff', options, usageStatus: 2, shortName: true }, function* diff(call) {
    const [one, other, extra] = call.operands
    if (one === undefined || other === undefined || extra !== undefined) {
      const what =
        extra === undefined ? `missing operand after '${one ?? call.argv.at(-1)}'` : `extra operand '${extra}'`
      throw new Failure(`${what}\n${call.name}: Try '${call.name} --help' for more information.`, { status: 2 })
    }
    const [isDirectory, isOtherDirectory] = [yield* isFolder(call, one), yield* isFolder(call, other)]
    if (isDirectory && isOtherDirectory) return yield* compareDirectories(call, one, other)
    // A file and a directory: the file of the same name in it.
    const [left, right] = [
      isDirectory ? joinPath(one, lastPart(other)) : one,
      isOtherDirectory ? joinPath(other, lastPart(one)) : other,
    ]
    return yield* compareFiles(call, left, right, '')
  })

function* isFolder({ system }: Call, path: string): Program<boolean> {
  return path !== '-' && (yield* statOf(system, path))?.type === 'directory'
}

/** In the order of their names; what stands in one alone is told, or compared with nothing. */
function* compareDirectories(call: Call, one: string, other: string): Program<number> {
  const { system, has } = call
  const [left, right] = [new Set(yield* namesIn(system, one)), new Set(yield* namesIn(system, other))]
  let status = 0
  for (const name of [...new Set([...left, ...right])].toSorted()) {
    const [from, to] = [joinPath(one, name), joinPath(other, name)]
    if (!(left.has(name) && right.has(name)) && !has('N')) {
      yield* writeOut(system, `Only in ${left.has(name) ? one : other}: ${name}\n`)
      status = 1
    } else if ((yield* isFolder(call, from)) && (yield* isFolder(call, to))) {
      if (has('r')) status = Math.max(status, yield* compareDirectories(call, from, to))
      else yield* writeOut(system, `Common subdirectories: ${from} and ${to}\n`)
    } else {
      const words = call.argv.slice(1, call.argv.length - call.operands.length)
      const heading = `diff ${[...words, from, to].join(' ')}\n`
      status = Math.max(status, yield* compareFiles(call, from, to, heading))
    }
  }
  return status
}

interface Side {
  readonly path: string
  readonly lines: readonly string[]
  readonly isWhole: boolean
  /** Microseconds since the epoch; 0: there is no such file, and -N says that it is empty. */
  readonly mtime: number
}

function* sideOf(call: Call, path: string): Program<Side | undefined> {
  const { system, has } = call
  const stat = path === '-' ? undefined : yield* attempt(system.stat(path))
  if (stat instanceof SystemCallError) {
    if (has('N') && stat.errno === 'ENOENT') return { path, lines: [], isWhole: true, mtime: 0 }
    yield* warn(call, call.family === 'gnu' ? `${path}: ${stat.message}` : `can't stat '${path}': ${stat.message}`)
    return undefined
  }
  const text = decodeText(path === '-' ? yield* readAll(system, 0) : yield* readFile(system, path))
  const lines = text.split('\n')
  const isWhole = lines.at(-1) === ''
  if (isWhole) lines.pop()
  const now = yield* system.clock_gettime('CLOCK_REALTIME')
  return { path, lines, isWhole, mtime: stat?.mtime ?? now }
}

function* compareFiles(call: Call, from: string, to: string, heading: string): Program<number> {
  const { system, has } = call
  const [one, other] = [yield* sideOf(call, from), yield* sideOf(call, to)]
  if (one === undefined || other === undefined) return 2
  const key = comparedAs(call)
  // A last line without its line feed is another line.
  const marked = ({ lines, isWhole }: Side): string[] =>
    lines.map((line, at) => (!isWhole && at === lines.length - 1 ? `${key(line)}\n` : key(line)))
  const changes = lineChanges(marked(one), marked(other))
  if (changes.length === 0) {
    if (has('s')) yield* writeOut(system, `Files ${from} and ${to} are identical\n`)
    return 0
  }
  if (has('q')) {
    yield* writeOut(system, `Files ${from} and ${to} differ\n`)
    return 1
  }
  const isUnified = has('u') || has('U') || call.family === 'busybox'
  const text = isUnified ? unified(call, one, other, changes) : normal(one, other, changes)
  yield* writeOut(system, heading + text)
  return 1
}

function comparedAs({ has }: Call): (line: string) => string {
  return (line) => {
    let text = has('i') ? line.toLowerCase() : line
    if (has('w')) text = text.replace(/\s+/g, '')
    else if (has('b')) text = text.replace(/\s+/g, ' ').replace(/ $/, '')
    return text
  }
}

const incomplete = '\\ No newline at end of file\n'

function printed(mark: string, side: Side, start: number, end: number): string {
  return side.lines
    .slice(start, end)
    .map((line, at) => {
      const isLast = !side.isWhole && start + at === side.lines.length - 1
      return `${mark}${line}\n${isLast ? incomplete : ''}`
    })
    .join('')
}

// --- the normal form

function normal(one: Side, other: Side, changes: readonly Change[]): string {
  return changes
    .map(({ oldStart, oldEnd, newStart, newEnd }) => {
      const letter = oldStart === oldEnd ? 'a' : newStart === newEnd ? 'd' : 'c'
      const rule = letter === 'c' ? '---\n' : ''
      const head = `${range(oldStart, oldEnd)}${letter}${range(newStart, newEnd)}\n`
      return `${head}${printed('< ', one, oldStart, oldEnd)}${rule}${printed('> ', other, newStart, newEnd)}`
    })
    .join('')
}

/** Lines from 1, as `3` or `3,5`; no lines are the one before them. */
function range(start: number, end: number): string {
  if (end <= start) return String(start)
  return end === start + 1 ? String(end) : `${start + 1},${end}`
}

// --- the unified form

function unified(call: Call, one: Side, other: Side, changes: readonly Change[]): string {
  const context = Number(call.value('U') ?? 3)
  const hunks: Change[][] = []
  for (const change of changes) {
    const last = hunks.at(-1)
    const end = last?.at(-1)?.oldEnd
    if (last !== undefined && end !== undefined && change.oldStart - end <= 2 * context) last.push(change)
    else hunks.push([change])
  }
  const [label = titleOf(call, one), otherLabel = titleOf(call, other)] = call.parsed.given.get('L') ?? []
  const body = hunks.map((hunk) => hunkText(one, other, hunk, context)).join('')
  return `--- ${label}\n+++ ${otherLabel}\n${body}`
}

function titleOf({ family }: Call, { path, mtime }: Side): string {
  if (family === 'busybox') return path
  const fraction = String((mtime % 1e6) * 1000).padStart(9, '0')
  return `${path}\t${formatTime('%Y-%m-%d %H:%M:%S', mtime / 1e6)}.${fraction} +0000`
}

function hunkText(one: Side, other: Side, hunk: readonly Change[], context: number): string {
  const [first, last] = [hunk[0], hunk.at(-1)]
  if (first === undefined || last === undefined) return ''
  const before = Math.min(context, first.oldStart)
  const after = Math.min(context, one.lines.length - last.oldEnd)
  const oldRange = unifiedRange(first.oldStart - before, last.oldEnd + after)
  const newRange = unifiedRange(first.newStart - before, last.newEnd + after)
  let text = `@@ -${oldRange} +${newRange} @@\n`
  let at = first.oldStart - before
  for (const { oldStart, oldEnd, newStart, newEnd } of hunk) {
    text +=
      printed(' ', one, at, oldStart) + printed('-', one, oldStart, oldEnd) + printed('+', other, newStart, newEnd)
    at = oldEnd
  }
  return text + printed(' ', one, at, last.oldEnd + after)
}

function unifiedRange(start: number, end: number): string {
  const count = end - start
  if (count === 1) return String(end)
  return `${count === 0 ? start : start + 1},${count}`
}
