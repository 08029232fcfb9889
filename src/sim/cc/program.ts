// A linked program as the machine runs it, and its bytes in an executable file: an ELF header, then our own format.
import type { ObjectFile, Value } from './bytecode.ts'

export interface LinkedFunction {
  readonly name: string
  readonly file: string
  /** Index of its first word in the program's code. */
  readonly entry: number
  readonly constants: readonly Value[]
  readonly constantRegisters: number
  readonly constantBase: number
  readonly locals: number
  /** Kinds of the parameters, see `signatureOf`. */
  readonly parameters: string
  readonly variadic: boolean
  readonly registers: number
  readonly frame: number
  readonly lines: readonly number[]
}

export interface Segment {
  readonly start: number
  /** Bytes in memory; what `bytes` lacks of them is zero. */
  readonly size: number
  readonly bytes: Uint8Array
  readonly writable: boolean
}

export interface LinkedProgram {
  readonly functions: readonly LinkedFunction[]
  /** Names of the library's functions that it uses; their numbers follow those of `functions`. */
  readonly natives: readonly string[]
  readonly code: Int32Array
  readonly segments: readonly Segment[]
  /** Addresses of the library's objects: stdout, environ … */
  readonly libraryData: Readonly<Record<string, number>>
  /** First address after its data, where the heap may begin. */
  readonly end: number
  readonly main: number
}

/** Functions have addresses so far apart, from here on. */
export const textStart = 0x40_1126
export const textStep = 0x20

const marker = 'PAUSELAB'
const headerSize = 0x300
const interpreter = '/lib64/ld-linux-x86-64.so.2\0'

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** Numbers that JSON has no form for, and bytes, become strings with a mark. */
function replacer(this: Record<string, unknown>, _key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return `#n${value}`
  if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))) {
    return `#f${Object.is(value, -0) ? '-0' : value}`
  }
  if (value instanceof Int32Array) return { '#i': [...value] }
  if (value instanceof Uint8Array) return `#b${btoa(latin1(value))}`
  return value
}

function reviver(_key: string, value: unknown): unknown {
  if (typeof value === 'object' && value !== null && '#i' in value) return Int32Array.from(value['#i'] as number[])
  if (typeof value !== 'string' || value[0] !== '#') return value
  const rest = value.slice(2)
  if (value[1] === 'n') return BigInt(rest)
  if (value[1] === 'f') return Number(rest)
  if (value[1] === 'b') return Uint8Array.from(atob(rest), (letter) => letter.charCodeAt(0))
  return value
}

function latin1(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return text
}

/** Sizes of files as the real linker makes them, which small programs fill up to. */
const usualSizes = { dynamic: 15_968, static: 758_000, object: 1_500 }

/** The bytes of an executable file. */
export function encodeProgram(program: LinkedProgram, isStatic: boolean): Uint8Array {
  return file(JSON.stringify(program, replacer), isStatic ? 'static' : 'dynamic')
}

/** The bytes of an object file, as `gcc -c` writes it. */
export function encodeObject(object: ObjectFile): Uint8Array {
  return file(JSON.stringify(object, replacer), 'object')
}

/** The program in a file's bytes; undefined when it is none of ours. */
export function decodeProgram(bytes: Uint8Array): LinkedProgram | undefined {
  return elfType(bytes) === 1 ? undefined : (payload(bytes) as LinkedProgram | undefined)
}

/** The object in a file's bytes; undefined when it is none of ours. */
export function decodeObject(bytes: Uint8Array): ObjectFile | undefined {
  return elfType(bytes) === 1 ? (payload(bytes) as ObjectFile | undefined) : undefined
}

function elfType(bytes: Uint8Array): number {
  return bytes[16] ?? 0
}

function payload(bytes: Uint8Array): unknown {
  if (!isOwnExecutable(bytes)) return undefined
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(headerSize + marker.length, true)
  const start = headerSize + marker.length + 4
  if (start + length > bytes.length) return undefined
  try {
    return JSON.parse(decoder.decode(bytes.subarray(start, start + length)), reviver)
  } catch {
    return undefined
  }
}

/** Whether a file begins as ours do; cheap, since execve asks of every file. */
export function isOwnExecutable(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x7f || bytes[1] !== 0x45 || bytes.length < headerSize + marker.length + 4) return false
  return decoder.decode(bytes.subarray(headerSize, headerSize + marker.length)) === marker
}

function file(text: string, kind: 'dynamic' | 'static' | 'object'): Uint8Array {
  const json = encoder.encode(text)
  const used = headerSize + marker.length + 4 + json.length
  const bytes = new Uint8Array(Math.max(used, usualSizes[kind]))
  bytes.set(elfHeader(kind, bytes.length))
  bytes.set(encoder.encode(marker), headerSize)
  new DataView(bytes.buffer).setUint32(headerSize + marker.length, json.length, true)
  bytes.set(json, headerSize + marker.length + 4)
  return bytes
}

/** elf(5): the file header, and for programs the headers of the interpreter and of one segment. */
function elfHeader(kind: 'dynamic' | 'static' | 'object', size: number): Uint8Array {
  const bytes = new Uint8Array(headerSize)
  const view = new DataView(bytes.buffer)
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, kind === 'static' ? 3 : 0])
  view.setUint16(16, { object: 1, static: 2, dynamic: 3 }[kind], true)
  view.setUint16(18, 62, true)
  view.setUint32(20, 1, true)
  view.setUint16(52, 64, true)
  if (kind === 'object') return bytes
  view.setUint32(24, textStart, true)
  view.setUint32(32, 64, true)
  view.setUint16(54, 56, true)
  view.setUint16(56, kind === 'dynamic' ? 2 : 1, true)
  const put = (at: number, type: number, flags: number, offset: number, length: number) => {
    view.setUint32(at, type, true)
    view.setUint32(at + 4, flags, true)
    view.setUint32(at + 8, offset, true)
    view.setUint32(at + 32, length, true)
    view.setUint32(at + 40, length, true)
    view.setUint32(at + 48, type === 1 ? 0x1000 : 1, true)
  }
  if (kind === 'dynamic') {
    put(64, 3, 4, 0x200, interpreter.length)
    bytes.set(encoder.encode(interpreter), 0x200)
    put(120, 1, 5, 0, size)
  } else put(64, 1, 5, 0, size)
  return bytes
}
