// The node lifecycle controller: a node whose kubelet is silent is marked, and what runs there is given up after its toleration. pkg/controller/nodelifecycle
import type { ApiServer } from './api-server.ts'
import { healthyConditions } from './bootstrap.ts'
import { EventRecorder } from './events.ts'
import type { KubeletProcess } from './kubelet-process.ts'
import type { KubernetesObject, Pod } from './objects.ts'
import { isReady, setPodCondition } from './pod-conditions.ts'
import { resource } from './store.ts'
import type { Work } from '../docker/threads.ts'
import type { Clock } from '../kernel/clock.ts'

const nodes = resource('nodes')
const pods = resource('pods')
const unreachable = 'node.kubernetes.io/unreachable'

/** Microseconds without a heartbeat after which the node counts as lost (--node-monitor-grace-period). */
const gracePeriod = 40e6

interface Taint {
  effect: string
  key: string
  timeAdded?: string
}

interface NodeCondition {
  type: string
  status: string
  reason: string
  message: string
  lastHeartbeatTime: string
  lastTransitionTime: string
}

export interface NodeObject extends KubernetesObject {
  spec: { taints?: Taint[]; unschedulable?: boolean }
  status: { allocatable?: Record<string, string>; conditions: NodeCondition[] }
}

export class NodeLifecycleController {
  readonly #api: ApiServer
  readonly #clock: Clock
  readonly #kubelet: KubeletProcess
  readonly #name: string
  readonly #events: EventRecorder
  readonly #nodeEvents: EventRecorder

  /** @param name of the node on which the kubelet runs */
  constructor(api: ApiServer, clock: Clock, kubelet: KubeletProcess, name: string) {
    this.#api = api
    this.#clock = clock
    this.#kubelet = kubelet
    this.#name = name
    this.#events = new EventRecorder(api, 'node-controller')
    this.#nodeEvents = new EventRecorder(api, 'kubelet', { host: name })
  }

  *run(): Work<void> {
    for (;;) {
      yield* this.#kubelet.ended()
      const isBack = yield* this.#kubelet.runningBefore(this.#clock.now() + gracePeriod)
      if (!isBack) yield* this.#lost()
      this.#recovered(!isBack)
    }
  }

  *#lost(): Work<void> {
    const since = this.#clock.now()
    this.#changeNode((node) => {
      for (const condition of node.status.conditions) {
        Object.assign(condition, {
          status: 'Unknown',
          reason: 'NodeStatusUnknown',
          message: 'Kubelet stopped posting node status.',
          lastTransitionTime: this.#api.now(),
        })
      }
      const timeAdded = this.#api.now()
      node.spec.taints = [
        { effect: 'NoSchedule', key: unreachable, timeAdded },
        { effect: 'NoExecute', key: unreachable, timeAdded },
      ]
    })
    const node = this.#api.get(nodes, '', this.#name)
    this.#events.record(nodes, node, 'Normal', 'NodeNotReady', `Node ${this.#name} status is now: NodeNotReady`)
    for (const pod of this.#pods()) {
      if (!isReady(pod)) continue
      setPodCondition(pod, this.#api.now(), 'Ready', false)
      this.#api.updateStatus(pods, pod)
      this.#events.record(pods, pod, 'Warning', 'NodeNotReady', 'Node is not ready')
    }
    yield* this.#evict(since)
  }

  /** Pods are deleted when their toleration of the taint is over; their objects stay until the kubelet has ended them. */
  *#evict(since: number): Work<void> {
    const evictor = new EventRecorder(this.#api, 'taint-controller')
    for (;;) {
      const waiting = this.#pods()
        .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
        .map((pod) => ({ pod, at: since + toleration(pod) * 1e6 }))
        .filter(({ at }) => at < Infinity)
        .toSorted((a, b) => a.at - b.at)
      const [first] = waiting
      if (first === undefined) {
        yield* this.#kubelet.running()
        return
      }
      if (yield* this.#kubelet.runningBefore(first.at)) return
      const { namespace = '', name } = first.pod.metadata
      const message = `Marking for deletion Pod ${namespace}/${name}`
      evictor.record(pods, first.pod, 'Normal', 'TaintManagerEviction', message)
      this.#api.delete(pods, namespace, name)
    }
  }

  #recovered(wasLost: boolean): void {
    this.#changeNode((node) => {
      const now = this.#api.now()
      for (const condition of node.status.conditions) {
        const healthy = healthyConditions.find(({ type }) => type === condition.type)
        const isAsBefore = healthy === undefined || healthy.status === condition.status
        const lastTransitionTime = isAsBefore ? condition.lastTransitionTime : now
        Object.assign(condition, healthy, { lastTransitionTime, lastHeartbeatTime: now })
      }
      delete node.spec.taints
    })
    const node = this.#api.get(nodes, '', this.#name)
    this.#nodeEvents.record(nodes, node, 'Normal', 'Starting', 'Starting kubelet.')
    if (wasLost) {
      this.#nodeEvents.record(nodes, node, 'Normal', 'NodeReady', `Node ${this.#name} status is now: NodeReady`)
    }
  }

  #changeNode(change: (node: NodeObject) => void): void {
    const node = this.#api.get(nodes, '', this.#name) as NodeObject
    change(node)
    this.#api.updateStatus(nodes, node)
  }

  #pods(): Pod[] {
    return this.#api.list(pods, { fieldSelector: `spec.nodeName=${this.#name}` }) as Pod[]
  }
}

/** Seconds that a pod stays on an unreachable node; Infinity for one that tolerates it for ever. */
function toleration(pod: Pod): number {
  const matching = (pod.spec.tolerations ?? []).filter(
    ({ key, effect }) => (key === undefined || key === unreachable) && (effect === undefined || effect === 'NoExecute'),
  )
  if (matching.length === 0) return 0
  return Math.min(...matching.map(({ tolerationSeconds }) => tolerationSeconds ?? Infinity))
}
