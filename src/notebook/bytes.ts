// Bytes to text and back without loss, for any bytes. What is not UTF-8 becomes one lone surrogate a byte, U+DC80 to
// U+DCFF (Python's `surrogateescape`, PEP 383): no valid UTF-8 decodes to those, so the way back is unambiguous.

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const utf8 = new TextEncoder()
const escapedByte = /[\uDC80-\uDCFF]/u

/**
 * Decodes a file's bytes. `encodeText(decodeText(bytes))` equals `bytes` for any bytes.
 *
 * @returns the text; a byte order mark stays its first character
 */
export function decodeText(bytes: Uint8Array): string {
  try {
    return strictUtf8.decode(bytes)
  } catch {
    return decodeWithEscapes(bytes)
  }
}

/** Encodes text to UTF-8; escaped bytes become themselves, other lone surrogates U+FFFD. */
export function encodeText(text: string): Uint8Array {
  if (!escapedByte.test(text)) return utf8.encode(text)
  // Never longer than three bytes for one UTF-16 unit.
  const bytes = new Uint8Array(text.length * 3)
  let length = 0
  let plainFrom = 0
  const flush = (end: number): void => {
    if (end > plainFrom) length += utf8.encodeInto(text.slice(plainFrom, end), bytes.subarray(length)).written
  }
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    if (unit >= 0xd800 && unit <= 0xdbff && isLowSurrogate(text.charCodeAt(index + 1))) {
      index += 1
    } else if (unit >= 0xdc80 && unit <= 0xdcff) {
      flush(index)
      bytes[length] = unit - 0xdc00
      length += 1
      plainFrom = index + 1
    }
  }
  flush(text.length)
  return bytes.slice(0, length)
}

/** The text as an editor can hold it: each escaped byte shown as U+FFFD, the replacement character. */
export function displayText(text: string): string {
  return escapedByte.test(text) ? text.replace(/[\uDC80-\uDCFF]/gu, '\uFFFD') : text
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}

function decodeWithEscapes(bytes: Uint8Array): string {
  const parts: string[] = []
  let validFrom = 0
  for (let index = 0; index < bytes.length; ) {
    const length = sequenceLength(bytes, index)
    if (length > 0) {
      index += length
      continue
    }
    parts.push(strictUtf8.decode(bytes.subarray(validFrom, index)))
    parts.push(String.fromCharCode(0xdc00 + (bytes[index] ?? 0)))
    index += 1
    validFrom = index
  }
  parts.push(strictUtf8.decode(bytes.subarray(validFrom)))
  return parts.join('')
}

/** The length of the well-formed UTF-8 sequence that starts there (Unicode, table 3-7), or 0. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0
  if (first < 0x80) return 1
  if (first < 0xc2 || first > 0xf4) return 0
  const second = bytes[at + 1] ?? 0
  const lowest = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80
  const highest = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf
  if (second < lowest || second > highest) return 0
  if (first < 0xe0) return 2
  if (!isContinuation(bytes[at + 2])) return 0
  if (first < 0xf0) return 3
  return isContinuation(bytes[at + 3]) ? 4 : 0
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x80 && byte <= 0xbf
}
