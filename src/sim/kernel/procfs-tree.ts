// The inodes of /proc, proc(5): directories and files that are views, made when they are first looked at and then kept.
import type { Kernel } from './kernel.ts'
import type { PidNamespace } from './namespaces.ts'
import type { Process } from './process.ts'
import type { DirectoryEntry } from './system.ts'
import type { DirectoryInode, Inode, InodeBase, Path, RegularInode, SymlinkInode } from './vfs.ts'

/** What a generator knows besides its subject: the machine, the PID namespace of the mount, and who reads. */
export interface Reading {
  readonly kernel: Kernel
  /** PIDs are told as numbers in this namespace, whoever reads. */
  readonly namespace: PidNamespace
  readonly reader: Process
}

/** A row of a table of files: name, mode, and what makes its text, from a subject S (a process, the machine). */
export interface ProcFile<S> {
  readonly name: string
  readonly mode: number
  readonly generate?: (subject: S, reading: Reading) => string
  readonly accept?: (subject: S, text: string, reading: Reading) => void
}

/** A row of a table of links that lead to objects. */
export interface ProcLink<S> {
  readonly name: string
  readonly mode: number
  /** Bytes that lstat(2) tells; most say 0. */
  readonly size?: number
  readonly target: (subject: S, reading: Reading) => string
  readonly follow?: (subject: S, reading: Reading) => Path
}

/** What the inodes of one instance of proc share. */
export interface ProcInstance {
  readonly kernel: Kernel
  readonly namespace: PidNamespace
  nextIno: number
}

/** Major 0; procfs is mounted early and so its number is low. */
const device = 22

export interface Owner {
  readonly uid: number
  readonly gid: number
}

const root: Owner = { uid: 0, gid: 0 }
const nothing = new Uint8Array()

export function procFile<S>(instance: ProcInstance, subject: S, row: ProcFile<S>, owner: () => Owner): RegularInode {
  const { generate, accept } = row
  const { kernel, namespace } = instance
  const reading = (reader: Process): Reading => ({ kernel, namespace, reader })
  return {
    type: 'regular',
    ...base(instance, row.mode),
    get uid() {
      return owner().uid
    },
    get gid() {
      return owner().gid
    },
    content: nothing,
    generate: generate && ((reader) => generate(subject, reading(reader))),
    accept: accept && ((writer, data) => accept(subject, new TextDecoder().decode(data), reading(writer))),
  }
}

export function procLink<S>(instance: ProcInstance, subject: S, row: ProcLink<S>, owner: () => Owner): SymlinkInode {
  const { target, follow, size = 0 } = row
  const { kernel, namespace } = instance
  const reading = (reader: Process): Reading => ({ kernel, namespace, reader })
  return {
    type: 'symlink',
    ...base(instance, row.mode),
    get uid() {
      return owner().uid
    },
    get gid() {
      return owner().gid
    },
    size: () => size,
    target: (reader) => target(subject, reading(reader)),
    follow: follow && ((reader) => follow(subject, reading(reader))),
  }
}

export interface DirectoryView {
  /** Names and types in it now, in order. */
  list(reader: Process): readonly { readonly name: string; readonly type: DirectoryEntry['type'] }[]
  /** Makes the inode of a name, or undefined. Asked again after `forget`. */
  make(name: string, reader: Process): Inode | undefined
  /** Whether what was made for a name before is still it; default yes. */
  isCurrent?(name: string, inode: Inode): boolean
}

/** A directory whose entries are made by a view and kept, so that what is mounted on one stays there. */
export function procDirectory(
  instance: ProcInstance,
  view: DirectoryView,
  mode = 0o555,
  owner: () => Owner = () => root,
): DirectoryInode {
  const made = new Map<string, Inode>()
  const lookup = (reader: Process, name: string): Inode | undefined => {
    const known = made.get(name)
    if (known && (view.isCurrent?.(name, known) ?? true)) return known
    const inode = view.make(name, reader)
    if (!inode) {
      made.delete(name)
      return undefined
    }
    if (inode.type === 'directory') {
      inode.parent = directory
      inode.name = name
    }
    made.set(name, inode)
    return inode
  }
  const directory: DirectoryInode = {
    type: 'directory',
    ...base(instance, mode),
    get uid() {
      return owner().uid
    },
    get gid() {
      return owner().gid
    },
    nlink: 2,
    parent: undefined as unknown as DirectoryInode,
    name: '',
    size: () => 0,
    lookup,
    list: (reader) => {
      // What was made for processes that are gone is let go.
      for (const [name, inode] of made) if (view.isCurrent?.(name, inode) === false) made.delete(name)
      return view.list(reader).map(({ name, type }) => ({ name, type, ino: made.get(name)?.ino ?? 1 }))
    },
  }
  directory.parent = directory
  return directory
}

/** A directory of fixed rows. */
export function tableDirectory(
  instance: ProcInstance,
  rows: readonly { readonly name: string; readonly type: DirectoryEntry['type']; readonly make: () => Inode }[],
  mode = 0o555,
  owner: () => Owner = () => root,
): DirectoryInode {
  const view: DirectoryView = { list: () => rows, make: (name) => rows.find((row) => row.name === name)?.make() }
  return procDirectory(instance, view, mode, owner)
}

/** All but the owner, which is the process's effective user of the moment. */
function base(instance: ProcInstance, mode: number): Omit<InodeBase, 'type' | 'uid' | 'gid'> {
  const time = instance.kernel.clock.now()
  return {
    ino: instance.nextIno++,
    device,
    mode: mode & 0o7777,
    nlink: 1,
    atime: time,
    mtime: time,
    ctime: time,
  }
}
