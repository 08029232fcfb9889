// Liveness, readiness and startup probes: asked at their periods, the answers counted. pkg/kubelet/prober
import type { ContainerSpec, Pod, Probe } from './objects.ts'
import type { EventRecorder } from './events.ts'
import { resource } from './store.ts'
import type { Container } from '../docker/container.ts'
import type { Daemon } from '../docker/daemon.ts'
import { execCreate, execInspect, execStart } from '../docker/exec.ts'
import { EngineError } from '../docker/errors.ts'
import { containerStop } from '../docker/kill.ts'
import { delay, type Work } from '../docker/threads.ts'

type ProbeKind = 'startup' | 'liveness' | 'readiness'

const words: Readonly<Record<ProbeKind, string>> = { startup: 'Startup', liveness: 'Liveness', readiness: 'Readiness' }

export class Prober {
  readonly #daemon: Daemon
  readonly #events: EventRecorder
  readonly #notReady = new Map<string, Set<string>>()
  readonly #changed: (uid: string) => void

  /** @param changed is told the UID of a pod whose readiness has changed */
  constructor(daemon: Daemon, events: EventRecorder, changed: (uid: string) => void) {
    this.#daemon = daemon
    this.#events = events
    this.#changed = changed
  }

  /** Names of a pod's containers whose readiness probe has not succeeded. */
  notReady(uid: string): ReadonlySet<string> {
    return this.#notReady.get(uid) ?? new Set()
  }

  /** Probes a container that has just been started, until it ends. */
  start(pod: Pod, spec: ContainerSpec, container: Container): void {
    const uid = pod.metadata.uid ?? ''
    this.#set(uid, spec.name, spec.readinessProbe === undefined)
    const probes: [ProbeKind, Probe | undefined][] = [
      ['liveness', spec.livenessProbe],
      ['readiness', spec.readinessProbe],
    ]
    for (const [kind, probe] of probes) {
      if (probe?.exec !== undefined) this.#daemon.background(this.#loop(pod, spec, container, kind, probe))
      else if (kind === 'readiness' && probe !== undefined) this.#set(uid, spec.name, true)
    }
  }

  *#loop(pod: Pod, spec: ContainerSpec, container: Container, kind: ProbeKind, probe: Probe): Work<void> {
    const uid = pod.metadata.uid ?? ''
    let failures = 0
    let successes = 0
    yield* delay(this.#daemon.kernel.clock, (probe.initialDelaySeconds ?? 0) * 1e6 + 500_000)
    while (container.state.running && !container.removed) {
      const failure = yield* this.#ask(container, probe)
      if (!container.state.running) return
      if (failure === undefined) {
        successes += 1
        failures = 0
        if (kind === 'readiness' && successes >= probe.successThreshold) this.#tell(uid, spec.name, true)
      } else {
        failures += 1
        successes = 0
        const path = `spec.containers{${spec.name}}`
        this.#events.record(
          resource('pods'),
          pod,
          'Warning',
          'Unhealthy',
          `${words[kind]} probe failed: ${failure}`,
          path,
        )
        if (failures >= probe.failureThreshold) {
          if (kind === 'readiness') this.#tell(uid, spec.name, false)
          else {
            const message = `Container ${spec.name} failed liveness probe, will be restarted`
            this.#events.record(resource('pods'), pod, 'Normal', 'Killing', message, path)
            yield* containerStop(this.#daemon, container.id, { timeout: pod.spec.terminationGracePeriodSeconds })
            return
          }
        }
      }
      yield* delay(this.#daemon.kernel.clock, probe.periodSeconds * 1e6)
    }
  }

  /** Undefined when it answered well, else what it said. */
  *#ask(container: Container, probe: Probe): Work<string | undefined> {
    const command = probe.exec?.command ?? []
    try {
      const { Id } = execCreate(this.#daemon, container.id, { Cmd: command, AttachStdout: true, AttachStderr: true })
      yield* execStart(this.#daemon, Id, { detach: true })
      const end = this.#daemon.now() + probe.timeoutSeconds * 1e6
      while (execInspect(this.#daemon, Id).Running && this.#daemon.now() < end) {
        yield* delay(this.#daemon.kernel.clock, 10_000)
      }
      const { ExitCode } = execInspect(this.#daemon, Id)
      return ExitCode === 0 || ExitCode === null ? undefined : ''
    } catch (error) {
      if (error instanceof EngineError) return error.message
      throw error
    }
  }

  #tell(uid: string, name: string, isReady: boolean): void {
    if (this.#set(uid, name, isReady)) this.#changed(uid)
  }

  /** Whether that changed anything. */
  #set(uid: string, name: string, isReady: boolean): boolean {
    const names = this.#notReady.get(uid) ?? new Set<string>()
    this.#notReady.set(uid, names)
    const before = !names.has(name)
    if (isReady) names.delete(name)
    else names.add(name)
    return before !== isReady
  }
}
