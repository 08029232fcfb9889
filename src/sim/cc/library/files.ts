// Files and descriptors: open, read, write, stat, pipe, poll, select, directories and their like.
import {
  type FileType,
  type OpenFlag,
  type Program,
  type Stat,
  type System,
  SystemCallError,
} from '../../kernel/system.ts'
import { errnoNumber } from '../../kernel/errno.ts'
import { decodeText, encodeText } from '../../programs/bytes.ts'
import type { Value } from '../bytecode.ts'
import type { Machine } from '../machine.ts'
import { add, attempt, count, fail, int, newText, putText, text } from './access.ts'
import type { AsyncTable } from './native.ts'
import { signalsOf } from './signals.ts'

const einval = 22
const efault = 14
const erange = 34
const enotty = 25

const openFlags: readonly (readonly [number, OpenFlag])[] = [
  [0o100, 'CREAT'],
  [0o200, 'EXCL'],
  [0o1000, 'TRUNC'],
  [0o2000, 'APPEND'],
  [0o4000, 'NONBLOCK'],
  [0o200_000, 'DIRECTORY'],
  [0o400_000, 'NOFOLLOW'],
  [0o2_000_000, 'CLOEXEC'],
  [0o10_000_000, 'PATH'],
]
const accessModes = ['RDONLY', 'WRONLY', 'RDWR'] as const

function flagsOf(bits: number): OpenFlag[] {
  const access = accessModes[bits & 3] ?? 'RDWR'
  return [access, ...openFlags.filter(([bit]) => (bits & bit) !== 0).map(([, flag]) => flag)]
}

function bitsOf(flags: readonly OpenFlag[]): number {
  const access = accessModes.findIndex((mode) => flags.includes(mode))
  return openFlags.reduce((bits, [bit, flag]) => (flags.includes(flag) ? bits | bit : bits), Math.max(0, access))
}

function* open(machine: Machine, system: System, path: Value, flags: Value, values: Value): Program<Value> {
  const bits = int(flags)
  const mode = (bits & 0o100) !== 0 ? machine.memory.load32(values) : 0
  if (path === 0) return fail(machine, efault)
  return yield* attempt(machine, system.open(text(machine, path), flagsOf(bits), mode & 0o7777))
}

/** Whether a range can be read or written, as the kernel checks a buffer: EFAULT, and no signal. */
function accessible(machine: Machine, address: Value, size: number): boolean {
  try {
    machine.memory.read(address, Math.min(size, 1))
    return true
  } catch {
    return false
  }
}

function* read(machine: Machine, system: System, fd: Value, to: Value, size: Value): Program<Value> {
  const wanted = Math.min(count(size), 0x7fff_f000)
  if (wanted > 0 && !accessible(machine, to, wanted)) return fail(machine, efault)
  return yield* attempt(machine, system.read(int(fd), wanted), (bytes) => {
    machine.memory.write(to, bytes)
    return bytes.length
  })
}

function* write(machine: Machine, system: System, fd: Value, from: Value, size: Value): Program<Value> {
  if (count(size) > 0 && !accessible(machine, from, 1)) return fail(machine, efault)
  return yield* attempt(machine, system.write(int(fd), machine.memory.read(from, Math.min(count(size), 0x7fff_f000))))
}

/** pread(2) and pwrite(2) by moving there and back. */
function* atOffset(
  machine: Machine,
  system: System,
  fd: Value,
  offset: Value,
  action: () => Program<Value>,
): Program<Value> {
  const before = yield* attempt(machine, system.lseek(int(fd), 0, 'SEEK_CUR'))
  if (before === -1) return -1
  if ((yield* attempt(machine, system.lseek(int(fd), Number(offset), 'SEEK_SET'))) === -1) return -1
  const result = yield* action()
  yield* attempt(machine, system.lseek(int(fd), Number(before), 'SEEK_SET'))
  return result
}

const typeBits: Readonly<Record<FileType, number>> = {
  fifo: 0o010_000,
  character: 0o020_000,
  directory: 0o040_000,
  block: 0o060_000,
  regular: 0o100_000,
  symlink: 0o120_000,
  socket: 0o140_000,
}

/** Fills a struct stat. */
function putStat({ memory }: Machine, at: Value, stat: Stat): number {
  memory.fill(at, 0, 144)
  memory.store64(at, stat.dev)
  memory.store64(add(at, 8), stat.ino)
  memory.store64(add(at, 16), stat.nlink)
  memory.store32(add(at, 24), typeBits[stat.type] | stat.mode)
  memory.store32(add(at, 28), stat.uid)
  memory.store32(add(at, 32), stat.gid)
  memory.store64(add(at, 40), stat.rdev.major * 256 + stat.rdev.minor)
  memory.store64(add(at, 48), stat.size)
  memory.store64(add(at, 56), 4096)
  memory.store64(add(at, 64), stat.blocks)
  for (const [index, time] of [stat.atime, stat.mtime, stat.ctime].entries()) {
    memory.store64(add(at, 72 + index * 16), Math.floor(time / 1e6))
    memory.store64(add(at, 80 + index * 16), (time % 1e6) * 1000)
  }
  return 0
}

const whences = ['SEEK_SET', 'SEEK_CUR', 'SEEK_END'] as const

function* fcntl(machine: Machine, system: System, fd: Value, command: Value, values: Value): Program<Value> {
  const argument = () => machine.memory.load32(values)
  switch (int(command)) {
    case 0:
      return yield* attempt(machine, system.fcntl_dupfd(int(fd), argument()))
    case 1030:
      return yield* attempt(machine, system.fcntl_dupfd(int(fd), argument(), true))
    case 1: {
      const flags = yield* attempt(machine, system.fcntl_getfl(int(fd)), () => 0)
      if (flags === -1) return -1
      return yield* closeOnExec(system, int(fd))
    }
    case 2:
      return yield* attempt(machine, system.fcntl_setfd(int(fd), (argument() & 1) !== 0), () => 0)
    case 3:
      return yield* attempt(machine, system.fcntl_getfl(int(fd)), bitsOf)
    case 4:
      return yield* attempt(machine, system.fcntl_setfl(int(fd), flagsOf(argument())), () => 0)
    case 6:
    case 7:
      return 0
    case 1031:
    case 1032:
      return 65_536
    default:
      return fail(machine, einval)
  }
}

/** FD_CLOEXEC of a descriptor, from where the kernel shows it. */
function* closeOnExec(system: System, fd: number): Program<Value> {
  try {
    const info = yield* system.open(`/proc/self/fdinfo/${fd}`)
    const words = decodeText(yield* system.read(info, 4096))
    yield* system.close(info)
    const flags = /^flags:\s*(\d+)/m.exec(words)
    return flags !== null && (Number.parseInt(flags[1] ?? '0', 8) & 0o2_000_000) !== 0 ? 1 : 0
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    return 0
  }
}

function* pipe(machine: Machine, system: System, place: Value, flags: number): Program<Value> {
  return yield* attempt(machine, system.pipe(flagsOf(flags).slice(1)), ([reader, writer]) => {
    machine.memory.store32(place, reader)
    machine.memory.store32(add(place, 4), writer)
    return 0
  })
}

const pollBits = { POLLIN: 1, POLLOUT: 4, POLLERR: 8, POLLHUP: 16, POLLNVAL: 32 } as const

function* poll(machine: Machine, system: System, list: Value, number: Value, timeout: number): Program<Value> {
  const { memory } = machine
  const requests = Array.from({ length: count(number) }, (_, index) => {
    const at = add(list, index * 8)
    const events = memory.load16(add(at, 4))
    return {
      fd: memory.load32(at),
      events: [...((events & 1) !== 0 ? ['POLLIN' as const] : []), ...((events & 4) !== 0 ? ['POLLOUT' as const] : [])],
    }
  })
  return yield* attempt(machine, system.poll(requests, timeout), (ready) => {
    let found = 0
    for (const [index, { fd }] of requests.entries()) {
      const events = ready.find((each) => each.fd === fd)?.events ?? []
      const bits = events.reduce((all, event) => all | (pollBits[event as keyof typeof pollBits] ?? 0), 0)
      memory.store16(add(list, index * 8 + 6), bits)
      if (bits !== 0) found++
    }
    return found
  })
}

/** select(2) by poll. */
function* select(
  machine: Machine,
  system: System,
  number: number,
  sets: readonly [Value, Value, Value],
  timeout: number,
): Program<Value> {
  const { memory } = machine
  const has = (set: Value, fd: number) => set !== 0 && (memory.loadu8(add(set, fd >> 3)) & (1 << (fd & 7))) !== 0
  const requests = Array.from({ length: number }, (_, fd) => ({
    fd,
    events: [...(has(sets[0], fd) ? ['POLLIN' as const] : []), ...(has(sets[1], fd) ? ['POLLOUT' as const] : [])],
  })).filter(({ events }) => events.length > 0)
  return yield* attempt(machine, system.poll(requests, timeout), (ready) => {
    let found = 0
    const keep = (set: Value, names: readonly string[]) => {
      if (set === 0) return
      const wanted = requests.map(({ fd }) => fd).filter((fd) => has(set, fd))
      memory.fill(set, 0, 128)
      for (const fd of wanted) {
        const events = ready.find((each) => each.fd === fd)?.events ?? []
        if (!events.some((event) => names.includes(event))) continue
        const at = add(set, fd >> 3)
        memory.store8(at, memory.loadu8(at) | (1 << (fd & 7)))
        found++
      }
    }
    if (ready.some(({ events }) => events.includes('POLLNVAL'))) return fail(machine, 9)
    keep(sets[0], ['POLLIN', 'POLLHUP', 'POLLERR'])
    keep(sets[1], ['POLLOUT', 'POLLERR'])
    keep(sets[2], [])
    return found
  })
}

function accessModesOf(bits: number): ('R' | 'W' | 'X')[] {
  return [
    ...((bits & 4) !== 0 ? ['R' as const] : []),
    ...((bits & 2) !== 0 ? ['W' as const] : []),
    ...((bits & 1) !== 0 ? ['X' as const] : []),
  ]
}

/** A path relative to a directory's descriptor. */
function* pathAt(system: System, fd: Value, path: string): Program<string> {
  if (int(fd) === -100 || path.startsWith('/')) return path
  return `${yield* system.readlink(`/proc/self/fd/${int(fd)}`)}/${path}`
}

function timeOf({ memory }: Machine, at: Value): number {
  return Number(memory.load64(at)) * 1e6 + Number(memory.load64(add(at, 8)))
}

export const fileFunctions: AsyncTable = {
  open,
  *creat(m, system, path = 0, mode = 0) {
    return yield* attempt(m, system.open(text(m, path), ['WRONLY', 'CREAT', 'TRUNC'], int(mode)))
  },
  *openat(m, system, fd = 0, path = 0, flags = 0, values = 0) {
    const bits = int(flags)
    const mode = (bits & 0o100) !== 0 ? m.memory.load32(values) : 0
    const name = yield* pathAt(system, fd, text(m, path))
    return yield* attempt(m, system.open(name, flagsOf(bits), mode & 0o7777))
  },
  *close(m, system, fd = 0) {
    return yield* attempt(m, system.close(int(fd)), () => 0)
  },
  read,
  write,
  *pread(m, system, fd = 0, to = 0, size = 0, offset = 0) {
    return yield* atOffset(m, system, fd, offset, () => read(m, system, fd, to, size))
  },
  *pwrite(m, system, fd = 0, from = 0, size = 0, offset = 0) {
    return yield* atOffset(m, system, fd, offset, () => write(m, system, fd, from, size))
  },
  *readv(m, system, fd = 0, list = 0, number = 0) {
    let all = 0
    for (let index = 0; index < int(number); index++) {
      const at = add(list, index * 16)
      const size = m.memory.loadu64(add(at, 8))
      const done = yield* read(m, system, fd, m.memory.loadu64(at), size)
      if (done === -1) return all > 0 ? all : -1
      all += Number(done)
      if (Number(done) < count(size)) break
    }
    return all
  },
  *writev(m, system, fd = 0, list = 0, number = 0) {
    const parts: number[] = []
    for (let index = 0; index < int(number); index++) {
      const at = add(list, index * 16)
      parts.push(...m.memory.read(m.memory.loadu64(at), count(m.memory.loadu64(add(at, 8)))))
    }
    return yield* attempt(m, system.write(int(fd), Uint8Array.from(parts)))
  },
  *lseek(m, system, fd = 0, offset = 0, whence = 0) {
    const how = whences[int(whence)]
    if (how === undefined) return fail(m, einval)
    return yield* attempt(m, system.lseek(int(fd), Number(offset), how))
  },
  *ftruncate(m, system, fd = 0, length = 0) {
    return yield* attempt(m, system.ftruncate(int(fd), Number(length)), () => 0)
  },
  *truncate(m, system, path = 0, length = 0) {
    const fd = yield* attempt(m, system.open(text(m, path), ['WRONLY']))
    if (fd === -1) return -1
    const result = yield* attempt(m, system.ftruncate(Number(fd), Number(length)), () => 0)
    yield* system.close(Number(fd))
    return result
  },
  *dup(m, system, fd = 0) {
    return yield* attempt(m, system.dup(int(fd)))
  },
  *dup2(m, system, fd = 0, to = 0) {
    return yield* attempt(m, system.dup2(int(fd), int(to)))
  },
  *dup3(m, system, fd = 0, to = 0, flags = 0) {
    if (int(fd) === int(to)) return fail(m, einval)
    const result = yield* attempt(m, system.dup2(int(fd), int(to)))
    if (result !== -1 && (int(flags) & 0o2_000_000) !== 0) yield* system.fcntl_setfd(int(to), true)
    return result
  },
  fcntl,
  *flock() {
    return 0
  },
  *pipe(m, system, place = 0) {
    return yield* pipe(m, system, place, 0)
  },
  *pipe2(m, system, place = 0, flags = 0) {
    return yield* pipe(m, system, place, int(flags))
  },
  *poll(m, system, list = 0, number = 0, timeout = 0) {
    return yield* poll(m, system, list, number, int(timeout) < 0 ? -1 : int(timeout) * 1000)
  },
  *select(m, system, number = 0, reads = 0, writes = 0, exceptions = 0, timeout = 0) {
    const limit = timeout === 0 ? -1 : timeOf(m, timeout)
    return yield* select(m, system, int(number), [reads, writes, exceptions], limit)
  },
  *pselect(m, system, number = 0, reads = 0, writes = 0, exceptions = 0, timeout = 0, mask = 0) {
    const limit =
      timeout === 0 ? -1 : Number(m.memory.load64(timeout)) * 1e6 + Number(m.memory.load64(add(timeout, 8))) / 1000
    const old = mask === 0 ? undefined : yield* system.sigprocmask('SIG_SETMASK', signalsOf(m, mask))
    const result = yield* select(m, system, int(number), [reads, writes, exceptions], limit)
    if (old !== undefined) yield* system.sigprocmask('SIG_SETMASK', old)
    return result
  },
  *stat(m, system, path = 0, at = 0) {
    return yield* attempt(m, system.stat(text(m, path)), (stat) => putStat(m, at, stat))
  },
  *lstat(m, system, path = 0, at = 0) {
    return yield* attempt(m, system.lstat(text(m, path)), (stat) => putStat(m, at, stat))
  },
  *fstat(m, system, fd = 0, at = 0) {
    return yield* attempt(m, system.fstat(int(fd)), (stat) => putStat(m, at, stat))
  },
  *fstatat(m, system, fd = 0, path = 0, at = 0, flag = 0) {
    const name = yield* pathAt(system, fd, text(m, path))
    const call = (int(flag) & 0x100) !== 0 ? system.lstat(name) : system.stat(name)
    return yield* attempt(m, call, (stat) => putStat(m, at, stat))
  },
  *access(m, system, path = 0, mode = 0) {
    return yield* attempt(m, system.access(text(m, path), accessModesOf(int(mode))), () => 0)
  },
  *faccessat(m, system, fd = 0, path = 0, mode = 0) {
    const name = yield* pathAt(system, fd, text(m, path))
    return yield* attempt(m, system.access(name, accessModesOf(int(mode))), () => 0)
  },
  *chmod(m, system, path = 0, mode = 0) {
    return yield* attempt(m, system.chmod(text(m, path), int(mode)), () => 0)
  },
  *fchmod(m, system, fd = 0, mode = 0) {
    return yield* attempt(m, system.chmod(`/proc/self/fd/${int(fd)}`, int(mode)), () => 0)
  },
  *chown(m, system, path = 0, user = 0, group = 0) {
    return yield* attempt(m, system.chown(text(m, path), int(user), int(group)), () => 0)
  },
  *lchown(m, system, path = 0, user = 0, group = 0) {
    return yield* attempt(m, system.chown(text(m, path), int(user), int(group)), () => 0)
  },
  *umask(_m, system, mask = 0) {
    return yield* system.umask(int(mask))
  },
  *mkdir(m, system, path = 0, mode = 0) {
    return yield* attempt(m, system.mkdir(text(m, path), int(mode)), () => 0)
  },
  *mkdirat(m, system, fd = 0, path = 0, mode = 0) {
    return yield* attempt(m, system.mkdir(yield* pathAt(system, fd, text(m, path)), int(mode)), () => 0)
  },
  *mkfifo(m, system, path = 0, mode = 0) {
    return yield* attempt(m, system.mknod(text(m, path), 'fifo', int(mode)), () => 0)
  },
  *mknod(m, system, path = 0, mode = 0, device = 0) {
    const bits = int(mode) & 0o170_000
    const type = (Object.entries(typeBits).find(([, each]) => each === bits)?.[0] ?? 'regular') as FileType
    const rdev = { major: Number(device) >> 8, minor: Number(device) & 255 }
    return yield* attempt(m, system.mknod(text(m, path), type, int(mode) & 0o7777, rdev), () => 0)
  },
  *rmdir(m, system, path = 0) {
    return yield* attempt(m, system.rmdir(text(m, path)), () => 0)
  },
  *unlink(m, system, path = 0) {
    return yield* attempt(m, system.unlink(text(m, path)), () => 0)
  },
  *remove(m, system, path = 0) {
    const result = yield* attempt(m, system.unlink(text(m, path)), () => 0)
    if (result === 0 || m.library.errno !== 21) return result
    return yield* attempt(m, system.rmdir(text(m, path)), () => 0)
  },
  *rename(m, system, from = 0, to = 0) {
    return yield* attempt(m, system.rename(text(m, from), text(m, to)), () => 0)
  },
  *link(m, system, from = 0, to = 0) {
    return yield* attempt(m, system.link(text(m, from), text(m, to)), () => 0)
  },
  *symlink(m, system, target = 0, path = 0) {
    return yield* attempt(m, system.symlink(text(m, target), text(m, path)), () => 0)
  },
  *readlink(m, system, path = 0, to = 0, size = 0) {
    return yield* attempt(m, system.readlink(text(m, path)), (target) => {
      const bytes = encodeText(target).subarray(0, count(size))
      m.memory.write(to, bytes)
      return bytes.length
    })
  },
  *chdir(m, system, path = 0) {
    return yield* attempt(m, system.chdir(text(m, path)), () => 0)
  },
  *fchdir(m, system, fd = 0) {
    return yield* attempt(m, system.fchdir(int(fd)), () => 0)
  },
  *chroot(m, system, path = 0) {
    return yield* attempt(m, system.chroot(text(m, path)), () => 0)
  },
  *getcwd(m, system, to = 0, size = 0) {
    try {
      const path = yield* system.getcwd()
      if (to === 0) return newText(m, path)
      if (encodeText(path).length + 1 > count(size)) return fail(m, erange, 0)
      putText(m, to, path)
      return to
    } catch (error) {
      if (!(error instanceof SystemCallError)) throw error
      return fail(m, errnoNumber(error.errno), 0)
    }
  },
  *get_current_dir_name(m, system) {
    return newText(m, yield* system.getcwd())
  },
  *isatty(m, system, fd = 0) {
    const result = yield* attempt(m, system.isatty(int(fd)), (terminal) => (terminal ? 1 : 0))
    if (result === 0) fail(m, enotty)
    return result === 1 ? 1 : 0
  },
  *tcgetpgrp(m) {
    return fail(m, enotty)
  },
  *tcsetpgrp(m) {
    return fail(m, enotty)
  },
  *fsync(m, system, fd = 0) {
    return yield* attempt(m, system.fstat(int(fd)), () => 0)
  },
  *fdatasync(m, system, fd = 0) {
    return yield* attempt(m, system.fstat(int(fd)), () => 0)
  },
  *sync() {
    return 0
  },
  *utime(m, system, path = 0, times = 0) {
    const now = yield* system.clock_gettime('CLOCK_REALTIME')
    const read = (at: number) => (times === 0 ? now : Number(m.memory.load64(add(times, at))) * 1e6)
    return yield* attempt(m, system.utimens(text(m, path), read(0), read(8)), () => 0)
  },
  *utimes(m, system, path = 0, times = 0) {
    const now = yield* system.clock_gettime('CLOCK_REALTIME')
    const read = (at: number) => (times === 0 ? now : timeOf(m, add(times, at)))
    return yield* attempt(m, system.utimens(text(m, path), read(0), read(16)), () => 0)
  },
}
