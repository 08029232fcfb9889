// A container's own files: its writable layer over the image, for mounting, for `docker cp` and for `docker diff`.
import type { FileChange } from './api-types.ts'
import type { Image } from './images.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { allocateDevice, type FileSystem, fileSystemOf, type MountNamespace } from '../kernel/mount.ts'
import { type OverlayDirectory, overlayFileSystem } from '../kernel/overlay-file-system.ts'
import type { Process } from '../kernel/process.ts'
import { SystemCallError } from '../kernel/system.ts'
import type { DirectoryInode, Inode } from '../kernel/vfs.ts'
import { resolvePath } from '../kernel/vfs.ts'
import { emptyFile } from './host-tree.ts'

/** Links that are followed before it is a loop. */
const maxLinks = 40

/** The layer between an image and its containers, where the places are that the engine mounts on. */
const initLayers = new WeakMap<Image, DirectoryInode>()

export class ContainerFiles {
  readonly #kernel: Kernel
  readonly #image: Image
  /** Directory name below /var/lib/docker/overlay2. */
  readonly layer: string
  #root: OverlayDirectory | undefined
  /** /dev/shm, while it runs. */
  shm: FileSystem | undefined

  /** @param layer directory name below /var/lib/docker/overlay2 */
  constructor(kernel: Kernel, image: Image, layer: string) {
    this.#kernel = kernel
    this.#image = image
    this.layer = layer
  }

  get root(): OverlayDirectory {
    const layers = '/var/lib/docker/overlay2'
    this.#root ??= overlayFileSystem(initLayer(this.#kernel, this.#image), {
      device: allocateDevice(this.#kernel.initialNamespaces.mnt),
      options: [
        `lowerdir=${layers}/l/${this.layer.slice(0, 26).toUpperCase()}:${layers}/l/${this.#image.layer.slice(0, 26).toUpperCase()}`,
        `upperdir=${layers}/${this.layer}/diff`,
        `workdir=${layers}/${this.layer}/work`,
      ],
    })
    return this.#root
  }

  fileSystem(_namespace: MountNamespace): FileSystem {
    return fileSystemOf(this.root)
  }

  /** A text file of the container's own tree, empty when it is not there. */
  readText(path: string): string {
    const inode = this.find(path)
    return inode?.type === 'regular' ? new TextDecoder().decode(inode.content) : ''
  }

  /** What is at a path: seen with the eyes of `init` when it runs, mounts and all, else in the layers alone. */
  find(path: string, init?: Process): Inode | undefined {
    if (init === undefined) return walk(this.root, this.root, path, maxLinks)
    try {
      return resolvePath(init, path).inode
    } catch (error) {
      if (error instanceof SystemCallError) return undefined
      throw error
    }
  }

  differences(): FileChange[] {
    if (this.#root === undefined) return []
    return this.#root.differences().map(({ kind, path }) => ({ Kind: kind, Path: path }))
  }

  /** Bytes of what was added and changed. */
  writtenBytes(): number {
    return this.differences().reduce((sum, { Kind, Path }) => {
      const inode = Kind === 'D' ? undefined : this.find(Path)
      return sum + (inode?.type === 'regular' ? inode.content.length : 0)
    }, 0)
  }
}

function walk(root: DirectoryInode, from: DirectoryInode, path: string, links: number): Inode | undefined {
  let at: Inode = path.startsWith('/') ? root : from
  const names = path.split('/').filter((name) => name !== '' && name !== '.')
  for (const [index, name] of names.entries()) {
    if (at.type !== 'directory') return undefined
    const next: Inode | undefined = name === '..' ? at.parent : at.lookup(nobody, name)
    if (next?.type === 'symlink') {
      if (links === 0) return undefined
      const rest = names.slice(index + 1).join('/')
      const target = next.target(nobody)
      return walk(root, at, rest === '' ? target : `${target}/${rest}`, links - 1)
    }
    if (next === undefined) return undefined
    at = next
  }
  return at
}

/** The layers hold no views, so nobody's eyes are needed to read them. */
const nobody = undefined as unknown as Process

function initLayer(kernel: Kernel, image: Image): DirectoryInode {
  const known = initLayers.get(image)
  if (known !== undefined) return known
  const layer = overlayFileSystem(image.root())
  const time = kernel.clock.now()
  const directory = (parent: DirectoryInode, name: string): DirectoryInode => {
    const there = parent.lookup(nobody, name)
    if (there?.type === 'directory') return there
    const made = parent.changes?.createDirectory({ time })
    if (made === undefined) return parent
    parent.changes?.insert(name, made)
    return made
  }
  const file = (parent: DirectoryInode, name: string) => {
    if (parent.lookup(nobody, name) !== undefined || parent.changes === undefined) return
    parent.changes.insert(name, emptyFile(parent, parent.changes.nextIno(), time))
  }
  for (const name of ['proc', 'sys']) directory(layer, name)
  const dev = directory(layer, 'dev')
  for (const name of ['pts', 'shm']) directory(dev, name)
  const etc = directory(layer, 'etc')
  for (const name of ['hosts', 'hostname', 'resolv.conf']) file(etc, name)
  file(layer, '.dockerenv')
  initLayers.set(image, layer)
  return layer
}
