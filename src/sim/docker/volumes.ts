// Volumes: directories of the host below /var/lib/docker/volumes that outlive containers.
import type { VolumeInspect } from './api-types.ts'
import { EngineError } from './errors.ts'
import { noSuchVolume } from './texts.ts'
import type { Kernel } from '../kernel/kernel.ts'

export interface Volume {
  readonly name: string
  readonly created: number
  readonly labels: Readonly<Record<string, string>> | null
  readonly options: Readonly<Record<string, string>> | null
  readonly mountpoint: string
  readonly anonymous: boolean
  /** Nothing has been copied into it yet: a container that mounts it first gives it what its image has there. */
  fresh: boolean
}

export interface VolumeRequest {
  /** Empty: an anonymous one. */
  readonly name?: string | undefined
  readonly driver?: string | undefined
  readonly labels?: Readonly<Record<string, string>> | null
  readonly options?: Readonly<Record<string, string>> | null
  /** Asked for by a container, not by name alone: then one letter is enough. */
  readonly implicit?: boolean
}

export class VolumeStore {
  readonly #kernel: Kernel
  readonly #volumes = new Map<string, Volume>()
  /** Called when one has been made or removed. */
  readonly #changed: (action: 'create' | 'destroy', volume: Volume) => void

  constructor(kernel: Kernel, changed: (action: 'create' | 'destroy', volume: Volume) => void) {
    this.#kernel = kernel
    this.#changed = changed
  }

  list(): Volume[] {
    return [...this.#volumes.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))
  }

  /** @throws EngineError 404 */
  get(name: string): Volume {
    const volume = this.find(name)
    if (volume === undefined) throw noSuchVolume(name)
    return volume
  }

  find(name: string): Volume | undefined {
    return this.#volumes.get(name)
  }

  /** Makes a volume, or gives the one of that name. @throws EngineError 400 for a name or driver that cannot be */
  create({ name = '', driver = 'local', labels = null, options = null, implicit = false }: VolumeRequest): Volume {
    const wanted = name === '' ? this.#kernel.random.hex(64) : name
    const known = this.#volumes.get(wanted)
    if (known !== undefined) return known
    if (driver !== 'local' && driver !== '') {
      const reason = `error looking up volume plugin ${driver}: plugin "${driver}" not found`
      throw new EngineError(400, `create ${wanted}: ${reason}`)
    }
    if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(wanted)) {
      throw new EngineError(
        400,
        `create ${wanted}: "${wanted}" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`,
      )
    }
    if (wanted.length === 1 && !implicit) {
      const reason = 'volume name is too short, names should be at least two alphanumeric characters'
      throw new EngineError(400, `create ${wanted}: ${reason}`)
    }
    const volume: Volume = {
      name: wanted,
      created: this.#kernel.clock.now(),
      labels,
      options,
      mountpoint: `/var/lib/docker/volumes/${wanted}/_data`,
      anonymous: name === '',
      fresh: true,
    }
    this.#volumes.set(wanted, volume)
    this.#changed('create', volume)
    return volume
  }

  /** @param users ids of containers that have it @throws EngineError 409 when there are any */
  remove(name: string, users: readonly string[]): void {
    const volume = this.get(name)
    if (users.length > 0) {
      throw new EngineError(409, `remove ${name}: volume is in use - [${users.join(', ')}]`)
    }
    this.#volumes.delete(volume.name)
    this.#changed('destroy', volume)
  }
}

/** As the API shows it; its times have seconds only. */
export function inspectVolume(volume: Volume): VolumeInspect {
  return {
    CreatedAt: `${new Date(volume.created / 1000).toISOString().slice(0, 19)}Z`,
    Driver: 'local',
    Labels: volume.anonymous ? { 'com.docker.volume.anonymous': '' } : volume.labels,
    Mountpoint: volume.mountpoint,
    Name: volume.name,
    Options: volume.options,
    Scope: 'local',
  }
}
