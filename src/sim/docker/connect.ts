// How a client reaches the engine: it opens the daemon's socket, `unix:///var/run/docker.sock` and the like.
import type { DockerApi } from './api.ts'
import { SystemCallError, type OpenFlag, type Program, type System } from '../kernel/system.ts'

/** Nobody answers at that address. `docker` says why: "Cannot connect to the Docker daemon at …", or permission denied. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError'
  /** The address as it was given. */
  readonly host: string
  readonly reason: 'refused' | 'permission' | 'missing' | 'unsupported'

  constructor(host: string, reason: ConnectionError['reason']) {
    super(`cannot connect to ${host}: ${reason}`)
    this.host = host
    this.reason = reason
  }
}

/** Who answered which open: the socket's file puts itself here, see `listen.ts`. The key is the call's own flags. */
export const answers = new WeakMap<readonly OpenFlag[], DockerApi>()

/**
 * Connects to an engine. `host` is a DOCKER_HOST value, by default that of the daemon's own socket.
 * Throws ConnectionError.
 */
export function* connectEngine(system: System, host = 'unix:///var/run/docker.sock'): Program<DockerApi> {
  const path = /^unix:\/\/(.*)$/.exec(host)?.[1]
  if (path === undefined) throw new ConnectionError(host, host.startsWith('tcp://') ? 'refused' : 'unsupported')
  const flags: readonly OpenFlag[] = ['RDWR']
  try {
    yield* system.close(yield* system.open(path, flags))
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    if (error.errno === 'EACCES') throw new ConnectionError(host, 'permission')
    if (error.errno !== 'ENXIO') throw new ConnectionError(host, 'missing')
  }
  const engine = answers.get(flags)
  if (engine === undefined) throw new ConnectionError(host, 'refused')
  return engine
}
