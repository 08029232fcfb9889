// malloc(3): chunks above the program's data. Sizes, reuse and the messages of its checks are those of glibc.
import type { Value } from '../bytecode.ts'
import type { Memory, Region } from '../memory.ts'

const chunkHeader = 16
const smallestChunk = 32
/** The heap may grow so far; what asks for more gets ENOMEM. */
const heapLimit = 0x4000_0000
const growth = 0x2_1000

/** What glibc prints before it aborts. */
export class HeapCorruption extends Error {}

export class Heap {
  readonly memory: Memory
  readonly #region: Region
  #top: number
  /** Bytes of each chunk in use, by the address that the program has. */
  readonly #used = new Map<number, number>()
  /** Free chunks by size, the last one freed last. */
  readonly #free = new Map<number, number[]>()
  readonly #freed = new Set<number>()

  constructor(memory: Memory, region: Region, top = region.start + 0x2a0) {
    this.memory = memory
    this.#region = region
    this.#top = top
  }

  clone(memory: Memory): Heap {
    const region = memory.regions.find(({ name }) => name === '[heap]') ?? this.#region
    const copy = new Heap(memory, region, this.#top)
    for (const [address, size] of this.#used) copy.#used.set(address, size)
    for (const [size, list] of this.#free) copy.#free.set(size, [...list])
    for (const address of this.#freed) copy.#freed.add(address)
    return copy
  }

  /** The address of new memory, or 0 when there is none. */
  allocate(wanted: Value, alignment = 16): number {
    if (typeof wanted === 'bigint' || wanted > heapLimit) return 0
    const size = Math.max(smallestChunk, Math.ceil((wanted + 8) / 16) * 16)
    const list = alignment === 16 ? this.#free.get(size) : undefined
    const reused = list?.pop()
    if (reused !== undefined) {
      this.#freed.delete(reused)
      this.#used.set(reused, size)
      return reused
    }
    const address = Math.ceil((this.#top + chunkHeader) / alignment) * alignment
    const end = address - chunkHeader + size
    if (end > heapLimit) return 0
    if (end > this.#region.end) this.#region.end = Math.ceil((end + growth) / 4096) * 4096
    this.#top = end
    this.#used.set(address, size)
    this.memory.store64(address - 8, size | 1)
    return address
  }

  /** Bytes that the program may use of a chunk; undefined when it is none. */
  usable(address: Value): number | undefined {
    const size = typeof address === 'number' ? this.#used.get(address) : undefined
    return size === undefined ? undefined : size - 8
  }

  /** @throws HeapCorruption with glibc's text */
  free(address: Value): void {
    if (address === 0) return
    const size = typeof address === 'number' ? this.#used.get(address) : undefined
    if (typeof address !== 'number' || size === undefined) {
      if (typeof address === 'number' && this.#freed.has(address)) {
        throw new HeapCorruption('free(): double free detected in tcache 2')
      }
      // The chunk's own size stands before it; reading it may fault, as it does in glibc.
      if (typeof address === 'number' && address % 16 === 0) this.memory.loadu64(address - 8)
      throw new HeapCorruption('free(): invalid pointer')
    }
    this.#used.delete(address)
    this.#freed.add(address)
    const list = this.#free.get(size)
    // The first words of a free chunk hold the list, as a program that reads freed memory sees.
    const next = list?.at(-1) ?? 0
    this.memory.store64(address, next ^ Math.floor(address / 4096))
    this.memory.store64(address + 8, 0x5a17_3c11)
    if (list === undefined) this.#free.set(size, [address])
    else list.push(address)
  }
}
