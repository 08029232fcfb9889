// The code of one function while it is written: instructions, registers, labels, constants, its frame in memory.
// Registers are numbered by kind until `finish`: locals first, then constants, then temporaries, whose top is where the
// arguments of a call stand; the callee's registers begin there.
import {
  type Constant,
  instructionWords,
  type ObjectFunction,
  type Operation,
  operandKinds,
  operations,
  type Value,
} from './bytecode.ts'
import { signatureLetter } from './storage.ts'
import type { FunctionDefinition, Place, Variable } from './tree.ts'
import { alignmentOf, type CType, sizeOf } from './types.ts'
import type { UnitData } from './unit-data.ts'

const temporaryBase = 0x1_0000
const constantBase = 0x2_0000
/** So many constants have a register of their own; each costs something when the function is called. */
const mostConstantRegisters = 24

/** Where an object of automatic storage lives. */
export type Home = { readonly register: number } | { readonly offset: number }

export class FunctionCode {
  readonly unit: UnitData
  readonly definition: FunctionDefinition
  readonly homes = new Map<Variable, Home>()
  readonly #code: number[] = []
  readonly #lines: number[] = []
  readonly #constants: Constant[] = []
  readonly #constantKeys = new Map<string, number>()
  readonly #labels: number[] = []
  #locals = 0
  #temporaries = 0
  #mostTemporaries = 0
  #frame = 0
  #line = 0
  #argumentBytes = 0

  constructor(unit: UnitData, definition: FunctionDefinition) {
    this.unit = unit
    this.definition = definition
  }

  /** Tells which line the next instructions belong to. */
  at(place: Place): void {
    if (place.line === this.#line) return
    this.#line = place.line
    this.#lines.push(this.#code.length, place.line)
  }

  emit(operation: Operation, a = 0, b = 0, c = 0): void {
    this.#code.push(operations[operation][0], a, b, c)
  }

  newLabel(): number {
    this.#labels.push(-1)
    return this.#labels.length - 1
  }

  /** The label stands here. */
  put(label: number): void {
    this.#labels[label] = this.#code.length
  }

  newLocal(): number {
    return this.#locals++
  }

  newTemporary(): number {
    return this.newTemporaries(1)
  }

  /** The first of some registers in a row. */
  newTemporaries(count: number): number {
    const first = temporaryBase + this.#temporaries
    this.#temporaries += count
    this.#mostTemporaries = Math.max(this.#mostTemporaries, this.#temporaries)
    return first
  }

  get temporariesInUse(): number {
    return this.#temporaries
  }

  /** Lets go of all temporaries but the first `count`. */
  releaseTemporaries(count: number): void {
    this.#temporaries = count
  }

  /** Bytes in the frame; gives their offset from its start. */
  newFrameSpace(size: number, alignment: number): number {
    this.#frame = Math.ceil(this.#frame / alignment) * alignment
    const offset = this.#frame
    this.#frame += size
    return offset
  }

  /** Room for the variable arguments of a call; one place for all calls of the function. */
  needArgumentBytes(size: number): void {
    this.#argumentBytes = Math.max(this.#argumentBytes, size)
  }

  homeOf(variable: Variable): Home {
    let home = this.homes.get(variable)
    if (home === undefined) {
      home = {
        offset: this.newFrameSpace(Math.max(1, sizeOf(variable.type)), Math.min(16, alignmentOf(variable.type))),
      }
      this.homes.set(variable, home)
    }
    return home
  }

  /** A register that holds a constant: its own, or a temporary when too many have one. */
  constant(constant: Constant, into?: number): number {
    const index = this.constantIndex(constant)
    if (index < mostConstantRegisters && into === undefined) return constantBase + index
    const register = into ?? this.newTemporary()
    if (index < mostConstantRegisters) this.emit('mov', register, constantBase + index)
    else this.emit('constant', register, index)
    return register
  }

  value(value: Value): number {
    return this.constant({ value })
  }

  constantIndex(constant: Constant): number {
    const key =
      'value' in constant
        ? `${typeof constant.value} ${Object.is(constant.value, -0) ? '-0' : constant.value}`
        : JSON.stringify(constant)
    let index = this.#constantKeys.get(key)
    if (index === undefined) {
      index = this.#constants.length
      this.#constants.push(constant)
      this.#constantKeys.set(key, index)
    }
    return index
  }

  /** Puts labels and final registers in, and gives the function as it stands in an object file. */
  finish(name: string, parameters: string): ObjectFunction {
    const constantRegisters = Math.min(this.#constants.length, mostConstantRegisters)
    const locals = this.#locals
    const register = (number: number) =>
      number >= constantBase
        ? number - constantBase + locals
        : number >= temporaryBase
          ? number - temporaryBase + locals + constantRegisters
          : number
    const argumentsAt = Math.ceil(this.#frame / 16) * 16
    const code = [...this.#code]
    for (let at = 0; at < code.length; at += instructionWords) {
      const number = code[at] ?? 0
      const kinds = operandKinds[number] ?? '---'
      for (let operand = 0; operand < 3; operand++) {
        const word = code[at + 1 + operand] ?? 0
        const kind = kinds[operand]
        if (kind === 'r' || kind === 'w') code[at + 1 + operand] = register(word)
        else if (kind === 'j') code[at + 1 + operand] = this.#labels[word] ?? 0
      }
      // The place of variable arguments is known only now.
      if (number === operations.frame[0] && code[at + 2] === -1) code[at + 2] = argumentsAt
    }
    return {
      name,
      file: this.definition.place.file,
      code,
      constants: this.#constants,
      constantRegisters,
      constantBase: locals,
      locals,
      parameters,
      variadic: this.definition.variadic,
      registers: locals + constantRegisters + this.#mostTemporaries + 1,
      frame: argumentsAt + this.#argumentBytes,
      lines: this.#lines,
    }
  }
}

/** The kinds of what a function takes, the address of a record result first. */
export function signatureOf(returns: CType, parameters: readonly CType[]): string {
  return (returns.kind === 'record' ? 'R' : '') + parameters.map(signatureLetter).join('')
}
