// `docker history`: the steps an image was made in.
import { humanDuration } from '../../text/duration.ts'
import { humanSizeShort } from '../../text/size.ts'
import type { ImageHistoryItem } from '../docker/api.ts'
import type { Command } from './command.ts'
import { bool, string, tableFormat } from './flag-types.ts'
import { ellipsis, renderList, shortId, type TableKind } from './formatters.ts'

const historyTable: TableKind<ImageHistoryItem> = {
  type: '*image.historyContext',
  table: ['ID', 'CreatedSince', 'CreatedBy', 'Size', 'Comment'],
  quiet: 'ID',
  columns: [
    { name: 'ID', header: 'IMAGE', value: (item, { truncate }) => (truncate ? shortId(item.Id) : item.Id) },
    {
      name: 'CreatedAt',
      header: 'CREATED AT',
      value: (item) => new Date(item.Created * 1000).toISOString().replace('.000', ''),
    },
    {
      name: 'CreatedSince',
      header: 'CREATED',
      value: (item, { now }) => `${humanDuration(now - item.Created)} ago`,
    },
    {
      name: 'CreatedBy',
      header: 'CREATED BY',
      value: (item, { truncate }) => {
        const text = item.CreatedBy.replaceAll('\t', ' ')
        return truncate ? ellipsis(text, 45) : text
      },
    },
    { name: 'Size', header: 'SIZE', value: (item) => humanSizeShort(item.Size) },
    { name: 'Comment', header: 'COMMENT', value: (item) => item.Comment },
  ],
}

export const historyCommand: Command = {
  names: ['image history', 'history'],
  usage: '[OPTIONS] IMAGE',
  summary: 'Show the history of an image',
  operands: { least: 1, most: 1 },
  flags: [
    tableFormat('images'),
    {
      name: 'human',
      shorthand: 'H',
      type: bool,
      default: 'true',
      usage: 'Print sizes and dates in human readable format',
    },
    { name: 'no-trunc', type: bool, usage: "Don't truncate output" },
    {
      name: 'platform',
      type: string,
      usage: 'Show history for the given platform. Formatted as "os[/arch[/variant]]" (e.g., "linux/amd64")',
      since: '28.5',
      noEffect: true,
    },
    { name: 'quiet', shorthand: 'q', type: bool, usage: 'Only show image IDs' },
  ],
  *run(invocation) {
    const { flags, system, release } = invocation
    const api = yield* invocation.api(`/images/${invocation.operand(0)}/history`)
    const items = yield* api.imageHistory(system, invocation.operand(0))
    const view = { release, truncate: !flags.bool('no-trunc'), now: yield* invocation.now() }
    const options = { format: flags.text('format'), quiet: flags.bool('quiet') }
    yield* invocation.out(renderList(historyTable, items, view, options))
    return 0
  },
}
