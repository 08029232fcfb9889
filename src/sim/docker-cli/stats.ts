// `docker stats`: how much containers use, once or every second.
import { bytesSize, humanSizeShort } from '../../text/size.ts'
import type { ContainerStats, DockerApi } from '../docker/api.ts'
import type { Program } from '../kernel/system.ts'
import type { Command } from './command.ts'
import { bool, tableFormat } from './flag-types.ts'
import { renderList, shortId, type TableKind } from './formatters.ts'
import type { Invocation } from './invocation.ts'

/** With the name by which a container was asked for. */
type Sample = ContainerStats & { readonly asked?: string }

const statsTable: TableKind<Sample> = {
  type: '*container.statsContext',
  table: ['ID', 'Name', 'CPUPerc', 'MemUsage', 'MemPerc', 'NetIO', 'BlockIO', 'PIDs'],
  quiet: 'ID',
  columns: [
    { name: 'Container', header: 'CONTAINER', value: (s) => s.asked ?? shortId(s.id) },
    { name: 'ID', header: 'CONTAINER ID', value: (s, { truncate }) => (truncate ? shortId(s.id) : s.id) },
    { name: 'Name', header: 'NAME', value: (s) => s.name.replace(/^\//, '') },
    { name: 'CPUPerc', header: 'CPU %', value: (s) => `${s.cpuPercent.toFixed(2)}%` },
    {
      name: 'MemUsage',
      header: 'MEM USAGE / LIMIT',
      value: (s) => `${bytesSize(s.memoryUsage)} / ${bytesSize(s.memoryLimit)}`,
    },
    {
      name: 'MemPerc',
      header: 'MEM %',
      value: (s) => `${(s.memoryLimit === 0 ? 0 : (s.memoryUsage / s.memoryLimit) * 100).toFixed(2)}%`,
    },
    {
      name: 'NetIO',
      header: 'NET I/O',
      value: (s) => `${humanSizeShort(s.networkReceived)} / ${humanSizeShort(s.networkSent)}`,
    },
    {
      name: 'BlockIO',
      header: 'BLOCK I/O',
      value: (s) => `${humanSizeShort(s.blockRead)} / ${humanSizeShort(s.blockWritten)}`,
    },
    { name: 'PIDs', header: 'PIDS', value: (s) => String(s.pids) },
  ],
}

export const statsCommand: Command = {
  names: ['container stats', 'stats'],
  usage: '[OPTIONS] [CONTAINER...]',
  summary: 'Display a live stream of container(s) resource usage statistics',
  operands: { least: 0 },
  flags: [
    { name: 'all', shorthand: 'a', type: bool, usage: 'Show all containers (default shows just running)' },
    tableFormat('images'),
    { name: 'no-stream', type: bool, usage: 'Disable streaming stats and only pull the first result' },
    { name: 'no-trunc', type: bool, usage: 'Do not truncate output' },
  ],
  *run(invocation) {
    const api = yield* invocation.api('/_ping')
    if (invocation.flags.bool('no-stream')) {
      yield* invocation.out(yield* sample(invocation, api))
      return 0
    }
    for (;;) {
      // Clears the screen, as docker does also where there is no terminal.
      yield* invocation.out(`\x1b[2J\x1b[H${yield* sample(invocation, api)}`)
      yield* invocation.system.nanosleep(1_000_000)
    }
  },
}

function* sample(invocation: Invocation, api: DockerApi): Program<string> {
  const { flags, operands, system, release } = invocation
  let names = operands
  if (names.length === 0) {
    const containers = yield* api.containerList(system, { all: flags.bool('all') })
    names = containers.map((container) => container.Id)
  }
  const samples: Sample[] = []
  for (const name of names) {
    const given = operands.length === 0 ? {} : { asked: name }
    samples.push({ ...(yield* api.containerStats(system, name)), ...given })
  }
  const view = { release, truncate: !flags.bool('no-trunc'), now: 0 }
  return renderList(statsTable, samples, view, { format: flags.text('format') })
}
