// Death of a process, _exit(2): what it held is let go, its children get a new parent, its status waits for wait4.
import type { Kernel } from './kernel.ts'
import { releaseAll, setPidNamespaceForChildren } from './namespace-life.ts'
import type { PidNamespace } from './namespaces.ts'
import type { ExitStatus, Process } from './process.ts'
import { activePidNamespace, isInit, notifyParent, sendSignal } from './signal.ts'
import { SIGCHLD, SIGKILL } from './signal-numbers.ts'
import { endTracer } from './trace.ts'
import { reap } from './wait.ts'

/**
 * Ends a process: it becomes a zombie until it is reaped, or goes at once when its parent ignores SIGCHLD. The end of a
 * PID namespace's init ends all that is left in there.
 */
export function exitProcess(kernel: Kernel, process: Process, status: ExitStatus): void {
  if (process.state === 'Z' || process.state === 'X') return
  kernel.scheduler.forget(process)
  process.tracer?.ended(kernel, process, status)
  process.tracer = undefined
  endTracer(kernel, process)
  process.state = 'Z'
  process.exitStatus = status
  process.frames.length = 0
  process.pending.clear()
  process.alarmAt = undefined
  process.files.closeAll()
  if (isInit(process)) endPidNamespace(kernel, activePidNamespace(process), process)
  giveAwayChildren(kernel, process)
  setPidNamespaceForChildren(kernel, process, process.namespaces.pid)
  releaseAll(kernel, process.namespaces)
  kernel.processEnded(process, status)
  tellParent(kernel, process)
}

/** Kills and reaps all in a PID namespace whose init ends (zap_pid_ns_processes); no process can be made in it again. */
function endPidNamespace(kernel: Kernel, namespace: PidNamespace, init: Process): void {
  namespace.dead = true
  const members = [...namespace.pids.values()].flatMap((pid) => pid.process ?? [])
  for (const member of members) {
    if (member !== init) exitProcess(kernel, member, { how: 'signaled', status: SIGKILL, coreDumped: false })
  }
  for (const child of Array.from(init.children)) if (child.state === 'Z') reap(kernel, child)
  namespace.init = undefined
}

/** Orphans go to the nearest living subreaper above in the same PID namespace, else to its init, prctl(2). */
function giveAwayChildren(kernel: Kernel, process: Process): void {
  if (process.children.size === 0) return
  const reaper = findReaper(kernel, process)
  for (const child of Array.from(process.children)) {
    process.children.delete(child)
    child.parent = reaper
    if (child.parentDeathSignal > 0) sendSignal(kernel, child, child.parentDeathSignal, process)
    if (reaper === undefined) {
      if (child.state === 'Z') reap(kernel, child)
      continue
    }
    reaper.children.add(child)
    if (child.state === 'Z') tellParent(kernel, child)
  }
}

function findReaper(kernel: Kernel, process: Process): Process | undefined {
  const namespace = activePidNamespace(process)
  // While a namespace's init ends, all come to it still: it reaps them before it is gone itself.
  if (namespace.dead && namespace.init !== undefined && namespace.init !== process) return namespace.init
  for (let each = process.parent; each !== undefined; each = each.parent) {
    if (activePidNamespace(each) !== namespace) break
    if (each.childSubreaper && each.state !== 'Z') return each
  }
  if (namespace.init !== undefined && namespace.init !== process && namespace.init.state !== 'Z') return namespace.init
  return namespace.parent === undefined ? undefined : kernel.initialPidNamespace.init
}

/** SIGCHLD to the parent; one that ignores it, or set SA_NOCLDWAIT, never sees the zombie, wait(2) "NOTES". */
function tellParent(kernel: Kernel, child: Process): void {
  const parent = child.parent
  if (parent === undefined) {
    reap(kernel, child)
    return
  }
  const action = parent.actions.get(SIGCHLD)
  notifyParent(kernel, child)
  if (action?.handler === 'SIG_IGN' || action?.flags?.includes('NOCLDWAIT')) reap(kernel, child)
}
