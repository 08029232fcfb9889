// The store of all objects, as etcd behind the API server: resource versions, conflicts, watches. No rule of a kind lives here.
import { withSortedKeys } from '../../text/json.ts'
import { copyOf, type KubernetesObject } from './objects.ts'
import { alreadyExists, conflict, notFound } from './errors.ts'
import { findResource, type Resource } from './resources.ts'
import { WaitQueue } from '../kernel/wait-queue.ts'

export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  readonly object: KubernetesObject
}

/** A list that goes on: events in the order in which the store changed. */
export class Watch {
  readonly changed = new WaitQueue()
  readonly #events: WatchEvent[] = []
  readonly #close: () => void

  constructor(close: (watch: Watch) => void) {
    this.#close = () => close(this)
  }

  push(event: WatchEvent): void {
    this.#events.push(event)
    this.changed.wake()
  }

  /** The next event, if there is one. */
  next(): WatchEvent | undefined {
    return this.#events.shift()
  }

  close(): void {
    this.#close()
  }
}

interface Shelf {
  readonly resource: Resource
  readonly objects: Map<string, KubernetesObject>
  readonly watches: Set<Watch>
}

export class Store {
  /** Woken at each change: what the controllers sleep on. */
  readonly changed = new WaitQueue()
  readonly #shelves = new Map<string, Shelf>()
  #revision: number

  /** @param firstRevision what the first object gets; a cluster that has run for some minutes is at some hundreds */
  constructor(firstRevision: number) {
    this.#revision = firstRevision
  }

  get revision(): number {
    return this.#revision
  }

  /** A copy. @throws ApiError NotFound */
  get(resource: Resource, namespace: string, name: string): KubernetesObject {
    const found = this.find(resource, namespace, name)
    if (found === undefined) throw notFound(resource, name)
    return found
  }

  find(resource: Resource, namespace: string, name: string): KubernetesObject | undefined {
    const found = this.#shelf(resource).objects.get(keyOf(resource, namespace, name))
    return found === undefined ? undefined : copyOf(found)
  }

  /**
   * Copies, by namespace and name, as etcd's keys are sorted. Undefined for the namespace: all.
   * @param matches which of them; it sees the stored objects, and must not change them
   */
  list(
    resource: Resource,
    namespace?: string,
    matches: (object: KubernetesObject) => boolean = () => true,
  ): KubernetesObject[] {
    const { objects } = this.#shelf(resource)
    return [...objects.keys()]
      .toSorted()
      .map((key) => objects.get(key))
      .filter((object) => object !== undefined)
      .filter(({ metadata }) => namespace === undefined || !resource.namespaced || metadata.namespace === namespace)
      .filter(matches)
      .map(copyOf)
  }

  /** Precondition: the metadata are complete but for the resource version. @throws ApiError AlreadyExists */
  create(resource: Resource, object: KubernetesObject): KubernetesObject {
    const shelf = this.#shelf(resource)
    const key = keyOf(resource, object.metadata.namespace ?? '', object.metadata.name)
    if (shelf.objects.has(key)) throw alreadyExists(resource, object.metadata.name)
    return this.#put(shelf, key, object, 'ADDED')
  }

  /**
   * Replaces an object. One that carries a resource version must carry the present one.
   * @throws ApiError NotFound, Conflict
   */
  update(resource: Resource, object: KubernetesObject): KubernetesObject {
    const shelf = this.#shelf(resource)
    const { name, namespace, resourceVersion } = object.metadata
    const key = keyOf(resource, namespace ?? '', name)
    const before = shelf.objects.get(key)
    if (before === undefined) throw notFound(resource, name)
    if (resourceVersion !== undefined && resourceVersion !== before.metadata.resourceVersion) {
      throw conflict(resource, name)
    }
    if (isSame(before, object)) return copyOf(before)
    return this.#put(shelf, key, object, 'MODIFIED')
  }

  /** @throws ApiError NotFound */
  remove(resource: Resource, namespace: string, name: string): KubernetesObject {
    const shelf = this.#shelf(resource)
    const key = keyOf(resource, namespace, name)
    const object = shelf.objects.get(key)
    if (object === undefined) throw notFound(resource, name)
    shelf.objects.delete(key)
    object.metadata.resourceVersion = String(++this.#revision)
    this.#tell(shelf, { type: 'DELETED', object })
    return copyOf(object)
  }

  watch(resource: Resource): Watch {
    const shelf = this.#shelf(resource)
    const watch = new Watch((closed) => shelf.watches.delete(closed))
    shelf.watches.add(watch)
    return watch
  }

  #put(shelf: Shelf, key: string, object: KubernetesObject, type: 'ADDED' | 'MODIFIED'): KubernetesObject {
    const stored = copyOf(object)
    stored.metadata.resourceVersion = String(++this.#revision)
    shelf.objects.set(key, stored)
    this.#tell(shelf, { type, object: stored })
    return copyOf(stored)
  }

  #tell(shelf: Shelf, event: WatchEvent): void {
    for (const watch of shelf.watches) watch.push({ type: event.type, object: copyOf(event.object) })
    this.changed.wake()
  }

  #shelf(resource: Resource): Shelf {
    const known = this.#shelves.get(resource.name)
    if (known !== undefined) return known
    const shelf: Shelf = { resource, objects: new Map(), watches: new Set() }
    this.#shelves.set(resource.name, shelf)
    return shelf
  }
}

/** The row of a kind that the control plane itself works with. */
export function resource(name: string): Resource {
  const found = findResource(name)
  if (found === undefined) throw new RangeError(`there is no resource ${name}`)
  return found
}

function keyOf(resource: Resource, namespace: string, name: string): string {
  return resource.namespaced ? `${namespace}/${name}` : name
}

/** Equal but for the resource version: such an update changes nothing, and gets no new version. */
function isSame(before: KubernetesObject, after: KubernetesObject): boolean {
  const bare = ({ metadata, ...rest }: KubernetesObject): string =>
    JSON.stringify(withSortedKeys({ ...rest, metadata: { ...metadata, resourceVersion: '' } }))
  return bare(before) === bare(after)
}
