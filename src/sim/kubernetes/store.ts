// The store of all objects, as etcd behind the API server: resource versions, conflicts, watches. No rule of a kind lives here.
import { copyOf, type KubernetesObject } from './objects.ts'
import { alreadyExists, conflict, notFound } from './errors.ts'
import { isEqual } from './patch.ts'
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

/** Told at once of each change. The object is the store's own, and frozen. */
export type Listener = (event: WatchEvent) => void

interface Shelf {
  readonly resource: Resource
  readonly objects: Map<string, KubernetesObject>
  /** The same by namespace; empty for kinds that have none. */
  readonly byNamespace: Map<string, Map<string, KubernetesObject>>
  readonly watches: Set<Watch>
  readonly listeners: Set<Listener>
}

/** Where an object stands. */
export interface ObjectPlace {
  readonly resource: Resource
  readonly object: KubernetesObject
}

/**
 * Holds objects, frozen. `get`, `find` and `list` give copies that may be changed; `peek`, `each`, `owned` and what a
 * change gives are the stored objects themselves.
 */
export class Store {
  /** Woken at each change: what waits for any. */
  readonly changed = new WaitQueue()
  readonly #shelves = new Map<string, Shelf>()
  /** By the UID of an owner, what it owns, by shelf and key. */
  readonly #owned = new Map<string, Map<string, ObjectPlace>>()
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

  /** A copy. */
  find(resource: Resource, namespace: string, name: string): KubernetesObject | undefined {
    const found = this.peek(resource, namespace, name)
    return found === undefined ? undefined : copyOf(found)
  }

  peek(resource: Resource, namespace: string, name: string): KubernetesObject | undefined {
    return this.#shelf(resource).objects.get(keyOf(resource, namespace, name))
  }

  /** In no order. Undefined for the namespace: all. */
  each(resource: Resource, namespace?: string): Iterable<KubernetesObject> {
    const { objects, byNamespace } = this.#shelf(resource)
    if (namespace === undefined || !resource.namespaced) return objects.values()
    return byNamespace.get(namespace)?.values() ?? []
  }

  /** What the object of this UID owns, in the order in which it came to own it. */
  owned(uid: string | undefined): ObjectPlace[] {
    return [...(this.#owned.get(uid ?? '')?.values() ?? [])]
  }

  /**
   * Copies, by namespace and name, as etcd's keys are sorted. Undefined for the namespace: all.
   * @param matches which of them; it sees the stored objects
   */
  list(
    resource: Resource,
    namespace?: string,
    matches: (object: KubernetesObject) => boolean = () => true,
  ): KubernetesObject[] {
    const found: [key: string, object: KubernetesObject][] = []
    for (const object of this.each(resource, namespace)) {
      if (matches(object)) found.push([keyOf(resource, object.metadata.namespace ?? '', object.metadata.name), object])
    }
    found.sort(([a], [b]) => (a < b ? -1 : 1))
    return found.map(([, object]) => copyOf(object))
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
    if (isSame(before, object)) return before
    this.#disown(shelf, key, before, object)
    return this.#put(shelf, key, object, 'MODIFIED')
  }

  /** Gives what it was at its end. @throws ApiError NotFound */
  remove(resource: Resource, namespace: string, name: string): KubernetesObject {
    const shelf = this.#shelf(resource)
    const key = keyOf(resource, namespace, name)
    const object = shelf.objects.get(key)
    if (object === undefined) throw notFound(resource, name)
    shelf.objects.delete(key)
    shelf.byNamespace.get(namespace)?.delete(key)
    this.#disown(shelf, key, object)
    const resourceVersion = String(++this.#revision)
    const last = frozen({ ...object, metadata: { ...object.metadata, resourceVersion } })
    this.#tell(shelf, { type: 'DELETED', object: last })
    return copyOf(last)
  }

  watch(resource: Resource): Watch {
    const shelf = this.#shelf(resource)
    const watch = new Watch((closed) => shelf.watches.delete(closed))
    shelf.watches.add(watch)
    return watch
  }

  /** Tells of each change of a kind, for as long as the store lives; first of what is there, as added. */
  listen(resource: Resource, listener: Listener): void {
    const shelf = this.#shelf(resource)
    shelf.listeners.add(listener)
    for (const object of shelf.objects.values()) listener({ type: 'ADDED', object })
  }

  #put(shelf: Shelf, key: string, object: KubernetesObject, type: 'ADDED' | 'MODIFIED'): KubernetesObject {
    const resourceVersion = String(++this.#revision)
    const stored = frozen({ ...object, metadata: { ...object.metadata, resourceVersion } })
    shelf.objects.set(key, stored)
    const { namespace, ownerReferences = [] } = stored.metadata
    if (shelf.resource.namespaced) entryOf(shelf.byNamespace, namespace ?? '').set(key, stored)
    const place = { resource: shelf.resource, object: stored }
    for (const { uid } of ownerReferences) entryOf(this.#owned, uid).set(`${shelf.resource.name}/${key}`, place)
    this.#tell(shelf, { type, object: stored })
    return stored
  }

  /** @param after what it becomes: who owns that too goes on owning it */
  #disown(shelf: Shelf, key: string, before: KubernetesObject, after?: KubernetesObject): void {
    const kept = new Set(after?.metadata.ownerReferences?.map(({ uid }) => uid))
    for (const { uid } of before.metadata.ownerReferences ?? []) {
      if (kept.has(uid)) continue
      const owned = this.#owned.get(uid)
      owned?.delete(`${shelf.resource.name}/${key}`)
      if (owned?.size === 0) this.#owned.delete(uid)
    }
  }

  #tell(shelf: Shelf, event: WatchEvent): void {
    for (const watch of shelf.watches) watch.push({ type: event.type, object: copyOf(event.object) })
    for (const listener of shelf.listeners) listener(event)
    this.changed.wake()
  }

  #shelf(resource: Resource): Shelf {
    const known = this.#shelves.get(resource.name)
    if (known !== undefined) return known
    const shelf: Shelf = {
      resource,
      objects: new Map(),
      byNamespace: new Map(),
      watches: new Set(),
      listeners: new Set(),
    }
    this.#shelves.set(resource.name, shelf)
    return shelf
  }
}

function entryOf<Value>(map: Map<string, Map<string, Value>>, key: string): Map<string, Value> {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = new Map<string, Value>()
  map.set(key, made)
  return made
}

/** A copy that can no longer be changed, nor what is in it; parts that are frozen already are shared. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  const copy = Array.isArray(value) ? value.map(frozen) : mapped(value)
  return Object.freeze(copy) as T
}

function mapped(value: object): object {
  const copy: Record<string, unknown> = {}
  for (const [key, member] of Object.entries(value)) if (member !== undefined) copy[key] = frozen(member)
  return copy
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
  const { resourceVersion } = before.metadata
  const version = resourceVersion === undefined ? {} : { resourceVersion }
  return isEqual(before, { ...after, metadata: { ...after.metadata, ...version } })
}
