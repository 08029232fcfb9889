// The ReplicaSet controller: as many pods as asked for. pkg/controller/replicaset
import type { ApiServer } from './api-server.ts'
import { EventRecorder } from './events.ts'
import type { Pod, ReplicaSet } from './objects.ts'
import { type Controller, fromKey, keyOf, WorkQueue } from './controller.ts'
import { controlledBy, controllerKey, controllerOf, controllerReference } from './owners.ts'
import { isActive, isReady } from './pod-conditions.ts'
import { podFromTemplate } from './pod-template.ts'
import { matchesLabels, requirementsOf } from './selectors.ts'
import { resource } from './store.ts'

const replicaSets = resource('replicasets')
const pods = resource('pods')

export class ReplicaSetController implements Controller {
  readonly queue = new WorkQueue()
  readonly #api: ApiServer
  /** Pods that nobody controls. */
  readonly #orphans = new Map<string, Pod>()
  readonly #events: EventRecorder

  constructor(api: ApiServer) {
    this.#api = api
    this.#events = new EventRecorder(api, 'replicaset-controller')
    api.store.listen(replicaSets, ({ object }) => this.queue.add(keyOf(object)))
    api.store.listen(pods, ({ object, type }) => this.#onPod(object as Pod, type === 'DELETED'))
  }

  reconcile(key: string): void {
    const { namespace, name } = fromKey(key)
    const set = this.#api.store.peek(replicaSets, namespace, name) as ReplicaSet | undefined
    if (set !== undefined && set.metadata.deletionTimestamp === undefined) this.#sync(set)
  }

  /** A pod concerns its controller, or, where it has none, each set that would adopt it. */
  #onPod(pod: Pod, isGone: boolean): void {
    const key = keyOf(pod)
    const owner = controllerKey(pod, replicaSets)
    this.#orphans.delete(key)
    if (owner !== undefined) this.queue.add(owner)
    else if (controllerOf(pod) === undefined && !isGone) {
      this.#orphans.set(key, pod)
      for (const set of this.#api.store.each(replicaSets, pod.metadata.namespace)) this.queue.add(keyOf(set))
    }
  }

  #sync(set: ReplicaSet): void {
    const active = this.#claim(set).filter(isActive)
    const wanted = set.spec.replicas
    if (active.length < wanted) {
      for (let count = active.length; count < wanted; count++) this.#createPod(set)
    } else if (active.length > wanted) {
      for (const pod of active.toSorted(firstToGo).slice(0, active.length - wanted)) {
        this.#api.delete(pods, pod.metadata.namespace ?? '', pod.metadata.name)
        this.#events.record(replicaSets, set, 'Normal', 'SuccessfulDelete', `Deleted pod: ${pod.metadata.name}`)
      }
    }
    this.#updateStatus(set)
  }

  /** The pods of the set; one that matches and that nobody controls is adopted. */
  #claim(set: ReplicaSet): Pod[] {
    const requirements = requirementsOf(set.spec.selector)
    const claimed: Pod[] = []
    for (const pod of controlledBy<Pod>(this.#api.store, pods, set)) {
      if (matchesLabels(requirements, pod.metadata.labels)) claimed.push(pod)
      else this.#release(pod, set)
    }
    for (const pod of this.#orphans.values()) {
      const isHere = pod.metadata.namespace === set.metadata.namespace
      if (!isHere || !isActive(pod) || !matchesLabels(requirements, pod.metadata.labels)) continue
      const owners = [...(pod.metadata.ownerReferences ?? []), controllerReference(replicaSets, set)]
      claimed.push(
        this.#api.updateStatus(pods, { ...pod, metadata: { ...pod.metadata, ownerReferences: owners } }) as Pod,
      )
    }
    return claimed
  }

  #release(pod: Pod, set: ReplicaSet): void {
    const { ownerReferences, ...metadata } = pod.metadata
    const rest = ownerReferences?.filter(({ uid }) => uid !== set.metadata.uid) ?? []
    const owners = rest.length === 0 ? {} : { ownerReferences: rest }
    this.#api.updateStatus(pods, { ...pod, metadata: { ...metadata, ...owners } })
  }

  #createPod(set: ReplicaSet): void {
    const pod = podFromTemplate(set, set.spec.template, [controllerReference(replicaSets, set)])
    const created = this.#api.create(pods, pod)
    this.#events.record(replicaSets, set, 'Normal', 'SuccessfulCreate', `Created pod: ${created.metadata.name}`)
  }

  #updateStatus(set: ReplicaSet): void {
    const all = controlledBy<Pod>(this.#api.store, pods, set).filter(isActive)
    const ready = all.filter(isReady).length
    const status: ReplicaSet['status'] = {
      ...(ready > 0 ? { availableReplicas: ready } : {}),
      ...(all.length > 0 ? { fullyLabeledReplicas: all.length } : {}),
      observedGeneration: set.metadata.generation ?? 1,
      ...(ready > 0 ? { readyReplicas: ready } : {}),
      replicas: all.length,
    }
    this.#api.updateStatus(replicaSets, { ...set, status })
  }
}

/** Which pods go first: not scheduled, not running, not ready, the newest. controller.ActivePods */
function firstToGo(a: Pod, b: Pod): number {
  const rank = (pod: Pod): number[] => [
    pod.spec.nodeName === undefined ? 0 : 1,
    pod.status.phase === 'Pending' ? 0 : 1,
    isReady(pod) ? 1 : 0,
    -Date.parse(pod.metadata.creationTimestamp ?? ''),
  ]
  const [left, right] = [rank(a), rank(b)]
  for (const [at, value] of left.entries()) {
    const other = right[at] ?? 0
    if (value !== other) return value - other
  }
  return a.metadata.name < b.metadata.name ? -1 : 1
}
