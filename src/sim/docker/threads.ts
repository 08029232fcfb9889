// The threads of dockerd: work that goes on by itself, whoever asked for it. Between its sleeps it takes no time, and the
// virtual clock wakes it; so a client that is killed leaves nothing half done.
import type { Clock } from '../kernel/clock.ts'
import { type KernelCode, type Sleep, WaitQueue, type WakeReason } from '../kernel/wait-queue.ts'

/** Code of the daemon: it sleeps by yielding, as code inside the kernel does, but no signal reaches it. */
export type Work<T> = KernelCode<T>

/** Work that has been started. */
export class Thread<T> {
  readonly finished = new WaitQueue()
  outcome: { value: T } | { error: unknown } | undefined

  /** What it gave. Throws what it threw. Precondition: it has finished. */
  result(): T {
    if (this.outcome === undefined) throw new Error('the thread has not finished')
    if ('error' in this.outcome) throw this.outcome.error
    return this.outcome.value
  }
}

export class Threads {
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Starts work; its first part runs at once. */
  start<T>(work: Work<T>): Thread<T> {
    const thread = new Thread<T>()
    this.#advance(thread, work, 'woken')
    return thread
  }

  #advance<T>(thread: Thread<T>, work: Work<T>, reason: WakeReason): void {
    try {
      const step = work.next(reason)
      if (!step.done) return this.#sleep(thread, work, step.value)
      thread.outcome = { value: step.value }
    } catch (error) {
      thread.outcome = { error }
    }
    thread.finished.wake()
  }

  #sleep<T>(thread: Thread<T>, work: Work<T>, sleep: Sleep): void {
    let awake = false
    const wake = (reason: WakeReason) => {
      if (awake) return
      awake = true
      for (const queue of sleep.queues) queue.sleepers.delete(onQueue)
      timer?.cancel()
      // Not from inside of who wakes it: it runs when the clock is looked at next, at this same time.
      this.#clock.setTimer(this.#clock.now(), () => this.#advance(thread, work, reason))
    }
    const onQueue = () => wake('woken')
    for (const queue of sleep.queues) queue.sleepers.add(onQueue)
    const timer = sleep.until === undefined ? undefined : this.#clock.setTimer(sleep.until, () => wake('timeout'))
  }
}

/** A value that somebody gives later, once. */
export class Answer<T> {
  readonly given = new WaitQueue()
  value: { readonly is: T } | undefined

  give(value: T): void {
    if (this.value !== undefined) return
    this.value = { is: value }
    this.given.wake()
  }

  /** Sleeps until it has been given. */
  *wait(): Work<T> {
    for (;;) {
      if (this.value !== undefined) return this.value.is
      yield* sleepOn([this.given])
    }
  }
}

/** Sleeps until one of the queues is woken, or until a time (microseconds since the epoch). */
export function* sleepOn(queues: readonly WaitQueue[], until?: number): Work<'woken' | 'timeout'> {
  const reason = yield { queues, waitChannel: 'futex', until }
  return reason === 'timeout' ? 'timeout' : 'woken'
}

/** Lets virtual time pass. */
export function* delay(clock: Clock, microseconds: number): Work<void> {
  if (microseconds > 0) yield* sleepOn([], clock.now() + microseconds)
}

/** Waits for another thread, and gives or throws what it did. */
export function* join<T>(thread: Thread<T>): Work<T> {
  while (thread.outcome === undefined) yield* sleepOn([thread.finished])
  return thread.result()
}
