// Sockets, as far as the kernel has them: AF_INET and AF_UNIX; addresses and byte order.
import { type Program, type SocketAddress, type System, SystemCallError } from '../../kernel/system.ts'
import { errnoNumber } from '../../kernel/errno.ts'
import { decodeText, encodeText } from '../../programs/bytes.ts'
import type { Value } from '../bytecode.ts'
import type { Machine } from '../machine.ts'
import { add, attempt, count, fail, int, putText, staticText, text } from './access.ts'
import type { AsyncTable, SyncTable } from './native.ts'

const einval = 22
const eafnosupport = 97
const families = { 1: 'AF_UNIX', 2: 'AF_INET' } as const
const types = { 1: 'SOCK_STREAM', 2: 'SOCK_DGRAM', 3: 'SOCK_RAW' } as const

function* socket(machine: Machine, system: System, family: Value, type: Value): Program<Value> {
  const domain = families[int(family) as 1 | 2]
  const kind = types[(int(type) & 15) as 1 | 2 | 3]
  if (domain === undefined) return fail(machine, eafnosupport)
  if (kind === undefined) return fail(machine, einval)
  const fd = yield* attempt(machine, system.socket(domain, kind))
  if (fd === -1) return -1
  if ((int(type) & 0o2_000_000) !== 0) yield* system.fcntl_setfd(Number(fd), true)
  if ((int(type) & 0o4000) !== 0) yield* system.fcntl_setfl(Number(fd), ['NONBLOCK'])
  return fd
}

/** A struct sockaddr_in or sockaddr_un as the kernel takes it. */
function addressOf({ memory }: Machine, at: Value, length: number): SocketAddress | undefined {
  const family = memory.load16(at)
  if (family === 2) {
    const port = (memory.loadu8(add(at, 2)) << 8) | memory.loadu8(add(at, 3))
    return { family: 'AF_INET', address: [...memory.read(add(at, 4), 4)].join('.'), port }
  }
  if (family !== 1) return undefined
  const bytes = memory.read(add(at, 2), Math.max(0, Math.min(108, length - 2)))
  if (bytes[0] === 0) return { family: 'AF_UNIX', address: `@${decodeText(bytes.subarray(1))}`, port: 0 }
  const end = bytes.indexOf(0)
  return { family: 'AF_UNIX', address: decodeText(end < 0 ? bytes : bytes.subarray(0, end)), port: 0 }
}

/** Writes an address, and how long it is. */
function putAddress({ memory }: Machine, at: Value, lengthAt: Value, address: SocketAddress): void {
  if (at === 0 || lengthAt === 0) return
  const bytes = new Uint8Array(address.family === 'AF_INET' ? 16 : 110)
  let length = 16
  if (address.family === 'AF_INET') {
    bytes.set([2, 0, address.port >> 8, address.port & 255, ...address.address.split('.').map(Number)])
  } else {
    const name = encodeText(address.address)
    bytes.set([1, 0])
    bytes.set(name, 2)
    if (name[0] === 0x40) bytes[2] = 0
    length = address.address === '' ? 2 : name.length + 3
  }
  memory.write(at, bytes.subarray(0, Math.min(length, memory.load32(lengthAt))))
  memory.store32(lengthAt, length)
}

function* withAddress(
  machine: Machine,
  at: Value,
  length: Value,
  call: (address: SocketAddress) => Program<unknown>,
): Program<Value> {
  const address = addressOf(machine, at, int(length))
  if (address === undefined) return fail(machine, eafnosupport)
  return yield* attempt(machine, call(address), (result) => (typeof result === 'number' ? result : 0))
}

const optionNames = { 2: 'SO_REUSEADDR', 6: 'SO_BROADCAST', 15: 'SO_REUSEPORT' } as const
const shutdowns = ['SHUT_RD', 'SHUT_WR', 'SHUT_RDWR'] as const

function* send(machine: Machine, system: System, fd: Value, from: Value, size: Value, flags: Value): Program<Value> {
  const bytes = machine.memory.read(from, count(size))
  if ((int(flags) & 0x4000) === 0) return yield* attempt(machine, system.write(int(fd), bytes))
  const old = yield* system.sigaction(13, { handler: 'SIG_IGN' })
  const result = yield* attempt(machine, system.write(int(fd), bytes))
  yield* system.sigaction(13, old)
  return result
}

export const socketFunctions: AsyncTable = {
  socket,
  *socketpair(m, system, _family = 0, _type = 0, _protocol = 0, place = 0) {
    return yield* attempt(m, system.socketpair(), ([one, other]) => {
      m.memory.store32(place, one)
      m.memory.store32(add(place, 4), other)
      return 0
    })
  },
  *bind(m, system, fd = 0, at = 0, length = 0) {
    return yield* withAddress(m, at, length, (address) => system.bind(int(fd), address))
  },
  *connect(m, system, fd = 0, at = 0, length = 0) {
    return yield* withAddress(m, at, length, (address) => system.connect(int(fd), address))
  },
  *listen(m, system, fd = 0, backlog = 0) {
    return yield* attempt(m, system.listen(int(fd), int(backlog)), () => 0)
  },
  *accept(m, system, fd = 0, at = 0, lengthAt = 0) {
    return yield* attempt(m, system.accept(int(fd)), (accepted) => {
      putAddress(m, at, lengthAt, accepted.address)
      return accepted.fd
    })
  },
  *getsockname(m, system, fd = 0, at = 0, lengthAt = 0) {
    return yield* attempt(m, system.getsockname(int(fd)), (address) => {
      putAddress(m, at, lengthAt, address)
      return 0
    })
  },
  *getpeername(m, system, fd = 0, at = 0, lengthAt = 0) {
    return yield* attempt(m, system.getpeername(int(fd)), (address) => {
      putAddress(m, at, lengthAt, address)
      return 0
    })
  },
  *setsockopt(m, system, fd = 0, _level = 0, option = 0, value = 0) {
    const name = optionNames[int(option) as 2 | 6 | 15] ?? 'SO_REUSEADDR'
    const on = value !== 0 && m.memory.load32(value) !== 0
    return yield* attempt(m, system.setsockopt(int(fd), name, on), () => 0)
  },
  *getsockopt(m, system, fd = 0, _level = 0, _option = 0, place = 0) {
    return yield* attempt(m, system.getsockname(int(fd)), () => {
      m.memory.store32(place, 0)
      return 0
    })
  },
  *shutdown(m, system, fd = 0, how = 0) {
    const way = shutdowns[int(how)]
    if (way === undefined) return fail(m, einval)
    return yield* attempt(m, system.shutdown(int(fd), way), () => 0)
  },
  send,
  *recv(m, system, fd = 0, to = 0, size = 0) {
    return yield* attempt(m, system.read(int(fd), count(size)), (bytes) => {
      m.memory.write(to, bytes)
      return bytes.length
    })
  },
  *sendto(m, system, fd = 0, from = 0, size = 0, flags = 0, at = 0, length = 0) {
    if (at === 0) return yield* send(m, system, fd, from, size, flags)
    const bytes = m.memory.read(from, count(size))
    return yield* withAddress(m, at, length, (address) => system.sendto(int(fd), bytes, address))
  },
  *recvfrom(m, system, fd = 0, to = 0, size = 0, _flags = 0, at = 0, lengthAt = 0) {
    try {
      const { data, address } = yield* system.recvfrom(int(fd), count(size))
      m.memory.write(to, data)
      putAddress(m, at, lengthAt, address)
      return data.length
    } catch (error) {
      if (!(error instanceof SystemCallError)) throw error
      return fail(m, errnoNumber(error.errno))
    }
  },
}

function parseAddress(words: string): number[] | undefined {
  const parts = words.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return undefined
  return parts.map(Number)
}

function swap32(value: Value): number {
  const bits = int(value) >>> 0
  return (((bits & 0xff) << 24) | ((bits & 0xff00) << 8) | ((bits >>> 8) & 0xff00) | (bits >>> 24)) >>> 0
}

function swap16(value: Value): number {
  return ((int(value) & 0xff) << 8) | ((int(value) >> 8) & 0xff)
}

export const addressFunctions: SyncTable = {
  htonl: (_m, value) => swap32(value),
  ntohl: (_m, value) => swap32(value),
  htons: (_m, value) => swap16(value),
  ntohs: (_m, value) => swap16(value),
  inet_addr(m, words) {
    const parts = parseAddress(text(m, words))
    return parts === undefined ? 0xffff_ffff : parts.reduceRight((all, part) => all * 256 + part, 0)
  },
  inet_aton(m, words, place) {
    const parts = parseAddress(text(m, words))
    if (parts === undefined) return 0
    m.memory.write(place, Uint8Array.from(parts))
    return 1
  },
  inet_pton(m, family, words, place) {
    if (int(family) !== 2) return fail(m, eafnosupport)
    const parts = parseAddress(text(m, words))
    if (parts === undefined) return 0
    m.memory.write(place, Uint8Array.from(parts))
    return 1
  },
  inet_ntop(m, family, from, to, size) {
    if (int(family) !== 2) return fail(m, eafnosupport, 0)
    const words = [...m.memory.read(from, 4)].join('.')
    if (words.length + 1 > int(size)) return fail(m, 28, 0)
    putText(m, to, words)
    return to
  },
  // A struct of four bytes comes by its address.
  inet_ntoa: (m, from) => staticText(m, 'inet_ntoa', [...m.memory.read(from, 4)].join('.')),
}
