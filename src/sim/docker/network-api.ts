// The endpoints of the API about networks: inspect, connecting and disconnecting a container, removal.
import type { EndpointSettingsRequest, NetworkInspect } from './api-types.ts'
import { logNetworkEvent } from './container-network.ts'
import type { Daemon } from './daemon.ts'
import { EngineError } from './errors.ts'
import { formatSubnet } from './ipam.ts'
import { emptyEndpoint, type Network, predefined } from './network.ts'
import { writeEtcFiles } from './etc-files.ts'
import { needsResolver, startResolver } from './resolver.ts'
import { validateEndpoint } from './endpoint-settings.ts'
import { formatTime } from './status.ts'
import { networkInUse } from './texts.ts'

/** GET /networks/ID, with every key of the version in its order. */
export function inspectNetwork(daemon: Daemon, network: Network, options: { containers: boolean }): NetworkInspect {
  const old = daemon.words === '20.10'
  const config =
    network.pool === undefined
      ? old
        ? []
        : null
      : [
          {
            Subnet: network.subnetText || formatSubnet(network.pool.subnet),
            ...(network.range !== '' && { IPRange: network.range }),
            // Old engines did not say the gateway of the default bridge, nor one that nobody asked for.
            ...(!(old && (network.name === 'bridge' || !network.gatewayGiven)) && { Gateway: network.gateway }),
          },
        ]
  const containers = [...network.endpoints].map(([id, { container, endpoint }]) => [
    id,
    {
      Name: container.name,
      EndpointID: endpoint.id,
      MacAddress: endpoint.macAddress,
      IPv4Address: endpoint.address === '' ? '' : `${endpoint.address}/${endpoint.prefixLength}`,
      IPv6Address: '',
    },
  ])
  return {
    Name: network.name,
    Id: network.id,
    Created: formatTime(network.created),
    Scope: 'local',
    Driver: network.driver,
    ...(daemon.words === '28.5' && { EnableIPv4: true }),
    EnableIPv6: false,
    IPAM: { Driver: 'default', Options: predefined.includes(network.name) ? null : {}, Config: config },
    Internal: network.internal,
    Attachable: network.attachable,
    Ingress: false,
    ConfigFrom: { Network: '' },
    ConfigOnly: false,
    Containers: options.containers ? Object.fromEntries(containers) : {},
    Options: network.options,
    Labels: network.labels,
  }
}

/** DELETE /networks/ID. @throws EngineError 403 for a pre-defined one, and while containers are connected */
export function networkRemove(daemon: Daemon, name: string): void {
  const network = daemon.networks.get(name)
  if (predefined.includes(network.name)) {
    throw new EngineError(403, `${network.name} is a pre-defined network and cannot be removed`)
  }
  const users = [...network.endpoints.values()].map(({ container, endpoint }) => ({
    id: endpoint.id,
    name: container.name,
  }))
  if (users.length > 0) throw new EngineError(403, networkInUse(daemon.words, network, users))
  daemon.networks.delete(network)
  daemon.events.log('network', 'destroy', network.id, { name: network.name, type: network.driver })
}

/** POST /networks/ID/connect: at once when the container runs, else at its next start. */
export function networkConnect(
  daemon: Daemon,
  name: string,
  containerName: string,
  requested: EndpointSettingsRequest = {},
): void {
  const container = daemon.get(containerName)
  const network = daemon.networks.get(name)
  if (container.endpoints.has(network.name)) {
    throw new EngineError(403, `endpoint with name ${container.name} already exists in network ${network.name}`)
  }
  if (container.hostConfig.NetworkMode.startsWith('container:')) {
    throw new EngineError(
      403,
      'container sharing network namespace with another container or host cannot be connected to any other network',
    )
  }
  if (container.hostConfig.NetworkMode === 'host' || network.name === 'host') {
    const old = 'container cannot be disconnected from host network or connected to host network'
    const text = 'cannot connect container to host network - container must be created in host network mode'
    throw new EngineError(403, daemon.words === '28.5' ? text : old)
  }
  if (network.name === 'none' || container.endpoints.has('none')) {
    throw new EngineError(
      403,
      'container cannot be connected to multiple networks with one of the networks in private (none) mode',
    )
  }
  validateEndpoint(daemon, network.name, requested)
  const hadResolver = needsResolver(container)
  const endpoint = { ...emptyEndpoint, networkName: network.name, networkId: network.id, requested }
  if (container.sandbox !== undefined) {
    daemon.networks.connect(network, container, endpoint, container.sandbox.namespace)
    logNetworkEvent(daemon, container, network, 'connect')
  }
  container.endpoints.set(network.name, endpoint)
  if (container.sandbox !== undefined && !hadResolver && needsResolver(container)) {
    startResolver(daemon, container, container.sandbox.namespace)
    writeEtcFiles(daemon, container)
  }
}

/** POST /networks/ID/disconnect. @throws EngineError 403 when it is not connected */
export function networkDisconnect(daemon: Daemon, name: string, containerName: string): void {
  const container = daemon.get(containerName)
  const network = daemon.networks.get(name)
  const endpoint = container.endpoints.get(network.name)
  if (endpoint === undefined) {
    throw new EngineError(403, `container ${container.id} is not connected to network ${network.name}`)
  }
  if (network.name === 'host') throw new EngineError(403, 'container cannot be disconnected from host network')
  if (endpoint.id !== '') {
    daemon.networks.disconnect(container, endpoint)
    logNetworkEvent(daemon, container, network, 'disconnect')
  }
  container.endpoints.delete(network.name)
}
