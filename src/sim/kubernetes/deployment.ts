// The Deployment controller: a ReplicaSet for each template, and rolling from one to the next. pkg/controller/deployment
import type { ApiServer } from './api-server.ts'
import { type Controller, fromKey, keyOf, WorkQueue } from './controller.ts'
import { EventRecorder } from './events.ts'
import { copyOf, type Deployment, type DeploymentCondition, type KubernetesObject, type ReplicaSet } from './objects.ts'
import { controlledBy, controllerKey, controllerReference } from './owners.ts'
import { isEqual } from './patch.ts'
import { resource } from './store.ts'
import { templateHash } from './template-hash.ts'

const deployments = resource('deployments')
const replicaSets = resource('replicasets')

export const revisionAnnotation = 'deployment.kubernetes.io/revision'
const hashLabel = 'pod-template-hash'

export class DeploymentController implements Controller {
  readonly queue = new WorkQueue()
  readonly #api: ApiServer
  readonly #events: EventRecorder

  constructor(api: ApiServer) {
    this.#api = api
    this.#events = new EventRecorder(api, 'deployment-controller')
    api.store.listen(deployments, ({ object }) => this.queue.add(keyOf(object)))
    api.store.listen(replicaSets, ({ object }) => {
      const owner = controllerKey(object, deployments)
      if (owner !== undefined) this.queue.add(owner)
    })
  }

  reconcile(key: string): void {
    const { namespace, name } = fromKey(key)
    const deployment = this.#api.store.find(deployments, namespace, name)
    if (deployment !== undefined && deployment.metadata.deletionTimestamp === undefined) {
      this.#syncOne(deployment as Deployment)
    }
  }

  #syncOne(deployment: Deployment): void {
    const all = replicaSetsOf(this.#api, deployment)
    if (deployment.spec.paused) return this.#updateStatus(deployment, all)
    const fresh = this.#newReplicaSet(deployment, all)
    const old = replicaSetsOf(this.#api, deployment).filter((set) => set.metadata.uid !== fresh.metadata.uid)
    if (deployment.spec.strategy.type === 'Recreate') this.#recreate(deployment, fresh, old)
    else this.#roll(deployment, fresh, old)
    this.#cleanUp(deployment, old)
    this.#updateStatus(deployment, replicaSetsOf(this.#api, deployment))
  }

  /** The ReplicaSet of the present template; an old one of the same template becomes the new one again. */
  #newReplicaSet(deployment: Deployment, all: readonly ReplicaSet[]): ReplicaSet {
    const revision = String(Math.max(0, ...all.map(revisionOf)) + 1)
    const found = findNewReplicaSet(deployment, all)
    if (found !== undefined) {
      const newest = all.every((set) => set === found || revisionOf(set) < revisionOf(found))
      if (!newest) this.#annotate(replicaSets, found, { [revisionAnnotation]: revision })
      this.#setRevision(deployment, newest ? String(revisionOf(found)) : revision)
      return this.#api.get(replicaSets, found.metadata.namespace ?? '', found.metadata.name) as ReplicaSet
    }
    const hash = templateHash(deployment.spec.template)
    const labels = { ...deployment.spec.template.metadata.labels, [hashLabel]: hash }
    const { replicas } = deployment.spec
    const { maxSurge } = limits(deployment)
    const total = all.reduce((sum, set) => sum + set.spec.replicas, 0)
    const room = deployment.spec.strategy.type === 'Recreate' && total > 0 ? 0 : replicas + maxSurge - total
    const first = Math.max(0, Math.min(replicas, room))
    const created = this.#api.create(replicaSets, {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name: `${deployment.metadata.name}-${hash}`,
        namespace: deployment.metadata.namespace ?? 'default',
        labels,
        annotations: {
          'deployment.kubernetes.io/desired-replicas': String(replicas),
          'deployment.kubernetes.io/max-replicas': String(replicas + maxSurge),
          [revisionAnnotation]: revision,
        },
        ownerReferences: [controllerReference(deployments, deployment)],
      },
      spec: {
        replicas: first,
        selector: {
          ...deployment.spec.selector,
          matchLabels: { ...deployment.spec.selector.matchLabels, [hashLabel]: hash },
        },
        template: {
          ...deployment.spec.template,
          metadata: { ...deployment.spec.template.metadata, labels },
        },
      },
      status: { replicas: 0 },
    }) as ReplicaSet
    this.#setRevision(deployment, revision)
    if (first > 0) this.#tellScale(deployment, created, 'up')
    return created
  }

  #setRevision(deployment: Deployment, revision: string): void {
    if (deployment.metadata.annotations?.[revisionAnnotation] === revision) return
    this.#annotate(deployments, deployment, { [revisionAnnotation]: revision })
    const stored = this.#api.get(deployments, deployment.metadata.namespace ?? '', deployment.metadata.name)
    Object.assign(deployment, stored)
  }

  #annotate(kind: typeof deployments, object: KubernetesObject, annotations: Record<string, string>): void {
    object.metadata.annotations = { ...object.metadata.annotations, ...annotations }
    this.#api.updateStatus(kind, object)
  }

  #roll(deployment: Deployment, fresh: ReplicaSet, old: readonly ReplicaSet[]): void {
    const { replicas } = deployment.spec
    const { maxSurge, maxUnavailable } = limits(deployment)
    const total = [fresh, ...old].reduce((sum, set) => sum + set.spec.replicas, 0)
    if (fresh.spec.replicas > replicas) this.#scale(deployment, fresh, replicas)
    else if (fresh.spec.replicas < replicas) {
      const room = Math.max(0, replicas + maxSurge - total)
      this.#scale(deployment, fresh, fresh.spec.replicas + Math.min(room, replicas - fresh.spec.replicas))
    }
    const present = this.#api.get(replicaSets, fresh.metadata.namespace ?? '', fresh.metadata.name) as ReplicaSet
    this.#scaleDownOld(deployment, present, old, replicas - maxUnavailable)
  }

  #scaleDownOld(deployment: Deployment, fresh: ReplicaSet, old: readonly ReplicaSet[], minimum: number): void {
    const running = old.filter((set) => set.spec.replicas > 0).toSorted(byAge)
    if (running.length === 0) return
    const total = [fresh, ...old].reduce((sum, set) => sum + set.spec.replicas, 0)
    const unavailable = fresh.spec.replicas - (fresh.status.availableReplicas ?? 0)
    let room = total - minimum - unavailable
    if (room <= 0) return
    // What never became available goes first.
    for (const set of running) {
      const broken = Math.min(room, set.spec.replicas - (set.status.availableReplicas ?? 0))
      if (broken <= 0) continue
      this.#scale(deployment, set, set.spec.replicas - broken)
      room -= broken
    }
    const available = [fresh, ...old].reduce((sum, set) => sum + (set.status.availableReplicas ?? 0), 0)
    let surplus = available - minimum
    for (const set of running) {
      if (surplus <= 0) break
      const down = Math.min(surplus, set.spec.replicas)
      this.#scale(deployment, set, set.spec.replicas - down)
      surplus -= down
    }
  }

  #recreate(deployment: Deployment, fresh: ReplicaSet, old: readonly ReplicaSet[]): void {
    for (const set of old) this.#scale(deployment, set, 0)
    const isGone = old.every((set) => set.status.replicas === 0)
    if (isGone) this.#scale(deployment, fresh, deployment.spec.replicas)
  }

  #scale(deployment: Deployment, set: ReplicaSet, replicas: number): void {
    if (set.spec.replicas === replicas) return
    const direction = replicas > set.spec.replicas ? 'up' : 'down'
    set.spec.replicas = replicas
    const { maxSurge } = limits(deployment)
    set.metadata.annotations = {
      ...set.metadata.annotations,
      'deployment.kubernetes.io/desired-replicas': String(deployment.spec.replicas),
      'deployment.kubernetes.io/max-replicas': String(deployment.spec.replicas + maxSurge),
    }
    Object.assign(set, this.#api.update(replicaSets, set))
    this.#tellScale(deployment, set, direction)
  }

  #tellScale(deployment: Deployment, set: ReplicaSet, direction: 'up' | 'down'): void {
    const message = `Scaled ${direction} replica set ${set.metadata.name} to ${set.spec.replicas}`
    this.#events.record(deployments, deployment, 'Normal', 'ScalingReplicaSet', message)
  }

  #cleanUp(deployment: Deployment, old: readonly ReplicaSet[]): void {
    const empty = old.filter((set) => set.spec.replicas === 0 && set.status.replicas === 0)
    const surplus = empty.length - deployment.spec.revisionHistoryLimit
    const oldest = empty.toSorted((a, b) => revisionOf(a) - revisionOf(b))
    for (const set of oldest.slice(0, Math.max(0, surplus))) {
      this.#api.delete(replicaSets, set.metadata.namespace ?? '', set.metadata.name)
    }
  }

  #updateStatus(deployment: Deployment, all: readonly ReplicaSet[]): void {
    const present = this.#api.store.peek(deployments, deployment.metadata.namespace ?? '', deployment.metadata.name)
    if (present === undefined) return
    const fresh = findNewReplicaSet(deployment, all)
    const sum = (field: 'replicas' | 'readyReplicas' | 'availableReplicas'): number =>
      all.reduce((count, set) => count + (set.status[field] ?? 0), 0)
    const available = sum('availableReplicas')
    const unavailable = Math.max(0, all.reduce((count, set) => count + set.spec.replicas, 0) - available)
    const status: Deployment['status'] = {
      ...(available > 0 ? { availableReplicas: available } : {}),
      conditions: this.#conditions(present as Deployment, fresh, available),
      observedGeneration: deployment.metadata.generation ?? 1,
      ...(sum('readyReplicas') > 0 ? { readyReplicas: sum('readyReplicas') } : {}),
      ...(sum('replicas') > 0 ? { replicas: sum('replicas') } : {}),
      ...(unavailable > 0 ? { unavailableReplicas: unavailable } : {}),
      ...((fresh?.status.replicas ?? 0) > 0 ? { updatedReplicas: fresh?.status.replicas ?? 0 } : {}),
    }
    this.#api.updateStatus(deployments, { ...present, status })
  }

  #conditions(deployment: Deployment, fresh: ReplicaSet | undefined, available: number): DeploymentCondition[] {
    const { replicas } = deployment.spec
    const { maxUnavailable } = limits(deployment)
    const isAvailable = available >= replicas - maxUnavailable
    const name = fresh?.metadata.name ?? ''
    const isComplete =
      fresh?.status.replicas === replicas &&
      (fresh.status.availableReplicas ?? 0) === replicas &&
      (deployment.status.replicas ?? 0) === replicas
    const availability = isAvailable
      ? (['True', 'MinimumReplicasAvailable', 'Deployment has minimum availability.'] as const)
      : (['False', 'MinimumReplicasUnavailable', 'Deployment does not have minimum availability.'] as const)
    const known = deployment.status.conditions?.find(({ type }) => type === 'Progressing')
    const progress =
      isComplete || (known?.reason === 'NewReplicaSetAvailable' && known.message.includes(`"${name}"`))
        ? (['True', 'NewReplicaSetAvailable', `ReplicaSet "${name}" has successfully progressed.`] as const)
        : (['True', 'ReplicaSetUpdated', `ReplicaSet "${name}" is progressing.`] as const)
    const make = (type: string, [status, reason, message]: readonly ['True' | 'False', string, string]) => {
      const before = deployment.status.conditions?.find((each) => each.type === type)
      const now = this.#api.now()
      const isUnchanged = before?.status === status && before.reason === reason
      return {
        lastTransitionTime: before?.status === status ? before.lastTransitionTime : now,
        lastUpdateTime: isUnchanged ? before.lastUpdateTime : now,
        message,
        reason,
        status,
        type,
      }
    }
    return [make('Available', availability), make('Progressing', progress)]
  }
}

/** The ReplicaSets that a deployment controls. */
export function replicaSetsOf(api: ApiServer, deployment: KubernetesObject): ReplicaSet[] {
  return controlledBy<ReplicaSet>(api.store, replicaSets, deployment).map(copyOf)
}

/** The one whose template is the deployment's present one. */
export function findNewReplicaSet(deployment: Deployment, all: readonly ReplicaSet[]): ReplicaSet | undefined {
  const bare = (template: ReplicaSet['spec']['template']): unknown => {
    const { [hashLabel]: _hash, ...labels } = template.metadata.labels ?? {}
    return { ...template, metadata: { ...template.metadata, labels } }
  }
  return all.find((set) => isEqual(bare(set.spec.template), bare(deployment.spec.template)))
}

export function revisionOf(object: KubernetesObject): number {
  return Number(object.metadata.annotations?.[revisionAnnotation] ?? 0)
}

function byAge(a: ReplicaSet, b: ReplicaSet): number {
  return revisionOf(a) - revisionOf(b)
}

/** The surge is rounded up, the unavailable down, and not both are 0. */
export function limits(deployment: Deployment): { maxSurge: number; maxUnavailable: number } {
  const { replicas, strategy } = deployment.spec
  if (strategy.type === 'Recreate') return { maxSurge: 0, maxUnavailable: replicas }
  const of = (value: number | string | undefined, round: (share: number) => number): number => {
    const percent = /^(\d+)%$/.exec(String(value ?? '25%'))?.[1]
    return percent === undefined ? Number(value) : round((Number(percent) * replicas) / 100)
  }
  const maxSurge = of(strategy.rollingUpdate?.maxSurge, Math.ceil)
  const maxUnavailable = of(strategy.rollingUpdate?.maxUnavailable, Math.floor)
  return { maxSurge, maxUnavailable: maxSurge === 0 && maxUnavailable === 0 ? 1 : maxUnavailable }
}
