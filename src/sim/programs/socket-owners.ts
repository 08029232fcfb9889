// Who has a socket open: the inode numbers that /proc/PID/fd links to, as ss -p, netstat -p and lsof find them.
import { type Program, SystemCallError, type System } from '../kernel/system.ts'
import { type ProcessRecord, readProcesses } from './process-table.ts'
import { attempt } from './utility.ts'

export interface SocketOwner {
  readonly process: ProcessRecord
  readonly fd: number
}

/** Owners by the socket's inode; processes whose descriptors may not be read are left out. */
export function* socketOwners(system: System): Program<ReadonlyMap<number, readonly SocketOwner[]>> {
  const owners = new Map<number, SocketOwner[]>()
  for (const process of yield* readProcesses(system)) {
    for (const { fd, target } of yield* descriptors(system, process.pid)) {
      const inode = Number(/^socket:\[(\d+)\]$/.exec(target)?.[1] ?? Number.NaN)
      if (Number.isNaN(inode)) continue
      const known = owners.get(inode)
      if (known === undefined) owners.set(inode, [{ process, fd }])
      else known.push({ process, fd })
    }
  }
  return owners
}

/** Descriptors of a process and where they lead; none where that may not be known. */
export function* descriptors(system: System, pid: number): Program<{ fd: number; target: string }[]> {
  const directory = yield* attempt(system.open(`/proc/${pid}/fd`, ['RDONLY', 'DIRECTORY']))
  if (directory instanceof SystemCallError) return []
  const entries = yield* attempt(system.getdents(directory))
  yield* system.close(directory)
  if (entries instanceof SystemCallError) return []
  const found: { fd: number; target: string }[] = []
  for (const { name } of entries) {
    if (name.startsWith('.')) continue
    const target = yield* attempt(system.readlink(`/proc/${pid}/fd/${name}`))
    if (!(target instanceof SystemCallError)) found.push({ fd: Number(name), target })
  }
  return found
}
