// The network of one container: its sandbox, its endpoints, its published ports, and letting go of all of it.
import type { PortBinding } from './api-types.ts'
import { type Container, donorOf } from './container.ts'
import type { Daemon } from './daemon.ts'
import { EngineError } from './errors.ts'
import { emptyEndpoint, type Network } from './network.ts'
import { startPortProxies, stopPortProxies } from './port-proxy.ts'
import { hold, releaseNamespace } from '../kernel/namespace-life.ts'
import { findLink, type NetworkNamespace, setUp } from '../kernel/net.ts'

/** Whether it gets a network namespace of its own, be there a network in it or not. */
export function ownsNetworkNamespace(container: Container): boolean {
  return container.hostConfig.NetworkMode !== 'host' && donorOf(container.hostConfig.NetworkMode) === undefined
}

/** The networks that it is to be connected to. @throws EngineError 404 */
export function findNetworks(daemon: Daemon, container: Container): Map<string, Network> {
  const networks = new Map<string, Network>()
  for (const name of container.endpoints.keys()) networks.set(name, daemon.networks.get(name))
  const host = networks.get('host')
  const endpoint = container.endpoints.get('host')
  if (host !== undefined && endpoint !== undefined) {
    endpoint.networkId = host.id
    endpoint.id = daemon.kernel.random.hex(64)
    host.endpoints.set(container.id, { container, endpoint })
  }
  return networks
}

/**
 * Brings up `lo`, connects the networks and publishes the ports.
 * @throws EngineError when an address or a port is not to be had; then nothing is left of it
 */
export function connectAll(
  daemon: Daemon,
  container: Container,
  networks: ReadonlyMap<string, Network>,
  namespace: NetworkNamespace,
): void {
  const id = daemon.kernel.random.hex(64)
  hold(namespace)
  container.sandbox = { id, key: id.slice(0, 12), namespace }
  container.lastSandbox = { id, key: id.slice(0, 12) }
  namespace.ipv6Loopback = daemon.parameters.loopbackIpv6
  const lo = findLink(namespace, 'lo')
  if (lo !== undefined) setUp(lo, true)
  for (const [name, network] of networks) {
    const endpoint = container.endpoints.get(name)
    if (endpoint === undefined) continue
    daemon.networks.connect(network, container, endpoint, namespace)
    logNetworkEvent(daemon, container, network, 'connect')
  }
  publishPorts(daemon, container)
}

function publishPorts(daemon: Daemon, container: Container): void {
  const endpoint = [...container.endpoints.values()].find((each) => each.address !== '')
  if (endpoint === undefined) return
  const wanted = wantedPorts(container)
  for (const [port, bindings] of wanted) {
    const protocol = port.split('/')[1] ?? 'tcp'
    const published: PortBinding[] = []
    for (const { HostIp, HostPort } of bindings) {
      const number = allocate(daemon, container, endpoint.id, protocol, HostIp, HostPort)
      const addresses = HostIp === '' ? ['0.0.0.0', '::'] : [HostIp]
      for (const address of addresses) published.push({ HostIp: address, HostPort: `${number}` })
      container.publishedPorts.set(port, published)
    }
  }
  startPortProxies(daemon, container, endpoint.address)
}

function allocate(
  daemon: Daemon,
  container: Container,
  endpointId: string,
  protocol: string,
  hostIp: string,
  hostPort: string,
): number {
  try {
    return daemon.ports.allocate(protocol, hostIp === '' ? '0.0.0.0' : hostIp, hostPort)
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    const what = `driver failed programming external connectivity on endpoint ${container.name} (${endpointId})`
    throw new EngineError(500, `${what}: ${error.message}`)
  }
}

/** What -p asks for, and with -P every exposed port. */
function wantedPorts(container: Container): Map<string, readonly PortBinding[]> {
  const wanted = new Map(Object.entries(container.hostConfig.PortBindings))
  if (container.hostConfig.PublishAllPorts) {
    for (const port of Object.keys(container.config.ExposedPorts ?? {})) {
      if (!wanted.has(port)) wanted.set(port, [{ HostIp: '', HostPort: '' }])
    }
  }
  return wanted
}

/** A container that has ended: endpoints, addresses and ports are free again; its namespace lives if somebody is in it. */
export function releaseNetwork(daemon: Daemon, container: Container): void {
  stopPortProxies(daemon, container)
  const released = new Set<string>()
  for (const [port, bindings] of container.publishedPorts) {
    for (const { HostPort } of bindings) released.add(`${HostPort}/${port.split('/')[1] ?? 'tcp'}`)
  }
  for (const each of released) {
    const [number = '', protocol = 'tcp'] = each.split('/')
    daemon.ports.release(protocol, Number(number))
  }
  container.publishedPorts.clear()
  for (const endpoint of container.endpoints.values()) {
    if (endpoint.id === '') continue
    const network = daemon.networks.find(endpoint.networkId)
    daemon.networks.disconnect(container, endpoint)
    Object.assign(endpoint, emptyEndpoint)
    if (network !== undefined) logNetworkEvent(daemon, container, network, 'disconnect')
  }
  if (container.sandbox === undefined) return
  const { namespace } = container.sandbox
  container.sandbox = undefined
  releaseNamespace(daemon.kernel, namespace)
}

export function logNetworkEvent(daemon: Daemon, container: Container, network: Network, action: string): void {
  daemon.events.log('network', action, network.id, {
    container: container.id,
    name: network.name,
    type: network.driver,
  })
}
