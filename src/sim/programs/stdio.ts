// What programs use of stdio(3): whole writes, reading files and lines, perror. All are coroutines over system calls.
import type { Program, System } from '../kernel/system.ts'
import { SystemCallError } from '../kernel/system.ts'
import { concatenate, decodeText, encodeText } from './bytes.ts'

/** Size of one read, as BUFSIZ of the coreutils. */
export const readSize = 131_072

/** Writes all of it, however often write(2) takes only a part. Throws SystemCallError as write(2). */
export function* writeAll(system: System, fd: number, data: Uint8Array | string): Program<void> {
  let rest = typeof data === 'string' ? encodeText(data) : data
  while (rest.length > 0) {
    const written = yield* system.write(fd, rest)
    rest = rest.subarray(written)
  }
}

/** Writes to standard output. */
export function writeOut(system: System, data: Uint8Array | string): Program<void> {
  return writeAll(system, 1, data)
}

/** Writes to standard error; what cannot be written there is lost, as fprintf(stderr) loses it. */
export function* writeError(system: System, data: Uint8Array | string): Program<void> {
  try {
    yield* writeAll(system, 2, data)
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
  }
}

/** More bytes came than a program is ready to hold. */
export class TooMuchInput extends Error {}

/**
 * All bytes until end of file.
 * @param limit bytes; without end by default
 * @throws TooMuchInput
 */
export function* readAll(system: System, fd: number, limit = Number.POSITIVE_INFINITY): Program<Uint8Array> {
  const chunks: Uint8Array[] = []
  for (let length = 0; ; ) {
    const chunk = yield* system.read(fd, readSize)
    if (chunk.length === 0) return concatenate(chunks)
    chunks.push(chunk)
    length += chunk.length
    if (length > limit) throw new TooMuchInput()
  }
}

/** A file's bytes. Throws SystemCallError as open(2) and read(2). */
export function* readFile(system: System, path: string): Program<Uint8Array> {
  const fd = yield* system.open(path)
  try {
    return yield* readAll(system, fd)
  } finally {
    yield* system.close(fd)
  }
}

/** A file's text, see `bytes.ts` for what is not UTF-8. */
export function* readText(system: System, path: string): Program<string> {
  return decodeText(yield* readFile(system, path))
}

/** The lines of a text without their line feeds; a last line without one counts. */
export function lines(text: string): string[] {
  if (text === '') return []
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n')
}

/** Prints `name: what: Text of the error` to standard error, perror(3). Throws what is not a system call's error. */
export function* perror(system: System, name: string, what: string, error: unknown): Program<void> {
  yield* writeError(system, `${name}: ${what}: ${errorText(error)}\n`)
}

/** strerror(3) of what a system call threw; throws on what is no such error, since that is a defect of ours. */
export function errorText(error: unknown): string {
  if (error instanceof SystemCallError) return error.message
  throw error
}

/** Reads a descriptor line by line, as input arrives. */
export class LineReader {
  readonly #system: System
  readonly #fd: number
  readonly #delimiter: number
  #rest: Uint8Array[] = []
  #block = new Uint8Array(0)
  #ended = false
  /** Whether the line given last had its delimiter: only the last line of a file may lack it. */
  terminated = true

  constructor(system: System, fd: number, delimiter = 10) {
    this.#system = system
    this.#fd = fd
    this.#delimiter = delimiter
  }

  /** The next line without its delimiter, or undefined at end of file. */
  *next(): Program<Uint8Array | undefined> {
    for (;;) {
      const end = this.#block.indexOf(this.#delimiter)
      if (end >= 0) {
        const line = concatenate([...this.#rest, this.#block.subarray(0, end)])
        this.#block = this.#block.subarray(end + 1)
        this.#rest = []
        this.terminated = true
        return line
      }
      if (this.#block.length > 0) this.#rest.push(this.#block)
      this.#block = new Uint8Array(0)
      if (this.#ended) return this.#last()
      const chunk = yield* this.#system.read(this.#fd, readSize)
      if (chunk.length === 0) this.#ended = true
      else this.#block = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length) as Uint8Array<ArrayBuffer>
    }
  }

  /** All lines that are there without waiting, at least one, as text; undefined at end of file. */
  *nextTexts(): Program<readonly string[] | undefined> {
    for (;;) {
      const end = this.#block.lastIndexOf(this.#delimiter)
      if (end >= 0) {
        const whole = concatenate([...this.#rest, this.#block.subarray(0, end)])
        this.#block = this.#block.subarray(end + 1)
        this.#rest = []
        this.terminated = true
        return decodeText(whole).split(String.fromCharCode(this.#delimiter))
      }
      const line = yield* this.next()
      if (line === undefined) return undefined
      return [decodeText(line)]
    }
  }

  /** The next line as text. */
  *nextText(): Program<string | undefined> {
    const line = yield* this.next()
    return line === undefined ? undefined : decodeText(line)
  }

  /** Whether a whole line is there without another read(2). */
  get buffered(): boolean {
    return this.#block.includes(this.#delimiter)
  }

  #last(): Uint8Array | undefined {
    if (this.#rest.length === 0) return undefined
    const line = concatenate(this.#rest)
    this.#rest = []
    this.terminated = false
    return line
  }
}

/** Standard output collected in blocks, as stdio does when it is no terminal. `flush` at the end is the program's task. */
export class BufferedOutput {
  readonly #system: System
  readonly #fd: number
  #parts: string[] = []
  #length = 0

  constructor(system: System, fd = 1) {
    this.#system = system
    this.#fd = fd
  }

  *write(text: string): Program<void> {
    this.#parts.push(text)
    this.#length += text.length
    if (this.#length >= 4096) yield* this.flush()
  }

  /** Adds text without writing: who adds looks at `isFull` now and then. */
  add(text: string): void {
    this.#parts.push(text)
    this.#length += text.length
  }

  get isFull(): boolean {
    return this.#length >= 4096
  }

  *flush(): Program<void> {
    if (this.#parts.length === 0) return
    const text = this.#parts.join('')
    this.#parts = []
    this.#length = 0
    yield* writeAll(this.#system, this.#fd, text)
  }
}
