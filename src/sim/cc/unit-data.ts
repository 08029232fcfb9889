// The data of a unit: its objects and strings with their relocations, and the constants that code refers to.
import type { Constant, ObjectData, ObjectSymbol, Value } from './bytecode.ts'
import * as integers from './integers.ts'
import { isFloating, type Storage, storageOf } from './storage.ts'
import type { Expression, FunctionSymbol, Initializer, Place, TranslationUnit, Variable } from './tree.ts'
import { alignmentOf, sizeOf } from './types.ts'

/** Something of C that cannot be translated here; gcc's own word for it is "sorry, unimplemented". */
export class Unsupported extends Error {
  readonly place: Place

  constructor(place: Place, what: string) {
    super(what)
    this.place = place
  }
}

type MutableData = { -readonly [Key in keyof ObjectData]: ObjectData[Key] }

export class UnitData {
  readonly symbols: ObjectSymbol[] = []
  readonly data: MutableData[] = []
  readonly #variables = new Map<Variable, number>()
  readonly #named = new Map<string, number>()
  readonly #strings = new Map<string, number>()
  readonly #functions = new Map<string, number>()

  constructor(unit: TranslationUnit) {
    for (const [index, { symbol }] of unit.functions.entries()) {
      this.#functions.set(symbol.name, this.symbols.length)
      this.symbols.push({ name: symbol.name, defined: index, isStatic: symbol.isStatic })
    }
    for (const variable of unit.objects) this.variable(variable)
    for (const variable of unit.objects) this.#initialize(variable)
  }

  /** The index of a function among the unit's symbols. */
  functionIndex(symbol: FunctionSymbol): number {
    let index = this.#functions.get(symbol.name)
    if (index === undefined) {
      index = this.symbols.length
      this.symbols.push({ name: symbol.name, defined: undefined, isStatic: false })
      this.#functions.set(symbol.name, index)
    }
    return index
  }

  /** The index of an object of static storage in `data`. */
  variable(variable: Variable): number {
    const known =
      this.#variables.get(variable) ?? (variable.storage === 'static' ? undefined : this.#named.get(variable.name))
    if (known !== undefined) {
      this.#variables.set(variable, known)
      const data = this.data[known]
      if (data !== undefined && data.scope === 'external' && variable.storage === 'global') {
        Object.assign(data, {
          scope: 'global',
          size: sizeOf(variable.type),
          tentative: variable.initializer === undefined,
        })
      }
      return known
    }
    const index = this.data.length
    this.data.push({
      name: variable.name,
      scope: variable.storage === 'external' ? 'external' : variable.storage === 'global' ? 'global' : 'local',
      size: sizeOf(variable.type),
      alignment: alignmentOf(variable.type),
      bytes: undefined,
      relocations: [],
      readOnly: variable.type.isConst === true || (variable.type.kind === 'array' && variable.type.of.isConst === true),
      tentative: variable.initializer === undefined,
    })
    this.#variables.set(variable, index)
    if (variable.storage !== 'static') this.#named.set(variable.name, index)
    return index
  }

  /** The index of a string literal, `size` bytes with its padding. */
  string(bytes: Uint8Array, size = bytes.length): number {
    const padded = new Uint8Array(size)
    padded.set(bytes.subarray(0, size))
    const key = padded.join()
    let index = this.#strings.get(key)
    if (index === undefined) {
      index = this.data.length
      this.data.push({
        name: '.LC',
        scope: 'local',
        size,
        alignment: 1,
        bytes: padded,
        relocations: [],
        readOnly: true,
        tentative: false,
      })
      this.#strings.set(key, index)
    }
    return index
  }

  #initialize(variable: Variable): void {
    const data = this.data[this.variable(variable)]
    if (data === undefined || variable.initializer === undefined) return
    // A flexible array member may have values beyond the type's own size.
    const end = variable.initializer.reduce((most, { offset, type }) => Math.max(most, offset + sizeOf(type)), 0)
    data.size = Math.max(data.size, end)
    const bytes = new Uint8Array(data.size)
    const relocations: { offset: number; target: Constant }[] = []
    for (const item of variable.initializer) this.#place(bytes, relocations, item)
    data.bytes = bytes
    data.relocations = relocations
    data.tentative = false
  }

  #place(bytes: Uint8Array, relocations: { offset: number; target: Constant }[], item: Initializer): void {
    const { offset, type, value, bits } = item
    const view = new DataView(bytes.buffer)
    if (value.kind === 'string') {
      bytes.set(value.bytes.subarray(0, Math.min(value.bytes.length, sizeOf(type))), offset)
      return
    }
    const target = this.constant(value)
    if (!('value' in target)) {
      relocations.push({ offset, target })
      return
    }
    const storage = storageOf(type)
    if (bits !== undefined) {
      const size = sizeOf(type)
      const place = bits.offset | (bits.width << 8) | (size === 8 ? 1 << 16 : 0)
      const unit = size === 8 ? view.getBigUint64(offset, true) : readUnit(view, offset, size)
      const merged = integers.setBits(unit, target.value, place)
      writeInteger(view, offset, size, merged)
    } else if (isFloating(storage)) {
      if (storage === 'f32') view.setFloat32(offset, Number(target.value), true)
      else view.setFloat64(offset, Number(target.value), true)
    } else writeInteger(view, offset, sizeOf(type), target.value)
  }

  /** The value of a constant expression: a number, or an address to be known when linking. */
  constant(expression: Expression): Constant {
    switch (expression.kind) {
      case 'constant':
        return { value: constantValue(expression.value, storageOf(expression.type)) }
      case 'convert': {
        const operand = this.constant(expression.operand)
        if (!('value' in operand)) return operand
        return {
          value: convertValue(operand.value, storageOf(expression.operand.type), storageOf(expression.type)),
        }
      }
      case 'address':
      case 'decay':
        return this.addressOf(expression.operand)
      case 'function':
        return { function: this.functionIndex(expression.symbol) }
      case 'load':
        // A record's or a constant object's value where gcc folds it.
        break
      case 'pointer-add': {
        const pointer = this.constant(expression.pointer)
        const index = this.constant(expression.index)
        if ('value' in index) return shifted(pointer, Number(index.value) * expression.elementSize)
        break
      }
      default:
        break
    }
    throw new Unsupported(expression.place, 'this kind of constant initializer')
  }

  /** The address of an lvalue of static storage. */
  addressOf(operand: Expression): Constant {
    switch (operand.kind) {
      case 'variable':
      case 'compound-literal':
        return { data: this.variable(operand.variable), offset: 0 }
      case 'string':
        return { data: this.string(operand.bytes), offset: 0 }
      case 'function':
        return { function: this.functionIndex(operand.symbol) }
      case 'member':
        return shifted(this.addressOf(operand.object), operand.member.offset)
      case 'dereference':
        return this.constant(operand.pointer)
      default:
        throw new Unsupported(operand.place, 'this kind of address in an initializer')
    }
  }
}

function shifted(constant: Constant, by: number): Constant {
  if ('data' in constant) return { ...constant, offset: constant.offset + by }
  if ('value' in constant) return { value: integers.add(constant.value, by, true) }
  return constant
}

/** A constant of the tree as it stands in a register. */
export function constantValue(value: bigint | number, storage: Storage): Value {
  if (isFloating(storage)) return storage === 'f32' ? Math.fround(Number(value)) : Number(value)
  return convertValue(integers.wrapSigned(BigInt(value)), 'i64', storage)
}

/** The conversion of a value that is known when compiling. */
export function convertValue(value: Value, from: Storage, to: Storage): Value {
  if (to === 'bool') return Number(value) === 0 ? 0 : 1
  if (isFloating(to)) return to === 'f32' ? Math.fround(Number(value)) : Number(value)
  if (isFloating(from)) {
    const whole = to === 'u64' ? integers.floatToUnsigned64(Number(value)) : integers.floatToSigned64(Number(value))
    return convertValue(whole, 'i64', to)
  }
  const bits = Number(to.slice(1))
  return to.startsWith('u')
    ? integers.wrapUnsigned(BigInt.asUintN(bits, BigInt(value)))
    : integers.wrapSigned(BigInt.asIntN(bits, BigInt(value)))
}

function readUnit(view: DataView, offset: number, size: number): number {
  return size === 1 ? view.getUint8(offset) : size === 2 ? view.getUint16(offset, true) : view.getUint32(offset, true)
}

function writeInteger(view: DataView, offset: number, size: number, value: Value): void {
  const bytes = BigInt.asUintN(64, BigInt(value))
  for (let index = 0; index < size; index++) view.setUint8(offset + index, Number((bytes >> BigInt(index * 8)) & 255n))
}
