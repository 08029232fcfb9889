// The Go types behind what the Engine API sends, as far as a template can tell them from plain JSON: maps, pointers, fields
// that are left out when empty, and fields whose name in Go differs. Docker executes -f on these types first.
import { GoMap, GoNil, GoSlice, GoStruct } from '../../text/go-template.ts'

/** JSON key to the field's type; `Name: Type` renames it. What is not listed has the type that its JSON value shows. */
type Fields = Readonly<Record<string, string>>

const structs: Readonly<Record<string, Fields>> = {
  'types.ContainerJSON': {
    Id: 'ID: string',
    State: '*types.ContainerState',
    HostConfig: '*container.HostConfig',
    GraphDriver: 'types.GraphDriverData',
    SizeRw: '*int64',
    SizeRootFs: '*int64',
    Mounts: '[]types.MountPoint',
    Config: '*container.Config',
    NetworkSettings: '*types.NetworkSettings',
    ExecIDs: '[]string',
    Args: '[]string',
  },
  'types.ContainerState': { Health: '*types.Health' },
  'types.Health': { Log: '[]*types.HealthcheckResult' },
  'types.GraphDriverData': { Data: 'map[string]string' },
  'types.MountPoint': { Type: 'string', Name: 'string', Driver: 'string' },
  'container.Config': {
    ExposedPorts: 'map[nat.Port]struct {}',
    Env: '[]string',
    Cmd: '[]string',
    Healthcheck: '*container.HealthConfig',
    ArgsEscaped: 'bool',
    Volumes: 'map[string]struct {}',
    Entrypoint: '[]string',
    NetworkDisabled: 'bool',
    MacAddress: 'string',
    OnBuild: '[]string',
    Labels: 'map[string]string',
    StopSignal: 'string',
    StopTimeout: '*int',
    Shell: '[]string',
  },
  'container.HostConfig': {
    Binds: '[]string',
    LogConfig: 'container.LogConfig',
    PortBindings: 'map[nat.Port][]nat.PortBinding',
    RestartPolicy: 'container.RestartPolicy',
    VolumesFrom: '[]string',
    Annotations: 'map[string]string',
    CapAdd: '[]string',
    CapDrop: '[]string',
    Dns: 'DNS: []string',
    DnsOptions: 'DNSOptions: []string',
    DnsSearch: 'DNSSearch: []string',
    ExtraHosts: '[]string',
    GroupAdd: '[]string',
    Links: '[]string',
    SecurityOpt: '[]string',
    StorageOpt: 'map[string]string',
    Tmpfs: 'map[string]string',
    Sysctls: 'map[string]string',
    CpuShares: 'CPUShares: int64',
    NanoCpus: 'NanoCPUs: int64',
    CpuPeriod: 'CPUPeriod: int64',
    CpuQuota: 'CPUQuota: int64',
    CpuRealtimePeriod: 'CPURealtimePeriod: int64',
    CpuRealtimeRuntime: 'CPURealtimeRuntime: int64',
    DeviceCgroupRules: '[]string',
    DeviceRequests: '[]container.DeviceRequest',
    MemorySwappiness: '*int64',
    OomKillDisable: '*bool',
    PidsLimit: '*int64',
    Ulimits: '[]*container.Ulimit',
    CpuCount: 'CPUCount: int64',
    CpuPercent: 'CPUPercent: int64',
    Mounts: '[]mount.Mount',
    MaskedPaths: '[]string',
    ReadonlyPaths: '[]string',
    Init: '*bool',
  },
  'container.LogConfig': { Config: 'map[string]string' },
  'types.NetworkSettings': {
    Ports: 'map[nat.Port][]nat.PortBinding',
    Networks: 'map[string]*network.EndpointSettings',
    SecondaryIPAddresses: '[]network.Address',
    SecondaryIPv6Addresses: '[]network.Address',
  },
  'nat.PortBinding': { HostIp: 'HostIP: string' },
  'network.EndpointSettings': {
    IPAMConfig: '*network.EndpointIPAMConfig',
    Links: '[]string',
    Aliases: '[]string',
    DriverOpts: 'map[string]string',
    DNSNames: '[]string',
  },
  'network.EndpointIPAMConfig': { IPv4Address: 'string', IPv6Address: 'string', LinkLocalIPs: '[]string' },
  'types.NetworkResource': {
    Id: 'ID: string',
    IPAM: 'network.IPAM',
    ConfigFrom: 'network.ConfigReference',
    Containers: 'map[string]types.EndpointResource',
    Options: 'map[string]string',
    Labels: 'map[string]string',
    Peers: '[]network.PeerInfo',
    Services: 'map[string]network.ServiceInfo',
  },
  'network.IPAM': { Options: 'map[string]string', Config: '[]network.IPAMConfig' },
  'network.IPAMConfig': {
    Subnet: 'string',
    IPRange: 'string',
    Gateway: 'string',
    AuxiliaryAddresses: 'AuxAddress: map[string]string',
  },
  'types.ImageInspect': {
    Id: 'ID: string',
    RepoTags: '[]string',
    RepoDigests: '[]string',
    Config: '*container.Config',
    GraphDriver: 'types.GraphDriverData',
    RootFS: 'types.RootFS',
    Metadata: 'types.ImageMetadata',
    Variant: 'string',
    OsVersion: 'string',
  },
  'types.RootFS': { Layers: '[]string' },
  'types.Volume': { Labels: 'map[string]string', Options: 'map[string]string', Status: 'map[string]interface {}' },
}

/** A JSON value as the Go value of a type. An unknown struct has the fields that the JSON has. */
export function typedValue(type: string, json: unknown): unknown {
  const pointer = type.startsWith('*')
  const base = pointer ? type.slice(1) : type
  if (base.startsWith('[]')) {
    const items = Array.isArray(json) ? json.map((item) => typedValue(base.slice(2), item)) : undefined
    return new GoSlice(base, items)
  }
  const map = /^map\[[^\]]*\](.*)$/.exec(base)
  if (map) {
    const element = map[1] ?? ''
    const entries = isObject(json)
      ? new Map(Object.entries(json).map(([key, value]) => [key, typedValue(element, value)]))
      : undefined
    return new GoMap(base, entries)
  }
  if (pointer && (json === null || json === undefined)) return new GoNil(type)
  if (base === 'string') return typeof json === 'string' ? json : ''
  if (base === 'bool') return json === true
  if (/^u?int(\d+)?$/.test(base)) return typeof json === 'number' || typeof json === 'bigint' ? json : 0
  if (base === 'interface {}') return untyped(json)
  return structValue(type, base, json)
}

function structValue(type: string, base: string, json: unknown): GoStruct {
  const object = isObject(json) ? json : {}
  const known = structs[base] ?? {}
  const fields = new Map<string, unknown>()
  for (const key of new Set([...Object.keys(object), ...Object.keys(known)])) {
    const [first = '', second] = (known[key] ?? '').split(': ')
    const name = second === undefined ? key : first
    const fieldType = second ?? first
    fields.set(name, fieldType === '' ? untyped(object[key]) : typedValue(fieldType, object[key]))
  }
  return new GoStruct(type, fields, { json: object })
}

/** Where no table says the type, it is taken from the JSON value. */
function untyped(json: unknown): unknown {
  if (Array.isArray(json)) {
    const type = json.every((item) => typeof item === 'string') ? '[]string' : '[]interface {}'
    return new GoSlice(type, json.map(untyped))
  }
  if (isObject(json)) return structValue('struct', 'struct', json)
  return json ?? null
}

function isObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}
