// Reading through stdio(3), and opening, closing and moving in streams.
import { type OpenFlag, type Program, type System, SystemCallError } from '../../kernel/system.ts'
import { errnoNumber } from '../../kernel/errno.ts'
import { decodeText, encodeText } from '../../programs/bytes.ts'
import type { Value } from '../bytecode.ts'
import type { Machine } from '../machine.ts'
import { add, attempt, count, fail, int, text, VariableArguments } from './access.ts'
import type { AsyncTable } from './native.ts'
import { type CharacterSource, scan } from './scanf.ts'
import { flush, streamAt } from './stdio-output.ts'
import { bufferSize, Stream } from './stream.ts'

const eof = -1
const newline = 10
const ebadf = 9
const einval = 22
const whences = ['SEEK_SET', 'SEEK_CUR', 'SEEK_END'] as const

/** The next byte, or -1 at the end and after an error. */
export function* getByte(machine: Machine, system: System, stream: Stream): Program<number> {
  const back = stream.pushedBack.pop()
  if (back !== undefined) return back
  if (stream.position >= stream.input.length && !(yield* fill(machine, system, stream))) return eof
  return stream.input[stream.position++] ?? eof
}

function* fill(machine: Machine, system: System, stream: Stream): Program<boolean> {
  if (!stream.readable) {
    stream.failed = true
    machine.library.errno = ebadf
    return false
  }
  // What waits in line-buffered streams is shown before the program waits for input.
  for (const each of machine.library.streams.values()) {
    if (each.buffering === 'line') yield* flush(machine, system, each)
  }
  if (stream.output.length > 0) yield* flush(machine, system, stream)
  try {
    stream.input = yield* system.read(stream.fd, stream.buffering === 'none' ? 1 : bufferSize)
    stream.position = 0
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    machine.library.errno = errnoNumber(error.errno)
    stream.failed = true
    return false
  }
  if (stream.input.length === 0) stream.atEnd = true
  return stream.input.length > 0
}

/** Bytes up to and with the delimiter, at most `limit`. */
function* getLine(
  machine: Machine,
  system: System,
  stream: Stream,
  limit: number,
  delimiter: number,
): Program<Uint8Array> {
  const line: number[] = []
  while (line.length < limit) {
    const byte = yield* getByte(machine, system, stream)
    if (byte === eof) break
    line.push(byte)
    if (byte === delimiter) break
  }
  return Uint8Array.from(line)
}

function standardInput(machine: Machine): Stream {
  return streamAt(machine, machine.memory.loadu64(machine.library.address('stdin')))
}

function* getdelim(
  machine: Machine,
  system: System,
  place: Value,
  size: Value,
  delimiter: number,
  stream: Stream,
): Program<Value> {
  const { memory, library } = machine
  const line = yield* getLine(machine, system, stream, Number.POSITIVE_INFINITY, delimiter)
  if (line.length === 0) return eof
  const needed = line.length + 1
  let buffer = memory.loadu64(place)
  if (buffer === 0 || count(memory.loadu64(size)) < needed) {
    const room = Math.max(120, needed)
    const fresh = library.heap.allocate(room)
    library.heap.free(buffer)
    buffer = fresh
    memory.store64(place, buffer)
    memory.store64(size, room)
  }
  memory.write(buffer, line)
  memory.store8(add(buffer, line.length), 0)
  return line.length
}

/** The flags of open(2) for a mode of fopen(3); undefined for a wrong one. */
function flagsOf(mode: string): { flags: OpenFlag[]; readable: boolean; writable: boolean } | undefined {
  const [kind] = mode
  const update = mode.includes('+')
  const more: OpenFlag[] = [
    ...(mode.includes('e') ? ['CLOEXEC' as const] : []),
    ...(mode.includes('x') ? ['EXCL' as const] : []),
  ]
  const access: OpenFlag = update ? 'RDWR' : kind === 'r' ? 'RDONLY' : 'WRONLY'
  const rights = { readable: update || kind === 'r', writable: update || kind !== 'r' }
  if (kind === 'r') return { flags: [access, ...more], ...rights }
  if (kind === 'w') return { flags: [access, 'CREAT', 'TRUNC', ...more], ...rights }
  if (kind === 'a') return { flags: [access, 'CREAT', 'APPEND', ...more], ...rights }
  return undefined
}

export function newStream(machine: Machine, fd: number, rights: { readable: boolean; writable: boolean }): Stream {
  const address = machine.library.heap.allocate(472)
  const stream = new Stream(address, fd, rights)
  machine.library.streams.set(address, stream)
  return stream
}

function* open(machine: Machine, system: System, path: Value, mode: Value): Program<{ fd: number } | undefined> {
  const how = flagsOf(text(machine, mode))
  if (how === undefined) {
    fail(machine, einval)
    return undefined
  }
  const fd = yield* attempt(machine, system.open(text(machine, path), how.flags, 0o666))
  return Number(fd) < 0 ? undefined : { fd: Number(fd) }
}

export function* closeStream(machine: Machine, system: System, stream: Stream): Program<Value> {
  const flushed = yield* flush(machine, system, stream)
  stream.closed = true
  machine.library.streams.delete(stream.address)
  const closed = yield* attempt(machine, system.close(stream.fd), () => 0)
  if (stream.address >= machine.library.address(' streams') + 3 * 256) machine.library.heap.free(stream.address)
  return flushed && closed === 0 ? 0 : eof
}

function* seek(machine: Machine, system: System, stream: Stream, offset: Value, whence: Value): Program<Value> {
  if (!(yield* flush(machine, system, stream))) return eof
  const how = whences[int(whence)]
  if (how === undefined) return fail(machine, einval)
  const unread = stream.input.length - stream.position + stream.pushedBack.length
  const distance = Number(offset) - (how === 'SEEK_CUR' ? unread : 0)
  const result = yield* attempt(machine, system.lseek(stream.fd, distance, how))
  if (result === -1) return eof
  stream.input = new Uint8Array()
  stream.position = 0
  stream.pushedBack = []
  stream.atEnd = false
  return 0
}

function* tell(machine: Machine, system: System, stream: Stream): Program<Value> {
  const at = yield* attempt(machine, system.lseek(stream.fd, 0, 'SEEK_CUR'))
  if (at === -1) return -1
  return Number(at) - (stream.input.length - stream.position) - stream.pushedBack.length + stream.output.length
}

function ofStream(machine: Machine, system: System, stream: Stream): CharacterSource {
  return {
    *next() {
      return yield* getByte(machine, system, stream)
    },
    back(byte) {
      stream.pushedBack.push(byte)
    },
  }
}

function ofString(machine: Machine, address: Value): CharacterSource {
  const bytes = machine.memory.string(address)
  let at = 0
  return {
    // biome-ignore lint/correctness/useYield: a string is there at once.
    *next() {
      return bytes[at++] ?? eof
    },
    back() {
      at--
    },
  }
}

function buffering(mode: number): Stream['buffering'] {
  return mode === 2 ? 'none' : mode === 1 ? 'line' : 'full'
}

export const inputFunctions: AsyncTable = {
  *fgetc(m, system, stream = 0) {
    return yield* getByte(m, system, streamAt(m, stream))
  },
  *getc(m, system, stream = 0) {
    return yield* getByte(m, system, streamAt(m, stream))
  },
  *getc_unlocked(m, system, stream = 0) {
    return yield* getByte(m, system, streamAt(m, stream))
  },
  *getchar(m, system) {
    return yield* getByte(m, system, standardInput(m))
  },
  *getchar_unlocked(m, system) {
    return yield* getByte(m, system, standardInput(m))
  },
  *ungetc(m, _system, code = 0, stream = 0) {
    if (int(code) === eof) return eof
    const each = streamAt(m, stream)
    each.pushedBack.push(int(code) & 0xff)
    each.atEnd = false
    return int(code) & 0xff
  },
  *fgets(m, system, to = 0, size = 0, stream = 0) {
    const each = streamAt(m, stream)
    const line = yield* getLine(m, system, each, Math.max(0, int(size) - 1), newline)
    if (line.length === 0) return 0
    m.memory.write(to, line)
    m.memory.store8(add(to, line.length), 0)
    return to
  },
  *getline(m, system, place = 0, size = 0, stream = 0) {
    return yield* getdelim(m, system, place, size, newline, streamAt(m, stream))
  },
  *getdelim(m, system, place = 0, size = 0, delimiter = 0, stream = 0) {
    return yield* getdelim(m, system, place, size, int(delimiter), streamAt(m, stream))
  },
  *fread(m, system, to = 0, size = 0, number = 0, stream = 0) {
    const wanted = count(size) * count(number)
    const each = streamAt(m, stream)
    let done = 0
    while (done < wanted) {
      const byte = yield* getByte(m, system, each)
      if (byte === eof) break
      m.memory.store8(add(to, done++), byte)
    }
    return wanted === 0 ? 0 : Math.floor(done / count(size))
  },
  *scanf(m, system, words = 0, values = 0) {
    return yield* scan(m, words, new VariableArguments(m.memory, values), ofStream(m, system, standardInput(m)))
  },
  *vscanf(m, system, words = 0, list = 0) {
    return yield* scan(m, words, VariableArguments.ofList(m.memory, list), ofStream(m, system, standardInput(m)))
  },
  *fscanf(m, system, stream = 0, words = 0, values = 0) {
    return yield* scan(m, words, new VariableArguments(m.memory, values), ofStream(m, system, streamAt(m, stream)))
  },
  *vfscanf(m, system, stream = 0, words = 0, list = 0) {
    return yield* scan(m, words, VariableArguments.ofList(m.memory, list), ofStream(m, system, streamAt(m, stream)))
  },
  *sscanf(m, _system, string = 0, words = 0, values = 0) {
    return yield* scan(m, words, new VariableArguments(m.memory, values), ofString(m, string))
  },
  *vsscanf(m, _system, string = 0, words = 0, list = 0) {
    return yield* scan(m, words, VariableArguments.ofList(m.memory, list), ofString(m, string))
  },
  *fopen(m, system, path = 0, mode = 0) {
    const opened = yield* open(m, system, path, mode)
    const how = flagsOf(text(m, mode))
    if (opened === undefined || how === undefined) return 0
    return newStream(m, opened.fd, how).address
  },
  *fdopen(m, system, fd = 0, mode = 0) {
    const how = flagsOf(text(m, mode))
    if (how === undefined) return fail(m, einval, 0)
    if ((yield* attempt(m, system.fcntl_getfl(int(fd)), () => 0)) === -1) return 0
    return newStream(m, int(fd), how).address
  },
  *freopen(m, system, path = 0, mode = 0, stream = 0) {
    const each = streamAt(m, stream)
    yield* flush(m, system, each)
    const opened = yield* open(m, system, path, mode)
    const how = flagsOf(text(m, mode))
    if (opened === undefined || how === undefined) return 0
    yield* attempt(m, system.dup2(opened.fd, each.fd))
    yield* attempt(m, system.close(opened.fd), () => 0)
    Object.assign(each, { readable: how.readable, writable: how.writable, input: new Uint8Array(), position: 0 })
    Object.assign(each, { atEnd: false, failed: false, buffering: each.buffering === 'none' ? 'none' : undefined })
    return stream
  },
  *fclose(m, system, stream = 0) {
    return yield* closeStream(m, system, streamAt(m, stream))
  },
  *setvbuf(m, _system, stream = 0, _buffer = 0, mode = 0, size = 0) {
    const each = streamAt(m, stream)
    each.buffering = buffering(int(mode))
    if (count(size) > 0 && _buffer !== 0) each.size = count(size)
    return 0
  },
  *setbuf(m, _system, stream = 0, buffer = 0) {
    streamAt(m, stream).buffering = buffer === 0 ? 'none' : 'full'
    return 0
  },
  *setbuffer(m, _system, stream = 0, buffer = 0, size = 0) {
    const each = streamAt(m, stream)
    each.buffering = buffer === 0 ? 'none' : 'full'
    if (buffer !== 0) each.size = count(size)
    return 0
  },
  *setlinebuf(m, _system, stream = 0) {
    streamAt(m, stream).buffering = 'line'
    return 0
  },
  *fseek(m, system, stream = 0, offset = 0, whence = 0) {
    return yield* seek(m, system, streamAt(m, stream), offset, whence)
  },
  *fseeko(m, system, stream = 0, offset = 0, whence = 0) {
    return yield* seek(m, system, streamAt(m, stream), offset, whence)
  },
  *rewind(m, system, stream = 0) {
    streamAt(m, stream).failed = false
    return yield* seek(m, system, streamAt(m, stream), 0, 0)
  },
  *ftell(m, system, stream = 0) {
    return yield* tell(m, system, streamAt(m, stream))
  },
  *ftello(m, system, stream = 0) {
    return yield* tell(m, system, streamAt(m, stream))
  },
  *fgetpos(m, system, stream = 0, place = 0) {
    m.memory.store64(place, yield* tell(m, system, streamAt(m, stream)))
    return 0
  },
  *fsetpos(m, system, stream = 0, place = 0) {
    return yield* seek(m, system, streamAt(m, stream), m.memory.load64(place), 0)
  },
  *clearerr(m, _system, stream = 0) {
    const each = streamAt(m, stream)
    each.atEnd = false
    each.failed = false
    return 0
  },
  *feof(m, _system, stream = 0) {
    return streamAt(m, stream).atEnd ? 1 : 0
  },
  *ferror(m, _system, stream = 0) {
    return streamAt(m, stream).failed ? 1 : 0
  },
  *fileno(m, _system, stream = 0) {
    return streamAt(m, stream).fd
  },
  *tmpfile(m, system) {
    const path = `/tmp/tmpf${Math.abs(m.library.random.next()).toString(36)}`
    const fd = yield* attempt(m, system.open(path, ['RDWR', 'CREAT', 'EXCL'], 0o600))
    if (fd === -1) return 0
    yield* attempt(m, system.unlink(path), () => 0)
    return newStream(m, Number(fd), { readable: true, writable: true }).address
  },
  *mkstemp(m, system, template = 0) {
    const path = decodeText(m.memory.string(template))
    if (!path.endsWith('XXXXXX')) return fail(m, einval)
    const now = yield* system.clock_gettime('CLOCK_REALTIME')
    const pid = yield* system.getpid()
    const letters = ((now + pid * 7919) % 36 ** 6).toString(36).padStart(6, 'a')
    const name = path.slice(0, -6) + letters
    m.memory.write(template, encodeText(name))
    return yield* attempt(m, system.open(name, ['RDWR', 'CREAT', 'EXCL'], 0o600))
  },
  *mkdtemp(m, system, template = 0) {
    const path = decodeText(m.memory.string(template))
    if (!path.endsWith('XXXXXX')) return fail(m, einval, 0)
    const now = yield* system.clock_gettime('CLOCK_REALTIME')
    const name = path.slice(0, -6) + (now % 36 ** 6).toString(36).padStart(6, 'a')
    m.memory.write(template, encodeText(name))
    return (yield* attempt(m, system.mkdir(name, 0o700), () => 0)) === -1 ? 0 : template
  },
}
