// Liveness, readiness and startup probes: a worker for each, that asks at its period and counts the answers. pkg/kubelet/prober/worker.go
import type { EventRecorder } from './events.ts'
import { runHandler } from './handlers.ts'
import type { ContainerSpec, Pod, Probe } from './objects.ts'
import { addressOf, instancesOf, runtimeOf } from './runtime-state.ts'
import { resource } from './store.ts'
import type { Container } from '../docker/container.ts'
import type { Daemon } from '../docker/daemon.ts'
import { sleepOn, type Work } from '../docker/threads.ts'
import type { Process } from '../kernel/process.ts'
import { WaitQueue } from '../kernel/wait-queue.ts'

type ProbeKind = 'startup' | 'liveness' | 'readiness'

const kinds: Readonly<Record<ProbeKind, { word: string; field: 'startupProbe' | 'livenessProbe' | 'readinessProbe' }>> =
  {
    startup: { word: 'Startup', field: 'startupProbe' },
    readiness: { word: 'Readiness', field: 'readinessProbe' },
    liveness: { word: 'Liveness', field: 'livenessProbe' },
  }
const kindNames: readonly ProbeKind[] = ['startup', 'readiness', 'liveness']

/** The first look comes somewhere in the first period; here always in its middle. */
const firstLook = 0.5

interface Result {
  /** Whose result it is: each start of a container has its own. */
  containerId: string
  is: 'success' | 'failure' | 'unknown'
}

/** What the kubelet itself shows through. */
export interface ProberHost {
  readonly daemon: Daemon
  readonly events: EventRecorder
  /** The kubelet's present process. */
  process(): Process
  /** Told the UID of a pod with a new result. */
  changed(uid: string): void
}

export class Prober {
  readonly #host: ProberHost
  readonly #results = new Map<string, Result>()
  readonly #stops = new Map<string, WaitQueue>()

  constructor(host: ProberHost) {
    this.#host = host
  }

  /** Begins to probe the containers of a pod that is new on the node. */
  add(pod: Pod): void {
    const uid = pod.metadata.uid ?? ''
    if (this.#stops.has(uid)) return
    this.#stops.set(uid, new WaitQueue())
    for (const spec of pod.spec.containers) {
      for (const kind of kindNames) {
        const probe = spec[kinds[kind].field]
        if (probe === undefined) continue
        this.#results.set(keyOf(uid, spec.name, kind), { containerId: '', is: 'unknown' })
        this.#host.daemon.background(this.#work(pod, spec, kind, probe))
      }
    }
  }

  /** Ends the probes of a pod. */
  remove(uid: string): void {
    this.#stops.get(uid)?.wake()
    this.#stops.delete(uid)
    for (const key of this.#results.keys()) if (key.startsWith(`${uid}/`)) this.#results.delete(key)
  }

  /** Whether a running container has passed its startup probe, and its readiness probe. */
  status(uid: string, name: string, containerId: string): { readonly started: boolean; readonly ready: boolean } {
    const passed = (kind: ProbeKind): boolean => {
      const result = this.#results.get(keyOf(uid, name, kind))
      return result === undefined || (result.containerId === containerId && result.is === 'success')
    }
    const started = passed('startup')
    return { started, ready: started && passed('readiness') }
  }

  /** The probe for which a running container has to be killed. */
  failed(uid: string, name: string, containerId: string): 'liveness' | 'startup' | undefined {
    return (['liveness', 'startup'] as const).find((kind) => {
      const result = this.#results.get(keyOf(uid, name, kind))
      return result?.containerId === containerId && result.is === 'failure'
    })
  }

  *#work(pod: Pod, spec: ContainerSpec, kind: ProbeKind, probe: Probe): Work<void> {
    const { daemon } = this.#host
    const uid = pod.metadata.uid ?? ''
    const result = this.#results.get(keyOf(uid, spec.name, kind))
    const period = probe.periodSeconds * 1e6
    const count = { of: 'unknown', run: 0 }
    let isOnHold = false
    if (result === undefined) return
    for (let next = daemon.now() + period * firstLook; ; next += period) {
      while (daemon.now() < next) {
        const stop = this.#stops.get(uid)
        if (stop === undefined) return
        yield* sleepOn([stop], next)
      }
      const container = instancesOf(runtimeOf(daemon, uid), spec.name)[0]
      if (container === undefined || !container.state.running) continue
      if (result.containerId !== container.id) {
        Object.assign(result, { containerId: container.id, is: kind === 'liveness' ? 'success' : 'unknown' })
        isOnHold = false
        count.run = 0
      }
      const age = daemon.now() - (container.state.startedAt ?? daemon.now())
      if (isOnHold || age < (probe.initialDelaySeconds ?? 0) * 1e6) continue
      const isStarted = this.status(uid, spec.name, container.id).started
      // A startup probe is done once it has passed; the other two wait for it.
      if (kind === 'startup' ? isStarted : !isStarted) continue
      const answer = yield* this.#ask(pod, spec, container, kind, probe)
      if (!this.#stops.has(uid) || !container.state.running) continue
      count.run = count.of === answer ? count.run + 1 : 1
      count.of = answer
      if (count.run < (answer === 'failure' ? probe.failureThreshold : probe.successThreshold)) continue
      const isNews = result.is !== answer
      result.is = answer
      if (answer === 'failure' && kind !== 'readiness') {
        isOnHold = true
        count.run = 0
      }
      if (isNews) this.#host.changed(uid)
    }
  }

  *#ask(
    pod: Pod,
    spec: ContainerSpec,
    container: Container,
    kind: ProbeKind,
    probe: Probe,
  ): Work<'success' | 'failure'> {
    const { daemon, events } = this.#host
    const [sandbox] = runtimeOf(daemon, pod.metadata.uid ?? '').sandboxes
    const address = pod.spec.hostNetwork ? (pod.status.hostIP ?? '') : addressOf(sandbox)
    const place = { daemon, process: this.#host.process(), container, spec, address }
    const outcome = yield* runHandler(place, probe, probe.timeoutSeconds)
    if (outcome.ok) return 'success'
    const message = `${kinds[kind].word} probe failed: ${outcome.output}`
    events.record(resource('pods'), pod, 'Warning', 'Unhealthy', message, `spec.containers{${spec.name}}`)
    return 'failure'
  }
}

function keyOf(uid: string, name: string, kind: ProbeKind): string {
  return `${uid}/${name}/${kind}`
}
