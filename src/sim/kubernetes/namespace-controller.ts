// Namespaces: a new one gets its account and certificate, one that is deleted is emptied and then goes. pkg/controller/namespace
import type { ApiServer } from './api-server.ts'
import { furnishNamespace } from './bootstrap.ts'
import { resources } from './resources.ts'
import { resource } from './store.ts'

const namespaces = resource('namespaces')

export class NamespaceController {
  readonly #api: ApiServer

  constructor(api: ApiServer) {
    this.#api = api
  }

  sync(): void {
    for (const { metadata } of this.#api.list(namespaces)) {
      if (metadata.deletionTimestamp === undefined) furnishNamespace(this.#api, metadata.name)
      else this.#empty(metadata.name)
    }
  }

  #empty(namespace: string): void {
    let left = 0
    for (const kind of resources.filter((each) => each.namespaced)) {
      for (const object of this.#api.list(kind, { namespace })) {
        left += 1
        if (object.metadata.deletionTimestamp === undefined) this.#api.delete(kind, namespace, object.metadata.name)
      }
    }
    if (left === 0) this.#api.store.remove(namespaces, '', namespace)
  }
}
