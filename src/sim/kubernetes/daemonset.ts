// The DaemonSet controller: one pod on each node that takes it. pkg/controller/daemon
import type { ApiServer } from './api-server.ts'
import { type Controller, fromKey, keyOf, WorkQueue } from './controller.ts'
import { EventRecorder } from './events.ts'
import { namedNodes } from './node-affinity.ts'
import type { NodeObject } from './node-lifecycle.ts'
import type { DaemonSet, Pod } from './objects.ts'
import { controlledBy, controllerKey, controllerReference } from './owners.ts'
import { isActive, isReady } from './pod-conditions.ts'
import { podFromTemplate } from './pod-template.ts'
import { resource } from './store.ts'
import { templateHash } from './template-hash.ts'

const daemonSets = resource('daemonsets')
const nodes = resource('nodes')
const pods = resource('pods')
const hashLabel = 'controller-revision-hash'

/** What the pods of a DaemonSet stay through. */
const tolerated = [
  { effect: 'NoExecute', key: 'node.kubernetes.io/not-ready' },
  { effect: 'NoExecute', key: 'node.kubernetes.io/unreachable' },
  { effect: 'NoSchedule', key: 'node.kubernetes.io/disk-pressure' },
  { effect: 'NoSchedule', key: 'node.kubernetes.io/memory-pressure' },
  { effect: 'NoSchedule', key: 'node.kubernetes.io/pid-pressure' },
  { effect: 'NoSchedule', key: 'node.kubernetes.io/unschedulable' },
]

export class DaemonSetController implements Controller {
  readonly queue = new WorkQueue()
  readonly #api: ApiServer
  readonly #events: EventRecorder

  constructor(api: ApiServer) {
    this.#api = api
    this.#events = new EventRecorder(api, 'daemonset-controller')
    api.store.listen(daemonSets, ({ object }) => this.queue.add(keyOf(object)))
    api.store.listen(nodes, () => {
      for (const set of api.store.each(daemonSets)) this.queue.add(keyOf(set))
    })
    api.store.listen(pods, ({ object }) => {
      const owner = controllerKey(object, daemonSets)
      if (owner !== undefined) this.queue.add(owner)
    })
  }

  reconcile(key: string): void {
    const { namespace, name } = fromKey(key)
    const set = this.#api.store.peek(daemonSets, namespace, name)
    if (set !== undefined && set.metadata.deletionTimestamp === undefined) this.#syncOne(set as DaemonSet)
  }

  #syncOne(set: DaemonSet): void {
    const hash = templateHash(set.spec.template)
    const wanted = ([...this.#api.store.each(nodes)] as NodeObject[]).filter((node) => takes(node, set))
    const own = this.#pods(set)
    for (const pod of own) {
      const isWanted = wanted.some(({ metadata }) => metadata.name === nodeOf(pod))
      if (!isActive(pod) && pod.metadata.deletionTimestamp !== undefined) continue
      if (!isWanted || ['Succeeded', 'Failed'].includes(pod.status.phase)) this.#delete(set, pod)
    }
    for (const node of wanted) {
      const there = own.filter((pod) => nodeOf(pod) === node.metadata.name)
      if (there.length === 0) this.#create(set, node.metadata.name, hash)
    }
    if (set.spec.updateStrategy.type === 'RollingUpdate') this.#roll(set, hash, wanted.length)
    this.#updateStatus(set, hash, wanted)
  }

  /** As many old pods at once as may be unavailable. */
  #roll(set: DaemonSet, hash: string, desired: number): void {
    const own = this.#pods(set)
    const allowed = amount(set.spec.updateStrategy.rollingUpdate?.maxUnavailable ?? 1, desired)
    let unavailable = desired - own.filter(isReady).length
    for (const pod of own) {
      if (pod.metadata.labels?.[hashLabel] === hash || !isActive(pod)) continue
      if (isReady(pod)) {
        if (unavailable >= allowed) continue
        unavailable += 1
      }
      this.#delete(set, pod)
    }
  }

  #create(set: DaemonSet, nodeName: string, hash: string): void {
    const pod = podFromTemplate(set, set.spec.template, [controllerReference(daemonSets, set)])
    pod.metadata.labels = {
      ...pod.metadata.labels,
      [hashLabel]: hash,
      'pod-template-generation': String(set.metadata.generation ?? 1),
    }
    pod.spec['affinity'] = {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [nodeName] }] }],
        },
      },
    }
    const more = set.spec.template.spec.hostNetwork
      ? [{ effect: 'NoSchedule', key: 'node.kubernetes.io/network-unavailable' }]
      : []
    pod.spec.tolerations = [
      ...(pod.spec.tolerations ?? []),
      ...[...tolerated, ...more].map((each) => ({ ...each, operator: 'Exists' })),
    ]
    const created = this.#api.create(pods, pod)
    this.#events.record(daemonSets, set, 'Normal', 'SuccessfulCreate', `Created pod: ${created.metadata.name}`)
  }

  #delete(set: DaemonSet, pod: Pod): void {
    this.#api.delete(pods, pod.metadata.namespace ?? '', pod.metadata.name)
    this.#events.record(daemonSets, set, 'Normal', 'SuccessfulDelete', `Deleted pod: ${pod.metadata.name}`)
  }

  #pods(set: DaemonSet): Pod[] {
    return controlledBy<Pod>(this.#api.store, pods, set)
  }

  #updateStatus(set: DaemonSet, hash: string, wanted: readonly NodeObject[]): void {
    const own = this.#pods(set).filter(({ metadata }) => metadata.deletionTimestamp === undefined)
    const ready = own.filter(isReady).length
    const updated = own.filter(({ metadata }) => metadata.labels?.[hashLabel] === hash).length
    const status: DaemonSet['status'] = {
      currentNumberScheduled: own.length,
      desiredNumberScheduled: wanted.length,
      ...(ready > 0 ? { numberAvailable: ready } : {}),
      numberMisscheduled: 0,
      numberReady: ready,
      ...(ready < wanted.length ? { numberUnavailable: wanted.length - ready } : {}),
      observedGeneration: set.metadata.generation ?? 1,
      ...(updated > 0 ? { updatedNumberScheduled: updated } : {}),
    }
    const present = this.#api.store.peek(daemonSets, set.metadata.namespace ?? '', set.metadata.name) ?? set
    this.#api.updateStatus(daemonSets, { ...present, status })
  }
}

/** The node that its affinity names, whether bound yet or not. */
function nodeOf(pod: Pod): string | undefined {
  return pod.spec.nodeName ?? namedNodes(pod)?.[0]
}

function takes(node: NodeObject, set: DaemonSet): boolean {
  const { spec } = set.spec.template
  const selects = Object.entries(spec.nodeSelector ?? {}).every(([key, value]) => node.metadata.labels?.[key] === value)
  const tolerates = (node.spec.taints ?? [])
    .filter(({ effect }) => effect !== 'PreferNoSchedule')
    .every(
      ({ key, effect }) =>
        tolerated.some((each) => each.key === key && each.effect === effect) ||
        key === 'node.kubernetes.io/unreachable' ||
        (spec.tolerations ?? []).some((each) => each.key === undefined || each.key === key),
    )
  return selects && tolerates
}

/** A number, or a part of all in per cent, rounded up. */
function amount(value: number | string, all: number): number {
  return typeof value === 'number' ? value : Math.ceil((Number.parseFloat(value) / 100) * all)
}
