// GET /containers/json: the rows of `docker ps`, newest first.
import type { ContainerListOptions } from './api.ts'
import type { ContainerSummary, Port } from './api-types.ts'
import { type Container, statusOf } from './container.ts'
import type { Daemon } from './daemon.ts'
import { filterContainers } from './filters.ts'
import { endpointSettings } from './inspect.ts'
import { statusText } from './status.ts'

/** @throws EngineError 400 for a filter that there is not */
export function containerList(daemon: Daemon, options: ContainerListOptions = {}): ContainerSummary[] {
  const { filters = {}, limit = -1 } = options
  // These filters ask for containers that do not run, and -n and -l count all.
  const all = options.all || limit > 0 || (filters['status']?.length ?? 0) > 0 || (filters['exited']?.length ?? 0) > 0
  const newestFirst = [...daemon.containers.values()].toReversed()
  const matching = filterContainers(daemon, newestFirst, filters).filter((each) => all || each.state.running)
  const rows = limit > 0 ? matching.slice(0, limit) : matching
  return rows.map((container) => summary(daemon, container, options.size ?? false))
}

function summary(daemon: Daemon, container: Container, size: boolean): ContainerSummary {
  const networks = [...container.endpoints.values()].map((endpoint) => [
    endpoint.networkName,
    endpointSettings(container, endpoint, daemon.parameters),
  ])
  return {
    Id: container.id,
    Names: [`/${container.name}`],
    Image: imageName(daemon, container),
    ImageID: container.image.id,
    Command: commandLine(container),
    Created: Math.floor(container.created / 1e6),
    Ports: portsOf(container),
    ...(size && sizesOf(container)),
    Labels: container.config.Labels,
    State: statusOf(container),
    Status: statusText(container, daemon.now()),
    HostConfig: { NetworkMode: container.hostConfig.NetworkMode },
    NetworkSettings: { Networks: Object.fromEntries(networks) },
    Mounts: container.mounts,
  }
}

/** As it was asked for; the id when that name now means another image. */
function imageName(daemon: Daemon, container: Container): string {
  const { Image } = container.config
  return daemon.images.find(Image) === container.image ? Image : container.image.id
}

export function sizesOf(container: Container): { SizeRw: number; SizeRootFs: number } {
  const written = container.files.writtenBytes()
  return { SizeRw: written, SizeRootFs: container.image.size + written }
}

function commandLine(container: Container): string {
  if (container.args.length === 0) return container.path
  return [container.path, ...container.args.map(shellQuoted)].join(' ')
}

/** Words with blanks or quotes in quotation marks, as the daemon joins them. */
function shellQuoted(word: string): string {
  return word.includes(' ') ? `'${word}'` : word
}

function portsOf(container: Container): Port[] {
  const ports: Port[] = []
  const exposed = Object.keys(container.config.ExposedPorts ?? {})
  for (const key of new Set([...container.publishedPorts.keys(), ...(container.state.running ? exposed : [])])) {
    const [number, type = 'tcp'] = key.split('/')
    const bindings = container.publishedPorts.get(key) ?? []
    for (const { HostIp, HostPort } of bindings) {
      ports.push({ IP: HostIp, PrivatePort: Number(number), PublicPort: Number(HostPort), Type: type })
    }
    if (bindings.length === 0) ports.push({ PrivatePort: Number(number), Type: type })
  }
  return ports
}
