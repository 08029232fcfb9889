// What happened, in order: the engine keeps the last 256 events and tells those who listen, `docker events`.
import type { EventsOptions, Reader } from './api.ts'
import type { EventMessage, Filters } from './api-types.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Program, System } from '../kernel/system.ts'
import { WaitQueue } from '../kernel/wait-queue.ts'

/** Events that are kept for `--since`. */
const kept = 256

export class Events {
  readonly #clock: Clock
  readonly #past: EventMessage[] = []
  readonly #listeners = new Set<(event: EventMessage) => void>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Writes down that something happened, now. */
  log(type: EventMessage['Type'], action: string, id: string, attributes: Readonly<Record<string, string>>): void {
    const now = this.#clock.now()
    const sorted = Object.fromEntries(Object.entries(attributes).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    const event: EventMessage = {
      Type: type,
      Action: action,
      Actor: { ID: id, Attributes: sorted },
      scope: 'local',
      time: Math.floor(now / 1e6),
      timeNano: BigInt(Math.floor(now)) * 1000n,
    }
    this.#past.push(event)
    if (this.#past.length > kept) this.#past.shift()
    for (const listener of this.#listeners) listener(event)
  }

  /** Those of the past from `since` on, if given, and then what comes until `until`. */
  subscribe(options: EventsOptions): Reader<EventMessage> {
    const since = options.since === undefined ? undefined : Number(options.since) * 1e6
    const until = options.until === undefined ? undefined : Number(options.until) * 1e6
    const matches = eventFilter(options.filters ?? {})
    const inTime = (event: EventMessage) => {
      const time = Number(event.timeNano / 1000n)
      return (since === undefined || time >= since) && (until === undefined || time <= until)
    }
    const pending =
      since === undefined && until === undefined ? [] : this.#past.filter((each) => inTime(each) && matches(each))
    const arrived = new WaitQueue()
    let closed = false
    const listener = (event: EventMessage) => {
      if (!inTime(event) || !matches(event)) return
      pending.push(event)
      arrived.wake()
    }
    this.#listeners.add(listener)
    const clock = this.#clock
    const listeners = this.#listeners
    return {
      *next(system: System): Program<EventMessage | undefined> {
        for (;;) {
          const event = pending.shift()
          if (event !== undefined) return event
          const left = until === undefined ? undefined : until - clock.now()
          if (closed || (left !== undefined && left <= 0)) return undefined
          yield* system.sleep_on(arrived, 'futex', left)
        }
      },
      close() {
        closed = true
        listeners.delete(listener)
        arrived.wake()
      },
    }
  }
}

/** Names of a filter are alternatives; all filters must hold, the API's "GET /events". */
function eventFilter(filters: Filters): (event: EventMessage) => boolean {
  const tests = Object.entries(filters).map(([name, values]) => {
    return (event: EventMessage) => values.some((value) => matchesOne(event, name, value))
  })
  return (event) => tests.every((test) => test(event))
}

function matchesOne(event: EventMessage, name: string, value: string): boolean {
  const { ID, Attributes } = event.Actor
  switch (name) {
    case 'type':
      return event.Type === value
    case 'event':
      return event.Action === value || event.Action.split(':', 1)[0] === value
    case 'container':
    case 'image':
    case 'network':
    case 'volume':
      return (
        (event.Type === name && (ID.startsWith(value) || Attributes['name'] === value)) ||
        Attributes[name] === value ||
        (name === 'image' && Attributes['image'] === value)
      )
    case 'label': {
      const [key = '', expected] = value.split(/=(.*)/s)
      return expected === undefined ? key in Attributes : Attributes[key] === expected
    }
    default:
      return true
  }
}
