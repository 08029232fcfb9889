// Arithmetic of 64-bit integers on values that are numbers while they are safe integers, and bigints beyond.
import type { Value } from './bytecode.ts'

const maxSafe = Number.MAX_SAFE_INTEGER
const minSafe = Number.MIN_SAFE_INTEGER
const bigMaxSafe = BigInt(maxSafe)
const bigMinSafe = BigInt(minSafe)
const two32 = 4_294_967_296

/** The value of the low 64 bits, with a sign. */
export function wrapSigned(value: bigint): Value {
  const wrapped = BigInt.asIntN(64, value)
  return wrapped <= bigMaxSafe && wrapped >= bigMinSafe ? Number(wrapped) : wrapped
}

/** The value of the low 64 bits, without a sign. */
export function wrapUnsigned(value: bigint): Value {
  const wrapped = BigInt.asUintN(64, value)
  return wrapped <= bigMaxSafe ? Number(wrapped) : wrapped
}

export function wrap(value: bigint, signed: boolean): Value {
  return signed ? wrapSigned(value) : wrapUnsigned(value)
}

export function add(a: Value, b: Value, signed: boolean): Value {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b
    if (sum <= maxSafe && sum >= (signed ? minSafe : 0)) return sum
  }
  return wrap(BigInt(a) + BigInt(b), signed)
}

export function subtract(a: Value, b: Value, signed: boolean): Value {
  if (typeof a === 'number' && typeof b === 'number') {
    const difference = a - b
    if (difference <= maxSafe && difference >= (signed ? minSafe : 0)) return difference
  }
  return wrap(BigInt(a) - BigInt(b), signed)
}

export function multiply(a: Value, b: Value, signed: boolean): Value {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b
    if (product <= maxSafe && product >= minSafe) return product + 0
  }
  return wrap(BigInt(a) * BigInt(b), signed)
}

/** Precondition: `b` is not 0. */
export function divide(a: Value, b: Value, signed: boolean): Value {
  if (typeof a === 'number' && typeof b === 'number') return Math.trunc(a / b) + 0
  return wrap(BigInt(a) / BigInt(b), signed)
}

/** Precondition: `b` is not 0. */
export function remainder(a: Value, b: Value, signed: boolean): Value {
  if (typeof a === 'number' && typeof b === 'number') return (a % b) + 0
  return wrap(BigInt(a) % BigInt(b), signed)
}

/** Of two halves, the upper one with a sign. */
function join(high: number, low: number, signed: boolean): Value {
  const value = high * two32 + (low >>> 0)
  return value <= maxSafe && value >= minSafe ? value : wrap(BigInt(high) * BigInt(two32) + BigInt(low >>> 0), signed)
}

export function and(a: Value, b: Value, signed: boolean): Value {
  if (typeof a === 'number' && typeof b === 'number') {
    return join(Math.floor(a / two32) & Math.floor(b / two32), a & b, signed)
  }
  return wrap(BigInt(a) & BigInt(b), signed)
}

export function or(a: Value, b: Value, signed: boolean): Value {
  if (typeof a === 'number' && typeof b === 'number') {
    return join(Math.floor(a / two32) | Math.floor(b / two32), a | b, signed)
  }
  return wrap(BigInt(a) | BigInt(b), signed)
}

export function xor(a: Value, b: Value, signed: boolean): Value {
  if (typeof a === 'number' && typeof b === 'number') {
    return join(Math.floor(a / two32) ^ Math.floor(b / two32), a ^ b, signed)
  }
  return wrap(BigInt(a) ^ BigInt(b), signed)
}

/** The count is taken modulo 64, as the processor does. */
export function shiftLeft(a: Value, count: Value, signed: boolean): Value {
  const bits = Number(count) & 63
  if (typeof a === 'number') {
    const product = a * 2 ** bits
    if (product <= maxSafe && product >= minSafe) return product
  }
  return wrap(BigInt(a) << BigInt(bits), signed)
}

export function shiftRight(a: Value, count: Value, signed: boolean): Value {
  const bits = Number(count) & 63
  if (typeof a === 'number') return Math.floor(a / 2 ** bits)
  return wrap(a >> BigInt(bits), signed)
}

/** The low 32 bits, with a sign. */
export function low32(value: Value): number {
  return typeof value === 'number' ? value | 0 : Number(BigInt.asIntN(32, value))
}

export function toSigned64(value: Value): Value {
  return typeof value === 'number' ? value : wrapSigned(value)
}

export function toUnsigned64(value: Value): Value {
  return typeof value === 'number' && value >= 0 ? value : wrapUnsigned(BigInt(value))
}

/** A floating value as a 64-bit integer; what does not fit gives what the processor gives, the least integer. */
export function floatToSigned64(value: number): Value {
  const whole = Math.trunc(value)
  if (whole <= maxSafe && whole >= minSafe) return whole + 0
  if (whole >= -(2 ** 63) && whole < 2 ** 63) return BigInt(whole)
  return -(2n ** 63n)
}

export function floatToUnsigned64(value: number): Value {
  const whole = Math.trunc(value)
  if (whole <= maxSafe && whole >= 0) return whole + 0
  if (whole >= 2 ** 63 && whole < 2 ** 64) return BigInt(whole)
  if (whole >= 2 ** 64) return 0
  return toUnsigned64(floatToSigned64(value))
}

/** Bits of a unit: `place` is offset | width << 8 | signed << 16. */
export function getBits(unit: Value, place: number): Value {
  const offset = place & 0xff
  const width = (place >> 8) & 0xff
  if (typeof unit === 'number' && offset + width <= 32) {
    const left = (unit << (32 - offset - width)) | 0
    return place >> 16 ? left >> (32 - width) : left >>> (32 - width)
  }
  const bits = BigInt(unit) >> BigInt(offset)
  return place >> 16 ? wrapSigned(BigInt.asIntN(width, bits)) : wrapUnsigned(BigInt.asUintN(width, bits))
}

/** The unit with some of its bits replaced: `place` is offset | width << 8 | 1 << 16 for a unit of 64 bits. */
export function setBits(unit: Value, value: Value, place: number): Value {
  const offset = BigInt(place & 0xff)
  const mask = ((1n << BigInt((place >> 8) & 0xff)) - 1n) << offset
  const merged = (BigInt.asUintN(64, BigInt(unit)) & ~mask) | ((BigInt(value) << offset) & mask)
  return place >> 16 ? wrapUnsigned(merged) : Number(BigInt.asUintN(32, merged))
}
