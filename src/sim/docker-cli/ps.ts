// `docker ps`: containers as a table.
import { humanDuration } from '../../text/duration.ts'
import { humanSizeShort } from '../../text/size.ts'
import { dockerFunctions, GoStruct, GoTemplate, TemplateExecError, TemplateParseError } from '../../text/go-template.ts'
import type { ContainerSummary, Filters } from '../docker/api.ts'
import type { Command } from './command.ts'
import { StatusError } from './errors.ts'
import { bool, filter, int, tableFormat } from './flag-types.ts'
import {
  ellipsis,
  goTime,
  labelMethod,
  labelText,
  renderList,
  shortId,
  type TableKind,
  usesField,
} from './formatters.ts'
import { portsText } from './ports.ts'

export const containerTable: TableKind<ContainerSummary> = {
  type: '*formatter.ContainerContext',
  table: ['ID', 'Image', 'Command', 'RunningFor', 'Status', 'Ports', 'Names'],
  quiet: 'ID',
  methods: (container) => labelMethod(container.Labels),
  columns: [
    { name: 'ID', header: 'CONTAINER ID', value: (c, { truncate }) => (truncate ? shortId(c.Id) : c.Id) },
    { name: 'Names', header: 'NAMES', value: namesText },
    { name: 'Image', header: 'IMAGE', value: imageText },
    {
      name: 'Command',
      header: 'COMMAND',
      value: (c, { truncate }) => JSON.stringify(truncate ? ellipsis(c.Command, 20) : c.Command),
    },
    { name: 'CreatedAt', header: 'CREATED AT', value: (c) => goTime(c.Created) },
    { name: 'RunningFor', header: 'CREATED', value: (c, { now }) => `${humanDuration(now - c.Created)} ago` },
    // Docker asks for it only where the engine keeps several platforms of an image.
    { name: 'Platform', header: 'PLATFORM', value: () => null, only: ['28.5'] },
    { name: 'Ports', header: 'PORTS', value: (c, { release }) => portsText(c.Ports, release) },
    { name: 'State', header: 'STATE', value: (c) => c.State },
    { name: 'Status', header: 'STATUS', value: (c) => c.Status },
    { name: 'Size', header: 'SIZE', value: sizeText },
    { name: 'Labels', header: 'LABELS', value: (c) => labelText(c.Labels) },
    { name: 'Mounts', header: 'MOUNTS', value: mountsText },
    {
      name: 'LocalVolumes',
      header: 'LOCAL VOLUMES',
      value: (c) => String(c.Mounts.filter((mount) => mount.Driver === 'local').length),
    },
    { name: 'Networks', header: 'NETWORKS', value: (c) => Object.keys(c.NetworkSettings.Networks).join(',') },
  ],
}

function namesText(container: ContainerSummary, { truncate }: { truncate: boolean }): string {
  const names = container.Names.map((name) => name.replace(/^\//, ''))
  // Names with a slash are legacy links, `/other/alias`.
  return (truncate ? names.filter((name) => !name.includes('/')) : names).join(',')
}

function imageText(container: ContainerSummary, { truncate }: { truncate: boolean }): string {
  if (container.Image === '') return '<no image>'
  const isId = shortId(container.ImageID) === shortId(container.Image)
  return truncate && isId ? shortId(container.Image) : container.Image
}

function sizeText(container: ContainerSummary): string {
  const own = humanSizeShort(container.SizeRw ?? 0)
  return container.SizeRootFs ? `${own} (virtual ${humanSizeShort(container.SizeRootFs)})` : own
}

function mountsText(container: ContainerSummary, { truncate }: { truncate: boolean }): string {
  return container.Mounts.map((mount) => {
    const name = mount.Name || mount.Source
    return truncate ? ellipsis(name, 15) : name
  }).join(',')
}

export const psCommand: Command = {
  names: ['container ls', 'container list', 'container ps', 'ps'],
  oldAliases: { 'container ls': 'ls, ps, list' },
  usage: '[OPTIONS]',
  summary: 'List containers',
  operands: { least: 0, most: 0 },
  flags: [
    { name: 'all', shorthand: 'a', type: bool, usage: 'Show all containers (default shows just running)' },
    { name: 'filter', shorthand: 'f', type: filter, usage: 'Filter output based on conditions provided' },
    tableFormat('containers'),
    {
      name: 'last',
      shorthand: 'n',
      type: int,
      default: '-1',
      usage: 'Show n last created containers (includes all states)',
    },
    {
      name: 'latest',
      shorthand: 'l',
      type: bool,
      usage: 'Show the latest created container (includes all states)',
    },
    { name: 'no-trunc', type: bool, usage: "Don't truncate output" },
    { name: 'quiet', shorthand: 'q', type: bool, usage: 'Only display container IDs' },
    { name: 'size', shorthand: 's', type: bool, usage: 'Display total file sizes' },
  ],
  *run(invocation) {
    const { flags, release, system } = invocation
    const format = flags.text('format')
    checkTemplate(format)
    const size = flags.changed('size') ? flags.bool('size') : usesField(format, 'Size')
    const last = flags.number('last')
    const limit = flags.bool('latest') && last === -1 ? 1 : last
    const api = yield* invocation.api('/containers/json')
    const containers = yield* api.containerList(system, {
      all: flags.bool('all') || flags.bool('latest'),
      ...(limit > 0 && { limit }),
      size,
      filters: filtersOf(flags.list('filter')),
    })
    const view = { release, truncate: !flags.bool('no-trunc'), now: yield* invocation.now() }
    const table = flags.bool('size') ? [...containerTable.table, 'Size'] : containerTable.table
    const quiet = flags.bool('quiet')
    const ignored = quiet && format !== '' && release !== '20.10'
    yield* invocation.out(renderList(containerTable, containers, view, { format: ignored ? '' : format, quiet, table }))
    if (ignored) {
      yield* invocation.err('WARNING: Ignoring custom format, because both --format and --quiet are set.\n')
    }
    return 0
  },
}

/** `docker ps` tries the template before it asks for anything, so its errors are worded differently. */
function checkTemplate(format: string): void {
  if (format === '') return
  try {
    const fields = new Map(containerTable.columns.map((column) => [column.name, '']))
    const methods = labelMethod({})
    new GoTemplate(format, dockerFunctions).execute(new GoStruct(containerTable.type, fields, { methods }))
  } catch (error) {
    if (error instanceof TemplateParseError) throw new StatusError(`failed to parse template: ${error.message}`)
    if (error instanceof TemplateExecError) throw new StatusError(`failed to execute template: ${error.message}`)
    throw error
  }
}

/** `name=value` filters by name. */
export function filtersOf(values: readonly string[]): Filters {
  const filters: Record<string, string[]> = {}
  for (const value of values) {
    const at = value.indexOf('=')
    if (at < 0) continue
    const name = value.slice(0, at)
    filters[name] = [...(filters[name] ?? []), value.slice(at + 1)]
  }
  return filters
}
