// What ctr's commands look at: the namespace that was chosen, and the containers in it as containerd knows them.
import { isSandbox } from '../containerd/profile.ts'
import { labelsOf } from '../containerd/cri.ts'
import type { Invocation } from '../containerd/command-line.ts'
import type { Container } from '../docker/container.ts'
import type { DockerEngine } from '../docker/engine.ts'
import { fullName } from '../kubernetes/container-runtime.ts'
import { notFound } from './errors.ts'

/** containerd's namespaces by name, each with the engine whose containers are in it. */
export type Namespaces = ReadonlyMap<string, DockerEngine>

export function namespaceOf({ globals, environment }: Invocation): string {
  if (globals.changed('namespace')) return globals.text('namespace')
  return environment.get('CONTAINERD_NAMESPACE') || 'default'
}

/** A container as containerd keeps it. */
export interface Record {
  readonly container: Container
  readonly image: string
  readonly labels: Readonly<{ [key: string]: string }>
}

/** By id. */
export function recordsOf(namespaces: Namespaces, invocation: Invocation): Record[] {
  const name = namespaceOf(invocation)
  const engine = namespaces.get(name)
  if (engine === undefined) return []
  // docker's containers are containerd's only while they run, and it does not say of which image.
  const isKubernetes = name === 'k8s.io'
  return [...engine.daemon.containers.values()]
    .filter((container) => isKubernetes || container.state.running)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map((container) => (isKubernetes ? kubernetesRecord(container) : { container, image: '', labels: mobyLabels }))
}

const mobyLabels = { 'com.docker/engine.bundle.path': '/var/run/docker/containerd' }

function kubernetesRecord(container: Container): Record {
  const [name = container.image.id] = container.image.names
  const kind = isSandbox(container) ? 'sandbox' : 'container'
  return { container, image: fullName(name), labels: { 'io.cri-containerd.kind': kind, ...labelsOf(container) } }
}

/** @throws CtrError */
export function findRecord(namespaces: Namespaces, invocation: Invocation, kind: 'container' | 'task'): Record {
  const [id = ''] = invocation.operands
  const found = recordsOf(namespaces, invocation).find(({ container }) => container.id === id)
  if (found === undefined || (kind === 'task' && found.container.task === undefined)) {
    throw notFound(kind, id, namespaceOf(invocation))
  }
  return found
}
