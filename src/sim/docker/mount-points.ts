// What of the host a container sees below its own root: -v, --mount, volumes of the image and of other containers.
import type { ContainerConfig, HostConfig, MountPoint } from './api-types.ts'
import type { Daemon } from './daemon.ts'
import { EngineError } from './errors.ts'

/** @throws EngineError 400 for a mount that cannot be understood */
export function mountPoints(daemon: Daemon, config: ContainerConfig, host: HostConfig): MountPoint[] {
  const points = new Map<string, MountPoint>()
  const add = (point: MountPoint) => points.set(point.Destination, point)
  for (const from of host.VolumesFrom ?? []) {
    const [name = '', mode] = from.split(':')
    for (const point of daemon.get(name).mounts) add(mode === 'ro' ? { ...point, RW: false } : point)
  }
  for (const bind of host.Binds ?? []) add(parseBind(daemon, bind))
  for (const mount of host.Mounts ?? []) {
    if (mount.Type === 'tmpfs') continue
    const mode = mount.ReadOnly === true ? 'ro' : ''
    add(
      mount.Type === 'bind'
        ? bindPoint(mount.Source, mount.Target, mode)
        : volumePoint(daemon, mount.Source, mount.Target, mode),
    )
  }
  const anonymous = [
    ...Object.keys(daemon.images.find(config.Image)?.config.Volumes ?? {}),
    ...Object.keys(config.Volumes ?? {}),
  ]
  for (const target of anonymous) if (!points.has(target)) add(volumePoint(daemon, '', target, ''))
  return [...points.values()]
}

/** `SOURCE:TARGET[:MODE]`; a source without a slash is a volume's name. */
function parseBind(daemon: Daemon, bind: string): MountPoint {
  const [source = '', target, mode = '', ...rest] = bind.split(':')
  if (target === undefined || source === '' || rest.length > 0) {
    throw new EngineError(400, `invalid volume specification: '${bind}'`)
  }
  if (!target.startsWith('/')) {
    throw new EngineError(
      400,
      `invalid volume specification: '${bind}': invalid mount config for type "${source.startsWith('/') ? 'bind' : 'volume'}": invalid mount path: '${target}' mount path must be absolute`,
    )
  }
  if (mode.split(',').some((each) => !['', 'ro', 'rw', 'z', 'Z', 'nocopy', 'rprivate', 'private'].includes(each))) {
    throw new EngineError(400, `invalid mode: ${mode}`)
  }
  return source.startsWith('/') ? bindPoint(source, target, mode) : volumePoint(daemon, source, target, mode)
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
  const volume = daemon.volumes.create(name)
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
