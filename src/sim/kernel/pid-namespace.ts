// Numbers for processes: allocation in a PID namespace and in each of its ancestors, pid_namespaces(7).
import type { Kernel } from './kernel.ts'
import { hold, releaseNamespace } from './namespace-life.ts'
import type { PidNamespace } from './namespaces.ts'
import { Pid } from './pid.ts'
import type { Process } from './process.ts'
import { SystemCallError } from './system.ts'

/** Numbers below this are not given again once the counter has wrapped (RESERVED_PIDS). */
const reservedPids = 300

/**
 * A number in the namespace and in each ancestor, the next free one after the last given.
 * @throws ENOMEM when the namespace's init has ended; EAGAIN when all numbers are in use
 */
export function allocatePid(kernel: Kernel, namespace: PidNamespace): Pid {
  if (namespace.dead) throw new SystemCallError('ENOMEM')
  const chain: PidNamespace[] = []
  for (let each: PidNamespace | undefined = namespace; each !== undefined; each = each.parent) chain.unshift(each)
  const pid = new Pid(chain.map((each) => ({ namespace: each, number: nextFree(each, kernel.parameters.pidMax) })))
  for (const { namespace: each, number } of pid.numbers) {
    each.pids.set(number, pid)
    each.lastPid = number
  }
  hold(namespace)
  return pid
}

function nextFree(namespace: PidNamespace, pidMax: number): number {
  let candidate = namespace.lastPid
  for (let tries = 0; tries < pidMax; tries++) {
    candidate = candidate + 1 >= pidMax ? reservedPids : candidate + 1
    if (!namespace.pids.has(candidate)) return candidate
  }
  throw new SystemCallError('EAGAIN')
}

/** The processes of a namespace, zombies too, by number. Numbers are given in ascending order until the counter wraps. */
export function inOrder(namespace: PidNamespace): { readonly number: number; readonly process: Process }[] {
  const listed: { number: number; process: Process }[] = []
  let last = 0
  let ascending = true
  for (const [number, { process }] of namespace.pids) {
    if (process === undefined) continue
    ascending &&= number > last
    last = number
    listed.push({ number, process })
  }
  return ascending ? listed : listed.toSorted((a, b) => a.number - b.number)
}

/** Frees the numbers when neither a process nor a group nor a session uses them any more. */
export function releasePidIfUnused(kernel: Kernel, pid: Pid): void {
  if (pid.process !== undefined || pid.groupMembers.size > 0 || pid.sessionMembers.size > 0) return
  const own = pid.numbers.at(-1)?.namespace
  if (own === undefined || own.pids.get(pid.own) !== pid) return
  for (const { namespace, number } of pid.numbers) namespace.pids.delete(number)
  releaseNamespace(kernel, own)
}

/** Puts a process in a process group, setpgid(2). */
export function joinGroup(kernel: Kernel, process: Process, group: Pid): void {
  const old = process.group
  old.groupMembers.delete(process)
  process.group = group
  group.groupMembers.add(process)
  if (old !== group) releasePidIfUnused(kernel, old)
}

/** Puts a process in a session, setsid(2). */
export function joinSession(kernel: Kernel, process: Process, session: Pid): void {
  const old = process.session
  old.sessionMembers.delete(process)
  process.session = session
  session.sessionMembers.add(process)
  if (old !== session) releasePidIfUnused(kernel, old)
}
