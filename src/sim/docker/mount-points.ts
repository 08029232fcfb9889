// What of the host a container sees below its own root: -v, --mount, volumes of the image and of other containers.
import type { ContainerConfig, HostConfig, MountPoint, MountRequest } from './api-types.ts'
import type { Daemon } from './daemon.ts'
import { EngineError } from './errors.ts'
import { SystemCallError } from '../kernel/system.ts'
import { resolvePath } from '../kernel/vfs.ts'

/** @throws EngineError 400 for a mount that cannot be understood, 404 for a container that is not there */
export function mountPoints(daemon: Daemon, config: ContainerConfig, host: HostConfig): MountPoint[] {
  const points = new Map<string, MountPoint>()
  for (const from of host.VolumesFrom ?? []) {
    const [name = '', mode = ''] = from.split(':')
    if (mode !== '' && !isMode(mode, 'volume')) throw new EngineError(400, `invalid mode: ${mode}`)
    for (const point of daemon.get(name).mounts) {
      points.set(point.Destination, mode === 'ro' ? { ...point, RW: false, Mode: mode } : point)
    }
  }
  const own = new Set<string>()
  const add = (point: MountPoint) => {
    if (own.has(point.Destination)) throw new EngineError(400, `Duplicate mount point: ${point.Destination}`)
    own.add(point.Destination)
    points.set(point.Destination, point)
  }
  for (const bind of host.Binds ?? []) add(parseBind(daemon, bind))
  for (const mount of host.Mounts ?? []) add(mountOf(daemon, mount))
  const anonymous = [
    ...Object.keys(daemon.images.find(config.Image)?.config.Volumes ?? {}),
    ...Object.keys(config.Volumes ?? {}),
  ]
  for (const target of anonymous)
    if (!points.has(target)) points.set(target, { ...volumePoint(daemon, '', target, ''), Mode: '' })
  return [...points.values()]
}

/** One `--mount`. */
function mountOf(daemon: Daemon, mount: MountRequest): MountPoint {
  const { Type: type, Source: source = '', Target: target, ReadOnly = false } = mount
  const refuse = (why: string) => new EngineError(400, `invalid mount config for type "${type}": ${why}`)
  if (!['bind', 'volume', 'tmpfs'].includes(type)) throw refuse('mount type unknown')
  if (!target.startsWith('/')) throw refuse(`invalid mount path: '${target}' mount path must be absolute`)
  if (target === '/') throw refuse("invalid specification: destination can't be '/'")
  const mode = ReadOnly ? 'ro' : ''
  switch (type) {
    case 'bind':
      if (source === '') throw refuse('field Source must not be empty')
      if (!source.startsWith('/')) throw refuse(`invalid mount path: '${source}' mount path must be absolute`)
      if (!existsOnHost(daemon, source)) throw refuse(`bind source path does not exist: ${source}`)
      return { ...bindPoint(source, target, mode), Mode: '' }
    case 'tmpfs':
      if (source !== '') throw refuse('field Source must not be specified')
      return { Type: 'tmpfs', Source: '', Destination: target, Mode: '', RW: !ReadOnly, Propagation: '' }
    default:
      return { ...volumePoint(daemon, source, target, mode), Mode: 'z' }
  }
}

function existsOnHost(daemon: Daemon, path: string): boolean {
  const host = daemon.kernel.initialPidNamespace.init
  try {
    return host !== undefined && resolvePath(host, path) !== undefined
  } catch (error) {
    if (error instanceof SystemCallError) return false
    throw error
  }
}

/** What may stand after a target; each kind of word once. */
function isMode(mode: string, type: 'bind' | 'volume'): boolean {
  const words = mode.split(',')
  const kinds = words.map((word) => modeKinds[word])
  const known = kinds.every((kind) => kind !== undefined && (type === 'bind' || kind !== 'propagation'))
  return known && new Set(kinds).size === kinds.length
}

const modeKinds: Readonly<Record<string, string>> = {
  ro: 'access',
  rw: 'access',
  z: 'label',
  Z: 'label',
  nocopy: 'copy',
  ...Object.fromEntries(
    ['shared', 'slave', 'private', 'rshared', 'rslave', 'rprivate'].map((word) => [word, 'propagation']),
  ),
}

/** `SOURCE:TARGET[:MODE]`; a source without a slash is a volume's name. */
function parseBind(daemon: Daemon, bind: string): MountPoint {
  const [source = '', target = '', mode = '', ...rest] = bind.split(':')
  if (source === '' || target === '' || rest.length > 0) {
    throw new EngineError(400, `invalid volume specification: '${bind}'`)
  }
  const type = source.startsWith('/') ? 'bind' : 'volume'
  const refuse = (why: string) =>
    new EngineError(400, `invalid volume specification: '${bind}': invalid mount config for type "${type}": ${why}`)
  if (mode !== '' && !isMode(mode, type)) throw new EngineError(400, `invalid mode: ${mode}`)
  if (!target.startsWith('/')) throw refuse(`invalid mount path: '${target}' mount path must be absolute`)
  if (/^\/+$/.test(target)) throw refuse("invalid specification: destination can't be '/'")
  return type === 'bind' ? bindPoint(source, target, mode) : volumePoint(daemon, source, target, mode)
}

function bindPoint(source: string, target: string, mode: string): MountPoint {
  return {
    Type: 'bind',
    Source: source,
    Destination: target,
    Mode: mode,
    RW: !mode.split(',').includes('ro'),
    Propagation: 'rprivate',
  }
}

function volumePoint(daemon: Daemon, name: string, target: string, mode: string): MountPoint {
  const volume = daemon.volumes.create({ name, implicit: true })
  return {
    Type: 'volume',
    Name: volume.name,
    Source: volume.mountpoint,
    Destination: target,
    Driver: 'local',
    Mode: mode === '' ? 'z' : mode,
    RW: !mode.split(',').includes('ro'),
    Propagation: '',
  }
}
