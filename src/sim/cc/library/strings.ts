// string.h and strings.h: functions on strings and memory of the program.
import type { Value } from '../bytecode.ts'
import type { Machine } from '../machine.ts'
import { add, count, int, newText, staticText } from './access.ts'
import { errorName, strerrorText, strsignalText } from './error-texts.ts'
import { encodeText } from '../../programs/bytes.ts'
import type { SyncTable } from './native.ts'
import { signalByNumber } from '../../kernel/signal-numbers.ts'

/** Compares bytes up to `limit`, stopping at NUL when they are strings; each byte goes through `fold`. */
function compare(
  { memory }: Machine,
  a: Value,
  b: Value,
  limit: number,
  { strings = true, fold = (byte: number) => byte } = {},
): number {
  for (let index = 0; index < limit; index++) {
    const left = fold(memory.loadu8(add(a, index)))
    const right = fold(memory.loadu8(add(b, index)))
    if (left !== right) return left - right
    if (strings && left === 0) return 0
  }
  return 0
}

function lower(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 32 : byte
}

/** memmove with any count; a count that no memory has faults where the memory ends. */
function move({ memory }: Machine, to: Value, from: Value, size: Value): void {
  const length = count(size)
  if (length === 0) return
  if (length > 2 ** 30) memory.fill(to, memory.loadu8(from), length)
  memory.write(to, memory.read(from, length))
}

function find({ memory }: Machine, start: Value, byte: number, length: number): Value {
  for (let index = 0; index < length; index++) if (memory.loadu8(add(start, index)) === byte) return add(start, index)
  return 0
}

/** The position of one sequence in another, or -1. */
function search(haystack: Uint8Array, needle: Uint8Array): number {
  for (let at = 0; at + needle.length <= haystack.length; at++) {
    let index = 0
    while (index < needle.length && haystack[at + index] === needle[index]) index++
    if (index === needle.length) return at
  }
  return -1
}

/** Length of the start of a string whose bytes are (or are not) in a set. */
function span(machine: Machine, string: Value, set: Value, wanted: boolean): number {
  const bytes = machine.memory.string(string)
  const members = machine.memory.string(set)
  const end = bytes.findIndex((byte) => members.includes(byte) !== wanted)
  return end < 0 ? bytes.length : end
}

function copyString({ memory }: Machine, to: Value, from: Value): number {
  const length = memory.stringLength(from)
  memory.write(to, memory.read(from, length + 1))
  return length
}

/** strtok_r(3) over a place where the rest of the string is kept. */
function token(machine: Machine, string: Value, delimiters: Value, rest: Value): { token: Value; rest: Value } {
  let start = string === 0 ? rest : string
  if (start === 0) return { token: 0, rest: 0 }
  start = add(start, span(machine, start, delimiters, true))
  if (machine.memory.loadu8(start) === 0) return { token: 0, rest: start }
  const end = add(start, span(machine, start, delimiters, false))
  if (machine.memory.loadu8(end) === 0) return { token: start, rest: end }
  machine.memory.store8(end, 0)
  return { token: start, rest: add(end, 1) }
}

export const stringFunctions: SyncTable = {
  memcpy(m, to, from, size) {
    move(m, to, from, size)
    return to
  },
  mempcpy(m, to, from, size) {
    move(m, to, from, size)
    return add(to, count(size))
  },
  memmove(m, to, from, size) {
    move(m, to, from, size)
    return to
  },
  memccpy(m, to, from, byte, size) {
    const found = find(m, from, int(byte) & 0xff, count(size))
    const length = found === 0 ? count(size) : Number(found) - Number(from) + 1
    move(m, to, from, length)
    return found === 0 ? 0 : add(to, length)
  },
  memset(m, to, byte, size) {
    m.memory.fill(to, int(byte) & 0xff, count(size))
    return to
  },
  bzero: (m, to, size) => m.memory.fill(to, 0, count(size)),
  explicit_bzero: (m, to, size) => m.memory.fill(to, 0, count(size)),
  bcopy: (m, from, to, size) => move(m, to, from, size),
  memcmp: (m, a, b, size) => compare(m, a, b, count(size), { strings: false }),
  bcmp: (m, a, b, size) => compare(m, a, b, count(size), { strings: false }),
  memchr: (m, start, byte, size) => find(m, start, int(byte) & 0xff, count(size)),
  rawmemchr: (m, start, byte) => find(m, start, int(byte) & 0xff, Number.POSITIVE_INFINITY),
  memrchr(m, start, byte, size) {
    const at = m.memory.read(start, count(size)).lastIndexOf(int(byte) & 0xff)
    return at < 0 ? 0 : add(start, at)
  },
  memmem(m, haystack, length, needle, size) {
    const at = search(m.memory.read(haystack, count(length)), m.memory.read(needle, count(size)))
    return at < 0 ? 0 : add(haystack, at)
  },
  strlen: (m, string) => m.memory.stringLength(string),
  strnlen: (m, string, limit) => m.memory.stringLength(string, count(limit)),
  strcpy(m, to, from) {
    copyString(m, to, from)
    return to
  },
  stpcpy: (m, to, from) => add(to, copyString(m, to, from)),
  strncpy(m, to, from, size) {
    const bytes = m.memory.string(from, count(size))
    m.memory.write(to, bytes)
    m.memory.fill(add(to, bytes.length), 0, count(size) - bytes.length)
    return to
  },
  stpncpy(m, to, from, size) {
    const bytes = m.memory.string(from, count(size))
    m.memory.write(to, bytes)
    m.memory.fill(add(to, bytes.length), 0, count(size) - bytes.length)
    return add(to, bytes.length)
  },
  strcat(m, to, from) {
    copyString(m, add(to, m.memory.stringLength(to)), from)
    return to
  },
  strncat(m, to, from, size) {
    const end = add(to, m.memory.stringLength(to))
    const bytes = m.memory.string(from, count(size))
    m.memory.write(end, bytes)
    m.memory.store8(add(end, bytes.length), 0)
    return to
  },
  strcmp: (m, a, b) => compare(m, a, b, Number.POSITIVE_INFINITY),
  strcoll: (m, a, b) => compare(m, a, b, Number.POSITIVE_INFINITY),
  strncmp: (m, a, b, size) => compare(m, a, b, count(size)),
  strcasecmp: (m, a, b) => compare(m, a, b, Number.POSITIVE_INFINITY, { fold: lower }),
  strncasecmp: (m, a, b, size) => compare(m, a, b, count(size), { fold: lower }),
  strxfrm(m, to, from, size) {
    const bytes = m.memory.string(from)
    if (bytes.length < count(size)) copyString(m, to, from)
    return bytes.length
  },
  strdup: (m, string) => newText(m, m.memory.string(string)),
  strndup: (m, string, size) => newText(m, m.memory.string(string, count(size))),
  strchr: (m, string, byte) => find(m, string, int(byte) & 0xff, m.memory.stringLength(string) + 1),
  index: (m, string, byte) => find(m, string, int(byte) & 0xff, m.memory.stringLength(string) + 1),
  strrchr(m, string, byte) {
    const at = m.memory.read(string, m.memory.stringLength(string) + 1).lastIndexOf(int(byte) & 0xff)
    return at < 0 ? 0 : add(string, at)
  },
  rindex(m, string, byte) {
    const at = m.memory.read(string, m.memory.stringLength(string) + 1).lastIndexOf(int(byte) & 0xff)
    return at < 0 ? 0 : add(string, at)
  },
  strchrnul(m, string, byte) {
    const length = m.memory.stringLength(string)
    return find(m, string, int(byte) & 0xff, length) || add(string, length)
  },
  strcspn: (m, string, set) => span(m, string, set, false),
  strspn: (m, string, set) => span(m, string, set, true),
  strpbrk(m, string, set) {
    const at = add(string, span(m, string, set, false))
    return m.memory.loadu8(at) === 0 ? 0 : at
  },
  strstr(m, haystack, needle) {
    const at = search(m.memory.string(haystack), m.memory.string(needle))
    return at < 0 ? 0 : add(haystack, at)
  },
  strcasestr(m, haystack, needle) {
    const at = search(m.memory.string(haystack).map(lower), m.memory.string(needle).map(lower))
    return at < 0 ? 0 : add(haystack, at)
  },
  strtok(m, string, delimiters) {
    const found = token(m, string, delimiters, m.library.token)
    m.library.token = found.rest
    return found.token
  },
  strtok_r(m, string, delimiters, place) {
    const found = token(m, string, delimiters, m.memory.loadu64(place))
    m.memory.store64(place, found.rest)
    return found.token
  },
  strsep(m, place, delimiters) {
    const start = m.memory.loadu64(place)
    if (start === 0) return 0
    const end = add(start, span(m, start, delimiters, false))
    if (m.memory.loadu8(end) === 0) m.memory.store64(place, 0)
    else {
      m.memory.store8(end, 0)
      m.memory.store64(place, add(end, 1))
    }
    return start
  },
  strerror: (m, number) => staticText(m, `strerror${int(number)}`, strerrorText(int(number))),
  strerror_r(m, number) {
    return staticText(m, `strerror${int(number)}`, strerrorText(int(number)))
  },
  __xpg_strerror_r(m, number, to, size) {
    const bytes = encodeText(strerrorText(int(number))).subarray(0, Math.max(0, count(size) - 1))
    m.memory.write(to, bytes)
    m.memory.store8(add(to, bytes.length), 0)
    return strerrorText(int(number)).startsWith('Unknown') ? 22 : 0
  },
  strerrorname_np(m, number) {
    const name = errorName(int(number))
    return name === undefined ? 0 : staticText(m, `errorname${int(number)}`, name)
  },
  strerrordesc_np: (m, number) => staticText(m, `strerror${int(number)}`, strerrorText(int(number))),
  strsignal: (m, number) => staticText(m, `strsignal${int(number)}`, strsignalText(int(number))),
  sigabbrev_np(m, number) {
    const row = signalByNumber(int(number))
    return row === undefined ? 0 : staticText(m, `sigabbrev${row.number}`, row.name)
  },
  sigdescr_np(m, number) {
    const row = signalByNumber(int(number))
    return row === undefined ? 0 : staticText(m, `strsignal${row.number}`, row.text)
  },
  ffs: (_m, value) => {
    const bits = int(value)
    return bits === 0 ? 0 : 32 - Math.clz32(bits & -bits)
  },
  basename(m, path) {
    const slash = m.memory.string(path).lastIndexOf(0x2f)
    return slash < 0 ? path : add(path, slash + 1)
  },
}

const tests: Readonly<Record<string, RegExp>> = {
  isalnum: /[0-9A-Za-z]/,
  isalpha: /[A-Za-z]/,
  isblank: /[ \t]/,
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is asked for.
  iscntrl: /[\x00-\x1f\x7f]/,
  isdigit: /[0-9]/,
  isgraph: /[!-~]/,
  islower: /[a-z]/,
  isprint: /[ -~]/,
  ispunct: /[!-/:-@[-`{-~]/,
  isspace: /[ \t-\r]/,
  isupper: /[A-Z]/,
  isxdigit: /[0-9A-Fa-f]/,
}

/** The bits that glibc's table has for each class: what `isdigit('5')` gives is not 1. */
const classBits: Readonly<Record<string, number>> = {
  isupper: 256,
  islower: 512,
  isalpha: 1024,
  isdigit: 2048,
  isxdigit: 4096,
  isspace: 8192,
  isprint: 16_384,
  isgraph: 32_768,
  isblank: 1,
  iscntrl: 2,
  ispunct: 4,
  isalnum: 8,
}

export const characterFunctions: SyncTable = {
  ...Object.fromEntries(
    Object.entries(tests).map(([name, pattern]) => {
      const table = Array.from({ length: 256 }, (_, code) =>
        pattern.test(String.fromCharCode(code)) && code < 128 ? (classBits[name] ?? 1) : 0,
      )
      return [name, (_m: Machine, code: Value) => table[Number(code)] ?? 0]
    }),
  ),
  isascii: (_m, code) => (int(code) >= 0 && int(code) < 128 ? 1 : 0),
  toascii: (_m, code) => int(code) & 127,
  tolower: (_m, code) => lower(int(code)),
  toupper: (_m, code) => (int(code) >= 0x61 && int(code) <= 0x7a ? int(code) - 32 : int(code)),
}
