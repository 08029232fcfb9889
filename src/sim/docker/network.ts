// Networks: bridges on the host with an address pool each, and the veth pairs by which containers hang on them.
import type { EndpointSettingsRequest, NetworkCreateRequest } from './api-types.ts'
import type { Container, Endpoint } from './container.ts'
import { EngineError } from './errors.ts'
import {
  AddressPool,
  broadcastOf,
  defaultSubnets,
  formatAddress,
  formatSubnet,
  overlaps,
  parseAddress,
  parseSubnet,
  type Subnet,
} from './ipam.ts'
import { isValidName } from './names.ts'
import { ambiguousId, noSuchNetwork } from './texts.ts'
import type { DockerParameters } from './versions.ts'
import type { Kernel } from '../kernel/kernel.ts'
import {
  addAddress,
  addLink,
  addVethPair,
  deleteLink,
  findLink,
  type Link,
  moveLink,
  type NetworkNamespace,
  setMaster,
  setUp,
} from '../kernel/net.ts'

export interface Network {
  readonly id: string
  readonly name: string
  readonly driver: 'bridge' | 'host' | 'null'
  readonly created: number
  readonly internal: boolean
  readonly attachable: boolean
  readonly labels: Readonly<Record<string, string>>
  readonly options: Readonly<Record<string, string>>
  /** Of a bridge. */
  readonly pool: AddressPool | undefined
  readonly gateway: string
  /** Whether the subnet was asked for: only then may a container ask for an address. */
  readonly subnetGiven: boolean
  readonly bridge: Link | undefined
  /** Containers that are connected and run, by container id. */
  readonly endpoints: Map<string, { container: Container; endpoint: Endpoint }>
}

export const predefined = ['bridge', 'host', 'none']

export class NetworkStore {
  readonly #kernel: Kernel
  readonly #parameters: DockerParameters
  readonly #networks = new Map<string, Network>()

  /** Makes the three networks that every engine has, and docker0 with 172.17.0.1. */
  constructor(kernel: Kernel, parameters: DockerParameters) {
    this.#kernel = kernel
    this.#parameters = parameters
    kernel.initialNamespaces.net.forwarding = true
    this.create({ Name: 'bridge', Options: bridgeOptions })
    this.#add({ name: 'host', driver: 'host' })
    this.#add({ name: 'none', driver: 'null' })
  }

  /** By name, as `docker network ls` sorts them. */
  list(): Network[] {
    return [...this.#networks.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))
  }

  /** By name, id or the start of an id. @throws EngineError 404 */
  get(name: string): Network {
    const found = this.find(name)
    if (found === undefined) throw noSuchNetwork(name)
    return found
  }

  find(name: string): Network | undefined {
    const all = [...this.#networks.values()]
    const exact = this.#networks.get(name) ?? all.find((network) => network.name === name)
    if (exact !== undefined || name === '') return exact
    const matching = all.filter((network) => network.id.startsWith(name))
    if (matching.length > 1) throw ambiguousId(name)
    return matching[0]
  }

  /** Makes a bridge network. @throws EngineError 409 when the name is taken, 400 and 403 for what cannot be */
  create(request: NetworkCreateRequest): Network {
    const { Name: name, Driver: driver = 'bridge' } = request
    if (driver !== 'bridge') {
      throw new EngineError(404, `could not find plugin ${driver} in v2 plugin registry: plugin "${driver}" not found`)
    }
    if (this.#named(name)) throw new EngineError(409, `network with name ${name} already exists`)
    if (!isValidName(name) && name.length < 2) throw new EngineError(400, `invalid network name: ${name}`)
    const config = request.IPAM?.Config?.[0]
    const subnet = this.#chooseSubnet(config?.Subnet)
    const pool = new AddressPool(subnet)
    const gateway = config?.Gateway ?? formatAddress((subnet.address >>> 0) + 1)
    if (pool.reserve(gateway) !== 'reserved') throw new EngineError(400, `no matching subnet for gateway ${gateway}`)
    const id = this.#kernel.random.hex(64)
    const link = addLink(this.#kernel.initialNamespaces.net, {
      name: name === 'bridge' ? 'docker0' : `br-${id.slice(0, 12)}`,
      kind: 'bridge',
      lladdr: this.#macAddress(gateway),
    })
    withoutQueue(link)
    addAddress(link, {
      family: 'inet',
      address: gateway,
      prefixLength: subnet.prefixLength,
      broadcast: formatAddress(broadcastOf(subnet)),
      scope: 'global',
    })
    setUp(link, true)
    return this.#add({
      ...request,
      name,
      driver,
      id,
      pool,
      gateway,
      subnetGiven: config?.Subnet !== undefined,
      bridge: link,
    })
  }

  #named(name: string): boolean {
    return [...this.#networks.values()].some((network) => network.name === name)
  }

  #chooseSubnet(asked: string | undefined): Subnet {
    const used = [...this.#networks.values()].flatMap((network) => network.pool?.subnet ?? [])
    const free = (subnet: Subnet) => !used.some((other) => overlaps(other, subnet))
    if (asked === undefined) {
      const found = defaultSubnets().find(free)
      if (found !== undefined) return found
      throw new EngineError(
        400,
        'could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network',
      )
    }
    const subnet = parseSubnet(asked)
    if (subnet === undefined) throw new EngineError(400, `invalid subnet ${asked} : invalid CIDR block notation`)
    if (!free(subnet)) throw new EngineError(403, 'Pool overlaps with other one on this address space')
    return subnet
  }

  #add(
    options: Partial<NetworkCreateRequest> &
      Pick<Network, 'name' | 'driver'> &
      Partial<Pick<Network, 'id' | 'pool' | 'gateway' | 'subnetGiven' | 'bridge'>>,
  ): Network {
    const network: Network = {
      id: options.id ?? this.#kernel.random.hex(64),
      name: options.name,
      driver: options.driver,
      created: this.#kernel.clock.now(),
      internal: options.Internal ?? false,
      attachable: options.Attachable ?? false,
      labels: options.Labels ?? {},
      options: options.Options ?? {},
      pool: options.pool,
      gateway: options.gateway ?? '',
      subnetGiven: options.subnetGiven ?? false,
      bridge: options.bridge,
      endpoints: new Map(),
    }
    this.#networks.set(network.id, network)
    return network
  }

  /** Precondition: nothing is connected to it. */
  delete(network: Network): void {
    this.#networks.delete(network.id)
    if (network.bridge !== undefined) deleteLink(network.bridge)
  }

  /**
   * Connects a container that has a network namespace: an address from the pool, a veth pair, the bridge, routes.
   * @throws EngineError when no address is left, or the one asked for is not free
   */
  connect(network: Network, container: Container, endpoint: Endpoint, namespace: NetworkNamespace): void {
    endpoint.networkId = network.id
    endpoint.id = this.#kernel.random.hex(64)
    network.endpoints.set(container.id, { container, endpoint })
    if (network.pool === undefined || network.bridge === undefined) return
    try {
      endpoint.address = takeAddress(network.pool, endpoint.requested)
    } catch (error) {
      network.endpoints.delete(container.id)
      endpoint.id = ''
      throw error
    }
    endpoint.prefixLength = network.pool.subnet.prefixLength
    endpoint.gateway = network.internal ? '' : network.gateway
    endpoint.macAddress =
      endpoint.requested.MacAddress ?? container.config.MacAddress ?? this.#macAddress(endpoint.address)
    this.#addInterface(network, network.bridge, endpoint, namespace)
  }

  #addInterface(network: Network, bridge: Link, endpoint: Endpoint, namespace: NetworkNamespace): void {
    const host = this.#kernel.initialNamespaces.net
    endpoint.interfaceName = freeName(namespace, 'eth')
    endpoint.hostInterfaceName = `veth${this.#kernel.random.hex(7)}`
    const near = { name: endpoint.hostInterfaceName, lladdr: this.#randomMac() }
    let far: Link | undefined
    if (this.#parameters.interfaceNumbers === 'of-namespace') {
      far = addVethPair(host, near, { name: endpoint.interfaceName, lladdr: endpoint.macAddress, namespace }).peer
      // Each pair takes two of the host's numbers, though one end was never there: so it was recorded.
      host.nextIndex++
    } else {
      const temporary = `veth${this.#kernel.random.hex(7)}`
      far = addVethPair(host, near, { name: temporary, lladdr: endpoint.macAddress, namespace: host }).peer
      if (far !== undefined) {
        moveLink(far, namespace)
        far.name = endpoint.interfaceName
      }
    }
    const hostEnd = far?.peer
    if (far === undefined || hostEnd === undefined) return
    withoutQueue(far)
    withoutQueue(hostEnd)
    setMaster(hostEnd, bridge)
    setUp(hostEnd, true)
    setUp(far, true)
    const { address, prefixLength } = endpoint
    const subnet = network.pool?.subnet ?? { address: 0, prefixLength }
    addAddress(far, {
      family: 'inet',
      address,
      prefixLength,
      broadcast: formatAddress(broadcastOf(subnet)),
      scope: 'global',
    })
    const hasDefault = namespace.routes.some((route) => route.prefixLength === 0)
    if (endpoint.gateway === '' || hasDefault) return
    namespace.routes.unshift({
      destination: '0.0.0.0',
      prefixLength: 0,
      gateway: endpoint.gateway,
      link: far,
      protocol: 'boot',
      scope: 'global',
      source: undefined,
    })
  }

  /** Takes the veth pair away and gives the address back. The namespace may live on without it. */
  disconnect(container: Container, endpoint: Endpoint): void {
    const network = this.#networks.get(endpoint.networkId)
    network?.endpoints.delete(container.id)
    const link = findLink(this.#kernel.initialNamespaces.net, endpoint.hostInterfaceName)
    if (link !== undefined) deleteLink(link)
    network?.pool?.release(endpoint.address)
    Object.assign(endpoint, emptyEndpoint)
  }

  #macAddress(address: string): string {
    if (this.#parameters.macAddresses === 'random') return this.#randomMac()
    const bytes = address.split('.').map((part) => Number(part).toString(16).padStart(2, '0'))
    return ['02', '42', ...bytes].join(':')
  }

  /** Locally administered, no multicast. */
  #randomMac(): string {
    const bytes = this.#kernel.random.bytes(6)
    bytes[0] = ((bytes[0] ?? 0) & 0xfc) | 0x02
    return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(':')
  }
}

function takeAddress(pool: AddressPool, requested: EndpointSettingsRequest): string {
  const asked = requested.IPAMConfig?.IPv4Address
  if (asked === undefined || asked === '') {
    const address = pool.allocate()
    if (address === undefined) throw new EngineError(500, "no available IPv4 addresses on this network's address pools")
    return address
  }
  if (parseAddress(asked) === undefined) throw new EngineError(400, `invalid IPv4 address: ${asked}`)
  switch (pool.reserve(asked)) {
    case 'reserved':
      return asked
    case 'taken':
      throw new EngineError(403, 'Address already in use')
    case 'outside':
      throw new EngineError(
        400,
        `invalid config for network: no configured subnet or ip-range contain the IP address ${asked} (${formatSubnet(pool.subnet)})`,
      )
  }
}

/** What an endpoint is while its container does not run. Its network's id stays. */
export const emptyEndpoint = {
  id: '',
  address: '',
  prefixLength: 0,
  gateway: '',
  macAddress: '',
  interfaceName: '',
  hostInterfaceName: '',
}

const bridgeOptions = {
  'com.docker.network.bridge.default_bridge': 'true',
  'com.docker.network.bridge.enable_icc': 'true',
  'com.docker.network.bridge.enable_ip_masquerade': 'true',
  'com.docker.network.bridge.host_binding_ipv4': '0.0.0.0',
  'com.docker.network.bridge.name': 'docker0',
  'com.docker.network.driver.mtu': '1500',
}

/** libnetwork sets a transmit queue of 0 on what it makes, and `ip` then prints no qlen. */
function withoutQueue(link: Link): void {
  Object.assign(link, { txqueuelen: 0 })
}

function freeName(namespace: NetworkNamespace, prefix: string): string {
  for (let number = 0; ; number++) {
    const name = `${prefix}${number}`
    if (findLink(namespace, name) === undefined) return name
  }
}
