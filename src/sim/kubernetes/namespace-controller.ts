// Namespaces: a new one gets its account and certificate, one that is deleted is emptied and then goes. pkg/controller/namespace
import type { ApiServer } from './api-server.ts'
import { furnishNamespace } from './bootstrap.ts'
import { type Controller, WorkQueue } from './controller.ts'
import { resources } from './resources.ts'
import { resource } from './store.ts'

const namespaces = resource('namespaces')

export class NamespaceController implements Controller {
  readonly queue = new WorkQueue()
  readonly #api: ApiServer

  constructor(api: ApiServer) {
    this.#api = api
    api.store.listen(namespaces, ({ object }) => this.queue.add(object.metadata.name))
    // What goes may be the last of its namespace, or part of its furniture.
    for (const kind of resources.filter(({ namespaced }) => namespaced)) {
      api.store.listen(kind, ({ type, object }) => {
        if (type === 'DELETED') this.queue.add(object.metadata.namespace ?? '')
      })
    }
  }

  reconcile(name: string): void {
    const namespace = this.#api.store.peek(namespaces, '', name)
    if (namespace === undefined) return
    if (namespace.metadata.deletionTimestamp === undefined) furnishNamespace(this.#api, name)
    else this.#empty(name)
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
