// GET /containers/ID/json: the record with every key of the engine's version, in that version's order.
import type { ContainerInspect, EndpointSettings, HostConfig } from './api-types.ts'
import { type Container, type Endpoint, statusOf } from './container.ts'
import { healthRecord } from './health.ts'
import { formatTime } from './status.ts'
import type { DockerParameters } from './versions.ts'

type Layout = DockerParameters['inspectLayout']
type Keys = Record<string, unknown>

/** @param size whether to add SizeRw and SizeRootFs, in bytes */
export function inspectContainer(
  container: Container,
  parameters: DockerParameters,
  size?: { SizeRw: number; SizeRootFs: number },
): ContainerInspect {
  const layout = parameters.inspectLayout
  const { id, state } = container
  const directory = `/var/lib/docker/containers/${id}`
  const paths = container.startedBefore
    ? { resolv: `${directory}/resolv.conf`, hostname: `${directory}/hostname`, hosts: `${directory}/hosts` }
    : { resolv: '', hostname: '', hosts: '' }
  const running = [...container.execs.values()].filter((exec) => exec.running).map((exec) => exec.id)
  const record: Keys = {
    Id: id,
    Created: formatTime(container.created),
    Path: container.path,
    Args: container.args,
    State: {
      Status: statusOf(container),
      Running: state.running,
      Paused: state.paused,
      Restarting: state.restarting,
      OOMKilled: state.oomKilled,
      Dead: state.dead,
      Pid: state.pid,
      ExitCode: state.exitCode,
      Error: state.error,
      StartedAt: formatTime(state.startedAt),
      FinishedAt: formatTime(state.finishedAt),
      ...(container.health && { Health: healthRecord(container.health) }),
    },
    Image: container.image.id,
    ResolvConfPath: paths.resolv,
    HostnamePath: paths.hostname,
    HostsPath: paths.hosts,
    LogPath: container.startedBefore ? `${directory}/${id}-json.log` : '',
    Name: `/${container.name}`,
    RestartCount: container.restart.count,
    Driver: 'overlay2',
    Platform: 'linux',
    MountLabel: '',
    ProcessLabel: '',
    AppArmorProfile: '',
    ExecIDs: running.length === 0 ? null : running,
    HostConfig: hostConfigKeys(container.hostConfig, layout, linkNames(container)),
    GraphDriver: { Data: graphDriverData(container, layout), Name: 'overlay2' },
    ...size,
    Mounts: container.mounts,
    Config: container.config,
    NetworkSettings: networkSettings(container, parameters),
  }
  return record as unknown as ContainerInspect
}

function graphDriverData(container: Container, layout: Layout): Keys {
  const layers = '/var/lib/docker/overlay2'
  const top = `${layers}/${container.layer}`
  return {
    ...((layout === '28.5' || layout === '29') && { ID: container.id }),
    LowerDir: `${top}-init/diff:${layers}/${container.image.layer}/diff`,
    MergedDir: `${top}/merged`,
    UpperDir: `${top}/diff`,
    WorkDir: `${top}/work`,
  }
}

/** Keys in the order of api/types/container's struct; what the engine here does not have is at its zero value. */
function hostConfigKeys(config: HostConfig, layout: Layout, links: HostConfig['Links']): Keys {
  const old = layout === '20.10'
  const consoleSize = { ConsoleSize: config.ConsoleSize }
  return {
    Binds: config.Binds,
    ContainerIDFile: config.ContainerIDFile,
    LogConfig: config.LogConfig,
    NetworkMode: config.NetworkMode,
    PortBindings: config.PortBindings,
    RestartPolicy: config.RestartPolicy,
    AutoRemove: config.AutoRemove,
    VolumeDriver: config.VolumeDriver,
    VolumesFrom: config.VolumesFrom,
    ...(!old && consoleSize),
    CapAdd: config.CapAdd,
    CapDrop: config.CapDrop,
    CgroupnsMode: config.CgroupnsMode,
    Dns: config.Dns,
    DnsOptions: config.DnsOptions,
    DnsSearch: config.DnsSearch,
    ExtraHosts: config.ExtraHosts,
    GroupAdd: config.GroupAdd,
    IpcMode: config.IpcMode,
    Cgroup: '',
    Links: links,
    OomScoreAdj: config.OomScoreAdj,
    PidMode: config.PidMode,
    Privileged: config.Privileged,
    PublishAllPorts: config.PublishAllPorts,
    ReadonlyRootfs: config.ReadonlyRootfs,
    SecurityOpt: config.SecurityOpt,
    ...(config.Tmpfs && { Tmpfs: config.Tmpfs }),
    UTSMode: config.UTSMode,
    UsernsMode: config.UsernsMode,
    ShmSize: config.ShmSize,
    ...(config.Sysctls && { Sysctls: config.Sysctls }),
    Runtime: config.Runtime,
    ...(old && consoleSize),
    Isolation: config.Isolation,
    CpuShares: config.CpuShares,
    Memory: config.Memory,
    NanoCpus: config.NanoCpus,
    CgroupParent: config.CgroupParent,
    BlkioWeight: config.BlkioWeight,
    BlkioWeightDevice: [],
    BlkioDeviceReadBps: old ? null : [],
    BlkioDeviceWriteBps: old ? null : [],
    BlkioDeviceReadIOps: old ? null : [],
    BlkioDeviceWriteIOps: old ? null : [],
    CpuPeriod: config.CpuPeriod,
    CpuQuota: config.CpuQuota,
    CpuRealtimePeriod: 0,
    CpuRealtimeRuntime: 0,
    CpusetCpus: config.CpusetCpus,
    CpusetMems: config.CpusetMems,
    Devices: config.Devices,
    DeviceCgroupRules: config.DeviceCgroupRules,
    DeviceRequests: config.DeviceRequests,
    ...(old && { KernelMemory: 0, KernelMemoryTCP: 0 }),
    MemoryReservation: config.MemoryReservation,
    MemorySwap: config.MemorySwap,
    MemorySwappiness: config.MemorySwappiness,
    OomKillDisable: config.OomKillDisable,
    ...(config.Init !== undefined && { Init: config.Init }),
    PidsLimit: config.PidsLimit,
    Ulimits: config.Ulimits ?? (old ? null : []),
    CpuCount: 0,
    CpuPercent: 0,
    IOMaximumIOps: 0,
    IOMaximumBandwidth: 0,
    ...(config.Mounts && { Mounts: config.Mounts }),
    MaskedPaths: config.Privileged ? null : maskedPaths(layout),
    ReadonlyPaths: config.Privileged
      ? null
      : ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'],
  }
}

function maskedPaths(layout: Layout): string[] {
  return [
    '/proc/asound',
    '/proc/acpi',
    ...(layout === '28.5' || layout === '29' ? ['/proc/interrupts'] : []),
    '/proc/kcore',
    '/proc/keys',
    '/proc/latency_stats',
    '/proc/timer_list',
    '/proc/timer_stats',
    '/proc/sched_debug',
    '/proc/scsi',
    '/sys/firmware',
    ...(layout === '20.10' ? [] : ['/sys/devices/virtual/powercap']),
  ]
}

function networkSettings(container: Container, parameters: DockerParameters): Keys {
  const layout = parameters.inspectLayout
  const sandbox = container.sandbox ?? container.lastSandbox
  const sandboxKey = sandbox === undefined ? '' : `/var/run/docker/netns/${sandbox.key}`
  const networks = Object.fromEntries(
    [...container.endpoints.values()].map((endpoint) => [
      endpoint.networkName,
      endpointSettings(container, endpoint, parameters),
    ]),
  )
  const ports = { Ports: Object.fromEntries(container.publishedPorts) }
  const key = { SandboxKey: sandboxKey }
  const id = { SandboxID: sandbox?.id ?? '' }
  if (layout === '29') return { ...id, ...key, ...ports, Networks: networks }
  const old = layout === '20.10'
  const bridge = container.endpoints.get('bridge')
  return {
    Bridge: '',
    ...id,
    ...(!old && { ...key, ...ports }),
    HairpinMode: false,
    LinkLocalIPv6Address: '',
    LinkLocalIPv6PrefixLen: 0,
    ...(old && { ...ports, ...key }),
    SecondaryIPAddresses: null,
    SecondaryIPv6Addresses: null,
    EndpointID: bridge?.id ?? '',
    Gateway: bridge?.gateway ?? '',
    GlobalIPv6Address: '',
    GlobalIPv6PrefixLen: 0,
    IPAddress: bridge?.address ?? '',
    IPPrefixLen: bridge?.prefixLength ?? 0,
    IPv6Gateway: '',
    MacAddress: bridge?.macAddress ?? '',
    Networks: networks,
  }
}

/** One entry of Networks, as inspect and the list have it. */
export function endpointSettings(
  container: Container,
  endpoint: Endpoint,
  parameters: DockerParameters,
): EndpointSettings {
  const old = parameters.inspectLayout === '20.10'
  const middle = parameters.inspectLayout === '26.1'
  const { requested } = endpoint
  const userDefined = !['bridge', 'host', 'none', 'default'].includes(endpoint.networkName)
  const shortId = container.id.slice(0, 12)
  const asked = requested.Aliases ?? []
  const aliases = old && userDefined ? [...asked, shortId] : asked
  const dnsNames = [...new Set([container.name, ...asked, shortId, ...ownHostname(container)])]
  const driver = { DriverOpts: requested.DriverOpts ?? null }
  const mac = { MacAddress: endpoint.macAddress }
  const keys: Keys = {
    IPAMConfig: requested.IPAMConfig ?? (old && userDefined ? {} : null),
    Links: requested.Links ?? null,
    Aliases: aliases.length === 0 ? null : aliases,
    ...(!old && mac),
    ...(!old && !middle && { ...driver, GwPriority: requested.GwPriority ?? 0 }),
    NetworkID: endpoint.networkId,
    EndpointID: endpoint.id,
    Gateway: endpoint.gateway,
    IPAddress: endpoint.address,
    IPPrefixLen: endpoint.prefixLength,
    IPv6Gateway: '',
    GlobalIPv6Address: '',
    GlobalIPv6PrefixLen: 0,
    ...(old && { ...mac, ...driver }),
    ...(middle && driver),
    ...(!old && { DNSNames: userDefined ? dnsNames : null }),
  }
  return keys as unknown as EndpointSettings
}

/** As the engine keeps legacy links: `/target:/container/alias`. */
function linkNames({ hostConfig, name }: Container): string[] | null {
  if (hostConfig.Links === null) return null
  return hostConfig.Links.map((text) => {
    const [target = '', alias = target] = text.split(':')
    return `/${target.replace(/^\//, '')}:/${name}/${alias}`
  })
}

function ownHostname(container: Container): string[] {
  return container.config.Hostname === '' ? [] : [container.config.Hostname]
}
