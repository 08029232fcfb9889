// The garbage collector: what is owned by objects that are gone is deleted. pkg/controller/garbagecollector
import type { ApiServer } from './api-server.ts'
import { type Controller, WorkQueue } from './controller.ts'
import type { KubernetesObject } from './objects.ts'
import { findResource, type Resource, resources } from './resources.ts'

/** Microseconds from an owner's end to the deletion of what it owned. */
export const collectionDelay = 300_000

export class GarbageCollector implements Controller {
  readonly queue = new WorkQueue()
  readonly #api: ApiServer
  readonly #living = new Set<string>()

  constructor(api: ApiServer) {
    this.#api = api
    for (const kind of resources) {
      api.store.listen(kind, ({ type, object }) => {
        const uid = object.metadata.uid ?? ''
        if (type === 'DELETED') {
          this.#living.delete(uid)
          for (const { resource, object: owned } of api.store.owned(uid)) this.queue.add(placeOf(resource, owned))
        } else {
          this.#living.add(uid)
          if (this.#isLeftOver(object)) this.queue.add(placeOf(kind, object))
        }
      })
    }
  }

  reconcile(place: string): void {
    const [word = '', namespace = '', name = ''] = place.split('|')
    const kind = findResource(word)
    const object = kind === undefined ? undefined : this.#api.store.peek(kind, namespace, name)
    if (kind === undefined || object === undefined || object.metadata.deletionTimestamp !== undefined) return
    if (this.#isLeftOver(object)) this.#api.delete(kind, namespace, name)
  }

  #isLeftOver({ metadata: { ownerReferences = [] } }: KubernetesObject): boolean {
    return ownerReferences.length > 0 && !ownerReferences.some(({ uid }) => this.#living.has(uid))
  }
}

function placeOf(kind: Resource, { metadata }: KubernetesObject): string {
  return `${kind.name}|${metadata.namespace ?? ''}|${metadata.name}`
}
