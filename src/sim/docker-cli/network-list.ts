// `docker network ls`.
import type { NetworkInspect } from '../docker/api.ts'
import type { Command } from './command.ts'
import { bool, filter, tableFormat } from './flag-types.ts'
import { labelMethod, labelText, renderList, shortId, type TableKind } from './formatters.ts'
import { filtersOf } from './ps.ts'

const networkTable: TableKind<NetworkInspect> = {
  type: '*network.networkContext',
  table: ['ID', 'Name', 'Driver', 'Scope'],
  quiet: 'ID',
  methods: (network) => labelMethod(network.Labels),
  columns: [
    { name: 'ID', header: 'NETWORK ID', value: (n, { truncate }) => (truncate ? shortId(n.Id) : n.Id) },
    { name: 'Name', header: 'NAME', value: (n) => n.Name },
    { name: 'Driver', header: 'DRIVER', value: (n) => n.Driver },
    { name: 'Scope', header: 'SCOPE', value: (n) => n.Scope },
    { name: 'IPv4', header: 'IPV4', value: (n) => String(n['EnableIPv4'] ?? true), only: ['28.5'] },
    { name: 'IPv6', header: 'IPV6', value: (n) => String(n.EnableIPv6) },
    { name: 'Internal', header: 'INTERNAL', value: (n) => String(n.Internal) },
    { name: 'Labels', header: 'LABELS', value: (n) => labelText(n.Labels) },
    { name: 'CreatedAt', header: 'CREATED AT', value: (n) => createdText(n.Created) },
  ],
}

/** As Go's time.Time.String: `2026-11-23 14:50:38.650106571 +0000 UTC`. */
function createdText(time: string): string {
  return `${time.replace('T', ' ').replace('Z', '')} +0000 UTC`
}

export const networkListCommand: Command = {
  names: ['network ls', 'network list'],
  oldAliases: { 'network ls': 'ls, list' },
  usage: '[OPTIONS]',
  summary: 'List networks',
  operands: { least: 0, most: 0 },
  flags: [
    {
      name: 'filter',
      shorthand: 'f',
      type: filter,
      usage: {
        '20.10': "Provide filter values (e.g. 'driver=bridge')",
        now: 'Provide filter values (e.g. "driver=bridge")',
      },
    },
    tableFormat('networks'),
    { name: 'no-trunc', type: bool, usage: 'Do not truncate the output' },
    { name: 'quiet', shorthand: 'q', type: bool, usage: 'Only display network IDs' },
  ],
  *run(invocation) {
    const { flags, system, release } = invocation
    const api = yield* invocation.api('/networks')
    const networks = yield* api.networkList(system, filtersOf(flags.list('filter')))
    const sorted = networks.toSorted((a, b) => (a.Name < b.Name ? -1 : 1))
    const view = { release, truncate: !flags.bool('no-trunc'), now: 0 }
    const options = { format: flags.text('format'), quiet: flags.bool('quiet') }
    yield* invocation.out(renderList(networkTable, sorted, view, options))
    return 0
  },
}
