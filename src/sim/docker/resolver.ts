// The name server that the engine puts into the network namespace of each container on a user-defined network: 127.0.0.11.
// It knows the containers that share a network with the one that asks, by name, alias, id and host name.
import type { Container, Endpoint } from './container.ts'
import type { Daemon } from './daemon.ts'
import { predefined } from './network.ts'
import type { NetworkNamespace } from '../kernel/net.ts'
import { Socket } from '../kernel/socket.ts'
import type { SocketAddress } from '../kernel/system.ts'

const address = '127.0.0.11'
const port = 53

/** Listens as the real one does, on ports of its own to which the namespace's firewall leads what is sent to port 53. */
export function startResolver(daemon: Daemon, container: Container, namespace: NetworkNamespace): void {
  const { sockets } = namespace
  const listener = new Listener(daemon, container, namespace)
  listener.local = { family: 'AF_INET', address, port: sockets.ephemeralPort('SOCK_DGRAM') }
  sockets.add(listener)
  sockets.redirect('SOCK_DGRAM', { address, port }, listener.local.port)
  const streams = new Socket(daemon.kernel, daemon.process, 'AF_INET', 'SOCK_STREAM', namespace)
  streams.local = { family: 'AF_INET', address, port: sockets.ephemeralPort('SOCK_STREAM') }
  streams.state = 'listening'
  sockets.add(streams)
}

/** Whether a container is on a network whose names are resolved. */
export function needsResolver(container: Container): boolean {
  return [...container.endpoints.keys()].some((name) => !predefined.includes(name))
}

/** A datagram is a question, a name or an address; the answer is an address or a name, or nothing. */
class Listener extends Socket {
  readonly #daemon: Daemon
  readonly #container: Container

  constructor(daemon: Daemon, container: Container, namespace: NetworkNamespace) {
    super(daemon.kernel, daemon.process, 'AF_INET', 'SOCK_DGRAM', namespace)
    this.#daemon = daemon
    this.#container = container
  }

  override receive(data: Uint8Array, from: SocketAddress): void {
    const question = new TextDecoder().decode(data).replace(/\.$/, '').toLowerCase()
    const asker = this.namespace.sockets.bound('SOCK_DGRAM', from.address, from.port)
    const answer = resolve(this.#daemon, this.#container, question)
    asker?.receive(new TextEncoder().encode(answer), { family: 'AF_INET', address, port })
  }
}

/** Gives the address of a name, the name of an address, or an empty text. */
export function resolve(daemon: Daemon, container: Container, question: string): string {
  for (const own of container.endpoints.values()) {
    if (predefined.includes(own.networkName) || own.id === '') continue
    const network = daemon.networks.find(own.networkId)
    const linked = linkedName(own, question)
    for (const { container: other, endpoint } of network?.endpoints.values() ?? []) {
      if (endpoint.address === '') continue
      if (endpoint.address === question) return `${other.name}.${own.networkName}`
      const names = namesOf(daemon, other, endpoint)
      if (names.includes(linked ?? question) || names.some((name) => `${name}.${own.networkName}` === question)) {
        return endpoint.address
      }
    }
  }
  return ''
}

/** What stands behind the alias of a link. */
function linkedName(own: Endpoint, question: string): string | undefined {
  const link = (own.requested.Links ?? []).find((text) => (text.split(':')[1] ?? text).toLowerCase() === question)
  return link?.split(':')[0]?.toLowerCase()
}

function namesOf(daemon: Daemon, container: Container, endpoint: Endpoint): string[] {
  const hostname = daemon.words === '20.10' ? [] : [container.config.Hostname]
  const names = [container.name, container.id.slice(0, 12), ...hostname, ...(endpoint.requested.Aliases ?? [])]
  return names.map((name) => name.toLowerCase())
}
