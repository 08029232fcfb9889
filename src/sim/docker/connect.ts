// How a client reaches the engine: it opens the daemon's socket, `unix:///var/run/docker.sock` and the like.
import type { DockerApi } from './api.ts'
import { immediately } from '../kernel/open-file.ts'
import { SystemCallError, type OpenFlag, type Program, type System } from '../kernel/system.ts'
import type { FileOperations, SpecialInode } from '../kernel/vfs.ts'

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

/** What a call of open meant, by its own flags: who answered there, or which connection it is to become. */
const answers = new WeakMap<readonly OpenFlag[], DockerApi>()
const connections = new WeakMap<readonly OpenFlag[], FileOperations>()

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

/** A descriptor of the caller's with these operations: one more connection to the daemon. */
export function* openConnection(system: System, socketPath: string, operations: FileOperations): Program<number> {
  const flags: readonly OpenFlag[] = ['RDWR', 'CLOEXEC']
  connections.set(flags, operations)
  return yield* system.open(socketPath, flags)
}

/** The daemon's socket as a file. As any socket it cannot be opened (ENXIO), but who tries is known by it. */
export function socketInode(engine: DockerApi, ino: number, device: number, time: number): SpecialInode {
  return {
    type: 'socket',
    ino,
    device,
    mode: 0o660,
    uid: 0,
    gid: 0,
    nlink: 1,
    atime: time,
    mtime: time,
    ctime: time,
    rdev: { major: 0, minor: 0 },
    open: (_kernel, _opener, flags) =>
      immediately(() => {
        const connection = connections.get(flags)
        if (connection !== undefined) return connection
        answers.set(flags, engine)
        throw new SystemCallError('ENXIO')
      }),
  }
}
