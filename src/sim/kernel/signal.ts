// Signals, signal(7): who may send, what is dropped at once, and what happens when a process is about to run again.
import { hasCapability } from './credentials.ts'
import type { Kernel } from './kernel.ts'
import type { PidNamespace } from './namespaces.ts'
import type { Process } from './process.ts'
import { type DefaultAction, SIGCHLD, SIGCONT, SIGKILL, SIGSTOP, signalByNumber } from './signal-numbers.ts'
import type { SignalAction, SignalInfo } from './system.ts'

const stopSignals: readonly number[] = [19, 20, 21, 22]

export function defaultAction(signal: number): DefaultAction {
  return signalByNumber(signal)?.action ?? 'terminate'
}

export function handlerOf(process: Process, signal: number): SignalAction['handler'] {
  return process.actions.get(signal)?.handler ?? 'SIG_DFL'
}

/** Whether a process is the init of its PID namespace, which gets only what it handles. */
export function isInit(process: Process): boolean {
  return process.pid.own === 1
}

/** The PID namespace in which a process itself lives, whatever it has unshared for its children. */
export function activePidNamespace(process: Process): PidNamespace {
  return process.namespaces.pid
}

/** Whether `outer` is an ancestor of `inner`, not the same. */
function isAncestor(outer: PidNamespace, inner: PidNamespace): boolean {
  for (let each = inner.parent; each !== undefined; each = each.parent) if (each === outer) return true
  return false
}

/** kill(2)'s rule: CAP_KILL, or the sender's real or effective user is the target's real or saved one. */
export function maySignal(sender: Process, target: Process, signal: number): boolean {
  if (hasCapability(sender.credentials, 'KILL')) return true
  const from = sender.credentials.uid
  const to = target.credentials.uid
  if ([from.real, from.effective].some((id) => id === to.real || id === to.saved)) return true
  return signal === SIGCONT && sender.session === target.session
}

/**
 * Sends a signal without asking for permission. A signal that the target ignores is dropped here, and so is one at its
 * default disposition for the init of a PID namespace, unless it is SIGKILL or SIGSTOP from an ancestor namespace
 * (pid_namespaces(7)).
 * @param child for SIGCHLD of the kernel
 * @param sender absent when the kernel itself sends, which counts as an ancestor
 */
export function sendSignal(
  kernel: Kernel,
  target: Process,
  signal: number,
  sender?: Process,
  child?: SignalInfo['child'],
): void {
  if (target.state === 'Z' || target.state === 'X' || signal === 0) return
  // Also a signal that is dropped then ends a stop, as prepare_signal() does it: SIGCONT for an init.
  if (signal === SIGCONT) {
    for (const stop of stopSignals) target.pending.delete(stop)
    if (target.state === 'T') resumeStopped(kernel, target)
  } else if (stopSignals.includes(signal)) {
    target.pending.delete(SIGCONT)
  }
  const namespace = activePidNamespace(target)
  const fromAbove = sender === undefined || isAncestor(activePidNamespace(sender), namespace)
  if (isInit(target) && handlerOf(target, signal) === 'SIG_DFL') {
    const forced = fromAbove && namespace.parent !== undefined && (signal === SIGKILL || signal === SIGSTOP)
    if (!forced) return
  }
  if (isIgnored(target, signal) && !target.blocked.has(signal)) return
  const info: SignalInfo = {
    pid: sender?.pid.numberIn(namespace) ?? 0,
    uid: sender?.credentials.uid.real ?? 0,
    ...(child === undefined ? {} : { child }),
  }
  if (!target.pending.has(signal)) target.pending.set(signal, info)
  if (target.blocked.has(signal) && signal !== SIGKILL && signal !== SIGSTOP) return
  if (target.state === 'T') {
    if (signal === SIGKILL) kernel.scheduler.makeRunnable(target)
    return
  }
  kernel.scheduler.interrupt(target)
}

function isIgnored(process: Process, signal: number): boolean {
  const handler = handlerOf(process, signal)
  return handler === 'SIG_IGN' || (handler === 'SIG_DFL' && defaultAction(signal) === 'ignore')
}

function resumeStopped(kernel: Kernel, process: Process): void {
  process.jobControlEvent = { how: 'continued', signal: SIGCONT }
  kernel.scheduler.makeRunnable(process)
  notifyParent(kernel, process)
}

/** What siginfo tells of a child that has ended, stopped or gone on. */
function changeOf({ exitStatus, jobControlEvent, cpu: { user, system } }: Process): SignalInfo['child'] {
  if (exitStatus !== undefined) return { how: exitStatus.how, status: exitStatus.status, user, system }
  if (jobControlEvent === undefined) return undefined
  return { how: jobControlEvent.how, status: jobControlEvent.signal, user, system }
}

/** Tells the parent by SIGCHLD and wakes its wait4; a stop or continue is not told with SA_NOCLDSTOP. */
export function notifyParent(kernel: Kernel, child: Process): void {
  const parent = child.parent
  if (parent === undefined) return
  const onlyJobControl = child.state !== 'Z'
  if (!(onlyJobControl && parent.actions.get(SIGCHLD)?.flags?.includes('NOCLDSTOP'))) {
    sendSignal(kernel, parent, SIGCHLD, child, changeOf(child))
  }
  parent.childChanged.wake()
}
