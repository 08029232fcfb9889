// `docker save` and `docker load`: an image as it travels, its configuration and all its files in one layer.
import type { ArchiveEntry } from './api-types.ts'
import { entriesOf, unpack, withBinaries } from './archive.ts'
import type { Daemon } from './daemon.ts'
import { type ImageConfig, withTag } from './images.ts'
import { noSuchImage } from './texts.ts'

export interface SavedImage {
  /** `sha256:…` */
  readonly id: string
  readonly names: readonly string[]
  readonly config: ImageConfig
  /** Microseconds since the epoch. */
  readonly created: number
  readonly size: number
  readonly entries: readonly ArchiveEntry[]
}

/** @throws EngineError 404 */
export function exportImage(daemon: Daemon, name: string): SavedImage {
  const image = daemon.images.find(name)
  if (image === undefined) throw noSuchImage(name)
  const { id, config, created, size } = image
  const all = withBinaries(daemon, entriesOf(image.root(), '', daemon.process))
  const entries = all.filter((entry) => entry.name !== '')
  // Only the name that was asked for goes along; an id has none.
  const names = [...image.names].filter((each) => each === withTag(name))
  return { id, names, config, created, size, entries }
}

/** Gives the names that it has now, or its id when it has none. */
export function loadImage(daemon: Daemon, saved: SavedImage): string[] {
  const { id, names, config, created, size, entries } = saved
  const known = daemon.images.find(id)
  if (known === undefined) {
    daemon.images.add({
      id: id.replace(/^sha256:/, ''),
      names,
      config,
      created,
      sizeBytes: size,
      place: 'local',
      history: [{ createdBy: '', size, comment: '' }],
      rootTree: (root) => unpack(root, entries, daemon.process, daemon.now()),
    })
  } else for (const name of names) daemon.images.tag(known, name)
  daemon.events.log('image', 'load', id, { name: id })
  return names.length === 0 ? [id] : [...names]
}
