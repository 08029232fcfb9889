// Images: what the engine knows by name and id, and the words in which it refuses to know one.
import type { ImageHistoryItem, ImageRemoveItem } from './api-types.ts'
import { EngineError } from './errors.ts'
import { ambiguousId, noSuchImage } from './texts.ts'
import { type MemoryDirectory, memoryFileSystem } from '../kernel/memory-file-system.ts'
import type { Random } from '../kernel/random.ts'

/** What an image says of the containers made from it. */
export interface ImageConfig {
  Cmd?: readonly string[] | null
  Entrypoint?: readonly string[] | null
  Env?: readonly string[]
  ExposedPorts?: Readonly<Record<string, Record<string, never>>>
  Labels?: Readonly<Record<string, string>>
  StopSignal?: string
  User?: string
  Volumes?: Readonly<Record<string, Record<string, never>>>
  WorkingDir?: string
}

/** An image as the machine is built with: pulled already, or waiting in the registry. */
export interface ImageDefinition {
  /** References with tags, `alpine:latest`. */
  readonly names: readonly string[]
  /** 64 hexadecimal digits, without `sha256:`. */
  readonly id: string
  /** Microseconds since the epoch. */
  readonly created: number
  readonly sizeBytes: number
  readonly config: ImageConfig
  /** Fills the root directory. Called once, when the first container is made of it. */
  readonly rootTree: (root: MemoryDirectory) => void
  /** The commands of its Dockerfile, newest first, for `docker history`; default one line. */
  readonly history?: readonly { createdBy: string; size: number }[]
  /** `registry`: not here yet, `docker pull` and `docker run` bring it. Default `here`. */
  readonly place?: 'here' | 'registry'
}

export interface Image {
  /** `sha256:…` */
  readonly id: string
  /** References as people write them: `alpine:latest`, `registry.k8s.io/pause:3.9`. */
  readonly names: Set<string>
  readonly created: number
  readonly size: number
  readonly config: ImageConfig
  readonly history: readonly ImageHistoryItem[]
  /** A made-up directory name below /var/lib/docker/overlay2. */
  readonly layer: string
  /** The root directory, never written to. */
  root(): MemoryDirectory
}

export class ImageStore {
  readonly #images = new Map<string, Image>()
  readonly #registry: readonly ImageDefinition[]
  readonly #random: Random

  constructor(definitions: readonly ImageDefinition[], random: Random) {
    this.#random = random
    this.#registry = definitions
    for (const definition of definitions) if (definition.place !== 'registry') this.add(definition)
  }

  /** Newest first; of equal age by id. */
  list(): Image[] {
    return [...this.#images.values()].toSorted((a, b) => b.created - a.created || (a.id < b.id ? -1 : 1))
  }

  add(definition: ImageDefinition): Image {
    let root: MemoryDirectory | undefined
    const image: Image = {
      id: `sha256:${definition.id}`,
      names: new Set(),
      created: definition.created,
      size: definition.sizeBytes,
      config: definition.config,
      history: historyOf(definition),
      layer: this.#random.hex(64),
      root: () => {
        if (root === undefined) {
          root = memoryFileSystem({ type: 'overlay', time: definition.created })
          definition.rootTree(root)
        }
        return root
      },
    }
    this.#images.set(image.id, image)
    for (const name of definition.names) this.tag(image, name)
    return image
  }

  /** By reference, id or the start of an id. @throws EngineError 404 */
  get(name: string): Image {
    const found = this.find(name)
    if (found === undefined) throw noSuchImage(withTag(name))
    return found
  }

  find(name: string): Image | undefined {
    const reference = withTag(name)
    for (const image of this.#images.values()) if (image.names.has(reference)) return image
    const digits = name.replace(/^sha256:/, '')
    if (!/^[0-9a-f]{1,64}$/.test(digits)) return undefined
    const matching = [...this.#images.values()].filter((image) => image.id.startsWith(`sha256:${digits}`))
    if (matching.length > 1) throw ambiguousId(digits)
    return matching[0]
  }

  /** Gives an image a name; whoever had it loses it. */
  tag(image: Image, reference: string): void {
    const name = withTag(reference)
    for (const each of this.#images.values()) each.names.delete(name)
    image.names.add(name)
  }

  /**
   * Brings an image from the registry. There are only those that the machine was built with.
   * @throws EngineError in the words of a registry that does not have it
   */
  pull(name: string): { image: Image; fresh: boolean } {
    const reference = withTag(name)
    const definition = this.#registry.find((each) => each.names.includes(reference))
    if (definition === undefined) {
      const repository = reference.replace(/:[^:/]*$/, '')
      const known = this.#registry.some((each) => each.names.some((other) => other.startsWith(`${repository}:`)))
      if (known) throw new EngineError(404, `manifest for ${reference} not found: manifest unknown: manifest unknown`)
      throw new EngineError(
        404,
        `pull access denied for ${repository}, repository does not exist or may require 'docker login': denied: requested access to the resource is denied`,
      )
    }
    const present = this.#images.get(`sha256:${definition.id}`)
    if (present === undefined) return { image: this.add(definition), fresh: true }
    const fresh = !present.names.has(reference)
    this.tag(present, reference)
    return { image: present, fresh }
  }

  /**
   * Takes a name off, and with the last one the image itself.
   * @param users containers made of it: id and whether it runs
   * @throws EngineError 409 when containers use it and `force` is not set
   */
  remove(name: string, force: boolean, users: readonly { id: string; running: boolean }[]): ImageRemoveItem[] {
    const image = this.get(name)
    const reference = withTag(name)
    const short = image.id.slice(7, 19)
    const byName = image.names.has(reference)
    if (byName && image.names.size > 1) {
      image.names.delete(reference)
      return [{ Untagged: reference }]
    }
    const user = users.find((each) => each.running) ?? users[0]
    if (user !== undefined && (user.running || !force)) throw inUse(name, short, user, byName)
    if (!byName && image.names.size > 1 && !force) {
      throw new EngineError(
        409,
        `conflict: unable to delete ${short} (must be forced) - image is referenced in multiple repositories`,
      )
    }
    const untagged = [...image.names].map((each) => ({ Untagged: each }))
    this.#images.delete(image.id)
    return [...untagged, { Deleted: image.id }]
  }
}

function inUse(name: string, short: string, user: { id: string; running: boolean }, byName: boolean): EngineError {
  const container = user.id.slice(0, 12)
  if (byName) {
    return new EngineError(
      409,
      `conflict: unable to remove repository reference "${name}" (must force) - container ${container} is using its referenced image ${short}`,
    )
  }
  const how = user.running ? 'cannot be forced' : 'must be forced'
  const what = user.running ? 'is using running container' : 'is being used by stopped container'
  return new EngineError(409, `conflict: unable to delete ${short} (${how}) - image ${what} ${container}`)
}

/** `alpine` to `alpine:latest`; a name on Docker Hub loses `docker.io/library/`. */
export function withTag(name: string): string {
  const familiar = name.replace(/^docker\.io\/(library\/)?/, '')
  return /:[^/]*$/.test(familiar) || familiar.includes('@') ? familiar : `${familiar}:latest`
}

function historyOf(definition: ImageDefinition): ImageHistoryItem[] {
  const command = JSON.stringify(definition.config.Cmd ?? definition.config.Entrypoint ?? [])
  const lines = definition.history ?? [
    { createdBy: `CMD ${command}`, size: 0 },
    { createdBy: 'ADD rootfs.tar.gz / # buildkit', size: definition.sizeBytes },
  ]
  return lines.map(({ createdBy, size }, index) => ({
    Id: index === 0 ? `sha256:${definition.id}` : '<missing>',
    Created: Math.floor(definition.created / 1e6),
    CreatedBy: createdBy,
    Tags: index === 0 ? definition.names : null,
    Size: size,
    Comment: 'buildkit.dockerfile.v0',
  }))
}
