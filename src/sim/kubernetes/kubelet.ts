// The kubelet: a worker for each pod of the node, and the relist that tells the workers what their containers do (PLEG).
import type { ApiServer } from './api-server.ts'
import { Backoff } from './backoff.ts'
import type { ContainerRuntime } from './container-runtime.ts'
import { type Controller, WorkQueue } from './controller.ts'
import { EventRecorder } from './events.ts'
import type { Pod } from './objects.ts'
import { KubeletProcess } from './kubelet-process.ts'
import { type Node, PodWorker } from './pod-worker.ts'
import { Prober } from './prober.ts'
import { isEqual } from './patch.ts'
import { labels, runtimeOf } from './runtime-state.ts'
import { resource, type WatchEvent } from './store.ts'
import type { Container } from '../docker/container.ts'
import type { Daemon } from '../docker/daemon.ts'
import { sleepOn, type Work } from '../docker/threads.ts'
import { WaitQueue } from '../kernel/wait-queue.ts'

const pods = resource('pods')

/** Microseconds between two looks at all containers: a change is noticed at the next full period. */
const relistPeriod = 1e6

export interface KubeletOptions {
  readonly name: string
  /** The node's address, `hostIP` of its pods. */
  readonly address: string
  readonly containerRuntime: ContainerRuntime
  readonly deletionLag: number
  /** Its command line in ps. */
  readonly flags: readonly string[]
}

export class Kubelet implements Controller {
  readonly queue = new WorkQueue()
  readonly process: KubeletProcess
  readonly #node: Node
  readonly #workers = new Map<string, PodWorker>()
  /** The node's pods by UID, as they stand in the store. */
  readonly #pods = new Map<string, Pod>()
  /** What changed while the process did not run. */
  readonly #missed = new Set<string>()
  readonly #phase: number

  constructor(api: ApiServer, daemon: Daemon, options: KubeletOptions) {
    const events = new EventRecorder(api, 'kubelet', { host: options.name })
    this.#phase = daemon.now() % relistPeriod
    this.process = new KubeletProcess(daemon.kernel, options.flags)
    this.#node = {
      api,
      daemon,
      events,
      ...options,
      backoff: new Backoff(),
      running: () => this.process.running(),
      process: () => this.process.process,
      prober: new Prober({
        daemon,
        events,
        process: () => this.process.process,
        changed: (uid) => this.#workers.get(uid)?.poke(),
      }),
      appeared: new WaitQueue(),
    }
    api.store.listen(pods, (event) => this.#onPod(event))
  }

  /** Of its node. */
  get name(): string {
    return this.#node.name
  }

  /** A worker for a pod that is new on the node; the others are told that their pod has changed. */
  reconcile(uid: string): void {
    if (!this.process.runs) {
      this.#missed.add(uid)
      return
    }
    const pod = this.#pods.get(uid)
    const worker = this.#workers.get(uid)
    if (pod === undefined) worker?.poke()
    else if (worker === undefined) this.#start(pod, uid)
    else if (this.#hasChanged(pod)) worker.poke()
  }

  #onPod({ type, object }: WatchEvent): void {
    const pod = object as Pod
    if (pod.spec.nodeName !== this.#node.name) return
    const uid = pod.metadata.uid ?? ''
    if (type === 'DELETED') this.#pods.delete(uid)
    else this.#pods.set(uid, pod)
    this.queue.add(uid)
  }

  #start(pod: Pod, uid: string): void {
    const worker = new PodWorker(this.#node, pod)
    this.#workers.set(uid, worker)
    const workers = this.#workers
    const seen = this.#seen
    this.#node.daemon.background(
      (function* work(): Work<void> {
        yield* worker.run()
        workers.delete(uid)
        seen.delete(uid)
      })(),
    )
  }

  readonly #seen = new Map<string, Pod>()

  /** The status is the kubelet's own: only the rest of the object is news. */
  #hasChanged(pod: Pod): boolean {
    const uid = pod.metadata.uid ?? ''
    const before = this.#seen.get(uid)
    this.#seen.set(uid, pod)
    if (before === undefined) return true
    const bare = ({ metadata, spec }: Pod): unknown => [{ ...metadata, resourceVersion: '' }, spec]
    return !isEqual(bare(before), bare(pod))
  }

  /** Looks at everything anew each time that the process has been started again. */
  *restarts(): Work<void> {
    for (;;) {
      yield* sleepOn([this.process.started])
      for (const worker of this.#workers.values()) worker.poke()
      for (const uid of this.#missed) this.queue.add(uid)
      this.#missed.clear()
    }
  }

  /** The pod lifecycle event generator: looks at all containers each second in which anything happened. */
  *relist(): Work<void> {
    const { daemon, appeared } = this.#node
    const known = new Map<string, string>()
    for (;;) {
      const queues = [...this.#containers()].map(({ changed }) => changed)
      yield* sleepOn([...queues, appeared])
      const now = daemon.now()
      yield* sleepOn([], now + relistPeriod - ((now - this.#phase) % relistPeriod))
      yield* this.process.running()
      const changed = this.#differences(known)
      for (const uid of changed) this.#workers.get(uid)?.poke()
    }
  }

  /** All that run or have run for the node's pods. */
  *#containers(): Iterable<Container> {
    for (const uid of this.#workers.keys()) {
      const { sandboxes, containers } = runtimeOf(this.#node.daemon, uid)
      yield* sandboxes
      yield* containers
    }
  }

  #differences(known: Map<string, string>): Set<string> {
    const changed = new Set<string>()
    const present = new Set<string>()
    for (const container of this.#containers()) {
      const uid = container.config.Labels[labels.uid] ?? ''
      present.add(container.id)
      const state = `${uid} ${container.state.running} ${container.exits}`
      if (known.get(container.id) !== state) changed.add(uid)
      known.set(container.id, state)
    }
    for (const [id, state] of known) {
      if (present.has(id)) continue
      changed.add(state.split(' ', 1).join(''))
      known.delete(id)
    }
    return changed
  }
}
