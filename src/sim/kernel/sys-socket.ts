// System calls about sockets, socket(2): TCP, UDP and ICMP over the namespace's links, unix(7) over paths and names.
import type { CallTable } from './call-table.ts'
import type { Kernel } from './kernel.ts'
import { type Delivery, deliver, findLink, isLocal, learnNeighbours } from './net.ts'
import type { Process } from './process.ts'
import { sendSignal } from './signal.ts'
import { signalByName } from './signal-numbers.ts'
import { receiveDatagram, Socket, socketAt, socketFile, unnamed } from './socket.ts'
import { isWildcard } from './socket-table.ts'
import { type NetworkCalls, type SocketAddress, SystemCallError } from './system.ts'
import { isCapable } from './user-namespace.ts'
import { bindUnixPath, listenerAtPath } from './unix-socket.ts'
import type { KernelCode } from './wait-queue.ts'

type SocketCalls = Omit<NetworkCalls, 'rtnetlink'>

const SIGIO = signalByName('IO')?.number ?? 29

/** How long the kernel looks for a neighbour that does not answer, in microseconds (three probes a second apart). */
const neighbourTimeout = 3_072_000

/** A packet's way to its receiver and back takes this long on one machine, in microseconds. */
const roundTrip = 60

/** Where a packet arrives; for one that nobody answers to, the wait comes first, then EHOSTUNREACH. */
function* deliverOrWait(kernel: Kernel, socket: Socket, address: string): KernelCode<Delivery> {
  try {
    return deliver(socket.namespace, address)
  } catch (error) {
    if (!(error instanceof SystemCallError) || error.errno !== 'EHOSTUNREACH') throw error
    const until = kernel.clock.now() + neighbourTimeout
    if ((yield { queues: [], waitChannel: 'connect', until }) === 'signal') throw new SystemCallError('EINTR')
    throw error
  }
}

/** Counts a packet at each link on its way; over `lo`, which has no path, at both its ends. */
function count(kernel: Kernel, delivery: Delivery, bytes: number): void {
  learnNeighbours(delivery, kernel.clock.now())
  if (delivery.path.length === 0) {
    const statistics = findLink(delivery.namespace, 'lo')?.statistics
    if (statistics === undefined) return
    statistics.txPackets++
    statistics.rxPackets++
    statistics.txBytes += bytes
    statistics.rxBytes += bytes
    return
  }
  delivery.path.forEach((link, index) => {
    const statistics = link.statistics
    const sends = index % 2 === 0
    if (sends) statistics.txPackets++
    else statistics.rxPackets++
    if (sends) statistics.txBytes += bytes
    else statistics.rxBytes += bytes
  })
}

function bind(kernel: Kernel, process: Process, fd: number, address: SocketAddress): void {
  const { socket } = socketAt(process, fd)
  if (socket.local !== undefined) throw new SystemCallError('EINVAL')
  if (address.family !== socket.family) throw new SystemCallError('EAFNOSUPPORT')
  const table = socket.namespace.sockets
  if (address.family === 'AF_UNIX') {
    if (!address.address.startsWith('@')) bindUnixPath(kernel, process, socket, address.address)
    else if (table.abstract(address.address) !== undefined) throw new SystemCallError('EADDRINUSE')
    socket.local = address
    table.add(socket)
    return
  }
  if (address.port > 0 && address.port < 1024 && !isCapable(process, 'NET_BIND_SERVICE', socket.namespace.owner)) {
    throw new SystemCallError('EACCES')
  }
  if (!isWildcard(address.address) && !isLocal(socket.namespace, address.address)) {
    throw new SystemCallError('EADDRNOTAVAIL')
  }
  if (address.port !== 0 && table.conflicts(socket.type, address.address, address.port)) {
    throw new SystemCallError('EADDRINUSE')
  }
  const port = address.port === 0 ? table.ephemeralPort(socket.type) : address.port
  socket.local = { ...address, port }
  table.add(socket)
}

function listen(process: Process, fd: number, backlog: number): void {
  const { socket } = socketAt(process, fd)
  if (socket.type !== 'SOCK_STREAM') throw new SystemCallError('EOPNOTSUPP')
  socket.local ??= {
    family: socket.family,
    address: '0.0.0.0',
    port: socket.namespace.sockets.ephemeralPort(socket.type),
  }
  socket.state = 'listening'
  socket.backlogLimit = backlog
  socket.namespace.sockets.add(socket)
}

function* accept(kernel: Kernel, process: Process, fd: number): KernelCode<{ fd: number; address: SocketAddress }> {
  const { socket, file } = socketAt(process, fd)
  if (socket.state !== 'listening') throw new SystemCallError('EINVAL')
  for (;;) {
    const connection = socket.backlog.shift()
    if (connection !== undefined) {
      const accepted = process.files.install(socketFile(kernel, connection))
      return { fd: accepted, address: connection.remote ?? unnamed(connection) }
    }
    if (file.flags.includes('NONBLOCK')) throw new SystemCallError('EAGAIN')
    const waitChannel = socket.family === 'AF_UNIX' ? 'unix_read' : 'accept'
    if ((yield { queues: [socket.arrived], waitChannel }) === 'signal') throw new SystemCallError('EINTR')
  }
}

function* connect(kernel: Kernel, process: Process, fd: number, address: SocketAddress): KernelCode<void> {
  const { socket } = socketAt(process, fd)
  if (socket.state === 'established') throw new SystemCallError('EISCONN')
  if (socket.family === 'AF_UNIX') {
    const listener = address.address.startsWith('@')
      ? socket.namespace.sockets.abstract(address.address)
      : listenerAtPath(process, address.address)
    if (listener?.state !== 'listening') throw new SystemCallError('ECONNREFUSED')
    join(kernel, process, socket, listener, unnamed(socket), address)
    return
  }
  const delivery = yield* deliverOrWait(kernel, socket, address.address)
  const port = socket.local?.port ?? socket.namespace.sockets.ephemeralPort(socket.type)
  const local: SocketAddress = { family: 'AF_INET', address: delivery.source, port }
  if (socket.type !== 'SOCK_STREAM') {
    socket.local = local
    socket.remote = address
    socket.namespace.sockets.add(socket)
    return
  }
  count(kernel, delivery, 74)
  const listener = delivery.namespace.sockets.bound('SOCK_STREAM', address.address, address.port)
  if (listener?.state !== 'listening') throw new SystemCallError('ECONNREFUSED')
  join(kernel, process, socket, listener, local, address)
}

/** Connects a socket with a new one in the listener's backlog. */
function join(
  kernel: Kernel,
  process: Process,
  socket: Socket,
  listener: Socket,
  local: SocketAddress,
  remote: SocketAddress,
): void {
  const other = new Socket(kernel, process, listener.family, 'SOCK_STREAM', listener.namespace)
  Object.assign(socket, { state: 'established', local, remote, peer: other })
  Object.assign(other, { state: 'established', local: remote, remote: local, peer: socket })
  socket.namespace.sockets.add(socket)
  listener.namespace.sockets.add(other)
  listener.backlog.push(other)
  listener.arrived.wake()
}

function* sendto(
  kernel: Kernel,
  process: Process,
  fd: number,
  data: Uint8Array,
  address: SocketAddress,
): KernelCode<number> {
  const { socket } = socketAt(process, fd)
  const delivery = yield* deliverOrWait(kernel, socket, address.address)
  count(kernel, delivery, data.length + 42)
  if (socket.type === 'SOCK_RAW') {
    echo(kernel, socket, delivery, data, address)
    return data.length
  }
  const port = socket.local?.port ?? socket.namespace.sockets.ephemeralPort('SOCK_DGRAM')
  socket.local ??= { family: 'AF_INET', address: '0.0.0.0', port }
  socket.namespace.sockets.add(socket)
  const receiver = delivery.namespace.sockets.bound('SOCK_DGRAM', address.address, address.port)
  receiver?.receive(data, { family: 'AF_INET', address: delivery.source, port })
  return data.length
}

/** The kernel at the other end answers an ICMP echo request (type 8) with a reply (type 0), icmp(7). */
function echo(kernel: Kernel, socket: Socket, delivery: Delivery, data: Uint8Array, address: SocketAddress): void {
  if (data[0] !== 8) return
  const reply = Uint8Array.from(data)
  reply[0] = 0
  kernel.clock.setTimer(kernel.clock.now() + roundTrip, () => {
    try {
      count(kernel, deliver(delivery.namespace, delivery.source), data.length + 42)
    } catch (error) {
      if (error instanceof SystemCallError) return
      throw error
    }
    if (socket.state !== 'closed') socket.receive(reply, address)
  })
}

function socketpair(kernel: Kernel, process: Process): readonly [number, number] {
  const one = new Socket(kernel, process, 'AF_UNIX', 'SOCK_STREAM')
  const other = new Socket(kernel, process, 'AF_UNIX', 'SOCK_STREAM')
  Object.assign(one, { state: 'established', peer: other })
  Object.assign(other, { state: 'established', peer: one })
  return [process.files.install(socketFile(kernel, one)), process.files.install(socketFile(kernel, other))]
}

export const socketCalls: CallTable<SocketCalls> = {
  socket: {
    number: 41,
    page: 'socket(2)',
    note: 'AF_INET (TCP, UDP, raw ICMP) and AF_UNIX streams; no IPv6, no packet sockets.',
    run: (kernel, process, family, type) => {
      if (type === 'SOCK_RAW' && !isCapable(process, 'NET_RAW', process.namespaces.net.owner))
        throw new SystemCallError('EPERM')
      return process.files.install(socketFile(kernel, new Socket(kernel, process, family, type)))
    },
  },
  bind: { number: 49, page: 'bind(2)', run: bind },
  listen: { number: 50, page: 'listen(2)', run: (_kernel, process, fd, backlog) => listen(process, fd, backlog) },
  accept: { number: 43, page: 'accept(2)', run: accept },
  connect: { number: 42, page: 'connect(2)', run: connect },
  getsockname: {
    number: 51,
    page: 'getsockname(2)',
    run: (_kernel, process, fd) => {
      const { socket } = socketAt(process, fd)
      return socket.local ?? unnamed(socket)
    },
  },
  getpeername: {
    number: 52,
    page: 'getpeername(2)',
    run: (_kernel, process, fd) => {
      const { socket } = socketAt(process, fd)
      if (socket.remote === undefined) throw new SystemCallError('ENOTCONN')
      return socket.remote
    },
  },
  setsockopt: {
    number: 54,
    page: 'setsockopt(2)',
    note: 'Known options are accepted; a closed port is free at once here, so SO_REUSEADDR changes nothing.',
    run: (_kernel, process, fd) => {
      socketAt(process, fd)
    },
  },
  fcntl_setown: {
    number: 72,
    page: 'fcntl(2)',
    note: 'F_SETOWN of the caller itself, with O_ASYNC set; sockets only.',
    run: (kernel, process, fd) => {
      socketAt(process, fd).socket.tellOwner = () => {
        if (process.state !== 'Z' && process.state !== 'X') sendSignal(kernel, process, SIGIO)
      }
    },
  },
  shutdown: {
    number: 48,
    page: 'shutdown(2)',
    run: (_kernel, process, fd, how) => {
      const { socket } = socketAt(process, fd)
      if (socket.state !== 'established') throw new SystemCallError('ENOTCONN')
      if (how !== 'SHUT_WR') socket.endOfStream = true
      if (how === 'SHUT_RD' || socket.peer === undefined) return
      socket.sendingEnded = true
      socket.peer.endOfStream = true
      socket.peer.arrived.wake()
    },
  },
  sendto: { number: 44, page: 'sendto(2)', run: sendto },
  recvfrom: {
    number: 45,
    page: 'recvfrom(2)',
    note: 'Datagrams and ICMP replies.',
    run: function* recvfrom(_kernel, process, fd, limit) {
      const { socket, file } = socketAt(process, fd)
      const { data, from } = yield* receiveDatagram(socket, file)
      return { data: data.subarray(0, limit), address: from }
    },
  },
  socketpair: { number: 53, page: 'socketpair(2)', run: socketpair },
}
