// Making and removing names in directories: the checks that open(O_CREAT), mkdir, link, rename and their like share.
import { deviceInode } from './devices.ts'
import type { Kernel } from './kernel.ts'
import { isReadOnly } from './mount.ts'
import { lookUp, type Place } from './path-resolution.ts'
import { fifoInode } from './pipe.ts'
import { requireAccess, requireRemoval } from './permissions.ts'
import type { Process } from './process.ts'
import type { FileType } from './system.ts'
import { SystemCallError } from './system.ts'
import type { DirectoryChanges, DirectoryInode, Inode, InodeBase, Path } from './vfs.ts'

/** @throws EROFS when the place lies on a read-only mount */
export function requireWritableMount(path: Path): void {
  if (isReadOnly(path.mount)) throw new SystemCallError('EROFS')
}

/**
 * The directory's means to take a new name.
 * @throws EEXIST when the name is taken, EROFS, EACCES, ENOENT in a directory that is a view or has been removed
 */
export function requireNewName(process: Process, place: Place): DirectoryChanges {
  const { directory, name } = place
  if (name === '' || name === '.' || name === '..' || lookUp(process, place)) throw new SystemCallError('EEXIST')
  requireWritableMount(directory)
  requireAccess(process, directory.inode, ['W', 'X'])
  const { changes } = directory.inode
  if (!changes || isRemoved(process, directory.inode)) throw new SystemCallError('ENOENT')
  return changes
}

/** The entry at a place that may be taken out. @throws ENOENT, EBUSY for a mount point, EROFS, EACCES, EPERM */
export function requireRemovable(process: Process, place: Place): { entry: Inode; changes: DirectoryChanges } {
  const { directory, name } = place
  const found = lookUp(process, place)
  if (!found) throw new SystemCallError('ENOENT')
  requireWritableMount(directory)
  requireRemoval(process, directory.inode, found.inode)
  if (found.mount !== directory.mount) throw new SystemCallError('EBUSY')
  const entry = directory.inode.lookup(process, name)
  const { changes } = directory.inode
  if (!entry || !changes) throw new SystemCallError('EPERM')
  return { entry, changes }
}

/** Attributes of a new inode in a directory: the caller's ids, the umask, and the group of a set-group-id directory. */
export function newAttributes(
  kernel: Kernel,
  process: Process,
  directory: DirectoryInode,
  mode: number,
): Omit<InodeBase, 'type' | 'ino'> {
  const { uid, gid } = process.credentials
  const time = kernel.clock.now()
  return {
    device: directory.device,
    mode: mode & 0o7777 & ~process.umask,
    uid: uid.effective,
    gid: (directory.mode & 0o2000) === 0 ? gid.effective : directory.gid,
    nlink: 1,
    atime: time,
    mtime: time,
    ctime: time,
  }
}

/**
 * Makes a file that is no directory under a new name: mknod(2), open(O_CREAT), bind(2) of a unix socket.
 * @throws as `requireNewName`
 */
export function makeNode(
  kernel: Kernel,
  process: Process,
  place: Place,
  type: Exclude<FileType, 'directory' | 'symlink'>,
  mode: number,
  rdev: { major: number; minor: number } = { major: 0, minor: 0 },
): Path {
  const changes = requireNewName(process, place)
  const { directory, name } = place
  const base = { ino: changes.nextIno(), ...newAttributes(kernel, process, directory.inode, mode) }
  const inode = nodeOf(type, base, rdev)
  addName(kernel, directory.inode, changes, name, inode)
  return { mount: directory.mount, inode, name, directory: directory.inode }
}

/** Puts an inode under a name; the directory has changed at this time. */
export function addName(
  kernel: Kernel,
  directory: DirectoryInode,
  changes: DirectoryChanges,
  name: string,
  inode: Inode,
): void {
  changes.insert(name, inode)
  touch(kernel, directory)
}

export function removeName(
  kernel: Kernel,
  directory: DirectoryInode,
  changes: DirectoryChanges,
  name: string,
  inode: Inode,
): void {
  changes.remove(name)
  if (inode.type !== 'directory') inode.nlink--
  inode.ctime = kernel.clock.now()
  touch(kernel, directory)
}

function touch(kernel: Kernel, directory: DirectoryInode): void {
  directory.mtime = kernel.clock.now()
  directory.ctime = directory.mtime
}

/** Whether a directory that somebody still stands in has no name any more. */
function isRemoved(process: Process, directory: DirectoryInode): boolean {
  return directory.parent !== directory && directory.parent.lookup(process, directory.name) !== directory
}

function nodeOf(type: FileType, base: Omit<InodeBase, 'type'>, rdev: { major: number; minor: number }): Inode {
  if (type === 'regular') return { type, ...base, content: new Uint8Array() }
  if (type === 'fifo') return fifoInode(base)
  if (type === 'character' || type === 'block') return deviceInode(base, type, rdev)
  if (type !== 'socket') throw new SystemCallError('EINVAL')
  return {
    type,
    ...base,
    rdev,
    open: () => {
      throw new SystemCallError('ENXIO')
    },
  }
}
