// qsort(3) and bsearch(3), which call the program's own comparison.
import type { Program } from '../../kernel/system.ts'
import { callFunction } from '../run.ts'
import { add, count, int } from './access.ts'
import type { AsyncTable } from './native.ts'

export const sortingFunctions: AsyncTable = {
  *qsort(m, system, base = 0, number = 0, size = 0, compare = 0) {
    const width = count(size)
    const items = Array.from({ length: count(number) }, (_, index) => m.memory.read(add(base, index * width), width))
    const scratch = m.library.heap.allocate(width * 2)
    const before = function* before(a: Uint8Array, b: Uint8Array): Program<number> {
      m.memory.write(scratch, a)
      m.memory.write(scratch + width, b)
      const result = yield* callFunction(m, system, compare, [scratch, scratch + width], { kind: 'callback' })
      return int(result)
    }
    const sorted = yield* mergeSort(items, before)
    for (const [index, item] of sorted.entries()) m.memory.write(add(base, index * width), item)
    m.library.heap.free(scratch)
    return 0
  },
  *bsearch(m, system, key = 0, base = 0, number = 0, size = 0, compare = 0) {
    let low = 0
    let high = count(number)
    while (low < high) {
      const middle = (low + high) >> 1
      const at = add(base, middle * count(size))
      const order = int(yield* callFunction(m, system, compare, [key, at], { kind: 'callback' }))
      if (order === 0) return at
      if (order < 0) high = middle
      else low = middle + 1
    }
    return 0
  },
}

/** qsort(3) of glibc is a merge sort, so equal elements keep their order. */
function* mergeSort(
  items: readonly Uint8Array[],
  compare: (a: Uint8Array, b: Uint8Array) => Program<number>,
): Program<Uint8Array[]> {
  if (items.length < 2) return [...items]
  const middle = items.length >> 1
  const left = yield* mergeSort(items.slice(0, middle), compare)
  const right = yield* mergeSort(items.slice(middle), compare)
  const merged: Uint8Array[] = []
  while (left.length > 0 && right.length > 0) {
    const [a] = left
    const [b] = right
    if (a === undefined || b === undefined) break
    if ((yield* compare(a, b)) <= 0) {
      merged.push(a)
      left.shift()
    } else {
      merged.push(b)
      right.shift()
    }
  }
  return [...merged, ...left, ...right]
}
