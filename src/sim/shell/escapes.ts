// Backslash escapes: of `echo -e`, of printf's formats and its %b, of `$'…'`. They differ in how octal numbers look.
import { decodeText } from '../programs/bytes.ts'

const simple: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  e: 27,
  E: 27,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  '\\': 92,
  "'": 39,
  '"': 34,
}

/** Where the escapes stand: `echo` has `\0nnn`, `format` and `dollar` have `\nnn`, `%b` has both. */
export type EscapeStyle = 'echo' | 'format' | 'percentB' | 'dollar'

/** The text with its escapes replaced; `stopped` when `\c` was met, after which nothing more is printed. */
export function decodeEscapes(text: string, style: EscapeStyle): { text: string; stopped: boolean } {
  if (!text.includes('\\')) return { text, stopped: false }
  let result = ''
  /** Bytes of \x and \nnn that may together be one character. */
  let bytes: number[] = []
  const flush = (): void => {
    if (bytes.length > 0) result += decodeText(Uint8Array.from(bytes))
    bytes = []
  }
  for (let at = 0; at < text.length; ) {
    if (text[at] !== '\\' || at === text.length - 1) {
      flush()
      result += text[at] ?? ''
      at += 1
      continue
    }
    const escape = readEscape(text, at, style)
    if (escape === 'stop') {
      flush()
      return { text: result, stopped: true }
    }
    if (typeof escape.value === 'number') bytes.push(escape.value)
    else {
      flush()
      result += escape.value
    }
    at = escape.end
  }
  flush()
  return { text: result, stopped: false }
}

function readEscape(text: string, at: number, style: EscapeStyle): { value: number | string; end: number } | 'stop' {
  const rest = text.slice(at + 1, at + 12)
  const char = rest[0] ?? ''
  const octal = (
    style === 'echo' ? /^0([0-7]{0,3})/ : style === 'percentB' ? /^0?([0-7]{1,3})|^0/ : /^([0-7]{1,3})/
  ).exec(rest)
  if (octal) return { value: Number.parseInt(octal[1] || '0', 8) & 0xff, end: at + 1 + octal[0].length }
  const hex = /^x([0-9a-fA-F]{1,2})/.exec(rest)
  if (hex) return { value: Number.parseInt(hex[1] ?? '0', 16), end: at + 1 + hex[0].length }
  const unicode = /^u([0-9a-fA-F]{1,4})/.exec(rest) ?? /^U([0-9a-fA-F]{1,8})/.exec(rest)
  if (unicode) {
    const code = Number.parseInt(unicode[1] ?? '0', 16)
    return { value: code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code), end: at + 1 + unicode[0].length }
  }
  if (char === 'c' && (style === 'echo' || style === 'percentB')) return 'stop'
  if (char === 'c' && style === 'dollar') return { value: (rest.charCodeAt(1) || 0) & 0x1f, end: at + 3 }
  const isQuote = char === "'" || char === '"'
  const value = isQuote && style === 'echo' ? undefined : simple[char]
  return value === undefined ? { value: `\\${char}`, end: at + 2 } : { value, end: at + 2 }
}
