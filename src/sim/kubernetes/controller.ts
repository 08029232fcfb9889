// What all controllers share: a queue of the names of what has changed, and the loop that brings each to what it should be.
import { ApiError } from './errors.ts'
import type { KubernetesObject } from './objects.ts'
import type { Clock } from '../kernel/clock.ts'
import { delay, sleepOn, type Work } from '../docker/threads.ts'
import { WaitQueue } from '../kernel/wait-queue.ts'

/** Microseconds between a change and the controller's looking at it: its queue and its round trip to the API server. */
export const reaction = 5000

/** Keys to look at, each once however often it was added. client-go/util/workqueue */
export class WorkQueue {
  readonly changed = new WaitQueue()
  readonly #keys = new Set<string>()
  /** Keys for later, with their times. */
  readonly #later = new Map<string, number>()

  add(key: string): void {
    this.#keys.add(key)
    this.changed.wake()
  }

  /** Adds a key when `time` (microseconds since the epoch) has come, unless it is looked at before. */
  addAt(key: string, time: number): void {
    this.#later.set(key, Math.min(time, this.#later.get(key) ?? Infinity))
    this.changed.wake()
  }

  /** Whether there is a key to look at now. */
  isDue(now: number): boolean {
    return this.#keys.size > 0 || (this.nextTime() ?? Infinity) <= now
  }

  /** When the first of the later keys is due. */
  nextTime(): number | undefined {
    return this.#later.size === 0 ? undefined : Math.min(...this.#later.values())
  }

  /** Takes all that are due. */
  take(now: number): string[] {
    for (const [key, time] of this.#later) if (time <= now) this.#keys.add(key)
    const keys = [...this.#keys]
    this.#keys.clear()
    for (const key of keys) this.#later.delete(key)
    return keys
  }
}

export interface Controller {
  readonly queue: WorkQueue
  /** Looks at one object, and does what is to be done. It may be gone. */
  reconcile(key: string): void
}

/** @param lag microseconds between a change and the look at it */
export function* controllerLoop(clock: Clock, controller: Controller, lag = reaction): Work<void> {
  const { queue } = controller
  for (;;) {
    while (!queue.isDue(clock.now())) yield* sleepOn([queue.changed], queue.nextTime())
    yield* delay(clock, lag)
    for (const key of queue.take(clock.now())) {
      try {
        controller.reconcile(key)
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        if (error.reason === 'Conflict') queue.add(key)
      }
    }
  }
}

/** `namespace/name`. */
export function keyOf({ metadata }: KubernetesObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`
}

export function fromKey(key: string): { readonly namespace: string; readonly name: string } {
  const at = key.indexOf('/')
  return { namespace: key.slice(0, at), name: key.slice(at + 1) }
}
