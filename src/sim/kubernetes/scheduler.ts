// The scheduler: finds a node for a pod and binds it. One node here, so what it does is to say why a pod does not fit.
import type { ApiServer } from './api-server.ts'
import { EventRecorder } from './events.ts'
import type { NodeObject } from './node-lifecycle.ts'
import type { KubernetesObject, Pod } from './objects.ts'
import { isActive, podCondition, setPodCondition } from './pod-conditions.ts'
import { parseQuantity } from './quantity.ts'
import { resource } from './store.ts'

const pods = resource('pods')
const nodes = resource('nodes')

export class Scheduler {
  readonly #api: ApiServer
  readonly #events: EventRecorder

  constructor(api: ApiServer) {
    this.#api = api
    this.#events = new EventRecorder(api, 'default-scheduler')
  }

  sync(): void {
    for (const object of this.#api.list(pods)) {
      const pod = object as Pod
      if (pod.spec.nodeName === undefined && isActive(pod)) this.#schedule(pod)
    }
  }

  #schedule(pod: Pod): void {
    const all = this.#api.list(nodes)
    const reasons = all.map((node) => this.#whyNot(pod, node))
    const node = all[reasons.indexOf(undefined)]
    if (node === undefined) return this.#refuse(pod, all.length, reasons)
    pod.spec.nodeName = node.metadata.name
    setPodCondition(pod, this.#api.now(), 'PodScheduled', true)
    this.#api.updateStatus(pods, pod)
    const { namespace, name } = pod.metadata
    this.#events.record(
      pods,
      pod,
      'Normal',
      'Scheduled',
      `Successfully assigned ${namespace}/${name} to ${node.metadata.name}`,
    )
  }

  #refuse(pod: Pod, count: number, reasons: readonly (string | undefined)[]): void {
    const counts = new Map<string, number>()
    for (const reason of reasons) if (reason !== undefined) counts.set(reason, (counts.get(reason) ?? 0) + 1)
    const list = [...counts]
      .map(([reason, times]) => `${times} ${reason}`)
      .toSorted()
      .join(', ')
    const message = `0/${count} nodes are available: ${list}.`
    if (podCondition(pod, 'PodScheduled')?.message === message) return
    setPodCondition(pod, this.#api.now(), 'PodScheduled', false, { reason: 'Unschedulable', message })
    this.#api.updateStatus(pods, pod)
    this.#events.record(pods, pod, 'Warning', 'FailedScheduling', message)
  }

  #whyNot(pod: Pod, node: KubernetesObject): string | undefined {
    const isUnschedulable = (node['spec'] as { unschedulable?: boolean } | undefined)?.unschedulable
    if (isUnschedulable) return 'node(s) were unschedulable'
    const taint = ((node as NodeObject).spec.taints ?? []).find((each) => !tolerates(pod, each))
    if (taint !== undefined) return `node(s) had taint {${taint.key}: }, that the pod didn't tolerate`
    const wanted = Object.entries(pod.spec.nodeSelector ?? {})
    if (!wanted.every(([key, value]) => node.metadata.labels?.[key] === value)) {
      return `node(s) didn't match Pod's node affinity`
    }
    for (const name of ['cpu', 'memory'] as const) {
      const free = this.#free(node, name)
      if (requested(pod, name) > free) return `Insufficient ${name}`
    }
    return undefined
  }

  #free(node: KubernetesObject, name: 'cpu' | 'memory'): number {
    const status = node['status'] as { allocatable?: Record<string, string> } | undefined
    const used = this.#api
      .list(pods, { fieldSelector: `spec.nodeName=${node.metadata.name}` })
      .map((object) => object as Pod)
      .filter((pod) => !['Succeeded', 'Failed'].includes(pod.status.phase))
      .reduce((sum, pod) => sum + requested(pod, name), 0)
    return parseQuantity(status?.allocatable?.[name] ?? '0') - used
  }
}

function tolerates(pod: Pod, taint: { key: string; effect: string }): boolean {
  if (taint.effect === 'PreferNoSchedule') return true
  return (pod.spec.tolerations ?? []).some(
    ({ key, effect }) => (key === undefined || key === taint.key) && (effect === undefined || effect === taint.effect),
  )
}

function requested(pod: Pod, name: 'cpu' | 'memory'): number {
  return pod.spec.containers.reduce((sum, { resources }) => {
    const amount = resources.requests?.[name] ?? resources.limits?.[name]
    return sum + (amount === undefined ? 0 : parseQuantity(amount))
  }, 0)
}
