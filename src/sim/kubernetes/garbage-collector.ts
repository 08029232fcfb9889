// The garbage collector: what is owned by objects that are gone is deleted. pkg/controller/garbagecollector
import type { ApiServer } from './api-server.ts'
import { resources } from './resources.ts'

/** Microseconds from an owner's end to the deletion of what it owned. */
export const collectionDelay = 300_000

export class GarbageCollector {
  readonly #api: ApiServer

  constructor(api: ApiServer) {
    this.#api = api
  }

  sync(): void {
    const all = resources.flatMap((kind) => this.#api.store.list(kind).map((object) => ({ kind, object })))
    const living = new Set(all.map(({ object }) => object.metadata.uid))
    for (const { kind, object } of all) {
      const { ownerReferences = [], deletionTimestamp, namespace = '', name } = object.metadata
      if (ownerReferences.length === 0 || deletionTimestamp !== undefined) continue
      if (ownerReferences.some(({ uid }) => living.has(uid))) continue
      this.#api.delete(kind, namespace, name)
    }
  }
}
