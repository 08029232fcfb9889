// What stat(2) tells of an inode.
import type { Process } from './process.ts'
import type { Stat } from './system.ts'
import { seenId } from './user-namespace.ts'
import type { Inode } from './vfs.ts'

/** @param reader in whose user namespace the owner is told */
export function statOf(inode: Inode, { namespaces: { user } }: Process): Stat {
  const size = sizeOf(inode)
  return {
    dev: inode.device,
    ino: inode.ino,
    type: inode.type,
    mode: inode.mode,
    nlink: inode.nlink,
    uid: seenId(user, 'uid', inode.uid),
    gid: seenId(user, 'gid', inode.gid),
    rdev: 'rdev' in inode ? inode.rdev : { major: 0, minor: 0 },
    size,
    blocks: blocksOf(inode, size),
    atime: inode.atime,
    mtime: inode.mtime,
    ctime: inode.ctime,
  }
}

function sizeOf(inode: Inode): number {
  if (inode.size) return inode.size()
  return inode.type === 'regular' ? inode.content.length : 0
}

/** In pages of 4 KiB; short links, and directories in memory, take none. */
function blocksOf(inode: Inode, size: number): number {
  if (inode.type === 'symlink' || (inode.type === 'directory' && size < 4096)) return 0
  return Math.ceil(size / 4096) * 8
}
