// One socket, socket(7): what it is bound to, who is at the other end, and the bytes that have arrived.
import type { Kernel } from './kernel.ts'
import { internalDevice } from './internal-mounts.ts'
import type { NetworkNamespace } from './net.ts'
import { openFile } from './open-file.ts'
import type { Process } from './process.ts'
import { sendSignal } from './signal.ts'
import { SIGPIPE } from './signal-numbers.ts'
import { type NetworkCalls, type SocketAddress, SystemCallError } from './system.ts'
import type { FileOperations, OpenFile, SpecialInode } from './vfs.ts'
import { type KernelCode, type Sleep, WaitQueue } from './wait-queue.ts'

export type SocketFamily = Parameters<NetworkCalls['socket']>[0]
export type SocketType = Parameters<NetworkCalls['socket']>[1]

/**
 * unconnected: just made, or only bound. listening: takes connections. established: has a peer, or had one.
 * closed: its last descriptor is closed.
 */
export type SocketState = 'unconnected' | 'listening' | 'established' | 'closed'

/** How much a receiver holds before its sender must wait, in bytes (net.core.rmem_default). */
const receiveLimit = 212_992

export interface Datagram {
  readonly data: Uint8Array
  readonly from: SocketAddress
}

export class Socket {
  readonly family: SocketFamily
  readonly type: SocketType
  readonly inode: number
  readonly uid: number
  /** The namespace in which it was made; it stays in there. */
  readonly namespace: NetworkNamespace
  state: SocketState = 'unconnected'
  local: SocketAddress | undefined
  remote: SocketAddress | undefined
  peer: Socket | undefined
  /** Connections that accept(2) has not taken yet. */
  readonly backlog: Socket[] = []
  backlogLimit = 0
  /** A stream's bytes, or datagrams with their sender. */
  readonly received: Datagram[] = []
  receivedBytes = 0
  /** The peer has shut down its sending side. */
  endOfStream = false
  /** shutdown(SHUT_WR) was called. */
  sendingEnded = false
  /** The connection was reset: the peer closed with unread data, or lost its network. */
  reset = false
  readonly arrived = new WaitQueue()
  readonly spaceFreed = new WaitQueue()

  constructor(
    kernel: Kernel,
    process: Process,
    family: SocketFamily,
    type: SocketType,
    namespace: NetworkNamespace = process.namespaces.net,
  ) {
    this.family = family
    this.type = type
    this.inode = kernel.nextInode()
    this.uid = process.credentials.uid.effective
    this.namespace = namespace
  }

  /** O_ASYNC of fcntl(2): sends SIGIO to the owner when something can be read. */
  tellOwner?: () => void

  /** Puts bytes into the socket and wakes who waits for them. */
  receive(data: Uint8Array, from: SocketAddress): void {
    this.received.push({ data, from })
    this.receivedBytes += data.length
    this.arrived.wake()
    this.tellOwner?.()
  }

  /** Up to `count` bytes of a stream, taken out. */
  takeBytes(count: number): Uint8Array {
    const first = this.received[0]
    if (first === undefined) return new Uint8Array()
    const taken = first.data.subarray(0, count)
    if (taken.length === first.data.length) this.received.shift()
    else this.received[0] = { ...first, data: first.data.subarray(count) }
    this.receivedBytes -= taken.length
    this.spaceFreed.wake()
    return taken
  }

  /** The last descriptor is closed: the name is free, the peer sees the end. */
  close(): void {
    this.state = 'closed'
    this.namespace.sockets.remove(this)
    for (const waiting of this.backlog) waiting.close()
    const peer = this.peer
    if (peer === undefined) return
    this.peer = undefined
    peer.endOfStream = true
    if (this.receivedBytes > 0) peer.reset = true
    peer.arrived.wake()
    peer.spaceFreed.wake()
    peer.tellOwner?.()
  }
}

/** What a process must sleep on in a call on a socket. */
function sleepOn(queue: WaitQueue, socket: Socket): Sleep {
  const waitChannel =
    socket.family === 'AF_UNIX' ? 'unix_read' : socket.type === 'SOCK_STREAM' ? 'tcp_read' : 'udp_recv'
  return { queues: [queue], waitChannel }
}

function* read(socket: Socket, count: number, file: OpenFile): KernelCode<Uint8Array> {
  if (socket.type !== 'SOCK_STREAM') return (yield* receiveDatagram(socket, file)).data
  if (socket.state !== 'established') throw new SystemCallError('ENOTCONN')
  while (socket.received.length === 0) {
    if (socket.reset) throw new SystemCallError('ECONNRESET')
    if (socket.endOfStream) return new Uint8Array()
    if (file.flags.includes('NONBLOCK')) throw new SystemCallError('EAGAIN')
    if ((yield sleepOn(socket.arrived, socket)) === 'signal') throw new SystemCallError('EINTR')
  }
  return socket.takeBytes(count)
}

/** One datagram, recvfrom(2). */
export function* receiveDatagram(socket: Socket, file: OpenFile): KernelCode<Datagram> {
  for (;;) {
    const first = socket.received.shift()
    if (first !== undefined) {
      socket.receivedBytes -= first.data.length
      return first
    }
    if (file.flags.includes('NONBLOCK')) throw new SystemCallError('EAGAIN')
    if ((yield sleepOn(socket.arrived, socket)) === 'signal') throw new SystemCallError('EINTR')
  }
}

function* write(kernel: Kernel, writer: Process, socket: Socket, data: Uint8Array, file: OpenFile): KernelCode<number> {
  if (socket.type !== 'SOCK_STREAM') throw new SystemCallError('EDESTADDRREQ')
  if (socket.state !== 'established') throw new SystemCallError('ENOTCONN')
  for (;;) {
    const peer = socket.peer
    if (peer === undefined || socket.sendingEnded) {
      sendSignal(kernel, writer, SIGPIPE)
      throw new SystemCallError('EPIPE')
    }
    const room = receiveLimit - peer.receivedBytes
    if (room > 0) {
      const part = data.slice(0, room)
      if (part.length > 0) peer.receive(part, socket.local ?? unnamed(socket))
      return part.length
    }
    if (file.flags.includes('NONBLOCK')) throw new SystemCallError('EAGAIN')
    if ((yield sleepOn(peer.spaceFreed, socket)) === 'signal') throw new SystemCallError('EINTR')
  }
}

export function unnamed(socket: Socket): SocketAddress {
  return { family: socket.family, address: socket.family === 'AF_UNIX' ? '' : '0.0.0.0', port: 0 }
}

const socketOfFile = new WeakMap<OpenFile, Socket>()

/** The socket behind a descriptor. @throws EBADF, ENOTSOCK */
export function socketAt(process: Process, fd: number): { socket: Socket; file: OpenFile } {
  const file = process.files.get(fd)
  const socket = socketOfFile.get(file)
  if (socket === undefined) throw new SystemCallError('ENOTSOCK')
  return { socket, file }
}

/** An open file over a socket, for a descriptor. */
export function socketFile(kernel: Kernel, socket: Socket): OpenFile {
  const operations: FileOperations = {
    read: (_reader, count, file) => read(socket, count, file),
    write: (writer, data, file) => write(kernel, writer, socket, data, file),
    poll: () => ({
      in: socket.received.length > 0 || socket.backlog.length > 0 || socket.endOfStream,
      out: socket.peer !== undefined && socket.peer.receivedBytes < receiveLimit,
      hangup: socket.state === 'established' && socket.peer === undefined,
      queues: [socket.arrived, ...(socket.peer === undefined ? [] : [socket.peer.spaceFreed])],
    }),
    release: () => socket.close(),
    description: () => `socket:[${socket.inode}]`,
  }
  const file = openFile(operations, socketInode(kernel, socket), ['RDWR'])
  socketOfFile.set(file, socket)
  return file
}

function socketInode(kernel: Kernel, socket: Socket): SpecialInode {
  const now = kernel.clock.now()
  return {
    type: 'socket',
    ino: socket.inode,
    device: internalDevice('sockfs'),
    mode: 0o777,
    uid: socket.uid,
    gid: 0,
    nlink: 1,
    atime: now,
    mtime: now,
    ctime: now,
    rdev: { major: 0, minor: 0 },
    open: () => {
      throw new SystemCallError('ENXIO')
    },
  }
}
