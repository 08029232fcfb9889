// JSON as Go's encoding/json writes it: the given order of keys, HTML characters escaped or not, indented or not.

export interface JsonFormat {
  /** Go escapes `<`, `>` and `&` unless told otherwise; docker tells it so. */
  readonly escapeHtml?: boolean
  /** One level of indentation; absent: all on one line. */
  readonly indent?: string
}

/**
 * Writes a value. Objects and Maps keep the order of their keys; keys whose value is undefined are left out.
 * @throws TypeError for what JSON does not have, such as a function
 */
export function writeJson(value: unknown, format: JsonFormat = {}): string {
  return write(value, format, '\n')
}

/** A JSON string literal with Go's escapes. */
export function quoteJson(text: string, escapeHtml = false): string {
  const quoted = JSON.stringify(text).replace(/[\u2028\u2029]/g, unicodeEscape)
  return escapeHtml ? quoted.replace(/[<>&]/g, unicodeEscape) : quoted
}

/** The value with the keys of its objects sorted, as Go prints maps; members that are undefined are left out. */
export function withSortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSortedKeys)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return Object.fromEntries(entries.map(([key, member]) => [key, withSortedKeys(member)]))
}

function write(value: unknown, format: JsonFormat, margin: string): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'string') return quoteJson(value, format.escapeHtml)
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value)
  if (typeof value === 'number') return number(value)
  const inner = format.indent === undefined ? '' : margin + format.indent
  const outer = format.indent === undefined ? '' : margin
  const nested = format.indent === undefined ? margin : margin + format.indent
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]'
    return `[${value.map((item) => inner + write(item, format, nested)).join(',')}${outer}]`
  }
  if (typeof value !== 'object') throw new TypeError(`json: unsupported type: ${typeof value}`)
  const entries = value instanceof Map ? [...value] : Object.entries(value)
  const colon = format.indent === undefined ? ':' : ': '
  const members = entries
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => inner + quoteJson(String(key), format.escapeHtml) + colon + write(member, format, nested))
  return members.length === 0 ? '{}' : `{${members.join(',')}${outer}}`
}

/** Go writes an exponent only below 1e-6 and from 1e21 on, as JavaScript does, and at least two digits in it are not. */
function number(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`json: unsupported value: ${value}`)
  return String(value)
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
