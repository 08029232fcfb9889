// When a container that has ended is started again: moby's restart manager. Delays double from 100 ms to a minute.
import type { RestartPolicy } from './api-types.ts'

const firstDelay = 100_000
const longestDelay = 60_000_000
/** Microseconds of running after which the delay begins anew. */
const resetAfter = 10_000_000

/** What one container's exits have led to so far. */
export class RestartManager {
  policy: RestartPolicy
  /** Restarts that the policy has made since the last start by hand; `RestartCount`. */
  count = 0
  /** `docker stop` and `docker kill` cancel what the policy would do. */
  cancelled = false
  #delay = 0

  constructor(policy: RestartPolicy) {
    this.policy = policy
  }

  /**
   * Decides after an exit. Gives microseconds to wait before the next start, or undefined: it stays down.
   * @param ranFor microseconds from start to exit
   * @param manuallyStopped whether a client has asked for this end
   */
  shouldRestart(exitCode: number, manuallyStopped: boolean, ranFor: number): number | undefined {
    if (this.policy.Name === '' || this.policy.Name === 'no') return undefined
    if (this.cancelled) return undefined
    if (ranFor >= resetAfter) this.#delay = 0
    this.#delay = this.#delay === 0 ? firstDelay : Math.min(this.#delay * 2, longestDelay)
    if (!this.#policyWantsIt(exitCode, manuallyStopped)) return undefined
    this.count++
    return this.#delay
  }

  #policyWantsIt(exitCode: number, manuallyStopped: boolean): boolean {
    const { Name, MaximumRetryCount } = this.policy
    switch (Name) {
      case 'always':
        return true
      case 'unless-stopped':
        return !manuallyStopped
      case 'on-failure':
        return exitCode !== 0 && (MaximumRetryCount === 0 || this.count < MaximumRetryCount)
      default:
        return false
    }
  }

  /** A start by hand, or `docker restart`: the count begins anew. */
  reset(): void {
    this.count = 0
    this.cancelled = false
    this.#delay = 0
  }
}
