// /proc/PID/fd: a link for each descriptor, which leads to the open file even when it has no name.
import { internalPath } from './internal-mounts.ts'
import { isDeleted, pathName } from './path-resolution.ts'
import { mayTrace } from './permissions.ts'
import type { Process } from './process.ts'
import { guarded } from './procfs-links.ts'
import { type DirectoryView, type Owner, type ProcInstance, type ProcLink, procLink } from './procfs-tree.ts'
import { SystemCallError } from './system.ts'
import type { Inode, OpenFile, Path } from './vfs.ts'

export function fdView(instance: ProcInstance, process: Process, owner: () => Owner): DirectoryView {
  const fileOf = (name: string): OpenFile | undefined =>
    process.files.entries().find(([fd]) => String(fd) === name)?.[1]
  const shown = new WeakMap<Inode, OpenFile>()
  return {
    list: (reader) => {
      if (!mayTrace(reader, process)) throw new SystemCallError('EACCES')
      return process.files.entries().map(([fd]) => ({ name: String(fd), type: 'symlink' }))
    },
    isCurrent: (name, inode) => fileOf(name) !== undefined && shown.get(inode) === fileOf(name),
    make: (name) => {
      const file = fileOf(name)
      if (!file) return undefined
      const reads = file.flags.includes('WRONLY') ? 0 : 0o500
      const writes = file.flags.includes('WRONLY') || file.flags.includes('RDWR') ? 0o300 : 0
      const row: ProcLink<Process> = {
        name,
        mode: reads | writes,
        size: 64,
        target: guarded((_process, { reader }) => fileName(reader, file), 'EACCES'),
        follow: guarded((_process, { reader }) => filePath(reader, file), 'EACCES'),
      }
      const inode = procLink(instance, process, row, owner)
      shown.set(inode, file)
      return inode
    },
  }
}

function filePath(reader: Process, file: OpenFile): Path {
  return file.path ?? internalPath('pipefs', file.inode, file.operations.description(reader))
}

function fileName(reader: Process, file: OpenFile): string {
  const { path } = file
  // Mount 0 is of what has no name in any tree.
  if (!path || path.mount.id === 0) return path?.name ?? file.operations.description(reader)
  return `${pathName(reader, path)}${isDeleted(reader, path) ? ' (deleted)' : ''}`
}
