// System calls about the network: rtnetlink(7) here, sockets in sys-socket.ts.
import type { CallTable } from './call-table.ts'
import type { Kernel } from './kernel.ts'
import {
  addAddress,
  addLink,
  addressText,
  addVethPair,
  deleteLink,
  findLink,
  hasCarrier,
  type Link,
  moveLink,
  type Neighbour,
  type NetworkNamespace,
  netnsIdOf,
  networkOf,
  removeAddress,
  type Route,
  setMaster,
  setUp,
} from './net.ts'
import { namespaceOfFile } from './nsfs.ts'
import type { Process } from './process.ts'
import { activePidNamespace } from './signal.ts'
import { socketCalls } from './sys-socket.ts'
import {
  type LinkRecord,
  type NetworkCalls,
  type RouteRecord,
  type RtnetlinkAnswer,
  type RtnetlinkRequest,
  SystemCallError,
} from './system.ts'
import { requireCapability } from './user-namespace.ts'

type RouteRequest = Extract<RtnetlinkRequest, { destination: string }>
type LinkRequest<Type extends 'RTM_NEWLINK' | 'RTM_SETLINK'> = Extract<RtnetlinkRequest, { type: Type }>

const empty: RtnetlinkAnswer = { links: [], addresses: [], routes: [], neighbours: [], sockets: [] }

/** A locally administered random MAC address, as the kernel gives a new link (eth_hw_addr_random). */
export function randomHardwareAddress(kernel: Kernel): string {
  const bytes = kernel.random.bytes(6)
  bytes[0] = ((bytes[0] ?? 0) & 0xfe) | 0x02
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(':')
}

function linkRecord(link: Link): LinkRecord {
  const carrier = hasCarrier(link)
  const running = link.up && carrier
  const flags = [
    ...(link.up && !carrier ? ['NO-CARRIER'] : []),
    ...(link.kind === 'loopback' ? ['LOOPBACK'] : ['BROADCAST', 'MULTICAST']),
    ...(link.up ? ['UP'] : []),
    ...(running ? ['LOWER_UP'] : []),
  ]
  const peer = link.peer
  const elsewhere = peer !== undefined && peer.namespace !== link.namespace
  return {
    index: link.index,
    name: link.name,
    kind: link.kind,
    flags,
    mtu: link.mtu,
    qdisc: link.wasUp ? 'noqueue' : 'noop',
    operstate: operstate(link, carrier),
    group: 'default',
    txqueuelen: link.txqueuelen,
    lladdr: link.lladdr,
    broadcast: link.kind === 'loopback' ? '00:00:00:00:00:00' : 'ff:ff:ff:ff:ff:ff',
    ...(peer === undefined ? {} : { peerIndex: peer.index }),
    ...(elsewhere ? { peerNetnsId: netnsIdOf(link.namespace, peer.namespace) } : {}),
    ...(link.master === undefined ? {} : { master: link.master.name }),
    statistics: { ...link.statistics },
  }
}

function operstate(link: Link, carrier: boolean): LinkRecord['operstate'] {
  if (link.kind === 'loopback' && link.up) return 'UNKNOWN'
  if (!link.up) return 'DOWN'
  if (carrier) return 'UP'
  return link.kind === 'veth' ? 'LOWERLAYERDOWN' : 'DOWN'
}

function routeRecord(route: Route): RouteRecord {
  return {
    destination: route.prefixLength === 0 ? 'default' : `${route.destination}/${route.prefixLength}`,
    ...(route.gateway === undefined ? {} : { gateway: route.gateway }),
    device: route.link.name,
    protocol: route.protocol,
    scope: route.scope,
    ...(route.source === undefined ? {} : { source: route.source }),
  }
}

/** How long a neighbour counts as reachable without a word of it, in microseconds (base_reachable_time). */
const reachableTime = 30_000_000

function neighbourRecord(kernel: Kernel, { address, lladdr, link, confirmedAt }: Neighbour) {
  const state = kernel.clock.now() - confirmedAt < reachableTime ? 'REACHABLE' : 'STALE'
  return { address, lladdr, device: link.name, state }
}

function requireLink(namespace: NetworkNamespace, name: string): Link {
  const link = findLink(namespace, name)
  if (link === undefined) throw new SystemCallError('ENODEV')
  return link
}

/** The network namespace that a request names by a PID or by a descriptor of /proc/PID/ns/net. */
function namedNamespace(
  kernel: Kernel,
  process: Process,
  by: { netnsPid?: number; netnsFd?: number },
): NetworkNamespace | undefined {
  if (by.netnsPid !== undefined) {
    const found = kernel.findProcess(activePidNamespace(process), by.netnsPid)
    if (found === undefined || found.state === 'Z') throw new SystemCallError('ESRCH')
    return found.namespaces.net
  }
  if (by.netnsFd !== undefined) {
    const namespace = namespaceOfFile(process.files.get(by.netnsFd))
    if (namespace?.kind !== 'net') throw new SystemCallError('EINVAL')
    return namespace
  }
  return undefined
}

function newLink(kernel: Kernel, process: Process, request: LinkRequest<'RTM_NEWLINK'>): void {
  const namespace = process.namespaces.net
  const lladdr = () => randomHardwareAddress(kernel)
  if (request.kind !== 'veth') {
    addLink(namespace, { name: request.name, kind: request.kind, lladdr: lladdr() })
    return
  }
  const peer = request.peer ?? { name: `veth${namespace.nextIndex}` }
  const peerNamespace = namedNamespace(kernel, process, peer) ?? namespace
  const options = { name: request.name, lladdr: lladdr() }
  addVethPair(namespace, options, { name: peer.name, lladdr: lladdr(), namespace: peerNamespace })
}

function setLink(kernel: Kernel, process: Process, request: LinkRequest<'RTM_SETLINK'>): void {
  const namespace = process.namespaces.net
  const link = requireLink(namespace, request.name)
  if (request.address !== undefined) link.lladdr = request.address
  if (request.mtu !== undefined) link.mtu = request.mtu
  if (request.newName !== undefined) {
    if (link.up) throw new SystemCallError('EBUSY')
    if (findLink(namespace, request.newName) !== undefined) throw new SystemCallError('EEXIST')
    link.name = request.newName
  }
  if (request.master !== undefined) setMaster(link, requireLink(namespace, request.master))
  if (request.nomaster) setMaster(link, undefined)
  const target = namedNamespace(kernel, process, request)
  if (target !== undefined) moveLink(link, target)
  if (request.up !== undefined) setUp(link, request.up)
}

function newRoute(namespace: NetworkNamespace, request: RouteRequest): void {
  const [network = '', length] = request.destination === 'default' ? ['0.0.0.0', '0'] : request.destination.split('/')
  const prefixLength = Number(length ?? '32')
  const viaGateway = request.gateway === undefined ? undefined : connectedLink(namespace, request.gateway)
  const link = request.device === undefined ? viaGateway : requireLink(namespace, request.device)
  if (link === undefined) throw new SystemCallError('ENETUNREACH')
  const destination = networkOf(network, prefixLength)
  const same = namespace.routes.some((each) => each.destination === destination && each.prefixLength === prefixLength)
  if (same) throw new SystemCallError('EEXIST')
  namespace.routes.unshift({
    destination,
    prefixLength,
    gateway: request.gateway,
    link,
    protocol: 'boot',
    scope: request.gateway === undefined ? 'link' : 'global',
    source: request.source,
  })
}

function connectedLink(namespace: NetworkNamespace, gateway: string): Link | undefined {
  return namespace.routes.find(
    (route) => route.gateway === undefined && networkOf(gateway, route.prefixLength) === route.destination,
  )?.link
}

function deleteRoute(namespace: NetworkNamespace, request: RouteRequest): void {
  const index = namespace.routes.findIndex((route) => routeRecord(route).destination === request.destination)
  if (index === -1) throw new SystemCallError('ESRCH')
  namespace.routes.splice(index, 1)
}

function broadcastOf(address: string, prefixLength: number): string {
  const [a = 0, b = 0, c = 0, d = 0] = networkOf(address, prefixLength).split('.').map(Number)
  return addressText(((a * 256 + b) * 256 + c) * 256 + d + 2 ** (32 - prefixLength) - 1)
}

/** One request. Reading is free to all, changing needs CAP_NET_ADMIN. */
function rtnetlink(kernel: Kernel, process: Process, request: RtnetlinkRequest): RtnetlinkAnswer {
  const namespace = process.namespaces.net
  const links = [...namespace.links.values()].toSorted((a, b) => a.index - b.index)
  switch (request.type) {
    case 'RTM_GETLINK':
      return { ...empty, links: links.map(linkRecord) }
    case 'RTM_GETADDR':
      return {
        ...empty,
        links: links.map(linkRecord),
        addresses: links.flatMap((link) =>
          link.addresses.map(({ broadcast, ...address }) => ({
            ...address,
            index: link.index,
            device: link.name,
            label: link.name,
            ...(broadcast === undefined ? {} : { broadcast }),
          })),
        ),
      }
    case 'RTM_GETROUTE':
      return { ...empty, routes: namespace.routes.map(routeRecord) }
    case 'RTM_GETNEIGH':
      return { ...empty, neighbours: [...namespace.neighbours.values()].map((each) => neighbourRecord(kernel, each)) }
    case 'SOCK_DIAG_BY_FAMILY':
      return { ...empty, sockets: namespace.sockets.records() }
    default:
      break
  }
  requireCapability(process, 'NET_ADMIN', namespace.owner)
  switch (request.type) {
    case 'RTM_NEWLINK':
      newLink(kernel, process, request)
      break
    case 'RTM_SETLINK':
      setLink(kernel, process, request)
      break
    case 'RTM_DELLINK': {
      const link = requireLink(namespace, request.name)
      if (link.kind === 'loopback') throw new SystemCallError('EOPNOTSUPP')
      deleteLink(link)
      break
    }
    case 'RTM_NEWADDR': {
      const { address, prefixLength } = request
      const broadcast = request.broadcast === '+' ? broadcastOf(address, prefixLength) : request.broadcast
      const link = requireLink(namespace, request.name)
      addAddress(link, { family: 'inet', address, prefixLength, broadcast, scope: 'global' })
      break
    }
    case 'RTM_DELADDR':
      removeAddress(requireLink(namespace, request.name), request.address)
      break
    case 'RTM_NEWROUTE':
      newRoute(namespace, request)
      break
    case 'RTM_DELROUTE':
      deleteRoute(namespace, request)
      break
  }
  return empty
}

export const networkCalls: CallTable<NetworkCalls> = {
  ...socketCalls,
  rtnetlink: {
    page: 'rtnetlink(7)',
    note: 'Requests and answers as records, not as bytes on a netlink socket.',
    run: rtnetlink,
  },
}
