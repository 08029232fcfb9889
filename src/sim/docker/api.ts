// The Docker Engine API as functions: what `docker` and the kubelet call, one method an endpoint. A call runs as part of
// the calling process, which sleeps in futex(2) meanwhile; the work itself is the daemon's and goes on if the caller dies.
import type {
  ArchiveEntry,
  BuildRequest,
  CommitRequest,
  ContainerCreateRequest,
  ContainerCreateResponse,
  ContainerInspect,
  ContainerStats,
  ContainerSummary,
  ContainerTopResponse,
  ContainerUpdateRequest,
  ContainerWaitResponse,
  EndpointSettingsRequest,
  EventMessage,
  ExecCreateRequest,
  ExecInspect,
  FileChange,
  Filters,
  ImageHistoryItem,
  ImageInspect,
  ImageRemoveItem,
  ImageSummary,
  InfoResponse,
  NetworkCreateRequest,
  NetworkInspect,
  PruneResponse,
  PullProgress,
  SystemDfResponse,
  VersionResponse,
  VolumeCreateRequest,
  VolumeInspect,
} from './api-types.ts'
import type { SavedImage } from './save.ts'
import type { Program, System } from '../kernel/system.ts'

export * from './api-types.ts'
export { EngineError } from './errors.ts'
export type { SavedImage } from './save.ts'

/** A piece of a container's output; with a TTY all is stdout. */
export interface StreamFrame {
  stream: 'stdout' | 'stderr'
  data: Uint8Array
}

/** Things that come one after another until the end. */
export interface Reader<T> {
  /** The next one; undefined at the end. Sleeps until there is one. */
  next(system: System): Program<T | undefined>
  /** Stops: what sleeps in `next` gets undefined, and the engine forgets the reader. */
  close(): void
}

export interface LogFrame extends StreamFrame {
  /** RFC 3339 with nanoseconds, as `docker logs -t` prints before each line. */
  timestamp: string
}

/** The hijacked connection of an attach or an exec. */
export interface AttachedStream extends Reader<StreamFrame> {
  /** To the process's stdin. Without stdin attached it goes nowhere. Throws SystemCallError EPIPE when it has ended. */
  write(system: System, data: Uint8Array): Program<void>
  /** The client's stdin is at its end: with StdinOnce the process reads end of file. */
  closeWrite(): void
  /**
   * Copies until the output ends: frames to descriptors 1 and 2 of the caller, and, with `stdin`, what is read there to
   * the process. Gives 'ended', or 'interrupted' when a signal handler of the caller has run (call again to go on).
   */
  copy(
    system: System,
    descriptors: { stdin?: number; stdout?: number; stderr?: number },
  ): Program<'ended' | 'interrupted'>
}

/** A wait that has begun; `docker run` begins it before the start, so that no exit is missed. */
export interface WaitInProgress {
  /** Sleeps until the condition holds. */
  result(system: System): Program<ContainerWaitResponse>
}

export interface ContainerListOptions {
  all?: boolean
  /** The newest N, stopped ones too. -1 or absent: no limit. */
  limit?: number
  size?: boolean
  filters?: Filters
}

export interface LogsOptions {
  stdout?: boolean
  stderr?: boolean
  follow?: boolean
  /** Lines from the end; absent or `all`: all of them. */
  tail?: string
  /** Unix time in seconds with a fraction, as the client sends it. */
  since?: string
  until?: string
}

export interface AttachOptions {
  stdin?: boolean
  stdout?: boolean
  stderr?: boolean
  /** What was logged before first. */
  logs?: boolean
}

export interface EventsOptions {
  /** Unix time in seconds with a fraction. Without `until` the reader never ends. */
  since?: string
  until?: string
  filters?: Filters
}

/** A container, image, network or volume is named by id, a unique start of it, or name. All throw EngineError. */
export interface DockerApi {
  // Containers
  containerCreate(system: System, request: ContainerCreateRequest, name?: string): Program<ContainerCreateResponse>
  /** Gives 'not modified' when it ran already (HTTP 304). */
  containerStart(system: System, id: string): Program<'started' | 'not modified'>
  /** `timeout` in seconds: default the container's own, 10; -1 waits for ever. */
  containerStop(
    system: System,
    id: string,
    options?: { signal?: string; timeout?: number },
  ): Program<'stopped' | 'not modified'>
  containerRestart(system: System, id: string, options?: { signal?: string; timeout?: number }): Program<void>
  /** `signal`: `SIGTERM`, `TERM` or `15`; default SIGKILL. */
  containerKill(system: System, id: string, signal?: string): Program<void>
  containerPause(system: System, id: string): Program<void>
  containerUnpause(system: System, id: string): Program<void>
  containerRemove(
    system: System,
    id: string,
    options?: { force?: boolean; volumes?: boolean; link?: boolean },
  ): Program<void>
  containerRename(system: System, id: string, name: string): Program<void>
  containerUpdate(
    system: System,
    id: string,
    request: ContainerUpdateRequest,
  ): Program<{ Warnings: readonly string[] | null }>
  /** Newest first. */
  containerList(system: System, options?: ContainerListOptions): Program<readonly ContainerSummary[]>
  containerInspect(system: System, id: string, options?: { size?: boolean }): Program<ContainerInspect>
  /** Lines, each with its newline (the last may lack it). */
  containerLogs(system: System, id: string, options?: LogsOptions): Program<Reader<LogFrame>>
  containerAttach(system: System, id: string, options?: AttachOptions): Program<AttachedStream>
  containerWait(
    system: System,
    id: string,
    condition?: 'not-running' | 'next-exit' | 'removed',
  ): Program<WaitInProgress>
  /** `psArguments` as typed after the container's name; default `-ef`. */
  containerTop(system: System, id: string, psArguments?: readonly string[]): Program<ContainerTopResponse>
  containerStats(system: System, id: string): Program<ContainerStats>
  /** Changes against the image, sorted by path. */
  containerDiff(system: System, id: string): Program<readonly FileChange[]>
  /** A file or directory tree; the first entry is the path itself, by its last part. */
  containerArchiveGet(system: System, id: string, path: string): Program<readonly ArchiveEntry[]>
  /** Unpacks into a directory that exists. */
  containerArchivePut(system: System, id: string, path: string, entries: readonly ArchiveEntry[]): Program<void>
  containersPrune(system: System, filters?: Filters): Program<PruneResponse>

  // Exec
  execCreate(system: System, id: string, request: ExecCreateRequest): Program<{ Id: string }>
  /** Undefined with `detach`. A program that cannot be started: its error is a frame of the stream, as runc wrote it. */
  execStart(
    system: System,
    execId: string,
    options?: { detach?: boolean; tty?: boolean },
  ): Program<AttachedStream | undefined>
  execInspect(system: System, execId: string): Program<ExecInspect>

  // Images
  imageList(system: System, options?: { all?: boolean; filters?: Filters }): Program<readonly ImageSummary[]>
  imageInspect(system: System, name: string): Program<ImageInspect>
  imageHistory(system: System, name: string): Program<readonly ImageHistoryItem[]>
  /** There is no registry here: an image that is known comes at once, any other fails as without a network. */
  imagePull(system: System, name: string): Program<readonly PullProgress[]>
  imageTag(system: System, name: string, target: string): Program<void>
  imageRemove(system: System, name: string, options?: { force?: boolean }): Program<readonly ImageRemoveItem[]>
  /** `docker import`: a tree and `-c` changes (`CMD ["/bin/sh"]`). Gives the new image's id. */
  imageImport(
    system: System,
    entries: readonly ArchiveEntry[],
    options?: { reference?: string; message?: string; changes?: readonly string[] },
  ): Program<string>
  /** The classic builder: what it says, and the id of what it built. Throws BuildFailure for a step that fails. */
  imageBuild(system: System, request: BuildRequest, say: (text: string) => Program<void>): Program<string>
  /** Gives the new image's id. */
  containerCommit(system: System, id: string, request: CommitRequest): Program<string>
  containerExport(system: System, id: string): Program<readonly ArchiveEntry[]>
  imageExport(system: System, name: string): Program<SavedImage>
  /** Gives what `docker load` prints of it: its names, or its id. */
  imageLoad(system: System, saved: SavedImage): Program<readonly string[]>
  imagesPrune(system: System, filters?: Filters): Program<PruneResponse>

  // Networks and volumes
  networkList(system: System, filters?: Filters): Program<readonly NetworkInspect[]>
  networkInspect(system: System, id: string, options?: { verbose?: boolean }): Program<NetworkInspect>
  networkCreate(system: System, request: NetworkCreateRequest): Program<{ Id: string; Warning: string }>
  /** Gives the name that was asked for. */
  networkRemove(system: System, id: string): Program<void>
  networkConnect(system: System, id: string, container: string, endpoint?: EndpointSettingsRequest): Program<void>
  networkDisconnect(system: System, id: string, container: string, options?: { force?: boolean }): Program<void>
  networksPrune(system: System, filters?: Filters): Program<PruneResponse>
  volumeList(system: System, filters?: Filters): Program<readonly VolumeInspect[]>
  volumeInspect(system: System, name: string): Program<VolumeInspect>
  volumeCreate(system: System, request: VolumeCreateRequest): Program<VolumeInspect>
  volumeRemove(system: System, name: string, options?: { force?: boolean }): Program<void>
  volumesPrune(system: System, filters?: Filters): Program<PruneResponse>

  // System
  events(system: System, options?: EventsOptions): Program<Reader<EventMessage>>
  version(system: System): Program<VersionResponse>
  info(system: System): Program<InfoResponse>
  systemDf(system: System): Program<SystemDfResponse>
  ping(system: System): Program<{ apiVersion: string; osType: string }>
}
