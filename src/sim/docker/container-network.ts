// The network of one container: its sandbox, its endpoints, its published ports, and letting go of all of it.
import { setNetworkParameter } from '../kernel/procfs-sysctl.ts'
import type { PortBinding } from './api-types.ts'
import { type Container, donorOf, type Endpoint } from './container.ts'
import type { Daemon } from './daemon.ts'
import { EngineError } from './errors.ts'
import { emptyEndpoint, type Network } from './network.ts'
import { needsResolver, startResolver } from './resolver.ts'
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
  if (container.hostConfig.NetworkMode === 'host' && networks.size > 1) {
    throw new EngineError(
      403,
      'container sharing network namespace with another container or host cannot be connected to any other network',
    )
  }
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
  if (needsResolver(container)) startResolver(daemon, container, namespace)
  for (const [name, value] of Object.entries(container.hostConfig.Sysctls ?? {})) {
    if (name.startsWith('net.')) setNetworkParameter(namespace, name.replaceAll('.', '/'), value)
  }
  publishPorts(daemon, container)
}

function publishPorts(daemon: Daemon, container: Container): void {
  const endpoint = [...container.endpoints.values()].find((each) => each.address !== '')
  if (endpoint === undefined) return
  const wanted = wantedPorts(container)
  for (const [port, bindings] of wanted) {
    const published: PortBinding[] = []
    for (const binding of bindings) {
      const number = allocate(daemon, container, endpoint, port, binding)
      const addresses = binding.HostIp === '' ? ['0.0.0.0', '::'] : [binding.HostIp]
      for (const address of addresses) published.push({ HostIp: address, HostPort: `${number}` })
      container.publishedPorts.set(port, published)
    }
  }
  startPortProxies(daemon, container, endpoint.address)
}

function allocate(
  daemon: Daemon,
  container: Container,
  endpoint: Endpoint,
  port: string,
  { HostIp, HostPort }: PortBinding,
): number {
  const [containerPort = '', protocol = 'tcp'] = port.split('/')
  const address = HostIp === '' ? '0.0.0.0' : HostIp
  try {
    const number = daemon.ports.allocate(protocol, address, HostPort)
    const problem = bindProblem(daemon, protocol, address, number)
    if (problem === undefined) return number
    daemon.ports.release(protocol, address, number)
    throw new EngineError(
      500,
      daemon.words === '28.5'
        ? `failed to bind host port for ${address}:${number}:${endpoint.address}:${containerPort}/${protocol}: ${problem}`
        : `Error starting userland proxy: listen ${protocol}4 ${address}:${number}: bind: ${problem}`,
    )
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    const what = `driver failed programming external connectivity on endpoint ${container.name} (${endpoint.id})`
    throw new EngineError(500, `${what}: ${error.message}`)
  }
}

/** Why the host cannot listen there: the address is not its own, or another process has the port. */
function bindProblem(daemon: Daemon, protocol: string, address: string, port: number): string | undefined {
  const { net } = daemon.kernel.initialNamespaces
  const own = [...net.links.values()].some((link) => link.addresses.some((each) => each.address === address))
  if (!own && address !== '0.0.0.0' && !address.startsWith('127.') && !address.includes(':')) {
    return 'cannot assign requested address'
  }
  const type = protocol === 'tcp' ? 'SOCK_STREAM' : 'SOCK_DGRAM'
  return net.sockets.conflicts(type, address, port) ? 'address already in use' : undefined
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
  for (const [port, bindings] of container.publishedPorts) {
    const protocol = port.split('/')[1] ?? 'tcp'
    for (const { HostIp, HostPort } of bindings) daemon.ports.release(protocol, HostIp, Number(HostPort))
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
