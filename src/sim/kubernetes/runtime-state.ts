// What the container runtime holds for a pod: its sandboxes and containers, found by their labels, as dockershim finds them.
import type { Container } from '../docker/container.ts'
import type { Daemon } from '../docker/daemon.ts'

export const labels = {
  kind: 'io.kubernetes.docker.type',
  container: 'io.kubernetes.container.name',
  pod: 'io.kubernetes.pod.name',
  namespace: 'io.kubernetes.pod.namespace',
  uid: 'io.kubernetes.pod.uid',
  sandbox: 'io.kubernetes.sandbox.id',
  /** Of a sandbox, for a runtime that speaks CRI: `POD` where containers join its PID namespace. */
  pidMode: 'io.kubernetes.sandbox.pid-mode',
  hash: 'annotation.io.kubernetes.container.hash',
  restarts: 'annotation.io.kubernetes.container.restartCount',
} as const

export interface PodRuntime {
  /** Newest first. */
  readonly sandboxes: readonly Container[]
  /** Of all names, newest first. */
  readonly containers: readonly Container[]
}

/** The containers of each pod, in the order in which they were made. */
const known = new WeakMap<Daemon, Map<string, Container[]>>()

/** The kubelet has made a container for a pod. */
export function remember(daemon: Daemon, container: Container): void {
  const pods = known.get(daemon) ?? new Map<string, Container[]>()
  known.set(daemon, pods)
  const uid = container.config.Labels[labels.uid] ?? ''
  pods.set(uid, [...livingOf(daemon, uid), container])
}

function livingOf(daemon: Daemon, uid: string): Container[] {
  return (
    known
      .get(daemon)
      ?.get(uid)
      ?.filter(({ removed }) => !removed) ?? []
  )
}

/** A pod is gone, and all that it had. */
export function forget(daemon: Daemon, uid: string): void {
  known.get(daemon)?.delete(uid)
}

export function runtimeOf(daemon: Daemon, uid: string): PodRuntime {
  const own = livingOf(daemon, uid).toReversed()
  return {
    sandboxes: own.filter(({ config }) => config.Labels[labels.kind] === 'podsandbox'),
    containers: own.filter(({ config }) => config.Labels[labels.kind] === 'container'),
  }
}

/** The instances of one container of the spec, newest first. */
export function instancesOf(runtime: PodRuntime, name: string): readonly Container[] {
  return runtime.containers.filter(({ config }) => config.Labels[labels.container] === name)
}

export function restartCountOf(container: Container): number {
  return Number(container.config.Labels[labels.restarts] ?? 0)
}

/** Sandbox attempt, the last number of its name. */
export function attemptOf(sandbox: Container): number {
  return Number(/_(\d+)$/.exec(sandbox.name)?.[1] ?? 0)
}

/** The address of a sandbox that runs; empty with the host's network. */
export function addressOf(sandbox: Container | undefined): string {
  if (sandbox === undefined || !sandbox.state.running) return ''
  for (const endpoint of sandbox.endpoints.values()) if (endpoint.address !== '') return endpoint.address
  return ''
}
