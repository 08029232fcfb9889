// `docker volume ls`, `create` and `rm`.
import type { VolumeInspect } from '../docker/api.ts'
import type { Command } from './command.ts'
import { labelsOf } from './container-options.ts'
import { StatusError } from './errors.ts'
import { bool, filter, list, map, string, tableFormat } from './flag-types.ts'
import { labelMethod, labelText, renderList, type TableKind } from './formatters.ts'
import { filtersOf } from './ps.ts'

const volumeTable: TableKind<VolumeInspect> = {
  type: '*formatter.volumeContext',
  table: ['Driver', 'Name'],
  quiet: 'Name',
  methods: (volume) => labelMethod(volume.Labels),
  columns: [
    { name: 'Name', header: 'VOLUME NAME', value: (v) => v.Name },
    { name: 'Driver', header: 'DRIVER', value: (v) => v.Driver },
    { name: 'Scope', header: 'SCOPE', value: (v) => v.Scope },
    { name: 'Mountpoint', header: 'MOUNTPOINT', value: (v) => v.Mountpoint },
    { name: 'Labels', header: 'LABELS', value: (v) => labelText(v.Labels) },
    { name: 'Links', header: 'LINKS', value: () => 'N/A' },
    { name: 'Size', header: 'SIZE', value: () => 'N/A' },
    { name: 'Availability', header: 'AVAILABILITY', value: () => 'N/A' },
    { name: 'Group', header: 'GROUP', value: () => 'N/A' },
    { name: 'Status', header: 'STATUS', value: () => 'N/A' },
  ],
}

export const volumeListCommand: Command = {
  names: ['volume ls', 'volume list'],
  oldAliases: { 'volume ls': 'ls, list' },
  usage: '[OPTIONS]',
  summary: 'List volumes',
  operands: { least: 0, most: 0 },
  flags: [
    {
      name: 'filter',
      shorthand: 'f',
      type: filter,
      usage: {
        '20.10': "Provide filter values (e.g. 'dangling=true')",
        now: 'Provide filter values (e.g. "dangling=true")',
      },
    },
    tableFormat('volumes'),
    { name: 'quiet', shorthand: 'q', type: bool, usage: 'Only display volume names' },
  ],
  *run(invocation) {
    const { flags, system, release } = invocation
    const api = yield* invocation.api('/volumes')
    const volumes = yield* api.volumeList(system, filtersOf(flags.list('filter')))
    const sorted = volumes.toSorted((a, b) => (a.Name < b.Name ? -1 : 1))
    const options = { format: flags.text('format'), quiet: flags.bool('quiet') }
    yield* invocation.out(renderList(volumeTable, sorted, { release, truncate: true, now: 0 }, options))
    return 0
  },
}

export const volumeCreateCommand: Command = {
  names: ['volume create'],
  usage: '[OPTIONS] [VOLUME]',
  summary: 'Create a volume',
  operands: { least: 0, most: 1 },
  flags: [
    { name: 'driver', shorthand: 'd', type: string, default: 'local', usage: 'Specify volume driver name' },
    { name: 'label', type: list, usage: 'Set metadata for a volume' },
    { name: 'name', type: string, usage: 'Specify volume name', hidden: true },
    { name: 'opt', shorthand: 'o', type: map, usage: 'Set driver specific options', default: 'map[]' },
  ],
  *run(invocation) {
    const { flags, system, release } = invocation
    const [operand] = invocation.operands
    if (operand !== undefined && flags.changed('name')) {
      throw new StatusError('conflicting options: either specify --name or provide positional arg, not both')
    }
    const name = operand ?? (flags.text('name') || undefined)
    const old = release === '20.10'
    const labels = labelsOf(flags.list('label'))
    const options = labelsOf(flags.list('opt'))
    const orNull = (record: Readonly<Record<string, string>>) => (old || Object.keys(record).length > 0 ? record : null)
    const api = yield* invocation.api('/_ping')
    const volume = yield* api.volumeCreate(system, {
      ...(name !== undefined && { Name: name }),
      Driver: flags.text('driver'),
      Labels: orNull(labels),
      DriverOpts: orNull(options),
    })
    yield* invocation.out(`${volume.Name}\n`)
    return 0
  },
}

export const volumeRmCommand: Command = {
  names: ['volume rm', 'volume remove'],
  oldAliases: { 'volume rm': 'rm, remove' },
  usage: '[OPTIONS] VOLUME [VOLUME...]',
  summary: 'Remove one or more volumes',
  description: 'Remove one or more volumes. You cannot remove a volume that is in use by a container.',
  operands: { least: 1 },
  flags: [{ name: 'force', shorthand: 'f', type: bool, usage: 'Force the removal of one or more volumes' }],
  *run(invocation) {
    const api = yield* invocation.api('/_ping')
    const options = { force: invocation.flags.bool('force') }
    return yield* invocation.forEach(invocation.operands, (name) =>
      invocation.about('volume', name, api.volumeRemove(invocation.system, name, options)),
    )
  },
}
