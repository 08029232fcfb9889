// The info string of a fenced block, `sh { name=run background timeout=30s }`: a language, and attributes as Runme
// writes them. Its reader splits at blanks and knows no quotes, so values hold no blanks.
import type { Diagnostic, DiagnosticCode } from './diagnostics.ts'

export interface InfoString {
  /** The first word, as written; empty if there is none. */
  readonly language: string
  /** By name, in the order of the file. Empty if there are no braces, or nothing in them is an attribute. */
  readonly attributes: ReadonlyMap<string, Attribute>
  readonly problems: readonly Diagnostic[]
}

export interface Attribute {
  readonly name: string
  /** A flag, a name alone, is true. */
  readonly value: string | true
  /** Column of its name in the line, from 1. */
  readonly column: number
  /** Column of its value, or of the name if it has none. */
  readonly valueColumn: number
}

const attributeName = /^[A-Za-z_][\w.-]*$/

/**
 * Reads what stands behind the fence's backticks or tildes. Never fails: what is broken is a problem, and the rest holds.
 *
 * @param info the line's rest, without line end
 * @param place the line in the file, and the column at which `info` starts, both from 1
 */
export function parseInfoString(info: string, place: { readonly line: number; readonly column: number }): InfoString {
  const language = /^[ \t]*([^\s{]*)/.exec(info)?.[1] ?? ''
  const open = braceIn(info)
  if (open < 0) return { language, attributes: new Map(), problems: [] }
  const attributes = new Map<string, Attribute>()
  const problems: Diagnostic[] = []
  const report = (code: DiagnosticCode, at: number, found?: string, expected?: string): void => {
    problems.push({
      code,
      severity: code === 'attribute-quoted' || code === 'text-after-attributes' ? 'warning' : 'error',
      line: place.line,
      column: place.column + at,
      ...(found === undefined ? {} : { found }),
      ...(expected === undefined ? {} : { expected }),
    })
  }

  const close = info.lastIndexOf('}')
  const end = close > open ? close : info.length
  if (close <= open) report('attributes-not-closed', open)
  for (const token of tokensOf(info.slice(open + 1, end))) {
    const at = open + 1 + token.at
    const equals = token.text.indexOf('=')
    const name = equals < 0 ? token.text : token.text.slice(0, equals)
    if (!attributeName.test(name)) {
      report('attribute-malformed', at, token.text)
      continue
    }
    const written = equals < 0 ? true : token.text.slice(equals + 1)
    if (written === '') report('attribute-without-value', at, name)
    if (attributes.has(name)) report('attribute-twice', at, name)
    const value = typeof written === 'string' ? unquoted(written) : written
    if (value !== written) report('attribute-quoted', at, token.text, `${name}=${value}`)
    const valueColumn = place.column + at + (equals < 0 ? 0 : equals + 1)
    attributes.set(name, { name, value, column: place.column + at, valueColumn })
  }
  const rest = info.slice(end + 1)
  if (rest.trim() !== '') report('text-after-attributes', info.length - rest.trimStart().length, rest.trim())
  return { language, attributes, problems }
}

/** Is this attribute there and not switched off? `ignore`, `ignore=true`; not `ignore=false`. */
export function isSet(info: InfoString, name: string): boolean {
  const value = info.attributes.get(name)?.value
  return value === true || value === 'true'
}

/** The value of an attribute that has one. */
export function valueOf(info: InfoString, name: string): string | undefined {
  const value = info.attributes.get(name)?.value
  return typeof value === 'string' && value !== '' ? value : undefined
}

/**
 * An info string with one attribute set; all else in it stays as it is.
 *
 * @param info the info string, without line end
 * @param value without blanks; `undefined` takes the attribute out
 */
export function withAttribute(info: string, name: string, value: string | undefined): string {
  const written = value === undefined ? '' : `${name}=${value}`
  const present = parseInfoString(info, { line: 1, column: 1 }).attributes.get(name)
  if (present) {
    const before = info.slice(0, present.column - 1)
    const after = info.slice(present.column - 1).replace(/^[^\s}]+/, '')
    return written === '' ? before.trimEnd() + after : before + written + after
  }
  if (written === '') return info
  const close = info.lastIndexOf('}')
  if (braceIn(info) < 0 || close < 0) return `${info.trimEnd()} { ${written} }`
  return `${info.slice(0, close).trimEnd()} ${written} ${info.slice(close)}`
}

/** The brace that opens the attributes: the first one, at the start of a word or right behind the language. */
function braceIn(info: string): number {
  const found = /^[ \t]*[^\s{]*[ \t]*\{|[ \t]\{/.exec(info)
  return found ? found.index + found[0].length - 1 : -1
}

interface InfoToken {
  readonly text: string
  readonly at: number
}

/** Words between blanks; a value that opens a quote goes on to where it closes, so that it is one problem and not two. */
const word = /[^\s="']+=(["']).{0,200}?\1(?=\s|$)|\S+/g

function tokensOf(text: string): InfoToken[] {
  const tokens: InfoToken[] = []
  word.lastIndex = 0
  for (let found = word.exec(text); found; found = word.exec(text)) tokens.push({ text: found[0], at: found.index })
  return tokens
}

function unquoted(value: string): string {
  return /^(["'])(.*)\1$/.exec(value)?.[2] ?? value
}
