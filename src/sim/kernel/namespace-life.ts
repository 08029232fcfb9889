// How namespaces are born, held and die, namespaces(7): the last holder's leaving ends one.
import type { Kernel } from './kernel.ts'
import { cloneMountNamespace, destroyMountNamespace } from './mount.ts'
import type { Namespace, NamespaceKind, Namespaces, PidNamespace } from './namespaces.ts'
import { createNetworkNamespace, destroyNetworkNamespace } from './net.ts'
import type { Process } from './process.ts'
import { type CloneFlag, SystemCallError } from './system.ts'

/** The kind of namespace that each CLONE_NEW… flag makes. */
export const kindOfFlag: Readonly<Record<Exclude<CloneFlag, 'PARENT'>, NamespaceKind>> = {
  NEWCGROUP: 'cgroup',
  NEWIPC: 'ipc',
  NEWNET: 'net',
  NEWNS: 'mnt',
  NEWPID: 'pid',
  NEWTIME: 'time',
  NEWUSER: 'user',
  NEWUTS: 'uts',
}

export function hold(namespace: Namespace): void {
  namespace.holders++
}

/** One holder less. At 0 the namespace dies, and its number may be given to another. */
export function releaseNamespace(kernel: Kernel, namespace: Namespace): void {
  namespace.holders--
  if (namespace.holders > 0) return
  if (namespace.kind === 'net') destroyNetworkNamespace(kernel, namespace)
  if (namespace.kind === 'mnt') destroyMountNamespace(kernel, namespace)
  if ((namespace.kind === 'pid' || namespace.kind === 'user') && namespace.parent !== undefined) {
    releaseNamespace(kernel, namespace.parent)
  }
  kernel.inodeNumbers.release(namespace.inode)
}

/** Holds all that a set names: a process was born with it, or took it on. */
export function holdAll(namespaces: Namespaces): void {
  for (const namespace of Object.values(namespaces)) hold(namespace)
}

export function releaseAll(kernel: Kernel, namespaces: Namespaces): void {
  for (const namespace of Object.values(namespaces)) releaseNamespace(kernel, namespace)
}

/** A PID namespace below `parent`. @throws EINVAL at the 33rd level, pid_namespaces(7) */
export function createPidNamespace(kernel: Kernel, parent: PidNamespace, owner: Namespaces['user']): PidNamespace {
  if (parent.level >= 32) throw new SystemCallError('EINVAL')
  hold(parent)
  return {
    kind: 'pid',
    inode: kernel.inodeNumbers.allocate(),
    holders: 0,
    owner,
    parent,
    level: parent.level + 1,
    pids: new Map(),
    lastPid: 0,
    init: undefined,
    dead: false,
  }
}

/**
 * What a process's set becomes by CLONE_NEW… flags, in the order in which create_new_namespaces() works (mnt, uts, ipc,
 * pid, cgroup, net), which decides who gets which inode number. The new ones are not yet held.
 */
export function namespacesForFlags(kernel: Kernel, process: Process, flags: readonly CloneFlag[]): Namespaces {
  const has = (flag: CloneFlag) => flags.includes(flag)
  const old = process.namespaces
  const owner = old.user
  const base = () => ({ inode: kernel.inodeNumbers.allocate(), holders: 0, owner })
  const user = has('NEWUSER') ? { ...base(), kind: 'user' as const, parent: holdUser(old.user) } : old.user
  const mnt = has('NEWNS') ? cloneMountNamespace(kernel, old.mnt, kernel.inodeNumbers.allocate(), user) : old.mnt
  const uts = has('NEWUTS')
    ? { ...base(), kind: 'uts' as const, hostname: old.uts.hostname, domainname: old.uts.domainname }
    : old.uts
  const ipc = has('NEWIPC') ? { ...base(), kind: 'ipc' as const } : old.ipc
  const pid = has('NEWPID')
    ? createPidNamespace(kernel, process.pidNamespaceForChildren, user)
    : process.pidNamespaceForChildren
  const cgroup = has('NEWCGROUP') ? { ...base(), kind: 'cgroup' as const, root: process.cgroup } : old.cgroup
  const net = has('NEWNET') ? createNetworkNamespace(kernel, kernel.inodeNumbers.allocate(), user) : old.net
  const time = has('NEWTIME') ? { ...base(), kind: 'time' as const } : old.time
  return { cgroup, ipc, mnt, net, pid, time, user, uts }
}

function holdUser(user: Namespaces['user']): Namespaces['user'] {
  hold(user)
  return user
}

/** Gives a process another set: holds the new, lets go of the old. */
export function replaceNamespaces(kernel: Kernel, process: Process, next: Namespaces): void {
  const old = process.namespaces
  holdAll(next)
  process.namespaces = next
  releaseAll(kernel, old)
}

/** The namespace in which a process's future children are born. It is held besides the process's own. */
export function setPidNamespaceForChildren(kernel: Kernel, process: Process, namespace: PidNamespace): void {
  const old = process.pidNamespaceForChildren
  if (old === namespace) return
  if (namespace !== process.namespaces.pid) hold(namespace)
  process.pidNamespaceForChildren = namespace
  if (old !== process.namespaces.pid) releaseNamespace(kernel, old)
}
