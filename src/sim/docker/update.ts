// `docker update`: the restart policy and the limits of a container, while it runs or not.
import type { ContainerUpdateRequest } from './api-types.ts'
import type { Daemon } from './daemon.ts'
import { EngineError } from './errors.ts'
import { validateRestartPolicy } from './validate.ts'

/** POST /containers/ID/update. @throws EngineError 404, 400 */
export function containerUpdate(
  daemon: Daemon,
  name: string,
  request: ContainerUpdateRequest,
): { Warnings: readonly string[] | null } {
  const container = daemon.get(name)
  validateRestartPolicy(request, daemon.words)
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
  const policy = request.RestartPolicy
  const restart = policy === undefined ? container.hostConfig.RestartPolicy : { ...policy, Name: policy.Name || 'no' }
  container.hostConfig = { ...container.hostConfig, ...request, RestartPolicy: restart }
  container.restart.policy = restart
  daemon.logEvent(container, 'update')
  return { Warnings: null }
}
