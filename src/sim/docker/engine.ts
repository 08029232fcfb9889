// The Docker engine: the API's endpoints over the daemon. Each call is the daemon's work; the caller sleeps meanwhile.
import type {
  AttachedStream,
  AttachOptions,
  ContainerListOptions,
  DockerApi,
  EventsOptions,
  LogFrame,
  LogsOptions,
  Reader,
  WaitInProgress,
} from './api.ts'
import type * as Api from './api-types.ts'
import { archiveGet, archivePut } from './archive.ts'
import { socketInode } from './connect.ts'
import { containerCreate } from './create.ts'
import { Daemon, type DaemonOptions } from './daemon.ts'
import { delays } from './delays.ts'
import { containerRemove, containersPrune, usersOfVolume } from './delete.ts'
import { execCreate, execInspect, execStart } from './exec.ts'
import { filterImages, filterNetworks } from './filters.ts'
import * as images from './image-api.ts'
import { inspectContainer } from './inspect.ts'
import { containerKill, containerStop } from './kill.ts'
import { containerList, sizesOf } from './list.ts'
import * as networks from './network-api.ts'
import { predefined } from './network.ts'
import { containerPause, containerUnpause } from './pause.ts'
import { containerRename } from './rename.ts'
import { containerRestart } from './restart-container.ts'
import { containerStart } from './start.ts'
import { containerStats } from './stats.ts'
import * as about from './system-api.ts'
import type { Work } from './threads.ts'
import { containerTop } from './top.ts'
import { containerUpdate } from './update.ts'
import type { DockerParameters } from './versions.ts'
import { inspectVolume } from './volumes.ts'
import { containerWait } from './wait.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { type Program, type System, SystemCallError } from '../kernel/system.ts'
import type { DirectoryInode } from '../kernel/vfs.ts'

export type { DaemonOptions } from './daemon.ts'
export type { ImageConfig, ImageDefinition } from './images.ts'

export class DockerEngine implements DockerApi {
  /** What the engine knows; the x-ray and the kubelet look at it. */
  readonly daemon: Daemon

  /** Precondition: the machine has been booted. Starts dockerd and containerd and makes docker0. */
  constructor(kernel: Kernel, parameters: DockerParameters, options: DaemonOptions) {
    this.daemon = new Daemon(kernel, parameters, options)
  }

  /** Puts the daemon's socket in a directory, as `docker.sock`: /run of the host. */
  listen(directory: DirectoryInode, name = 'docker.sock'): void {
    const { changes, device } = directory
    changes?.insert(name, socketInode(this, changes.nextIno(), device, this.daemon.now()))
  }

  /** Runs work as the daemon's and gives the caller what it gives. Signals that the caller handles do not end it. */
  *#call<T>(system: System, work: Work<T>): Program<T> {
    yield* this.#request(system)
    const thread = this.daemon.threads.start(work)
    while (thread.outcome === undefined) {
      try {
        yield* system.sleep_on(thread.finished, 'futex')
      } catch (error) {
        if (!(error instanceof SystemCallError && error.errno === 'EINTR')) throw error
      }
    }
    return thread.result()
  }

  /** The same for what takes the daemon no time. */
  *#ask<T>(system: System, answer: () => T): Program<T> {
    yield* this.#request(system)
    return answer()
  }

  *#request(system: System): Program<void> {
    yield* system.spend(delays.request)
  }

  // --- containers

  containerCreate(system: System, request: Api.ContainerCreateRequest, name?: string) {
    return this.#call(system, containerCreate(this.daemon, request, name))
  }

  containerStart(system: System, id: string) {
    return this.#call(system, containerStart(this.daemon, id))
  }

  containerStop(system: System, id: string, options: { signal?: string; timeout?: number } = {}) {
    return this.#call(system, containerStop(this.daemon, id, options))
  }

  containerRestart(system: System, id: string, options: { signal?: string; timeout?: number } = {}) {
    return this.#call(system, containerRestart(this.daemon, id, options))
  }

  containerKill(system: System, id: string, signal?: string) {
    return this.#call(system, containerKill(this.daemon, id, signal))
  }

  containerPause(system: System, id: string) {
    return this.#ask(system, () => containerPause(this.daemon, id))
  }

  containerUnpause(system: System, id: string) {
    return this.#ask(system, () => containerUnpause(this.daemon, id))
  }

  containerRemove(system: System, id: string, options: { force?: boolean; volumes?: boolean; link?: boolean } = {}) {
    return this.#call(system, containerRemove(this.daemon, id, options))
  }

  containerRename(system: System, id: string, name: string) {
    return this.#ask(system, () => containerRename(this.daemon, id, name))
  }

  containerUpdate(system: System, id: string, request: Api.ContainerUpdateRequest) {
    return this.#ask(system, () => containerUpdate(this.daemon, id, request))
  }

  containerList(system: System, options: ContainerListOptions = {}) {
    return this.#ask(system, () => containerList(this.daemon, options))
  }

  containerInspect(system: System, id: string, options: { size?: boolean } = {}) {
    return this.#ask(system, () => {
      const container = this.daemon.get(id)
      return inspectContainer(container, this.daemon.parameters, options.size ? sizesOf(container) : undefined)
    })
  }

  containerLogs(system: System, id: string, options: LogsOptions = {}): Program<Reader<LogFrame>> {
    return this.#ask(system, () => {
      const container = this.daemon.get(id)
      const runs = () => container.state.running && !container.removed
      return container.logs.read(options, runs, container.changed)
    })
  }

  containerAttach(system: System, id: string, options: AttachOptions = {}): Program<AttachedStream> {
    return this.#ask(system, () => {
      const container = this.daemon.get(id)
      this.daemon.logEvent(container, 'attach')
      return container.streams.attach(options, options.logs ? container.logs.frames() : [])
    })
  }

  containerWait(
    system: System,
    id: string,
    condition?: 'not-running' | 'next-exit' | 'removed',
  ): Program<WaitInProgress> {
    return this.#ask(system, () => containerWait(this.daemon, id, condition))
  }

  containerTop(system: System, id: string, psArguments: readonly string[] = []) {
    return this.#call(system, containerTop(this.daemon, id, psArguments))
  }

  containerStats(system: System, id: string) {
    return this.#ask(system, () => containerStats(this.daemon, id))
  }

  containerDiff(system: System, id: string) {
    return this.#ask(system, () => this.daemon.get(id).files.differences())
  }

  containerArchiveGet(system: System, id: string, path: string) {
    return this.#ask(system, () => archiveGet(this.daemon, id, path))
  }

  containerArchivePut(system: System, id: string, path: string, entries: readonly Api.ArchiveEntry[]) {
    return this.#ask(system, () => archivePut(this.daemon, id, path, entries))
  }

  *containersPrune(system: System): Program<Api.PruneResponse> {
    const deleted = yield* this.#call(system, containersPrune(this.daemon))
    return { deleted, spaceReclaimed: 0 }
  }

  // --- exec

  execCreate(system: System, id: string, request: Api.ExecCreateRequest) {
    return this.#ask(system, () => execCreate(this.daemon, id, request))
  }

  execStart(system: System, execId: string, options: { detach?: boolean; tty?: boolean } = {}) {
    return this.#call(system, execStart(this.daemon, execId, options))
  }

  execInspect(system: System, execId: string) {
    return this.#ask(system, () => execInspect(this.daemon, execId))
  }

  // --- images

  imageList(system: System, options: { all?: boolean; filters?: Api.Filters } = {}) {
    return this.#ask(system, () => images.imageList(this.daemon, options.filters))
  }

  imageInspect(system: System, name: string) {
    return this.#ask(system, () => images.imageInspect(this.daemon, name))
  }

  imageHistory(system: System, name: string) {
    return this.#ask(system, () => this.daemon.images.get(name).history)
  }

  imagePull(system: System, name: string) {
    return this.#call(system, images.imagePull(this.daemon, name))
  }

  imageTag(system: System, name: string, target: string) {
    return this.#ask(system, () => images.imageTag(this.daemon, name, target))
  }

  imageRemove(system: System, name: string, options: { force?: boolean } = {}) {
    return this.#ask(system, () => images.imageRemove(this.daemon, name, options.force ?? false))
  }

  imageImport(
    system: System,
    entries: readonly Api.ArchiveEntry[],
    options: { reference?: string; message?: string; changes?: readonly string[] } = {},
  ) {
    return this.#ask(system, () => images.imageImport(this.daemon, entries, options))
  }

  imagesPrune(system: System, filters: Api.Filters = {}): Program<Api.PruneResponse> {
    return this.#ask(system, () => {
      const unused = filterImages(this.daemon, this.daemon.images.list(), { dangling: ['true'], ...filters })
      const free = unused.filter((image) => ![...this.daemon.containers.values()].some((each) => each.image === image))
      for (const image of free) images.imageRemove(this.daemon, image.id, false)
      return { deleted: free.map((image) => image.id), spaceReclaimed: free.reduce((sum, each) => sum + each.size, 0) }
    })
  }

  // --- networks and volumes

  networkList(system: System, filters: Api.Filters = {}) {
    return this.#ask(system, () =>
      filterNetworks(this.daemon, this.daemon.networks.list(), filters).map((network) =>
        networks.inspectNetwork(this.daemon, network, { containers: false }),
      ),
    )
  }

  networkInspect(system: System, id: string) {
    return this.#ask(system, () =>
      networks.inspectNetwork(this.daemon, this.daemon.networks.get(id), { containers: true }),
    )
  }

  networkCreate(system: System, request: Api.NetworkCreateRequest) {
    return this.#ask(system, () => {
      const network = this.daemon.networks.create(request)
      this.daemon.events.log('network', 'create', network.id, { name: network.name, type: network.driver })
      return { Id: network.id, Warning: '' }
    })
  }

  networkRemove(system: System, id: string) {
    return this.#ask(system, () => networks.networkRemove(this.daemon, id))
  }

  networkConnect(system: System, id: string, container: string, endpoint: Api.EndpointSettingsRequest = {}) {
    return this.#ask(system, () => networks.networkConnect(this.daemon, id, container, endpoint))
  }

  networkDisconnect(system: System, id: string, container: string) {
    return this.#ask(system, () => networks.networkDisconnect(this.daemon, id, container))
  }

  networksPrune(system: System): Program<Api.PruneResponse> {
    return this.#ask(system, () => {
      const unused = this.daemon.networks
        .list()
        .filter((network) => !predefined.includes(network.name) && network.endpoints.size === 0)
      for (const network of unused) networks.networkRemove(this.daemon, network.id)
      return { deleted: unused.map((network) => network.name), spaceReclaimed: 0 }
    })
  }

  volumeList(system: System) {
    return this.#ask(system, () => this.daemon.volumes.list().map(inspectVolume))
  }

  volumeInspect(system: System, name: string) {
    return this.#ask(system, () => inspectVolume(this.daemon.volumes.get(name)))
  }

  volumeCreate(system: System, request: { Name?: string; Labels?: Readonly<Record<string, string>> }) {
    return this.#ask(system, () => inspectVolume(this.daemon.volumes.create(request.Name, request.Labels ?? null)))
  }

  volumeRemove(system: System, name: string) {
    return this.#ask(system, () => this.daemon.volumes.remove(name, usersOfVolume(this.daemon, name)))
  }

  volumesPrune(system: System): Program<Api.PruneResponse> {
    return this.#ask(system, () => {
      const unused = this.daemon.volumes
        .list()
        .filter((volume) => volume.anonymous && usersOfVolume(this.daemon, volume.name).length === 0)
      for (const volume of unused) this.daemon.volumes.remove(volume.name, [])
      return { deleted: unused.map((volume) => volume.name), spaceReclaimed: 0 }
    })
  }

  // --- system

  events(system: System, options: EventsOptions = {}) {
    return this.#ask(system, () => this.daemon.events.subscribe(options))
  }

  version(system: System) {
    return this.#ask(system, () => about.version(this.daemon))
  }

  info(system: System) {
    return this.#ask(system, () => about.info(this.daemon))
  }

  systemDf(system: System) {
    return this.#ask(system, () => about.systemDf(this.daemon))
  }

  ping(system: System) {
    return this.#ask(system, () => ({ apiVersion: this.daemon.parameters.apiVersion, osType: 'linux' }))
  }
}
