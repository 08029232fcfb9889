// A sandbox without a process: its namespaces are held by files, as CRI-O does when nothing in the pod needs a PID 1.
import type { Container } from './container.ts'
import { releaseNetwork } from './container-network.ts'
import type { Daemon } from './daemon.ts'
import { hold, releaseNamespace } from '../kernel/namespace-life.ts'
import type { Namespaces } from '../kernel/namespaces.ts'

/** What containers join that have no process to join. */
export type PinnedNamespaces = Pick<Namespaces, 'ipc' | 'net' | 'uts'>

/** Holds what the process that was made for it is in; the process may then end. */
export function pin(container: Container, { ipc, net, uts }: Namespaces): void {
  if (container.hostConfig.UTSMode === '') uts.hostname = container.config.Hostname
  for (const namespace of [ipc, net, uts]) hold(namespace)
  container.pinned = { ipc, net, uts }
}

/** The sandbox is stopped: nothing but its containers, if any still run, holds its namespaces now. */
export function unpin(daemon: Daemon, container: Container): void {
  const { pinned, state } = container
  if (pinned === undefined) return
  container.pinned = undefined
  releaseNetwork(daemon, container)
  for (const namespace of Object.values(pinned)) releaseNamespace(daemon.kernel, namespace)
  Object.assign(state, { running: false, exitCode: 0, finishedAt: daemon.now() })
  container.exits++
  container.changed.wake()
}
