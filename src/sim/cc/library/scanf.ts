// The conversions of scanf(3) over bytes that come one by one.
import type { Program } from '../../kernel/system.ts'
import type { Value } from '../bytecode.ts'
import * as integers from '../integers.ts'
import type { Machine } from '../machine.ts'
import { add, type VariableArguments } from './access.ts'
import { parseFloating } from './numbers.ts'

export interface CharacterSource {
  /** The next byte, -1 at the end. */
  next(): Program<number>
  /** Gives back the byte read last. */
  back(byte: number): void
}

const eof = -1
const specification = /^%(\*)?(\d+)?(hh|h|ll|l|q|j|z|t|L)?(\[\^?\]?[^\]]*\]|[a-zA-Z%])/

function isSpace(byte: number): boolean {
  return byte === 32 || (byte >= 9 && byte <= 13)
}

class Scanner {
  readonly #source: CharacterSource
  consumed = 0

  constructor(source: CharacterSource) {
    this.#source = source
  }

  *next(): Program<number> {
    const byte = yield* this.#source.next()
    if (byte !== eof) this.consumed++
    return byte
  }

  back(byte: number): void {
    if (byte === eof) return
    this.consumed--
    this.#source.back(byte)
  }

  /** Skips blanks. @returns false at the end of the input */
  *skip(): Program<boolean> {
    for (;;) {
      const byte = yield* this.next()
      if (byte === eof) return false
      if (isSpace(byte)) continue
      this.back(byte)
      return true
    }
  }

  /** The longest run of bytes that each keep the text so far acceptable. */
  *take(limit: number, accepts: (text: string) => boolean): Program<string> {
    let taken = ''
    while (taken.length < limit) {
      const byte = yield* this.next()
      if (byte === eof) break
      const longer = taken + String.fromCharCode(byte)
      if (!accepts(longer)) {
        this.back(byte)
        break
      }
      taken = longer
    }
    return taken
  }
}

/** Stores what is read where the arguments point to. @returns how many were stored, or -1 when the input ended first */
export function* scan(
  machine: Machine,
  formatAddress: Value,
  values: VariableArguments,
  source: CharacterSource,
): Program<Value> {
  const words = String.fromCharCode(...machine.memory.string(formatAddress))
  const scanner = new Scanner(source)
  let stored = 0
  for (let at = 0; at < words.length; ) {
    const letter = words[at] ?? ''
    if (/\s/.test(letter)) {
      yield* scanner.skip()
      at++
      continue
    }
    const match = letter === '%' ? specification.exec(words.slice(at)) : null
    if (match === null || match[4] === '%') {
      if (match !== null) yield* scanner.skip()
      const byte = yield* scanner.next()
      if (byte === eof) return stored === 0 ? eof : stored
      if (byte !== letter.charCodeAt(0)) {
        scanner.back(byte)
        return stored
      }
      at += match === null ? 1 : match[0].length
      continue
    }
    at += match[0].length
    const kept = match[1] === undefined
    const result = yield* convert(machine, scanner, match, kept ? values : undefined)
    if (result === 'end') return stored === 0 ? eof : stored
    if (result === 'mismatch') return stored
    if (kept && match[4] !== 'n') stored++
  }
  return stored
}

type Outcome = 'done' | 'mismatch' | 'end'

function* convert(
  machine: Machine,
  scanner: Scanner,
  match: RegExpExecArray,
  values: VariableArguments | undefined,
): Program<Outcome> {
  const { memory } = machine
  const [, , width, length = '', conversion = ''] = match
  const limit = width === undefined ? Number.POSITIVE_INFINITY : Number(width)
  if (conversion === 'n') {
    storeInteger(machine, length, values?.unsignedLong() ?? 0, scanner.consumed)
    return 'done'
  }
  if (conversion === 'c') {
    const taken = yield* scanner.take(width === undefined ? 1 : limit, () => true)
    if (taken === '') return 'end'
    if (values !== undefined) memory.write(values.unsignedLong(), bytes(taken))
    return 'done'
  }
  if (conversion.startsWith('[')) {
    const set = scanSet(conversion)
    const taken = yield* scanner.take(limit, (text) => set(text.charCodeAt(text.length - 1)))
    if (taken === '') return (yield* atEnd(scanner)) ? 'end' : 'mismatch'
    putString(machine, values, taken)
    return 'done'
  }
  if (!(yield* scanner.skip())) return 'end'
  if (conversion === 's') {
    putString(machine, values, yield* scanner.take(limit, (text) => !isSpace(text.charCodeAt(text.length - 1))))
    return 'done'
  }
  if (/[fFeEgGaA]/.test(conversion)) {
    const taken = yield* scanner.take(limit, (text) => partialFloat.test(text))
    const found = parseFloating(taken)
    if (found === undefined) return 'mismatch'
    if (values === undefined) return 'done'
    const to = values.unsignedLong()
    if (length === '') memory.storef32(to, found.value)
    else memory.storef64(to, found.value)
    return 'done'
  }
  return yield* integer(machine, scanner, conversion, { length, limit, values })
}

const partialFloat =
  /^[-+]?(?:0[xX]?[0-9a-fA-F]*\.?[0-9a-fA-F]*(?:[pP][-+]?\d*)?|\d*\.?\d*(?:[eE][-+]?\d*)?|i(?:n(?:f(?:i(?:n(?:i(?:t(?:y?)?)?)?)?)?)?)?|n(?:an?)?)$/i

const partialIntegers: Readonly<Record<string, RegExp>> = {
  d: /^[-+]?\d*$/,
  u: /^[-+]?\d*$/,
  o: /^[-+]?[0-7]*$/,
  x: /^[-+]?(?:0[xX]?)?[0-9a-fA-F]*$/,
  X: /^[-+]?(?:0[xX]?)?[0-9a-fA-F]*$/,
  p: /^[-+]?(?:0[xX]?)?[0-9a-fA-F]*$/,
  i: /^[-+]?(?:0[xX][0-9a-fA-F]*|0[0-7]*|[1-9]\d*)?$/,
}

function* integer(
  machine: Machine,
  scanner: Scanner,
  conversion: string,
  { length, limit, values }: { length: string; limit: number; values: VariableArguments | undefined },
): Program<Outcome> {
  const pattern = partialIntegers[conversion]
  if (pattern === undefined) return 'mismatch'
  const taken = yield* scanner.take(limit, (text) => pattern.test(text))
  const digits = taken.replace(/^[-+]/, '')
  if (digits === '' || /^0[xX]$/.test(digits)) return digits === '' ? 'mismatch' : 'done'
  let value: bigint
  if (/[xXp]/.test(conversion)) value = BigInt(`0x${digits.replace(/^0[xX]/, '') || '0'}`)
  else if (conversion === 'o' || (conversion === 'i' && /^0[0-7]/.test(digits))) value = BigInt(`0o${digits}`)
  else value = BigInt(digits)
  if (taken.startsWith('-')) value = -value
  if (values !== undefined) {
    storeInteger(machine, conversion === 'p' ? 'l' : length, values.unsignedLong(), integers.wrapSigned(value))
  }
  return 'done'
}

function* atEnd(scanner: Scanner): Program<boolean> {
  const byte = yield* scanner.next()
  scanner.back(byte)
  return byte === eof
}

function storeInteger({ memory }: Machine, length: string, to: Value, value: Value): void {
  if (length === 'hh') memory.store8(to, integers.low32(value))
  else if (length === 'h') memory.store16(to, integers.low32(value))
  else if (length === '') memory.store32(to, integers.low32(value))
  else memory.store64(to, value)
}

function putString({ memory }: Machine, values: VariableArguments | undefined, taken: string): void {
  if (values === undefined) return
  const to = values.unsignedLong()
  memory.write(to, bytes(taken))
  memory.store8(add(to, taken.length), 0)
}

function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0))
}

/** The test of a `[…]` conversion. */
function scanSet(text: string): (byte: number) => boolean {
  const negated = text.startsWith('[^')
  const body = text.slice(negated ? 2 : 1, -1)
  const members = new Set<number>()
  for (let at = 0; at < body.length; at++) {
    const from = body.charCodeAt(at)
    const isRange = body[at + 1] === '-' && at + 2 < body.length
    const to = isRange ? body.charCodeAt(at + 2) : from
    for (let code = from; code <= to; code++) members.add(code)
    if (isRange) at += 2
  }
  return (byte) => members.has(byte) !== negated
}
