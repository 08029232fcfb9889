// malloc(3), mmap(2) for memory without a file, and what finds its way through memory: getenv, setenv.
import { decodeText } from '../../programs/bytes.ts'
import type { Value } from '../bytecode.ts'
import type { Machine } from '../machine.ts'
import { add, count, fail, int, newText, text, textArray } from './access.ts'
import type { SyncTable } from './native.ts'

const einval = 22
const enomem = 12
const pageBytes = 4096

function allocate(machine: Machine, size: Value, alignment?: number): Value {
  const address = machine.library.heap.allocate(size, alignment)
  return address === 0 ? fail(machine, enomem, 0) : address
}

function allocateZeroed(machine: Machine, size: Value): Value {
  const address = allocate(machine, size)
  if (address !== 0) machine.memory.fill(address, 0, count(size))
  return address
}

function reallocate(machine: Machine, address: Value, size: Value): Value {
  const { heap } = machine.library
  if (address === 0) return allocate(machine, size)
  const usable = heap.usable(address)
  if (size === 0 || usable === undefined) {
    heap.free(address)
    return 0
  }
  // glibc keeps the chunk when the new size rounds to the same one.
  if (Math.max(24, Math.ceil((count(size) + 8) / 16) * 16 - 8) === usable) return address
  const fresh = allocate(machine, size)
  if (fresh === 0) return 0
  machine.memory.write(fresh, machine.memory.read(address, Math.min(usable, count(size))))
  heap.free(address)
  return fresh
}

function product(a: Value, b: Value): Value {
  const value = BigInt(a) * BigInt(b)
  return value > 2n ** 40n ? value : Number(value)
}

/** The place in environ of a name, or that of the final null pointer. */
function environmentPlace({ memory, library }: Machine, name: string): { place: Value; found: boolean } {
  let place = memory.loadu64(library.address('environ'))
  if (place === 0) return { place: 0, found: false }
  for (; ; place = add(place, 8)) {
    const entry = memory.loadu64(place)
    if (entry === 0) return { place, found: false }
    if (decodeText(memory.string(entry)).startsWith(`${name}=`)) return { place, found: true }
  }
}

function getenv(machine: Machine, name: Value): Value {
  const { place, found } = environmentPlace(machine, text(machine, name))
  return found ? add(machine.memory.loadu64(place), machine.memory.stringLength(name) + 1) : 0
}

/** Puts `NAME=value` into environ, which is copied to the heap first so that it can grow. */
function putEntry(machine: Machine, name: string, entry: Value): void {
  const { memory, library } = machine
  const { place, found } = environmentPlace(machine, name)
  if (found) {
    memory.store64(place, entry)
    return
  }
  const old = memory.loadu64(library.address('environ'))
  const entries: Value[] = []
  if (old !== 0) {
    for (let at = old; memory.loadu64(at) !== 0; at = add(at, 8)) entries.push(memory.loadu64(at))
  }
  entries.push(entry, 0)
  const fresh = library.heap.allocate(entries.length * 8)
  for (const [index, each] of entries.entries()) memory.store64(fresh + index * 8, each)
  setEnvironment(machine, fresh)
}

export function setEnvironment({ memory, library }: Machine, address: Value): void {
  memory.store64(library.address('environ'), address)
  memory.store64(library.address('__environ'), address)
}

function unsetenv(machine: Machine, name: Value): Value {
  const word = text(machine, name)
  if (word === '' || word.includes('=')) return fail(machine, einval)
  const { place, found } = environmentPlace(machine, word)
  if (!found) return 0
  for (let at = place; machine.memory.loadu64(at) !== 0; at = add(at, 8)) {
    machine.memory.store64(at, machine.memory.loadu64(add(at, 8)))
  }
  return unsetenv(machine, name)
}

/** The environment as execve takes it. */
export function environmentOf(machine: Machine, address: Value): Map<string, string> {
  return new Map(
    textArray(machine, address).map((entry): [string, string] => {
      const equals = entry.indexOf('=')
      return equals < 0 ? [entry, ''] : [entry.slice(0, equals), entry.slice(equals + 1)]
    }),
  )
}

function mmap(machine: Machine, _address: Value, length: Value, protection: Value, flags: Value, fd: Value): Value {
  const { library, memory } = machine
  if (count(length) === 0) return fail(machine, einval)
  const size = Math.ceil(count(length) / pageBytes) * pageBytes
  if (size > 2 ** 30) return fail(machine, enomem)
  if ((int(flags) & 32) === 0 && int(fd) >= 0) return fail(machine, 19)
  const start = library.mapped
  library.mapped += size
  memory.map({
    start,
    end: start + size,
    readable: (int(protection) & 3) !== 0,
    writable: (int(protection) & 2) !== 0,
    shared: (int(flags) & 1) !== 0,
    name: '',
  })
  return start
}

export const allocationFunctions: SyncTable = {
  malloc: (m, size) => allocate(m, size),
  calloc: (m, number, size) => allocateZeroed(m, product(number, size)),
  realloc: reallocate,
  reallocarray: (m, address, number, size) => reallocate(m, address, product(number, size)),
  free: (m, address) => m.library.heap.free(address),
  aligned_alloc: (m, alignment, size) => allocate(m, size, count(alignment)),
  posix_memalign(m, place, alignment, size) {
    const address = m.library.heap.allocate(size, count(alignment))
    if (address === 0) return enomem
    m.memory.store64(place, address)
    return 0
  },
  // Memory of the frame that goes with it in C; here it stays until the process ends.
  __builtin_alloca: (m, size) => allocate(m, size),
  mmap,
  munmap(m, address, length) {
    const end = Number(address) + Math.ceil(count(length) / pageBytes) * pageBytes
    if (Number(address) % pageBytes !== 0) return fail(m, einval)
    m.memory.unmap(Number(address), end)
    return 0
  },
  mprotect(m, address, length, protection) {
    if (Number(address) % pageBytes !== 0) return fail(m, einval)
    const end = Number(address) + Math.ceil(count(length) / pageBytes) * pageBytes
    const bits = int(protection)
    m.memory.protect(Number(address), end, { readable: (bits & 3) !== 0, writable: (bits & 2) !== 0 })
    return 0
  },
  getpagesize: () => pageBytes,
  getenv,
  secure_getenv: getenv,
  setenv(m, name, value, replace) {
    const word = name === 0 ? '' : text(m, name)
    if (word === '' || word.includes('=')) return fail(m, einval)
    if (int(replace) === 0 && environmentPlace(m, word).found) return 0
    putEntry(m, word, newText(m, `${word}=${text(m, value)}`))
    return 0
  },
  putenv(m, entry) {
    const word = text(m, entry)
    if (!word.includes('=')) return unsetenv(m, entry)
    putEntry(m, word.slice(0, word.indexOf('=')), entry)
    return 0
  },
  unsetenv,
  clearenv(m) {
    setEnvironment(m, 0)
    return 0
  },
}
