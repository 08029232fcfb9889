// `docker system df`: what images, containers and volumes take of the disk.
import { humanSize } from '../../text/size.ts'
import type { Command } from './command.ts'
import { bool, tableFormat } from './flag-types.ts'
import { renderList, type TableKind } from './formatters.ts'

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
    { name: 'verbose', shorthand: 'v', type: bool, usage: 'Show detailed information on space usage', noEffect: true },
  ],
  *run(invocation) {
    const { system, flags, release } = invocation
    const usage = yield* (yield* invocation.api('/system/df')).systemDf(system)
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
      { type: 'Local Volumes', total: usage.Volumes.length, active: 0, size: 0, reclaimable: 0 },
      { type: 'Build Cache', total: 0, active: 0, size: 0, reclaimable: 0 },
    ]
    const view = { release, truncate: true, now: 0 }
    yield* invocation.out(renderList(usageTable, rows, view, { format: flags.text('format') }))
    return 0
  },
}
