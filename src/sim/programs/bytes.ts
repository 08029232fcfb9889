// Text and bytes without loss: UTF-8, with each byte that is not part of valid UTF-8 as a lone surrogate U+DC80 to U+DCFF.
// Programs can so handle any input as strings and write out the very bytes that they have read.

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const encoder = new TextEncoder()

/** Bytes to text; bytes that are not valid UTF-8 become U+DC00 + byte. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes)
  } catch {
    return decodeSlowly(bytes)
  }
}

/** Text to bytes, the inverse of `decodeText`. */
export function encodeText(text: string): Uint8Array {
  if (!/[\uDC80-\uDCFF]/.test(text)) return encoder.encode(text)
  const parts: Uint8Array[] = []
  for (const piece of text.split(/(?<![\uD800-\uDBFF])([\uDC80-\uDCFF]+)/)) {
    const escaped = /^[\uDC80-\uDCFF]/.test(piece)
    parts.push(escaped ? Uint8Array.from(piece, (unit) => unit.charCodeAt(0) - 0xdc00) : encoder.encode(piece))
  }
  return concatenate(parts)
}

/** One array of all parts. */
export function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts
  if (parts.length === 1 && only) return only
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let position = 0
  for (const part of parts) {
    whole.set(part, position)
    position += part.length
  }
  return whole
}

function decodeSlowly(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes[at] ?? 0)
    const sequence = bytes.subarray(at, at + length)
    const decoded = length > 0 && sequence.length === length ? tryDecode(sequence) : undefined
    text += decoded ?? String.fromCharCode(0xdc00 + (bytes[at] ?? 0))
    at += decoded === undefined ? 1 : length
  }
  return text
}

function tryDecode(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes)
  } catch {
    return undefined
  }
}

function sequenceLength(first: number): number {
  if (first < 0x80) return 1
  if (first >= 0xc2 && first < 0xe0) return 2
  if (first >= 0xe0 && first < 0xf0) return 3
  if (first >= 0xf0 && first < 0xf5) return 4
  return 0
}
