// `docker restart`: a stop, if it runs, and a start. It joins anew whatever it joins.
import type { Daemon } from './daemon.ts'
import { EngineError } from './errors.ts'
import { stopContainer } from './kill.ts'
import { startContainer } from './start.ts'
import type { Work } from './threads.ts'

/** POST /containers/ID/restart. @throws EngineError; after a failed start the container is down */
export function* containerRestart(
  daemon: Daemon,
  name: string,
  options: { signal?: string; timeout?: number } = {},
): Work<void> {
  const container = daemon.get(name)
  try {
    if (container.state.running) {
      container.restartedByHand = true
      yield* stopContainer(daemon, container, options)
      container.restartedByHand = false
    }
    yield* startContainer(daemon, container, { byHand: true })
  } catch (error) {
    container.restartedByHand = false
    if (!(error instanceof EngineError)) throw error
    throw new EngineError(error.status, `Cannot restart container ${name}: ${error.message}`)
  }
  daemon.logEvent(container, 'restart')
}
