// Events of the cluster: what happened to which object, equal ones counted. client-go/tools/record
import type { ApiServer } from './api-server.ts'
import { referenceTo } from './api-server.ts'
import { apiTime, type EventObject, type KubernetesObject } from './objects.ts'
import type { Resource } from './resources.ts'
import { resource } from './store.ts'

export type EventType = EventObject['type']

export interface RecorderOptions {
  /** The node on which the component runs. */
  readonly host?: string
  /** The instance's name, for a component that writes events.k8s.io/v1. */
  readonly instance?: string
  /** What such a component does when it writes an event: `Binding`. */
  readonly action?: string
}

/** Records the events of one component. */
export class EventRecorder {
  readonly #api: ApiServer
  /** Names of events, by what they say of what. */
  readonly #known = new Map<string, string>()
  readonly #component: string
  readonly #options: RecorderOptions

  constructor(api: ApiServer, component: string, options: RecorderOptions = {}) {
    this.#api = api
    this.#component = component
    this.#options = options
  }

  /**
   * Says that something happened. The same again raises the count of the event that stands.
   * @param fieldPath the part of the object that it is about, such as `spec.containers{web}`
   */
  record(
    kind: Resource,
    object: KubernetesObject,
    type: EventType,
    reason: string,
    message: string,
    fieldPath?: string,
  ): void {
    const events = resource('events')
    const namespace = object.metadata.namespace ?? 'default'
    const involvedObject = referenceTo(kind, object, fieldPath)
    const sameness = JSON.stringify([involvedObject.uid, fieldPath, reason, message])
    const known = this.#api.store.peek(events, namespace, this.#known.get(sameness) ?? '') as EventObject | undefined
    const now = this.#api.now()
    if (known !== undefined) {
      const count = (known.count ?? 1) + 1
      const { series } = known as { series?: { count: number } }
      this.#api.updateStatus(
        events,
        this.#options.instance === undefined
          ? { ...known, count, lastTimestamp: now }
          : {
              ...known,
              series: { count: (series?.count ?? 1) + 1, lastObservedTime: microTime(this.#api.microseconds()) },
            },
      )
      return
    }
    const suffix = (BigInt(Date.parse(now)) * 1_000_000n + BigInt(this.#api.store.revision)).toString(16)
    const event: EventObject = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: `${object.metadata.name}.${suffix}`, namespace },
      ...this.#origin(now),
      involvedObject,
      message,
      reason,
      type,
    }
    this.#known.set(sameness, event.metadata.name)
    this.#api.create(events, event)
  }

  /** Who tells it, and when. */
  #origin(now: string) {
    const { host, instance, action } = this.#options
    if (instance === undefined) {
      return {
        count: 1,
        eventTime: null,
        firstTimestamp: now,
        lastTimestamp: now,
        reportingComponent: '',
        reportingInstance: '',
        source: { component: this.#component, ...(host === undefined ? {} : { host }) },
      }
    }
    return {
      ...(action === undefined ? {} : { action }),
      eventTime: microTime(this.#api.microseconds()),
      firstTimestamp: null,
      lastTimestamp: null,
      reportingComponent: this.#component,
      reportingInstance: instance,
      source: {},
    }
  }
}

/** A metav1.MicroTime. */
function microTime(microseconds: number): string {
  const fraction = String(microseconds % 1e6).padStart(6, '0')
  return apiTime(microseconds).replace('Z', `.${fraction}Z`)
}
