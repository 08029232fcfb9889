// Expressions to instructions. A value is in a register; of a record or an array the register holds the address.
import type { Operation } from './bytecode.ts'
import { type KnownDivision, knownDivision } from './division.ts'
import { FunctionCode, signatureOf } from './function-code.ts'
import {
  arithmetic,
  conversion,
  conversions,
  isAggregate,
  isFloating,
  loads,
  type Storage,
  signatureLetter,
  storageOf,
  stores,
} from './storage.ts'
import type { Expression, Initializer } from './tree.ts'
import { type CType, isSigned, type Member, sizeOf } from './types.ts'
import { constantValue, Unsupported } from './unit-data.ts'

type Of<Kind extends Expression['kind']> = Extract<Expression, { kind: Kind }>

/** Where an lvalue is: a register, memory, or bits of a unit in memory. */
type Location =
  | { readonly kind: 'register'; readonly register: number }
  | { readonly kind: 'memory'; readonly base: number; readonly offset: number }
  | {
      readonly kind: 'bits'
      readonly base: number
      readonly offset: number
      readonly bits: NonNullable<Member['bits']>
    }

const comparisons: Readonly<Record<string, { operation: Operation; jump: Operation; not: Operation; swap: boolean }>> =
  {
    '<': { operation: 'lt', jump: 'jlt', not: 'jnlt', swap: false },
    '>': { operation: 'lt', jump: 'jlt', not: 'jnlt', swap: true },
    '<=': { operation: 'le', jump: 'jle', not: 'jnle', swap: false },
    '>=': { operation: 'le', jump: 'jle', not: 'jnle', swap: true },
    '==': { operation: 'eq', jump: 'jeq', not: 'jne', swap: false },
    '!=': { operation: 'ne', jump: 'jne', not: 'jeq', swap: false },
  }

export class ExpressionCode extends FunctionCode {
  /** The register that holds the value; `into` if it is given. */
  expression(expression: Expression, into?: number): number {
    switch (expression.kind) {
      case 'constant':
        return this.constant({ value: constantValue(expression.value, storageOf(expression.type)) }, into)
      case 'load':
        return this.load(this.location(expression.operand), expression.type, into)
      case 'decay':
      case 'address':
        return this.address(expression.operand, into)
      case 'member':
        // Of a record that is no lvalue (a call's result) the member is a value at once.
        if (!isLvalue(expression)) return this.load(this.location(expression), expression.type, into)
        return this.address(expression, into)
      case 'string':
      case 'variable':
      case 'dereference':
      case 'compound-literal':
      case 'function':
        return this.address(expression, into)
      case 'convert':
        return this.convert(expression, into)
      case 'unary':
        return this.unary(expression, into)
      case 'binary':
        return this.binary(expression, into)
      case 'pointer-add':
        return this.pointerAdd(this.expression(expression.pointer), expression.index, expression.elementSize, into)
      case 'pointer-difference': {
        const left = this.expression(expression.left)
        const right = this.expression(expression.right)
        const result = into ?? this.newTemporary()
        this.emit('sub64', result, left, right)
        this.emit('div64', result, result, this.value(expression.elementSize || 1))
        return result
      }
      case 'logical':
      case 'conditional':
        return this.choice(expression, into)
      case 'comma':
        this.expression(expression.left)
        return this.expression(expression.right, into)
      case 'assign':
        return this.assign(expression, into)
      case 'compound-assign':
        return this.compoundAssign(expression)
      case 'pointer-assign':
        return this.update(expression.target, (old, type, into) => {
          if (type.kind !== 'pointer') throw new Unsupported(expression.place, 'this assignment')
          return this.pointerAdd(old, expression.index, expression.elementSize, into)
        })
      case 'increment':
        return this.increment(expression)
      case 'call':
        return this.call(expression, into)
      case 'va_start': {
        const list = this.expression(expression.list)
        this.emit('store64', this.variableArguments, list, 8)
        return list
      }
      case 'va_copy': {
        const list = this.expression(expression.list)
        this.emit('copy', list, this.expression(expression.source), 24)
        return list
      }
      case 'va_arg':
        return this.vaArg(expression, into)
    }
  }

  /** The register that the function gets the address of its variable arguments in. */
  variableArguments = 0

  /** Where an lvalue is. */
  location(expression: Expression): Location {
    switch (expression.kind) {
      case 'variable': {
        const { variable } = expression
        if (variable.storage !== 'automatic') {
          return this.#memory(this.constant({ data: this.unit.variable(variable), offset: 0 }))
        }
        const home = this.homeOf(variable)
        if ('register' in home) return { kind: 'register', register: home.register }
        const base = this.newTemporary()
        this.emit('frame', base, home.offset)
        return this.#memory(base)
      }
      case 'string':
        return this.#memory(this.constant({ data: this.unit.string(expression.bytes), offset: 0 }))
      case 'compound-literal': {
        const { variable, initializer } = expression
        const home = this.homeOf(variable)
        this.initialize(variable.type, home, initializer)
        if ('register' in home) return { kind: 'register', register: home.register }
        const base = this.newTemporary()
        this.emit('frame', base, home.offset)
        return this.#memory(base)
      }
      case 'dereference': {
        const { pointer } = expression
        // The common `p->m` and `a[3]`: the offset goes into the load itself.
        if (pointer.kind === 'pointer-add' && pointer.index.kind === 'constant') {
          const offset = Number(pointer.index.value) * pointer.elementSize
          if (Math.abs(offset) < 2 ** 30) return this.#memory(this.expression(pointer.pointer), offset)
        }
        return this.#memory(this.expression(pointer))
      }
      case 'member': {
        const object = this.location(expression.object)
        if (object.kind !== 'memory') throw new Unsupported(expression.place, 'this member access')
        const offset = object.offset + expression.member.offset
        const { bits } = expression.member
        return bits === undefined ? { ...object, offset } : { ...object, kind: 'bits', offset, bits }
      }
      default:
        // A record that is no lvalue, as a call's result: its address.
        return this.#memory(this.expression(expression))
    }
  }

  #memory(base: number, offset = 0): Location {
    return { kind: 'memory', base, offset }
  }

  /** The address of an lvalue or a function. */
  address(operand: Expression, into?: number): number {
    if (operand.kind === 'function') return this.constant({ function: this.unit.functionIndex(operand.symbol) }, into)
    const location = this.location(operand)
    if (location.kind !== 'memory') throw new Unsupported(operand.place, 'the address of this')
    if (location.offset === 0) return this.#moved(location.base, into)
    const result = into ?? this.newTemporary()
    this.emit('addi64', result, location.base, location.offset)
    return result
  }

  load(location: Location, type: CType, into?: number): number {
    if (location.kind === 'register') return this.#moved(location.register, into)
    if (location.kind === 'bits') {
      const result = into ?? this.newTemporary()
      this.emit(unitLoad(type), result, location.base, location.offset)
      const signed = (type.kind === 'integer' || type.kind === 'enum') && isSigned(type)
      this.emit('bitget', result, result, location.bits.offset | (location.bits.width << 8) | (signed ? 1 << 16 : 0))
      return result
    }
    if (isAggregate(type)) {
      if (location.offset === 0) return this.#moved(location.base, into)
      const result = into ?? this.newTemporary()
      this.emit('addi64', result, location.base, location.offset)
      return result
    }
    const result = into ?? this.newTemporary()
    this.emit(loads[storageOf(type)], result, location.base, location.offset)
    return result
  }

  /** Stores a value that has the location's type already. */
  store(location: Location, type: CType, value: number): void {
    if (location.kind === 'register') {
      if (location.register !== value) this.emit('mov', location.register, value)
    } else if (location.kind === 'bits') {
      const unit = this.newTemporary()
      this.emit(unitLoad(type), unit, location.base, location.offset)
      const wide = sizeOf(type) === 8 ? 1 << 16 : 0
      this.emit('bitset', unit, value, location.bits.offset | (location.bits.width << 8) | wide)
      this.emit(unitStore(type), unit, location.base, location.offset)
    } else if (isAggregate(type)) {
      let to = location.base
      if (location.offset !== 0) {
        to = this.newTemporary()
        this.emit('addi64', to, location.base, location.offset)
      }
      this.emit('copy', to, value, sizeOf(type))
    } else this.emit(stores[storageOf(type)], value, location.base, location.offset)
  }

  #moved(register: number, into: number | undefined): number {
    if (into === undefined || into === register) return register
    this.emit('mov', into, register)
    return into
  }

  convert(expression: Of<'convert'>, into?: number): number {
    const { operand, type } = expression
    if (type.kind === 'void' || isAggregate(type)) return this.expression(operand, into)
    return this.converted(this.expression(operand), storageOf(operand.type), storageOf(type), into)
  }

  converted(value: number, from: Storage, to: Storage, into?: number): number {
    let result = value
    for (const operation of conversion(from, to)) {
      const next = into ?? this.newTemporary()
      this.emit(operation, next, result)
      result = next
    }
    return this.#moved(result, into)
  }

  unary({ operator, operand, type }: Of<'unary'>, into?: number): number {
    const value = this.expression(operand)
    const result = into ?? this.newTemporary()
    const storage = storageOf(type)
    if (operator === '!') this.emit('lognot', result, value)
    else if (operator === '~') this.emit(arithmetic('^', storage), result, value, this.constant(allOnes(storage)))
    else if (isFloating(storage)) this.emit('negf', result, value)
    else this.emit(arithmetic('-', storage), result, this.value(0), value)
    return result
  }

  binary({ operator, left, right, type }: Of<'binary'>, into?: number): number {
    const comparison = comparisons[operator]
    const a = this.expression(left)
    const b = this.expression(right)
    const result = into ?? this.newTemporary()
    if (comparison !== undefined) {
      this.emit(comparison.operation, result, comparison.swap ? b : a, comparison.swap ? a : b)
      return result
    }
    const known = knownDivision(operator, left, right)
    if (known === undefined) this.#combine(operator, storageOf(type), result, a, b, right)
    else this.#knownDivision(known, storageOf(type), result, b)
    return result
  }

  #knownDivision(known: KnownDivision, storage: Storage, result: number, divisor: number): void {
    if (known !== 'unit') this.constant({ value: known === 'one' ? 1 : 0 }, result)
    else if (storage.startsWith('u')) this.emit('eq', result, divisor, this.value(1))
    else {
      const isMinusOne = this.newTemporary()
      this.emit('eq', isMinusOne, divisor, this.value(-1))
      this.emit('eq', result, divisor, this.value(1))
      this.emit(arithmetic('-', storage), result, result, isMinusOne)
    }
  }

  #combine(
    operator: Of<'binary'>['operator'],
    storage: Storage,
    result: number,
    a: number,
    b: number,
    right: Expression,
  ): void {
    const small =
      right.kind === 'constant' &&
      typeof right.value === 'bigint' &&
      right.value < 2n ** 30n &&
      right.value > -(2n ** 30n)
    if (storage === 'i32' && small && (operator === '+' || operator === '-')) {
      this.emit('addi32', result, a, Number(operator === '+' ? right.value : -right.value))
      return
    }
    this.emit(arithmetic(operator, storage), result, a, b)
    if (storage === 'f32') this.emit('round32', result, result)
  }

  /** pointer + index * size. */
  pointerAdd(pointer: number, index: Expression, size: number, into?: number): number {
    if (index.kind === 'constant') {
      const offset = Number(index.value) * size
      if (Math.abs(offset) < 2 ** 30) {
        const result = into ?? this.newTemporary()
        this.emit('addi64', result, pointer, offset)
        return result
      }
    }
    const scaled = this.expression(index)
    const result = into ?? this.newTemporary()
    if (size === 1) this.emit('addu64', result, pointer, scaled)
    else {
      this.emit('mul64', this.#scratch(), scaled, this.value(size))
      this.emit('addu64', result, pointer, this.#lastScratch)
    }
    return result
  }

  #lastScratch = 0

  #scratch(): number {
    this.#lastScratch = this.newTemporary()
    return this.#lastScratch
  }

  /** `&&`, `||`, `?:`: one of two values by jumps. */
  choice(expression: Of<'logical'> | Of<'conditional'>, into?: number): number {
    const isVoid = expression.kind === 'conditional' && expression.type.kind === 'void'
    const result = into ?? this.newTemporary()
    const otherwise = this.newLabel()
    const end = this.newLabel()
    if (expression.kind === 'logical') {
      this.branch(expression, otherwise, false)
      this.emit('mov', result, this.value(1))
      this.emit('jump', end)
      this.put(otherwise)
      this.emit('mov', result, this.value(0))
    } else {
      this.branch(expression.condition, otherwise, false)
      this.expression(expression.then, isVoid ? undefined : result)
      this.emit('jump', end)
      this.put(otherwise)
      this.expression(expression.otherwise, isVoid ? undefined : result)
    }
    this.put(end)
    return result
  }

  /** Jumps to the label when the condition is `when`; else goes on. */
  branch(condition: Expression, label: number, when: boolean): void {
    if (condition.kind === 'unary' && condition.operator === '!') {
      this.branch(condition.operand, label, !when)
      return
    }
    if (condition.kind === 'logical') {
      const stopsAt = condition.operator === '||'
      if (stopsAt === when) {
        this.branch(condition.left, label, when)
        this.branch(condition.right, label, when)
      } else {
        const skip = this.newLabel()
        this.branch(condition.left, skip, stopsAt)
        this.branch(condition.right, label, when)
        this.put(skip)
      }
      return
    }
    const comparison = condition.kind === 'binary' ? comparisons[condition.operator] : undefined
    if (condition.kind === 'binary' && comparison !== undefined) {
      const a = this.expression(condition.left)
      const b = this.expression(condition.right)
      const operation = when ? comparison.jump : comparison.not
      this.emit(operation, comparison.swap ? b : a, comparison.swap ? a : b, label)
      return
    }
    this.emit(when ? 'jnz' : 'jz', this.expression(condition), label)
  }

  assign({ target, value, type }: Of<'assign'>, into?: number): number {
    const location = this.location(target)
    if (location.kind === 'register') {
      this.expression(value, location.register)
      return this.#moved(location.register, into)
    }
    const result = this.expression(value)
    this.store(location, type, result)
    if (location.kind === 'bits') return this.load(location, type, into)
    return this.#moved(result, into)
  }

  compoundAssign({ operator, target, value, operationType }: Of<'compound-assign'>): number {
    const operation = storageOf(operationType)
    return this.update(target, (old, type, into) => {
      const storage = storageOf(type)
      const direct = conversion(operation, storage).length === 0
      const left = this.converted(old, storage, operation)
      const right = this.expression(value)
      const result = direct && into !== undefined ? into : this.newTemporary()
      this.#combine(operator, operation, result, left, right, value)
      return this.converted(result, operation, storage, into)
    })
  }

  increment({ target, by, form }: Of<'increment'>): number {
    let before = -1
    const after = this.update(target, (old, type, into) => {
      if (form === 'postfix') {
        before = this.newTemporary()
        this.emit('mov', before, old)
      }
      const storage = storageOf(type)
      const result = into ?? this.newTemporary()
      if (isFloating(storage)) {
        this.emit('addf', result, old, this.value(by))
        if (storage === 'f32') this.emit('round32', result, result)
      } else if (type.kind === 'pointer' || storage === 'u64') this.emit('addi64', result, old, by)
      else if (storage === 'i32') this.emit('addi32', result, old, by)
      else if (storage === 'i64') this.emit('add64', result, old, this.value(by))
      else {
        this.emit('addi32', result, old, by)
        this.emit(conversions[storage], result, result)
      }
      return result
    })
    return form === 'postfix' ? before : after
  }

  /** Reads an lvalue, changes it, writes it; `change` may put the result into the register it is given. */
  update(target: Expression, change: (old: number, type: CType, into: number | undefined) => number): number {
    const location = this.location(target)
    if (location.kind === 'register') {
      const result = change(location.register, target.type, location.register)
      this.store(location, target.type, result)
      return location.register
    }
    const result = change(this.load(location, target.type), target.type, undefined)
    this.store(location, target.type, result)
    return location.kind === 'bits' ? this.load(location, target.type) : result
  }

  call(expression: Of<'call'>, into?: number): number {
    const { arguments: words, type } = expression
    const callee = designator(expression.callee)
    const called = functionType(expression.callee.type)
    if (callee?.name === '__builtin_nanf') return this.constant({ value: Number.NaN }, into)
    const result = into ?? this.newTemporary()
    const address = callee === undefined ? this.expression(expression.callee) : undefined
    const fixed = called?.variadic ? called.parameters.length : words.length
    const returnsRecord = type.kind === 'record'
    const count = fixed + (called?.variadic ? 1 : 0) + (returnsRecord ? 1 : 0)
    const first = this.newTemporaries(count)
    const base = returnsRecord ? first + 1 : first
    const extra: number[] = []
    for (let index = words.length - 1; index >= 0; index--) {
      const word = words[index]
      if (word === undefined) continue
      if (index < fixed) this.expression(word, base + index)
      else extra[index - fixed] = this.expression(word)
    }
    if (called?.variadic) this.#passVariable(words.slice(fixed), extra, base + fixed)
    if (returnsRecord) {
      const { size, alignment } = type.record
      this.emit('frame', first, this.newFrameSpace(Math.max(1, size), Math.min(16, alignment)))
    }
    this.at(expression.place)
    if (callee !== undefined && called !== undefined && called.hasPrototype) {
      this.emit('call', result, this.unit.functionIndex(callee), first)
    } else {
      const pointer = address ?? this.constant({ function: this.unit.functionIndex(callee ?? missing(expression)) })
      const kinds = words.slice(0, fixed).map((word) => word.type)
      const signature = signatureOf(type, kinds) + (called?.variadic ? 'v' : '')
      this.emit('callptr', result, pointer, first)
      this.emit('signature', this.constantIndex({ text: signature }))
    }
    return result
  }

  /** Variable arguments lie in memory, eight bytes each or as many as a record has; the callee gets their address. */
  #passVariable(words: readonly Expression[], values: readonly number[], register: number): void {
    // -1 stands for the place of variable arguments, see `finish`.
    this.emit('frame', register, -1)
    let offset = 0
    for (const [index, word] of words.entries()) {
      const value = values[index] ?? 0
      if (isAggregate(word.type)) {
        const to = this.newTemporary()
        this.emit('addi64', to, register, offset)
        this.emit('copy', to, value, sizeOf(word.type))
        offset += Math.ceil(sizeOf(word.type) / 8) * 8
        continue
      }
      const letter = signatureLetter(word.type)
      this.emit(letter === 'd' ? 'storef64' : 'store64', value, register, offset)
      offset += storageOf(word.type) === 'f80' ? 16 : 8
    }
    this.needArgumentBytes(offset)
  }

  vaArg({ list, type }: Of<'va_arg'>, into?: number): number {
    const pointer = this.expression(list)
    const at = this.newTemporary()
    this.emit('loadu64', at, pointer, 8)
    const next = this.newTemporary()
    const storage = storageOf(type)
    const size = isAggregate(type) ? Math.ceil(sizeOf(type) / 8) * 8 : storage === 'f80' ? 16 : 8
    this.emit('addi64', next, at, size)
    this.emit('store64', next, pointer, 8)
    if (isAggregate(type)) return this.#moved(at, into)
    const result = into ?? this.newTemporary()
    this.emit(loads[storage], result, at, 0)
    return result
  }

  /** Gives an object its first value. */
  initialize(type: CType, home: { register: number } | { offset: number }, items: readonly Initializer[]): void {
    if ('register' in home) {
      const [item] = items
      if (item === undefined) this.emit('mov', home.register, this.value(0))
      else this.expression(item.value, home.register)
      return
    }
    const base = this.newTemporary()
    this.emit('frame', base, home.offset)
    const [only] = items
    const whole =
      items.length === 1 && only?.offset === 0 && only.bits === undefined && sizeOf(only.type) === sizeOf(type)
    if (!whole) this.emit('zero', base, sizeOf(type))
    for (const item of items) {
      const inUse = this.temporariesInUse
      const { offset, bits, value } = item
      if (value.kind === 'string' && item.type.kind === 'array') {
        const from = this.constant({ data: this.unit.string(value.bytes, sizeOf(item.type)), offset: 0 })
        this.store({ kind: 'memory', base, offset }, item.type, from)
      } else {
        const location: Location =
          bits === undefined ? { kind: 'memory', base, offset } : { kind: 'bits', base, offset, bits }
        this.store(location, item.type, this.expression(value))
      }
      this.releaseTemporaries(inUse)
    }
  }
}

function isLvalue(expression: Expression): boolean {
  if (expression.kind === 'member') return isLvalue(expression.object)
  return ['variable', 'string', 'dereference', 'compound-literal'].includes(expression.kind)
}

/** The operation on a bit-field's whole unit, without a sign. */
function unitLoad(type: CType): Operation {
  return ({ 1: 'loadu8', 2: 'loadu16', 4: 'loadu32', 8: 'loadu64' } as const)[sizeOf(type) as 1 | 2 | 4 | 8]
}

function unitStore(type: CType): Operation {
  return ({ 1: 'store8', 2: 'store16', 4: 'store32', 8: 'store64' } as const)[sizeOf(type) as 1 | 2 | 4 | 8]
}

function allOnes(storage: Storage): { value: number | bigint } {
  if (storage === 'u64') return { value: 2n ** 64n - 1n }
  return { value: storage === 'u32' ? 0xffff_ffff : -1 }
}

/** The function that a callee names, or undefined for a pointer's value. */
function designator(callee: Expression): Of<'function'>['symbol'] | undefined {
  if (callee.kind === 'function') return callee.symbol
  if (callee.kind === 'decay' || callee.kind === 'address') return designator(callee.operand)
  if (callee.kind === 'dereference') return designator(callee.pointer)
  return undefined
}

function functionType(type: CType) {
  if (type.kind === 'function') return type
  return type.kind === 'pointer' && type.to.kind === 'function' ? type.to : undefined
}

function missing(expression: Expression): never {
  throw new Unsupported(expression.place, 'this call')
}
