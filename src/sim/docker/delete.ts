// Removing a container, running ones by force.
import type { Container } from './container.ts'
import { releaseNetwork } from './container-network.ts'
import type { Daemon } from './daemon.ts'
import { delays } from './delays.ts'
import { EngineError } from './errors.ts'
import { killAndWait } from './kill.ts'
import { unpin } from './pinned.ts'
import { cannotRemove } from './texts.ts'
import { delay, type Work } from './threads.ts'

/** DELETE /containers/ID. @throws EngineError 404; 409 when it runs and `force` is not set */
export function* containerRemove(
  daemon: Daemon,
  name: string,
  options: { force?: boolean; volumes?: boolean; atOnce?: boolean } = {},
): Work<void> {
  const container = daemon.get(name)
  if (container.state.removing) {
    throw new EngineError(409, `removal of container ${name} is already in progress`)
  }
  const { running, paused, restarting } = container.state
  if (running && !options.force) {
    const state = paused ? 'paused' : restarting ? 'restarting' : 'running'
    throw new EngineError(409, cannotRemove(daemon.words, container.id, container.name, state))
  }
  container.state.removing = true
  if (container.pinned !== undefined) unpin(daemon, container)
  else if (running) yield* killAndWait(daemon, container)
  if (!options.atOnce) yield* delay(daemon.kernel.clock, delays.remove)
  forget(daemon, container, options.volumes ?? false)
}

function forget(daemon: Daemon, container: Container, volumes: boolean): void {
  if (!daemon.drop(container)) return
  container.removed = true
  if (daemon.profile.pinsNetwork) releaseNetwork(daemon, container)
  container.streams.close()
  if (volumes) removeAnonymousVolumes(daemon, container)
  daemon.logEvent(container, 'destroy')
  container.changed.wake()
}

function removeAnonymousVolumes(daemon: Daemon, container: Container): void {
  for (const point of container.mounts) {
    const volume = point.Name === undefined ? undefined : daemon.volumes.find(point.Name)
    if (volume?.anonymous && usersOfVolume(daemon, volume.name).length === 0) daemon.volumes.remove(volume.name, [])
  }
}

/** Ids of the containers that have a volume. */
export function usersOfVolume(daemon: Daemon, name: string): string[] {
  return [...daemon.containers.values()]
    .filter((container) => container.mounts.some((point) => point.Name === name))
    .map((container) => container.id)
}
