// How many processes the machine holds: where a real one would crawl, a fork bomb is ended here, as by the OOM killer.
import type { Kernel } from './kernel.ts'
import type { Process } from './process.ts'
import { sendSignal } from './signal.ts'
import { SIGKILL } from './signal-numbers.ts'
import { SystemCallError } from './system.ts'

/** Processes of the whole machine, zombies among them. */
export const mostProcesses = 1024

/**
 * Makes sure that one more process may be born; else ends what the caller's program has multiplied to, and says so.
 * @throws EAGAIN when there was no room
 */
export function requireRoom(kernel: Kernel, process: Process): void {
  if (kernel.initialPidNamespace.pids.size < mostProcesses) return
  say(
    process,
    `pause-lab: ${process.comm}: the machine holds ${mostProcesses} processes, and this program goes on forking: it is ended\n`,
  )
  for (const each of Array.from(kernel.processes())) {
    const same = each.executing.inode === process.executing.inode && each.auditSession === process.auditSession
    // The shell of a session is the same program as a bomb written in shell, but no copy of it.
    if (same && each.session !== each.pid) sendSignal(kernel, each, SIGKILL)
  }
  throw new SystemCallError('EAGAIN')
}

function say(process: Process, message: string): void {
  try {
    const file = process.files.get(2)
    file.operations.write?.(process, new TextEncoder().encode(message), file).next()
  } catch (error) {
    // Nobody listens there.
    if (!(error instanceof SystemCallError)) throw error
  }
}
