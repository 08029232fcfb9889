// Waiting for a container: until it is down, until its next end, until it is removed.
import type { WaitInProgress } from './api.ts'
import type { ContainerWaitResponse } from './api-types.ts'
import type { Daemon } from './daemon.ts'
import { EngineError } from './errors.ts'
import type { Program, System } from '../kernel/system.ts'

/** POST /containers/ID/wait. What happens from now on counts, even before `result` is asked for. @throws EngineError */
export function containerWait(daemon: Daemon, name: string, condition = 'not-running'): WaitInProgress {
  const container = daemon.get(name)
  if (!['not-running', 'next-exit', 'removed'].includes(condition)) {
    throw new EngineError(400, `invalid condition: "${condition}"`)
  }
  const { exits } = container
  const alreadyDown = condition === 'not-running' && !container.state.running
  const holds = () => {
    if (alreadyDown || container.removed) return true
    return condition !== 'removed' && container.exits > exits
  }
  return {
    *result(system: System): Program<ContainerWaitResponse> {
      while (!holds()) yield* system.sleep_on(container.changed, 'futex')
      return { StatusCode: container.state.exitCode }
    },
  }
}
