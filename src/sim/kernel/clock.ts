// The virtual clock: microseconds that pass only while processes run or wait. Nothing here reads the host's time.

export interface Timer {
  readonly at: number
  cancel(): void
}

interface Entry extends Timer {
  readonly sequence: number
  readonly fire: () => void
  cancelled: boolean
}

export class Clock {
  /** Microseconds since the Unix epoch at which the machine booted. */
  readonly bootTime: number
  #now: number
  #sequence = 0
  /** A binary heap, the earliest first; of equal times the one set first. */
  readonly #heap: Entry[] = []

  constructor(bootTime: number) {
    this.bootTime = bootTime
    this.#now = bootTime
  }

  /** Microseconds since the Unix epoch. */
  now(): number {
    return this.#now
  }

  /** Lets time pass while the CPU works. */
  spend(microseconds: number): void {
    this.#now += microseconds
  }

  /** Calls `fire` once, when `at` (microseconds since the epoch) has come. */
  setTimer(at: number, fire: () => void): Timer {
    const entry: Entry = {
      at: Math.max(at, this.#now),
      sequence: this.#sequence++,
      fire,
      cancelled: false,
      cancel: () => {
        entry.cancelled = true
      },
    }
    this.#push(entry)
    return entry
  }

  /** Fires what is due now. */
  fireDue(): void {
    for (;;) {
      const first = this.#first()
      if (first === undefined || first.at > this.#now) return
      this.#pop()
      first.fire()
    }
  }

  /** When the next timer is due, or undefined when none is set. */
  nextTimer(): number | undefined {
    return this.#first()?.at
  }

  /** Jumps to the next timer and fires it; false when there is none. For an idle CPU. */
  skipToNextTimer(): boolean {
    const first = this.#first()
    if (first === undefined) return false
    this.#now = Math.max(this.#now, first.at)
    this.fireDue()
    return true
  }

  /** Jumps to a time when no timer is due before it. */
  skipTo(time: number): void {
    if (time > this.#now) this.#now = time
  }

  #first(): Entry | undefined {
    while (this.#heap[0]?.cancelled) this.#pop()
    return this.#heap[0]
  }

  #push(entry: Entry): void {
    const heap = this.#heap
    let index = heap.push(entry) - 1
    while (index > 0) {
      const above = (index - 1) >> 1
      const parent = heap[above]
      if (parent === undefined || before(parent, entry)) break
      heap[index] = parent
      index = above
    }
    heap[index] = entry
  }

  #pop(): void {
    const heap = this.#heap
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return
    let index = 0
    for (;;) {
      let below = 2 * index + 1
      const left = heap[below]
      if (left === undefined) break
      const right = heap[below + 1]
      if (right !== undefined && before(right, left)) below++
      const child = heap[below]
      if (child === undefined || before(last, child)) break
      heap[index] = child
      index = below
    }
    heap[index] = last
  }
}

function before(a: Entry, b: Entry): boolean {
  return a.at < b.at || (a.at === b.at && a.sequence < b.sequence)
}
