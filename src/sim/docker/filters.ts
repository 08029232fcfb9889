// `--filter` of the lists: which names there are, and what each asks of an object.
import type { Filters } from './api-types.ts'
import { type Container, statusOf } from './container.ts'
import type { Daemon } from './daemon.ts'
import { EngineError } from './errors.ts'
import type { Image } from './images.ts'
import { withTag } from './images.ts'
import type { Network } from './network.ts'
import { usersOfVolume } from './delete.ts'
import { invalidFilter, invalidHealthFilter, invalidStatusFilter } from './texts.ts'
import type { Volume } from './volumes.ts'

type Tests<T> = Readonly<Record<string, (object: T, value: string) => boolean>>

/** Values of one name are alternatives, of labels all must hold; all names must hold. @throws EngineError 400 */
function applyFilters<T>(words: Daemon['words'], objects: readonly T[], filters: Filters, tests: Tests<T>): T[] {
  for (const name of Object.keys(filters)) {
    if (!(name in tests))
      throw new EngineError(400, name === '' && words === '28.5' ? 'invalid filter' : invalidFilter(words, name))
  }
  return objects.filter((object) =>
    Object.entries(filters).every(([name, values]) => {
      const test = tests[name]
      if (test === undefined || values.length === 0) return true
      const holds = (value: string) => test(object, value)
      return name.startsWith('label') ? values.every(holds) : values.some(holds)
    }),
  )
}

export function hasLabel(labels: Readonly<Record<string, string>>, value: string): boolean {
  const [key = '', expected] = value.split(/=(.*)/s)
  return expected === undefined ? key in labels : labels[key] === expected
}

/** A regular expression as the daemon reads names: anywhere in it, unless anchored. */
function matchesName(name: string, pattern: string): boolean {
  if (name === pattern) return true
  try {
    return new RegExp(pattern).test(name)
  } catch {
    return false
  }
}

const states = new Set(['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead'])

export function filterContainers(daemon: Daemon, containers: readonly Container[], filters: Filters): Container[] {
  const { words } = daemon
  for (const value of filters['status'] ?? []) {
    if (!states.has(value)) throw new EngineError(400, invalidStatusFilter(words, value))
  }
  for (const value of filters['exited'] ?? []) {
    if (!/^-?\d+$/.test(value)) {
      throw new EngineError(
        400,
        `${words === '20.10' ? '' : `${invalidFilter(words, `exited=${value}`)}: `}strconv.Atoi: parsing "${value}": invalid syntax`,
      )
    }
  }
  for (const value of filters['health'] ?? []) {
    if (!healthStates.includes(value)) throw new EngineError(400, invalidHealthFilter(words, value))
  }
  truth(words, filters, 'is-task')
  const published = (filters['publish'] ?? []).flatMap((value) => portsOfFilter('publish', value))
  const exposed = (filters['expose'] ?? []).flatMap((value) => portsOfFilter('expose', value))
  const bound = (name: string) => {
    const given = filters[name]?.[0]
    if (given === undefined) return undefined
    const found = daemon.find(given)
    if (found === undefined && words === '20.10') throw new EngineError(404, `no such container ${given}`)
    return found ?? daemon.get(given)
  }
  const before = bound('before')
  const since = bound('since')
  return applyFilters(words, containers, filters, {
    ancestor: (container, value) => isAncestor(daemon, container, value),
    before: (container) => before === undefined || container.created < before.created,
    exited: (container, value) =>
      !container.state.running && container.state.startedAt !== undefined && container.state.exitCode === Number(value),
    expose: (container) => Object.keys(container.config.ExposedPorts ?? {}).some((port) => exposed.includes(port)),
    health: (container, value) => (container.health?.status ?? 'none') === value,
    id: (container, value) => container.id.startsWith(value) || matchesName(container.id, value),
    isolation: () => true,
    'is-task': (_container, value) => !isTrue(value),
    label: (container, value) => hasLabel(container.config.Labels, value),
    name: (container, value) => matchesName(`/${container.name}`, value) || matchesName(container.name, value),
    network: (container, value) => isOnNetwork(container, value),
    publish: (container) => publicPorts(container).some((port) => published.includes(port)),
    since: (container) => since === undefined || container.created > since.created,
    status: (container, value) => statusOf(container) === value,
    volume: (container, value) =>
      container.mounts.some((point) => point.Name === value || point.Destination === value || point.Source === value),
  })
}

/** By the reference with its tag, or by id: `ancestor=alpine` is `alpine:latest`. */
function isAncestor(daemon: Daemon, container: Container, value: string): boolean {
  const image = daemon.images.find(value)
  return image === container.image && (image === undefined || sameReference(container, image, value))
}

function sameReference(container: Container, image: Image, value: string): boolean {
  const byId = image.id.includes(value.replace(/^sha256:/, ''))
  return (
    byId ||
    container.config.Image === value ||
    !image.names.has(withTag(container.config.Image)) ||
    image.names.has(withTag(value))
  )
}

function isOnNetwork(container: Container, value: string): boolean {
  for (const endpoint of container.endpoints.values()) {
    if (endpoint.networkName === value || (endpoint.networkId !== '' && endpoint.networkId.startsWith(value)))
      return true
  }
  return false
}

const healthStates = ['none', 'starting', 'healthy', 'unhealthy']

/** Ports of the host, with their protocol, that lead to a container. */
function publicPorts(container: Container): string[] {
  return [...container.publishedPorts].flatMap(([port, bindings]) =>
    bindings.map(({ HostPort }) => `${HostPort}/${port.split('/')[1] ?? 'tcp'}`),
  )
}

/** `80`, `80/udp`, `8000-9000`. @throws EngineError 400 for what is no number */
function portsOfFilter(name: string, value: string): string[] {
  const [range = '', protocol = 'tcp'] = value.split('/')
  const numbers = range.split('-').map((part) => {
    if (/^\d+$/.test(part)) return Number(part)
    const reason = `strconv.ParseUint: parsing ${JSON.stringify(part)}: invalid syntax`
    throw new EngineError(400, `error while looking up for ${name} ${value}: ${reason}`)
  })
  const [first = 0, last = first] = numbers
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => `${first + i}/${protocol}`)
}

/** A filter that is true or false. @throws EngineError 400 for another word */
function truth(words: Daemon['words'], filters: Filters, name: string): boolean | undefined {
  const [value] = filters[name] ?? []
  if (value === undefined) return undefined
  if (!['1', '0', 'true', 'false'].includes(value)) {
    throw new EngineError(400, invalidFilter(words, `${name}=[${value}]`))
  }
  return isTrue(value)
}

export function filterVolumes(daemon: Daemon, volumes: readonly Volume[], filters: Filters): Volume[] {
  truth(daemon.words, filters, 'dangling')
  return applyFilters(daemon.words, volumes, filters, {
    dangling: (volume, value) => (usersOfVolume(daemon, volume.name).length === 0) === isTrue(value),
    driver: (_volume, value) => value === 'local',
    label: (volume, value) => hasLabel(volume.labels ?? {}, value),
    name: (volume, value) => matchesName(volume.name, value),
  })
}

export function filterNetworks(daemon: Daemon, networks: readonly Network[], filters: Filters): Network[] {
  const predefined = new Set(['bridge', 'host', 'none'])
  for (const value of filters['type'] ?? []) {
    if (!['custom', 'builtin'].includes(value)) throw new EngineError(400, `invalid filter: 'type'='${value}'`)
  }
  for (const value of filters['dangling'] ?? []) {
    if (['1', '0', 'true', 'false'].includes(value)) continue
    throw new EngineError(400, `invalid value for filter 'dangling', must be "true" (or "1"), or "false" (or "0")`)
  }
  return applyFilters(daemon.words, networks, filters, {
    dangling: (network, value) => (network.endpoints.size === 0 && !predefined.has(network.name)) === isTrue(value),
    driver: (network, value) => network.driver === value,
    id: (network, value) => network.id.includes(value),
    label: (network, value) => hasLabel(network.labels, value),
    name: (network, value) => network.name.includes(value),
    scope: (_network, value) => value === 'local',
    type: (network, value) => predefined.has(network.name) === (value === 'builtin'),
  })
}

export function filterImages(daemon: Daemon, images: readonly Image[], filters: Filters): Image[] {
  truth(daemon.words, filters, 'dangling')
  return applyFilters(daemon.words, images, filters, {
    before: (image, value) => image.created < daemon.images.get(value).created,
    dangling: (image, value) => (image.names.size === 0) === isTrue(value),
    label: (image, value) => hasLabel(image.config.Labels ?? {}, value),
    reference: (image, value) => [...image.names].some((name) => matchesReference(name, value)),
    since: (image, value) => image.created > daemon.images.get(value).created,
  })
}

/** Of an image's names those that a list by reference shows. */
export function namesMatching(names: Iterable<string>, references: readonly string[] | undefined): string[] {
  return [...names].filter(
    (name) => references === undefined || references.some((each) => matchesReference(name, each)),
  )
}

/** `alpine`, `alpine:3*`, `my/*`: a shell's pattern over the name, with or without its tag. */
function matchesReference(name: string, pattern: string): boolean {
  const expression = new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*/g, '[^/]*')
      .replace(/\?/g, '[^/]')}$`,
  )
  return expression.test(name) || expression.test(name.replace(/:[^:/]*$/, ''))
}

function isTrue(value: string): boolean {
  return value === 'true' || value === '1'
}
