// One virtual CPU: who may run, who sleeps on what, and one step of a process from system call to system call.
import { isKernelCode } from './call-table.ts'
import { exitProcess } from './exit.ts'
import type { Kernel } from './kernel.ts'
import type { CallInProgress, Frame, Process } from './process.ts'
import { deliverSignals, hasDeliverableSignal } from './signal-delivery.ts'
import { SystemCallError, type SystemCallRequest } from './system.ts'
import { callRun } from './syscalls.ts'
import type { Tracer } from './trace.ts'
import type { Sleep, WakeReason } from './wait-queue.ts'

/** What a system call costs of virtual time, in microseconds. */
const callMicroseconds = 2

/** How many calls a process may make before the next runnable one has its turn. */
const quantum = 32

interface Asleep {
  leave(): void
}

export class Scheduler {
  readonly #kernel: Kernel
  #queue: Process[] = []
  #head = 0
  readonly #queued = new Set<Process>()
  readonly #asleep = new Map<Process, Asleep>()
  readonly #wakeReasons = new Map<Process, WakeReason>()
  /** Work of the host that a process waits for; the clock stands until it is done. */
  #hostWork: { readonly process: Process; readonly frame: Frame; readonly promise: Promise<unknown> } | undefined

  constructor(kernel: Kernel) {
    this.#kernel = kernel
  }

  /** Puts a process in the queue of those that can run. */
  makeRunnable(process: Process): void {
    if (process.state === 'Z' || process.state === 'X') return
    process.state = 'R'
    if (this.#queued.has(process)) return
    this.#queued.add(process)
    this.#queue.push(process)
  }

  /** A signal has come: wakes the process if it sleeps in a call. */
  interrupt(process: Process): void {
    if (process.state === 'S') this.#wake(process, 'signal')
  }

  /** Takes a process out of all queues: it has ended. */
  forget(process: Process): void {
    this.#asleep.get(process)?.leave()
    this.#asleep.delete(process)
    this.#wakeReasons.delete(process)
  }

  /** Freezes or thaws a process, as the freezer cgroup does. */
  setFrozen(process: Process, frozen: boolean): void {
    process.frozen = frozen
    if (!frozen && process.state === 'R') this.makeRunnable(process)
  }

  /** The next process that can run, out of the queue. */
  #next(): Process | undefined {
    while (this.#head < this.#queue.length) {
      const process = this.#queue[this.#head++]
      if (this.#head > 1024 && this.#head * 2 > this.#queue.length) {
        this.#queue = this.#queue.slice(this.#head)
        this.#head = 0
      }
      if (process === undefined) continue
      this.#queued.delete(process)
      if (process.state === 'R' && !process.frozen && !process.traceStopped) return process
    }
    this.#queue.length = 0
    this.#head = 0
    return undefined
  }

  /** Runs one process for its turn. @returns false when none can run */
  turn(): boolean {
    const process = this.#next()
    if (process === undefined) return false
    const wakeReason = this.#wakeReasons.get(process)
    this.#wakeReasons.delete(process)
    const frame = process.frames.at(-1)
    if (wakeReason !== undefined && frame?.call !== undefined) this.#advance(process, frame, frame.call, wakeReason)
    for (let calls = 0; calls < quantum && this.#mayGoOn(process); calls++) {
      this.#step(process)
    }
    if (this.#mayGoOn(process)) {
      process.involuntarySwitches++
      this.makeRunnable(process)
    } else {
      process.voluntarySwitches++
    }
    return true
  }

  #mayGoOn(process: Process): boolean {
    return process.state === 'R' && !process.traceStopped && this.#hostWork === undefined
  }

  /** The host's work under way, if any; when it is settled its process runs on. */
  async finishHostWork(): Promise<boolean> {
    const work = this.#hostWork
    if (work === undefined) return false
    let resume: Frame['resume']
    try {
      resume = { value: await work.promise }
    } catch (error) {
      resume = { error }
    }
    this.#hostWork = undefined
    if (work.process.frames.includes(work.frame)) {
      work.frame.resume = resume
      this.makeRunnable(work.process)
    }
    return true
  }

  get hostWorkPending(): boolean {
    return this.#hostWork !== undefined
  }

  /** From where the program stands to its next call, and into that. */
  #step(process: Process): void {
    if (process.pending.size > 0 && !deliverSignals(this.#kernel, process)) return
    const frame = process.frames.at(-1)
    if (frame === undefined) return
    if (frame.call !== undefined) {
      if (frame.call.code !== undefined) return
      process.tracer?.entered(this.#kernel, process, frame.call.name, frame.call.args)
      this.#dispatch(process, frame, frame.call, frame.call.startedAt)
      return
    }
    if (frame.held !== undefined) {
      const { held } = frame
      frame.held = undefined
      this.#dispatch(process, frame, held, this.#kernel.clock.now())
      return
    }
    const resume = frame.resume
    let result: IteratorResult<SystemCallRequest, unknown>
    try {
      result = 'error' in resume ? frame.program.throw(resume.error) : frame.program.next(resume.value)
    } catch (error) {
      this.#programThrew(process, error)
      return
    }
    if (process.frames.at(-1) !== frame) return
    if (result.done) this.#frameDone(process, frame, result.value)
    else if (process.tracer !== undefined) this.#hold(process, frame, result.value, process.tracer)
    else this.#dispatch(process, frame, result.value, this.#kernel.clock.now())
  }

  /** A traced process stops before a call until its tracer has seen it. */
  #hold(process: Process, frame: Frame, request: SystemCallRequest, tracer: Tracer): void {
    frame.held = request
    tracer.entered(this.#kernel, process, request.name, request.args)
  }

  /** A failed call that the program did not look at ends it with status 1; any other exception is a defect of ours. */
  #programThrew(process: Process, error: unknown): void {
    if (process.state !== 'R') return
    const defect = !(error instanceof SystemCallError)
    exitProcess(this.#kernel, process, {
      how: defect ? 'signaled' : 'exited',
      status: defect ? 6 : 1,
      coreDumped: false,
    })
    if (defect) throw error
  }

  #frameDone(process: Process, frame: Frame, value: unknown): void {
    if (process.frames.length === 1) {
      const status = typeof value === 'number' ? value & 0xff : 0
      // Returning from main is the call too.
      process.tracer?.entered(this.#kernel, process, 'exit', [status])
      exitProcess(this.#kernel, process, { how: 'exited', status, coreDumped: false })
      return
    }
    process.frames.pop()
    const below = process.frames.at(-1)
    const failed = below !== undefined && 'error' in below.resume && below.call === undefined
    process.tracer?.returned(this.#kernel, process, failed ? 'EINTR' : undefined)
    if (frame.savedMask !== undefined) process.blocked = frame.savedMask
  }

  #dispatch(
    process: Process,
    frame: Frame,
    request: Pick<SystemCallRequest, 'name' | 'args'>,
    startedAt: number,
  ): void {
    this.#kernel.clock.spend(callMicroseconds)
    process.cpu.system += callMicroseconds
    const call: CallInProgress = {
      name: request.name,
      args: request.args,
      startedAt,
      code: undefined,
      sleep: undefined,
    }
    frame.call = call
    try {
      const result = callRun(request.name)(this.#kernel, process, ...request.args)
      if (isKernelCode(result)) {
        call.code = result
        this.#advance(process, frame, call, undefined)
        return
      }
      this.#finish(process, frame, { value: result })
    } catch (error) {
      if (!(error instanceof SystemCallError)) throw error
      this.#finish(process, frame, { error })
    }
  }

  /** The call has its result; unless execve or exit has taken the frame away meanwhile, the program gets it. */
  #finish(process: Process, frame: Frame, resume: Frame['resume']): void {
    const name = frame.call?.name
    if ((name === 'read' || name === 'write') && 'value' in resume) countTransfer(process.io, name, resume.value)
    if (name !== undefined && process.tracer !== undefined) {
      const errno = 'error' in resume && resume.error instanceof SystemCallError ? resume.error.errno : undefined
      process.tracer.left(this.#kernel, process, name, 'value' in resume ? resume.value : undefined, errno)
    }
    if (!process.frames.includes(frame)) return
    frame.call = undefined
    frame.resume = resume
  }

  /** Starts the work of the host that a process asked for by `host`. */
  startHostWork(process: Process, work: () => Promise<unknown>): void {
    const frame = process.frames.at(-1)
    if (frame === undefined) return
    this.#hostWork = { process, frame, promise: work() }
  }

  /** Goes on in a call: to its end, or to its next sleep. */
  #advance(process: Process, frame: Frame, call: CallInProgress, reason: WakeReason | undefined): void {
    if (call.code === undefined) return
    call.sleep = undefined
    let why = reason
    for (;;) {
      let result: IteratorResult<Sleep, unknown>
      try {
        result = why === undefined ? (call.code as Iterator<Sleep, unknown, WakeReason>).next() : call.code.next(why)
      } catch (error) {
        if (!(error instanceof SystemCallError)) throw error
        if (error.errno === 'EINTR' && why === 'signal') {
          call.code = undefined
          process.tracer?.interrupted(this.#kernel, process, call.name)
        } else this.#finish(process, frame, { error })
        return
      }
      if (result.done) {
        this.#finish(process, frame, { value: result.value })
        return
      }
      if (hasDeliverableSignal(process)) {
        why = 'signal'
        continue
      }
      this.#sleep(process, call, result.value)
      return
    }
  }

  #sleep(process: Process, call: CallInProgress, sleep: Sleep): void {
    call.sleep = sleep
    process.state = 'S'
    const woken = () => this.#wake(process, 'woken')
    for (const queue of sleep.queues) queue.sleepers.add(woken)
    const timer =
      sleep.until === undefined
        ? undefined
        : this.#kernel.clock.setTimer(sleep.until, () => this.#wake(process, 'timeout'))
    this.#asleep.set(process, {
      leave: () => {
        for (const queue of sleep.queues) queue.sleepers.delete(woken)
        timer?.cancel()
      },
    })
  }

  #wake(process: Process, reason: WakeReason): void {
    const asleep = this.#asleep.get(process)
    if (asleep === undefined) return
    asleep.leave()
    this.#asleep.delete(process)
    this.#wakeReasons.set(process, reason)
    this.makeRunnable(process)
  }
}

/** What /proc/PID/io tells. */
function countTransfer(io: Process['io'], name: 'read' | 'write', result: unknown): void {
  if (name === 'read' && result instanceof Uint8Array) {
    io.reads++
    io.readBytes += result.length
  } else if (typeof result === 'number') {
    io.writes++
    io.writtenBytes += result
  }
}
