// From the flags of `docker run` and `docker create` to the request that the engine gets: docker's own checks, which come
// before the engine is asked, and their texts.
import type { ContainerCreateRequest, HostConfig, RestartPolicy } from '../docker/api.ts'
import { type Program, SystemCallError } from '../kernel/system.ts'
import { readText } from '../programs/stdio.ts'
import { StatusError } from './errors.ts'
import type { Invocation } from './invocation.ts'
import { parseMount } from './mount-option.ts'
import { networkMode, parseNetworks } from './network-options.ts'
import { parseExposed, parsePublished } from './ports.ts'
import { checkModes, healthOptions, resourceOptions } from './resource-options.ts'
import { volumesOf } from './volume-option.ts'

/** What is attached: streams of the container to the client's. */
export interface Attachment {
  readonly stdin: boolean
  readonly stdout: boolean
  readonly stderr: boolean
}

export interface ContainerOptions {
  readonly request: ContainerCreateRequest
  readonly attachment: Attachment
}

/**
 * @param detach `-d`: nothing is attached
 * @throws StatusError, without the `docker: ` that `runError` puts before it
 */
export function* containerOptions(invocation: Invocation, detach: boolean): Program<ContainerOptions> {
  const { flags } = invocation
  const [image = '', ...command] = invocation.operands
  const attachment = readAttachment(invocation, detach)
  checkConflicts(invocation)
  const { exposed, bindings } = parsePublished(flags.list('publish'))
  for (const text of flags.list('expose')) for (const port of parseExposed(text)) exposed[port] = {}
  const volumes = yield* volumesOf(invocation)
  const environment = yield* environmentOf(invocation)
  const labels = { ...(yield* labelFiles(invocation)), ...labelsOf(flags.list('label')) }
  const networks = parseNetworks(invocation)
  const optional = <T>(name: string, value: T) => (flags.changed(name) ? value : undefined)
  const config: ContainerCreateRequest['Config'] = withoutUndefined({
    Hostname: optional('hostname', flags.text('hostname')),
    Domainname: optional('domainname', flags.text('domainname')),
    User: optional('user', flags.text('user')),
    AttachStdin: attachment.stdin,
    AttachStdout: attachment.stdout,
    AttachStderr: attachment.stderr,
    ExposedPorts: Object.keys(exposed).length > 0 ? exposed : undefined,
    Tty: flags.bool('tty'),
    OpenStdin: flags.bool('interactive'),
    StdinOnce: flags.bool('interactive') && attachment.stdin,
    Env: environment,
    Cmd: command.length > 0 ? command : null,
    Image: image,
    Volumes: Object.keys(volumes.anonymous).length > 0 ? volumes.anonymous : null,
    WorkingDir: optional('workdir', flags.text('workdir')),
    Entrypoint: flags.changed('entrypoint') ? [flags.text('entrypoint')] : null,
    Labels: labels,
    StopSignal: optional('stop-signal', flags.text('stop-signal')),
    StopTimeout: optional('stop-timeout', flags.number('stop-timeout')),
    Healthcheck: healthOptions(invocation),
    MacAddress: invocation.release === '20.10' ? optional('mac-address', flags.text('mac-address')) : undefined,
  })
  const host = { ...hostConfig(invocation, bindings, volumes.binds), ...(yield* resourceOptions(invocation)) }
  return { attachment, request: { Config: config, HostConfig: host, NetworkingConfig: { EndpointsConfig: networks } } }
}

function readAttachment(invocation: Invocation, detach: boolean): Attachment {
  const { flags } = invocation
  const streams = flags.list('attach')
  if (detach) return { stdin: false, stdout: false, stderr: false }
  const all = streams.length === 0
  return {
    stdin: streams.includes('stdin') || (all && flags.bool('interactive')),
    stdout: all || streams.includes('stdout'),
    stderr: all || streams.includes('stderr'),
  }
}

function checkConflicts(invocation: Invocation): void {
  const { flags, release } = invocation
  const policy = restartPolicy(invocation)
  if (flags.bool('rm') && policy.Name !== '' && policy.Name !== 'no') {
    throw new StatusError(
      release === '28.5'
        ? 'conflicting options: cannot specify both --restart and --rm'
        : 'Conflicting options: --restart and --rm',
    )
  }
  const pid = flags.text('pid')
  if (pid !== '' && pid !== 'host' && !/^container:./.test(pid)) throw new StatusError('--pid: invalid PID mode')
  const uts = flags.text('uts')
  if (uts !== '' && uts !== 'host') throw new StatusError('--uts: invalid UTS mode')
  checkModes(invocation)
  if (flags.changed('mac-address') && !/^([\da-f]{2}[:-]){5}[\da-f]{2}$/i.test(flags.text('mac-address'))) {
    throw new StatusError(`${flags.text('mac-address')} is not a valid mac address`)
  }
}

/** `--restart`: a name, and for on-failure a count. */
export function restartPolicy(invocation: Invocation): RestartPolicy {
  const text = invocation.flags.text('restart')
  const [name = '', count, ...more] = text.split(':')
  const prefix = invocation.release === '20.10' ? '' : 'invalid restart policy format: '
  if (more.length > 0 && invocation.release === '20.10') throw new StatusError('invalid restart policy format')
  if (count === undefined) return { Name: name, MaximumRetryCount: 0 }
  if (more.length > 0 || !/^-?\d+$/.test(count))
    throw new StatusError(`${prefix}maximum retry count must be an integer`)
  return { Name: name, MaximumRetryCount: Number(count) }
}

function hostConfig(
  invocation: Invocation,
  bindings: HostConfig['PortBindings'],
  binds: readonly string[],
): Partial<HostConfig> {
  const { flags } = invocation
  const orNull = (values: readonly string[]) => (values.length > 0 ? values : null)
  const optional = <T>(name: string, value: T) => (flags.changed(name) ? value : undefined)
  const mounts = flags.list('mount').map(parseMount)
  return withoutUndefined<Partial<HostConfig>>({
    Binds: orNull(binds),
    ContainerIDFile: flags.text('cidfile'),
    LogConfig: { Type: flags.text('log-driver'), Config: pairs(flags.list('log-opt')) },
    NetworkMode: networkMode(invocation),
    PortBindings: bindings,
    RestartPolicy: restartPolicy(invocation),
    AutoRemove: flags.bool('rm'),
    VolumesFrom: orNull(flags.list('volumes-from')),
    Mounts: mounts.length > 0 ? mounts : undefined,
    CapAdd: orNull(flags.list('cap-add')),
    CapDrop: orNull(flags.list('cap-drop')),
    CgroupnsMode: flags.text('cgroupns'),
    Dns: flags.list('dns'),
    DnsOptions: [...flags.list('dns-option'), ...flags.list('dns-opt')],
    DnsSearch: flags.list('dns-search'),
    ExtraHosts: orNull(flags.list('add-host')),
    GroupAdd: orNull(flags.list('group-add')),
    IpcMode: flags.text('ipc'),
    Links: orNull(flags.list('link')),
    OomScoreAdj: flags.number('oom-score-adj'),
    PidMode: flags.text('pid'),
    Privileged: flags.bool('privileged'),
    PublishAllPorts: flags.bool('publish-all'),
    ReadonlyRootfs: flags.bool('read-only'),
    Tmpfs: flags.list('tmpfs').length > 0 ? Object.fromEntries(flags.list('tmpfs').map(tmpfs)) : undefined,
    Init: optional('init', flags.bool('init')),
    UTSMode: flags.text('uts'),
    ShmSize: optional('shm-size', flags.number('shm-size')),
    CgroupParent: flags.text('cgroup-parent'),
    Memory: flags.number('memory'),
    MemoryReservation: flags.number('memory-reservation'),
    MemorySwap: flags.number('memory-swap'),
    NanoCpus: flags.number('cpus'),
    CpuShares: flags.number('cpu-shares'),
    CpuPeriod: flags.number('cpu-period'),
    CpuQuota: flags.number('cpu-quota'),
    CpusetCpus: flags.text('cpuset-cpus'),
    CpusetMems: flags.text('cpuset-mems'),
    PidsLimit: optional('pids-limit', flags.number('pids-limit')),
  })
}

// Environment, labels --------------------------------------------------------------------------------------------------

/** `-e NAME` takes the client's own value, and nothing when it has none. Files come first. */
export function* environmentOf(invocation: Invocation): Program<readonly string[]> {
  const entries: string[] = []
  for (const path of invocation.flags.list('env-file')) entries.push(...(yield* keyValueFile(invocation, path)))
  entries.push(...invocation.flags.list('env'))
  const result: string[] = []
  for (const entry of entries) {
    if (entry.startsWith('=')) throw new StatusError(`invalid environment variable: ${entry}`)
    if (entry.includes('=')) {
      result.push(entry)
    } else {
      const value = invocation.environment.get(entry)
      if (value !== undefined) result.push(`${entry}=${value}`)
    }
  }
  return result
}

function* keyValueFile(invocation: Invocation, path: string): Program<string[]> {
  const text = yield* readClientFile(invocation, path)
  const lines = text
    .split('\n')
    .map((line) => line.trimStart())
    .filter((line) => line !== '' && !line.startsWith('#'))
  for (const line of lines) {
    const name = line.split('=', 1)[0] ?? ''
    const begin = invocation.release === '28.5' ? `invalid env file (${path})` : 'poorly formatted environment'
    if (name === '') throw new StatusError(`${begin}: no variable name on line '${line}'`)
    if (/\s/.test(name)) throw new StatusError(`${begin}: variable '${name}' contains whitespaces`)
  }
  return lines
}

function* labelFiles(invocation: Invocation): Program<Record<string, string>> {
  const lines: string[] = []
  for (const path of invocation.flags.list('label-file')) lines.push(...(yield* keyValueFile(invocation, path)))
  return labelsOf(lines)
}

/** A file of the client's; a missing one is told as Go's os.Open tells it. */
export function* readClientFile(invocation: Invocation, path: string): Program<string> {
  try {
    return yield* readText(invocation.system, path)
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    throw new StatusError(`open ${path}: ${error.message.charAt(0).toLowerCase()}${error.message.slice(1)}`)
  }
}

/** `key=value` and bare keys. */
export function labelsOf(entries: readonly string[]): Record<string, string> {
  return pairs(entries)
}

export function pairs(entries: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    entries.map((entry) => {
      const at = entry.indexOf('=')
      return at < 0 ? [entry, ''] : [entry.slice(0, at), entry.slice(at + 1)]
    }),
  )
}

// Mounts ---------------------------------------------------------------------------------------------------------------

function tmpfs(text: string): [string, string] {
  const [path = '', ...options] = text.split(':')
  return [path, options.join(':')]
}

/** Leaves out what was not given, so that the engine fills it in. */
function withoutUndefined<T extends object>(object: { [Key in keyof T]: T[Key] | undefined }): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T
}
