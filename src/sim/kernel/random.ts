// The machine's only source of chance: a seeded generator, so that the same seed and script give the same bytes.

export class Random {
  #state: number

  /** @param seed any integer; equal seeds give equal sequences */
  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** 32 random bits: mulberry32, whose period of 2^32 is ample here. */
  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }

  /** An integer from 0 to `below` - 1. */
  integer(below: number): number {
    return Math.floor((this.#next() / 2 ** 32) * below)
  }

  /** `digits` hexadecimal digits, small letters. */
  hex(digits: number): string {
    let text = ''
    while (text.length < digits) text += this.#next().toString(16).padStart(8, '0')
    return text.slice(0, digits)
  }

  bytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => this.#next() & 0xff)
  }
}
