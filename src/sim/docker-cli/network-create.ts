// `docker network create`.
import { strings } from '../../text/flags.ts'
import type { NetworkCreateRequest } from '../docker/api.ts'
import { broadcastOf, parseAddress, parseSubnet } from '../docker/ipam.ts'
import type { Command } from './command.ts'
import { labelsOf, pairs } from './container-options.ts'
import { StatusError } from './errors.ts'
import { bool, list, map, string } from './flag-types.ts'
import type { Invocation } from './invocation.ts'

export const networkCreateCommand: Command = {
  names: ['network create'],
  usage: '[OPTIONS] NETWORK',
  summary: 'Create a network',
  operands: { least: 1, most: 1 },
  flags: [
    { name: 'attachable', type: bool, usage: 'Enable manual container attachment' },
    {
      name: 'aux-address',
      type: map,
      usage: 'Auxiliary IPv4 or IPv6 addresses used by Network driver',
      default: 'map[]',
      noEffect: true,
    },
    { name: 'config-from', type: string, usage: 'The network from which to copy the configuration', noEffect: true },
    { name: 'config-only', type: bool, usage: 'Create a configuration only network', noEffect: true },
    { name: 'driver', shorthand: 'd', type: string, default: 'bridge', usage: 'Driver to manage the Network' },
    { name: 'gateway', type: strings, usage: 'IPv4 or IPv6 Gateway for the master subnet' },
    { name: 'ingress', type: bool, usage: 'Create swarm routing-mesh network', noEffect: true },
    { name: 'internal', type: bool, usage: 'Restrict external access to the network' },
    { name: 'ip-range', type: strings, usage: 'Allocate container ip from a sub-range' },
    { name: 'ipam-driver', type: string, default: 'default', usage: 'IP Address Management Driver', noEffect: true },
    { name: 'ipam-opt', type: map, usage: 'Set IPAM driver specific options', default: 'map[]', noEffect: true },
    {
      name: 'ipv4',
      type: bool,
      default: 'true',
      usage: 'Enable or disable IPv4 address assignment',
      since: '28.5',
      noEffect: true,
    },
    {
      name: 'ipv6',
      type: bool,
      usage: { '26.1': 'Enable IPv6 networking', now: 'Enable or disable IPv6 address assignment' },
      noEffect: true,
    },
    { name: 'label', type: list, usage: 'Set metadata on a network' },
    { name: 'opt', shorthand: 'o', type: map, usage: 'Set driver specific options', default: 'map[]' },
    { name: 'scope', type: string, usage: "Control the network's scope", noEffect: true },
    { name: 'subnet', type: strings, usage: 'Subnet in CIDR format that represents a network segment' },
  ],
  *run(invocation) {
    const { flags, system } = invocation
    const config = ipamConfig(invocation)
    const request: NetworkCreateRequest = {
      Name: invocation.operand(0),
      Driver: flags.text('driver'),
      Internal: flags.bool('internal'),
      Attachable: flags.bool('attachable'),
      EnableIPv6: flags.bool('ipv6'),
      Labels: labelsOf(flags.list('label')),
      Options: pairs(flags.list('opt')),
      ...(config.length > 0 && { IPAM: { Driver: 'default', Config: config } }),
    }
    const api = yield* invocation.api('/_ping')
    const { Id, Warning } = yield* api.networkCreate(system, request)
    if (Warning) yield* invocation.err(`WARNING: ${Warning}\n`)
    yield* invocation.out(`${Id}\n`)
    return 0
  },
}

function ipamConfig({ flags }: Invocation): { Subnet: string; Gateway?: string; IPRange?: string }[] {
  const subnets = flags.list('subnet')
  const gateways = flags.list('gateway')
  const ranges = flags.list('ip-range')
  if (subnets.length < gateways.length || subnets.length < ranges.length) {
    throw new StatusError('every ip-range or gateway must have a corresponding subnet')
  }
  for (const range of ranges) {
    if (!subnets.some((subnet) => covers(subnet, range.split('/')[0] ?? ''))) {
      throw new StatusError(`no matching subnet for range ${range}`)
    }
  }
  for (const gateway of gateways) {
    if (!subnets.some((subnet) => covers(subnet, gateway))) {
      throw new StatusError(`no matching subnet for gateway ${gateway}`)
    }
  }
  return subnets.map((Subnet, i) => {
    const gateway = gateways[i]
    const range = ranges[i]
    return {
      Subnet,
      ...(gateway !== undefined && { Gateway: gateway }),
      ...(range !== undefined && { IPRange: range }),
    }
  })
}

/** Whether an address lies in a subnet. */
function covers(subnet: string, address: string): boolean {
  const network = parseSubnet(subnet)
  const number = parseAddress(address)
  if (network === undefined || number === undefined) return false
  return number >= network.address >>> 0 && number <= broadcastOf(network)
}
