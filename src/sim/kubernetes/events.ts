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
    const isSame = (each: EventObject): boolean =>
      each.involvedObject.uid === involvedObject.uid &&
      each.involvedObject.fieldPath === fieldPath &&
      each.reason === reason &&
      each.message === message &&
      each.source.component === this.#source.component
    const [known] = this.#api.store.list(events, namespace, (each) => isSame(each as EventObject)) as EventObject[]
    const now = this.#api.now()
    if (known !== undefined) {
      known.count += 1
      known.lastTimestamp = now
      this.#api.updateStatus(events, known)
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
    this.#api.create(events, event)
  }
}
