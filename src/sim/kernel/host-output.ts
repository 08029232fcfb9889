// The write end of a pipe whose reader is outside of the machine: standard output and error of what a cell runs.
import { internalDevice } from './internal-mounts.ts'
import { immediately, openFile } from './open-file.ts'
import type { FileOperations, OpenFile, SpecialInode } from './vfs.ts'

/**
 * An open file that hands on what is written to it, at once.
 * @param write gets each chunk; it must not keep the array
 * @param ino the number in `pipe:[N]`
 */
export function hostOutput(write: (chunk: Uint8Array) => void, ino = 1): OpenFile {
  const operations: FileOperations = {
    write: (_writer, data) =>
      immediately(() => {
        write(data)
        return data.length
      }),
    description: () => `pipe:[${ino}]`,
  }
  const inode: SpecialInode = {
    type: 'fifo',
    ino,
    device: internalDevice('pipefs'),
    mode: 0o600,
    uid: 0,
    gid: 0,
    nlink: 1,
    atime: 0,
    mtime: 0,
    ctime: 0,
    rdev: { major: 0, minor: 0 },
    // Opened anew by /dev/stdout or /proc/self/fd/1.
    open: () => immediately(() => operations),
  }
  return openFile(operations, inode, ['WRONLY'])
}
