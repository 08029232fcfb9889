// File systems that are mounted nowhere, for what has no name: pipes, sockets, namespaces. Paths need a mount to lie in.
import type { Mount } from './mount.ts'
import type { DirectoryInode, Inode, Path } from './vfs.ts'

type InternalType = 'pipefs' | 'sockfs' | 'nsfs' | 'anon_inodefs'

const devices: Readonly<Record<InternalType, number>> = { pipefs: 14, sockfs: 8, nsfs: 4, anon_inodefs: 15 }

/** The path of something that has no name in any tree; `name` is what readlink(/proc/PID/fd/N) shows. */
export function internalPath(type: InternalType, inode: Inode, name: string): Path {
  const directory = emptyDirectory(devices[type])
  return { mount: internalMount(type, directory), inode, name, directory }
}

export function internalDevice(type: InternalType): number {
  return devices[type]
}

function internalMount(type: InternalType, root: DirectoryInode): Mount {
  return {
    id: 0,
    parent: undefined,
    mountPoint: undefined,
    root,
    rootName: '/',
    fileSystem: { type, source: type, options: [], root },
    flags: new Set(),
    covered: new Map(),
  }
}

function emptyDirectory(device: number): DirectoryInode {
  const directory: Omit<DirectoryInode, 'parent'> = {
    type: 'directory',
    ino: 1,
    device,
    mode: 0o500,
    uid: 0,
    gid: 0,
    nlink: 2,
    atime: 0,
    mtime: 0,
    ctime: 0,
    name: '',
    lookup: () => undefined,
    list: () => [],
  }
  const root = directory as DirectoryInode
  root.parent = root
  return root
}
