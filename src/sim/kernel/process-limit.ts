// How many processes the machine holds: where a real one would crawl, a fork bomb is ended here, as by the OOM killer.
import type { Kernel } from './kernel.ts'
import type { Process } from './process.ts'
import { sendSignal } from './signal.ts'
import { SIGKILL } from './signal-numbers.ts'
import { SystemCallError } from './system.ts'

/** Copies of one program, which nothing but forking makes so many of. A machine may hold more of different programs. */
export const mostCopies = 1024
/** How often it is looked, in births: each look counts all processes. */
const everyBirths = 64
/** What no run of a shell has begun. */
const serviceSession = 0
/** Processes of the whole machine, zombies among them. */
const mostProcesses = 65_536

/** pids.max of control groups, cgroups(7): by path, how many processes a group may hold. */
const groupLimits = new WeakMap<Kernel, Map<string, number>>()

/** @param most undefined takes the limit away */
export function limitGroup(kernel: Kernel, cgroup: string, most: number | undefined): void {
  const limits = groupLimits.get(kernel) ?? new Map<string, number>()
  groupLimits.set(kernel, limits)
  if (most === undefined) limits.delete(cgroup)
  else limits.set(cgroup, most)
}

/**
 * Makes sure that one more process may be born; else ends what the caller's program has multiplied to, and says so.
 * @throws EAGAIN when there was no room
 */
export function requireRoom(kernel: Kernel, process: Process): void {
  const most = groupLimits.get(kernel)?.get(process.cgroup)
  if (most !== undefined) {
    let members = 0
    for (const each of kernel.processes()) if (each.cgroup === process.cgroup && each.state !== 'Z') members++
    if (members >= most) throw new SystemCallError('EAGAIN')
  }
  const crowd = kernel.initialPidNamespace.pids.size
  if (crowd < mostCopies || (crowd < mostProcesses && crowd % everyBirths !== 0)) return
  const { executing, auditSession, pid } = process
  const namespace = pid.numbers.at(-1)?.namespace
  // Services of the host, such as the shims of thousands of pods, are many without being a bomb.
  const isService = auditSession === serviceSession && namespace === kernel.initialPidNamespace
  if (isService && crowd < mostProcesses) return
  const copies = Array.from(kernel.processes()).filter(
    (each) =>
      each.executing.inode === executing.inode &&
      each.auditSession === auditSession &&
      each.pid.numbers.at(-1)?.namespace === namespace,
  )
  if (copies.length < mostCopies - everyBirths && crowd < mostProcesses) return
  say(
    process,
    `pause-lab: ${process.comm}: the machine holds ${mostCopies} processes, and this program goes on forking: it is ended\n`,
  )
  for (const each of copies) {
    // The shell of a session is the same program as a bomb written in shell, but no copy of it.
    if (each.session !== each.pid) sendSignal(kernel, each, SIGKILL)
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
