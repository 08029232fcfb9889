// Diagnostics as records, and their text in the form of gcc 12: place, source line, caret, ranges, labels, fix-its.
import type { Location } from './tokenize.ts'

export type Severity = 'error' | 'warning' | 'note' | 'fatal error' | 'sorry, unimplemented'

/** A stretch of source that is underlined, from the first character of `start` to the last of `finish`. */
export interface SourceRange {
  readonly start: Location
  readonly finish: Location
  /** Written below it, behind a bar. */
  readonly label?: string | undefined
  /** Where its label's bar and its caret stand; the start when left out. */
  readonly caret?: Location | undefined
}

export type FixIt =
  | { readonly kind: 'replace'; readonly at: Location; readonly text: string }
  /** Before the column; at a line's first column, a text that ends in a line feed is a new line. */
  | { readonly kind: 'insert'; readonly line: number; readonly column: number; readonly text: string }
  | { readonly kind: 'new-line'; readonly line: number; readonly text: string }

export interface Diagnostic {
  readonly severity: Severity
  /** Quotes are ‘ and ’ here, whatever the locale. */
  readonly message: string
  readonly file: string
  readonly line: number
  /** Characters from 1; 0 when gcc names the line only. */
  readonly column: number
  /** The warning's name, without `-W`. */
  readonly option: string | undefined
  /** The text before the place's own lines: `In function ‘main’:`, `In file included from …`. */
  readonly heading: string
  /** Source lines with carets; empty when gcc shows none. */
  readonly excerpt: string
}

export interface DiagnosticInput {
  readonly severity: Severity
  readonly message: string
  readonly at: Location
  readonly option?: string | undefined
  readonly ranges?: readonly SourceRange[]
  readonly fixits?: readonly FixIt[]
  readonly escape?: boolean | undefined
  /** The line only, without a column: of directives. */
  readonly lineOnly?: boolean
  /** A label under the caret's own range. */
  readonly label?: string | undefined
  /** No source lines, since they have just been shown. */
  readonly bare?: boolean
}

/**
 * A diagnostic as gcc prints it, with a line feed at its end.
 * @param utf8 quotes are ‘ ’ (a locale of UTF-8), else ' '
 */
export function formatDiagnostic(diagnostic: Diagnostic, utf8 = true): string {
  const { severity, message, file, line, column, option, heading, excerpt } = diagnostic
  const place = column > 0 ? `${file}:${line}:${column}` : `${file}:${line}`
  const tag = option === undefined ? '' : ` [-W${option}]`
  const words = `${heading}${place}: ${severity}: ${message}${tag}\n`
  return `${utf8 ? words : words.replaceAll(/[‘’]/g, "'")}${excerpt}`
}

/** A source line as shown: tabs become blanks, and characters their columns. */
interface ShownLine {
  readonly text: string
  /** Column shown, from 1, of the character at a column; beyond the end it goes on by one. */
  column(character: number): number
}

const tabStop = 8

export function showLine(line: string, escape = false): ShownLine {
  if (!/[^\x20-\x7e]/.test(line)) return { text: line, column: (character) => character }
  const columns: number[] = []
  let text = ''
  for (const character of line) {
    const start = text.length + 1
    for (let unit = 0; unit < character.length; unit += 1) columns.push(start)
    if (character === '\t') text += ' '.repeat(tabStop - (text.length % tabStop))
    else if (escape && character > '\x7e') {
      text += `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`
    } else text += character
  }
  const { length } = text
  return {
    text,
    column: (character) => columns[character - 1] ?? length + 1 + (character - 1 - columns.length),
  }
}

/** The last column that a range's end covers. */
function lastColumn(shown: ShownLine, end: number): number {
  return Math.max(shown.column(end), shown.column(end + 1) - 1)
}

interface Row {
  readonly line: number
  readonly shown: ShownLine
}

/** The source lines of a diagnostic with carets, underlines, labels and fix-its, each line ended. */
export function excerptOf(input: DiagnosticInput, lines: readonly string[]): string {
  const { at, fixits = [], escape = false } = input
  const primary: SourceRange = { start: at, finish: at, caret: at, label: input.label }
  const ranges = (input.ranges ?? []).filter((range) => sameFile(range, at))
  const own = ranges.find((range) => range.caret?.line === at.line && range.caret.column === at.column)
  const all: SourceRange[] =
    own === undefined ? [primary, ...ranges] : [own, ...ranges.filter((range) => range !== own)]
  const numbers = new Set<number>([at.line])
  for (const { start, finish } of all) {
    for (let line = start.line; line <= finish.line && line < start.line + 200; line += 1) numbers.add(line)
  }
  for (const fixit of fixits) {
    if (fixit.kind === 'new-line') numbers.add(fixit.line).add(Math.max(1, fixit.line - 1))
  }
  const onlyNewLines = fixits.some((fixit) => fixit.kind === 'new-line')
  const sorted = [...numbers].filter((line) => line >= 1 && line <= lines.length).toSorted((a, b) => a - b)
  const last = sorted.at(-1)
  if (last === undefined) return ''
  const width = Math.max(String(last).length, 5)
  const gutter = `${' '.repeat(width)} |`
  let result = ''
  let before: number | undefined
  for (const line of sorted) {
    // A gap of one line is shown; a longer one is dots.
    if (before !== undefined && line === before + 2) result += source(before + 1)
    else if (before !== undefined && line > before + 2) result += `${'.'.repeat(width + 1)}\n`
    before = line
    for (const fixit of fixits) {
      if (fixit.kind === 'new-line' && fixit.line === line) result += `${'+++ |'.padStart(width + 2)}+${fixit.text}\n`
    }
    result += source(line)
    if (input.lineOnly) {
      result += `${gutter} \n`
      continue
    }
    if (onlyNewLines) continue
    const row: Row = { line, shown: showLine(lines[line - 1] ?? '', escape) }
    const caretColumn = showLine(lines[at.line - 1] ?? '', escape).column(at.column)
    result += annotation(row, all, at, caretColumn, gutter)
    result += labels(row, all, gutter)
    result += corrections(row, fixits, gutter)
  }
  return result

  function source(line: number): string {
    const { text } = showLine(lines[line - 1] ?? '', escape)
    return `${String(line).padStart(width)} | ${text.trimEnd()}\n`
  }
}

function sameFile(range: SourceRange, at: Location): boolean {
  return range.start.file === at.file && range.finish.file === at.file
}

/** The line of `^` and `~` below a source line. gcc fills it with blanks up to the caret's column. */
function annotation(
  { line, shown }: Row,
  ranges: readonly SourceRange[],
  at: Location,
  caretColumn: number,
  gutter: string,
): string {
  const content = shown.text.trimEnd().length
  let bound = caretColumn + 1
  for (const { start, finish } of ranges) {
    if (line < start.line) continue
    if (finish.line === line) bound = Math.max(bound, lastColumn(shown, finish.end) + 1)
    else if (line < finish.line) bound = Math.max(bound, content + 1)
  }
  const marks: string[] = Array.from({ length: bound - 1 }, () => ' ')
  const textStart = shown.text.length - shown.text.trimStart().length + 1
  for (const { start, finish } of ranges.toReversed()) {
    if (line < start.line || line > finish.line) continue
    const from = line === start.line ? shown.column(start.column) : textStart
    const to = line === finish.line ? lastColumn(shown, finish.end) : content
    for (let column = from; column <= to; column += 1) marks[column - 1] = '~'
  }
  if (line === at.line) marks[caretColumn - 1] = '^'
  return `${gutter} ${marks.join('')}\n`
}

/** Labels of ranges: a line of bars, then the labels, the rightmost first; those that would collide go a line lower. */
function labels({ line, shown }: Row, ranges: readonly SourceRange[], gutter: string): string {
  const here = ranges
    .flatMap(({ label, caret, start }) => {
      const place = caret ?? start
      return label === undefined || place.line !== line ? [] : [{ label, column: shown.column(place.column) }]
    })
    .toSorted((a, b) => a.column - b.column)
  if (here.length === 0) return ''
  // From the right: a label shares the line of the next one when it ends before that begins.
  const rows: number[] = []
  let row = 0
  let next = Number.POSITIVE_INFINITY
  for (let index = here.length - 1; index >= 0; index -= 1) {
    const { label, column } = here[index] ?? { label: '', column: 0 }
    if (column + label.length >= next) row += 1
    next = column
    rows[index] = row
  }
  let result = ''
  for (let current = -1; current <= row; current += 1) {
    let text = ''
    for (const [index, { label, column }] of here.entries()) {
      const own = rows[index] ?? 0
      if (own > current) text = `${text.padEnd(column - 1)}|`
      else if (own === current) text = `${text.padEnd(column - 1)}${label}`
    }
    result += `${gutter} ${text}\n`
  }
  return result
}

/** What to write instead, below a line; those that would overlap go a line lower. */
function corrections({ line, shown }: Row, fixits: readonly FixIt[], gutter: string): string {
  let result = ''
  let text = ''
  for (const fixit of fixits) {
    if (fixit.kind === 'new-line' || (fixit.kind === 'replace' ? fixit.at.line : fixit.line) !== line) continue
    const column = shown.column(fixit.kind === 'replace' ? fixit.at.column : fixit.column)
    if (text.length >= column) {
      result += `${gutter} ${text}\n`
      text = ''
    }
    text = `${text.padEnd(column - 1)}${fixit.text}`
  }
  return text === '' ? result : `${result}${gutter} ${text}\n`
}
