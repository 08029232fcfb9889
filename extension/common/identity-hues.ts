// A hue for each identity of a notebook: the one that follows from its number, unless another identity has it already.

import { hueOf, type IdentityKind } from './identity.ts'

/** Hues nearer than this, in degrees, are taken for the same. */
const nearest = 24
/** The golden angle. */
const step = 137.507_764
const tries = 12

export class IdentityHues {
  readonly #hues = new Map<string, number>()

  /** The same identity has the same hue for as long as the notebook is open. */
  of(kind: IdentityKind, key: string): number {
    const name = `${kind}:${key}`
    const known = this.#hues.get(name)
    if (known !== undefined) return known
    const hue = this.#free(hueOf(kind, key))
    this.#hues.set(name, hue)
    return hue
  }

  /** The first hue that nothing is near to; when all are taken, the one farthest from the others. */
  #free(wanted: number): number {
    let best = { hue: wanted, distance: -1 }
    for (let i = 0; i < tries; i += 1) {
      const hue = Math.floor(wanted + i * step) % 360
      const distance = Math.min(360, ...[...this.#hues.values()].map((other) => distanceOf(hue, other)))
      if (distance >= nearest) return hue
      if (distance > best.distance) best = { hue, distance }
    }
    return best.hue
  }
}

function distanceOf(a: number, b: number): number {
  const between = Math.abs(a - b)
  return Math.min(between, 360 - between)
}
