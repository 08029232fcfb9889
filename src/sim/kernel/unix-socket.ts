// Names of unix(7) sockets in the file system: bind makes a socket file, connect finds who listens on it.
import type { Kernel } from './kernel.ts'
import { lookUp, resolvePath, resolvePlace } from './path-resolution.ts'
import { requireAccess } from './permissions.ts'
import type { Process } from './process.ts'
import type { Socket } from './socket.ts'
import { SystemCallError } from './system.ts'
import type { Inode, SpecialInode } from './vfs.ts'

const boundTo = new WeakMap<Inode, Socket>()

/** Makes the socket file. @throws EADDRINUSE when the path exists; EACCES, EROFS as mknod(2) */
export function bindUnixPath(kernel: Kernel, process: Process, socket: Socket, path: string): void {
  const place = resolvePlace(process, path)
  if (lookUp(process, place) !== undefined) throw new SystemCallError('EADDRINUSE')
  const directory = place.directory.inode
  if (directory.type !== 'directory' || directory.changes === undefined) throw new SystemCallError('EACCES')
  requireAccess(process, directory, ['W', 'X'])
  const now = kernel.clock.now()
  const inode: SpecialInode = {
    type: 'socket',
    ino: directory.changes.nextIno(),
    device: directory.device,
    mode: 0o777 & ~process.umask,
    uid: process.credentials.uid.effective,
    gid: process.credentials.gid.effective,
    nlink: 1,
    atime: now,
    mtime: now,
    ctime: now,
    rdev: { major: 0, minor: 0 },
    open: () => {
      throw new SystemCallError('ENXIO')
    },
  }
  directory.changes.insert(place.name, inode)
  boundTo.set(inode, socket)
}

/** Who listens at a path. @throws ENOENT; EACCES without write permission; ECONNREFUSED when it is no socket */
export function listenerAtPath(process: Process, path: string): Socket | undefined {
  const { inode } = resolvePath(process, path)
  if (inode.type !== 'socket') throw new SystemCallError('ECONNREFUSED')
  requireAccess(process, inode, ['W'])
  return boundTo.get(inode)
}
