// The ReplicaSet controller: as many pods as asked for. pkg/controller/replicaset
import type { ApiServer } from './api-server.ts'
import { EventRecorder } from './events.ts'
import type { Pod, ReplicaSet } from './objects.ts'
import { controllerOf, controllerReference, isControlledBy } from './owners.ts'
import { isActive, isReady } from './pod-conditions.ts'
import { podFromTemplate } from './pod-template.ts'
import { matchesLabels, requirementsOf } from './selectors.ts'
import { resource } from './store.ts'

const replicaSets = resource('replicasets')
const pods = resource('pods')

export class ReplicaSetController {
  readonly #api: ApiServer
  readonly #events: EventRecorder

  constructor(api: ApiServer) {
    this.#api = api
    this.#events = new EventRecorder(api, 'replicaset-controller')
  }

  sync(): void {
    for (const object of this.#api.list(replicaSets)) {
      if (object.metadata.deletionTimestamp === undefined) this.#syncOne(object as ReplicaSet)
    }
  }

  #syncOne(set: ReplicaSet): void {
    const active = this.#claim(set).filter(isActive)
    const wanted = set.spec.replicas
    if (active.length < wanted) {
      for (let count = active.length; count < wanted; count++) active.push(this.#createPod(set))
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
    for (const object of this.#api.list(pods, { namespace: set.metadata.namespace ?? '' })) {
      const pod = object as Pod
      const matches = matchesLabels(requirements, pod.metadata.labels)
      if (isControlledBy(pod, set)) {
        if (matches) claimed.push(pod)
        else this.#release(pod, set)
      } else if (matches && controllerOf(pod) === undefined && isActive(pod)) {
        pod.metadata.ownerReferences = [...(pod.metadata.ownerReferences ?? []), controllerReference(replicaSets, set)]
        claimed.push(this.#api.updateStatus(pods, pod) as Pod)
      }
    }
    return claimed
  }

  #release(pod: Pod, set: ReplicaSet): void {
    pod.metadata.ownerReferences = pod.metadata.ownerReferences?.filter(({ uid }) => uid !== set.metadata.uid) ?? []
    if (pod.metadata.ownerReferences.length === 0) delete pod.metadata.ownerReferences
    this.#api.updateStatus(pods, pod)
  }

  #createPod(set: ReplicaSet): Pod {
    const pod = podFromTemplate(set, set.spec.template, [controllerReference(replicaSets, set)])
    const created = this.#api.create(pods, pod) as Pod
    this.#events.record(replicaSets, set, 'Normal', 'SuccessfulCreate', `Created pod: ${created.metadata.name}`)
    return created
  }

  #updateStatus(set: ReplicaSet): void {
    const all = this.#api
      .list(pods, { namespace: set.metadata.namespace ?? '' })
      .map((object) => object as Pod)
      .filter((pod) => isControlledBy(pod, set) && isActive(pod))
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
