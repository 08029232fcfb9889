// The linker: object files and the library become one program with addresses for everything.
import {
  type Constant,
  instructionWords,
  type ObjectData,
  type ObjectFile,
  type ObjectFunction,
  operandKinds,
  operations,
  type Value,
} from './bytecode.ts'
import * as integers from './integers.ts'
import { libraryObjects } from './library/objects.ts'
import { isLibraryFunction } from './library/table.ts'
import { encodeProgram, type LinkedFunction, type LinkedProgram, type Segment, textStart, textStep } from './program.ts'

/** A name that nothing defines, and the function that needs it (`_start` for main); or one that two objects define. */
export interface LinkProblem {
  readonly kind: 'undefined' | 'multiple'
  readonly symbol: string
  /** The function whose code refers to it, absent when data does. */
  readonly function: string | undefined
  readonly file: string
  /** The object that defines it first. */
  readonly firstFile?: string
}

export type LinkResult = { readonly executable: Uint8Array } | { readonly undefined: readonly LinkProblem[] }

/** Links objects with the library, ld(1): the bytes of the executable, or what keeps it from being made. */
export function link(objects: readonly ObjectFile[], options: { readonly static: boolean }): LinkResult {
  const linked = new Linker(objects).link()
  return Array.isArray(linked) ? { undefined: linked } : { executable: encodeProgram(linked, options.static) }
}

/** Links to a program without its bytes. @throws RangeError when a name is not defined */
export function linkProgram(objects: readonly ObjectFile[]): LinkedProgram {
  const linked = new Linker(objects).link()
  if (!Array.isArray(linked)) return linked
  throw new RangeError(`undefined reference to ${linked.map(({ symbol }) => symbol).join(', ')}`)
}

class Linker {
  readonly #objects: readonly ObjectFile[]
  readonly #functions: { readonly object: ObjectFile; readonly function: ObjectFunction }[] = []
  readonly #globalFunctions = new Map<string, number>()
  readonly #firstOf = new Map<ObjectFile, number>()
  readonly #globalData = new Map<string, { readonly data: ObjectData; readonly file: string }>()
  readonly #addresses = new Map<ObjectData, number>()
  readonly #natives: string[] = []
  readonly #libraryData: Record<string, number> = {}
  readonly #problems: LinkProblem[] = []

  constructor(objects: readonly ObjectFile[]) {
    this.#objects = objects
  }

  link(): LinkedProgram | LinkProblem[] {
    for (const object of this.#objects) this.#define(object)
    const main = this.#globalFunctions.get('main')
    const segments = this.#layOut()
    const code: number[] = []
    const functions = this.#functions.map((each) => this.#place(each, code))
    for (const [data, address] of this.#addresses) this.#relocate(data, address, segments)
    if (main === undefined) {
      this.#problems.push({ kind: 'undefined', symbol: 'main', function: '_start', file: 'Scrt1.o' })
    }
    if (this.#problems.length > 0 || main === undefined) return this.#problems
    const end = segments.reduce((most, { start, size }) => Math.max(most, start + size), 0)
    return {
      functions,
      natives: this.#natives,
      code: Int32Array.from(code),
      segments,
      libraryData: this.#libraryData,
      end,
      main,
    }
  }

  #define(object: ObjectFile): void {
    this.#firstOf.set(object, this.#functions.length)
    for (const each of object.functions) this.#functions.push({ object, function: each })
    for (const { name, defined, isStatic } of object.symbols) {
      if (defined === undefined || isStatic) continue
      const known = this.#globalFunctions.get(name)
      if (known !== undefined) this.#multiple(name, object.file, this.#functions[known]?.object.file ?? '')
      else this.#globalFunctions.set(name, (this.#firstOf.get(object) ?? 0) + defined)
    }
    for (const data of object.data) {
      if (data.scope !== 'global') continue
      const known = this.#globalData.get(data.name)
      if (known === undefined) this.#globalData.set(data.name, { data, file: object.file })
      else this.#multiple(data.name, object.file, known.file)
    }
  }

  #multiple(symbol: string, file: string, firstFile: string): void {
    this.#problems.push({ kind: 'multiple', symbol, function: undefined, file, firstFile })
  }

  /** Read-only data after the code, then data and the library's objects. */
  #layOut(): Segment[] {
    const readOnlyStart = Math.ceil((textStart + textStep * (this.#functions.length + 4096)) / 0x1000) * 0x1000
    const readOnly = this.#fill(readOnlyStart, (data) => data.readOnly)
    const dataStart = Math.ceil((readOnlyStart + readOnly.size + 1) / 0x1000) * 0x1000
    const writable = this.#fill(dataStart + 0x20, (data) => !data.readOnly)
    let end = dataStart + 0x20 + writable.size
    for (const [name, size] of Object.entries(libraryObjects)) {
      end = Math.ceil(end / 16) * 16
      this.#libraryData[name] = end
      end += size
    }
    return [
      { start: readOnlyStart, size: readOnly.size, bytes: readOnly.bytes, writable: false },
      { start: dataStart + 0x20, size: end - dataStart - 0x20, bytes: writable.bytes, writable: true },
    ]
  }

  #fill(start: number, wanted: (data: ObjectData) => boolean): { bytes: Uint8Array; size: number } {
    const chosen = this.#objects.flatMap(({ data }) => data).filter((data) => data.scope !== 'external' && wanted(data))
    let end = start
    let initializedEnd = start
    // What has bytes comes first, as .data does before .bss.
    for (const data of [...chosen.filter(({ bytes }) => bytes), ...chosen.filter(({ bytes }) => !bytes)]) {
      end = Math.ceil(end / data.alignment) * data.alignment
      this.#addresses.set(data, end)
      end += Math.max(1, data.size)
      if (data.bytes) initializedEnd = end
    }
    const bytes = new Uint8Array(initializedEnd - start)
    for (const data of chosen) if (data.bytes) bytes.set(data.bytes, (this.#addresses.get(data) ?? 0) - start)
    return { bytes, size: end - start }
  }

  #relocate(data: ObjectData, address: number, segments: readonly Segment[]): void {
    const object = this.#objects.find((each) => each.data.includes(data))
    if (object === undefined) return
    for (const { offset, target } of data.relocations) {
      const value = this.#resolve(object, target, undefined)
      const segment = segments.find(({ start, bytes }) => address >= start && address < start + bytes.length)
      if (segment === undefined) continue
      const view = new DataView(segment.bytes.buffer)
      view.setBigUint64(address - segment.start + offset, BigInt.asUintN(64, BigInt(value)), true)
    }
  }

  /** Copies a function's code with the numbers of what it calls; jumps are from the program's first word then. */
  #place({ object, function: each }: { object: ObjectFile; function: ObjectFunction }, code: number[]): LinkedFunction {
    const entry = code.length
    const call = operations.call[0]
    for (let at = 0; at < each.code.length; at += instructionWords) {
      const number = each.code[at] ?? 0
      const words = each.code.slice(at, at + instructionWords)
      const kinds = operandKinds[number] ?? ''
      for (let operand = 0; operand < 3; operand++) {
        if (kinds[operand] === 'j') words[operand + 1] = (words[operand + 1] ?? 0) + entry
      }
      if (number === call) {
        const callee = this.#functionNumber(object, words[2] ?? 0, each.name)
        const native = callee - this.#functions.length
        words[2] = callee
        if (native >= 0) {
          words[0] = operations.callnative[0]
          words[2] = native
        }
      }
      code.push(...words)
    }
    const constants = each.constants.map((constant) =>
      'text' in constant ? this.#signature(constant.text) : this.#resolve(object, constant, each.name),
    )
    const { name, file, constantRegisters, constantBase, locals, parameters, variadic, registers, frame, lines } = each
    return {
      name,
      file,
      entry,
      constants,
      constantRegisters,
      constantBase,
      locals,
      parameters: parameters + (variadic ? 'v' : ''),
      variadic,
      registers,
      frame,
      lines: lines.map((value, index) => (index % 2 === 0 ? value + entry : value)),
    }
  }

  /** A signature as a number: two bits a letter after a leading 1; long ones are all alike. */
  #signature(text: string): number {
    return signatureNumber(text)
  }

  #resolve(object: ObjectFile, constant: Constant, from: string | undefined): Value {
    if ('value' in constant) return constant.value
    if ('function' in constant) {
      return textStart + textStep * this.#functionNumber(object, constant.function, from)
    }
    if ('text' in constant) return 0
    const data = object.data[constant.data]
    if (data === undefined) return 0
    const own = data.scope === 'external' ? this.#globalData.get(data.name)?.data : data
    const address = own === undefined ? this.#libraryData[data.name] : this.#addresses.get(own)
    if (address === undefined) this.#undefined(data.name, from, object.file)
    return integers.add(address ?? 0, constant.offset, false)
  }

  /** The number of a function: of the object itself, of another one, or of the library after all of them. */
  #functionNumber(object: ObjectFile, symbol: number, from: string | undefined): number {
    const { name, defined } = object.symbols[symbol] ?? { name: '', defined: undefined }
    if (defined !== undefined) return (this.#firstOf.get(object) ?? 0) + defined
    const elsewhere = this.#globalFunctions.get(name)
    if (elsewhere !== undefined) return elsewhere
    if (!isLibraryFunction(name)) this.#undefined(name, from, object.file)
    let native = this.#natives.indexOf(name)
    if (native < 0) native = this.#natives.push(name) - 1
    return this.#functions.length + native
  }

  #undefined(symbol: string, from: string | undefined, file: string): void {
    const known = this.#problems.some((each) => each.symbol === symbol && each.function === from && each.file === file)
    if (!known) this.#problems.push({ kind: 'undefined', symbol, function: from, file })
  }
}

const letters = 'ildrRv'

/** A signature as a number, for the machine to compare. */
export function signatureNumber(text: string): number {
  let number = 1
  for (const letter of text.slice(0, 15)) number = number * 7 + letters.indexOf(letter) + 1
  return number
}

/** The signature that a number stands for. */
export function signatureText(number: number): string {
  let text = ''
  for (let rest = number; rest > 1; rest = Math.floor(rest / 7)) text = (letters[(rest % 7) - 1] ?? '') + text
  return text
}
