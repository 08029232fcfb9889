// Namespaces, namespaces(7): each has an inode number, and lives as long as something holds it.
import type { MountNamespace } from './mount.ts'
import type { NetworkNamespace } from './net.ts'
import type { Pid } from './pid.ts'
import type { Process } from './process.ts'

/** The kinds as the links of /proc/PID/ns are named. */
export type NamespaceKind = 'cgroup' | 'ipc' | 'mnt' | 'net' | 'pid' | 'time' | 'user' | 'uts'

export interface NamespaceBase {
  readonly kind: NamespaceKind
  /** The number in `net:[4026531840]`. Given back, and used again, when the namespace dies. */
  readonly inode: number
  /** Processes, open descriptors, bind mounts and child namespaces that hold it. It dies when this comes to 0. */
  holders: number
  readonly owner: UserNamespace | undefined
}

export interface PidNamespace extends NamespaceBase {
  readonly kind: 'pid'
  readonly parent: PidNamespace | undefined
  /** 0 for the initial one. */
  readonly level: number
  readonly pids: Map<number, Pid>
  lastPid: number
  /** PID 1. Undefined before the first process, and after its death. */
  init: Process | undefined
  /** Its init has ended: no process can be made in it any more (ENOMEM). */
  dead: boolean
}

export interface UtsNamespace extends NamespaceBase {
  readonly kind: 'uts'
  hostname: string
  domainname: string
}

export interface IpcNamespace extends NamespaceBase {
  readonly kind: 'ipc'
}

export interface CgroupNamespace extends NamespaceBase {
  readonly kind: 'cgroup'
  /** The cgroup that is the root in here. */
  readonly root: string
}

export interface TimeNamespace extends NamespaceBase {
  readonly kind: 'time'
}

export interface UserNamespace extends NamespaceBase {
  readonly kind: 'user'
  readonly parent: UserNamespace | undefined
}

/** The namespaces of one process, as nsproxy. Replaced as a whole, never changed in place. */
export interface Namespaces {
  readonly cgroup: CgroupNamespace
  readonly ipc: IpcNamespace
  readonly mnt: MountNamespace
  readonly net: NetworkNamespace
  readonly pid: PidNamespace
  readonly time: TimeNamespace
  readonly user: UserNamespace
  readonly uts: UtsNamespace
}

export type Namespace = Namespaces[NamespaceKind]
