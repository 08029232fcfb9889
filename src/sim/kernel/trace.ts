// Tracing, ptrace(2) as strace uses it: a traced process stops at each call's entry and exit until its tracer goes on.
import type { Kernel } from './kernel.ts'
import { mayTrace } from './permissions.ts'
import type { ExitStatus, Process } from './process.ts'
import { activePidNamespace } from './signal.ts'
import type { Errno } from './errno.ts'
import { type SignalInfo, SystemCallError, type SystemCallName, type TraceEvent } from './system.ts'
import { type KernelCode, WaitQueue } from './wait-queue.ts'

/** One tracer: whom it traces, and what it has not been told yet. */
export class Tracer {
  readonly process: Process
  readonly tracees = new Set<Process>()
  /** Whether children of tracees are traced too. */
  readonly follows: boolean
  readonly happened = new WaitQueue()
  readonly events: TraceEvent[] = []
  /** Stopped until the tracer waits again. */
  readonly stopped = new Set<Process>()

  constructor(process: Process, follows: boolean) {
    this.process = process
    this.follows = follows
  }

  #tell(kernel: Kernel, tracee: Process, event: Partial<TraceEvent> & Pick<TraceEvent, 'kind'>): void {
    const pid = tracee.pid.numberIn(activePidNamespace(this.process))
    this.events.push({ ...event, pid, time: kernel.clock.now() } as TraceEvent)
    this.happened.wake()
  }

  /** Stops the tracee until the tracer has seen what happened. */
  #stop(tracee: Process): void {
    tracee.traceStopped = true
    this.stopped.add(tracee)
  }

  entered(kernel: Kernel, tracee: Process, name: SystemCallName, args: readonly unknown[]): void {
    this.#tell(kernel, tracee, { kind: 'entry', name, args })
    this.#stop(tracee)
  }

  left(kernel: Kernel, tracee: Process, name: SystemCallName, result: unknown, errno?: Errno): void {
    this.#tell(kernel, tracee, { kind: 'exit', name, result, ...(errno === undefined ? {} : { errno }) })
    this.#stop(tracee)
  }

  /** A signal has broken off the call; whether it begins anew is not decided yet. */
  interrupted(kernel: Kernel, tracee: Process, name: SystemCallName): void {
    this.#tell(kernel, tracee, { kind: 'interrupted', name })
  }

  signalled(kernel: Kernel, tracee: Process, signal: number, info: SignalInfo): void {
    this.#tell(kernel, tracee, { kind: 'signal', signal, info })
  }

  /** A handler's frame has ended. */
  returned(kernel: Kernel, tracee: Process, errno: Errno | undefined): void {
    this.#tell(kernel, tracee, { kind: 'sigreturn', ...(errno === undefined ? {} : { errno }) })
  }

  ended(kernel: Kernel, tracee: Process, status: ExitStatus): void {
    this.#tell(kernel, tracee, { kind: 'ended', how: status.how, status: status.status })
    this.tracees.delete(tracee)
    this.stopped.delete(tracee)
  }

  /** A child of a tracee is traced from its first step on. */
  born(kernel: Kernel, child: Process): void {
    child.tracer = this
    this.tracees.add(child)
    this.#tell(kernel, child, { kind: 'attached' })
    this.#stop(child)
  }

  /** Lets those go on whose stops were told of. */
  resume(kernel: Kernel): void {
    for (const tracee of this.stopped) {
      tracee.traceStopped = false
      if (tracee.state === 'R') kernel.scheduler.makeRunnable(tracee)
    }
    this.stopped.clear()
  }

  release(kernel: Kernel, tracee: Process): void {
    tracee.tracer = undefined
    this.tracees.delete(tracee)
    this.stopped.delete(tracee)
    tracee.traceStopped = false
    if (tracee.state === 'R') kernel.scheduler.makeRunnable(tracee)
  }
}

const tracers = new WeakMap<Process, Tracer>()

/** Called when a process ends: its tracees go on untraced. */
export function endTracer(kernel: Kernel, process: Process): void {
  const tracer = tracers.get(process)
  if (tracer === undefined) return
  for (const tracee of Array.from(tracer.tracees)) tracer.release(kernel, tracee)
  tracers.delete(process)
}

/** PTRACE_SEIZE. @throws ESRCH; EPERM for oneself, for another user's process and for one that is traced */
export function seize(kernel: Kernel, process: Process, pid: number, follow: boolean): void {
  const target = kernel.findProcess(activePidNamespace(process), pid)
  if (target === undefined || target.state === 'Z') throw new SystemCallError('ESRCH')
  if (target === process || target.tracer !== undefined || !mayTrace(process, target)) {
    throw new SystemCallError('EPERM')
  }
  const tracer = tracers.get(process) ?? new Tracer(process, follow)
  tracers.set(process, tracer)
  target.tracer = tracer
  tracer.tracees.add(target)
  const call = target.frames.at(-1)?.call
  if (call !== undefined && target.state === 'S') {
    tracer.entered(kernel, target, call.name, call.args)
    tracer.resume(kernel)
  }
}

/** PTRACE_DETACH from all. */
export function detach(kernel: Kernel, process: Process): void {
  endTracer(kernel, process)
}

/**
 * Goes on with what is stopped, and sleeps until something happens to a tracee. Not a call of Linux, where PTRACE_SYSCALL
 * and wait4(2) do this together.
 * @throws ECHILD when nothing is traced; EINTR
 */
export function* awaitEvents(kernel: Kernel, process: Process): KernelCode<readonly TraceEvent[]> {
  const tracer = tracers.get(process)
  if (tracer === undefined) throw new SystemCallError('ECHILD')
  tracer.resume(kernel)
  for (;;) {
    if (tracer.events.length > 0) return tracer.events.splice(0)
    if (tracer.tracees.size === 0) throw new SystemCallError('ECHILD')
    if ((yield { queues: [tracer.happened], waitChannel: 'wait' }) === 'signal') throw new SystemCallError('EINTR')
  }
}
