// What goes over the Docker Engine API: names and cases of its reference, https://docs.docker.com/reference/api/engine/.
// Requests are partial: what a client leaves out, the engine fills with the API's default.
import type { JsonObject } from './json.ts'

/** `filters=` of a list: name to the values given for it, in the order given. */
export type Filters = Readonly<Record<string, readonly string[]>>

// Containers ---------------------------------------------------------------------------------------------------------

/** `Config` of a container: what an image can also say. */
export interface ContainerConfig {
  Hostname: string
  Domainname: string
  /** `user`, `uid`, `user:group` or empty: the image's, else root. */
  User: string
  AttachStdin: boolean
  AttachStdout: boolean
  AttachStderr: boolean
  /** Keys such as `80/tcp`. Absent: none. */
  ExposedPorts?: Readonly<Record<string, Record<string, never>>>
  Tty: boolean
  OpenStdin: boolean
  StdinOnce: boolean
  /** `NAME=value`. A bare `NAME` is for the client to resolve; the engine drops it. */
  Env: readonly string[] | null
  Cmd: readonly string[] | null
  Healthcheck?: JsonObject
  Image: string
  Volumes: Readonly<Record<string, Record<string, never>>> | null
  WorkingDir: string
  /** `null`: the image's. `['']` as the client sends for `--entrypoint ""`: none. */
  Entrypoint: readonly string[] | null
  OnBuild: readonly string[] | null
  Labels: Readonly<Record<string, string>>
  StopSignal?: string
  /** Seconds. */
  StopTimeout?: number
  /** `--mac-address` before API 1.44. */
  MacAddress?: string
}

export interface PortBinding {
  HostIp: string
  /** Empty: an ephemeral one. A range `8080-8090` takes the first free one. */
  HostPort: string
}

export interface RestartPolicy {
  Name: string
  MaximumRetryCount: number
}

/** `HostConfig`: what belongs to this host. Only what the engine here acts on or `inspect` shows. */
export interface HostConfig {
  Binds: readonly string[] | null
  ContainerIDFile: string
  LogConfig: { Type: string; Config: Readonly<Record<string, string>> }
  /** `default`, `bridge`, `host`, `none`, `container:NAME`, or a network's name. */
  NetworkMode: string
  /** Keys such as `80/tcp`. */
  PortBindings: Readonly<Record<string, readonly PortBinding[]>>
  RestartPolicy: RestartPolicy
  AutoRemove: boolean
  VolumeDriver: string
  VolumesFrom: readonly string[] | null
  Mounts?: readonly MountRequest[]
  CapAdd: readonly string[] | null
  CapDrop: readonly string[] | null
  /** Empty: the engine's default. */
  CgroupnsMode: string
  Dns: readonly string[]
  DnsOptions: readonly string[]
  DnsSearch: readonly string[]
  ExtraHosts: readonly string[] | null
  GroupAdd: readonly string[] | null
  /** Empty: the engine's default; `none`, `private`, `shareable`, `host`, `container:NAME`. */
  IpcMode: string
  Links: readonly string[] | null
  OomScoreAdj: number
  /** Empty, `host`, `container:NAME`. */
  PidMode: string
  Privileged: boolean
  PublishAllPorts: boolean
  ReadonlyRootfs: boolean
  SecurityOpt: readonly string[] | null
  Tmpfs?: Readonly<Record<string, string>>
  Sysctls?: Readonly<Record<string, string>>
  Init?: boolean
  /** Empty or `host`. */
  UTSMode: string
  UsernsMode: string
  /** Bytes; 0 is the default of 64 MiB. */
  ShmSize: number
  Runtime: string
  /** [rows, columns] of the client's terminal. */
  ConsoleSize: readonly [number, number]
  CpuShares: number
  /** Bytes. */
  Memory: number
  NanoCpus: number
  CgroupParent: string
  CpuPeriod: number
  CpuQuota: number
  CpusetCpus: string
  CpusetMems: string
  MemoryReservation: number
  MemorySwap: number
  OomKillDisable: boolean
  PidsLimit: number | null
  Ulimits: readonly { Name: string; Soft: number; Hard: number }[] | null
  Isolation: string
  BlkioWeight: number
  Devices: readonly { PathOnHost: string; PathInContainer: string; CgroupPermissions: string }[]
  DeviceCgroupRules: readonly string[] | null
  DeviceRequests: readonly JsonObject[] | null
  MemorySwappiness: number | null
}

export interface MountRequest {
  /** `bind`, `volume`, `tmpfs`; anything else the engine refuses. */
  Type: string
  Source?: string
  Target: string
  ReadOnly?: boolean
  BindOptions?: JsonObject
  VolumeOptions?: JsonObject
  TmpfsOptions?: JsonObject
}

export interface EndpointSettingsRequest {
  IPAMConfig?: { IPv4Address?: string; IPv6Address?: string; LinkLocalIPs?: readonly string[] } | null
  Links?: readonly string[] | null
  Aliases?: readonly string[] | null
  MacAddress?: string
  DriverOpts?: Readonly<Record<string, string>> | null
  GwPriority?: number
}

/** Body of POST /containers/create. */
export interface ContainerCreateRequest {
  Config: Partial<ContainerConfig> & Pick<ContainerConfig, 'Image'>
  HostConfig?: Partial<HostConfig>
  NetworkingConfig?: { EndpointsConfig?: Readonly<Record<string, EndpointSettingsRequest>> }
}

export interface ContainerCreateResponse {
  Id: string
  Warnings: readonly string[]
}

export type ContainerStatus = 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead'

export interface Port {
  /** Absent for a port that is exposed only. */
  IP?: string
  PrivatePort: number
  PublicPort?: number
  Type: string
}

export interface MountPoint {
  Type: string
  /** Of a volume. */
  Name?: string
  Source: string
  Destination: string
  Driver?: string
  Mode: string
  RW: boolean
  Propagation: string
}

/** One row of GET /containers/json, newest first. */
export interface ContainerSummary {
  Id: string
  /** With a leading slash. */
  Names: readonly string[]
  Image: string
  ImageID: string
  /** The command as one line, `sh -c 'echo hi'`; the client puts it in quotation marks and cuts it. */
  Command: string
  /** Unix time in seconds. */
  Created: number
  Ports: readonly Port[]
  /** Only with `size`. */
  SizeRw?: number
  SizeRootFs?: number
  Labels: Readonly<Record<string, string>>
  State: ContainerStatus
  /** `Up 4 seconds`, `Exited (137) 1 second ago`, `Created`. */
  Status: string
  HostConfig: { NetworkMode: string }
  NetworkSettings: { Networks: Readonly<Record<string, EndpointSettings>> }
  Mounts: readonly MountPoint[]
}

export interface EndpointSettings {
  IPAMConfig: { IPv4Address?: string } | null
  Links: readonly string[] | null
  Aliases: readonly string[] | null
  MacAddress: string
  DriverOpts: Readonly<Record<string, string>> | null
  NetworkID: string
  EndpointID: string
  Gateway: string
  IPAddress: string
  IPPrefixLen: number
  DNSNames: readonly string[] | null
}

/**
 * GET /containers/ID/json. The object that the engine makes has every key of its version in that version's order, so
 * print it as it is; named here is what a client reads of it.
 */
export interface ContainerInspect {
  readonly [key: string]: unknown
  readonly Id: string
  /** RFC 3339 with nanoseconds. */
  readonly Created: string
  readonly Path: string
  readonly Args: readonly string[]
  readonly State: {
    readonly Status: ContainerStatus
    readonly Running: boolean
    readonly Paused: boolean
    readonly Restarting: boolean
    readonly OOMKilled: boolean
    readonly Dead: boolean
    readonly Pid: number
    readonly ExitCode: number
    readonly Error: string
    readonly StartedAt: string
    readonly FinishedAt: string
  }
  readonly Image: string
  /** With a leading slash. */
  readonly Name: string
  readonly RestartCount: number
  readonly HostConfig: HostConfig
  readonly Mounts: readonly MountPoint[]
  readonly Config: ContainerConfig
  readonly NetworkSettings: {
    readonly [key: string]: unknown
    readonly Ports: Readonly<Record<string, readonly PortBinding[] | null>>
    readonly Networks: Readonly<Record<string, EndpointSettings>>
  }
}

export interface ContainerWaitResponse {
  StatusCode: number
  /** Why waiting failed, such as a container that could not be removed. */
  Error?: { Message: string }
}

export interface ContainerTopResponse {
  Titles: readonly string[]
  Processes: readonly (readonly string[])[]
}

/** One sample of GET /containers/ID/stats. */
export interface ContainerStats {
  id: string
  /** With a leading slash. */
  name: string
  /** CPU use since the sample before, 100 for one CPU. */
  cpuPercent: number
  /** Bytes; the limit is the host's memory without `--memory`. */
  memoryUsage: number
  memoryLimit: number
  networkReceived: number
  networkSent: number
  blockRead: number
  blockWritten: number
  pids: number
}

export interface FileChange {
  Kind: 'C' | 'A' | 'D'
  Path: string
}

/** Parts of POST /containers/ID/update: absent keys stay as they are. */
export type ContainerUpdateRequest = Partial<
  Pick<
    HostConfig,
    | 'RestartPolicy'
    | 'Memory'
    | 'MemorySwap'
    | 'MemoryReservation'
    | 'CpuShares'
    | 'NanoCpus'
    | 'CpuPeriod'
    | 'CpuQuota'
    | 'CpusetCpus'
    | 'CpusetMems'
    | 'PidsLimit'
  >
>

/** A file of GET or PUT /containers/ID/archive, instead of the tar stream. `name` is relative, with `/` between parts. */
export interface ArchiveEntry {
  name: string
  type: 'regular' | 'directory' | 'symlink'
  mode: number
  uid: number
  gid: number
  /** Microseconds since the epoch. */
  mtime: number
  content?: Uint8Array
  target?: string
  /** The program behind a regular file's bytes, kept when a file is copied. */
  executable?: unknown
}

// Exec ---------------------------------------------------------------------------------------------------------------

/** Body of POST /containers/ID/exec. */
export interface ExecCreateRequest {
  AttachStdin?: boolean
  AttachStdout?: boolean
  AttachStderr?: boolean
  Tty?: boolean
  Env?: readonly string[]
  Cmd: readonly string[]
  Privileged?: boolean
  User?: string
  WorkingDir?: string
}

export interface ExecInspect {
  ID: string
  Running: boolean
  /** null while it runs. */
  ExitCode: number | null
  ContainerID: string
  Pid: number
}

// Images -------------------------------------------------------------------------------------------------------------

export interface ImageSummary {
  Id: string
  ParentId: string
  RepoTags: readonly string[]
  RepoDigests: readonly string[]
  /** Unix time in seconds. */
  Created: number
  Size: number
  SharedSize: number
  Labels: Readonly<Record<string, string>> | null
  Containers: number
}

/** GET /images/NAME/json: every key of the version, in its order. */
export interface ImageInspect {
  readonly [key: string]: unknown
  readonly Id: string
  readonly RepoTags: readonly string[]
  readonly Created: string
  readonly Size: number
  readonly Architecture: string
  readonly Os: string
}

export interface ImageHistoryItem {
  Id: string
  /** Unix time in seconds. */
  Created: number
  CreatedBy: string
  Tags: readonly string[] | null
  Size: number
  Comment: string
}

/** POST /commit. */
export interface CommitRequest {
  /** A reference, or nothing. */
  repository?: string
  author?: string
  comment?: string
  changes?: readonly string[]
}

/** POST /build, with what its tar stream holds. */
export interface BuildRequest {
  context: readonly ArchiveEntry[]
  dockerfile: string
  /** As the client names it. */
  dockerfileName: string
  tags: readonly string[]
  buildArguments: Readonly<Record<string, string>>
  labels: Readonly<Record<string, string>>
  /** A stage's name, or empty for the last one. */
  target: string
  networkMode: string
  noCache: boolean
  pull: boolean
  /** Whether the containers of the steps go, --rm. */
  removeContainers: boolean
  /** Why a text is no reference, in the words of the release. */
  referenceProblem: (reference: string) => string | undefined
}

export type ImageRemoveItem = { Untagged: string } | { Deleted: string }

/** One line of the progress that POST /images/create streams. */
export interface PullProgress {
  status: string
  id?: string
}

// Networks, volumes --------------------------------------------------------------------------------------------------

/** GET /networks/ID: every key of the version, in its order. Of a list, without Containers. */
export interface NetworkInspect {
  readonly [key: string]: unknown
  readonly Name: string
  readonly Id: string
  readonly Created: string
  readonly Scope: string
  readonly Driver: string
  readonly Internal: boolean
  readonly EnableIPv6: boolean
  readonly Labels: Readonly<Record<string, string>>
}

export interface NetworkCreateRequest {
  Name: string
  Driver?: string
  Internal?: boolean
  Attachable?: boolean
  EnableIPv6?: boolean
  Labels?: Readonly<Record<string, string>>
  Options?: Readonly<Record<string, string>>
  IPAM?: {
    Driver?: string
    Config?: readonly { Subnet?: string; Gateway?: string; IPRange?: string }[]
  }
}

export interface VolumeCreateRequest {
  Name?: string
  Driver?: string
  Labels?: Readonly<Record<string, string>> | null
  DriverOpts?: Readonly<Record<string, string>> | null
}

export interface VolumeInspect {
  readonly [key: string]: unknown
  readonly CreatedAt: string
  readonly Driver: string
  readonly Labels: Readonly<Record<string, string>> | null
  readonly Mountpoint: string
  readonly Name: string
  readonly Options: Readonly<Record<string, string>> | null
  readonly Scope: string
}

// System -------------------------------------------------------------------------------------------------------------

export interface EventMessage {
  readonly Type: 'container' | 'image' | 'network' | 'volume' | 'daemon'
  /** `create`, `start`, `exec_create: ls`, `die` … */
  readonly Action: string
  readonly Actor: { readonly ID: string; readonly Attributes: Readonly<Record<string, string>> }
  readonly scope: 'local'
  /** Unix time in seconds, and in nanoseconds as a decimal (too big for a number). */
  readonly time: number
  readonly timeNano: bigint
}

/** GET /version. */
export interface VersionResponse {
  readonly [key: string]: unknown
  readonly Platform: { readonly Name: string }
  readonly Components: readonly {
    readonly Name: string
    readonly Version: string
    readonly Details: Readonly<Record<string, string>>
  }[]
  readonly Version: string
  readonly ApiVersion: string
  readonly MinAPIVersion: string
  readonly GitCommit: string
  readonly GoVersion: string
  readonly Os: string
  readonly Arch: string
  readonly KernelVersion: string
  readonly BuildTime: string
}

/** GET /info: what `docker info` prints of it. */
export interface InfoResponse {
  readonly [key: string]: unknown
  readonly ID: string
  readonly Containers: number
  readonly ContainersRunning: number
  readonly ContainersPaused: number
  readonly ContainersStopped: number
  readonly Images: number
  readonly Driver: string
  readonly ServerVersion: string
  readonly OperatingSystem: string
  readonly Name: string
}

export interface SystemDfResponse {
  Images: readonly ImageSummary[]
  Containers: readonly ContainerSummary[]
  Volumes: readonly VolumeInspect[]
  LayersSize: number
}

export interface PruneResponse {
  /** Ids of containers, names of networks and volumes, lines of images. */
  deleted: readonly string[]
  /** Bytes. */
  spaceReclaimed: number
}
