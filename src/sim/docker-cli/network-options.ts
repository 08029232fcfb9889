// `--network` and the flags that belong to it: the first network is the container's mode, each may have settings.
import type { EndpointSettingsRequest } from '../docker/api.ts'
import { StatusError } from './errors.ts'
import type { Invocation } from './invocation.ts'

interface Attachment {
  target: string
  aliases: string[]
  links: string[]
  ipv4: string
  macAddress: string
  driverOptions: Record<string, string>
  priority: number
}

/** HostConfig.NetworkMode: what was given first, or `default`. */
export function networkMode(invocation: Invocation): string {
  return attachments(invocation)[0]?.target ?? 'default'
}

/**
 * The settings of each network for which some were given.
 * @throws StatusError with docker's texts
 */
export function parseNetworks(invocation: Invocation): Record<string, EndpointSettingsRequest> {
  const { flags, release } = invocation
  const networks = attachments(invocation)
  if (networks.length === 0) networks.push(attachment('default'))
  const [first] = networks
  if (first) {
    const userDefined = isUserDefined(first.target)
    first.aliases.push(...flags.list('network-alias'), ...flags.list('net-alias'))
    // On the default bridge a link is the engine's affair. Up to 26.1 the client refused it for all that is not user-defined.
    if (userDefined || (release !== '28.5' && !isDefaultBridge(first.target))) first.links.push(...flags.list('link'))
    first.ipv4 ||= flags.text('ip')
    if (release !== '20.10') first.macAddress ||= flags.text('mac-address')
  }
  const settings: Record<string, EndpointSettingsRequest> = {}
  for (const network of networks) {
    if (network.target.trim() === '') throw new StatusError('no name set for network')
    if (!isUserDefined(network.target)) {
      if (network.aliases.length > 0) {
        throw new StatusError('network-scoped aliases are only supported for user-defined networks')
      }
      if (network.links.length > 0) throw new StatusError('links are only supported for user-defined networks')
    }
    if (settings[network.target]) {
      throw new StatusError(`network ${JSON.stringify(network.target)} is specified multiple times`)
    }
    const request = endpointSettings(network)
    if (Object.keys(request).length > 0 || networks.length > 1) settings[network.target] = request
  }
  return settings
}

function attachments(invocation: Invocation): Attachment[] {
  const { flags } = invocation
  return [...flags.list('network'), ...flags.list('net')].map(parseAttachment)
}

function attachment(target: string): Attachment {
  return { target, aliases: [], links: [], ipv4: '', macAddress: '', driverOptions: {}, priority: 0 }
}

/** A name, or `name=NET,alias=A,ip=1.2.3.4,driver-opt=k=v`. */
function parseAttachment(text: string): Attachment {
  if (!/^\w[\w-]*=/.test(text)) return attachment(text)
  const result = attachment('')
  for (const field of text.split(',')) {
    const at = field.indexOf('=')
    const key = field.slice(0, at).trim().toLowerCase()
    const value = field.slice(at + 1).trim()
    if (at < 0) throw new StatusError(`invalid field ${field}`, 125)
    if (key === 'name') result.target = value
    else if (key === 'alias') result.aliases.push(value)
    else if (key === 'ip') result.ipv4 = value
    else if (key === 'mac-address') result.macAddress = value
    else if (key === 'gw-priority') result.priority = Number(value)
    else if (key === 'driver-opt') {
      const split = value.indexOf('=')
      result.driverOptions[value.slice(0, split)] = value.slice(split + 1)
    } else throw new StatusError(`invalid field key ${key}`, 125)
  }
  return result
}

function endpointSettings(network: Attachment): EndpointSettingsRequest {
  return {
    ...(network.aliases.length > 0 && { Aliases: network.aliases }),
    ...(network.links.length > 0 && { Links: network.links }),
    ...(network.ipv4 !== '' && { IPAMConfig: { IPv4Address: network.ipv4 } }),
    ...(network.macAddress !== '' && { MacAddress: network.macAddress }),
    ...(Object.keys(network.driverOptions).length > 0 && { DriverOpts: network.driverOptions }),
    ...(network.priority !== 0 && { GwPriority: network.priority }),
  }
}

function isDefaultBridge(target: string): boolean {
  return target === 'default' || target === 'bridge'
}

/** container.NetworkMode.IsUserDefined. */
function isUserDefined(target: string): boolean {
  return !isDefaultBridge(target) && target !== 'host' && target !== 'none' && !target.startsWith('container:')
}
