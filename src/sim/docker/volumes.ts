// Volumes: directories of the host below /var/lib/docker/volumes that outlive containers.
import type { VolumeInspect } from './api-types.ts'
import { EngineError } from './errors.ts'
import { isValidName } from './names.ts'
import { noSuchVolume } from './texts.ts'
import type { Kernel } from '../kernel/kernel.ts'

export interface Volume {
  readonly name: string
  readonly created: number
  readonly labels: Readonly<Record<string, string>> | null
  readonly mountpoint: string
  readonly anonymous: boolean
}

export class VolumeStore {
  readonly #kernel: Kernel
  readonly #volumes = new Map<string, Volume>()

  constructor(kernel: Kernel) {
    this.#kernel = kernel
  }

  list(): Volume[] {
    return [...this.#volumes.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))
  }

  /** @throws EngineError 404 */
  get(name: string): Volume {
    const volume = this.#volumes.get(name)
    if (volume === undefined) throw noSuchVolume(name)
    return volume
  }

  /** Makes a volume, or gives the one of that name. Without a name it is anonymous. */
  create(name: string | undefined, labels: Readonly<Record<string, string>> | null = null): Volume {
    const anonymous = name === undefined || name === ''
    const wanted = anonymous ? this.#kernel.random.hex(64) : name
    const known = this.#volumes.get(wanted)
    if (known !== undefined) return known
    if (!isValidName(wanted)) {
      throw new EngineError(
        400,
        `create ${wanted}: "${wanted}" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`,
      )
    }
    const volume: Volume = {
      name: wanted,
      created: this.#kernel.clock.now(),
      labels,
      mountpoint: `/var/lib/docker/volumes/${wanted}/_data`,
      anonymous,
    }
    this.#volumes.set(wanted, volume)
    return volume
  }

  /** @param users ids of containers that have it @throws EngineError 409 when there are any */
  remove(name: string, users: readonly string[]): void {
    const volume = this.get(name)
    if (users.length > 0) {
      throw new EngineError(409, `remove ${name}: volume is in use - [${users.join(', ')}]`)
    }
    this.#volumes.delete(volume.name)
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
    Options: null,
    Scope: 'local',
  }
}
