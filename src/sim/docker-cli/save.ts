// `docker save` and `docker load`: images as a tar archive, in docker's own format: manifest.json, configurations, layers.
import { readAll } from '../programs/stdio.ts'
import type { SavedImage } from '../docker/api.ts'
import type { ArchiveEntry } from '../docker/api.ts'
import { type Program, SystemCallError } from '../kernel/system.ts'
import type { Command } from './command.ts'
import { StatusError } from './errors.ts'
import { checkOutput, outputFlag, writeOutput } from './export.ts'
import { bool, type FlagDefinition, string } from './flag-types.ts'
import type { Invocation } from './invocation.ts'
import { readFile } from '../programs/stdio.ts'
import { readTar, writeTar } from './tar.ts'

const platform = (what: string): FlagDefinition => ({
  name: 'platform',
  type: string,
  usage: `${what} only the given platform variant. Formatted as "os[/arch[/variant]]" (e.g., "linux/amd64")`,
  since: '28.5',
  noEffect: true,
})

export const saveCommand: Command = {
  names: ['image save', 'save'],
  usage: '[OPTIONS] IMAGE [IMAGE...]',
  summary: 'Save one or more images to a tar archive (streamed to STDOUT by default)',
  operands: { least: 1 },
  flags: [outputFlag, platform('Save')],
  *run(invocation) {
    yield* checkOutput(invocation, 'failed to save image')
    const api = yield* invocation.api('/_ping')
    const saved: SavedImage[] = []
    for (const name of invocation.operands) saved.push(yield* api.imageExport(invocation.system, name))
    return yield* writeOutput(invocation, writeTar(archiveOf(saved)))
  },
}

/** What manifest.json says of one image. */
interface ManifestItem {
  readonly Config: string
  readonly RepoTags: readonly string[] | null
  readonly Layers: readonly string[]
}

const owner = { uid: 0, gid: 0 }

function archiveOf(images: readonly SavedImage[]): ArchiveEntry[] {
  const entries: ArchiveEntry[] = []
  const manifest: ManifestItem[] = []
  for (const { id, names, config, created, size, entries: files } of images) {
    const digits = id.replace(/^sha256:/, '')
    const text = JSON.stringify({ config, created, size, os: 'linux', architecture: 'amd64' })
    const layer = `${digits}/layer.tar`
    entries.push(
      { name: digits, type: 'directory', mode: 0o755, mtime: created, ...owner },
      { name: layer, type: 'regular', mode: 0o644, mtime: created, content: writeTar(files), ...owner },
      { name: `${digits}.json`, type: 'regular', mode: 0o644, mtime: created, content: encode(text), ...owner },
    )
    manifest.push({ Config: `${digits}.json`, RepoTags: names.length === 0 ? null : names, Layers: [layer] })
  }
  const content = encode(JSON.stringify(manifest))
  entries.push({ name: 'manifest.json', type: 'regular', mode: 0o644, mtime: 0, content, ...owner })
  return entries
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

export const loadCommand: Command = {
  names: ['image load', 'load'],
  usage: '[OPTIONS]',
  summary: 'Load an image from a tar archive or STDIN',
  operands: { least: 0, most: 0 },
  flags: [
    { name: 'input', shorthand: 'i', type: string, usage: 'Read from tar archive file, instead of STDIN' },
    platform('Load'),
    { name: 'quiet', shorthand: 'q', type: bool, usage: 'Suppress the load output' },
  ],
  *run(invocation) {
    const { system } = invocation
    const bytes = yield* inputOf(invocation)
    const api = yield* invocation.api('/_ping')
    for (const saved of imagesOf(bytes)) {
      for (const name of yield* api.imageLoad(system, saved)) {
        yield* invocation.out(`Loaded image${name.startsWith('sha256:') ? ' ID' : ''}: ${name}\n`)
      }
    }
    return 0
  },
}

function* inputOf({ flags, system }: Invocation): Program<Uint8Array> {
  const path = flags.text('input')
  if (path === '') {
    if (yield* system.isatty(0)) throw new StatusError('requested load from stdin, but stdin is empty')
    return yield* readAll(system, 0)
  }
  try {
    return yield* readFile(system, path)
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    throw new StatusError(`open ${path}: ${error.message.charAt(0).toLowerCase()}${error.message.slice(1)}`)
  }
}

/** @throws StatusError when it is no archive that `docker save` has written */
function imagesOf(bytes: Uint8Array): SavedImage[] {
  let files: ReadonlyMap<string, ArchiveEntry>
  try {
    files = new Map(readTar(bytes).map((entry) => [entry.name, entry]))
  } catch (error) {
    throw new StatusError(`Error response from daemon: ${(error as Error).message}`)
  }
  const read = (name: string): unknown => {
    const content = files.get(name)?.content
    if (content === undefined)
      throw new StatusError(`open /var/lib/docker/tmp/docker-import/${name}: no such file or directory`)
    return JSON.parse(new TextDecoder().decode(content))
  }
  if (!files.has('manifest.json')) read('repositories')
  return (read('manifest.json') as readonly ManifestItem[]).map(({ Config, RepoTags, Layers }) => {
    const { config, created, size } = read(Config) as Pick<SavedImage, 'config' | 'created' | 'size'>
    const entries = Layers.flatMap((layer) => readTar(files.get(layer)?.content ?? new Uint8Array(0)))
    return { id: `sha256:${Config.replace(/\.json$/, '')}`, names: RepoTags ?? [], config, created, size, entries }
  })
}
