// A unified diff over two sequences of lines, as diff(1) prints it with -u.

/** One step from the first sequence to the second: keep both, drop one of the first, add one of the second. */
export type Edit =
  | { kind: 'same'; a: number; b: number }
  | { kind: 'delete'; a: number }
  | { kind: 'insert'; b: number }

// Above this many cells the table of the longest common subsequence costs more than the reader gains.
const largestTable = 4_000_000

/**
 * The edits that turn the sequence 0..lengthA-1 into 0..lengthB-1 with the fewest deletions and insertions.
 * @param same tells whether item a of the first equals item b of the second
 */
export function editScript(lengthA: number, lengthB: number, same: (a: number, b: number) => boolean): Edit[] {
  let start = 0
  while (start < lengthA && start < lengthB && same(start, start)) start += 1
  let tail = 0
  while (tail < lengthA - start && tail < lengthB - start && same(lengthA - 1 - tail, lengthB - 1 - tail)) tail += 1
  const edits: Edit[] = []
  for (let index = 0; index < start; index += 1) edits.push({ kind: 'same', a: index, b: index })
  edits.push(...middleEdits(start, lengthA - tail, lengthB - tail, same))
  for (let index = tail; index > 0; index -= 1) edits.push({ kind: 'same', a: lengthA - index, b: lengthB - index })
  return edits
}

function middleEdits(start: number, endA: number, endB: number, same: (a: number, b: number) => boolean): Edit[] {
  const rows = endA - start
  const columns = endB - start
  const width = columns + 1
  const isComparable = rows * columns <= largestTable
  // common[a * width + b]: length of the longest common subsequence of what follows a and b.
  const common = new Uint32Array(isComparable ? (rows + 1) * width : 0)
  const at = (a: number, b: number): number => common[a * width + b] ?? 0
  if (isComparable) {
    for (let a = rows - 1; a >= 0; a -= 1) {
      for (let b = columns - 1; b >= 0; b -= 1) {
        const longest = same(start + a, start + b) ? at(a + 1, b + 1) + 1 : Math.max(at(a + 1, b), at(a, b + 1))
        common[a * width + b] = longest
      }
    }
  }
  const edits: Edit[] = []
  let a = 0
  let b = 0
  while (a < rows || b < columns) {
    if (isComparable && a < rows && b < columns && same(start + a, start + b) && at(a, b) === at(a + 1, b + 1) + 1) {
      edits.push({ kind: 'same', a: start + a, b: start + b })
      a += 1
      b += 1
    } else if (a < rows && (b >= columns || at(a + 1, b) >= at(a, b + 1))) {
      edits.push({ kind: 'delete', a: start + a })
      a += 1
    } else {
      edits.push({ kind: 'insert', b: start + b })
      b += 1
    }
  }
  return edits
}

export interface DiffHeader {
  /** What `---` and `+++` name. */
  from: string
  to: string
  /** Number of the first sequence's first line in its file, from 1. */
  firstLine: number
}

/** Writes edits as a unified diff with three lines of context; without its final newline. */
export function unifiedDiff(
  edits: readonly Edit[],
  a: readonly string[],
  b: readonly string[],
  header: DiffHeader,
): string {
  const out = [`--- ${header.from}`, `+++ ${header.to}`]
  for (const [from, to] of hunks(edits)) {
    const hunk = edits.slice(from, to)
    const before = edits.slice(0, from)
    const firstA = header.firstLine + before.filter((edit) => edit.kind !== 'insert').length
    const firstB = header.firstLine + before.filter((edit) => edit.kind !== 'delete').length
    const countA = hunk.filter((edit) => edit.kind !== 'insert').length
    const countB = hunk.filter((edit) => edit.kind !== 'delete').length
    out.push(`@@ -${firstA},${countA} +${firstB},${countB} @@`)
    for (const edit of hunk) {
      if (edit.kind === 'insert') out.push(`+${b[edit.b] ?? ''}`)
      else out.push(`${edit.kind === 'same' ? ' ' : '-'}${a[edit.a] ?? ''}`)
    }
  }
  return out.join('\n')
}

/** Ranges of edits to show: each change with three lines around it, ranges that touch made one. */
function hunks(edits: readonly Edit[]): [number, number][] {
  const context = 3
  const ranges: [number, number][] = []
  for (const [index, edit] of edits.entries()) {
    if (edit.kind === 'same') continue
    const from = Math.max(0, index - context)
    const to = Math.min(edits.length, index + context + 1)
    const last = ranges.at(-1)
    if (last && from <= last[1]) last[1] = to
    else ranges.push([from, to])
  }
  return ranges
}
