// The scheduler: finds a node for a pod and binds it, or says why none takes it. pkg/scheduler
import type { ApiServer } from './api-server.ts'
import { type Controller, fromKey, keyOf, WorkQueue } from './controller.ts'
import { EventRecorder } from './events.ts'
import { namedNodes } from './node-affinity.ts'
import type { NodeObject } from './node-lifecycle.ts'
import { copyOf, type Pod } from './objects.ts'
import { isActive, podCondition, setPodCondition } from './pod-conditions.ts'
import { parseQuantity } from './quantity.ts'
import { resource, type WatchEvent } from './store.ts'

const pods = resource('pods')
const nodes = resource('nodes')
const amounts = ['cpu', 'memory'] as const

type Amounts = Readonly<Record<(typeof amounts)[number], number>>

export class Scheduler implements Controller {
  readonly queue = new WorkQueue()
  readonly #api: ApiServer
  readonly #events: EventRecorder
  /** What each node runs, by the pods' keys: the scheduler's cache. */
  readonly #load = new Map<string, Map<string, Amounts>>()
  /** Pods that no node takes. */
  readonly #unschedulable = new Set<string>()

  /** @param host of the control plane, part of what its events say of their origin */
  constructor(api: ApiServer, host: string) {
    this.#api = api
    this.#events = new EventRecorder(api, 'default-scheduler', {
      instance: `default-scheduler-${host}`,
      action: 'Binding',
    })
    api.store.listen(pods, (event) => this.#onPod(event))
    api.store.listen(nodes, () => this.#retry())
  }

  reconcile(key: string): void {
    const { namespace, name } = fromKey(key)
    const pod = this.#api.store.peek(pods, namespace, name) as Pod | undefined
    if (pod !== undefined && pod.spec.nodeName === undefined && isActive(pod)) this.#schedule(copyOf(pod))
  }

  #onPod({ type, object }: WatchEvent): void {
    const pod = object as Pod
    const key = keyOf(pod)
    const { nodeName } = pod.spec
    const isGone = type === 'DELETED' || ['Succeeded', 'Failed'].includes(pod.status.phase)
    if (nodeName === undefined) {
      this.#unschedulable.delete(key)
      if (!isGone && podCondition(pod, 'PodScheduled')?.reason === 'Unschedulable') this.#unschedulable.add(key)
      else if (!isGone) this.queue.add(key)
      return
    }
    const load = this.#loadOf(nodeName)
    if (!isGone) {
      if (!load.has(key)) load.set(key, requested(pod))
    } else if (load.delete(key)) this.#retry()
  }

  /** Something has become free, or different. */
  #retry(): void {
    for (const key of this.#unschedulable) this.queue.add(key)
  }

  #loadOf(node: string): Map<string, Amounts> {
    const load = this.#load.get(node) ?? new Map<string, Amounts>()
    this.#load.set(node, load)
    return load
  }

  #schedule(pod: Pod): void {
    const all = [...this.#api.store.each(nodes)] as NodeObject[]
    const reasons = all.map((node) => this.#whyNot(pod, node))
    const fitting = all.filter((_, at) => reasons[at] === undefined)
    const [node] = fitting.toSorted((a, b) => this.#loadOf(a.metadata.name).size - this.#loadOf(b.metadata.name).size)
    if (node === undefined) return this.#refuse(pod, all.length, reasons)
    pod.spec.nodeName = node.metadata.name
    setPodCondition(pod, this.#api.now(), 'PodScheduled', true)
    this.#api.updateStatus(pods, pod)
    const { namespace, name } = pod.metadata
    const message = `Successfully assigned ${namespace}/${name} to ${node.metadata.name}`
    this.#events.record(pods, pod, 'Normal', 'Scheduled', message)
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

  #whyNot(pod: Pod, node: NodeObject): string | undefined {
    if (node.spec.unschedulable) return 'node(s) were unschedulable'
    const taint = (node.spec.taints ?? []).find((each) => !tolerates(pod, each))
    if (taint !== undefined) return `node(s) had taint {${taint.key}: }, that the pod didn't tolerate`
    const wanted = Object.entries(pod.spec.nodeSelector ?? {})
    const isNamed = namedNodes(pod)?.includes(node.metadata.name) ?? true
    if (!wanted.every(([key, value]) => node.metadata.labels?.[key] === value) || !isNamed) {
      return `node(s) didn't match Pod's node affinity`
    }
    const load = this.#loadOf(node.metadata.name)
    const allocatable = node.status.allocatable ?? {}
    if (load.size >= Number(allocatable['pods'] ?? Infinity)) return 'Too many pods'
    const asked = requested(pod)
    for (const name of amounts) {
      if (asked[name] === 0) continue
      const used = [...load.values()].reduce((sum, each) => sum + each[name], 0)
      if (used + asked[name] > parseQuantity(allocatable[name] ?? '0')) return `Insufficient ${name}`
    }
    return undefined
  }
}

function tolerates(pod: Pod, taint: { key: string; effect: string }): boolean {
  if (taint.effect === 'PreferNoSchedule') return true
  return (pod.spec.tolerations ?? []).some(
    ({ key, effect }) => (key === undefined || key === taint.key) && (effect === undefined || effect === taint.effect),
  )
}

function requested(pod: Pod): Amounts {
  const sum = (name: (typeof amounts)[number]): number =>
    pod.spec.containers.reduce((total, { resources }) => {
      const amount = resources.requests?.[name] ?? resources.limits?.[name]
      return total + (amount === undefined ? 0 : parseQuantity(amount))
    }, 0)
  return { cpu: sum('cpu'), memory: sum('memory') }
}
