// The loop that all controllers share: look at everything, act, sleep until something changes. Level-triggered, as the real ones.
import { ApiError } from './errors.ts'
import type { Store } from './store.ts'
import type { Clock } from '../kernel/clock.ts'
import { delay, sleepOn, type Work } from '../docker/threads.ts'

/** Microseconds between a change and the controller's looking at it: its queue and its round trip to the API server. */
export const reaction = 5000

/**
 * @param lag microseconds between a change and the sync
 * @param sync looks at all objects of the controller; an ApiError Conflict is tried again at the next change
 */
export function* controllerLoop(clock: Clock, store: Store, sync: () => void, lag = reaction): Work<void> {
  let seen = -1
  for (;;) {
    if (seen === store.revision) yield* sleepOn([store.changed])
    yield* delay(clock, lag)
    seen = store.revision
    try {
      sync()
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
    }
  }
}
