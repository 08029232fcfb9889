// Cells: the fenced blocks that run, and their attributes, typed. The names are Runme's where Runme has one.
import type { Diagnostic } from './diagnostics.ts'
import { type Attribute, type InfoString, isSet, valueOf } from './info-string.ts'
import type { FencedSegment } from './segment.ts'

export interface Cell extends FencedSegment {
  readonly kind: 'cell'
  /** Its `name=`, or `cell-N` for the Nth cell of the file if it has none. */
  readonly name: string
  /** Whether the name stands in the file. */
  readonly named: boolean
  readonly attributes: CellAttributes
  /** What runs: the text without note markers and the blanks before them. No last line end. */
  readonly script: string
}

export interface CellAttributes {
  /** Runs without making the next cell wait. */
  readonly background: boolean
  /** Wants a terminal, in Runme's sense. */
  readonly interactive: boolean
  /** Is left out when all cells are run. */
  readonly excludeFromRunAll: boolean
  /** Directory in which it runs. */
  readonly cwd?: string
  /** What it needs besides what the lesson does: `docker`, `kubectl`, `cc`. */
  readonly needs: readonly string[]
  /** Where it runs: with the learner, or on the Linux machine that runs the containers. */
  readonly on: 'client' | 'node'
  /** The cell writes its text to that file instead of running. */
  readonly file?: string
  /** The exit code that is right here. */
  readonly exit: number
  /** Names of cells that must have run before. */
  readonly after: readonly string[]
  /** Its exit code says whether the learner reached the goal. */
  readonly check: boolean
  /** The check that it brings to green. */
  readonly solution?: string
  /** Milliseconds after which it is cancelled. */
  readonly timeout?: number
  /** Of a listing in C with notes: the program's name and arguments, with which its lines can be followed. */
  readonly step?: readonly string[]
  /** Attributes that the format does not know, as written. */
  readonly unknown: Readonly<Record<string, string | true>>
}

/** How an attribute's value is read; `undefined` says that it is not one. */
interface Row {
  readonly expected: string
  read(value: string | true): unknown
}

const flag: Row = {
  expected: 'nothing, true or false',
  read: (value) => (value === true || value === 'true' ? true : value === 'false' ? false : undefined),
}
const word: Row = { expected: 'a value', read: (value) => (value === true ? undefined : value) }
const list: Row = {
  expected: 'names with commas between',
  read: (value) => (value === true || value.split(',').includes('') ? undefined : value.split(',')),
}
const milliseconds = { ms: 1, s: 1000, m: 60_000 } as const

const rows: Readonly<Record<keyof Omit<CellAttributes, 'unknown'>, Row>> = {
  background: flag,
  interactive: flag,
  excludeFromRunAll: flag,
  cwd: word,
  needs: list,
  on: { expected: 'client or node', read: (value) => (value === 'client' || value === 'node' ? value : undefined) },
  file: word,
  exit: {
    expected: 'an exit code, 0 to 255',
    read: (value) => (value !== true && /^\d{1,3}$/.test(value) && Number(value) <= 255 ? Number(value) : undefined),
  },
  after: list,
  check: flag,
  solution: word,
  timeout: {
    expected: 'a duration such as 30s, 500ms or 2m',
    read: (value) => {
      const found = value === true ? null : /^(\d+)(ms|s|m)?$/.exec(value)
      return found ? Number(found[1]) * milliseconds[(found[2] ?? 's') as keyof typeof milliseconds] : undefined
    },
  },
  step: list,
}
const defaults: CellAttributes = {
  background: false,
  interactive: false,
  excludeFromRunAll: false,
  needs: [],
  on: 'client',
  exit: 0,
  after: [],
  check: false,
  unknown: {},
}

/** Languages that bash runs. */
const shellLanguages: ReadonlySet<string> = new Set(['sh', 'bash', 'shell'])

/** Is it a language that bash runs? */
export function isShell(language: string): boolean {
  return shellLanguages.has(language)
}

/**
 * Is a fenced block a cell? One with `name=` or `file=` is, in any language. One in a shell's language is, named or not,
 * with braces or without: that is what the readers of any README expect, and what Runme does. `ignore=true` says no.
 */
export function isCell(info: InfoString): boolean {
  if (isSet(info, 'ignore')) return false
  return info.attributes.has('name') || info.attributes.has('file') || isShell(info.language)
}

/**
 * Makes a cell of a fenced block.
 *
 * @param freeName gives the name to use if the block has none
 */
export function makeCell(block: FencedSegment, freeName: () => string): Cell {
  const written = valueOf(block.info, 'name')
  const { attributes, problems } = readAttributes(block.info, block.line)
  const own = {
    kind: 'cell' as const,
    name: written ?? freeName(),
    named: written !== undefined,
    attributes,
    script: block.notes.code,
  }
  return Object.assign(own, block, { problems: [...block.problems, ...problems] })
}

/** Types the attributes. A value that is not one is a problem, and the attribute keeps its default. */
export function readAttributes(
  info: InfoString,
  line: number,
): { readonly attributes: CellAttributes; readonly problems: readonly Diagnostic[] } {
  const values: Record<string, unknown> = {}
  const unknown: Record<string, string | true> = {}
  const problems: Diagnostic[] = []
  for (const { name, value, valueColumn } of info.attributes.values()) {
    if (name === 'name' || name === 'ignore' || value === '') continue
    const row = Object.hasOwn(rows, name) ? rows[name as keyof typeof rows] : undefined
    if (!row) {
      unknown[name] = value
      continue
    }
    const read = row.read(value)
    if (read === undefined) problems.push(invalidValue({ name, value, column: 0, valueColumn }, line, row.expected))
    else values[name] = read
  }
  return { attributes: Object.assign({}, defaults, values, { unknown }), problems }
}

function invalidValue(attribute: Attribute, line: number, expected: string): Diagnostic {
  const found = attribute.value === true ? attribute.name : attribute.value
  return { code: 'attribute-value', severity: 'error', line, column: attribute.valueColumn, found, expected }
}
