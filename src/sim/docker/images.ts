// Images: what the engine knows by name and id, and the words in which it refuses to know one.
import type { ImageHistoryItem, ImageRemoveItem } from './api-types.ts'
import { EngineError } from './errors.ts'
import type { JsonObject } from './json.ts'
import { ambiguousId, noSuchImage } from './texts.ts'
import { type MemoryDirectory, memoryFileSystem } from '../kernel/memory-file-system.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { DirectoryInode } from '../kernel/vfs.ts'

/** What an image says of the containers made from it. */
export interface ImageConfig {
  Cmd?: readonly string[] | null
  Entrypoint?: readonly string[] | null
  Env?: readonly string[]
  ExposedPorts?: Readonly<Record<string, Record<string, never>>>
  Healthcheck?: JsonObject
  Labels?: Readonly<Record<string, string>>
  OnBuild?: readonly string[]
  Shell?: readonly string[]
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
  /** The commands of its Dockerfile, newest first, for `docker history`; default two lines. */
  readonly history?: readonly HistoryLine[]
  /** `registry`: not here yet, `docker pull` and `docker run` bring it. `local`: made here. Default: pulled. */
  readonly place?: 'here' | 'registry' | 'local'
  readonly comment?: string
}

export interface HistoryLine {
  readonly createdBy: string
  readonly size: number
  readonly comment?: string
}

/** An image that the engine itself makes: by commit, import or build. */
export interface NewImage {
  readonly names: readonly string[]
  readonly config: ImageConfig
  readonly parent?: Image | undefined
  readonly author?: string
  readonly comment?: string
  readonly createdBy: string
  /** Bytes that it adds to its parent. */
  readonly bytes: number
  readonly root: () => DirectoryInode
}

export interface Image {
  /** `sha256:…` */
  readonly id: string
  /** References as people write them: `alpine:latest`, `registry.k8s.io/pause:3.9`. */
  readonly names: Set<string>
  readonly created: number
  readonly size: number
  readonly config: ImageConfig
  /** The newest first. */
  readonly history: readonly ImageHistoryItem[]
  /** A made-up directory name below /var/lib/docker/overlay2. */
  readonly layer: string
  /** Of what it was built, here. */
  readonly parent: Image | undefined
  readonly author: string
  readonly comment: string
  /** Made here: no registry has given it a digest. */
  readonly local: boolean
  /** The root directory, never written to. */
  root(): DirectoryInode
}

export class ImageStore {
  readonly #images = new Map<string, Image>()
  readonly #registry: readonly ImageDefinition[]
  readonly #kernel: Kernel

  constructor(definitions: readonly ImageDefinition[], kernel: Kernel) {
    this.#kernel = kernel
    this.#registry = definitions
    for (const definition of definitions) if (definition.place !== 'registry') this.add(definition)
  }

  /** Newest first; of equal age by id. Steps of a build, which only lead to other images, are left out. */
  list(options: { all?: boolean } = {}): Image[] {
    const all = [...this.#images.values()]
    const parents = new Set(all.map((image) => image.parent))
    return all
      .filter((image) => options.all || image.names.size > 0 || !parents.has(image))
      .toSorted((a, b) => b.created - a.created || (a.id < b.id ? -1 : 1))
  }

  /** Images that were built on another, here. */
  children(parent: Image): Image[] {
    return [...this.#images.values()].filter((image) => image.parent === parent)
  }

  add(definition: ImageDefinition): Image {
    let root: MemoryDirectory | undefined
    return this.#keep(definition.names, {
      id: `sha256:${definition.id}`,
      names: new Set(),
      created: definition.created,
      size: definition.sizeBytes,
      config: definition.config,
      history: historyOf(definition),
      layer: this.#kernel.random.hex(64),
      parent: undefined,
      author: '',
      comment: definition.comment ?? definition.history?.[0]?.comment ?? 'buildkit.dockerfile.v0',
      local: definition.place === 'local',
      root: () => {
        if (root === undefined) {
          root = memoryFileSystem({ type: 'overlay', time: definition.created })
          definition.rootTree(root)
        }
        return root
      },
    })
  }

  /** Keeps what commit, import or a step of a build has made. */
  create(made: NewImage): Image {
    const { parent, config, author = '', comment = '', createdBy, bytes, root } = made
    const id = `sha256:${this.#kernel.random.hex(64)}`
    const created = this.#kernel.clock.now()
    const item = { Id: id, Created: Math.floor(created / 1e6), CreatedBy: createdBy, Tags: null, Size: bytes }
    const before = parent?.history ?? []
    return this.#keep(made.names, {
      id,
      names: new Set(),
      created,
      size: (parent?.size ?? 0) + bytes,
      config,
      history: [{ ...item, Comment: comment }, ...before],
      layer: this.#kernel.random.hex(64),
      parent,
      author,
      comment,
      local: true,
      root,
    })
  }

  #keep(names: readonly string[], image: Image): Image {
    this.#images.set(image.id, image)
    for (const name of names) this.tag(image, name)
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
   * Takes a name off, and with the last one the image itself, and the steps of which it was built.
   * @param users containers made of it: id and whether it runs
   * @throws EngineError 409 when containers use it and `force` is not set
   */
  remove(
    name: string,
    force: boolean,
    usersOf: (image: Image) => readonly { id: string; running: boolean }[],
  ): ImageRemoveItem[] {
    const image = this.get(name)
    const reference = withTag(name)
    const short = image.id.slice(7, 19)
    const users = usersOf(image)
    const removed: ImageRemoveItem[] = []
    const byName = image.names.has(reference)
    if (byName) {
      const [first] = users
      if (!force && image.names.size === 1 && first !== undefined) throw nameInUse(name, short, first)
      image.names.delete(reference)
      removed.push({ Untagged: reference })
      if (image.names.size > 0) return removed
    } else if (image.names.size > 1 && !force) {
      const reason = 'image is referenced in multiple repositories'
      throw new EngineError(409, `conflict: unable to delete ${short} (must be forced) - ${reason}`)
    }
    const running = users.find((each) => each.running)
    const user = running ?? (force ? undefined : users[0])
    if (user !== undefined) {
      if (byName) return removed
      throw inUse(short, user)
    }
    if (this.children(image).length > 0) {
      if (byName) return removed
      const reason = 'image has dependent child images'
      throw new EngineError(409, `conflict: unable to delete ${short} (cannot be forced) - ${reason}`)
    }
    for (const each of image.names) removed.push({ Untagged: each })
    image.names.clear()
    for (let last: Image | undefined = image; last !== undefined; last = last.parent) {
      if (last.names.size > 0 || usersOf(last).length > 0 || this.children(last).length > 0) break
      this.#images.delete(last.id)
      removed.push({ Deleted: last.id })
    }
    return removed
  }
}

function nameInUse(name: string, short: string, user: { id: string }): EngineError {
  return new EngineError(
    409,
    `conflict: unable to remove repository reference "${name}" (must force) - container ${user.id.slice(0, 12)} is using its referenced image ${short}`,
  )
}

function inUse(short: string, user: { id: string; running: boolean }): EngineError {
  const container = user.id.slice(0, 12)
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
  const lines: readonly HistoryLine[] = definition.history ?? [
    { createdBy: `CMD ${command}`, size: 0 },
    { createdBy: 'ADD rootfs.tar.gz / # buildkit', size: definition.sizeBytes },
  ]
  return lines.map(({ createdBy, size, comment = 'buildkit.dockerfile.v0' }, index) => ({
    Id: index === 0 ? `sha256:${definition.id}` : '<missing>',
    Created: Math.floor(definition.created / 1e6),
    CreatedBy: createdBy,
    Tags: index === 0 ? definition.names : null,
    Size: size,
    Comment: comment,
  }))
}
