// Writing through stdio(3): buffers as glibc keeps them, and the functions that print.
import { type Program, type System, SystemCallError } from '../../kernel/system.ts'
import { errnoNumber } from '../../kernel/errno.ts'
import { encodeText } from '../../programs/bytes.ts'
import type { Value } from '../bytecode.ts'
import type { Machine } from '../machine.ts'
import { Fault } from '../memory.ts'
import { add, attempt, count, fail, int, newText, text, VariableArguments } from './access.ts'
import { strerrorText, strsignalText } from './error-texts.ts'
import type { AsyncTable } from './native.ts'
import { format } from './printf.ts'
import type { Stream } from './stream.ts'

const eof = -1
const ebadf = 9
const einval = 22
const newline = 10

/** The stream at an address; a program that passes anything else dies as in glibc. */
export function streamAt(machine: Machine, address: Value): Stream {
  const stream = machine.library.streams.get(Number(address))
  if (stream === undefined) throw new Fault(11, 1, address)
  return stream
}

/** Writes bytes out; false with errno when that fails. */
function* writeOut(machine: Machine, system: System, stream: Stream, bytes: Uint8Array): Program<boolean> {
  let rest = bytes
  try {
    while (rest.length > 0) rest = rest.subarray(yield* system.write(stream.fd, rest))
    return true
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    machine.library.errno = errnoNumber(error.errno)
    stream.failed = true
    return false
  }
}

export function* flush(machine: Machine, system: System, stream: Stream): Program<boolean> {
  if (stream.output.length === 0) return true
  const bytes = Uint8Array.from(stream.output)
  stream.output = []
  return yield* writeOut(machine, system, stream, bytes)
}

/** Writes whole lines; the start of the next one stays. */
function* flushLines(machine: Machine, system: System, stream: Stream): Program<boolean> {
  const rest = stream.output.splice(stream.output.lastIndexOf(newline) + 1)
  const written = yield* flush(machine, system, stream)
  stream.output.push(...rest)
  return written
}

/** fflush(NULL), as exit(3) does it. */
export function* flushAll(machine: Machine, system: System): Program<void> {
  for (const stream of machine.library.streams.values()) if (!stream.closed) yield* flush(machine, system, stream)
}

function* decideBuffering(system: System, stream: Stream): Program<void> {
  if (stream.buffering !== undefined) return
  stream.buffering = 'full'
  try {
    if (yield* system.isatty(stream.fd)) stream.buffering = 'line'
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
  }
}

/** Puts bytes into a stream: into its buffer, and from there to the file when it is full or the line ends. */
export function* put(machine: Machine, system: System, stream: Stream, bytes: Uint8Array): Program<boolean> {
  if (!stream.writable) {
    stream.failed = true
    machine.library.errno = ebadf
    return false
  }
  stream.oriented = true
  yield* decideBuffering(system, stream)
  if (stream.buffering === 'none') return yield* writeOut(machine, system, stream, bytes)
  const room = stream.size - stream.output.length
  if (bytes.length <= room) for (const byte of bytes) stream.output.push(byte)
  else {
    for (const byte of bytes.subarray(0, room)) stream.output.push(byte)
    if (!(yield* flush(machine, system, stream))) return false
    const rest = bytes.subarray(room)
    // Whole blocks go past the buffer.
    const whole = rest.length - (rest.length % stream.size)
    if (whole > 0 && !(yield* writeOut(machine, system, stream, rest.subarray(0, whole)))) return false
    for (const byte of rest.subarray(whole)) stream.output.push(byte)
  }
  if (stream.buffering === 'line' && bytes.includes(newline)) return yield* flushLines(machine, system, stream)
  return true
}

function standard(machine: Machine, name: 'stdout' | 'stderr'): Stream {
  return streamAt(machine, machine.memory.loadu64(machine.library.address(name)))
}

function* print(machine: Machine, system: System, stream: Stream, bytes: Uint8Array): Program<number> {
  return (yield* put(machine, system, stream, bytes)) ? bytes.length : -1
}

/** Messages of perror and its like go straight to standard error. */
export function* complain(machine: Machine, system: System, message: string): Program<void> {
  yield* put(machine, system, standard(machine, 'stderr'), encodeText(message))
}

/** Writes at most `size` bytes with their NUL into memory; gives how long the whole is. */
function putInto(machine: Machine, to: Value, size: Value, bytes: Uint8Array): number {
  const room = count(size)
  if (room > 0) {
    const fitting = bytes.subarray(0, room - 1)
    machine.memory.write(to, fitting)
    machine.memory.store8(add(to, fitting.length), 0)
  }
  return bytes.length
}

function* character(machine: Machine, system: System, code: Value, stream: Stream): Program<Value> {
  return (yield* put(machine, system, stream, Uint8Array.of(int(code) & 0xff))) ? int(code) & 0xff : eof
}

function arguments_(machine: Machine, address: Value): VariableArguments {
  return new VariableArguments(machine.memory, address)
}

function ofList(machine: Machine, list: Value): VariableArguments {
  return VariableArguments.ofList(machine.memory, list)
}

export const outputFunctions: AsyncTable = {
  *printf(m, system, words = 0, values = 0) {
    return yield* print(m, system, standard(m, 'stdout'), format(m, words, arguments_(m, values)))
  },
  *vprintf(m, system, words = 0, list = 0) {
    return yield* print(m, system, standard(m, 'stdout'), format(m, words, ofList(m, list)))
  },
  *fprintf(m, system, stream = 0, words = 0, values = 0) {
    return yield* print(m, system, streamAt(m, stream), format(m, words, arguments_(m, values)))
  },
  *vfprintf(m, system, stream = 0, words = 0, list = 0) {
    return yield* print(m, system, streamAt(m, stream), format(m, words, ofList(m, list)))
  },
  *dprintf(m, system, fd = 0, words = 0, values = 0) {
    return yield* describe(m, system, fd, format(m, words, arguments_(m, values)))
  },
  *vdprintf(m, system, fd = 0, words = 0, list = 0) {
    return yield* describe(m, system, fd, format(m, words, ofList(m, list)))
  },
  *puts(m, system, string = 0) {
    const bytes = m.memory.string(string)
    const line = new Uint8Array(bytes.length + 1)
    line.set(bytes)
    line[bytes.length] = newline
    return yield* print(m, system, standard(m, 'stdout'), line)
  },
  *fputs(m, system, string = 0, stream = 0) {
    return (yield* put(m, system, streamAt(m, stream), m.memory.string(string))) ? 1 : eof
  },
  *putchar(m, system, code = 0) {
    return yield* character(m, system, code, standard(m, 'stdout'))
  },
  *putchar_unlocked(m, system, code = 0) {
    return yield* character(m, system, code, standard(m, 'stdout'))
  },
  *fputc(m, system, code = 0, stream = 0) {
    return yield* character(m, system, code, streamAt(m, stream))
  },
  *putc(m, system, code = 0, stream = 0) {
    return yield* character(m, system, code, streamAt(m, stream))
  },
  *putc_unlocked(m, system, code = 0, stream = 0) {
    return yield* character(m, system, code, streamAt(m, stream))
  },
  *fwrite(m, system, data = 0, size = 0, number = 0, stream = 0) {
    const bytes = m.memory.read(data, count(size) * count(number))
    return (yield* put(m, system, streamAt(m, stream), bytes)) ? number : 0
  },
  *fflush(m, system, stream = 0) {
    if (stream === 0) {
      yield* flushAll(m, system)
      return 0
    }
    return (yield* flush(m, system, streamAt(m, stream))) ? 0 : eof
  },
  *perror(m, system, prefix = 0) {
    const { errno } = m.library
    const words = prefix === 0 ? '' : text(m, prefix)
    const fresh = !standard(m, 'stderr').oriented
    yield* complain(m, system, `${words === '' ? '' : `${words}: `}${strerrorText(errno)}\n`)
    // glibc tries a stream of its own on an unused stderr, for reading too, which a file opened for writing refuses.
    if (fresh) {
      const flags = yield* attempt(m, system.fcntl_getfl(2), (found) => (found.includes('RDWR') ? 1 : 0))
      if (flags === 0) m.library.errno = einval
    }
    return 0
  },
  *psignal(m, system, signal = 0, prefix = 0) {
    const words = prefix === 0 ? '' : text(m, prefix)
    yield* complain(m, system, `${words === '' ? '' : `${words}: `}${strsignalText(int(signal))}\n`)
    return 0
  },
  *warn(m, system, words = 0, values = 0) {
    yield* warning(m, system, words, values, strerrorText(m.library.errno))
    return 0
  },
  *warnx(m, system, words = 0, values = 0) {
    yield* warning(m, system, words, values, undefined)
    return 0
  },
  *sprintf(m, _system, to = 0, words = 0, values = 0) {
    return putInto(m, to, 2 ** 40, format(m, words, arguments_(m, values)))
  },
  *vsprintf(m, _system, to = 0, words = 0, list = 0) {
    return putInto(m, to, 2 ** 40, format(m, words, ofList(m, list)))
  },
  *snprintf(m, _system, to = 0, size = 0, words = 0, values = 0) {
    return putInto(m, to, size, format(m, words, arguments_(m, values)))
  },
  *vsnprintf(m, _system, to = 0, size = 0, words = 0, list = 0) {
    return putInto(m, to, size, format(m, words, ofList(m, list)))
  },
  *asprintf(m, _system, place = 0, words = 0, values = 0) {
    const bytes = format(m, words, arguments_(m, values))
    m.memory.store64(place, newText(m, bytes))
    return bytes.length
  },
  *vasprintf(m, _system, place = 0, words = 0, list = 0) {
    const bytes = format(m, words, ofList(m, list))
    m.memory.store64(place, newText(m, bytes))
    return bytes.length
  },
}

function* describe(machine: Machine, system: System, fd: Value, bytes: Uint8Array): Program<Value> {
  try {
    let rest = bytes
    while (rest.length > 0) rest = rest.subarray(yield* system.write(int(fd), rest))
    return bytes.length
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    return fail(machine, errnoNumber(error.errno))
  }
}

/** err(3): `program: words: error`. */
export function* warning(
  machine: Machine,
  system: System,
  words: Value,
  values: Value,
  error: string | undefined,
): Program<void> {
  yield* complain(machine, system, `${machine.library.name}: `)
  if (words !== 0)
    yield* put(machine, system, standard(machine, 'stderr'), format(machine, words, arguments_(machine, values)))
  yield* complain(machine, system, `${words !== 0 && error !== undefined ? ': ' : ''}${error ?? ''}\n`)
}
