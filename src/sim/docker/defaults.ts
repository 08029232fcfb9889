// What the engine fills in where a client says nothing: the API's defaults for the two halves of a container's record.
import type { ContainerConfig, ContainerCreateRequest, HostConfig } from './api-types.ts'
import type { ImageConfig } from './images.ts'
import type { DockerParameters } from './versions.ts'

/** The whole Config: the request's, and where it is silent the image's; environment and labels of both. */
export function mergeConfig(
  request: ContainerCreateRequest['Config'],
  image: ImageConfig,
  hostname: string,
): ContainerConfig {
  const entrypointGiven = request.Entrypoint !== undefined && request.Entrypoint !== null
  // An entrypoint of one's own drops the image's command too; `--entrypoint ""` is sent as [''].
  const entrypoint = entrypointGiven ? request.Entrypoint : (image.Entrypoint ?? null)
  const given = request.Cmd !== undefined && request.Cmd !== null && request.Cmd.length > 0
  const command = given ? request.Cmd : entrypointGiven ? null : (image.Cmd ?? null)
  const exposed = { ...image.ExposedPorts, ...request.ExposedPorts }
  return {
    Hostname: request.Hostname || hostname,
    Domainname: request.Domainname ?? '',
    User: request.User || (image.User ?? ''),
    AttachStdin: request.AttachStdin ?? false,
    AttachStdout: request.AttachStdout ?? false,
    AttachStderr: request.AttachStderr ?? false,
    ...(Object.keys(exposed).length > 0 && { ExposedPorts: exposed }),
    Tty: request.Tty ?? false,
    OpenStdin: request.OpenStdin ?? false,
    StdinOnce: request.StdinOnce ?? false,
    Env: mergeEnvironment(image.Env ?? [], request.Env ?? []),
    Cmd: command ?? null,
    Image: request.Image,
    Volumes: request.Volumes ?? null,
    WorkingDir: request.WorkingDir || (image.WorkingDir ?? ''),
    Entrypoint: entrypoint?.length === 1 && entrypoint[0] === '' ? null : (entrypoint ?? null),
    OnBuild: null,
    Labels: { ...image.Labels, ...request.Labels },
    ...(request.MacAddress !== undefined && { MacAddress: request.MacAddress }),
    ...withDefined('Healthcheck', request.Healthcheck ?? image.Healthcheck),
    ...withDefined('StopSignal', request.StopSignal ?? image.StopSignal),
    ...withDefined('StopTimeout', request.StopTimeout),
  }
}

function withDefined<K extends string, V>(key: K, value: V | undefined): { [Key in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { [Key in K]?: V }
}

/** The request's variables, then those of the image that it does not name: the order in which inspect has them. */
function mergeEnvironment(image: readonly string[], request: readonly string[]): string[] {
  const named = new Set(request.map(variableName))
  return [
    ...request.filter((entry) => entry.includes('=')),
    ...image.filter((entry) => !named.has(variableName(entry))),
  ]
}

function variableName(entry: string): string {
  return entry.split('=', 1)[0] ?? ''
}

/** The whole HostConfig. NetworkMode and the namespace modes are resolved by create. */
export function fillHostConfig(request: Partial<HostConfig>, parameters: DockerParameters): HostConfig {
  const policy = request.RestartPolicy ?? { Name: '', MaximumRetryCount: 0 }
  return {
    ...emptyHostConfig,
    ...request,
    MemorySwap: request.MemorySwap || (request.Memory ? request.Memory * 2 : 0),
    CapAdd: capabilityNames(request.CapAdd),
    CapDrop: capabilityNames(request.CapDrop),
    RestartPolicy: { ...policy, Name: policy.Name === '' ? 'no' : policy.Name },
    LogConfig: request.LogConfig?.Type ? request.LogConfig : emptyHostConfig.LogConfig,
    CgroupnsMode: request.CgroupnsMode || (request.Privileged ? 'host' : parameters.cgroupnsMode),
    IpcMode: request.IpcMode || 'private',
    ShmSize: request.ShmSize || emptyHostConfig.ShmSize,
    Runtime: request.Runtime || emptyHostConfig.Runtime,
  }
}

/** `net_admin` is CAP_NET_ADMIN; in order, each once. */
function capabilityNames(names: readonly string[] | null | undefined): string[] | null {
  if (names === null || names === undefined) return null
  const full = names.map((name) =>
    name
      .toUpperCase()
      .replace(/^(CAP_)?/, 'CAP_')
      .replace(/^CAP_ALL$/, 'ALL'),
  )
  return [...new Set(full)].toSorted()
}

const emptyHostConfig: HostConfig = {
  Binds: null,
  ContainerIDFile: '',
  LogConfig: { Type: 'json-file', Config: {} },
  NetworkMode: '',
  PortBindings: {},
  RestartPolicy: { Name: 'no', MaximumRetryCount: 0 },
  AutoRemove: false,
  VolumeDriver: '',
  VolumesFrom: null,
  CapAdd: null,
  CapDrop: null,
  CgroupnsMode: '',
  Dns: [],
  DnsOptions: [],
  DnsSearch: [],
  ExtraHosts: null,
  GroupAdd: null,
  IpcMode: '',
  Links: null,
  OomScoreAdj: 0,
  PidMode: '',
  Privileged: false,
  PublishAllPorts: false,
  ReadonlyRootfs: false,
  SecurityOpt: null,
  UTSMode: '',
  UsernsMode: '',
  ShmSize: 67_108_864,
  Runtime: 'runc',
  ConsoleSize: [0, 0],
  CpuShares: 0,
  Memory: 0,
  NanoCpus: 0,
  CgroupParent: '',
  CpuPeriod: 0,
  CpuQuota: 0,
  CpusetCpus: '',
  CpusetMems: '',
  MemoryReservation: 0,
  MemorySwap: 0,
  OomKillDisable: false,
  PidsLimit: null,
  Ulimits: null,
  Isolation: '',
  BlkioWeight: 0,
  Devices: [],
  DeviceCgroupRules: null,
  DeviceRequests: null,
  MemorySwappiness: null,
}
