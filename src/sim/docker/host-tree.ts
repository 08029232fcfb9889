// Directories and files that the daemon makes by itself, on the host or in a container's layer.
import { EngineError } from './errors.ts'
import type { Process } from '../kernel/process.ts'
import type { DirectoryInode, Inode, RegularInode } from '../kernel/vfs.ts'

/** Trees without views are read with nobody's eyes. */
const nobody = undefined as unknown as Process

/**
 * mkdir -p below a root, whatever is mounted on it. Gives the last directory.
 * @throws EngineError when something on the way is no directory, or one that cannot be changed
 */
export function makeDirectories(root: Inode, path: string, time: number): DirectoryInode {
  let at = asDirectory(root, path)
  for (const name of path.split('/').filter((each) => each !== '')) {
    const known = at.lookup(nobody, name)
    if (known !== undefined) {
      at = asDirectory(known, path)
      continue
    }
    if (at.changes === undefined) throw new EngineError(500, `mkdir ${path}: operation not permitted`)
    const made = at.changes.createDirectory({ mode: 0o755, time })
    at.changes.insert(name, made)
    at = made
  }
  return at
}

function asDirectory(inode: Inode, path: string): DirectoryInode {
  if (inode.type === 'directory') return inode
  throw new EngineError(500, `mkdir ${path}: not a directory`)
}

/** A file to be put in a directory. */
export function emptyFile(directory: DirectoryInode, ino: number, time: number): RegularInode {
  const times = { atime: time, mtime: time, ctime: time }
  const base = { ino, device: directory.device, mode: 0o755, uid: 0, gid: 0, nlink: 1, ...times }
  return { type: 'regular', ...base, content: new Uint8Array(0) }
}
