// The endpoints of the API about images: list, inspect, pull, import, removal.
import type { ArchiveEntry, Filters, ImageInspect, ImageRemoveItem, ImageSummary, PullProgress } from './api-types.ts'
import { unpack } from './archive.ts'
import type { Daemon } from './daemon.ts'
import { delays } from './delays.ts'
import { EngineError } from './errors.ts'
import { filterImages } from './filters.ts'
import type { Image, ImageConfig } from './images.ts'
import { withTag } from './images.ts'
import { formatTime } from './status.ts'
import { delay, type Work } from './threads.ts'

/** GET /images/json. */
export function imageList(daemon: Daemon, filters: Filters = {}): ImageSummary[] {
  return filterImages(daemon, daemon.images.list(), filters).map((image) => summary(daemon, image))
}

function summary(daemon: Daemon, image: Image): ImageSummary {
  const users = [...daemon.containers.values()].filter((container) => container.image === image).length
  return {
    Id: image.id,
    ParentId: '',
    RepoTags: [...image.names],
    RepoDigests: digestsOf(image),
    Created: Math.floor(image.created / 1e6),
    Size: image.size,
    SharedSize: -1,
    Labels: image.config.Labels ?? null,
    Containers: users,
  }
}

function digestsOf(image: Image): string[] {
  const repositories = new Set([...image.names].map((name) => name.replace(/:[^:/]*$/, '')))
  return [...repositories].map((repository) => `${repository}@${image.id}`)
}

/** GET /images/NAME/json. @throws EngineError 404 */
export function imageInspect(daemon: Daemon, name: string): ImageInspect {
  const image = daemon.images.get(name)
  const { config } = image
  const layers = `/var/lib/docker/overlay2/${image.layer}`
  return {
    Id: image.id,
    RepoTags: [...image.names],
    RepoDigests: digestsOf(image),
    Parent: '',
    Comment: image.history[0]?.Comment ?? '',
    Created: formatTime(image.created),
    DockerVersion: '',
    Author: '',
    Config: imageConfig(config),
    Architecture: 'amd64',
    Os: 'linux',
    Size: image.size,
    GraphDriver: {
      Data: { MergedDir: `${layers}/merged`, UpperDir: `${layers}/diff`, WorkDir: `${layers}/work` },
      Name: 'overlay2',
    },
    RootFS: { Type: 'layers', Layers: [`sha256:${image.layer}`] },
    Metadata: { LastTagTime: '0001-01-01T00:00:00Z' },
  }
}

function imageConfig(config: ImageConfig): Record<string, unknown> {
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
    Image: '',
    Volumes: config.Volumes ?? null,
    WorkingDir: config.WorkingDir ?? '',
    Entrypoint: config.Entrypoint ?? null,
    OnBuild: null,
    Labels: config.Labels ?? null,
    ...(config.StopSignal !== undefined && { StopSignal: config.StopSignal }),
  }
}

/** POST /images/create: the lines that `docker pull` prints. */
export function* imagePull(daemon: Daemon, name: string): Work<PullProgress[]> {
  yield* delay(daemon.kernel.clock, delays.pull)
  const { image, fresh } = daemon.images.pull(name)
  const reference = withTag(name)
  const [repository = '', tag = ''] = [reference.replace(/:[^:/]*$/, ''), reference.replace(/^.*:/, '')]
  const long = repository.includes('/') ? repository : `library/${repository}`
  const layer = image.layer.slice(0, 12)
  daemon.events.log('image', 'pull', reference, { name: reference })
  return [
    { status: `Pulling from ${long}`, id: tag },
    ...(fresh ? [{ status: 'Pull complete', id: layer }] : []),
    { status: `Digest: ${image.id}` },
    { status: `Status: ${fresh ? 'Downloaded newer image' : 'Image is up to date'} for ${reference}` },
  ]
}

/** POST /images/NAME/tag. @throws EngineError 404, 400 */
export function imageTag(daemon: Daemon, name: string, target: string): void {
  const image = daemon.images.get(name)
  if (!/^[a-z0-9]+([._/:-]+[a-zA-Z0-9]+)*$/.test(target)) {
    throw new EngineError(
      400,
      `invalid reference format${/[A-Z]/.test(target) ? ': repository name must be lowercase' : ''}`,
    )
  }
  daemon.images.tag(image, target)
  daemon.events.log('image', 'tag', image.id, { name: withTag(target) })
}

/** DELETE /images/NAME. @throws EngineError 404, 409 */
export function imageRemove(daemon: Daemon, name: string, force: boolean): ImageRemoveItem[] {
  const image = daemon.images.get(name)
  const users = [...daemon.containers.values()]
    .filter((container) => container.image === image)
    .map((container) => ({ id: container.id, running: container.state.running }))
  const removed = daemon.images.remove(name, force, users)
  for (const item of removed) {
    daemon.events.log('image', 'Untagged' in item ? 'untag' : 'delete', image.id, { name: image.id })
  }
  return removed
}

/** `docker import`: an image of one layer. Gives its id. @throws EngineError 400 for a change that is none */
export function imageImport(
  daemon: Daemon,
  entries: readonly ArchiveEntry[],
  options: { reference?: string; message?: string; changes?: readonly string[] },
): string {
  const config = (options.changes ?? []).reduce(applyChange, {} as ImageConfig)
  const { reference } = options
  const names = reference === undefined || reference === '' ? [] : [withTag(reference)]
  const image = daemon.images.add({
    names,
    id: daemon.kernel.random.hex(64),
    created: daemon.now(),
    sizeBytes: entries.reduce((sum, entry) => sum + (entry.content?.length ?? 0), 0),
    config,
    rootTree: (root) => unpack(root, entries, daemon.process, daemon.now()),
    history: [{ createdBy: '', size: 0 }],
  })
  daemon.events.log('image', 'import', image.id, { name: names[0] ?? image.id })
  return image.id
}

/** One line of -c: a Dockerfile instruction. */
function applyChange(config: ImageConfig, change: string): ImageConfig {
  const [, word = '', rest = ''] = /^\s*(\S+)\s+(.*)$/s.exec(change) ?? []
  switch (word.toUpperCase()) {
    case 'CMD':
      return { ...config, Cmd: commandOf(rest) }
    case 'ENTRYPOINT':
      return { ...config, Entrypoint: commandOf(rest) }
    case 'ENV':
      return { ...config, Env: [...(config.Env ?? []), rest.includes('=') ? rest : rest.replace(/\s+/, '=')] }
    case 'USER':
      return { ...config, User: rest.trim() }
    case 'WORKDIR':
      return { ...config, WorkingDir: rest.trim() }
    case 'STOPSIGNAL':
      return { ...config, StopSignal: rest.trim() }
    case 'EXPOSE':
      return { ...config, ExposedPorts: { ...config.ExposedPorts, [rest.includes('/') ? rest : `${rest}/tcp`]: {} } }
    case 'LABEL': {
      const [key = '', value = ''] = rest.split(/=(.*)/s)
      return { ...config, Labels: { ...config.Labels, [key]: value.replace(/^"(.*)"$/, '$1') } }
    }
    default:
      throw new EngineError(400, `dockerfile parse error on line 1: unknown instruction: ${word}`)
  }
}

/** The exec form is JSON; anything else is for /bin/sh. */
function commandOf(text: string): string[] {
  try {
    const list: unknown = JSON.parse(text)
    if (Array.isArray(list)) return list.map(String)
  } catch {
    // No JSON: the shell form.
  }
  return ['/bin/sh', '-c', text]
}
