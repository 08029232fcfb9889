// System calls on names and attributes of files: stat, link, rename, mkdir, chmod, chdir and their like.
import type { CallTable } from './call-table.ts'
import { hasCapability } from './credentials.ts'
import {
  addName,
  makeNode,
  newAttributes,
  removeName,
  requireNewName,
  requireRemovable,
  requireWritableMount,
} from './file-names.ts'
import type { Kernel } from './kernel.ts'
import { asDirectory, isDeleted, pathName, resolvePath, resolvePlace } from './path-resolution.ts'
import { inGroup, isOwner, requireAccess } from './permissions.ts'
import type { Process } from './process.ts'
import { renamePath } from './rename.ts'
import { statOf } from './stat.ts'
import { type FileCalls, SystemCallError } from './system.ts'
import type { Inode, Path, SymlinkInode } from './vfs.ts'

type NameCall =
  | 'stat'
  | 'lstat'
  | 'access'
  | 'readlink'
  | 'symlink'
  | 'link'
  | 'unlink'
  | 'rename'
  | 'mkdir'
  | 'rmdir'
  | 'mknod'
  | 'chmod'
  | 'chown'
  | 'utimens'
  | 'umask'
  | 'chdir'
  | 'fchdir'
  | 'getcwd'

export const nameCalls: CallTable<Pick<FileCalls, NameCall>> = {
  stat: {
    number: 4,
    page: 'stat(2)',
    run: (_kernel, process, path) => statOf(resolvePath(process, path).inode, process),
  },
  lstat: {
    number: 6,
    page: 'stat(2)',
    run: (_kernel, process, path) => statOf(resolvePath(process, path, { followLast: false }).inode, process),
  },
  access: {
    number: 21,
    page: 'access(2)',
    note: 'Asks by the effective ids, as faccessat(AT_EACCESS).',
    run: (_kernel, process, path, mode) => {
      const found = resolvePath(process, path)
      requireAccess(process, found.inode, mode)
      if (mode.includes('W') && (found.inode.type === 'regular' || found.inode.type === 'directory')) {
        requireWritableMount(found)
      }
    },
  },
  readlink: {
    number: 89,
    page: 'readlink(2)',
    run: (_kernel, process, path) => {
      const { inode } = resolvePath(process, path, { followLast: false })
      if (inode.type !== 'symlink') throw new SystemCallError('EINVAL')
      return inode.target(process)
    },
  },
  symlink: {
    number: 88,
    page: 'symlink(2)',
    run: (kernel, process, target, path) => {
      if (target === '') throw new SystemCallError('ENOENT')
      const place = resolvePlace(process, path)
      const changes = requireNewName(process, place)
      if (place.mustBeDirectory) throw new SystemCallError('ENOENT')
      const inode: SymlinkInode = {
        type: 'symlink',
        ...newAttributes(kernel, process, place.directory.inode, 0o777),
        mode: 0o777,
        ino: changes.nextIno(),
        target: () => target,
        size: () => new TextEncoder().encode(target).length,
      }
      addName(kernel, place.directory.inode, changes, place.name, inode)
    },
  },
  link: {
    number: 86,
    page: 'link(2)',
    run: (kernel, process, existing, path) => {
      const { inode, mount } = resolvePath(process, existing, { followLast: false })
      const place = resolvePlace(process, path)
      const changes = requireNewName(process, place)
      if (mount !== place.directory.mount) throw new SystemCallError('EXDEV')
      if (inode.type === 'directory') throw new SystemCallError('EPERM')
      addName(kernel, place.directory.inode, changes, place.name, inode)
      inode.nlink++
      inode.ctime = kernel.clock.now()
    },
  },
  unlink: {
    number: 87,
    page: 'unlink(2)',
    run: (kernel, process, path) => {
      const place = resolvePlace(process, path)
      if (place.name === '' || place.name === '.' || place.name === '..') throw new SystemCallError('EISDIR')
      const { entry, changes } = requireRemovable(process, place)
      if (entry.type === 'directory') throw new SystemCallError('EISDIR')
      if (place.mustBeDirectory) throw new SystemCallError('ENOTDIR')
      removeName(kernel, place.directory.inode, changes, place.name, entry)
    },
  },
  rename: { number: 82, page: 'rename(2)', run: renamePath },
  mkdir: {
    number: 83,
    page: 'mkdir(2)',
    run: (kernel, process, path, mode) => {
      const place = resolvePlace(process, path)
      const changes = requireNewName(process, place)
      const parent = place.directory.inode
      const attributes = newAttributes(kernel, process, parent, mode ?? 0o777)
      const inherited = parent.mode & 0o2000
      const made = { ...attributes, mode: attributes.mode | inherited, time: attributes.mtime }
      addName(kernel, parent, changes, place.name, changes.createDirectory(made))
    },
  },
  rmdir: {
    number: 84,
    page: 'rmdir(2)',
    run: (kernel, process, path) => {
      const place = resolvePlace(process, path)
      if (place.name === '.') throw new SystemCallError('EINVAL')
      if (place.name === '..') throw new SystemCallError('ENOTEMPTY')
      if (place.name === '') throw new SystemCallError('EBUSY')
      const { entry, changes } = requireRemovable(process, place)
      if (entry.type !== 'directory') throw new SystemCallError('ENOTDIR')
      if (entry.list(process).length > 0) throw new SystemCallError('ENOTEMPTY')
      removeName(kernel, place.directory.inode, changes, place.name, entry)
    },
  },
  mknod: {
    number: 133,
    page: 'mknod(2)',
    run: (kernel, process, path, type, mode, device) => {
      if (type === 'directory' || type === 'symlink') throw new SystemCallError('EPERM')
      const isDevice = type === 'character' || type === 'block'
      const place = resolvePlace(process, path)
      if (isDevice && !hasCapability(process.credentials, 'MKNOD')) throw new SystemCallError('EPERM')
      makeNode(kernel, process, place, type, mode ?? 0o666, device)
    },
  },
  chmod: {
    number: 90,
    page: 'chmod(2)',
    run: (kernel, process, path, mode) => {
      const inode = changeable(process, resolvePath(process, path))
      inode.mode = mode & 0o7777
      inode.ctime = kernel.clock.now()
    },
  },
  chown: { number: 92, page: 'chown(2)', run: changeOwner },
  utimens: {
    number: 280,
    page: 'utimensat(2)',
    run: (kernel, process, path, atime, mtime) => {
      const inode = changeable(process, resolvePath(process, path))
      inode.atime = atime
      inode.mtime = mtime
      inode.ctime = kernel.clock.now()
    },
  },
  umask: {
    number: 95,
    page: 'umask(2)',
    run: (_kernel, process, mask) => {
      const old = process.umask
      process.umask = mask & 0o777
      return old
    },
  },
  chdir: { number: 80, page: 'chdir(2)', run: (_kernel, process, path) => enter(process, resolvePath(process, path)) },
  fchdir: {
    number: 81,
    page: 'fchdir(2)',
    run: (_kernel, process, fd) => {
      const { path } = process.files.get(fd)
      if (!path) throw new SystemCallError('ENOTDIR')
      enter(process, path)
    },
  },
  getcwd: {
    number: 79,
    page: 'getcwd(2)',
    run: (_kernel, process) => {
      if (isDeleted(process, process.workingDirectory)) throw new SystemCallError('ENOENT')
      return pathName(process, process.workingDirectory)
    },
  },
}

function enter(process: Process, path: Path): void {
  const directory = asDirectory(path)
  requireAccess(process, directory.inode, ['X'])
  process.workingDirectory = directory
}

/** @throws EROFS, EPERM when the file is not the caller's, or is a view that has no attributes of its own */
function changeable(process: Process, path: Path): Inode {
  requireWritableMount(path)
  if (!isOwner(process, path.inode) || isView(path.inode)) throw new SystemCallError('EPERM')
  return path.inode
}

function isView(inode: Inode): boolean {
  if (inode.type === 'directory') return !inode.changes
  return inode.type === 'regular' && Boolean(inode.generate ?? inode.accept ?? inode.namespace)
}

/** chown(2): -1 leaves an id as it is. Without CAP_CHOWN only the group may change, to one of the caller's own. */
function changeOwner(kernel: Kernel, process: Process, name: string, uid: number, gid: number): void {
  const path = resolvePath(process, name)
  const { inode } = path
  requireWritableMount(path)
  const newUid = uid === -1 ? inode.uid : uid
  const newGid = gid === -1 ? inode.gid : gid
  const own = process.credentials.uid.effective === inode.uid
  const allowed = own && newUid === inode.uid && (newGid === inode.gid || inGroup(process, newGid))
  if (isView(inode) || (!allowed && !hasCapability(process.credentials, 'CHOWN'))) throw new SystemCallError('EPERM')
  inode.uid = newUid
  inode.gid = newGid
  inode.ctime = kernel.clock.now()
}
