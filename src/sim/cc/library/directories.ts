// Directories: opendir(3), readdir(3), scandir(3).
import { type Program, type System, SystemCallError } from '../../kernel/system.ts'
import { errnoNumber } from '../../kernel/errno.ts'
import { encodeText } from '../../programs/bytes.ts'
import type { Value } from '../bytecode.ts'
import type { Machine } from '../machine.ts'
import { callFunction } from '../run.ts'
import { add, attempt, fail, int, text } from './access.ts'
import type { AsyncTable } from './native.ts'

const einval = 22

const directoryTypes: Readonly<Record<string, number>> = {
  fifo: 1,
  character: 2,
  directory: 4,
  block: 6,
  regular: 8,
  symlink: 10,
  socket: 12,
}

function* openDirectory(machine: Machine, system: System, fd: number): Program<Value> {
  const { library } = machine
  try {
    const entries = yield* system.getdents(fd)
    const address = library.heap.allocate(32_816)
    library.directories.set(address, { fd, entries, position: 0 })
    return address
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    return fail(machine, errnoNumber(error.errno), 0)
  }
}

function putEntry({ memory }: Machine, at: number, entry: { name: string; ino: number; type: string }, offset: number) {
  const name = encodeText(entry.name)
  memory.store64(at, entry.ino)
  memory.store64(at + 8, offset)
  memory.store16(at + 16, Math.ceil((20 + name.length) / 8) * 8)
  memory.store8(at + 18, directoryTypes[entry.type] ?? 0)
  memory.write(at + 19, name)
  memory.store8(at + 19 + name.length, 0)
}

export const directoryFunctions: AsyncTable = {
  *opendir(m, system, path = 0) {
    const fd = yield* attempt(m, system.open(text(m, path), ['RDONLY', 'DIRECTORY', 'CLOEXEC']))
    return fd === -1 ? 0 : yield* openDirectory(m, system, Number(fd))
  },
  *fdopendir(m, system, fd = 0) {
    return yield* openDirectory(m, system, int(fd))
  },
  *readdir(m, _system, address = 0) {
    const directory = m.library.directories.get(Number(address))
    if (directory === undefined) return fail(m, 9, 0)
    const entry = directory.entries[directory.position]
    if (entry === undefined) return 0
    directory.position++
    const at = Number(address) + 64
    putEntry(m, at, entry, directory.position)
    return at
  },
  *rewinddir(m, system, address = 0) {
    const directory = m.library.directories.get(Number(address))
    if (directory === undefined) return 0
    const entries = yield* system.getdents(directory.fd)
    m.library.directories.set(Number(address), { ...directory, entries, position: 0 })
    return 0
  },
  *closedir(m, system, address = 0) {
    const directory = m.library.directories.get(Number(address))
    if (directory === undefined) return fail(m, 9)
    m.library.directories.delete(Number(address))
    m.library.heap.free(address)
    return yield* attempt(m, system.close(directory.fd), () => 0)
  },
  *dirfd(m, _system, address = 0) {
    return m.library.directories.get(Number(address))?.fd ?? fail(m, einval)
  },
  *scandir(m, system, path = 0, place = 0, selector = 0, compare = 0) {
    const fd = yield* attempt(m, system.open(text(m, path), ['RDONLY', 'DIRECTORY']))
    if (fd === -1) return -1
    const entries = yield* system.getdents(Number(fd))
    yield* system.close(Number(fd))
    let found: number[] = []
    for (const entry of entries) {
      const at = m.library.heap.allocate(280)
      putEntry(m, at, entry, 0)
      if (selector === 0 || int(yield* callFunction(m, system, selector, [at], { kind: 'callback' })) !== 0) {
        found.push(at)
      }
    }
    if (compare !== 0) {
      const name = (at: number) => text(m, at + 19)
      found = found.toSorted((a, b) => (name(a) < name(b) ? -1 : 1))
    }
    const list = m.library.heap.allocate(Math.max(8, found.length * 8))
    for (const [index, at] of found.entries()) m.memory.store64(list + index * 8, at)
    m.memory.store64(place, list)
    return found.length
  },
  *alphasort(m, _system, a = 0, b = 0) {
    const name = (at: Value) => text(m, add(m.memory.loadu64(at), 19))
    return name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0
  },
}
