// The counter of nsfs and /proc inode numbers (proc_alloc_inum): the lowest free one, so numbers of the dead come back.

export class InodeNumbers {
  readonly #first: number
  readonly #free: number[] = []
  #next: number

  /** @param first the lowest number to give; what the kernel itself took at boot lies below */
  constructor(first: number) {
    this.#first = first
    this.#next = first
  }

  allocate(): number {
    return this.#free.shift() ?? this.#next++
  }

  /** Gives a number back. Numbers that were not allocated here, as those of the initial namespaces, stay taken. */
  release(inode: number): void {
    if (inode < this.#first) return
    const place = this.#free.findIndex((free) => free > inode)
    if (place === -1) this.#free.push(inode)
    else this.#free.splice(place, 0, inode)
  }
}
