// Waiting for children, wait4(2), and reaping: the zombie's entry is freed when its status has been asked for.
import type { Kernel } from './kernel.ts'
import { releasePidIfUnused } from './pid-namespace.ts'
import type { Process } from './process.ts'
import { activePidNamespace } from './signal.ts'
import { SystemCallError, type WaitResult } from './system.ts'
import type { KernelCode } from './wait-queue.ts'

/**
 * Precondition: `process` is a zombie. Frees its PID, adds its CPU times to its parent's and takes it out of every
 * table.
 */
export function reap(kernel: Kernel, process: Process): void {
  if (process.state === 'X') return
  process.state = 'X'
  const parent = process.parent
  if (parent !== undefined) {
    parent.children.delete(process)
    parent.cpu.childrenUser += process.cpu.user + process.cpu.childrenUser
    parent.cpu.childrenSystem += process.cpu.system + process.cpu.childrenSystem
    // Others of the parent's waits may now have nothing left to wait for.
    parent.childChanged.wake()
  }
  const { pid, group, session } = process
  group.groupMembers.delete(process)
  session.sessionMembers.delete(process)
  pid.process = undefined
  for (const each of new Set([pid, group, session])) releasePidIfUnused(kernel, each)
}

/** Those of the children that wait4's first argument means: any (-1), the own group (0), one group (< -1), one process. */
function candidates(process: Process, pid: number): Iterable<Process> {
  if (pid === -1) return process.children
  const namespace = activePidNamespace(process)
  if (pid > 0) {
    const child = namespace.pids.get(pid)?.process
    return child !== undefined && process.children.has(child) ? [child] : []
  }
  const group = pid === 0 ? process.group : namespace.pids.get(-pid)
  return Array.from(process.children).filter((child) => child.group === group)
}

/** wait4(2): sleeps until a child that is meant has ended (or stopped, continued, if asked for), and reaps the ended. */
export function* wait4(
  kernel: Kernel,
  process: Process,
  pid: number,
  options: { nohang?: boolean; untraced?: boolean; continued?: boolean },
): KernelCode<WaitResult | undefined> {
  for (;;) {
    const children = candidates(process, pid)
    let none = true
    for (const child of children) {
      none = false
      const result = stateOf(process, child, options)
      if (result === undefined) continue
      if (child.state === 'Z') reap(kernel, child)
      return result
    }
    if (none) throw new SystemCallError('ECHILD')
    if (options.nohang) return undefined
    const reason = yield { queues: [process.childChanged], waitChannel: 'wait' }
    if (reason === 'signal') throw new SystemCallError('EINTR')
  }
}

function stateOf(
  parent: Process,
  child: Process,
  options: { untraced?: boolean; continued?: boolean },
): WaitResult | undefined {
  const { exitStatus, jobControlEvent: event } = child
  if (exitStatus === undefined && event === undefined) return undefined
  const pid = child.pid.numberIn(activePidNamespace(parent))
  if (child.state === 'Z' && exitStatus !== undefined) return { pid, ...exitStatus }
  if (event === undefined) return undefined
  if ((event.how === 'stopped' && options.untraced) || (event.how === 'continued' && options.continued)) {
    child.jobControlEvent = undefined
    return { pid, how: event.how, status: event.signal }
  }
  return undefined
}
