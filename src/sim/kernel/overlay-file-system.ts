// The overlay file system: an image's tree below, shared and never written to, and above it what one container changes.
import { deviceInode } from './devices.ts'
import type { FileSystem } from './mount.ts'
import type { Process } from './process.ts'
import type { DirectoryEntry } from './system.ts'
import type { Attributes, DirectoryChanges, DirectoryInode, Inode, RegularInode, SymlinkInode } from './vfs.ts'

export interface OverlayOptions {
  /** st_dev; `allocateDevice` of `mount.ts` gives a number. */
  device?: number
  /** What /proc/mounts shows: `lowerdir=…`, `upperdir=…`, `workdir=…`. */
  options?: readonly string[]
}

/** One line of `docker diff`: added, changed, deleted. */
export interface OverlayChange {
  readonly kind: 'A' | 'C' | 'D'
  readonly path: string
}

/**
 * A writable view of `lower`, which stays as it is. Directories and files are copied when they are first looked at, and
 * a file's bytes only when they are written.
 */
export function overlayFileSystem(lower: DirectoryInode, options: OverlayOptions = {}): OverlayDirectory {
  const shared: Shared = { device: options.device ?? 20, nextIno: 0x1_00_00, copies: new Map() }
  return new OverlayDirectory(shared, lower, lower, options.options ?? [])
}

interface Shared {
  readonly device: number
  nextIno: number
  /** The view's inode for each of below: names that were hard links below stay so here. */
  readonly copies: Map<Inode, Inode>
}

/** Whose eyes the tree below is read with: it holds no views, so nobody's are needed. */
const nobody = undefined as unknown as Process

export class OverlayDirectory implements DirectoryInode {
  readonly type = 'directory'
  readonly ino: number
  readonly device: number
  readonly fileSystem?: FileSystem
  readonly changes: DirectoryChanges
  mode: number
  uid: number
  gid: number
  atime: number
  mtime: number
  ctime: number
  parent: DirectoryInode
  name = ''
  readonly #shared: Shared
  readonly #lower: DirectoryInode | undefined
  /** What is above: new and replaced entries, and with undefined (a whiteout) names that are gone from below. */
  readonly #upper = new Map<string, Inode | undefined>()

  constructor(
    shared: Shared,
    lower: DirectoryInode | undefined,
    attributes: Required<Omit<Attributes, 'time'>> & { atime: number; mtime: number; ctime: number },
    rootOptions?: readonly string[],
  ) {
    this.#shared = shared
    this.#lower = lower
    this.ino = lower?.ino ?? shared.nextIno++
    this.device = shared.device
    this.mode = attributes.mode
    this.uid = attributes.uid
    this.gid = attributes.gid
    this.atime = attributes.atime
    this.mtime = attributes.mtime
    this.ctime = attributes.ctime
    this.parent = this
    if (rootOptions) this.fileSystem = { type: 'overlay', source: 'overlay', options: rootOptions, root: this }
    this.changes = {
      insert: (name, inode) => this.#insert(name, inode),
      remove: (name) => this.#remove(name),
      nextIno: () => shared.nextIno++,
      createDirectory: ({ mode = 0o755, uid = 0, gid = 0, time = 0 }) =>
        new OverlayDirectory(shared, undefined, { mode, uid, gid, atime: time, mtime: time, ctime: time }),
    }
  }

  /** 1 for a directory that is both below and above, as overlayfs counts it. */
  get nlink(): number {
    if (this.#lower && this.#upper.size > 0) return 1
    return 2 + this.list().filter(({ type }) => type === 'directory').length
  }

  lookup(_reader: unknown, name: string): Inode | undefined {
    if (this.#upper.has(name)) return this.#upper.get(name)
    const below = this.#lower?.lookup(nobody, name)
    return below && this.#copyOf(name, below)
  }

  list(): readonly DirectoryEntry[] {
    const below = (this.#lower?.list(nobody) ?? []).filter(({ name }) => !this.#upper.has(name))
    const above = [...this.#upper].flatMap(([name, inode]) =>
      inode ? [{ name, ino: inode.ino, type: inode.type }] : [],
    )
    return [...below, ...above]
  }

  size(): number {
    return 4096
  }

  /** What differs from below, in this directory and all under it, sorted by path as `docker diff` prints it. */
  differences(path = ''): OverlayChange[] {
    const found: OverlayChange[] = []
    const names = new Set([...(this.#lower?.list(nobody) ?? []), ...this.list()].map(({ name }) => name))
    for (const name of [...names].toSorted()) {
      const here = `${path}/${name}`
      const below = this.#lower?.lookup(nobody, name)
      // Only what was looked at can have changed; the rest needs no walk.
      const known = this.#upper.has(name) ? this.#upper.get(name) : below && this.#shared.copies.get(below)
      if (!known) {
        if (below && this.#upper.has(name)) found.push({ kind: 'D', path: here })
        continue
      }
      const inside = known instanceof OverlayDirectory ? known.differences(here) : []
      const replaced = below && this.#shared.copies.get(below) !== known
      if (!below) found.push({ kind: 'A', path: here })
      else if (replaced || inside.length > 0 || isChanged(below, known)) found.push({ kind: 'C', path: here })
      found.push(...inside)
    }
    return found
  }

  #copyOf(name: string, below: Inode): Inode {
    const known = this.#shared.copies.get(below)
    if (known) return known
    const copy = copyUp(this.#shared, below)
    if (copy.type === 'directory') {
      copy.parent = this
      copy.name = name
    }
    this.#shared.copies.set(below, copy)
    return copy
  }

  #insert(name: string, inode: Inode): void {
    this.#upper.set(name, inode)
    if (inode.type !== 'directory') return
    inode.parent = this
    inode.name = name
  }

  #remove(name: string): void {
    if (this.#lower?.lookup(nobody, name)) this.#upper.set(name, undefined)
    else this.#upper.delete(name)
  }
}

function copyUp(shared: Shared, below: Inode): Inode {
  if (below.type === 'directory') return new OverlayDirectory(shared, below, below)
  const { ino, mode, uid, gid, nlink, atime, mtime, ctime } = below
  const base = { ino, device: shared.device, mode, uid, gid, nlink, atime, mtime, ctime }
  if (below.type === 'regular') {
    const { content, executable, memory } = below
    return { type: 'regular', ...base, content, executable, memory } satisfies RegularInode
  }
  if (below.type === 'symlink') {
    const target = below.target(nobody)
    return { type: 'symlink', ...base, target: () => target, size: () => target.length } satisfies SymlinkInode
  }
  const { type, rdev } = below
  return type === 'character' || type === 'block' ? deviceInode(base, type, rdev) : { ...below, ...base }
}

function isChanged(below: Inode, copy: Inode): boolean {
  if (below.mode !== copy.mode || below.uid !== copy.uid || below.gid !== copy.gid) return true
  if (below.mtime !== copy.mtime) return true
  return below.type === 'regular' && copy.type === 'regular' && below.content !== copy.content
}
