// GET /images/NAME/json: the record with every key of the engine's version, in that version's order.
import type { ImageInspect } from './api-types.ts'
import type { Daemon } from './daemon.ts'
import { digestsOf } from './image-api.ts'
import type { Image, ImageConfig } from './images.ts'
import { formatTime } from './status.ts'

/** @throws EngineError 404 */
export function imageInspect(daemon: Daemon, name: string): ImageInspect {
  const image = daemon.images.get(name)
  const layers = '/var/lib/docker/overlay2'
  const chain: Image[] = []
  for (let each: Image | undefined = image; each !== undefined; each = each.parent) {
    if (each.parent === undefined || each.size > each.parent.size) chain.unshift(each)
  }
  const lower = chain.slice(0, -1).toReversed()
  const data = {
    ...(lower.length > 0 && { LowerDir: lower.map((each) => `${layers}/${each.layer}/diff`).join(':') }),
    MergedDir: `${layers}/${image.layer}/merged`,
    UpperDir: `${layers}/${image.layer}/diff`,
    WorkDir: `${layers}/${image.layer}/work`,
  }
  const version = daemon.parameters.version
  const head = {
    Id: image.id,
    RepoTags: [...image.names],
    RepoDigests: digestsOf(image),
    Parent: image.parent?.id ?? '',
    Comment: image.comment,
    Created: formatTime(image.created),
  }
  const made = { DockerVersion: image.local ? version : '', Author: image.author }
  const machine = { Architecture: 'amd64', Os: 'linux', Size: image.size }
  const tail = {
    GraphDriver: { Data: data, Name: 'overlay2' },
    RootFS: { Type: 'layers', Layers: chain.map((each) => `sha256:${each.layer}`) },
    Metadata: { LastTagTime: image.local ? formatTime(image.created) : '0001-01-01T00:00:00Z' },
  }
  switch (daemon.words) {
    case '20.10': {
      const container = { Container: '', ContainerConfig: fullConfig({}) }
      return {
        ...head,
        ...container,
        ...made,
        Config: fullConfig(image.config),
        ...machine,
        VirtualSize: image.size,
        ...tail,
      }
    }
    case '26.1':
      return {
        ...head,
        Container: '',
        ContainerConfig: fullConfig({}),
        ...made,
        Config: fullConfig(image.config),
        ...machine,
        ...tail,
      }
    default:
      return { ...head, ...made, ...machine, ...tail, Config: shortConfig(image.config) }
  }
}

/** Every key of a container's Config, as images had it up to API 1.47. */
function fullConfig(config: ImageConfig): Record<string, unknown> {
  return {
    Hostname: '',
    Domainname: '',
    User: config.User ?? '',
    AttachStdin: false,
    AttachStdout: false,
    AttachStderr: false,
    ...(config.ExposedPorts && { ExposedPorts: config.ExposedPorts }),
    Tty: false,
    OpenStdin: false,
    StdinOnce: false,
    Env: config.Env ?? null,
    Cmd: config.Cmd ?? null,
    ...(config.Healthcheck && { Healthcheck: config.Healthcheck }),
    Image: '',
    Volumes: config.Volumes ?? null,
    WorkingDir: config.WorkingDir ?? '',
    Entrypoint: config.Entrypoint ?? null,
    OnBuild: config.OnBuild ?? null,
    Labels: config.Labels ?? null,
    ...(config.StopSignal !== undefined && { StopSignal: config.StopSignal }),
    ...(config.Shell && { Shell: config.Shell }),
  }
}

/** What an image itself can say, by name. */
function shortConfig(config: ImageConfig): Record<string, unknown> {
  return {
    Cmd: config.Cmd ?? null,
    Entrypoint: config.Entrypoint ?? null,
    Env: config.Env ?? null,
    ...(config.ExposedPorts && { ExposedPorts: config.ExposedPorts }),
    ...(config.Healthcheck && { Healthcheck: config.Healthcheck }),
    Labels: config.Labels ?? null,
    OnBuild: config.OnBuild ?? null,
    ...(config.Shell && { Shell: config.Shell }),
    ...(config.StopSignal !== undefined && { StopSignal: config.StopSignal }),
    User: config.User ?? '',
    Volumes: config.Volumes ?? null,
    WorkingDir: config.WorkingDir ?? '',
  }
}
