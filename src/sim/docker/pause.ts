// `docker pause`: the freezer stops all processes of a container where they stand; they do not notice.
import type { Container } from './container.ts'
import type { Daemon } from './daemon.ts'
import { EngineError } from './errors.ts'
import { notRunning } from './texts.ts'

/** POST /containers/ID/pause. @throws EngineError 404, 409 when it does not run or is paused */
export function containerPause(daemon: Daemon, name: string): void {
  const container = daemon.get(name)
  if (!container.state.running) throw new EngineError(409, notRunning(daemon.words, container.id))
  if (container.state.paused) throw new EngineError(409, `Container ${container.id} is already paused`)
  if (container.state.restarting) {
    throw new EngineError(409, `Container ${container.id} is restarting, wait until the container is running`)
  }
  setFrozen(daemon, container, true)
  container.changed.wake()
  daemon.logEvent(container, 'pause')
}

/** POST /containers/ID/unpause. @throws EngineError 404, 409 when it is not paused */
export function containerUnpause(daemon: Daemon, name: string): void {
  const container = daemon.get(name)
  if (!container.state.paused) throw new EngineError(409, `Container ${container.id} is not paused`)
  setFrozen(daemon, container, false)
  container.changed.wake()
  daemon.logEvent(container, 'unpause')
}

export function setFrozen(daemon: Daemon, container: Container, frozen: boolean): void {
  container.state.paused = frozen
  for (const process of container.task?.processes(daemon.kernel) ?? [])
    daemon.kernel.scheduler.setFrozen(process, frozen)
}
