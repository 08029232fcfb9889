// Names across a lesson: each is used once, and what refers to one finds it.
import type { Diagnostic, DiagnosticCode } from './diagnostics.ts'
import { conditionText } from './listing.ts'
import type { Segment } from './lesson.ts'
import type { FencedSegment } from './segment.ts'

/** Attributes that name cells, and whether these must be checks. */
const references: Readonly<Record<string, { readonly kinds: readonly Segment['kind'][]; readonly check: boolean }>> = {
  after: { kinds: ['cell'], check: false },
  solution: { kinds: ['cell'], check: true },
  output: { kinds: ['listing'], check: false },
  before: { kinds: ['quiz'], check: false },
  for: { kinds: ['hint'], check: true },
}

/** Names used twice, names that do not exist, listings given twice, cells without a name where others have one. */
export function nameProblems(segments: readonly Segment[]): Diagnostic[] {
  const problems: Diagnostic[] = []
  const seen = new Map<string, Segment>()
  const cells = new Map<string, boolean>()
  for (const segment of segments) {
    if (segment.kind === 'cell') cells.set(segment.name, segment.attributes.check)
  }
  const someNamed = segments.some((segment) => segment.kind === 'cell' && segment.named)
  const listings = new Set<string>()
  for (const segment of segments) {
    if (!('info' in segment)) continue
    const report = (code: DiagnosticCode, attribute: string, found: string, expected?: string): void => {
      problems.push({
        code,
        severity: code === 'cell-without-name' ? 'warning' : 'error',
        line: segment.line,
        column: placeOf(segment, attribute, found),
        found,
        ...(expected === undefined ? {} : { expected }),
      })
    }
    const name = nameOf(segment)
    const earlier = seen.get(name)
    if (earlier) report('name-twice', 'name', name, String(earlier.line))
    else if (name !== '') seen.set(name, segment)
    if (segment.kind === 'cell' && !segment.named && someNamed) report('cell-without-name', '', '')
    if (segment.kind === 'listing') {
      const key = [segment.output, ...segment.when.map(conditionText)].join(' ')
      if (listings.has(key)) report('listing-twice', 'output', segment.output)
      listings.add(key)
    }
    for (const [attribute, rule] of Object.entries(references)) {
      if (!rule.kinds.includes(segment.kind)) continue
      for (const wanted of referencesOf(segment, attribute)) {
        const check = cells.get(wanted)
        if (check === undefined) report('name-unknown', attribute, wanted, nearest(wanted, [...cells.keys()]))
        else if (rule.check && !check) report('not-a-check', attribute, wanted)
      }
    }
    if (segment.kind === 'hint' && segment.for === '') report('attribute-without-value', 'for', 'for')
  }
  return problems
}

/** The name nearest to one that does not exist, if any is near enough to be meant; else empty. */
function nearest(wanted: string, names: readonly string[]): string {
  const limit = Math.max(1, Math.floor(wanted.length / 3))
  // A suggestion is not worth a long search.
  const near = names.slice(0, 500).map((name) => ({ name, distance: editDistance(wanted, name, limit) }))
  return near.toSorted((a, b) => a.distance - b.distance).find(({ distance }) => distance <= limit)?.name ?? ''
}

/** Levenshtein's distance; names whose lengths differ more than `limit` are not looked at. */
function editDistance(from: string, to: string, limit: number): number {
  if (Math.abs(from.length - to.length) > limit) return Number.POSITIVE_INFINITY
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= to.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}

function nameOf(segment: FencedSegment & { readonly name?: string }): string {
  return segment.name ?? ''
}

function referencesOf(segment: FencedSegment, attribute: string): readonly string[] {
  const value = segment.info.attributes.get(attribute)?.value
  return typeof value === 'string' ? value.split(',').filter((name) => name !== '') : []
}

/** The column of a name within an attribute's value, of the attribute, or of the fence. */
function placeOf(segment: FencedSegment, attribute: string, name: string): number {
  const present = segment.info.attributes.get(attribute)
  if (!present) return segment.fence.indent + 1
  if (typeof present.value !== 'string') return present.column
  const names = present.value.split(',')
  const before = names.slice(0, Math.max(0, names.indexOf(name))).join(',').length
  return present.valueColumn + (before > 0 ? before + 1 : 0)
}
