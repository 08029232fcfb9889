// System calls about signals: kill(2), sigaction(2), sigprocmask(2), pause(2) and their like.
import type { CallTable } from './call-table.ts'
import { exitProcess } from './exit.ts'
import type { Kernel } from './kernel.ts'
import type { Process } from './process.ts'
import { activePidNamespace, isInit, maySignal, sendSignal } from './signal.ts'
import { highestSignal, SIGALRM, SIGKILL, SIGSTOP } from './signal-numbers.ts'
import { type SignalCalls, SystemCallError } from './system.ts'
import type { KernelCode } from './wait-queue.ts'

/** Who is meant by kill's first argument. */
function targets(process: Process, pid: number): Process[] {
  const namespace = activePidNamespace(process)
  if (pid > 0) {
    const found = namespace.pids.get(pid)?.process
    return found === undefined ? [] : [found]
  }
  if (pid === -1) {
    const all = [...namespace.pids.values()].flatMap((each) => each.process ?? [])
    return all.filter((each) => each !== process && each.pid.numberIn(namespace) !== 1)
  }
  const group = pid === 0 ? process.group : namespace.pids.get(-pid)
  return group === undefined ? [] : [...group.groupMembers]
}

function kill(kernel: Kernel, process: Process, pid: number, signal: number): void {
  if (!Number.isInteger(signal) || signal < 0 || signal > highestSignal) throw new SystemCallError('EINVAL')
  const meant = targets(process, pid)
  if (meant.length === 0) throw new SystemCallError('ESRCH')
  const allowed = meant.filter((each) => maySignal(process, each, signal))
  if (allowed.length === 0) throw new SystemCallError('EPERM')
  for (const each of allowed) sendSignal(kernel, each, signal, process)
}

/** pause(2): sleeps until a handler has run. A signal that is ignored, or stops and continues, does not end it. */
function* pause(): KernelCode<never> {
  for (;;) {
    const reason = yield { queues: [], waitChannel: 'pause' }
    if (reason === 'signal') throw new SystemCallError('EINTR')
  }
}

function* sigsuspend(_kernel: Kernel, process: Process, mask: readonly number[]): KernelCode<never> {
  process.suspendedMask ??= process.blocked
  process.blocked = withoutUnblockable(mask)
  for (;;) {
    const reason = yield { queues: [], waitChannel: 'sigsuspend' }
    if (reason === 'signal') throw new SystemCallError('EINTR')
  }
}

function withoutUnblockable(signals: Iterable<number>): Set<number> {
  const mask = new Set(signals)
  mask.delete(SIGKILL)
  mask.delete(SIGSTOP)
  return mask
}

export const signalCalls: CallTable<SignalCalls> = {
  kill: { number: 62, page: 'kill(2)', run: kill },
  sigaction: {
    number: 13,
    page: 'sigaction(2)',
    run: (_kernel, process, signal, action) => {
      const valid = Number.isInteger(signal) && signal >= 1 && signal <= highestSignal
      if (!valid || (action !== undefined && (signal === SIGKILL || signal === SIGSTOP))) {
        throw new SystemCallError('EINVAL')
      }
      const old = process.actions.get(signal) ?? { handler: 'SIG_DFL' }
      if (action !== undefined) {
        if (action.handler === 'SIG_DFL' && action.flags === undefined) process.actions.delete(signal)
        else process.actions.set(signal, action)
        if (action.handler === 'SIG_IGN' || (action.handler === 'SIG_DFL' && isInit(process))) {
          process.pending.delete(signal)
        }
      }
      return old
    },
  },
  sigprocmask: {
    number: 14,
    page: 'sigprocmask(2)',
    run: (_kernel, process, how, signals) => {
      const old = process.blocked
      const next = new Set(how === 'SIG_SETMASK' ? signals : old)
      if (how === 'SIG_BLOCK') for (const signal of signals) next.add(signal)
      if (how === 'SIG_UNBLOCK') for (const signal of signals) next.delete(signal)
      process.blocked = withoutUnblockable(next)
      return [...old]
    },
  },
  sigpending: { number: 127, page: 'sigpending(2)', run: (_kernel, process) => [...process.pending.keys()] },
  sigsuspend: { number: 130, page: 'sigsuspend(2)', run: sigsuspend },
  pause: { number: 34, page: 'pause(2)', run: pause },
  alarm: {
    number: 37,
    page: 'alarm(2)',
    run: (kernel, process, seconds) => {
      const now = kernel.clock.now()
      const left = process.alarmAt === undefined ? 0 : Math.ceil((process.alarmAt - now) / 1e6)
      const at = seconds === 0 ? undefined : now + seconds * 1e6
      process.alarmAt = at
      if (at !== undefined) {
        kernel.clock.setTimer(at, () => {
          if (process.alarmAt !== at) return
          process.alarmAt = undefined
          sendSignal(kernel, process, SIGALRM)
        })
      }
      return left
    },
  },
  fault: {
    page: 'signal(7)',
    note: 'Not a call of Linux: a fault of the program itself, whose signal is not handled.',
    run: (kernel, process, signal) =>
      exitProcess(kernel, process, { how: 'signaled', status: signal, coreDumped: false }) as unknown as never,
  },
}
