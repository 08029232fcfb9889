// A queue of sleeping processes, as wait_queue_head_t: who waits for an event sleeps on it, who makes it happen wakes it.
import type { WaitChannel, WaitQueueHandle } from './system.ts'

/** What code of the kernel yields to sleep; it is resumed with the reason why it runs again. */
export interface Sleep {
  readonly queues: readonly WaitQueue[]
  /** What /proc/PID/wchan names meanwhile. */
  readonly waitChannel: WaitChannel
  /** Virtual time, microseconds since the epoch, at which to wake in any case. */
  readonly until?: number | undefined
}

export type WakeReason = 'woken' | 'timeout' | 'signal'

/**
 * Code that runs inside a system call and may sleep. After a sleep it must look again whether what it waited for is
 * true, and for `signal` give up by throwing EINTR, as wait_event_interruptible() users do.
 */
export type KernelCode<T> = Generator<Sleep, T, WakeReason>

export class WaitQueue implements WaitQueueHandle {
  readonly kind = 'wait-queue'
  /** Functions that make one sleeper runnable; kept by the scheduler. */
  readonly sleepers = new Set<() => void>()

  /** Makes all sleepers runnable, in the order in which they fell asleep. */
  wake(): void {
    for (const wake of Array.from(this.sleepers)) wake()
  }

  get empty(): boolean {
    return this.sleepers.size === 0
  }
}
