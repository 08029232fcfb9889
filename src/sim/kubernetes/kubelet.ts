// The kubelet: a worker for each pod of the node, and the relist that tells the workers what their containers do (PLEG).
import type { ApiServer } from './api-server.ts'
import { Backoff } from './backoff.ts'
import { EventRecorder } from './events.ts'
import type { Pod } from './objects.ts'
import { KubeletProcess } from './kubelet-process.ts'
import { type Node, PodWorker } from './pod-worker.ts'
import { Prober } from './prober.ts'
import { labels } from './runtime-state.ts'
import { resource } from './store.ts'
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
  readonly deletionLag: number
  /** Its command line in ps. */
  readonly flags: readonly string[]
}

export class Kubelet {
  readonly process: KubeletProcess
  readonly #node: Node
  readonly #workers = new Map<string, PodWorker>()
  readonly #phase: number

  constructor(api: ApiServer, daemon: Daemon, options: KubeletOptions) {
    const events = new EventRecorder(api, 'kubelet', options.name)
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
  }

  /** Starts workers for what is new on the node, and tells the others that their pod has changed. */
  sync(): void {
    if (!this.process.runs) return
    const seen = new Set<string>()
    for (const object of this.#node.api.list(pods)) {
      const pod = object as Pod
      if (pod.spec.nodeName !== this.#node.name) continue
      const uid = pod.metadata.uid ?? ''
      seen.add(uid)
      if (!this.#workers.has(uid)) this.#start(pod, uid)
      else if (this.#hasChanged(pod)) this.#workers.get(uid)?.poke()
    }
    for (const [uid, worker] of this.#workers) if (!seen.has(uid)) worker.poke()
  }

  #start(pod: Pod, uid: string): void {
    const worker = new PodWorker(this.#node, pod)
    this.#workers.set(uid, worker)
    const workers = this.#workers
    this.#node.daemon.background(
      (function* work(): Work<void> {
        yield* worker.run()
        workers.delete(uid)
      })(),
    )
  }

  readonly #specs = new Map<string, string>()

  /** The status is the kubelet's own: only the rest of the object is news. */
  #hasChanged(pod: Pod): boolean {
    const { resourceVersion: _, ...metadata } = pod.metadata
    const text = JSON.stringify([metadata, pod.spec])
    const uid = pod.metadata.uid ?? ''
    const isNew = this.#specs.get(uid) !== text
    this.#specs.set(uid, text)
    return isNew
  }

  /** Looks at everything anew each time that the process has been started again. */
  *restarts(): Work<void> {
    for (;;) {
      yield* sleepOn([this.process.started])
      for (const worker of this.#workers.values()) worker.poke()
      this.sync()
    }
  }

  /** The pod lifecycle event generator: looks at all containers each second in which anything happened. */
  *relist(): Work<void> {
    const { daemon, appeared } = this.#node
    const known = new Map<string, string>()
    for (;;) {
      const queues = [...daemon.containers.values()]
        .filter(({ config }) => config.Labels[labels.uid] !== undefined)
        .map(({ changed }) => changed)
      yield* sleepOn([...queues, appeared])
      const now = daemon.now()
      yield* sleepOn([], now + relistPeriod - ((now - this.#phase) % relistPeriod))
      yield* this.process.running()
      const changed = this.#differences(known)
      for (const uid of changed) this.#workers.get(uid)?.poke()
    }
  }

  #differences(known: Map<string, string>): Set<string> {
    const changed = new Set<string>()
    const present = new Set<string>()
    for (const container of this.#node.daemon.containers.values()) {
      const uid = container.config.Labels[labels.uid]
      if (uid === undefined) continue
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
