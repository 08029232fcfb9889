// A file system in memory. It serves as tmpfs and, under other names, as the machine's disks and the images' layers.
import { deviceInode } from './devices.ts'
import type { FileSystem } from './mount.ts'
import type { ProgramMemory } from './program-memory.ts'
import type { DirectoryEntry, Main } from './system.ts'
import { SystemCallError } from './system.ts'
import type { Attributes, DirectoryChanges, DirectoryInode, Inode, RegularInode, SymlinkInode } from './vfs.ts'

export interface MemoryFileSystemOptions {
  /** As in /proc/filesystems; directories have the size that they have there. */
  type: string
  /** First column of /proc/mounts; default the type. */
  source?: string
  /** Options of the file system that /proc/mounts shows. */
  options?: readonly string[]
  /** st_dev, major * 256 + minor; for a nameless one `allocateDevice` of `mount.ts` gives a number. */
  device?: number
  /** Times of what the helpers make, microseconds since the epoch. */
  time?: number
  /** Permission bits of the root; default 0o755. */
  mode?: number
}

export interface FileAttributes extends Attributes {
  content?: Uint8Array | string
  /** What execve runs; the file gets mode 0o755 by default then. */
  executable?: Main | undefined
  memory?: ProgramMemory | undefined
}

/** What the inodes of one file system share. */
interface Shared {
  readonly type: string
  readonly device: number
  readonly time: number
  nextIno: number
}

/** st_dev where none is given: the first disk, or a nameless device. */
const defaultDevice = { ext4: 0xfe_01, other: 19 }

/** A new file system, given by its root. */
export function memoryFileSystem(options: MemoryFileSystemOptions): MemoryDirectory {
  const { type, time = 0 } = options
  const device = options.device ?? (type === 'ext4' ? defaultDevice.ext4 : defaultDevice.other)
  const shared: Shared = { type, device, time, nextIno: type === 'tmpfs' ? 1 : 2 }
  return new MemoryDirectory(shared, { mode: options.mode ?? 0o755, time }, options)
}

export class MemoryDirectory implements DirectoryInode {
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
  readonly #entries = new Map<string, Inode>()
  #subdirectories = 0

  constructor(shared: Shared, attributes: Attributes, root?: MemoryFileSystemOptions) {
    const time = attributes.time ?? shared.time
    this.#shared = shared
    this.ino = shared.nextIno++
    this.device = shared.device
    this.mode = attributes.mode ?? 0o755
    this.uid = attributes.uid ?? 0
    this.gid = attributes.gid ?? 0
    this.atime = time
    this.mtime = time
    this.ctime = time
    this.parent = this
    if (root) {
      this.fileSystem = { type: root.type, source: root.source ?? root.type, options: root.options ?? [], root: this }
    }
    this.changes = {
      insert: (name, inode) => this.#insert(name, inode),
      remove: (name) => this.#remove(name),
      nextIno: () => shared.nextIno++,
      createDirectory: (made) => new MemoryDirectory(shared, made),
    }
  }

  get nlink(): number {
    return 2 + this.#subdirectories
  }

  lookup(_reader: unknown, name: string): Inode | undefined {
    return this.#entries.get(name)
  }

  list(): readonly DirectoryEntry[] {
    return [...this.#entries].map(([name, { ino, type }]) => ({ name, ino, type }))
  }

  size(): number {
    return this.#shared.type === 'tmpfs' ? 20 * (2 + this.#entries.size) : 4096
  }

  // --- helpers to fill it, for boot and images; paths are relative to this directory, missing directories are made

  addDirectory(path: string, attributes: Attributes = {}): MemoryDirectory {
    const { directory, name } = this.#place(path)
    const known = name === '' ? directory : directory.#entries.get(name)
    const made = known instanceof MemoryDirectory ? known : new MemoryDirectory(this.#shared, attributes)
    if (known === made) setAttributes(made, attributes)
    else directory.#insert(name, made)
    return made
  }

  addFile(path: string, attributes: FileAttributes | string | Uint8Array = {}): RegularInode {
    const plain = typeof attributes === 'string' || attributes instanceof Uint8Array
    const file: FileAttributes = plain ? { content: attributes } : attributes
    const { content = '', executable, memory } = file
    const inode: RegularInode = {
      type: 'regular',
      ...this.#base(file, executable ? 0o755 : 0o644),
      content: typeof content === 'string' ? new TextEncoder().encode(content) : content,
      executable,
      memory,
    }
    this.#add(path, inode)
    return inode
  }

  addSymlink(path: string, target: string, attributes: Attributes = {}): SymlinkInode {
    const inode: SymlinkInode = {
      type: 'symlink',
      ...this.#base(attributes, 0o777),
      target: () => target,
      size: () => new TextEncoder().encode(target).length,
    }
    this.#add(path, inode)
    return inode
  }

  /** A device file, `/dev/null` by 1, 3. */
  addDevice(path: string, major: number, minor: number, attributes: Attributes = {}): Inode {
    const inode = deviceInode(this.#base(attributes, 0o666), 'character', { major, minor })
    this.#add(path, inode)
    return inode
  }

  /** A second name for a file that is there, as the applets of busybox have. @throws ENOENT */
  addLink(path: string, existing: string): void {
    const { directory, name } = this.#place(existing)
    const inode = directory.#entries.get(name)
    if (!inode) throw new SystemCallError('ENOENT')
    inode.nlink++
    this.#add(path, inode)
  }

  #add(path: string, inode: Inode): void {
    const { directory, name } = this.#place(path)
    directory.#insert(name, inode)
  }

  #place(path: string): { directory: MemoryDirectory; name: string } {
    const [first = '', ...rest] = path.split('/').filter((name) => name !== '')
    if (rest.length === 0) return { directory: this, name: first }
    const next = this.#entries.get(first) ?? this.addDirectory(first)
    if (!(next instanceof MemoryDirectory)) throw new SystemCallError('ENOTDIR')
    return next.#place(rest.join('/'))
  }

  #base(attributes: Attributes, mode: number) {
    const time = attributes.time ?? this.#shared.time
    return {
      ino: this.#shared.nextIno++,
      device: this.device,
      mode: attributes.mode ?? mode,
      uid: attributes.uid ?? 0,
      gid: attributes.gid ?? 0,
      nlink: 1,
      atime: time,
      mtime: time,
      ctime: time,
    }
  }

  #insert(name: string, inode: Inode): void {
    this.#remove(name)
    this.#entries.set(name, inode)
    if (inode.type !== 'directory') return
    inode.parent = this
    inode.name = name
    this.#subdirectories++
  }

  #remove(name: string): void {
    if (this.#entries.get(name)?.type === 'directory') this.#subdirectories--
    this.#entries.delete(name)
  }
}

function setAttributes(inode: Inode, attributes: Attributes): void {
  inode.mode = attributes.mode ?? inode.mode
  inode.uid = attributes.uid ?? inode.uid
  inode.gid = attributes.gid ?? inode.gid
}
