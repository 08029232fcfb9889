// Published ports: reading `-p 127.0.0.1:8080:80/tcp` and writing `0.0.0.0:8080->80/tcp`.
import type { Port, PortBinding } from '../docker/api.ts'
import { StatusError } from './errors.ts'
import type { Release } from './release.ts'

export interface PublishedPorts {
  readonly exposed: Record<string, Record<string, never>>
  readonly bindings: Record<string, PortBinding[]>
}

/**
 * Reads the values of -p as go-connections' nat does.
 * @throws StatusError with nat's text
 */
export function parsePublished(specifications: readonly string[]): PublishedPorts {
  const exposed: PublishedPorts['exposed'] = {}
  const bindings: PublishedPorts['bindings'] = {}
  for (const specification of specifications) {
    for (const { port, binding } of parseSpecification(specification)) {
      exposed[port] = {}
      const others = (bindings[port] ??= [])
      others.push(binding)
    }
  }
  return { exposed, bindings }
}

/**
 * Reads a port or a range, `80`, `80-82/udp`, as --expose and the image have it.
 * @returns keys such as `80/tcp`
 */
export function parseExposed(text: string): string[] {
  const [range = '', protocol = 'tcp'] = text.split('/')
  const ports = portRange(range)
  if (!ports) {
    const wrong = range.split('-').find((part) => !/^\d+$/.test(part))
    const why = wrong === undefined ? `invalid range specified for port: ${range}` : parseProblem(wrong)
    throw new StatusError(`invalid range format for --expose: ${text}, error: ${why}`)
  }
  return numbers(ports).map((port) => `${port}/${protocol.toLowerCase()}`)
}

function parseSpecification(raw: string): { port: string; binding: PortBinding }[] {
  const [addresses = '', protocol = 'tcp', ...more] = raw.split('/')
  const { ip, host, container } = splitAddresses(addresses)
  if (container === '') throw new StatusError(`No port specified: ${raw}<empty>`)
  const bracketless = ip.replace(/^\[(.*)\]$/, '$1')
  if (bracketless !== '' && !isIpAddress(bracketless)) {
    throw new StatusError(`Invalid ip address: ${bracketless}`)
  }
  const ports = portRange(container)
  if (!ports) throw new StatusError(`Invalid containerPort: ${container}`)
  const hosts = host === '' ? undefined : portRange(host)
  if (host !== '' && !hosts) throw new StatusError(`Invalid hostPort: ${host}`)
  const inside = numbers(ports)
  const outside = hosts ? numbers(hosts) : []
  if (hosts && inside.length !== outside.length && inside.length !== 1) {
    throw new StatusError(`Invalid ranges specified for container and host Ports: ${container} and ${host}`)
  }
  if (more.length > 0 || !/^(tcp|udp|sctp)$/i.test(protocol)) throw new StatusError(`Invalid proto: ${protocol}`)
  return inside.map((port, i) => ({
    port: `${port}/${protocol.toLowerCase()}`,
    binding: {
      HostIp: bracketless,
      // One port behind a range: the engine takes the first free one of it.
      HostPort: inside.length === 1 && outside.length > 1 ? host : String(outside[i] ?? ''),
    },
  }))
}

/** From the right: container port, host port, address; an IPv6 address may be in brackets. */
function splitAddresses(text: string): { ip: string; host: string; container: string } {
  const parts = text.split(':')
  const container = parts.pop() ?? ''
  const host = parts.pop() ?? ''
  return { ip: parts.join(':'), host, container }
}

/** strconv's words about what is no number. */
function parseProblem(text: string): string {
  return `strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`
}

function isIpAddress(text: string): boolean {
  const parts = text.split('.')
  if (parts.length === 4) return parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)
  return text.includes(':')
}

function portRange(text: string): [number, number] | undefined {
  const match = /^(\d+)(?:-(\d+))?$/.exec(text)
  if (!match) return undefined
  const first = Number(match[1])
  const last = Number(match[2] ?? match[1])
  return first <= 65_535 && last <= 65_535 && first <= last ? [first, last] : undefined
}

function numbers([first, last]: [number, number]): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
}

/** The PORTS column: consecutive ports as a range, then those whose number differs outside. */
export function portsText(ports: readonly Port[], release: Release): string {
  const sorted = ports.toSorted(
    (a, b) =>
      a.PrivatePort - b.PrivatePort ||
      compareText(a.IP ?? '', b.IP ?? '') ||
      (a.PublicPort ?? 0) - (b.PublicPort ?? 0) ||
      compareText(a.Type, b.Type),
  )
  const groups = new Map<string, { first: number; last: number; ip: string; type: string }>()
  const finished: string[] = []
  const mapped: string[] = []
  for (const port of sorted) {
    const ip = port.IP ?? ''
    if (ip !== '' && port.PublicPort !== port.PrivatePort) {
      mapped.push(`${hostPort(ip, String(port.PublicPort ?? 0), release)}->${port.PrivatePort}/${port.Type}`)
      continue
    }
    const key = `${ip}/${port.Type}`
    const group = groups.get(key)
    if (group && port.PrivatePort === group.last + 1) {
      group.last = port.PrivatePort
      continue
    }
    if (group) finished.push(groupText(group, release))
    groups.set(key, { first: port.PrivatePort, last: port.PrivatePort, ip, type: port.Type })
  }
  const rest = [...groups.values()].map((group) => groupText(group, release))
  return [...finished, ...rest, ...mapped].join(', ')
}

function groupText(group: { first: number; last: number; ip: string; type: string }, release: Release): string {
  const range = group.first === group.last ? String(group.first) : `${group.first}-${group.last}`
  return `${group.ip === '' ? '' : `${hostPort(group.ip, range, release)}->`}${range}/${group.type}`
}

/** An address and a port; an IPv6 address is in brackets, in `docker ps` only since 28. */
export function hostPort(ip: string, port: string, release: Release): string {
  return ip.includes(':') && release === '28.5' ? `[${ip}]:${port}` : `${ip}:${port}`
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
