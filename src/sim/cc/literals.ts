// Numbers, characters and strings as they are spelled: values, types, and gcc's messages about wrong ones.
import type { Reporter } from './reporter.ts'
import type { Location, Token } from './tokenize.ts'
import { doubleType, intType } from './type-rules.ts'
import type { CType, IntegerName } from './types.ts'

export interface NumberValue {
  readonly value: bigint | number
  readonly type: CType
}

/** A preprocessing number as a constant; undefined after a message. */
export function numberValue({ text, at }: Token, reporter: Reporter): NumberValue | undefined {
  const isHex = /^0[xX]/.test(text)
  const isBinary = /^0[bB]/.test(text)
  const isFloating = !isBinary && (isHex ? /[.pP]/ : /^\d*[.eE]/).test(text)
  return isFloating ? floatingValue(text, isHex, at, reporter) : integerValue(text, isHex, isBinary, at, reporter)
}

function floatingValue(text: string, isHex: boolean, at: Location, reporter: Reporter): NumberValue | undefined {
  if ((text.match(/\./g)?.length ?? 0) > 1) {
    reporter.error(at, 'too many decimal points in number')
    return undefined
  }
  const pattern = isHex
    ? /^0[xX]([\da-fA-F]*\.?[\da-fA-F]*)(?:[pP]([-+]?\d+))?(.*)$/
    : /^(\d*\.?\d*)(?:[eE]([-+]?\d*))?(.*)$/
  const [, digits = '', exponent, suffix = ''] = pattern.exec(text) ?? []
  if (!isHex && exponent !== undefined && !/\d/.test(exponent)) {
    reporter.error(at, 'exponent has no digits')
    return undefined
  }
  if (isHex && exponent === undefined) {
    reporter.error(at, 'hexadecimal floating constants require an exponent')
    return undefined
  }
  if (!/^[fFlL]?$/.test(suffix)) {
    reporter.error(at, `invalid suffix "${suffix}" on floating constant`)
    return undefined
  }
  const name = /[fF]/.test(suffix) ? 'float' : /[lL]/.test(suffix) ? 'long double' : 'double'
  const value = isHex
    ? hexFloating(digits, Number(exponent))
    : Number(`${digits}${exponent === undefined ? '' : `e${exponent}`}`)
  const type: CType = name === 'double' ? doubleType : { kind: 'floating', name }
  return { value: name === 'float' ? Math.fround(value) : value, type }
}

function hexFloating(digits: string, exponent: number): number {
  const [whole = '', fraction = ''] = digits.split('.')
  return (Number.parseInt(`${whole}${fraction}` || '0', 16) / 16 ** fraction.length) * 2 ** exponent
}

const decimal: readonly IntegerName[] = ['int', 'long', 'long long']
const other: readonly IntegerName[] = ['int', 'unsigned int', 'long', 'unsigned long']

function integerValue(
  text: string,
  isHex: boolean,
  isBinary: boolean,
  at: Location,
  reporter: Reporter,
): NumberValue | undefined {
  const isOctal = !isHex && !isBinary && /^0\d/.test(text)
  const start = isHex || isBinary ? 2 : 0
  const digits = (isHex ? /^[\da-fA-F]*/ : /^\d*/).exec(text.slice(start))?.[0] ?? ''
  const suffix = text.slice(start + digits.length)
  const base = isBinary ? 2 : isOctal ? 8 : 10
  const wrongDigit = isHex
    ? undefined
    : [...digits]
        .filter((digit) => Number(digit) >= base)
        .toSorted()
        .at(-1)
  if (wrongDigit !== undefined) {
    reporter.error(at, `invalid digit "${wrongDigit}" in ${isBinary ? 'binary' : 'octal'} constant`)
    return undefined
  }
  if (digits === '' || !/^(?:[uU](?:l|L|ll|LL)?|(?:l|L|ll|LL)[uU]?)?$/.test(suffix)) {
    reporter.error(at, `invalid suffix "${digits === '' ? text.slice(1) : suffix}" on integer constant`)
    return undefined
  }
  let value = BigInt(isHex ? `0x${digits}` : isBinary ? `0b${digits}` : isOctal ? `0o${digits}` : digits)
  if (value >= 1n << 64n) {
    reporter.warning(at, undefined, 'integer constant is too large for its type')
    value = BigInt.asUintN(64, value)
    return { value: BigInt.asIntN(64, value), type: { kind: 'integer', name: 'long' } }
  }
  const isUnsigned = /[uU]/.test(suffix)
  const longs = suffix.replaceAll(/[uU]/g, '').length
  const smallest: IntegerName = longs === 0 ? 'int' : longs === 1 ? 'long' : 'long long'
  const limits: Partial<Record<IntegerName, bigint>> = {
    int: 1n << 31n,
    'unsigned int': 1n << 32n,
    long: 1n << 63n,
    'unsigned long': 1n << 64n,
    'long long': 1n << 63n,
    'unsigned long long': 1n << 64n,
  }
  let names = isHex || isBinary || isOctal ? other : decimal
  if (longs === 2) names = ['long long', 'unsigned long long']
  if (isUnsigned) names = longs === 2 ? ['unsigned long long'] : ['unsigned int', 'unsigned long']
  const from = longs === 1 ? names.filter((name) => name.includes('long')) : names
  const name = from.find((each) => value < (limits[each] ?? 0n))
  if (name === undefined) {
    reporter.warning(at, undefined, 'integer constant is so large that it is unsigned')
    return { value, type: { kind: 'integer', name: 'unsigned long' } }
  }
  return { value, type: name === smallest && name === 'int' ? intType : { kind: 'integer', name } }
}

const simpleEscapes: Readonly<Record<string, number>> = {
  n: 10,
  t: 9,
  r: 13,
  a: 7,
  b: 8,
  f: 12,
  v: 11,
  e: 27,
  '\\': 92,
  "'": 39,
  '"': 34,
  '?': 63,
}

/** One element of a literal: its bytes, and where it stands in the spelling, from 0. */
export interface LiteralByte {
  readonly byte: number
  readonly from: number
  readonly to: number
}

/** The bytes between the quotes, escapes replaced. */
export function literalBytes(token: Token, reporter: Reporter): LiteralByte[] {
  const { text, at } = token
  const quote = text.endsWith("'") ? "'" : '"'
  const first = text.indexOf(quote) + 1
  const result: LiteralByte[] = []
  const encoder = new TextEncoder()
  for (let index = first; index < text.length - 1; ) {
    const from = index
    if (text[index] !== '\\') {
      const character = String.fromCodePoint(text.codePointAt(index) ?? 0)
      index += character.length
      for (const byte of encoder.encode(character)) result.push({ byte, from, to: index - 1 })
      continue
    }
    const next = text[index + 1] ?? ''
    const octal = /^[0-7]{1,3}/.exec(text.slice(index + 1))?.[0]
    const place = (length: number): Location => ({
      ...at,
      column: at.column + from,
      end: at.column + from + length - 1,
    })
    if (octal !== undefined) {
      index += 1 + octal.length
      const value = Number.parseInt(octal, 8)
      if (value > 255) reporter.warning(at, undefined, 'octal escape sequence out of range')
      result.push({ byte: value & 255, from, to: index - 1 })
    } else if (next === 'x') {
      const digits = /^[\da-fA-F]*/.exec(text.slice(index + 2))?.[0] ?? ''
      index += 2 + digits.length
      if (digits === '') reporter.error(place(2), '\\x used with no following hex digits')
      if (digits.replace(/^0+/, '').length > 2) {
        reporter.warning(at, undefined, 'hex escape sequence out of range')
      }
      result.push({ byte: Number.parseInt(digits.slice(-2) || '0', 16), from, to: index - 1 })
    } else if (next === 'u' || next === 'U') {
      const length = next === 'u' ? 4 : 8
      const digits = new RegExp(`^[\\da-fA-F]{${length}}`).exec(text.slice(index + 2))?.[0]
      index += 2 + (digits?.length ?? 0)
      const code = Number.parseInt(digits ?? '', 16)
      if (digits === undefined || code > 0x10ffff) {
        reporter.error(place(2), `incomplete universal character name ${text.slice(from, index)}`)
        continue
      }
      for (const byte of encoder.encode(String.fromCodePoint(code))) result.push({ byte, from, to: index - 1 })
    } else {
      const known = simpleEscapes[next]
      index += 2
      if (known === undefined) reporter.warning(place(2), undefined, `unknown escape sequence: '\\${next}'`)
      result.push({ byte: known ?? next.charCodeAt(0), from, to: index - 1 })
    }
  }
  return result
}

/** A character constant's value, of type int; undefined after a message. */
export function characterValue(token: Token, reporter: Reporter): bigint | undefined {
  const bytes = literalBytes(token, reporter)
  if (bytes.length === 0) {
    reporter.error(token.at, 'empty character constant')
    return undefined
  }
  if (!token.text.startsWith("'")) {
    const body = token.text.slice(token.text.indexOf("'") + 1, -1)
    return body.startsWith('\\') ? BigInt(bytes[0]?.byte ?? 0) : BigInt(body.codePointAt(0) ?? 0)
  }
  if (bytes.length > 4) reporter.warning(token.at, undefined, 'character constant too long for its type')
  else if (bytes.length > 1) reporter.warning(token.at, 'multichar', 'multi-character character constant')
  if (bytes.length === 1) return BigInt.asIntN(8, BigInt(bytes[0]?.byte ?? 0))
  let value = 0n
  for (const { byte } of bytes) value = (value << 8n) | BigInt(byte)
  return BigInt.asIntN(32, value)
}
