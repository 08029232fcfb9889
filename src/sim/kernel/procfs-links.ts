// The links of /proc/PID that lead to objects: cwd, root, exe, and ns/*; only those who may trace the process follow them.
import { internalPath } from './internal-mounts.ts'
import type { NamespaceKind } from './namespaces.ts'
import { namespaceInode, namespaceName } from './nsfs.ts'
import { isDeleted, pathName } from './path-resolution.ts'
import { mayTrace } from './permissions.ts'
import type { Process } from './process.ts'
import { hasMemory } from './procfs-status.ts'
import type { ProcLink, Reading } from './procfs-tree.ts'
import { SystemCallError } from './system.ts'
import type { Inode, Path } from './vfs.ts'

export const pidLinks: readonly ProcLink<Process>[] = [
  link('cwd', ({ workingDirectory }) => workingDirectory),
  link('root', ({ root }) => root),
  {
    name: 'exe',
    mode: 0o777,
    target: guarded((process) => executable(process).path, 'EACCES'),
    follow: guarded((process) => {
      const { path, inode } = executable(process)
      if (!inode || process.root.inode.type !== 'directory') throw new SystemCallError('ENOENT')
      return { mount: process.root.mount, inode, name: path, directory: process.root.inode }
    }, 'EACCES'),
  },
]

/** The links of /proc/PID/ns. */
export const namespaceLinks: readonly ProcLink<Process>[] = [
  ...(['cgroup', 'ipc', 'mnt', 'net', 'pid'] as const).map((kind) => namespaceLink(kind, kind)),
  namespaceLink('pid_for_children', 'pid'),
  namespaceLink('time', 'time'),
  namespaceLink('time_for_children', 'time'),
  namespaceLink('user', 'user'),
  namespaceLink('uts', 'uts'),
]

function link(name: string, find: (process: Process) => Path): ProcLink<Process> {
  const path = (process: Process) => {
    if (process.state === 'Z' || process.state === 'X') throw new SystemCallError('ENOENT')
    return find(process)
  }
  return {
    name,
    mode: 0o777,
    target: guarded((process, { reader }) => {
      const place = path(process)
      return `${pathName(reader, place)}${isDeleted(process, place) ? ' (deleted)' : ''}`
    }, 'EACCES'),
    follow: guarded(path, 'EACCES'),
  }
}

/** Of a zombie only `pid` and `user` lead anywhere: the others hang on what its exit has let go. */
function namespaceLink(name: string, kind: NamespaceKind): ProcLink<Process> {
  const find = (process: Process) => {
    const left = name === 'pid' || name === 'user'
    if (process.state === 'X' || (process.state === 'Z' && !left)) throw new SystemCallError('ENOENT')
    return name === 'pid_for_children' ? process.pidNamespaceForChildren : process.namespaces[kind]
  }
  return {
    name,
    mode: 0o777,
    target: guarded((process) => namespaceName(find(process)), 'EACCES'),
    follow: guarded((process, { kernel }) => {
      const namespace = find(process)
      return internalPath('nsfs', namespaceInode(kernel, namespace), namespaceName(namespace))
    }, 'EACCES'),
  }
}

/** Only for those who may trace the process, PTRACE_MODE_READ. */
export function guarded<T>(
  give: (process: Process, reading: Reading) => T,
  errno: 'EACCES' | 'EPERM',
): (process: Process, reading: Reading) => T {
  return (process, reading) => {
    if (!mayTrace(reading.reader, process)) throw new SystemCallError(errno)
    return give(process, reading)
  }
}

function executable(process: Process): { path: string; inode: Inode | undefined } {
  const { path, inode } = process.executing
  if (path === undefined || !hasMemory(process)) throw new SystemCallError('ENOENT')
  return { path, inode }
}
