// What a container may ask of its place in a network.
import type { EndpointSettingsRequest } from './api-types.ts'
import { donorOf } from './container.ts'
import type { Daemon } from './daemon.ts'
import { EngineError } from './errors.ts'
import { broadcastOf, parseAddress, type Subnet } from './ipam.ts'

/** @throws EngineError 400 for an address on a network whose subnet nobody chose */
export function validateEndpoint(daemon: Daemon, name: string, settings: EndpointSettingsRequest): void {
  const address = settings.IPAMConfig?.IPv4Address ?? ''
  if (address === '' || daemon.words === '20.10') return
  const network = daemon.networks.find(name)
  const problems = [
    ...(['bridge', 'host', 'none'].includes(name) || donorOf(name) !== undefined
      ? ['user specified IP address is supported on user defined networks only']
      : []),
    ...(parseAddress(address) === undefined ? [`invalid IPv4 address: ${address}`] : []),
    ...(network !== undefined && !network.subnetGiven
      ? ['user specified IP address is supported only when connecting to networks with user configured subnets']
      : []),
  ]
  const subnet = network?.subnetGiven ? network.pool?.subnet : undefined
  const number = parseAddress(address)
  if (subnet !== undefined && number !== undefined && !contains(subnet, number)) {
    problems.push(`no configured subnet or ip-range contain the IP address ${address}`)
  }
  if (problems.length === 0) return
  const list = problems.map((problem) => (problems.length === 1 ? problem : `* ${problem}`)).join('\n')
  throw new EngineError(400, `invalid config for network ${name}: invalid endpoint settings:\n${list}`)
}

function contains(subnet: Subnet, address: number): boolean {
  return address > subnet.address >>> 0 && address < broadcastOf(subnet)
}
