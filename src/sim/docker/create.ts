// Making a container: everything is decided and written down, nothing runs yet.
import type {
  ContainerCreateRequest,
  ContainerCreateResponse,
  EndpointSettingsRequest,
  HostConfig,
} from './api-types.ts'
import { type Container, donorOf, type Endpoint } from './container.ts'
import { ContainerFiles } from './container-files.ts'
import { checkConfig, discardUnsupported } from './check-config.ts'
import type { Daemon } from './daemon.ts'
import { fillHostConfig, mergeConfig } from './defaults.ts'
import { delays } from './delays.ts'
import { validateEndpoint } from './endpoint-settings.ts'
import { EngineError } from './errors.ts'
import { linksOf } from './links.ts'
import { LogStore } from './logs.ts'
import { mountPoints } from './mount-points.ts'
import { makeUpName } from './names.ts'
import { emptyEndpoint } from './network.ts'
import { RestartManager } from './restart.ts'
import { ContainerStreams } from './streams.ts'
import { nameConflict, noSuchContainer } from './texts.ts'
import { delay, type Work } from './threads.ts'
import { validateCreate, validateName } from './validate.ts'
import { WaitQueue } from '../kernel/wait-queue.ts'

/** POST /containers/create. @throws EngineError 400, 404 without the image, 409 when the name is taken */
export function* containerCreate(
  daemon: Daemon,
  request: ContainerCreateRequest,
  name?: string,
): Work<ContainerCreateResponse> {
  const { Config: config, HostConfig: host = {} } = request
  validateCreate({ config, host }, daemon.words)
  checkConfig({ config, host, words: daemon.words, processors: daemon.kernel.parameters.processors })
  if (name !== undefined && name !== '') validateName(name)
  const image = daemon.images.get(config.Image)
  yield* delay(daemon.kernel.clock, delays.create)
  const id = daemon.kernel.random.hex(64)
  const hostname = host.NetworkMode === 'host' ? daemon.kernel.initialNamespaces.uts.hostname : id.slice(0, 12)
  const merged = mergeConfig(config, image.config, hostname)
  const argv = [...(merged.Entrypoint ?? []), ...(merged.Cmd ?? [])]
  if (argv.length === 0) throw new EngineError(400, noCommand(daemon))
  const { host: supported, warnings: discarded } = discardUnsupported(fillHostConfig(host, daemon.parameters))
  const hostConfig = resolveModes(daemon, supported)
  linksOf(daemon, hostConfig.Links)
  const plainName = (name ?? '').replace(/^\//, '')
  const owner = plainName === '' ? undefined : daemon.byName(plainName)
  if (owner !== undefined) throw nameConflict(plainName, owner.id)
  const endpoints = endpointsFor(daemon, hostConfig, request.NetworkingConfig?.EndpointsConfig ?? {})
  const files = new ContainerFiles(daemon.kernel, image, daemon.kernel.random.hex(64))
  const directory = merged.WorkingDir
  if (directory !== '' && directory !== '/' && (files.find(directory)?.type ?? 'directory') !== 'directory') {
    throw new EngineError(400, `Cannot mkdir: ${directory} is not a directory`)
  }
  const logs = new LogStore()
  const container: Container = {
    id,
    name: plainName || makeUpName(daemon.kernel.random, (each) => daemon.byName(each) !== undefined),
    created: daemon.now(),
    image,
    config: merged,
    hostConfig,
    path: argv[0] ?? '',
    args: argv.slice(1),
    mounts: mountPoints(daemon, merged, hostConfig),
    files,
    layer: files.layer,
    state: {
      running: false,
      paused: false,
      restarting: false,
      removing: false,
      dead: false,
      oomKilled: false,
      pid: 0,
      exitCode: 0,
      error: '',
      startedAt: undefined,
      finishedAt: undefined,
    },
    restart: new RestartManager(hostConfig.RestartPolicy),
    manuallyStopped: false,
    restartedByHand: false,
    startedBefore: false,
    task: undefined,
    endpoints,
    sandbox: undefined,
    pinned: undefined,
    lastSandbox: undefined,
    publishedPorts: new Map(),
    execs: new Map(),
    removed: false,
    health: undefined,
    logs,
    streams: new ContainerStreams(daemon.kernel, {
      tty: merged.Tty,
      stdin: merged.OpenStdin,
      stdinOnce: merged.StdinOnce,
      socketPath: daemon.socketPath,
      output: (stream, data) => logs.append(stream, data, daemon.now()),
      ended: (stream) => logs.end(stream, daemon.now()),
    }),
    changed: new WaitQueue(),
    exits: 0,
    locked: false,
  }
  daemon.add(container)
  daemon.logEvent(container, 'create')
  return { Id: id, Warnings: [...discarded, ...warnings(hostConfig)] }
}

function noCommand(daemon: Daemon): string {
  return daemon.words === '20.10' ? 'No command specified' : 'no command specified'
}

function warnings(host: HostConfig): string[] {
  const discarded = host.NetworkMode === 'host' && Object.keys(host.PortBindings).length > 0
  return discarded ? ['Published ports are discarded when using host network mode'] : []
}

/**
 * Names of donors become ids, once and for all. A network's donor that does not exist is an error of the start, that of
 * another namespace one of the create.
 */
function resolveModes(daemon: Daemon, host: HostConfig): HostConfig {
  const resolve = (mode: string, mustExist: boolean) => {
    const donor = donorOf(mode)
    if (donor === undefined) return mode
    const found = daemon.find(donor)
    if (found === undefined && mustExist) throw noSuchContainer(donor)
    return `container:${found?.id ?? donor}`
  }
  const asked =
    host.NetworkMode === '' || host.NetworkMode === 'default' ? daemon.parameters.defaultNetworkMode : host.NetworkMode
  return {
    ...host,
    NetworkMode: resolve(asked, false),
    PidMode: resolve(host.PidMode, true),
    IpcMode: resolve(host.IpcMode, true),
  }
}

function endpointsFor(
  daemon: Daemon,
  host: HostConfig,
  requested: Readonly<Record<string, EndpointSettingsRequest>>,
): Map<string, Endpoint> {
  const endpoints = new Map<string, Endpoint>()
  if (donorOf(host.NetworkMode) !== undefined) {
    for (const [name, settings] of Object.entries(requested)) validateEndpoint(daemon, name, settings)
    return endpoints
  }
  const main = host.NetworkMode === 'default' ? 'bridge' : host.NetworkMode
  const byName = new Map(
    Object.entries(requested).map(([name, value]) => [name === 'default' ? 'bridge' : name, value]),
  )
  const names = new Set([main, ...byName.keys()])
  if (daemon.words === '20.10' && names.size > 1) {
    const list = [...names].toSorted().join(', ')
    throw new EngineError(400, `Container cannot be connected to network endpoints: ${list}`)
  }
  for (const name of names) {
    const settings = byName.get(name) ?? {}
    validateEndpoint(daemon, name, settings)
    const network = daemon.networks.find(name)
    const endpoint: Endpoint = {
      ...emptyEndpoint,
      networkName: network?.name ?? name,
      networkId: '',
      requested: settings,
    }
    endpoints.set(endpoint.networkName, endpoint)
  }
  return endpoints
}
