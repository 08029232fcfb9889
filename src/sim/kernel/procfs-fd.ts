// /proc/PID/fd: a link for each descriptor, which leads to the open file even when it has no name; and fdinfo about it.
import { internalPath } from './internal-mounts.ts'
import { isDeleted, pathName } from './path-resolution.ts'
import { mayTrace } from './permissions.ts'
import type { Process } from './process.ts'
import { guarded } from './procfs-links.ts'
import { type DirectoryView, type Owner, type ProcInstance, type ProcLink, procFile, procLink } from './procfs-tree.ts'
import { type OpenFlag, SystemCallError } from './system.ts'
import type { Inode, OpenFile, Path } from './vfs.ts'

export function fdView(instance: ProcInstance, process: Process, owner: () => Owner): DirectoryView {
  const fileOf = (name: string) => openFileOf(process, name)
  const shown = new WeakMap<Inode, OpenFile>()
  return {
    list: (reader) => descriptorsOf(process, reader).map((name) => ({ name, type: 'symlink' })),
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

/** /proc/PID/fdinfo: a file for each descriptor. */
export function fdinfoView(instance: ProcInstance, process: Process, owner: () => Owner): DirectoryView {
  return {
    list: (reader) => descriptorsOf(process, reader).map((name) => ({ name, type: 'regular' })),
    isCurrent: (name) => openFileOf(process, name) !== undefined,
    make: (name) => {
      if (!openFileOf(process, name)) return undefined
      const generate = guarded(() => fdinfoText(process, name), 'EACCES')
      return procFile(instance, process, { name, mode: 0o444, generate }, owner)
    },
  }
}

/** The bits of open(2) on x86-64 that stay with an open file. */
const flagBits: Readonly<Partial<Record<OpenFlag, number>>> = {
  WRONLY: 0o1,
  RDWR: 0o2,
  APPEND: 0o2000,
  NONBLOCK: 0o4000,
  DIRECTORY: 0o200000,
  NOFOLLOW: 0o400000,
  PATH: 0o10000000,
}
const closeOnExecBit = 0o2000000
/** O_LARGEFILE, which every open of a named file has on 64 bits. */
const largeFileBit = 0o100000

function fdinfoText(process: Process, name: string): string {
  const file = openFileOf(process, name)
  if (!file) throw new SystemCallError('ENOENT')
  let bits = file.path ? largeFileBit : 0
  for (const flag of file.flags) bits |= flagBits[flag] ?? 0
  if (process.files.isCloseOnExec(Number(name))) bits |= closeOnExecBit
  const mount = file.path?.mount.id ?? 0
  return `pos:\t${file.position}\nflags:\t0${bits.toString(8)}\nmnt_id:\t${mount}\nino:\t${file.inode.ino}\n`
}

function openFileOf(process: Process, name: string): OpenFile | undefined {
  return process.files.entries().find(([fd]) => String(fd) === name)?.[1]
}

/** @throws EACCES for who may not look into the process */
function descriptorsOf(process: Process, reader: Process): string[] {
  if (!mayTrace(reader, process)) throw new SystemCallError('EACCES')
  return process.files.entries().map(([fd]) => String(fd))
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
