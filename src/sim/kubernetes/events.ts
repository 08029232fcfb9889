// Events of the cluster: what happened to which object, equal ones counted. client-go/tools/record
import type { ApiServer } from './api-server.ts'
import { referenceTo } from './api-server.ts'
import type { EventObject, KubernetesObject } from './objects.ts'
import type { Resource } from './resources.ts'
import { resource } from './store.ts'

export type EventType = EventObject['type']

/** Records the events of one component. */
export class EventRecorder {
  readonly #api: ApiServer
  /** Names of events, by what they say of what. */
  readonly #known = new Map<string, string>()
  readonly #source: { component: string; host?: string }

  constructor(api: ApiServer, component: string, host?: string) {
    this.#api = api
    this.#source = { component, ...(host === undefined ? {} : { host }) }
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
      this.#api.updateStatus(events, { ...known, count: known.count + 1, lastTimestamp: now })
      return
    }
    const suffix = (BigInt(Date.parse(now)) * 1_000_000n + BigInt(this.#api.store.revision)).toString(16)
    const event: EventObject = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: `${object.metadata.name}.${suffix}`, namespace },
      count: 1,
      eventTime: null,
      firstTimestamp: now,
      involvedObject,
      lastTimestamp: now,
      message,
      reason,
      reportingComponent: '',
      reportingInstance: '',
      source: this.#source,
      type,
    }
    this.#known.set(sameness, event.metadata.name)
    this.#api.create(events, event)
  }
}
