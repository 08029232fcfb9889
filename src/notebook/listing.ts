// Recorded listings: the output of a cell that the lesson's text talks about, with the versions that print it so, and
// captures, `<pid:a>`, which say that two places must agree or differ.
import type { Diagnostic } from './diagnostics.ts'
import { valueOf } from './info-string.ts'
import type { Lesson } from './lesson.ts'
import type { FencedSegment } from './segment.ts'

/** ```` ```text { output=CELL when=docker<26.1 ignore=true } ````. */
export interface Listing extends FencedSegment {
  readonly kind: 'listing'
  /** The name of the cell that prints it; empty if the attribute has no value. */
  readonly output: string
  /** All must hold for the engine that prints it so; empty: the newest engines do. */
  readonly when: readonly Condition[]
  /** Where it was recorded and compared. */
  readonly proved: readonly string[]
  readonly expected: ListingText
}

export interface ListingText {
  /** LF line ends, no last one, no note markers. */
  readonly text: string
  readonly captures: readonly Capture[]
}

export const captureKinds = ['pid', 'id', 'ns', 'ip', 'time', 'any'] as const
export type CaptureKind = (typeof captureKinds)[number]

/** `<KIND:NAME>`: whatever of that kind stands there, the same again where the name comes again. */
export interface Capture {
  readonly kind: CaptureKind
  readonly name: string
  /** Offsets in the listing's text: `[start, end)` is the capture as written. */
  readonly start: number
  readonly end: number
}

export interface Condition {
  /** What has the version: `docker`, `kubernetes`, `kernel`. */
  readonly subject: string
  readonly operator: '<' | '<=' | '>' | '>=' | '='
  /** As written: `26.1`. */
  readonly version: string
}

/** Versions by subject, `{ docker: '28.5.1', kernel: '6.1.0-18-amd64' }`. */
export type Versions = Readonly<Record<string, string>>

const capture = new RegExp(`<(${captureKinds.join('|')}):([\\w.-]+)>`, 'g')
const condition = /^([A-Za-z][\w-]*)(<=|>=|<|>|=)v?(\d+(?:\.\d+)*)$/

/** The captures in a listing's text, in order. `<none>`, which kubectl prints, is not one. */
export function parseCaptures(text: string): readonly Capture[] {
  if (!text.includes('<')) return []
  return [...text.matchAll(capture)].map((match) => ({
    kind: match[1] as CaptureKind,
    name: match[2] ?? '',
    start: match.index,
    end: match.index + match[0].length,
  }))
}

/** Reads `docker<26.1`, or several with commas between, all of which must hold; `undefined` if it is none. */
export function parseConditions(text: string): readonly Condition[] | undefined {
  const conditions: Condition[] = []
  for (const part of text.split(',')) {
    const found = condition.exec(part)
    if (!found) return undefined
    const [, subject = '', operator, version = ''] = found
    conditions.push({ subject, operator: operator as Condition['operator'], version })
  }
  return conditions
}

/**
 * Does a version fit? It is compared as precisely as the condition is written: 26.1.3 counts as 26.1 for `docker<26.1`
 * (no) and for `docker=26.1` (yes).
 *
 * @returns `undefined` if the subject's version is not known
 */
export function conditionHolds(condition: Condition, versions: Versions): boolean | undefined {
  const known = /\d+(?:\.\d+)*/.exec(versions[condition.subject] ?? '')?.[0]
  if (known === undefined) return undefined
  const order = compareVersions(known, condition.version)
  if (condition.operator === '=') return order === 0
  if (order === 0) return condition.operator.endsWith('=')
  return condition.operator.startsWith('<') === order < 0
}

/**
 * The listing that fits an engine: one whose conditions all hold, or else the one without conditions, which is that of
 * the newest engines. Where versions are not known, the newest is the best guess, and then the first of them.
 *
 * @returns `undefined` if the versions are known and none fits
 */
export function chooseListing(listings: readonly Listing[], versions: Versions): Listing | undefined {
  const verdict = (listing: Listing): boolean | undefined => {
    const answers = new Set(listing.when.map((condition) => conditionHolds(condition, versions)))
    if (answers.has(false)) return false
    return answers.has(undefined) ? undefined : true
  }
  return (
    listings.find((listing) => listing.when.length > 0 && verdict(listing) === true) ??
    listings.find((listing) => listing.when.length === 0) ??
    listings.find((listing) => verdict(listing) === undefined)
  )
}

/** The recorded listings of a cell, in the order of the file. */
export function listingsFor(lesson: Pick<Lesson, 'segments'>, cellName: string): readonly Listing[] {
  return lesson.segments
    .filter((segment) => segment.kind === 'listing')
    .filter((listing) => listing.output === cellName)
}

/** A condition as it is written: `docker<26.1`. */
export function conditionText({ subject, operator, version }: Condition): string {
  return subject + operator + version
}

/** Makes a listing of a fenced block that has the attribute `output`. */
export function makeListing(block: FencedSegment): Listing {
  const when = block.info.attributes.get('when')
  const conditions = typeof when?.value === 'string' ? parseConditions(when.value) : undefined
  const problems: Diagnostic[] = [...block.problems]
  if (when && !conditions) {
    problems.push({
      code: 'attribute-value',
      severity: 'error',
      line: block.line,
      column: when.valueColumn,
      found: String(when.value),
      expected: 'a condition such as docker<26.1',
    })
  }
  const own = {
    kind: 'listing' as const,
    output: valueOf(block.info, 'output') ?? '',
    when: conditions ?? [],
    proved: valueOf(block.info, 'proved')?.split(',') ?? [],
    expected: { text: block.notes.code, captures: parseCaptures(block.notes.code) },
  }
  return Object.assign(own, block, { problems })
}

/** Negative, zero or positive; only as many numbers are compared as the second version has. */
function compareVersions(known: string, wanted: string): number {
  const numbers = known.split('.').map(Number)
  for (const [index, number] of wanted.split('.').map(Number).entries()) {
    const difference = (numbers[index] ?? 0) - number
    if (difference !== 0) return difference
  }
  return 0
}
