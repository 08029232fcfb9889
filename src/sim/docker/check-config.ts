// What the engine checks of a request before it makes a container: values out of range, limits that contradict each other.
import type { ContainerConfig, HostConfig } from './api-types.ts'
import { EngineError } from './errors.ts'
import { parseSignal } from './kill.ts'
import { invalidStopSignal } from './texts.ts'
import { unknownCapability } from './users.ts'
import type { DockerParameters } from './versions.ts'

type Words = DockerParameters['errorTexts']

export interface Checked {
  readonly config: Partial<ContainerConfig>
  readonly host: Partial<HostConfig>
  readonly words: Words
  readonly processors: number
}

const megabyte = 1024 * 1024
const leastMemory = 6 * megabyte

/** A rule gives what is wrong, or undefined. They are asked in this order, and the first answer counts. */
type Rule = (request: Checked) => string | undefined

const securityKeys = new Set(['apparmor', 'label', 'no-new-privileges', 'seccomp', 'systempaths', 'writable-cgroups'])

const configRules: readonly Rule[] = [
  ({ config }) => {
    const directory = config.WorkingDir ?? ''
    if (directory === '' || directory.startsWith('/')) return undefined
    return `the working directory '${directory}' is invalid, it needs to be an absolute path`
  },
  ({ config, words }) => {
    const signal = config.StopSignal ?? ''
    return signal === '' || parseSignal(signal) !== undefined ? undefined : invalidStopSignal(words, signal)
  },
  ({ config }) => {
    const check = config.Healthcheck ?? {}
    const short = (['Interval', 'Timeout', 'StartPeriod'] as const).find((name) => {
      const value = check[name]
      return typeof value === 'number' && value > 0 && value < 1e6
    })
    return short === undefined ? undefined : `${short} in Healthcheck cannot be less than 1ms`
  },
]

const hostRules: readonly Rule[] = [
  ({ host }) => {
    const added = (host.CapAdd ?? []).map(unknownCapability).find((name) => name !== undefined)
    return added === undefined ? undefined : `invalid CapAdd: unknown capability: "${added}"`
  },
  ({ host }) => {
    const dropped = (host.CapDrop ?? []).map(unknownCapability).find((name) => name !== undefined)
    return dropped === undefined ? undefined : `invalid CapDrop: unknown capability: "${dropped}"`
  },
  ({ host }) => {
    const unknown = (host.SecurityOpt ?? []).find((option) => !securityKeys.has(option.split(/[=:]/, 1)[0] ?? ''))
    return unknown === undefined ? undefined : `invalid --security-opt 2: ${JSON.stringify(unknown)}`
  },
  ({ host, words }) => {
    const mode = host.Isolation ?? ''
    if (['', 'default'].includes(mode)) return undefined
    if (words !== '28.5') return `Invalid isolation: ${JSON.stringify(mode)} - linux only supports 'default'`
    return `invalid isolation (${mode}): linux only supports 'default'`
  },
  ({ host, words }) => {
    if (host.NetworkMode !== 'container:') return undefined
    return `${words === '28.5' ? 'invalid' : 'Invalid'} network mode: invalid container format container:<name|id>`
  },
  ({ host, words }) => {
    const runtime = host.Runtime ?? ''
    if (['', 'runc', 'io.containerd.runc.v2'].includes(runtime)) return undefined
    return words === '20.10' ? `Unknown runtime specified ${runtime}` : `unknown or invalid runtime name: ${runtime}`
  },
  ({ host }) => {
    const driver = host.LogConfig?.Type ?? ''
    if (logDrivers.has(driver)) return undefined
    return `error looking up logging plugin ${driver}: plugin "${driver}" not found`
  },
  ({ host }) => {
    const driver = host.LogConfig?.Type || 'json-file'
    const unknown = Object.keys(host.LogConfig?.Config ?? {}).find((name) => !logOptions.has(name))
    return unknown === undefined || driver === 'none'
      ? undefined
      : `unknown log opt '${unknown}' for ${driver} log driver`
  },
]

/** Those that this engine has. */
const logDrivers = new Set(['', 'json-file', 'local', 'none'])
const logOptions = new Set([
  'max-size',
  'max-file',
  'labels',
  'labels-regex',
  'env',
  'env-regex',
  'compress',
  'tag',
  'mode',
])

const resourceRules: readonly Rule[] = [
  ({ host: { OomScoreAdj: value = 0 } }) =>
    value < -1000 || value > 1000 ? `Invalid value ${value}, range for oom score adj is [-1000, 1000]` : undefined,
  ({ host: { Memory = 0 } }) =>
    Memory > 0 && Memory < leastMemory ? 'Minimum memory limit allowed is 6MB' : undefined,
  ({ host: { Memory = 0, MemorySwap = 0 } }) =>
    Memory > 0 && MemorySwap > 0 && MemorySwap < Memory
      ? 'Minimum memoryswap limit should be larger than memory limit, see usage'
      : undefined,
  ({ host: { Memory = 0, MemorySwap = 0 } }) =>
    Memory === 0 && MemorySwap > 0
      ? 'You should always set the Memory limit when using Memoryswap limit, see usage'
      : undefined,
  ({ host: { MemoryReservation = 0 } }) =>
    MemoryReservation > 0 && MemoryReservation < leastMemory ? 'Minimum memory reservation allowed is 6MB' : undefined,
  ({ host: { Memory = 0, MemoryReservation = 0 } }) =>
    Memory > 0 && MemoryReservation > Memory
      ? 'Minimum memory limit can not be less than memory reservation limit, see usage'
      : undefined,
  ({ host: { NanoCpus = 0, CpuPeriod = 0 } }) =>
    NanoCpus !== 0 && CpuPeriod > 0 ? 'Conflicting options: Nano CPUs and CPU Period cannot both be set' : undefined,
  ({ host: { NanoCpus = 0, CpuQuota = 0 } }) =>
    NanoCpus !== 0 && CpuQuota > 0 ? 'Conflicting options: Nano CPUs and CPU Quota cannot both be set' : undefined,
  ({ host: { NanoCpus = 0 }, words, processors }) =>
    NanoCpus < 0 || NanoCpus > processors * 1e9
      ? `${words === '28.5' ? 'range' : 'Range'} of CPUs is from 0.01 to ${processors}.00, as there are only ${processors} CPUs available`
      : undefined,
  ({ host: { CpuPeriod = 0 } }) =>
    CpuPeriod !== 0 && (CpuPeriod < 1000 || CpuPeriod > 1_000_000)
      ? 'CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)'
      : undefined,
  ({ host: { CpuQuota = 0 } }) =>
    CpuQuota > 0 && CpuQuota < 1000 ? 'CPU cfs quota can not be less than 1ms (i.e. 1000)' : undefined,
  ({ host: { CpusetCpus = '' }, processors }) => cpuset(CpusetCpus, 'cpuset cpus', 'CPUs', processors),
  ({ host: { CpusetMems = '' } }) => cpuset(CpusetMems, 'cpuset mems', 'memory nodes', 1),
]

/** `0-2,5`: a list of numbers and ranges, each below a count. */
function cpuset(text: string, field: string, what: string, count: number): string | undefined {
  if (text === '') return undefined
  const numbers: number[] = []
  for (const part of text.split(',')) {
    const range = /^(\d+)(?:-(\d+))?$/.exec(part)
    if (!range) return `Invalid value ${text} for ${field}: invalid format: ${part}`
    numbers.push(Number(range[1]), Number(range[2] ?? range[1]))
  }
  if (numbers.every((number) => number < count)) return undefined
  return `Requested ${what} are not available - requested ${text}, available: ${count === 1 ? '0' : `0-${count - 1}`}`
}

function ask(rules: readonly Rule[], request: Checked): void {
  for (const rule of rules) {
    const problem = rule(request)
    if (problem !== undefined) throw new EngineError(400, problem)
  }
}

/** @throws EngineError 400 */
export function checkConfig(request: Checked): void {
  ask(configRules, request)
  ask(hostRules, request)
  checkResources(request)
}

/** The limits alone, for `docker update` too. @throws EngineError 400 */
export function checkResources(request: Checked): void {
  ask(resourceRules, request)
}

/** Limits that this kernel does not have are let go, with a warning. */
export function discardUnsupported(host: HostConfig): { host: HostConfig; warnings: string[] } {
  if (host.BlkioWeight === 0) return { host, warnings: [] }
  const warning = 'Your kernel does not support Block I/O weight or the cgroup is not mounted. Weight discarded.'
  return { host: { ...host, BlkioWeight: 0 }, warnings: [warning] }
}
