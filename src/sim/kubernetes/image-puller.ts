// Images for containers: there already, pulled, or not to be had, with the back-off of pulls that failed. pkg/kubelet/images/image_manager.go
import type { Backoff } from './backoff.ts'
import type { ContainerRuntime } from './container-runtime.ts'
import type { EventType } from './events.ts'
import type { ContainerSpec } from './objects.ts'
import type { Daemon } from '../docker/daemon.ts'
import { EngineError } from '../docker/errors.ts'
import { imagePull } from '../docker/image-api.ts'
import type { Work } from '../docker/threads.ts'

/** What the pod's worker does with what is found. */
export interface PullTeller {
  event(type: EventType, reason: string, message: string, spec: ContainerSpec): void
  setWaiting(spec: ContainerSpec, why: { reason: string; message: string }): void
}

export class ImagePuller {
  readonly #daemon: Daemon
  readonly #runtime: ContainerRuntime
  readonly #backoff: Backoff
  readonly #uid: string
  readonly #tell: PullTeller
  /** Microseconds, by the container's name. */
  readonly #failedAt = new Map<string, number>()

  /** @param uid of the pod: each has a back-off of its own */
  constructor(
    node: { readonly daemon: Daemon; readonly containerRuntime: ContainerRuntime },
    backoff: Backoff,
    uid: string,
    tell: PullTeller,
  ) {
    this.#daemon = node.daemon
    this.#runtime = node.containerRuntime
    this.#backoff = backoff
    this.#uid = uid
    this.#tell = tell
  }

  /** The image's id, pulled if the policy says so; undefined when it could not be had. */
  *ensure(spec: ContainerSpec): Work<string | undefined> {
    const { image, imagePullPolicy } = spec
    const present = this.#daemon.images.find(image)
    if (present !== undefined && imagePullPolicy !== 'Always') {
      this.#tell.event('Normal', 'Pulled', `Container image "${image}" already present on machine`, spec)
      return present.id
    }
    if (imagePullPolicy === 'Never') {
      const message = `Container image "${image}" is not present with pull policy of Never`
      this.#fail(spec, 'ErrImageNeverPull', message, 'ErrImageNeverPull', message)
      return undefined
    }
    if (this.#retryAt(spec) !== undefined) {
      const message = `Back-off pulling image "${image}"`
      this.#tell.event('Normal', 'BackOff', message, spec)
      this.#tell.event('Warning', 'Failed', 'Error: ImagePullBackOff', spec)
      this.#tell.setWaiting(spec, { reason: 'ImagePullBackOff', message })
      return undefined
    }
    return yield* this.#pull(spec)
  }

  /** When to try again what could not be had. */
  retry(spec: ContainerSpec): number {
    return Math.min(this.#retryAt(spec) ?? Infinity, this.#daemon.now() + 14e6)
  }

  *#pull(spec: ContainerSpec): Work<string | undefined> {
    const { image } = spec
    const begin = this.#daemon.now()
    this.#tell.event('Normal', 'Pulling', `Pulling image "${image}"`, spec)
    try {
      yield* imagePull(this.#daemon, image)
    } catch (error) {
      if (!(error instanceof EngineError)) throw error
      const message = this.#runtime.pullFailure(image, error.message)
      this.#fail(spec, 'Failed', `Failed to pull image "${image}": ${message}`, 'ErrImagePull', message)
      this.#failedAt.set(spec.name, this.#daemon.now())
      this.#backoff.next(this.#key(spec), this.#daemon.now(), this.#daemon.now())
      return undefined
    }
    const took = goMilliseconds(this.#daemon.now() - begin)
    this.#tell.event('Normal', 'Pulled', `Successfully pulled image "${image}" in ${took}`, spec)
    this.#failedAt.delete(spec.name)
    return this.#daemon.images.get(image).id
  }

  #fail(spec: ContainerSpec, event: string, text: string, reason: string, message: string): void {
    this.#tell.event('Warning', event, text, spec)
    this.#tell.event('Warning', 'Failed', `Error: ${reason}`, spec)
    this.#tell.setWaiting(spec, { reason, message })
  }

  #retryAt(spec: ContainerSpec): number | undefined {
    const failedAt = this.#failedAt.get(spec.name)
    return failedAt === undefined ? undefined : this.#backoff.until(this.#key(spec), failedAt, this.#daemon.now())
  }

  #key(spec: ContainerSpec): string {
    return `${this.#uid}/${spec.name}/image`
  }
}

/** A short time.Duration: `24.329571ms`, `1.2s`. */
function goMilliseconds(microseconds: number): string {
  return microseconds < 1e6 ? `${microseconds / 1e3}ms` : `${microseconds / 1e6}s`
}
