// How values of each type lie in memory and in registers: the operations that load, store, convert and combine them.
import type { Operation } from './bytecode.ts'
import type { BinaryOperator } from './tree.ts'
import { type CType, isSigned, sizeOf } from './types.ts'

/** How a scalar is stored; `bool` is a byte of 0 or 1, `f80` a long double, kept with the precision of a double. */
export type Storage = 'i8' | 'u8' | 'bool' | 'i16' | 'u16' | 'i32' | 'u32' | 'i64' | 'u64' | 'f32' | 'f64' | 'f80'

/** The storage of a scalar type; of an array, a record or a function, that of its address. */
export function storageOf(type: CType): Storage {
  switch (type.kind) {
    case 'integer':
      if (type.name === '_Bool') return 'bool'
      return `${isSigned(type) ? 'i' : 'u'}${(sizeOf(type) * 8) as 8 | 16 | 32 | 64}`
    case 'enum':
      return 'u32'
    case 'floating':
      return type.name === 'float' ? 'f32' : type.name === 'double' ? 'f64' : 'f80'
    default:
      return 'u64'
  }
}

export function isFloating(storage: Storage): boolean {
  return storage.startsWith('f')
}

export function isAggregate(type: CType): boolean {
  return type.kind === 'record' || type.kind === 'array'
}

export const loads: Readonly<Record<Storage, Operation>> = {
  i8: 'load8',
  u8: 'loadu8',
  bool: 'loadu8',
  i16: 'load16',
  u16: 'loadu16',
  i32: 'load32',
  u32: 'loadu32',
  i64: 'load64',
  u64: 'loadu64',
  f32: 'loadf32',
  f64: 'loadf64',
  f80: 'loadf64',
}

export const stores: Readonly<Record<Storage, Operation>> = {
  i8: 'store8',
  u8: 'store8',
  bool: 'store8',
  i16: 'store16',
  u16: 'store16',
  i32: 'store32',
  u32: 'store32',
  i64: 'store64',
  u64: 'store64',
  f32: 'storef32',
  f64: 'storef64',
  f80: 'storef64',
}

/** The conversion from an integer of another width, or from the unrounded result of an operation. */
export const conversions: Readonly<Record<Storage, Operation>> = {
  i8: 'to8',
  u8: 'tou8',
  bool: 'tobool',
  i16: 'to16',
  u16: 'tou16',
  i32: 'to32',
  u32: 'tou32',
  i64: 'to64',
  u64: 'tou64',
  f32: 'tofloat',
  f64: 'tofloat',
  f80: 'tofloat',
}

const order: readonly Storage[] = ['i8', 'i16', 'i32', 'i64']

/** Operations, in order, that turn a value of one storage into one of another. None: the value is the same. */
export function conversion(from: Storage, to: Storage): Operation[] {
  if (from === to || to === 'bool') return from === to ? [] : ['tobool']
  if (isFloating(to)) {
    if (isFloating(from)) return to === 'f32' ? ['round32'] : []
    return to === 'f32' ? ['tofloat', 'round32'] : ['tofloat']
  }
  if (isFloating(from)) {
    if (to === 'u64') return ['ftou64']
    if (to === 'i64') return ['ftoi64']
    if (to === 'u32') return ['ftoi64', 'tou32']
    return to === 'i32' ? ['ftoi32'] : ['ftoi32', conversions[to]]
  }
  return holds(from, to) ? [] : [conversions[to]]
}

/** Whether every value of `from` is one of `to`. */
function holds(from: Storage, to: Storage): boolean {
  const unsigned = from.startsWith('u') || from === 'bool'
  const width = from === 'bool' ? 1 : Number(from.slice(1))
  const room = Number(to.slice(1))
  if (to.startsWith('u')) return unsigned && width <= room
  return unsigned ? width < room : order.indexOf(from) <= order.indexOf(to)
}

const integerNames: Readonly<Partial<Record<BinaryOperator, string>>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'div',
  '%': 'mod',
  '&': 'and',
  '|': 'or',
  '^': 'xor',
  '<<': 'shl',
  '>>': 'shr',
}

/** The operation of an arithmetic operator on operands of one storage: 32 or 64 bits, or floating. */
export function arithmetic(operator: BinaryOperator, storage: Storage): Operation {
  const name = integerNames[operator]
  if (isFloating(storage)) return `${name}f` as Operation
  return `${name}${storage.startsWith('u') ? 'u' : ''}${storage.slice(1)}` as Operation
}

/** One letter a parameter: i 32 bits or less, l 64 bits, d floating, r a record's address. */
export function signatureLetter(type: CType): string {
  if (isAggregate(type)) return 'r'
  const storage = storageOf(type)
  return isFloating(storage) ? 'd' : storage.endsWith('64') ? 'l' : 'i'
}
