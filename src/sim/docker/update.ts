// `docker update`: the restart policy and the limits of a container, while it runs or not.
import type { ContainerUpdateRequest } from './api-types.ts'
import type { Daemon } from './daemon.ts'
import { EngineError } from './errors.ts'
import { applyLimits } from './start.ts'
import { checkResources } from './check-config.ts'
import { validateRestartPolicy } from './validate.ts'

/** POST /containers/ID/update. @throws EngineError 404, 400 */
export function containerUpdate(
  daemon: Daemon,
  name: string,
  request: ContainerUpdateRequest,
): { Warnings: readonly string[] | null } {
  const container = daemon.get(name)
  validateRestartPolicy(request, daemon.words)
  checkResources({ config: {}, host: request, words: daemon.words, processors: daemon.kernel.parameters.processors })
  if (container.state.removing || container.state.dead) {
    throw new EngineError(
      409,
      `Cannot update container ${container.id}: container is marked for removal and cannot be "update"`,
    )
  }
  if (request.RestartPolicy !== undefined && container.hostConfig.AutoRemove) {
    throw new EngineError(
      409,
      `Cannot update container ${container.id}: Restart policy cannot be updated because AutoRemove is enabled for the container`,
    )
  }
  const { Memory: memory = 0, MemorySwap: swap = 0 } = request
  if (memory > container.hostConfig.MemorySwap && swap === 0 && container.hostConfig.MemorySwap !== -1) {
    const reason =
      'Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time'
    throw new EngineError(400, `Cannot update container ${container.id}: ${reason}`)
  }
  const policy = request.RestartPolicy
  const restart = policy === undefined ? container.hostConfig.RestartPolicy : { ...policy, Name: policy.Name || 'no' }
  container.hostConfig = { ...container.hostConfig, ...request, RestartPolicy: restart }
  container.restart.policy = restart
  if (container.state.running) applyLimits(daemon, container)
  daemon.logEvent(container, 'update')
  return { Warnings: null }
}
