// The conversions of printf(3), as bytes: %[flags][width][.precision][length]conversion.
import { strerrorText } from './error-texts.ts'
import { encodeText } from '../../programs/bytes.ts'
import type { Value } from '../bytecode.ts'
import type { Machine } from '../machine.ts'
import type { VariableArguments } from './access.ts'
import { exponential, fixed, general, hexadecimal } from './format-float.ts'

const percent = 0x25

interface Specification {
  readonly flags: string
  readonly width: number
  /** Undefined when none is given. */
  readonly precision: number | undefined
  readonly length: string
  readonly conversion: string
}

const specificationPattern = /^%([-+ #0']*)(\*|\d+)?(?:\.(\*|-?\d*))?(hh|h|ll|l|q|j|z|t|L)?([a-zA-Z%])/

/** What printf writes for a format in the program's memory. */
export function format(machine: Machine, formatAddress: Value, values: VariableArguments): Uint8Array {
  const source = machine.memory.string(formatAddress)
  const parts: Uint8Array[] = []
  let length = 0
  const push = (bytes: Uint8Array) => {
    parts.push(bytes)
    length += bytes.length
  }
  for (let at = 0; at < source.length; ) {
    const next = source.indexOf(percent, at)
    if (next < 0) {
      push(source.subarray(at))
      break
    }
    if (next > at) push(source.subarray(at, next))
    const words = String.fromCharCode(...source.subarray(next, next + 64))
    const match = specificationPattern.exec(words)
    if (match === null) {
      // What is no conversion is printed as it stands.
      push(source.subarray(next, next + 1))
      at = next + 1
      continue
    }
    const specification = read(match, values)
    if (specification.conversion === 'n') storeCount(machine, specification.length, values, length)
    else push(convert(machine, specification, values) ?? encodeText(match[0]))
    at = next + match[0].length
  }
  return join(parts, length)
}

function join(parts: readonly Uint8Array[], length: number): Uint8Array {
  const [only] = parts
  if (parts.length === 1 && only !== undefined) return only
  const all = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

function read(match: RegExpExecArray, values: VariableArguments): Specification {
  let flags = match[1] ?? ''
  let width = match[2] === '*' ? values.int() : Number(match[2] ?? 0)
  if (width < 0) {
    flags += '-'
    width = -width
  }
  let precision: number | undefined
  if (match[3] !== undefined) precision = match[3] === '*' ? values.int() : Number(match[3] || 0)
  if (precision !== undefined && precision < 0) precision = undefined
  return { flags, width, precision, length: match[4] ?? '', conversion: match[5] ?? '' }
}

function storeCount(machine: Machine, length: string, values: VariableArguments, written: number): void {
  const address = values.unsignedLong()
  if (length === 'hh') machine.memory.store8(address, written)
  else if (length === 'h') machine.memory.store16(address, written)
  else if (length === '') machine.memory.store32(address, written)
  else machine.memory.store64(address, written)
}

/** Undefined for what is no conversion. */
function convert(machine: Machine, spec: Specification, values: VariableArguments): Uint8Array | undefined {
  switch (spec.conversion) {
    case '%':
      return Uint8Array.of(percent)
    case 'd':
    case 'i': {
      const value = signed(spec.length, values)
      return number(spec, value < 0 ? '-' : plus(spec.flags), digits(value < 0 ? -BigInt(value) : value, 10, spec))
    }
    case 'u':
      return number(spec, '', digits(unsigned(spec.length, values), 10, spec))
    case 'o': {
      const text = digits(unsigned(spec.length, values), 8, spec)
      return number(spec, '', spec.flags.includes('#') && !text.startsWith('0') ? `0${text}` : text)
    }
    case 'x':
    case 'X': {
      const value = unsigned(spec.length, values)
      const text = digits(value, 16, spec)
      const prefix = spec.flags.includes('#') && value !== 0 ? '0x' : ''
      return number(spec, prefix, text, spec.conversion === 'X')
    }
    case 'p': {
      const value = values.unsignedLong()
      if (value === 0) return padded(encodeText('(nil)'), spec)
      return number(spec, `${plus(spec.flags)}0x`, BigInt(value).toString(16))
    }
    case 'c':
      return padded(Uint8Array.of(values.int() & 0xff), spec)
    case 's':
      return padded(string(machine, values.unsignedLong(), spec.precision), spec)
    case 'm':
      return padded(encodeText(strerrorText(machine.library.errno)), spec)
    default:
      return /[eEfFgGaA]/.test(spec.conversion) ? floating(spec, values) : undefined
  }
}

function string(machine: Machine, address: Value, precision: number | undefined): Uint8Array {
  if (address === 0) return encodeText(precision !== undefined && precision < 6 ? '' : '(null)')
  return machine.memory.string(address, precision)
}

function plus(flags: string): string {
  return flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''
}

function signed(length: string, values: VariableArguments): Value {
  if (length === '') return values.int()
  if (length === 'hh') return (values.int() << 24) >> 24
  if (length === 'h') return (values.int() << 16) >> 16
  return values.long()
}

function unsigned(length: string, values: VariableArguments): Value {
  if (length === '') return values.int() >>> 0
  if (length === 'hh') return values.int() & 0xff
  if (length === 'h') return values.int() & 0xffff
  return values.unsignedLong()
}

/** The digits of a value without a sign; a precision asks for so many of them, and of 0 with precision 0 there are none. */
function digits(value: Value, base: number, { precision, flags }: Specification): string {
  let text = value.toString(base)
  if (precision !== undefined)
    text = value === 0 || value === 0n ? '0'.repeat(precision) : text.padStart(precision, '0')
  // In the C locale there is no thousands' separator.
  return flags.includes("'") ? text : text
}

/** Sign or prefix, digits and padding: by zeros between them when asked for and no precision is given. */
function number(spec: Specification, prefix: string, text: string, upper = false): Uint8Array {
  const zeros =
    spec.flags.includes('0') && !spec.flags.includes('-') && (spec.precision === undefined || isFloat(spec))
      ? Math.max(0, spec.width - prefix.length - text.length)
      : 0
  const whole = `${prefix}${'0'.repeat(zeros)}${text}`
  return padded(encodeText(upper ? whole.toUpperCase() : whole), spec)
}

function isFloat({ conversion }: Specification): boolean {
  return /[eEfFgGaA]/.test(conversion)
}

function padded(bytes: Uint8Array, { width, flags }: Specification): Uint8Array {
  if (bytes.length >= width) return bytes
  const all = new Uint8Array(width).fill(0x20)
  all.set(bytes, flags.includes('-') ? 0 : width - bytes.length)
  return all
}

function floating(spec: Specification, values: VariableArguments): Uint8Array {
  const value = spec.length === 'L' ? values.longDouble() : values.double()
  const kind = spec.conversion.toLowerCase()
  const upper = kind !== spec.conversion
  // A NaN that the processor makes of an invalid operation has its sign bit set.
  const negative = value < 0 || Object.is(value, -0) || Number.isNaN(value)
  const sign = negative ? '-' : plus(spec.flags)
  if (!Number.isFinite(value)) {
    const text = Number.isNaN(value) ? 'nan' : 'inf'
    return number({ ...spec, flags: spec.flags.replace('0', '') }, sign, text, upper)
  }
  const point = spec.flags.includes('#')
  const precision = spec.precision ?? 6
  if (kind === 'f') return number(spec, sign, fixed(value, precision, point))
  if (kind === 'e') return number(spec, sign, exponential(value, precision, point), upper)
  if (kind === 'g') return number(spec, sign, general(value, precision, point), upper)
  const text = hexadecimal(value, spec.precision, point)
  return number(spec, `${sign}0x`, text.slice(2), upper)
}
