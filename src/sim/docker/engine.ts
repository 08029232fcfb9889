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
import { archiveGet, archivePut, entriesOf, withBinaries } from './archive.ts'
import { Builder, type Say } from './build.ts'
import { containerCommit } from './commit.ts'
import { socketInode } from './connect.ts'
import { containerCreate } from './create.ts'
import { Daemon, type DaemonOptions } from './daemon.ts'
import { EngineError } from './errors.ts'
import { delays } from './delays.ts'
import { containerRemove, usersOfVolume } from './delete.ts'
import { execCreate, execInspect, execStart } from './exec.ts'
import { filterNetworks, filterVolumes } from './filters.ts'
import * as images from './image-api.ts'
import { exportImage, loadImage, type SavedImage } from './save.ts'
import { imageInspect } from './image-inspect.ts'
import { inspectContainer } from './inspect.ts'
import { containerKill, containerStop } from './kill.ts'
import { containerList, sizesOf } from './list.ts'
import * as networks from './network-api.ts'
import { containerPause, containerUnpause } from './pause.ts'
import * as prune from './prune.ts'
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
      if (container.hostConfig.LogConfig.Type === 'none') {
        throw new EngineError(501, 'configured logging driver does not support reading')
      }
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

  containersPrune(system: System, filters: Api.Filters = {}) {
    return this.#call(system, prune.containersPrune(this.daemon, filters))
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
    return this.#ask(system, () => images.imageList(this.daemon, options.filters, options))
  }

  imageInspect(system: System, name: string) {
    return this.#ask(system, () => imageInspect(this.daemon, name))
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

  /** Runs in the caller, step by step; what the builder says goes to `say`. @throws EngineError, BuildFailure */
  imageBuild(system: System, request: Api.BuildRequest, say: Say): Program<string> {
    return new Builder(this.daemon, this, system, request, say).run()
  }

  containerCommit(system: System, id: string, request: Api.CommitRequest) {
    return this.#ask(system, () => containerCommit(this.daemon, id, request))
  }

  /** All files of a container, as a tar stream would have them. */
  containerExport(system: System, id: string) {
    return this.#ask(system, () => {
      const container = this.daemon.get(id)
      const entries = entriesOf(container.files.root, '', this.daemon.process)
      return withBinaries(this.daemon, entries).filter((entry) => entry.name !== '')
    })
  }

  /** An image's configuration and files, for `docker save`. */
  imageExport(system: System, name: string) {
    return this.#ask(system, () => exportImage(this.daemon, name))
  }

  imageLoad(system: System, saved: SavedImage) {
    return this.#ask(system, () => loadImage(this.daemon, saved))
  }

  imagesPrune(system: System, filters: Api.Filters = {}) {
    return this.#ask(system, () => prune.imagesPrune(this.daemon, filters))
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

  networksPrune(system: System, filters: Api.Filters = {}) {
    return this.#ask(system, () => prune.networksPrune(this.daemon, filters))
  }

  volumeList(system: System, filters: Api.Filters = {}) {
    return this.#ask(system, () =>
      filterVolumes(this.daemon, this.daemon.volumes.list(), filters).map((volume) => inspectVolume(volume)),
    )
  }

  volumeInspect(system: System, name: string) {
    return this.#ask(system, () => inspectVolume(this.daemon.volumes.get(name)))
  }

  volumeCreate(system: System, request: Api.VolumeCreateRequest) {
    const { Name: name, Driver: driver, Labels: labels = null, DriverOpts: options = null } = request
    return this.#ask(system, () => inspectVolume(this.daemon.volumes.create({ name, driver, labels, options })))
  }

  volumeRemove(system: System, name: string, options: { force?: boolean } = {}) {
    return this.#ask(system, () => {
      if (options.force && this.daemon.volumes.find(name) === undefined) return
      this.daemon.volumes.remove(name, usersOfVolume(this.daemon, name))
    })
  }

  volumesPrune(system: System, filters: Api.Filters = {}) {
    return this.#ask(system, () => prune.volumesPrune(this.daemon, filters))
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
