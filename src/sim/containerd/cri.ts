// The engine's containers in the words of the CRI, k8s.io/cri-api/pkg/apis/runtime/v1/api.proto: sandboxes, and the containers in them.
import type { Container } from '../docker/container.ts'
import type { Daemon } from '../docker/daemon.ts'
import { attemptOf, labels, restartCountOf } from '../kubernetes/runtime-state.ts'
import { isSandbox, sandboxIdOf } from './profile.ts'

export type ContainerStateName = 'Created' | 'Running' | 'Exited' | 'Unknown'

/** Newest first. */
export function podSandboxes(daemon: Daemon): Container[] {
  return newestFirst(daemon, isSandbox)
}

/** Newest first; without the sandboxes. */
export function criContainers(daemon: Daemon): Container[] {
  return newestFirst(daemon, (container) => !isSandbox(container))
}

function newestFirst(daemon: Daemon, test: (container: Container) => boolean): Container[] {
  return [...daemon.containers.values()].filter(test).toReversed()
}

export function sandboxOf(daemon: Daemon, container: Container): Container | undefined {
  return daemon.containers.get(sandboxIdOf(container))
}

export function stateOf(container: Container): ContainerStateName {
  if (container.state.running) return 'Running'
  return container.state.startedAt === undefined && container.state.error === '' ? 'Created' : 'Exited'
}

/** A sandbox is ready while its process runs. */
export function isReady(sandbox: Container): boolean {
  return sandbox.state.running
}

export interface Metadata {
  readonly name: string
  readonly attempt: number
  readonly namespace: string
  readonly podName: string
  readonly uid: string
}

/** Who it is for the kubelet: a sandbox's name is its pod's. */
export function metadataOf(container: Container): Metadata {
  const { Labels } = container.config
  const podName = Labels[labels.pod] ?? ''
  return {
    podName,
    name: isSandbox(container) ? podName : (Labels[labels.container] ?? ''),
    attempt: isSandbox(container) ? attemptOf(container) : restartCountOf(container),
    namespace: Labels[labels.namespace] ?? '',
    uid: Labels[labels.uid] ?? '',
  }
}

/** What the kubelet keeps among the labels for itself, and a CRI runtime has elsewhere. */
const notCri: ReadonlySet<string> = new Set([
  labels.kind,
  labels.sandbox,
  labels.pidMode,
  'io.kubernetes.container.logpath',
])
const annotationPrefix = 'annotation.'

/** The labels that the kubelet gave it, by key. */
export function labelsOf(container: Container): Record<string, string> {
  const hidden = isSandbox(container) ? labels.container : ''
  return pick(container, (key) => !key.startsWith(annotationPrefix) && !notCri.has(key) && key !== hidden)
}

export function annotationsOf(container: Container): Record<string, string> {
  const own = pick(container, (key) => key.startsWith(annotationPrefix))
  return Object.fromEntries(Object.entries(own).map(([key, value]) => [key.slice(annotationPrefix.length), value]))
}

function pick(container: Container, test: (key: string) => boolean): Record<string, string> {
  const entries = Object.entries(container.config.Labels).filter(([key]) => test(key))
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** Where its log is on the node; a sandbox has none. */
export function logPathOf(container: Container): string {
  return container.config.Labels['io.kubernetes.container.logpath'] ?? ''
}

/** The name of the file by which a pod's network namespace is pinned, below /var/run/netns. */
export function networkNamespacePath(sandbox: Container): string {
  const key = sandbox.lastSandbox?.id ?? sandbox.id
  const uuid = [key.slice(0, 8), key.slice(8, 12), key.slice(12, 16), key.slice(16, 20), key.slice(20, 32)].join('-')
  return `/var/run/netns/cni-${uuid}`
}
