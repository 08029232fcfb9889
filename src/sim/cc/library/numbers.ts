// Numbers: strtol(3) and its like, abs, div, rand, math.h.
import { decodeText } from '../../programs/bytes.ts'
import type { Value } from '../bytecode.ts'
import * as integers from '../integers.ts'
import type { Machine } from '../machine.ts'
import { add, fail, int } from './access.ts'
import type { SyncRun, SyncTable } from './native.ts'
import { RandomState } from './random.ts'

const einval = 22
const erange = 34

/** strtol(3): the value within limits, and where it ends. */
function parse(
  machine: Machine,
  string: Value,
  end: Value,
  base: number,
  limits: { low: bigint; high: bigint; signed: boolean },
): Value {
  const source = decodeText(machine.memory.string(string))
  const match = /^[ \t-\r]*([-+]?)(0[xX](?=[0-9a-fA-F]))?([0-9a-zA-Z]*)/.exec(source)
  let radix = base
  const hex = match?.[2] !== undefined && (base === 0 || base === 16)
  const body = hex ? (match?.[3] ?? '') : `${match?.[2] ?? ''}${match?.[3] ?? ''}`
  if (radix === 0) radix = hex ? 16 : body.startsWith('0') ? 8 : 10
  let length = 0
  let value = 0n
  for (const letter of body) {
    const digit = Number.parseInt(letter, 36)
    if (!(digit < radix)) break
    value = value * BigInt(radix) + BigInt(digit)
    length++
  }
  const start = (match?.[0] ?? '').length - (match?.[3] ?? '').length - (hex ? 0 : (match?.[2] ?? '').length)
  if (end !== 0) machine.memory.store64(end, length === 0 ? string : add(string, start + length))
  if (length === 0) {
    if (base !== 0 && (base < 2 || base > 36)) fail(machine, einval)
    return 0
  }
  if (match?.[1] === '-') value = -value
  const { low, high, signed } = limits
  if (signed ? value < low || value > high : value > high || value < -high) {
    machine.library.errno = erange
    return integers.wrap(signed && value < low ? low : high, signed)
  }
  return integers.wrap(value, signed)
}

const long = { low: -(2n ** 63n), high: 2n ** 63n - 1n, signed: true }
const unsignedLong = { low: 0n, high: 2n ** 64n - 1n, signed: false }

function parseLong(machine: Machine, string: Value, end: Value, base: Value): Value {
  return parse(machine, string, end, int(base), long)
}

function parseUnsigned(machine: Machine, string: Value, end: Value, base: Value): Value {
  return parse(machine, string, end, int(base), unsignedLong)
}

const floatPattern =
  /^[ \t-\r]*([-+]?(?:0[xX](?:[0-9a-fA-F]+\.?[0-9a-fA-F]*|\.[0-9a-fA-F]+)(?:[pP][-+]?\d+)?|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|inf(?:inity)?|nan))/i

/** A floating number as C writes it; undefined when there is none at the start. */
export function parseFloating(source: string): { value: number; length: number } | undefined {
  const match = floatPattern.exec(source)
  if (match === null) return undefined
  const [whole, word = ''] = match
  const bare = word.replace(/^[-+]/, '').toLowerCase()
  let value: number
  if (bare.startsWith('0x')) {
    const [digits = '', power = '0'] = bare.slice(2).split('p')
    const [before = '', after = ''] = digits.split('.')
    value = (Number.parseInt(`${before}${after}` || '0', 16) / 16 ** after.length) * 2 ** Number(power)
  } else if (bare.startsWith('inf')) value = Number.POSITIVE_INFINITY
  else if (bare === 'nan') value = Number.NaN
  else value = Number(bare)
  return { value: word.startsWith('-') ? -value : value, length: whole.length }
}

function parseDouble(machine: Machine, string: Value, end: Value): number {
  const found = parseFloating(decodeText(machine.memory.string(string)))
  if (end !== 0) machine.memory.store64(end, add(string, found?.length ?? 0))
  if (
    found !== undefined &&
    !Number.isFinite(found.value) &&
    !/inf|nan/i.test(decodeText(machine.memory.string(string)))
  ) {
    machine.library.errno = erange
  }
  return found?.value ?? 0
}

/** div(3) and its like: a record of quotient and remainder at the address given first. */
function divide(store: 'store32' | 'store64', size: number): SyncRun {
  return ({ memory }, result, numerator, denominator) => {
    memory[store](result, integers.divide(numerator, denominator, true) as number)
    memory[store](add(result, size), integers.remainder(numerator, denominator, true) as number)
    return result
  }
}

const oneArgument: Readonly<Record<string, (x: number) => number>> = {
  acos: Math.acos,
  asin: Math.asin,
  atan: Math.atan,
  acosh: Math.acosh,
  asinh: Math.asinh,
  atanh: Math.atanh,
  cos: Math.cos,
  sin: Math.sin,
  tan: Math.tan,
  cosh: Math.cosh,
  sinh: Math.sinh,
  tanh: Math.tanh,
  exp: Math.exp,
  exp2: (x) => 2 ** x,
  expm1: Math.expm1,
  log: Math.log,
  log10: Math.log10,
  log2: Math.log2,
  log1p: Math.log1p,
  sqrt: Math.sqrt,
  cbrt: Math.cbrt,
  ceil: Math.ceil,
  floor: Math.floor,
  trunc: Math.trunc,
  round: (x) => Math.sign(x) * Math.floor(Math.abs(x) + 0.5),
  rint: toEven,
  nearbyint: toEven,
  fabs: Math.abs,
}

/** Rounds half to even, the processor's mode. */
function toEven(x: number): number {
  const floor = Math.floor(x)
  const rest = x - floor
  if (rest < 0.5) return floor
  if (rest > 0.5) return floor + 1
  return floor % 2 === 0 ? floor : floor + 1
}

const twoArguments: Readonly<Record<string, (x: number, y: number) => number>> = {
  atan2: Math.atan2,
  pow: (x, y) => (x === 1 || y === 0 ? 1 : x === -1 && !Number.isFinite(y) && !Number.isNaN(y) ? 1 : x ** y),
  fmod: (x, y) => x % y,
  remainder: (x, y) => x - toEven(x / y) * y,
  hypot: (x, y) => Math.hypot(x, y),
  fmax: (x, y) => (Number.isNaN(x) ? y : Number.isNaN(y) ? x : Math.max(x, y)),
  fmin: (x, y) => (Number.isNaN(x) ? y : Number.isNaN(y) ? x : Math.min(x, y)),
  fdim: (x, y) => Math.max(0, x - y),
  copysign: (x, y) => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x)),
}

/** Each function for double, float and long double. */
function mathFunctions(): Record<string, SyncRun> {
  const table: Record<string, SyncRun> = {}
  for (const [name, run] of Object.entries(oneArgument)) {
    table[name] = (_m, x) => run(Number(x))
    table[`${name}l`] = (_m, x) => run(Number(x))
    table[`${name}f`] = (_m, x) => Math.fround(run(Number(x)))
  }
  for (const [name, run] of Object.entries(twoArguments)) {
    table[name] = (_m, x, y) => run(Number(x), Number(y))
    table[`${name}l`] = (_m, x, y) => run(Number(x), Number(y))
    table[`${name}f`] = (_m, x, y) => Math.fround(run(Number(x), Number(y)))
  }
  return table
}

function classify(x: number): number {
  if (Number.isNaN(x)) return 0
  if (!Number.isFinite(x)) return 1
  if (x === 0) return 2
  return Math.abs(x) < 2.2250738585072014e-308 ? 3 : 4
}

/** rand_r(3): three steps of a linear congruential generator on the caller's own word. */
function randR({ memory }: Machine, seed: Value): number {
  let next = memory.load32(seed) >>> 0
  const step = () => {
    next = (Math.imul(next, 1_103_515_245) + 12_345) >>> 0
    return next >>> 16
  }
  let result = step() % 2048
  result = ((result << 10) ^ (step() % 1024)) >>> 0
  result = ((result << 10) ^ (step() % 1024)) >>> 0
  memory.store32(seed, next | 0)
  return result | 0
}

/** drand48(3): a linear congruential generator of 48 bits. */
function step48({ library }: Machine): bigint {
  library.random48 = BigInt.asUintN(48, library.random48 * 0x5_deec_e66dn + 0xbn)
  return library.random48
}

export const numberFunctions: SyncTable = {
  drand48: (m) => Number(step48(m)) / 2 ** 48,
  lrand48: (m) => Number(step48(m) >> 17n),
  srand48({ library }, seed) {
    library.random48 = (BigInt.asUintN(32, BigInt(seed)) << 16n) | 0x330en
  },
  ...mathFunctions(),
  atoi: (m, string) => integers.low32(parse(m, string, 0, 10, long)),
  atol: (m, string) => parse(m, string, 0, 10, long),
  atoll: (m, string) => parse(m, string, 0, 10, long),
  atof: (m, string) => parseDouble(m, string, 0),
  strtol: parseLong,
  strtoll: parseLong,
  strtoimax: parseLong,
  strtoul: parseUnsigned,
  strtoull: parseUnsigned,
  strtoumax: parseUnsigned,
  strtod: parseDouble,
  strtold: parseDouble,
  strtof: (m, string, end) => Math.fround(parseDouble(m, string, end)),
  abs: (_m, x) => Math.abs(int(x)) | 0,
  labs: (_m, x) => (x < 0 ? integers.subtract(0, x, true) : x),
  llabs: (_m, x) => (x < 0 ? integers.subtract(0, x, true) : x),
  imaxabs: (_m, x) => (x < 0 ? integers.subtract(0, x, true) : x),
  div: divide('store32', 4),
  ldiv: divide('store64', 8),
  lldiv: divide('store64', 8),
  rand: ({ library }) => library.random.next(),
  random: ({ library }) => library.random.next(),
  srand({ library }, seed) {
    library.random = new RandomState(int(seed))
  },
  srandom({ library }, seed) {
    library.random = new RandomState(int(seed))
  },
  rand_r: randR,
  ldexp: (_m, x, exponent) => Number(x) * 2 ** int(exponent),
  frexp(m, x, place) {
    const value = Number(x)
    if (value === 0 || !Number.isFinite(value)) {
      m.memory.store32(place, 0)
      return value
    }
    let exponent = Math.max(-1023, Math.floor(Math.log2(Math.abs(value))) + 1)
    let fraction = value * 2 ** -exponent
    while (Math.abs(fraction) < 0.5) {
      fraction *= 2
      exponent--
    }
    while (Math.abs(fraction) >= 1) {
      fraction /= 2
      exponent++
    }
    m.memory.store32(place, exponent)
    return fraction
  },
  modf(m, x, place) {
    const whole = Math.trunc(Number(x))
    m.memory.storef64(place, whole)
    return Number.isFinite(Number(x)) ? Number(x) - whole : 0
  },
  lround: (_m, x) => integers.floatToSigned64(Math.sign(Number(x)) * Math.floor(Math.abs(Number(x)) + 0.5)),
  llround: (_m, x) => integers.floatToSigned64(Math.sign(Number(x)) * Math.floor(Math.abs(Number(x)) + 0.5)),
  lrint: (_m, x) => integers.floatToSigned64(toEven(Number(x))),
  __fpclassify: (_m, x) => classify(Number(x)),
  __isnan: (_m, x) => (Number.isNaN(Number(x)) ? 1 : 0),
  __isinf: (_m, x) => (x === Number.POSITIVE_INFINITY ? 1 : x === Number.NEGATIVE_INFINITY ? -1 : 0),
  __finite: (_m, x) => (Number.isFinite(Number(x)) ? 1 : 0),
  __signbit: (_m, x) => (Number(x) < 0 || Object.is(x, -0) ? 128 : 0),
}
