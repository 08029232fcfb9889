// What stat(2) tells of an inode.
import type { Stat } from './system.ts'
import type { Inode } from './vfs.ts'

export function statOf(inode: Inode): Stat {
  const size = sizeOf(inode)
  return {
    dev: inode.device,
    ino: inode.ino,
    type: inode.type,
    mode: inode.mode,
    nlink: inode.nlink,
    uid: inode.uid,
    gid: inode.gid,
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
