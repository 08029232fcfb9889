// Why a build ends early, and the digests by which it knows what it has made before.

/** A step could not be made; what was said before stays said. */
export class BuildFailure extends Error {
  readonly code: number

  constructor(message: string, code = 1) {
    super(message)
    this.code = code
  }
}

/** 64 hexadecimal digits that follow from a text; not SHA-256, and not meant to be. */
export function digestOf(text: string): string {
  let digits = ''
  for (let seed = 0; digits.length < 64; seed++) {
    let hash = 0x811c9dc5 ^ seed
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
    digits += (hash >>> 0).toString(16).padStart(8, '0')
  }
  return digits.slice(0, 64)
}
