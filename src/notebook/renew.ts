// A listing printed anew: what of the old one is kept.
import { type CaptureKind, type Listing, parseCaptures } from './listing.ts'

/** What a capture stands for. Loose where engines differ; the comparison of listings is the judge, not this. */
const capturePatterns: Readonly<Record<CaptureKind, string>> = {
  pid: '\\d+',
  id: '[0-9a-f]+',
  ns: '\\S+',
  ip: '[0-9a-f.:]+',
  time: '\\S.*?',
  any: '.*?',
}

/**
 * The text for a listing's fence. A line that a capture made general stays as written if the printed line still fits;
 * a marker stays with its line, which is found by its text, then by its shape, then by its number. A marker whose line is
 * gone is dropped, and its note is then reported as one without a marker.
 *
 * @param printed LF line ends, no last one
 */
export function renewedText(listing: Listing, printed: string): string {
  const old = listing.expected.text.split('\n')
  const fresh = printed.split('\n')
  const general = old.map((line) => generalPattern(line))
  const kept = fresh.map((line, index) => {
    const at = nearest(old.length, index, (candidate) => general[candidate]?.test(line) === true)
    return at === undefined ? line : (old[at] ?? line)
  })
  const oldLines = listing.text.split('\n')
  const taken = new Set<number>()
  for (const marker of listing.notes.markers) {
    const code = old[marker.line] ?? ''
    const free = (test: (line: string) => boolean): number | undefined =>
      nearest(kept.length, marker.line, (candidate) => !taken.has(candidate) && test(kept[candidate] ?? ''))
    const at =
      free((line) => line === code) ??
      free((line) => shapeOf(line) === shapeOf(code)) ??
      (marker.line < kept.length && !taken.has(marker.line) ? marker.line : undefined)
    if (at === undefined) continue
    taken.add(at)
    const line = kept[at] ?? ''
    const comment = (oldLines[marker.line] ?? '').slice(marker.column - 1)
    if (line === code) kept[at] = oldLines[marker.line] ?? ''
    else kept[at] = withMarker(line, comment, marker.column)
  }
  return kept.join('\n')
}

/** The marker at its old column if the line leaves room, else two blanks behind the line. */
function withMarker(line: string, comment: string, column: number): string {
  return line === '' ? comment : `${line}  `.padEnd(column - 1) + comment
}

/** A pattern for a line with captures; widths of columns may differ. Lines without captures must be equal, so none. */
function generalPattern(line: string): RegExp | undefined {
  const captures = parseCaptures(line)
  if (captures.length === 0) return undefined
  let pattern = '^\\s*'
  let at = 0
  for (const capture of captures) {
    pattern += literal(line.slice(at, capture.start)) + capturePatterns[capture.kind]
    at = capture.end
  }
  return new RegExp(`${pattern}${literal(line.slice(at))}\\s*$`)
}

function literal(text: string): string {
  return text
    .split(/\s+/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('\\s+')
}

/** The words of a line with its numbers and ids left out. */
function shapeOf(line: string): string {
  return line
    .trim()
    .replace(/\b[0-9a-f]*\d[0-9a-f]*\b/g, '0')
    .replace(/\s+/g, ' ')
}

/** The index nearest to one, among those that pass. */
function nearest(count: number, wanted: number, passes: (index: number) => boolean): number | undefined {
  for (let distance = 0; distance < Math.max(count, wanted + 1); distance += 1) {
    for (const index of distance === 0 ? [wanted] : [wanted - distance, wanted + distance]) {
      if (index >= 0 && index < count && passes(index)) return index
    }
  }
  return undefined
}
