// Turns each line of a recorded listing into a pattern: values that differ by nature, and captures `<KIND:NAME>`.
import { captureKinds, type CaptureKind } from '../notebook/listing.ts'
import { cellSeparator, isTableHeader, scanText } from './tables.ts'
import { variableRules, type Segment, type VariableRule } from './variables.ts'

/** `<pid:a>` in a listing. */
export interface Capture {
  kind: CaptureKind
  name: string
  /** The type of namespace, where it is written before the inode: `net:[<ns:a>]`. */
  scope: string
}

/** One group of a line's pattern: a value that the listing shows, or a capture. */
export type PatternGroup = { rule: VariableRule; value: string } | { capture: Capture }

export interface LinePattern {
  /** The line as the listing has it. */
  raw: string
  /** Matches a scanned line's text, padding taken out; group N belongs to `groups[N - 1]`. */
  expression: RegExp
  groups: readonly PatternGroup[]
}

const captureExpression = new RegExp(`<(${captureKinds.join('|')}):([\\w.-]+)>`, 'g')

const captureValues: Readonly<Record<CaptureKind, string>> = {
  pid: '\\d+',
  id: '(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}|[0-9a-f]{12})',
  ns: '(?:[a-z]+:\\[\\d+\\]|\\d+)',
  ip: '(?:\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7})',
  time: `(?:${[
    ...variableRules.filter((rule) => rule.kind === 'time').map((rule) => rule.value),
    '\\d+:\\d\\d(?:\\.\\d+)?',
    '\\d+(?:\\.\\d+)?(?:[smhdy]|ms)?',
  ].join('|')})`,
  any: `[^${cellSeparator}]+?`,
}

/** The patterns of a listing's lines. */
export function listingPatterns(listing: string): LinePattern[] {
  const lines = scanText(listing)
  const patterns: LinePattern[] = []
  // A table with captures is not padded as printed, so there any padding of two blanks or more stands for a column.
  let isLooseTable = false
  for (const [index, line] of lines.entries()) {
    if (line.raw === '') isLooseTable = false
    else if (!line.table && isTableHeader(line.raw)) isLooseTable = hasCaptureBeforeBlank(lines.slice(index))
    patterns.push(linePattern(line.raw, line.segments, isLooseTable))
  }
  return patterns
}

function hasCaptureBeforeBlank(lines: readonly { raw: string }[]): boolean {
  for (const line of lines) {
    if (line.raw === '') return false
    if (line.raw.search(captureExpression) >= 0) return true
  }
  return false
}

function linePattern(raw: string, segments: readonly Segment[], isLooseTable: boolean): LinePattern {
  const groups: PatternGroup[] = []
  const names = new Map<string, number>()
  let source = ''
  let afterCapture = false
  for (const { text, rule } of segments) {
    if (rule) {
      groups.push({ rule, value: text })
      source += `(${rule.value})`
      afterCapture = false
      continue
    }
    for (const piece of splitCaptures(text)) {
      if (typeof piece === 'string') {
        const padded = afterCapture ? piece.replace(/^[ \t]+/, '') : piece
        if (padded !== piece) source += blanks(true)
        source += isLooseTable ? padded.split(/ {2,}/).map(escape).join(blanks(true)) : escape(padded)
        afterCapture = false
      } else {
        // The blanks before a capture are padding too: the value may be wider or narrower than its name.
        const trimmed = source.replace(/[ \t]+$/, '')
        if (trimmed !== source) source = trimmed + blanks(trimmed !== '')
        const key = `${piece.kind}:${piece.name}`
        const seen = names.get(key)
        // Only where anything fits must the pattern itself find where the value ends; else the values are compared later.
        if (seen === undefined || piece.kind !== 'any') {
          groups.push({ capture: piece })
          names.set(key, groups.length)
          source += `(${captureValues[piece.kind]})`
        } else source += `\\${seen}(?!\\d)`
        afterCapture = true
      }
    }
  }
  return { raw, expression: new RegExp(`^${source}$`), groups }
}

function blanks(isNeeded: boolean): string {
  return `[ \\t${cellSeparator}]${isNeeded ? '+' : '*'}`
}

function splitCaptures(text: string): (string | Capture)[] {
  const pieces: (string | Capture)[] = []
  let at = 0
  for (const match of text.matchAll(captureExpression)) {
    if (match.index > at) pieces.push(text.slice(at, match.index))
    const scope = /([a-z]+):\[$/.exec(text.slice(0, match.index))?.[1] ?? ''
    pieces.push({ kind: match[1] as CaptureKind, name: match[2] ?? '', scope })
    at = match.index + match[0].length
  }
  if (at < text.length) pieces.push(text.slice(at))
  return pieces
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}
