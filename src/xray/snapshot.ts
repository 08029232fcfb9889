// One picture of a machine at a moment: what the x-ray draws, whichever backend it came from. Plain data, no methods.

export interface Snapshot {
  /** Milliseconds since the Unix epoch, by the machine's own clock. */
  time: number
  processes: readonly SnapshotProcess[]
  containers: readonly SnapshotContainer[]
}

export interface SnapshotProcess {
  /** PID in the machine's initial PID namespace. */
  pid: number
  ppid: number
  /** One letter as `ps` prints it: R, S, D, T, Z. */
  state: string
  comm: string
  /** argv, empty for kernel threads and zombies. */
  cmdline: readonly string[]
  /** PIDs from the outermost namespace to the process's own (NSpid of proc_pid_status(5)). */
  nspid: readonly number[]
  /** Namespace inode numbers by link name of /proc/PID/ns; absent where they cannot be read. */
  namespaces: Readonly<Record<string, number>>
  /** Full id of the container that it runs in, when it does. */
  container?: string
}

export interface SnapshotContainer {
  id: string
  name: string
  image: string
  /** Engine status: created, running, paused, restarting, exited, dead. */
  status: string
  /** PID of its init in the initial PID namespace, 0 when it does not run. */
  pid: number
  networkMode: string
  /** Addresses by docker network name. */
  addresses: Readonly<Record<string, string>>
}
