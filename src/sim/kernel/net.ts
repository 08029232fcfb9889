// Network namespaces and what is in them, network_namespaces(7): links, addresses, routes; and where a packet would go.
import type { Kernel } from './kernel.ts'
import type { NamespaceBase, UserNamespace } from './namespaces.ts'
import { SystemCallError } from './system.ts'
import { SocketTable } from './socket-table.ts'

export interface Address {
  readonly family: 'inet' | 'inet6'
  readonly address: string
  readonly prefixLength: number
  readonly broadcast: string | undefined
  readonly scope: 'host' | 'global' | 'link'
}

export interface Route {
  /** Network address in dotted form and its length; 0 is the default route. */
  readonly destination: string
  readonly prefixLength: number
  readonly gateway: string | undefined
  readonly link: Link
  readonly protocol: 'kernel' | 'boot' | 'static'
  readonly scope: 'link' | 'global' | 'host'
  readonly source: string | undefined
}

/** A network interface. It is in one namespace at a time. */
export interface Link {
  index: number
  name: string
  readonly kind: 'loopback' | 'veth' | 'bridge' | 'dummy'
  namespace: NetworkNamespace
  /** IFF_UP: set by the administrator. */
  up: boolean
  /** It has been up: from then on it has a queueing discipline. */
  wasUp: boolean
  mtu: number
  lladdr: string
  txqueuelen: number
  readonly addresses: Address[]
  /** The other end of a veth pair; gone when it was deleted. */
  peer: Link | undefined
  /** The bridge that it is a port of. */
  master: Link | undefined
  /** Ports of a bridge. */
  readonly ports: Set<Link>
  readonly statistics: { rxBytes: number; rxPackets: number; txBytes: number; txPackets: number }
}

export interface Neighbour {
  readonly address: string
  readonly lladdr: string
  readonly link: Link
  /** Microseconds since the epoch at which it was last heard of. */
  readonly confirmedAt: number
}

export interface NetworkNamespace extends NamespaceBase {
  readonly kind: 'net'
  /** By index, as they are listed. */
  readonly links: Map<number, Link>
  readonly routes: Route[]
  readonly sockets: SocketTable
  /** net.ipv4.ip_forward */
  forwarding: boolean
  /** Ids of other namespaces as `link-netnsid` shows them. */
  readonly netnsIds: Map<NetworkNamespace, number>
  /** Who was met on a segment, by address and name of the link, arp(7). */
  readonly neighbours: Map<string, Neighbour>
  nextIndex: number
  /** Whether `lo` gets ::1, the opposite of net.ipv6.conf.lo.disable_ipv6. */
  ipv6Loopback: boolean
}

/** A namespace with nothing but a `lo` that is down. */
export function createNetworkNamespace(
  kernel: Kernel,
  inode: number,
  owner: UserNamespace | undefined,
): NetworkNamespace {
  const namespace: NetworkNamespace = {
    kind: 'net',
    inode,
    holders: 0,
    owner,
    links: new Map(),
    routes: [],
    sockets: new SocketTable(),
    forwarding: false,
    netnsIds: new Map(),
    neighbours: new Map(),
    nextIndex: 1,
    ipv6Loopback: kernel.parameters.ipv6Loopback,
  }
  addLink(namespace, { name: 'lo', kind: 'loopback', mtu: 65_536, lladdr: '00:00:00:00:00:00' })
  return namespace
}

/** A dead namespace takes its links along; the other end of each veth pair goes with it. */
export function destroyNetworkNamespace(_kernel: Kernel, namespace: NetworkNamespace): void {
  for (const link of Array.from(namespace.links.values())) deleteLink(link)
  namespace.routes.length = 0
}

interface NewLink {
  name: string
  kind: Link['kind']
  mtu?: number
  lladdr: string
}

/** @throws EEXIST when the name is taken */
export function addLink(namespace: NetworkNamespace, options: NewLink): Link {
  if (findLink(namespace, options.name) !== undefined) throw new SystemCallError('EEXIST')
  const link: Link = {
    index: freeIndex(namespace),
    name: options.name,
    kind: options.kind,
    namespace,
    up: false,
    wasUp: false,
    mtu: options.mtu ?? 1500,
    lladdr: options.lladdr,
    txqueuelen: 1000,
    addresses: [],
    peer: undefined,
    master: undefined,
    ports: new Set(),
    statistics: { rxBytes: 0, rxPackets: 0, txBytes: 0, txPackets: 0 },
  }
  namespace.links.set(link.index, link)
  return link
}

/** A veth pair, veth(4): what goes in at one end comes out at the other. The peer may lie in another namespace. */
export function addVethPair(
  namespace: NetworkNamespace,
  options: { name: string; lladdr: string },
  peer: { name: string; lladdr: string; namespace: NetworkNamespace },
): Link {
  // The kernel makes the peer first, so its index is the lower one.
  const far = addLink(peer.namespace, { name: peer.name, kind: 'veth', lladdr: peer.lladdr })
  const near = addLink(namespace, { name: options.name, kind: 'veth', lladdr: options.lladdr })
  near.peer = far
  far.peer = near
  return near
}

function freeIndex(namespace: NetworkNamespace): number {
  while (namespace.links.has(namespace.nextIndex)) namespace.nextIndex++
  return namespace.nextIndex++
}

export function findLink(namespace: NetworkNamespace, name: string): Link | undefined {
  for (const link of namespace.links.values()) if (link.name === name) return link
  return undefined
}

/** Takes a link out of its namespace, with its addresses and routes; a veth's peer goes too. */
export function deleteLink(link: Link): void {
  if (link.namespace.links.get(link.index) !== link) return
  link.namespace.links.delete(link.index)
  dropRoutes(link)
  dropNeighbours(link)
  setMaster(link, undefined)
  for (const port of Array.from(link.ports)) setMaster(port, undefined)
  const peer = link.peer
  link.peer = undefined
  if (peer !== undefined) {
    peer.peer = undefined
    deleteLink(peer)
  }
}

function dropRoutes(link: Link): void {
  const { routes } = link.namespace
  for (let index = routes.length - 1; index >= 0; index--) if (routes[index]?.link === link) routes.splice(index, 1)
}

function dropNeighbours(link: Link): void {
  const { neighbours } = link.namespace
  for (const [key, neighbour] of neighbours) if (neighbour.link === link) neighbours.delete(key)
}

/** Both ends of each hop of a packet's way learn the other's hardware address. */
export function learnNeighbours({ path }: Delivery, now: number): void {
  for (let at = 0; at + 1 < path.length; at += 2) {
    learn(path[at], path[at + 1], now)
    learn(path[at + 1], path[at], now)
  }
}

function learn(link: Link | undefined, other: Link | undefined, now: number): void {
  const address = other?.addresses.find(({ family }) => family === 'inet')?.address
  if (link === undefined || other === undefined || address === undefined) return
  const { neighbours } = link.namespace
  neighbours.set(`${address} ${link.name}`, { address, lladdr: other.lladdr, link, confirmedAt: now })
}

export function setMaster(link: Link, master: Link | undefined): void {
  link.master?.ports.delete(link)
  link.master = master
  master?.ports.add(link)
}

/** `ip link set up` or `down`. Going down loses the routes; `lo` gets its addresses when it first comes up. */
export function setUp(link: Link, up: boolean): void {
  link.up = up
  link.wasUp ||= up
  if (!up) {
    dropRoutes(link)
    dropNeighbours(link)
    return
  }
  if (link.kind === 'loopback' && link.addresses.length === 0) {
    link.addresses.push(loopbackAddress)
    if (link.namespace.ipv6Loopback) link.addresses.push(loopbackAddress6)
  }
  for (const address of link.addresses) addConnectedRoute(link, address)
}

const loopbackAddress: Address = {
  family: 'inet',
  address: '127.0.0.1',
  prefixLength: 8,
  broadcast: undefined,
  scope: 'host',
}
const loopbackAddress6: Address = {
  family: 'inet6',
  address: '::1',
  prefixLength: 128,
  broadcast: undefined,
  scope: 'host',
}

/** Moves a link to another namespace: it loses addresses, routes and master, and keeps its index if that is free there. */
export function moveLink(link: Link, namespace: NetworkNamespace): void {
  if (findLink(namespace, link.name) !== undefined) throw new SystemCallError('EEXIST')
  dropRoutes(link)
  dropNeighbours(link)
  setMaster(link, undefined)
  link.namespace.links.delete(link.index)
  link.addresses.length = 0
  link.up = false
  link.namespace = namespace
  if (namespace.links.has(link.index)) link.index = freeIndex(namespace)
  namespace.links.set(link.index, link)
}

/** @throws EEXIST when the link has the address */
export function addAddress(link: Link, address: Address): void {
  if (link.addresses.some((each) => each.address === address.address)) throw new SystemCallError('EEXIST')
  link.addresses.push(address)
  if (link.up) addConnectedRoute(link, address)
}

/** @throws EADDRNOTAVAIL when the link has no such address */
export function removeAddress(link: Link, address: string): void {
  const index = link.addresses.findIndex((each) => each.address === address)
  if (index === -1) throw new SystemCallError('EADDRNOTAVAIL')
  link.addresses.splice(index, 1)
  const { routes } = link.namespace
  for (let at = routes.length - 1; at >= 0; at--) if (routes[at]?.source === address) routes.splice(at, 1)
}

function addConnectedRoute(link: Link, address: Address): void {
  if (address.family !== 'inet' || link.kind === 'loopback') return
  const destination = networkOf(address.address, address.prefixLength)
  const known = link.namespace.routes.some((route) => route.link === link && route.destination === destination)
  if (known) return
  link.namespace.routes.push({
    destination,
    prefixLength: address.prefixLength,
    gateway: undefined,
    link,
    protocol: 'kernel',
    scope: 'link',
    source: address.address,
  })
}

/** Whether the other end answers: `lo` and a bridge with a live port do, a veth whose peer is up does. */
export function hasCarrier(link: Link): boolean {
  if (link.kind === 'veth') return link.peer?.up ?? false
  if (link.kind === 'bridge') return [...link.ports].some((port) => port.up && hasCarrier(port))
  return true
}

/** The id of another namespace as seen from one, as `link-netnsid` shows it: given at first sight, from 0. */
export function netnsIdOf(from: NetworkNamespace, other: NetworkNamespace): number {
  const known = from.netnsIds.get(other)
  if (known !== undefined) return known
  const id = from.netnsIds.size
  from.netnsIds.set(other, id)
  return id
}

/** A dotted address as a number of 32 bits. @throws EINVAL */
export function addressNumber(address: string): number {
  const parts = address.split('.')
  if (parts.length !== 4 || parts.some((part) => !/^\d{1,3}$/.test(part) || Number(part) > 255)) {
    throw new SystemCallError('EINVAL')
  }
  return parts.reduce((number, part) => number * 256 + Number(part), 0)
}

export function addressText(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.')
}

/** The network that an address with a prefix length lies in, dotted. */
export function networkOf(address: string, prefixLength: number): string {
  const size = 2 ** (32 - prefixLength)
  return addressText(Math.floor(addressNumber(address) / size) * size)
}

/** The namespace in which a packet arrives, and by which address it was sent. */
export interface Delivery {
  readonly namespace: NetworkNamespace
  readonly source: string
  /** Links that it left and came in by, for their counters; empty over `lo`. */
  readonly path: readonly Link[]
}

/** Whether an address is one of the namespace's own; all of 127.0.0.0/8 is, once `lo` is up. */
export function isLocal(namespace: NetworkNamespace, address: string): boolean {
  for (const link of namespace.links.values()) {
    if (!link.up) continue
    if (link.kind === 'loopback' && address.startsWith('127.')) return true
    if (link.addresses.some((each) => each.address === address)) return true
  }
  return false
}

/** The route that a packet to `address` takes: the longest prefix, then the first. */
export function routeTo(namespace: NetworkNamespace, address: string): Route | undefined {
  let best: Route | undefined
  for (const route of namespace.routes) {
    if (!route.link.up || networkOf(address, route.prefixLength) !== route.destination) continue
    if (best === undefined || route.prefixLength > best.prefixLength) best = route
  }
  return best
}

/**
 * Where a packet to `address` arrives, over routes, veth pairs, bridges and forwarding namespaces.
 * @throws ENETUNREACH when no route leads there; EHOSTUNREACH when nobody has the address
 */
export function deliver(namespace: NetworkNamespace, address: string, hops = 8): Delivery {
  if (isLocal(namespace, address)) return { namespace, source: address, path: [] }
  const route = routeTo(namespace, address)
  if (route === undefined) throw new SystemCallError('ENETUNREACH')
  const nextHop = route.gateway ?? address
  const source = route.source ?? route.link.addresses.find((each) => each.family === 'inet')?.address ?? '0.0.0.0'
  const neighbour = segmentOf(route.link).find((link) => link.up && link.addresses.some((a) => a.address === nextHop))
  if (neighbour === undefined) throw new SystemCallError('EHOSTUNREACH')
  const path = [route.link, neighbour]
  if (isLocal(neighbour.namespace, address)) return { namespace: neighbour.namespace, source, path }
  if (!neighbour.namespace.forwarding || hops === 0) throw new SystemCallError('EHOSTUNREACH')
  const onward = deliver(neighbour.namespace, address, hops - 1)
  return { namespace: onward.namespace, source, path: [...path, ...onward.path] }
}

/** All links that share a link's Ethernet segment, itself left out. */
function segmentOf(link: Link): Link[] {
  const seen = new Set<Link>([link])
  const queue = [link]
  for (const at of queue) {
    const next = [at.peer, at.master, ...at.ports].filter((each): each is Link => each?.up ?? false)
    for (const each of next) {
      if (seen.has(each)) continue
      seen.add(each)
      queue.push(each)
    }
  }
  seen.delete(link)
  return [...seen]
}
