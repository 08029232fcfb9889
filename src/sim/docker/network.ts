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
import { ambiguousId, noSuchNetwork } from './texts.ts'
import type { RuntimeProfile } from './runtime-profile.ts'
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
  readonly gatewayGiven: boolean
  /** `--ip-range`, or empty. */
  readonly range: string
  /** The subnet as it was asked for, where the engine shows it so; else empty. */
  readonly subnetText: string
  /** Whether the subnet was asked for: only then may a container ask for an address. */
  readonly subnetGiven: boolean
  readonly bridge: Link | undefined
  /** Containers that are connected and run, by container id. */
  readonly endpoints: Map<string, { container: Container; endpoint: Endpoint }>
}

/** What every command of a swarm gets here. */
export const notSwarmManager =
  'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.'

export const predefined = ['bridge', 'host', 'none']

export class NetworkStore {
  readonly #kernel: Kernel
  readonly #parameters: DockerParameters
  readonly #profile: Pick<RuntimeProfile, 'addresses' | 'bridge'>
  readonly #networks = new Map<string, Network>()

  /** Makes the three networks that every engine has, and docker0 with 172.17.0.1. */
  constructor(kernel: Kernel, parameters: DockerParameters, profile: Pick<RuntimeProfile, 'addresses' | 'bridge'>) {
    this.#kernel = kernel
    this.#parameters = parameters
    this.#profile = profile
    kernel.initialNamespaces.net.forwarding = true
    this.create(profile.bridge)
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
    if (this.#networks.size > 2) this.#check(name, driver)
    const config = request.IPAM?.Config?.[0]
    const subnet = this.#chooseSubnet(config?.Subnet)
    const range = config?.IPRange === undefined ? undefined : parseSubnet(config.IPRange)
    const pool = new AddressPool(subnet, range, this.#profile.addresses)
    const gateway = config?.Gateway ?? formatAddress(((range ?? subnet).address >>> 0) + 1)
    if (pool.reserve(gateway) !== 'reserved') throw new EngineError(400, `no matching subnet for gateway ${gateway}`)
    const id = this.#kernel.random.hex(64)
    const bridgeName = request.Options?.['com.docker.network.bridge.name']
    const link = addLink(this.#kernel.initialNamespaces.net, {
      name: bridgeName ?? (name === 'bridge' ? 'docker0' : `br-${id.slice(0, 12)}`),
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
      driver: 'bridge',
      id,
      pool,
      gateway,
      range: config?.IPRange ?? '',
      subnetText: this.#parameters.errorTexts === '20.10' ? (config?.Subnet ?? '') : '',
      subnetGiven: config?.Subnet !== undefined,
      gatewayGiven: config?.Gateway !== undefined,
      bridge: link,
    })
  }

  /** @throws EngineError for a name or a driver that cannot be */
  #check(name: string, driver: string): void {
    const words = this.#parameters.errorTexts
    if (name.trim() === '') {
      const old = `network with name ${name} already exists`
      const text = words === '20.10' ? old : words === '26.1' ? 'invalid name:' : 'invalid name: name is empty'
      throw new EngineError(400, text)
    }
    if (predefined.includes(name)) {
      throw new EngineError(403, `operation is not permitted on predefined ${name} network`)
    }
    if (this.#named(name)) throw new EngineError(409, `network with name ${name} already exists`)
    if (driver === 'host' || driver === 'null') {
      throw new EngineError(403, `only one instance of "${driver}" network is allowed`)
    }
    if (driver === 'overlay') throw new EngineError(503, notSwarmManager)
    if (driver !== 'bridge') throw new EngineError(404, `plugin "${driver}" not found`)
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
    const words = this.#parameters.errorTexts
    const subnet = parseSubnet(asked)
    if (subnet === undefined) {
      const old = `Invalid subnet ${asked} : invalid CIDR address: ${asked}`
      const text = `invalid network config:\ninvalid subnet ${asked}: invalid CIDR block notation`
      throw new EngineError(400, words === '20.10' ? old : text)
    }
    if (formatSubnet(subnet) !== asked && words !== '20.10') {
      throw new EngineError(
        400,
        `invalid network config:\ninvalid subnet ${asked}: it should be ${formatSubnet(subnet)}`,
      )
    }
    if (!free(subnet)) {
      const text = 'Pool overlaps with other one on this address space'
      throw new EngineError(403, words === '28.5' ? `invalid pool request: ${text}` : text)
    }
    return subnet
  }

  #add(
    options: Partial<NetworkCreateRequest> &
      Pick<Network, 'name' | 'driver'> &
      Partial<
        Pick<Network, 'id' | 'pool' | 'gateway' | 'gatewayGiven' | 'range' | 'subnetGiven' | 'subnetText' | 'bridge'>
      >,
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
      gatewayGiven: options.gatewayGiven ?? true,
      range: options.range ?? '',
      subnetGiven: options.subnetGiven ?? false,
      subnetText: options.subnetText ?? '',
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
      throw new EngineError(400, `Invalid address ${asked}: It does not belong to any of this network's subnets`)
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
