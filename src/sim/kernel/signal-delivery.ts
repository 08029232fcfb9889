// What happens to a process that is about to run again while signals wait for it, signal(7) and sigaction(2).
import { exitProcess } from './exit.ts'
import type { Kernel } from './kernel.ts'
import type { Frame, Process } from './process.ts'
import { defaultAction, notifyParent } from './signal.ts'
import { SIGKILL, SIGSTOP } from './signal-numbers.ts'
import {
  type SignalAction,
  type SignalHandler,
  type SignalInfo,
  SystemCallError,
  type SystemCallName,
} from './system.ts'

/** Calls that SA_RESTART begins anew, signal(7) "Interruption of system calls"; all others fail with EINTR. */
const restartable: ReadonlySet<SystemCallName> = new Set([
  'read',
  'write',
  'open',
  'wait4',
  'accept',
  'connect',
  'recvfrom',
  'sendto',
])

/** The next pending signal that is not blocked: SIGKILL first, then by number, as next_signal() takes them. */
function nextSignal(process: Process): [number, SignalInfo] | undefined {
  let best: [number, SignalInfo] | undefined
  for (const [signal, info] of process.pending) {
    if (process.blocked.has(signal) && signal !== SIGKILL && signal !== SIGSTOP) continue
    if (signal === SIGKILL) return [signal, info]
    if (best === undefined || signal < best[0]) best = [signal, info]
  }
  return best
}

/** Whether a signal waits that the process must see before it goes on. */
export function hasDeliverableSignal(process: Process): boolean {
  return process.pending.size > 0 && nextSignal(process) !== undefined
}

/**
 * Done each time before a process returns to its program: takes pending signals until a handler is pushed, the process
 * stops or ends. A call that was interrupted fails with EINTR if a handler runs, unless SA_RESTART; else it begins anew.
 * @returns false when the process cannot run on now
 */
export function deliverSignals(kernel: Kernel, process: Process): boolean {
  const frame = process.frames.at(-1)
  let handled = false
  for (;;) {
    const next = nextSignal(process)
    if (next === undefined) return true
    const [signal, info] = next
    process.pending.delete(signal)
    process.tracer?.signalled(kernel, process, signal, info)
    const action = process.actions.get(signal)
    if (action !== undefined && typeof action.handler === 'function') {
      if (!handled && frame !== undefined) decideRestart(frame, action)
      handled = true
      pushHandler(process, signal, info, action.handler, action)
      continue
    }
    const wanted = action?.handler === 'SIG_IGN' ? 'ignore' : defaultAction(signal)
    if (wanted === 'ignore' || wanted === 'continue') continue
    if (wanted === 'stop') {
      stop(kernel, process, signal)
      return false
    }
    exitProcess(kernel, process, { how: 'signaled', status: signal, coreDumped: false })
    return false
  }
}

function decideRestart(frame: Frame, action: SignalAction): void {
  const call = frame.call
  if (call === undefined || call.code !== undefined) return
  if ((action.flags?.includes('RESTART') ?? false) && restartable.has(call.name)) return
  frame.call = undefined
  frame.resume = { error: new SystemCallError('EINTR') }
}

function pushHandler(
  process: Process,
  signal: number,
  info: SignalInfo,
  handler: SignalHandler,
  action: SignalAction,
): void {
  const blocked = new Set(process.blocked)
  for (const each of action.mask ?? []) blocked.add(each)
  if (!action.flags?.includes('NODEFER')) blocked.add(signal)
  process.frames.push({
    program: handler(signal, info),
    savedMask: process.suspendedMask ?? process.blocked,
    resume: { value: undefined },
  })
  process.suspendedMask = undefined
  process.blocked = blocked
  if (action.flags?.includes('RESETHAND')) process.actions.delete(signal)
}

function stop(kernel: Kernel, process: Process, signal: number): void {
  process.state = 'T'
  process.jobControlEvent = { how: 'stopped', signal }
  notifyParent(kernel, process)
}
