// What lines one text has and another has not: the longest common subsequence, as diff(1) groups it.

/** Lines `[oldStart, oldEnd)` of the old text stand where the new one has `[newStart, newEnd)`; counted from 0. */
export interface Change {
  oldStart: number
  oldEnd: number
  newStart: number
  newEnd: number
}

/** Above so many pairs of lines the middle counts as one change: the table would not fit. */
const mostPairs = 25_000_000

/** @param isEqual compares two lines; by default they must be the same text */
export function lineChanges(
  before: readonly string[],
  after: readonly string[],
  isEqual: (one: string, other: string) => boolean = (one, other) => one === other,
): Change[] {
  const same = (i: number, j: number): boolean => isEqual(before[i] ?? '', after[j] ?? '')
  let start = 0
  while (start < before.length && start < after.length && same(start, start)) start += 1
  let [oldEnd, newEnd] = [before.length, after.length]
  while (oldEnd > start && newEnd > start && same(oldEnd - 1, newEnd - 1)) {
    oldEnd -= 1
    newEnd -= 1
  }
  const [rows, columns] = [oldEnd - start, newEnd - start]
  if (rows * columns > mostPairs) return [{ oldStart: start, oldEnd, newStart: start, newEnd }]
  const kept = commonLines(rows, columns, (i, j) => same(start + i, start + j))
  const removed = before.map((_, at) => at >= start && at < oldEnd)
  const added = after.map((_, at) => at >= start && at < newEnd)
  for (const [i, j] of kept) {
    removed[start + i] = false
    added[start + j] = false
  }
  shiftDown(removed, added, (i, j) => isEqual(before[i] ?? '', before[j] ?? ''))
  shiftDown(added, removed, (i, j) => isEqual(after[i] ?? '', after[j] ?? ''))
  return changesOf(removed, added)
}

/** Pairs of places that a longest common subsequence keeps, in order. */
function commonLines(rows: number, columns: number, same: (i: number, j: number) => boolean): [number, number][] {
  const width = columns + 1
  const longest = new Uint32Array((rows + 1) * width)
  const at = (i: number, j: number): number => longest[i * width + j] ?? 0
  for (let i = rows - 1; i >= 0; i -= 1) {
    for (let j = columns - 1; j >= 0; j -= 1) {
      longest[i * width + j] = same(i, j) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const pairs: [number, number][] = []
  for (let i = 0, j = 0; i < rows && j < columns; ) {
    if (same(i, j)) {
      pairs.push([i, j])
      i += 1
      j += 1
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1
    else j += 1
  }
  return pairs
}

/** Moves each run of changed lines as far down as the text allows, as diff does: what repeats is told at its end. */
function shiftDown(changed: boolean[], others: readonly boolean[], same: (i: number, j: number) => boolean): void {
  let other = 0
  for (let start = 0; start < changed.length; ) {
    if (!changed[start]) {
      start += 1
      while (others[other]) other += 1
      other += 1
      continue
    }
    let end = start
    while (changed[end]) end += 1
    // A run that stands beside a change of the other text stays there.
    while (end < changed.length && !others[other] && same(start, end)) {
      changed[start] = false
      changed[end] = true
      start += 1
      end += 1
      other += 1
      while (changed[end]) end += 1
    }
    start = end
  }
}

function changesOf(removed: readonly boolean[], added: readonly boolean[]): Change[] {
  const changes: Change[] = []
  for (let i = 0, j = 0; i < removed.length || j < added.length; ) {
    const [oldStart, newStart] = [i, j]
    while (removed[i]) i += 1
    while (added[j]) j += 1
    if (i > oldStart || j > newStart) changes.push({ oldStart, oldEnd: i, newStart, newEnd: j })
    else {
      i += 1
      j += 1
    }
  }
  return changes
}
