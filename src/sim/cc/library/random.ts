// random(3) of glibc: the additive feedback generator of degree 31, whose sequence for a seed is always the same.

const degree = 31
const separation = 3

export class RandomState {
  #values: number[] = []
  #front = separation
  #rear = 0

  constructor(seed = 1) {
    this.seed(seed)
  }

  seed(seed: number): void {
    let word = seed === 0 ? 1 : seed | 0
    this.#values = [word]
    for (let index = 1; index < degree; index++) {
      // 16807 * word mod 2147483647 without overflow, as srandom_r does it.
      const high = Math.trunc(word / 127_773)
      const low = word % 127_773
      word = 16_807 * low - 2836 * high
      if (word < 0) word += 2_147_483_647
      this.#values.push(word)
    }
    this.#front = separation
    this.#rear = 0
    for (let count = 0; count < degree * 10; count++) this.next()
  }

  /** 0 to 2147483647. */
  next(): number {
    const sum = ((this.#values[this.#front] ?? 0) + (this.#values[this.#rear] ?? 0)) | 0
    this.#values[this.#front] = sum
    this.#front = (this.#front + 1) % degree
    this.#rear = (this.#rear + 1) % degree
    return sum >>> 1
  }

  clone(): RandomState {
    const copy = new RandomState()
    copy.#values = [...this.#values]
    copy.#front = this.#front
    copy.#rear = this.#rear
    return copy
  }
}
