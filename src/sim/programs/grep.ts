// grep(1), egrep and fgrep: GNU's on the host, busybox's in containers; reads line by line, so that it can stand in a pipe.
import type { Main, Program, System } from '../kernel/system.ts'
import { SystemCallError } from '../kernel/system.ts'
import { getopt, OptionError, type OptionRow } from './getopt.ts'
import { compilePattern, type PatternKind, PatternError } from '../../text/posix-pattern.ts'
import { BufferedOutput, LineReader, lines, readText, writeError } from './stdio.ts'
import { busyboxHelpOf } from './utility.ts'

export type GrepDialect = 'gnu' | 'busybox'

const optionRows: readonly OptionRow[] = [
  { names: ['E', 'extended-regexp'] },
  { names: ['F', 'fixed-strings'] },
  { names: ['G', 'basic-regexp'] },
  { names: ['P', 'perl-regexp'] },
  { names: ['e', 'regexp'], value: 'required' },
  { names: ['f', 'file'], value: 'required' },
  { names: ['i', 'ignore-case'] },
  { names: ['y'] },
  { names: ['v', 'invert-match'] },
  { names: ['w', 'word-regexp'] },
  { names: ['x', 'line-regexp'] },
  { names: ['c', 'count'] },
  { names: ['l', 'files-with-matches'] },
  { names: ['L', 'files-without-match'] },
  { names: ['m', 'max-count'], value: 'required' },
  { names: ['n', 'line-number'] },
  { names: ['o', 'only-matching'] },
  { names: ['q', 'quiet'] },
  { names: ['silent'] },
  { names: ['s', 'no-messages'] },
  { names: ['H', 'with-filename'] },
  { names: ['h', 'no-filename'] },
  { names: ['A', 'after-context'], value: 'required' },
  { names: ['B', 'before-context'], value: 'required' },
  { names: ['C', 'context'], value: 'required' },
  { names: ['r', 'recursive'] },
  { names: ['R', 'dereference-recursive'] },
  { names: ['a', 'text'] },
  { names: ['z', 'null-data'] },
  { names: ['line-buffered'] },
  { names: ['color', 'colour'], value: 'optional' },
]

interface Settings {
  readonly matches: (line: string) => boolean
  /** All places that match, for -o. */
  readonly parts: (line: string) => string[]
  readonly has: (option: string) => boolean
  readonly limit: number
  readonly before: number
  readonly after: number
  readonly lineBuffered: boolean
}

/** Status 0 when a line was selected, 1 when none, 2 after an error. @param kind egrep and fgrep fix it */
export function grepMain(dialect: GrepDialect, kind?: PatternKind): Main {
  return function* grep(system, argv) {
    const name = kind === 'extended' ? 'egrep' : kind === 'fixed' ? 'fgrep' : 'grep'
    let parsed: ReturnType<typeof getopt>
    try {
      parsed = getopt(argv, optionRows)
    } catch (error) {
      if (!(error instanceof OptionError)) throw error
      if (dialect === 'busybox') {
        yield* writeError(system, `grep: ${error.message}\n${busyboxHelpOf(system, 'grep')}`)
        return 2
      }
      yield* writeError(
        system,
        `${name}: ${error.message}\nUsage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n`,
      )
      return 2
    }
    const operands = [...parsed.operands]
    const patterns = [...(parsed.given.get('e') ?? [])]
    for (const path of parsed.given.get('f') ?? []) patterns.push(...lines(yield* readText(system, path)))
    if (!parsed.given.has('e') && !parsed.given.has('f')) {
      const first = operands.shift()
      if (first === undefined) {
        yield* writeError(
          system,
          dialect === 'busybox'
            ? busyboxHelpOf(system, 'grep')
            : "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n",
        )
        return 2
      }
      patterns.push(first)
    }
    let settings: Settings
    try {
      settings = settingsOf(parsed, patterns, kind)
    } catch (error) {
      if (!(error instanceof PatternError)) throw error
      yield* writeError(system, `${name}: ${error.message}\n`)
      return 2
    }
    return yield* searchAll(system, settings, operands, dialect)
  }
}

function settingsOf(parsed: ReturnType<typeof getopt>, patterns: readonly string[], fixed?: PatternKind): Settings {
  const has = (option: string) => parsed.given.has(option)
  const kind = fixed ?? (has('F') ? 'fixed' : has('E') || has('P') ? 'extended' : 'basic')
  const source = patterns
    .flatMap((pattern) => pattern.split('\n'))
    .map((pattern) => compilePattern(pattern, kind))
    .map((text) => (has('w') ? `(?<!\\w)(?:${text})(?!\\w)` : has('x') ? `^(?:${text})$` : text))
    .join('|')
  const flags = has('i') || has('y') ? 'i' : ''
  let single: RegExp
  try {
    single = new RegExp(source, flags)
  } catch {
    throw new PatternError('Invalid regular expression')
  }
  const global = new RegExp(source, `${flags}g`)
  const invert = has('v')
  const number = (option: string) => Number(parsed.given.get(option)?.at(-1) ?? parsed.given.get('C')?.at(-1) ?? 0)
  return {
    has,
    matches: (line) => single.test(line) !== invert,
    parts: (line) => [...line.matchAll(global)].map(([text]) => text).filter((text) => text !== ''),
    limit: parsed.given.has('m') ? Number(parsed.given.get('m')?.at(-1)) : Number.POSITIVE_INFINITY,
    before: number('B'),
    after: number('A'),
    lineBuffered: has('line-buffered'),
  }
}

function* searchAll(system: System, settings: Settings, operands: readonly string[], dialect: GrepDialect): Program {
  const { has } = settings
  const recursive = has('r') || has('R')
  const paths = recursive
    ? yield* filesBelow(system, operands.length === 0 ? ['.'] : operands)
    : operands.length === 0
      ? ['-']
      : [...operands]
  const titled = has('H') || (!has('h') && (paths.length > 1 || recursive))
  const out = new BufferedOutput(system)
  let selected = false
  let failed = false
  for (const path of paths) {
    try {
      const fd = path === '-' ? 0 : yield* system.open(path)
      const found = yield* searchFile(
        system,
        settings,
        fd,
        titled ? (path === '-' ? '(standard input)' : path) : undefined,
        out,
      )
      if (path !== '-') yield* system.close(fd)
      selected ||= found
      if (found && has('q')) break
    } catch (error) {
      if (!(error instanceof SystemCallError)) throw error
      if (error.errno === 'EPIPE') return 2
      failed = true
      const reason = dialect === 'gnu' && error.errno === 'EISDIR' ? ': Is a directory' : `: ${error.message}`
      if (!has('s')) yield* writeError(system, `grep: ${path}${reason}\n`)
    }
  }
  yield* out.flush()
  return failed && !has('q') ? 2 : selected ? 0 : 1
}

function* filesBelow(system: System, paths: readonly string[]): Program<string[]> {
  const found: string[] = []
  for (const path of paths) {
    if ((yield* system.stat(path)).type !== 'directory') {
      found.push(path)
      continue
    }
    const fd = yield* system.open(path, ['RDONLY', 'DIRECTORY'])
    const entries = yield* system.getdents(fd)
    yield* system.close(fd)
    for (const { name, type } of entries) {
      if (name === '.' || name === '..') continue
      const below = `${path}/${name}`
      if (type === 'directory') found.push(...(yield* filesBelow(system, [below])))
      else if (type === 'regular') found.push(below)
    }
  }
  return found
}

function oneLine(line: string | undefined): readonly string[] | undefined {
  return line === undefined ? undefined : [line]
}

/** Searches one file and prints what is asked for. @returns whether a line was selected */
function* searchFile(
  system: System,
  settings: Settings,
  fd: number,
  title: string | undefined,
  out: BufferedOutput,
): Program<boolean> {
  const { has, before, after } = settings
  const reader = new LineReader(system, fd)
  const numbered = has('n')
  const prefix = (at: number, separator: string) =>
    title === undefined && !numbered
      ? ''
      : `${title === undefined ? '' : title + separator}${numbered ? at + separator : ''}`
  const stopsAtFirst = has('q') || has('l')
  const onlyParts = has('o')
  const printsLines = !has('q') && !has('c') && !has('l') && !has('L')
  const held: { number: number; line: string }[] = []
  let count = 0
  let number = 0
  let lastPrinted = 0
  let following = 0
  search: for (;;) {
    // Without -m, what is read beyond the last line that counts is of no matter.
    const lines =
      settings.limit < Number.POSITIVE_INFINITY ? oneLine(yield* reader.nextText()) : yield* reader.nextTexts()
    if (lines === undefined) break
    for (const line of lines) {
      number++
      if (count < settings.limit && settings.matches(line)) {
        count++
        if (stopsAtFirst) break search
        if (printsLines) {
          if (before + after > 0 && lastPrinted > 0 && number - held.length > lastPrinted + 1) out.add('--\n')
          for (const each of held.splice(0)) out.add(`${prefix(each.number, '-')}${each.line}\n`)
          if (!onlyParts) out.add(`${prefix(number, ':')}${line}\n`)
          else if (!has('v')) for (const part of settings.parts(line)) out.add(`${prefix(number, ':')}${part}\n`)
          lastPrinted = number
          following = after
          if (settings.lineBuffered) yield* out.flush()
        }
        if (count >= settings.limit && after === 0) break search
        continue
      }
      if (count >= settings.limit && following === 0) break search
      if (printsLines && following > 0) {
        following--
        lastPrinted = number
        out.add(`${prefix(number, '-')}${line}\n`)
      } else if (before > 0) {
        held.push({ number, line })
        if (held.length > before) held.shift()
      }
    }
    if (out.isFull) yield* out.flush()
  }
  const name = title ?? '(standard input)'
  if (has('c')) yield* out.write(`${title === undefined ? '' : `${title}:`}${count}\n`)
  else if (has('l') && count > 0) yield* out.write(`${name}\n`)
  else if (has('L') && count === 0) yield* out.write(`${name}\n`)
  return count > 0
}
