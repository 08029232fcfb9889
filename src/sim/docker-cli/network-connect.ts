// `docker network connect` and `docker network disconnect`.
import { strings } from '../../text/flags.ts'
import type { Command } from './command.ts'
import { pairs } from './container-options.ts'
import { bool, int, list, string } from './flag-types.ts'

export const networkConnectCommand: Command = {
  names: ['network connect'],
  usage: '[OPTIONS] NETWORK CONTAINER',
  summary: 'Connect a container to a network',
  operands: { least: 2, most: 2 },
  flags: [
    { name: 'alias', type: strings, usage: 'Add network-scoped alias for the container' },
    { name: 'driver-opt', type: strings, usage: 'driver options for the network' },
    {
      name: 'gw-priority',
      type: int,
      usage: 'Highest gw-priority provides the default gateway. Accepts positive and negative values.',
      since: '28.5',
    },
    { name: 'ip', type: string, usage: 'IPv4 address (e.g., "172.30.100.104")' },
    { name: 'ip6', type: string, usage: 'IPv6 address (e.g., "2001:db8::33")', noEffect: true },
    { name: 'link', type: list, usage: 'Add link to another container' },
    { name: 'link-local-ip', type: strings, usage: 'Add a link-local address for the container', noEffect: true },
  ],
  *run(invocation) {
    const { flags, system, release } = invocation
    const api = yield* invocation.api('/_ping')
    const aliases = flags.list('alias')
    const links = flags.list('link')
    yield* api.networkConnect(system, invocation.operand(0), invocation.operand(1), {
      ...(flags.changed('ip') && { IPAMConfig: { IPv4Address: flags.text('ip') } }),
      ...(aliases.length > 0 && { Aliases: aliases }),
      ...(links.length > 0 && { Links: links }),
      ...(flags.changed('driver-opt') && { DriverOpts: pairs(flags.list('driver-opt')) }),
      ...(release === '28.5' && flags.changed('gw-priority') && { GwPriority: flags.number('gw-priority') }),
    })
    return 0
  },
}

export const networkDisconnectCommand: Command = {
  names: ['network disconnect'],
  usage: '[OPTIONS] NETWORK CONTAINER',
  summary: 'Disconnect a container from a network',
  operands: { least: 2, most: 2 },
  flags: [{ name: 'force', shorthand: 'f', type: bool, usage: 'Force the container to disconnect from a network' }],
  *run(invocation) {
    const api = yield* invocation.api('/_ping')
    const options = { force: invocation.flags.bool('force') }
    yield* api.networkDisconnect(invocation.system, invocation.operand(0), invocation.operand(1), options)
    return 0
  },
}
