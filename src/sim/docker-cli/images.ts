// `docker images`: images as a table.
import { humanDuration } from '../../text/duration.ts'
import { humanSizeShort } from '../../text/size.ts'
import type { ImageSummary } from '../docker/api.ts'
import type { Command } from './command.ts'
import { bool, filter, tableFormat } from './flag-types.ts'
import { goTime, renderList, shortId, type TableKind } from './formatters.ts'
import { filtersOf } from './ps.ts'

/** One row: an image with several tags has several. */
interface ImageRow {
  readonly image: ImageSummary
  readonly repository: string
  readonly tag: string
  readonly digest: string
}

const imageTable: TableKind<ImageRow> = {
  type: '*formatter.imageContext',
  table: ['Repository', 'Tag', 'ID', 'CreatedSince', 'Size'],
  quiet: 'ID',
  columns: [
    { name: 'ID', header: 'IMAGE ID', value: ({ image }, { truncate }) => (truncate ? shortId(image.Id) : image.Id) },
    { name: 'Repository', header: 'REPOSITORY', value: (row) => row.repository },
    { name: 'Tag', header: 'TAG', value: (row) => row.tag },
    { name: 'Digest', header: 'DIGEST', value: (row) => row.digest },
    {
      name: 'CreatedSince',
      header: 'CREATED',
      value: ({ image }, { now }) => `${humanDuration(now - image.Created)} ago`,
    },
    { name: 'CreatedAt', header: 'CREATED AT', value: ({ image }) => goTime(image.Created) },
    { name: 'Size', header: 'SIZE', value: ({ image }) => humanSizeShort(image.Size) },
    { name: 'Containers', header: 'CONTAINERS', value: () => 'N/A' },
    { name: 'VirtualSize', header: 'VIRTUAL SIZE', value: ({ image }) => humanSizeShort(image.Size) },
    { name: 'SharedSize', header: 'SHARED SIZE', value: () => 'N/A' },
    { name: 'UniqueSize', header: 'UNIQUE SIZE', value: () => 'N/A' },
  ],
}

export const imagesCommand: Command = {
  names: ['image ls', 'image list', 'images'],
  oldAliases: { 'image ls': 'ls, list' },
  usage: '[OPTIONS] [REPOSITORY[:TAG]]',
  summary: 'List images',
  operands: { least: 0, most: 1 },
  flags: [
    { name: 'all', shorthand: 'a', type: bool, usage: 'Show all images (default hides intermediate images)' },
    { name: 'digests', type: bool, usage: 'Show digests' },
    { name: 'filter', shorthand: 'f', type: filter, usage: 'Filter output based on conditions provided' },
    tableFormat('images'),
    { name: 'no-trunc', type: bool, usage: "Don't truncate output" },
    { name: 'quiet', shorthand: 'q', type: bool, usage: 'Only show image IDs' },
    {
      name: 'tree',
      type: bool,
      usage: 'List multi-platform images as a tree (EXPERIMENTAL)',
      since: '28.5',
      noEffect: true,
    },
  ],
  *run(invocation) {
    const { flags, system, release } = invocation
    const filters = { ...filtersOf(flags.list('filter')) }
    const [reference] = invocation.operands
    if (reference !== undefined) filters['reference'] = [reference]
    const api = yield* invocation.api('/images/json')
    const images = yield* api.imageList(system, { all: flags.bool('all'), filters })
    const view = { release, truncate: !flags.bool('no-trunc'), now: yield* invocation.now() }
    const digests = flags.bool('digests')
    const table = digests ? ['Repository', 'Tag', 'Digest', 'ID', 'CreatedSince', 'Size'] : imageTable.table
    const format = flags.text('format')
    const quiet = flags.bool('quiet')
    yield* invocation.out(renderList(imageTable, images.flatMap(rowsOf), view, { format, quiet, table }))
    return 0
  },
}

function rowsOf(image: ImageSummary): ImageRow[] {
  const digestOf = (repository: string) =>
    image.RepoDigests.find((digest) => digest.startsWith(`${repository}@`))?.slice(repository.length + 1) ?? '<none>'
  const rows = image.RepoTags.filter((tag) => tag !== '<none>:<none>').map((name) => {
    const at = name.lastIndexOf(':')
    const repository = name.slice(0, at)
    return { image, repository, tag: name.slice(at + 1), digest: digestOf(repository) }
  })
  return rows.length > 0 ? rows : [{ image, repository: '<none>', tag: '<none>', digest: '<none>' }]
}
