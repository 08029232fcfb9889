// What listens and talks in one network namespace: ports and abstract names are its own, network_namespaces(7).
import type { SocketRecord } from './system.ts'
import type { Socket } from './socket.ts'

/** Ports that connect(2) and bind(2) to port 0 give, net.ipv4.ip_local_port_range. */
const firstEphemeralPort = 32_768
const lastEphemeralPort = 60_999

/** Whether an address means all of the machine's own; `::` takes IPv4 connections too, ipv6(7). */
export function isWildcard(address: string): boolean {
  return address === '0.0.0.0' || address === '::'
}

export class SocketTable {
  readonly #sockets = new Set<Socket>()
  readonly #redirects = new Map<string, number>()
  #nextPort = firstEphemeralPort

  add(socket: Socket): void {
    this.#sockets.add(socket)
  }

  remove(socket: Socket): void {
    this.#sockets.delete(socket)
  }

  /** What is sent to an address and port goes to another port of it, as by a REDIRECT rule of the nat table. */
  redirect(type: Socket['type'], from: { address: string; port: number }, port: number): void {
    this.#redirects.set(`${type} ${from.address}:${from.port}`, port)
  }

  /** The socket that has an address and port for itself, or has the port on all addresses. */
  bound(type: Socket['type'], address: string, asked: number): Socket | undefined {
    const port = this.#redirects.get(`${type} ${address}:${asked}`) ?? asked
    let any: Socket | undefined
    for (const socket of this.#sockets) {
      if (socket.type !== type || socket.local?.port !== port || socket.state === 'established') continue
      if (socket.local.address === address) return socket
      if (isWildcard(socket.local.address)) any = socket
    }
    return any
  }

  /** Whether bind(2) to an address must fail with EADDRINUSE. */
  conflicts(type: Socket['type'], address: string, port: number): boolean {
    for (const socket of this.#sockets) {
      if (socket.type !== type || socket.local?.port !== port || socket.state === 'established') continue
      if (socket.local.address === address || isWildcard(socket.local.address) || isWildcard(address)) return true
    }
    return false
  }

  /** The abstract unix socket of a name. */
  abstract(name: string): Socket | undefined {
    for (const socket of this.#sockets) {
      if (socket.family === 'AF_UNIX' && socket.local?.address === name) return socket
    }
    return undefined
  }

  /** A port that nobody has. */
  ephemeralPort(type: Socket['type']): number {
    for (;;) {
      const port = this.#nextPort
      this.#nextPort = port === lastEphemeralPort ? firstEphemeralPort : port + 1
      if (!this.conflicts(type, '0.0.0.0', port)) return port
    }
  }

  /** The sockets as sock_diag(7) lists them. */
  records(): readonly SocketRecord[] {
    return [...this.#sockets].map((socket) => ({
      protocol: socket.family === 'AF_UNIX' ? 'unix' : socket.type === 'SOCK_STREAM' ? 'tcp' : 'udp',
      state: socket.state === 'listening' ? 'LISTEN' : socket.state === 'established' ? 'ESTAB' : 'UNCONN',
      local: socket.local ?? { family: socket.family, address: '0.0.0.0', port: 0 },
      remote: socket.remote ?? { family: socket.family, address: '0.0.0.0', port: 0 },
      inode: socket.inode,
      peerInode: socket.peer?.inode ?? 0,
      uid: socket.uid,
      receiveQueue: socket.state === 'listening' ? socket.backlog.length : socket.receivedBytes,
      sendQueue: socket.state === 'listening' ? socket.backlogLimit : 0,
    }))
  }
}
