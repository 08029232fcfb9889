// What functions of the library share: strings of the program's memory, variable arguments, errno of failed calls.
import { type Program, SystemCallError } from '../../kernel/system.ts'
import { errnoNumber } from '../../kernel/errno.ts'
import { decodeText, encodeText } from '../../programs/bytes.ts'
import type { Value } from '../bytecode.ts'
import type { Machine } from '../machine.ts'
import type { Memory } from '../memory.ts'

/** The string at an address as text, without loss (see `bytes.ts` of the programs). */
export function text(machine: Machine, address: Value): string {
  return decodeText(machine.memory.string(address))
}

/** Writes a text with its NUL. */
export function putText(machine: Machine, address: Value, value: string): void {
  const bytes = encodeText(value)
  machine.memory.write(address, bytes)
  machine.memory.store8(add(address, bytes.length), 0)
}

/** Memory of malloc with a text in it. */
export function newText(machine: Machine, value: string | Uint8Array): Value {
  const bytes = typeof value === 'string' ? encodeText(value) : value
  const address = machine.library.heap.allocate(bytes.length + 1)
  if (address === 0) return 0
  machine.memory.write(address, bytes)
  machine.memory.store8(address + bytes.length, 0)
  return address
}

/** A text in static storage of the library; the same place for one key. */
export function staticText(machine: Machine, key: string, value: string): number {
  const bytes = encodeText(value)
  const address = machine.library.staticSpace(key, Math.max(64, bytes.length + 1))
  putText(machine, address, value)
  return address
}

export function add(address: Value, offset: number): Value {
  return typeof address === 'number' ? address + offset : address + BigInt(offset)
}

/** A size or count as a number; one that is too large for any memory becomes infinite. */
export function count(value: Value): number {
  return typeof value === 'number' ? value : Number.POSITIVE_INFINITY
}

/** An int argument. */
export function int(value: Value | undefined): number {
  return typeof value === 'number' ? value | 0 : Number(BigInt.asIntN(32, value ?? 0n))
}

/** Runs a system call for a C function: -1 and errno when it fails, else what `give` makes of its result. */
export function* attempt<T>(
  machine: Machine,
  call: Program<T>,
  give: (result: T) => Value = (result) => (typeof result === 'number' ? result : 0),
): Program<Value> {
  try {
    return give(yield* call)
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    machine.library.errno = errnoNumber(error.errno)
    return -1
  }
}

/** Fails with an error number: -1, or another value that the function gives then. */
export function fail(machine: Machine, errno: number, value: Value = -1): Value {
  machine.library.errno = errno
  return value
}

/** The variable arguments of a call, read one by one. */
export class VariableArguments {
  readonly #memory: Memory
  at: number

  constructor(memory: Memory, address: Value) {
    this.#memory = memory
    this.at = Number(address)
  }

  /** Of a va_list: goes on where it stands. */
  static ofList(memory: Memory, list: Value): VariableArguments {
    return new VariableArguments(memory, memory.loadu64(add(list, 8)))
  }

  /** 64 bits with a sign. */
  long(): Value {
    const value = this.#memory.load64(this.at)
    this.at += 8
    return value
  }

  unsignedLong(): Value {
    const value = this.#memory.loadu64(this.at)
    this.at += 8
    return value
  }

  int(): number {
    const value = this.#memory.load32(this.at)
    this.at += 8
    return value
  }

  double(): number {
    const value = this.#memory.loadf64(this.at)
    this.at += 8
    return value
  }

  longDouble(): number {
    const value = this.#memory.loadf64(this.at)
    this.at += 16
    return value
  }
}

/** The strings of an array that ends with a null pointer, as argv. */
export function textArray(machine: Machine, address: Value): string[] {
  const found: string[] = []
  if (address === 0) return found
  for (let at = address; ; at = add(at, 8)) {
    const each = machine.memory.loadu64(at)
    if (each === 0) return found
    found.push(text(machine, each))
  }
}
