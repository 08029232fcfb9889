// Files as the kernel sees them: inodes, paths, open files and what can be done with them, path_resolution(7).
import type { Kernel } from './kernel.ts'
import type { FileSystem, Mount } from './mount.ts'
import type { Namespace } from './namespaces.ts'
import type { Process } from './process.ts'
import type { ProgramMemory } from './program-memory.ts'
import type { DirectoryEntry, FileType, Main, OpenFlag } from './system.ts'
import type { KernelCode, WaitQueue } from './wait-queue.ts'

export { pathName, resolvePath } from './path-resolution.ts'
export { mayAccess } from './permissions.ts'

/** A file system object. Attributes are plain data; what it holds is in the interface of its type below. */
export interface InodeBase {
  readonly type: FileType
  readonly ino: number
  /** Of the file system that it lies in. */
  readonly device: number
  mode: number
  uid: number
  gid: number
  nlink: number
  atime: number
  mtime: number
  ctime: number
  /** Bytes, where they do not follow from the type: a directory's, a symbolic link's. */
  size?(): number
}

export interface RegularInode extends InodeBase {
  readonly type: 'regular'
  content: Uint8Array
  /** What execve runs. Its bytes are a stand-in for the machine code; absent: `#!` scripts and ENOEXEC. */
  executable?: Main | undefined
  /** What the program takes of memory; absent: as much as its name says. */
  memory?: ProgramMemory | undefined
  /** A file whose text is made when it is opened, as in /proc; `content` is then unused. May throw SystemCallError. */
  generate?: ((reader: Process) => string | Uint8Array) | undefined
  /** Takes what is written to such a file. */
  accept?: ((writer: Process, data: Uint8Array) => void) | undefined
  /** The namespace that a file of nsfs stands for: what an opened /proc/PID/ns/net gives to setns(2). */
  readonly namespace?: Namespace
  /** Counts what keeps such a namespace alive besides processes: open descriptors and bind mounts. */
  readonly pin?: { hold(): void; release(): void }
}

/** How a directory that is no view is changed. Rights, and whether the name is taken, were looked at before. */
export interface DirectoryChanges {
  /** Puts an inode of the same file system under a name; a directory gets its `parent` and `name` by this. */
  insert(name: string, inode: Inode): void
  remove(name: string): void
  /** A number for a new inode of the same file system. */
  nextIno(): number
  /** A new empty directory of the same file system, not yet under a name. */
  createDirectory(attributes: Attributes): DirectoryInode
}

/** What a new inode is given; the default is root's, with the time of its file system. */
export interface Attributes {
  mode?: number
  uid?: number
  gid?: number
  /** Microseconds since the epoch. */
  time?: number
}

export interface DirectoryInode extends InodeBase {
  readonly type: 'directory'
  /** The directory that it lies in; of a file system's root, itself. */
  parent: DirectoryInode
  /** Its own name in there; empty for a root. */
  name: string
  lookup(reader: Process, name: string): Inode | undefined
  list(reader: Process): readonly DirectoryEntry[]
  /** Absent in directories that are views, as /proc: changing them is EPERM or ENOENT there. */
  readonly changes?: DirectoryChanges
  /** Of a file system's root: what /proc/mounts says of it. */
  readonly fileSystem?: FileSystem
}

export interface SymlinkInode extends InodeBase {
  readonly type: 'symlink'
  target(reader: Process): string
  /** A link of /proc that leads to an object, not to a name: ns/net, fd/1, exe, cwd, root. */
  follow?: ((reader: Process) => Path) | undefined
}

export interface SpecialInode extends InodeBase {
  readonly type: 'fifo' | 'socket' | 'character' | 'block'
  readonly rdev: { major: number; minor: number }
  /** Opens it: a device, a fifo's shared pipe, a socket (ENXIO). */
  open(kernel: Kernel, opener: Process, flags: readonly OpenFlag[]): KernelCode<FileOperations>
}

export type Inode = RegularInode | DirectoryInode | SymlinkInode | SpecialInode

/** A place: an inode as reached through a mount. */
export interface Path {
  readonly mount: Mount
  readonly inode: Inode
  /** The name as which it was reached in its directory; for directories `inode.name` is the truth. */
  readonly name: string
  readonly directory: DirectoryInode
}

/** What an open file can do. A call that its kind lacks throws what the kernel throws: EINVAL, ESPIPE, ENOTDIR … */
export interface FileOperations {
  read?(reader: Process, count: number, file: OpenFile): KernelCode<Uint8Array>
  write?(writer: Process, data: Uint8Array, file: OpenFile): KernelCode<number>
  /** What is ready now. */
  poll?(file: OpenFile): { in: boolean; out: boolean; hangup: boolean; queues: readonly WaitQueue[] }
  seekable?: boolean
  size?(): number
  truncate?(length: number): void
  list?(reader: Process): readonly DirectoryEntry[]
  /** The last descriptor on it was closed. */
  release?(): void
  /** What readlink(/proc/PID/fd/N) shows: a path, `pipe:[123]`, `socket:[123]`. */
  description(reader: Process): string
  isTerminal?: boolean
}

/** An open file description, open(2): shared by dup and fork. */
export interface OpenFile {
  readonly operations: FileOperations
  readonly inode: Inode
  readonly path: Path | undefined
  flags: readonly OpenFlag[]
  position: number
  /** Descriptors, in all processes, that refer to it. */
  references: number
}
