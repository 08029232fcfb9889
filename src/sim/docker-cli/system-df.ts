// `docker system df`: what images, containers and volumes take of the disk.
import { alignColumns, dockerColumns } from '../../text/columns.ts'
import { humanDuration } from '../../text/duration.ts'
import { humanSize, humanSizeShort } from '../../text/size.ts'
import type { SystemDfResponse } from '../docker/api.ts'
import type { Command } from './command.ts'
import { bool, tableFormat } from './flag-types.ts'
import { ellipsis, renderList, shortId, type TableKind } from './formatters.ts'

interface Usage {
  readonly type: string
  readonly total: number
  readonly active: number
  readonly size: number
  readonly reclaimable: number
}

const usageTable: TableKind<Usage> = {
  type: '*formatter.diskUsageContext',
  table: ['Type', 'TotalCount', 'Active', 'Size', 'Reclaimable'],
  quiet: 'Type',
  columns: [
    { name: 'Type', header: 'TYPE', value: (u) => u.type },
    { name: 'TotalCount', header: 'TOTAL', value: (u) => String(u.total) },
    { name: 'Active', header: 'ACTIVE', value: (u) => String(u.active) },
    { name: 'Size', header: 'SIZE', value: (u) => humanSize(u.size) },
    {
      name: 'Reclaimable',
      header: 'RECLAIMABLE',
      value: (u) => {
        const share = u.size > 0 ? ` (${Math.trunc((u.reclaimable / u.size) * 100)}%)` : ''
        return `${humanSize(u.reclaimable)}${share}`
      },
    },
  ],
}

export const systemDfCommand: Command = {
  names: ['system df'],
  usage: '[OPTIONS]',
  summary: 'Show docker disk usage',
  operands: { least: 0, most: 0 },
  flags: [
    tableFormat('images'),
    { name: 'verbose', shorthand: 'v', type: bool, usage: 'Show detailed information on space usage' },
  ],
  *run(invocation) {
    const { system, flags, release } = invocation
    const usage = yield* (yield* invocation.api('/system/df')).systemDf(system)
    if (flags.bool('verbose') && flags.text('format') === '') {
      yield* invocation.out(verboseText(usage, yield* invocation.now()))
      return 0
    }
    const used = new Set(usage.Containers.map((container) => container.ImageID))
    const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0)
    const idle = usage.Images.filter((image) => !used.has(image.Id))
    const stopped = usage.Containers.filter(({ State }) => State !== 'running' && State !== 'paused')
    const rows: Usage[] = [
      {
        type: 'Images',
        total: usage.Images.length,
        active: usage.Images.length - idle.length,
        size: usage.LayersSize,
        reclaimable: sum(idle.map((image) => image.Size)),
      },
      {
        type: 'Containers',
        total: usage.Containers.length,
        active: usage.Containers.length - stopped.length,
        size: sum(usage.Containers.map((container) => container.SizeRw ?? 0)),
        reclaimable: sum(stopped.map((container) => container.SizeRw ?? 0)),
      },
      {
        type: 'Local Volumes',
        total: usage.Volumes.length,
        active: usage.Volumes.filter(({ Name }) => linksOf(usage, Name) > 0).length,
        size: 0,
        reclaimable: 0,
      },
      { type: 'Build Cache', total: 0, active: 0, size: 0, reclaimable: 0 },
    ]
    const view = { release, truncate: true, now: 0 }
    yield* invocation.out(renderList(usageTable, rows, view, { format: flags.text('format') }))
    return 0
  },
}

/** Containers that have a volume. */
function linksOf(usage: SystemDfResponse, name: string): number {
  return usage.Containers.filter(({ Mounts }) => Mounts.some((mount) => mount.Name === name)).length
}

function table(rows: readonly (readonly string[])[]): string {
  return alignColumns(rows.map((row) => `${row.join('\t')}\n`).join(''), dockerColumns)
}

function verboseText(usage: SystemDfResponse, now: number): string {
  const images = usage.Images.flatMap((image) => {
    const users = usage.Containers.filter(({ ImageID }) => ImageID === image.Id).length
    const sizes = [humanSizeShort(image.Size), humanSizeShort(0), humanSize(image.Size), `${users}`]
    const names = image.RepoTags.length === 0 ? ['<none>:<none>'] : image.RepoTags
    return names.map((name) => {
      const at = name.lastIndexOf(':')
      const age = `${humanDuration(now - image.Created)} ago`
      return [name.slice(0, at), name.slice(at + 1), shortId(image.Id), age, ...sizes]
    })
  })
  const containers = usage.Containers.map((container) => [
    shortId(container.Id),
    container.Image,
    JSON.stringify(ellipsis(container.Command, 20)),
    `${container.Mounts.filter(({ Type }) => Type === 'volume').length}`,
    humanSize(container.SizeRw ?? 0),
    `${humanDuration(now - container.Created)} ago`,
    container.Status,
    container.Names.map((name) => name.replace(/^\//, '')).join(','),
  ])
  const volumes = usage.Volumes.map(({ Name }) => [Name, `${linksOf(usage, Name)}`, '0B'])
  const imageHead = ['REPOSITORY', 'TAG', 'IMAGE ID', 'CREATED', 'SIZE', 'SHARED SIZE', 'UNIQUE SIZE', 'CONTAINERS']
  const containerHead = ['CONTAINER ID', 'IMAGE', 'COMMAND', 'LOCAL VOLUMES', 'SIZE', 'CREATED', 'STATUS', 'NAMES']
  const cacheHead = ['CACHE ID', 'CACHE TYPE', 'SIZE', 'CREATED', 'LAST USED', 'USAGE', 'SHARED']
  const parts = [
    `Images space usage:\n\n${table([imageHead, ...images])}`,
    `Containers space usage:\n\n${table([containerHead, ...containers])}`,
    `Local Volumes space usage:\n\n${table([['VOLUME NAME', 'LINKS', 'SIZE'], ...volumes])}`,
    `Build cache usage: 0B\n\n${table([cacheHead])}`,
  ]
  return parts.join('\n')
}
