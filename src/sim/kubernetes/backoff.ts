// The back-off of what fails again and again: 10 s, doubled each time to 5 min. client-go/util/flowcontrol/backoff.go

const first = 10e6
const most = 300e6

interface Entry {
  /** Microseconds. */
  wait: number
  updatedAt: number
}

/** All times in microseconds of the virtual clock. */
export class Backoff {
  readonly #entries = new Map<string, Entry>()

  /** When what failed at `eventTime` may be tried again; undefined when it may be now. */
  until(key: string, eventTime: number, now: number): number | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined || isExpired(entry, eventTime)) return undefined
    const end = eventTime + entry.wait
    return now < end ? end : undefined
  }

  /** It is tried again: the next wait is longer. */
  next(key: string, eventTime: number, now: number): void {
    const entry = this.#entries.get(key)
    const wait = entry === undefined || isExpired(entry, eventTime) ? first : Math.min(entry.wait * 2, most)
    this.#entries.set(key, { wait, updatedAt: now })
  }

  /** The present wait, as `back-off 10s restarting …` names it. */
  wait(key: string): number {
    return this.#entries.get(key)?.wait ?? first
  }

  forget(prefix: string): void {
    for (const key of this.#entries.keys()) if (key.startsWith(prefix)) this.#entries.delete(key)
  }
}

/** After twice the longest wait without a failure all begins anew. */
function isExpired(entry: Entry, eventTime: number): boolean {
  return eventTime - entry.updatedAt > 2 * most
}
