// A container: what was asked for, what it is now, and what runs for it. Fields are grouped by who may change them.
import type {
  ContainerConfig,
  ContainerStatus,
  EndpointSettingsRequest,
  HostConfig,
  MountPoint,
  PortBinding,
} from './api-types.ts'
import type { ContainerFiles } from './container-files.ts'
import type { ExecSession } from './exec.ts'
import type { Health } from './health.ts'
import type { Image } from './images.ts'
import type { LogStore } from './logs.ts'
import type { PinnedNamespaces } from './pinned.ts'
import type { RestartManager } from './restart.ts'
import type { Task } from './runtime.ts'
import type { ContainerStreams } from './streams.ts'
import type { NetworkNamespace } from '../kernel/net.ts'
import type { WaitQueue } from '../kernel/wait-queue.ts'

/** One connection of a container to a network: asked for at create, with an address while it runs. */
export interface Endpoint {
  readonly networkName: string
  readonly requested: EndpointSettingsRequest
  networkId: string
  /** The rest is empty unless the container runs. */
  id: string
  address: string
  prefixLength: number
  gateway: string
  macAddress: string
  /** The container's end of the veth pair, `eth0`, and the host's, `vethab12cd3`. */
  interfaceName: string
  hostInterfaceName: string
}

/** What libnetwork keeps for a running container that has a network namespace of its own. */
export interface Sandbox {
  readonly id: string
  /** File name below /var/run/docker/netns. */
  readonly key: string
  readonly namespace: NetworkNamespace
}

export interface ContainerState {
  running: boolean
  paused: boolean
  restarting: boolean
  removing: boolean
  dead: boolean
  oomKilled: boolean
  /** Of init in the initial PID namespace; 0 when it does not run. */
  pid: number
  exitCode: number
  /** Why the last start failed. */
  error: string
  /** Microseconds since the epoch; undefined before the first time. */
  startedAt: number | undefined
  finishedAt: number | undefined
}

export interface Container {
  // --- set by create; rename and update alone change it later
  readonly id: string
  /** Without the slash that the API puts before it. */
  name: string
  readonly created: number
  readonly image: Image
  readonly config: ContainerConfig
  hostConfig: HostConfig
  /** What runs: entrypoint and command together. */
  readonly path: string
  readonly args: readonly string[]
  readonly mounts: MountPoint[]
  readonly files: ContainerFiles
  /** A made-up directory name below /var/lib/docker/overlay2. */
  readonly layer: string

  // --- changed by start and the monitor
  readonly state: ContainerState
  readonly restart: RestartManager
  /** A client has stopped or killed it since it was last started. */
  manuallyStopped: boolean
  /** `docker restart` is at work: `--rm` waits. */
  restartedByHand: boolean
  /** Once running; the name of `docker ps -f status=created` hangs on it. */
  startedBefore: boolean
  task: Task | undefined
  readonly endpoints: Map<string, Endpoint>
  sandbox: Sandbox | undefined
  /** Of a sandbox that runs without a process. */
  pinned: PinnedNamespaces | undefined
  /** The last sandbox's id and key, which inspect goes on showing. */
  lastSandbox: { id: string; key: string } | undefined
  /** `80/tcp` to where it is published, while it runs. */
  publishedPorts: Map<string, readonly PortBinding[]>
  readonly execs: Map<string, ExecSession>
  /** Removed with `rm`: nobody finds it any more. */
  removed: boolean

  /** Of its health check; undefined when it has none. */
  health: Health | undefined

  // --- streams
  readonly logs: LogStore
  readonly streams: ContainerStreams

  // --- who waits
  /** Woken at each change of state. */
  readonly changed: WaitQueue
  /** How often it has ended. */
  exits: number
  /** Start, stop, restart and remove of one container come one after another. */
  locked: boolean
}

/** The state's name as inspect and filters have it. */
export function statusOf(container: Container): ContainerStatus {
  const { running, paused, restarting, removing, dead, startedAt } = container.state
  if (running) return paused ? 'paused' : restarting ? 'restarting' : 'running'
  if (removing) return 'removing'
  if (dead) return 'dead'
  return startedAt === undefined ? 'created' : 'exited'
}

/** The container whose namespace a mode such as `container:ID` names. */
export function donorOf(mode: string): string | undefined {
  return /^container:(.*)$/s.exec(mode)?.[1]
}
