// The parts of a container's HostConfig that limit it or open the host to it: devices, security, limits, health.
import type { HostConfig } from '../docker/api.ts'
import type { JsonObject } from '../docker/json.ts'
import { SystemCallError } from '../kernel/system.ts'
import type { Program } from '../kernel/system.ts'
import { readText } from '../programs/stdio.ts'
import { StatusError } from './errors.ts'
import { parseLimit } from './flag-values.ts'
import type { Invocation } from './invocation.ts'

/** `--device /dev/a:/dev/b:rwm`. */
export function deviceOf(text: string): { PathOnHost: string; PathInContainer: string; CgroupPermissions: string } {
  const parts = text.split(':')
  const [source = '', second, third] = parts
  const isMode = (part: string) => /^[rwm]{1,3}$/.test(part)
  const target = second !== undefined && !isMode(second) && second !== '' ? second : source
  const mode = third ?? (second !== undefined && isMode(second) ? second : 'rwm')
  if (parts.length > 3) throw new StatusError(`bad format for path: ${text}`)
  if (third !== undefined && !isMode(third)) throw new StatusError(`bad mode specified: ${third}`)
  if (!source.startsWith('/')) throw new StatusError(`${source} is not an absolute path`)
  if (!target.startsWith('/')) throw new StatusError(`${target} is not an absolute path`)
  return { PathOnHost: source, PathInContainer: target, CgroupPermissions: mode }
}

/** `--security-opt`: what the client itself looks at. A seccomp profile is read here and sent as its text. */
export function* securityOptions(invocation: Invocation): Program<string[] | null> {
  const options: string[] = []
  for (const text of invocation.flags.list('security-opt')) {
    const [key = '', value] = text.split(/[=:](.*)/s)
    if (value === undefined && key !== 'no-new-privileges') {
      throw new StatusError(`Invalid --security-opt: ${JSON.stringify(text)}`)
    }
    if (key === 'seccomp' && value !== 'unconfined' && value !== 'builtin') {
      options.push(`seccomp=${yield* profile(invocation, value ?? '')}`)
    } else options.push(text)
  }
  return options.length === 0 ? null : options
}

function* profile(invocation: Invocation, path: string): Program<string> {
  try {
    return yield* readText(invocation.system, path)
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    const why = `${error.message.charAt(0).toLowerCase()}${error.message.slice(1)}`
    throw new StatusError(`opening seccomp profile (${path}) failed: open ${path}: ${why}`)
  }
}

const modes: readonly { flag: string; known: readonly string[]; message: string }[] = [
  { flag: 'userns', known: ['', 'host'], message: '--userns: invalid USER mode' },
  { flag: 'cgroupns', known: ['', 'host', 'private'], message: '--cgroupns: invalid CGROUP mode' },
]

/** @throws StatusError for a mode that docker itself refuses */
export function checkModes({ flags }: Invocation): void {
  for (const { flag, known, message } of modes) {
    if (!known.includes(flags.text(flag))) throw new StatusError(message)
  }
  const swappiness = flags.number('memory-swappiness')
  if (swappiness !== -1 && (swappiness < 0 || swappiness > 100)) {
    throw new StatusError(`invalid value: ${swappiness}. Valid memory swappiness range is 0-100`)
  }
  for (const option of flags.list('storage-opt')) {
    if (!option.includes('=')) throw new StatusError('invalid storage option')
  }
  if (flags.text('log-driver') === 'none' && flags.list('log-opt').length > 0) {
    throw new StatusError('invalid logging opts for driver none')
  }
}

/** `--health-*`: undefined when none was given. Times are sent in nanoseconds. */
export function healthOptions({ flags }: Invocation): JsonObject | undefined {
  const times = ['health-interval', 'health-timeout', 'health-start-period'] as const
  const given = ['health-cmd', 'health-retries', ...times].some((name) => flags.changed(name))
  if (flags.bool('no-healthcheck')) {
    if (given) throw new StatusError('--no-healthcheck conflicts with --health-* options')
    return { Test: ['NONE'] }
  }
  if (!given) return undefined
  for (const name of [...times, 'health-retries']) {
    if (flags.text(name).startsWith('-')) throw new StatusError(`--${name} cannot be negative`)
  }
  const command = flags.text('health-cmd')
  const nanoseconds = (name: string) => durationOf(flags.text(name))
  return {
    ...(command !== '' && { Test: ['CMD-SHELL', command] }),
    ...positive('Interval', nanoseconds('health-interval')),
    ...positive('Timeout', nanoseconds('health-timeout')),
    ...positive('StartPeriod', nanoseconds('health-start-period')),
    ...positive('Retries', flags.number('health-retries')),
  }
}

function positive(key: string, value: number): Record<string, number> {
  return value > 0 ? { [key]: value } : {}
}

const units: Readonly<Record<string, number>> = { ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 }

/** A duration that its flag type has read already, in nanoseconds. */
function durationOf(text: string): number {
  let sum = 0
  for (const [, number = '', unit = ''] of text.matchAll(/([\d.]+)(ns|us|µs|ms|s|m|h)/g)) {
    sum += Number(number) * (units[unit] ?? 0)
  }
  return sum
}

/** Fields of HostConfig that are the same in every release. */
export function* resourceOptions(invocation: Invocation): Program<Partial<HostConfig>> {
  const { flags } = invocation
  const devices = flags.list('device').map(deviceOf)
  const limits = flags.list('ulimit').map(parseLimit)
  const rules = flags.list('device-cgroup-rule')
  const sysctls = Object.fromEntries(flags.list('sysctl').map((text) => text.split(/=(.*)/s).slice(0, 2)))
  const swappiness = flags.number('memory-swappiness')
  return {
    SecurityOpt: yield* securityOptions(invocation),
    UsernsMode: flags.text('userns'),
    Isolation: flags.text('isolation'),
    Runtime: flags.text('runtime'),
    VolumeDriver: flags.text('volume-driver'),
    BlkioWeight: flags.number('blkio-weight'),
    OomKillDisable: flags.bool('oom-kill-disable'),
    Devices: devices,
    ...(rules.length > 0 && { DeviceCgroupRules: rules }),
    ...(limits.length > 0 && { Ulimits: limits }),
    ...(flags.list('sysctl').length > 0 && { Sysctls: sysctls }),
    ...(swappiness !== -1 && { MemorySwappiness: swappiness }),
    ...(flags.changed('gpus') && { DeviceRequests: [{ Driver: '', Capabilities: [['gpu']] }] }),
  }
}
