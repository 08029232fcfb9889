// The files of /proc/PID/net, proc(5): one network namespace in text.
import type { NetworkNamespace } from './net.ts'
import type { ProcFile } from './procfs-tree.ts'

/** Rows: name, mode, what makes its text of the network namespace. */
export const netFiles: readonly ProcFile<NetworkNamespace>[] = []
