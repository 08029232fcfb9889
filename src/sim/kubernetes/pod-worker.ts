// What the kubelet does for one pod: brings the runtime to what the spec says, tells the API server, takes the pod away at its end.
// pkg/kubelet/kuberuntime/kuberuntime_manager.go: computePodActions, SyncPod, killPod.
import type { ApiServer } from './api-server.ts'
import type { Backoff } from './backoff.ts'
import type { ContainerRuntime } from './container-runtime.ts'
import {
  ContainerConfigError,
  containerHash,
  containerName,
  containerRequest,
  pauseImage,
  sandboxRequest,
} from './container-request.ts'
import { ApiError } from './errors.ts'
import type { EventRecorder, EventType } from './events.ts'
import type { ContainerSpec, Pod } from './objects.ts'
import { apiTime, copyOf } from './objects.ts'
import type { HandlerPlace } from './handlers.ts'
import { runHook } from './hooks.ts'
import { ImagePuller } from './image-puller.ts'
import { PodFiles, VolumeError } from './pod-files.ts'
import { fillStatus } from './pod-status.ts'
import type { Prober } from './prober.ts'
import {
  addressOf,
  attemptOf,
  forget,
  instancesOf,
  labels,
  type PodRuntime,
  remember,
  restartCountOf,
  runtimeOf,
} from './runtime-state.ts'
import { resource } from './store.ts'
import type { Container } from '../docker/container.ts'
import { containerCreate } from '../docker/create.ts'
import type { Daemon } from '../docker/daemon.ts'
import { containerRemove } from '../docker/delete.ts'
import { EngineError } from '../docker/errors.ts'
import { rewriteResolvConf } from '../docker/etc-files.ts'
import { imagePull } from '../docker/image-api.ts'
import { containerStop } from '../docker/kill.ts'
import { containerStart } from '../docker/start.ts'
import { delay, join, sleepOn, type Work } from '../docker/threads.ts'
import type { Process } from '../kernel/process.ts'
import { WaitQueue } from '../kernel/wait-queue.ts'

const pods = resource('pods')

/** Microseconds between two tries to mount a volume, at first and at most. pkg/util/goroutinemap/exponentialbackoff */
const firstMountWait = 0.5e6
const longestMountWait = 122e6

/** What the workers of a node share. */
export interface Node {
  readonly api: ApiServer
  readonly daemon: Daemon
  readonly containerRuntime: ContainerRuntime
  readonly name: string
  readonly address: string
  readonly events: EventRecorder
  readonly backoff: Backoff
  readonly prober: Prober
  /** The kubelet's process. */
  process(): Process
  /** Sleeps until the kubelet runs. */
  running(): Work<void>
  /** Woken when a container was made: the relist looks at it too. */
  readonly appeared: WaitQueue
  /** Microseconds from the last container's end to the removal of the pod's object. */
  readonly deletionLag: number
}

export class PodWorker {
  /** Wakes the worker: the object changed, or its containers did. */
  readonly wake = new WaitQueue()
  readonly uid: string
  readonly #node: Node
  readonly #waiting = new Map<string, { reason: string; message?: string }>()
  readonly #images: ImagePuller
  #pod: Pod
  #seenAt: string
  #isPending = true
  #mountWait = firstMountWait
  #mountAt = 0

  constructor(node: Node, pod: Pod) {
    this.#node = node
    this.#pod = pod
    this.uid = pod.metadata.uid ?? ''
    this.#images = new ImagePuller(node, node.backoff, this.uid, {
      event: (type, reason, message, spec) => this.#event(type, reason, message, spec),
      setWaiting: (spec, why) => this.#setWaiting(spec, why),
    })
    this.#seenAt = `${apiTime(node.daemon.now()).replace('Z', '')}.000000000Z`
  }

  /** Something has changed; while a sync is at work it is done again afterwards. */
  poke(): void {
    this.#isPending = true
    this.wake.wake()
  }

  /** Runs until the pod is gone. */
  *run(): Work<void> {
    this.#node.prober.add(this.#pod)
    for (;;) {
      yield* this.#node.running()
      this.#isPending = false
      const present = this.#find()
      if (present === undefined) break
      this.#pod = present
      if (present.metadata.deletionTimestamp !== undefined) {
        yield* this.#terminate()
        break
      }
      const retryAt = yield* this.#sync()
      if (!this.#isPending) yield* sleepOn([this.wake], retryAt)
    }
    yield* this.#removeAll()
    this.#node.backoff.forget(this.uid)
    this.#node.prober.remove(this.uid)
    forget(this.#node.daemon, this.uid)
  }

  get #runtime(): PodRuntime {
    return runtimeOf(this.#node.daemon, this.uid)
  }

  /** As it stands in the store, frozen. */
  #find(): Pod | undefined {
    const { namespace = '', name } = this.#pod.metadata
    const found = this.#node.api.store.peek(pods, namespace, name)
    return found?.metadata.uid === this.uid ? (found as Pod) : undefined
  }

  // --- bringing it up

  /** One look at the pod. Gives the time at which to look again in any case. */
  *#sync(): Work<number | undefined> {
    this.#report()
    const { restartPolicy } = this.#pod.spec
    const runtime = this.#runtime
    let [sandbox] = runtime.sandboxes
    // What was running when the sandbox was found dead has not failed by itself: no back-off for it.
    const killedHere = new Set<string>()
    if (sandbox === undefined || !sandbox.state.running) {
      if (runtime.sandboxes.length > 0 && !this.#wantsSandbox(runtime)) {
        yield* this.#killContainers(runtime.containers)
        this.#report()
        return undefined
      }
      const mountAt = this.#mountVolumes()
      if (mountAt !== undefined) return mountAt
      const attempt = sandbox === undefined ? 0 : attemptOf(sandbox) + 1
      if (sandbox !== undefined) {
        this.#event('Normal', 'SandboxChanged', 'Pod sandbox changed, it will be killed and re-created.')
        for (const container of runtime.containers) if (container.state.running) killedHere.add(nameOf(container))
        yield* this.#killContainers(runtime.containers)
        // Its network, if it outlived it, goes now.
        yield* this.#stop(sandbox, 2)
        this.#waiting.clear()
        if (restartPolicy === 'Never' && runtime.containers.length > 0) return undefined
      }
      sandbox = yield* this.#createSandbox(attempt)
      if (sandbox === undefined) return this.#node.daemon.now() + 10e6
    }
    if (['Succeeded', 'Failed'].includes(this.#pod.status.phase)) {
      yield* this.#stop(sandbox, 2)
      return undefined
    }
    const retryAt = yield* this.#startContainers(sandbox, killedHere)
    yield* this.#collectDead()
    return retryAt
  }

  /** Of each container and of the sandbox one dead instance is kept, for its logs. pkg/kubelet/kuberuntime_gc.go */
  *#collectDead(): Work<void> {
    const { containers, sandboxes } = this.#runtime
    const names = new Set(containers.map(nameOf))
    const groups = [sandboxes, ...[...names].map((name) => instancesOf(this.#runtime, name))]
    for (const group of groups) {
      const dead = group.filter(({ state }) => !state.running && state.startedAt !== undefined)
      for (const container of dead.slice(1)) yield* containerRemove(this.#node.daemon, container.id, {})
    }
  }

  /** A pod whose containers have all ended for good needs no new sandbox. */
  #wantsSandbox(runtime: PodRuntime): boolean {
    const { restartPolicy, containers } = this.#pod.spec
    if (restartPolicy === 'Always') return true
    const last = containers.map(({ name }) => instancesOf(runtime, name)[0])
    if (restartPolicy === 'Never') return last.every((each) => each === undefined)
    return last.some((each) => each === undefined || each.state.exitCode !== 0)
  }

  /** Before anything runs all volumes are mounted. Gives when to try again, if one cannot be: 0.5 s, doubled each time. */
  #mountVolumes(): number | undefined {
    const { api, daemon } = this.#node
    const why = new PodFiles(api, daemon, this.#pod).missing()
    if (why === undefined) {
      this.#mountWait = firstMountWait
      return undefined
    }
    if (daemon.now() >= this.#mountAt) {
      this.#event('Warning', 'FailedMount', why)
      this.#mountAt = daemon.now() + this.#mountWait
      this.#mountWait = Math.min(this.#mountWait * 2, longestMountWait)
    }
    return this.#mountAt
  }

  *#createSandbox(attempt: number): Work<Container | undefined> {
    const { daemon } = this.#node
    try {
      if (daemon.images.find(pauseImage) === undefined) yield* imagePull(daemon, pauseImage)
      const request = sandboxRequest(this.#pod, this.#seenAt, this.#node.containerRuntime)
      const { Id } = yield* containerCreate(daemon, request, containerName(this.#pod, 'POD', attempt))
      this.#made(Id)
      yield* containerStart(daemon, Id)
      this.#writeResolvConf(daemon.get(Id))
      return daemon.get(Id)
    } catch (error) {
      if (!(error instanceof EngineError)) throw error
      this.#event(
        'Warning',
        'FailedCreatePodSandBox',
        `Failed to create pod sandbox: rpc error: code = Unknown desc = ${error.message}`,
      )
      return undefined
    }
  }

  /** pkg/kubelet/dockershim/docker_sandbox.go, rewriteResolvFile */
  #writeResolvConf(sandbox: Container): void {
    const { Dns, DnsSearch, DnsOptions } = sandbox.hostConfig
    if (!this.#node.containerRuntime.rewritesResolvConf || Dns.length === 0) return
    const lines = [
      ...Dns.map((server) => `nameserver ${server}`),
      ...(DnsSearch.length === 0 ? [] : [`search ${DnsSearch.join(' ')}`]),
      ...(DnsOptions.length === 0 ? [] : [`options ${DnsOptions.join(' ')}`]),
    ]
    rewriteResolvConf(this.#node.daemon, sandbox, `${lines.join('\n')}\n`)
  }

  #made(id: string): void {
    remember(this.#node.daemon, this.#node.daemon.get(id))
    this.#node.appeared.wake()
  }

  *#startContainers(sandbox: Container, killedHere: ReadonlySet<string>): Work<number | undefined> {
    const attempt = attemptOf(sandbox)
    const inits = this.#pod.spec.initContainers ?? []
    for (const spec of inits) {
      const [last] = instancesOf(this.#runtime, spec.name)
      const isOfThisSandbox = last !== undefined && last.config.Labels['io.kubernetes.sandbox.id'] === sandbox.id
      if (isOfThisSandbox && last.state.running) return undefined
      if (isOfThisSandbox && last.state.exitCode === 0 && last.state.startedAt !== undefined) continue
      if (isOfThisSandbox && this.#pod.spec.restartPolicy === 'Never') return undefined
      return yield* this.#startOne(sandbox, spec, isOfThisSandbox || attempt > 0 ? last : undefined)
    }
    let retryAt: number | undefined
    for (const spec of this.#pod.spec.containers) {
      const [last, previous] = instancesOf(this.#runtime, spec.name)
      if (last?.state.running) {
        const why = this.#whyKill(spec, last)
        if (why === undefined) continue
        yield* this.#killContainers([last], { tell: why })
        this.#report()
        if (!this.#mayRestart(spec, last)) continue
        // The back-off counts from the end before this one.
        const again = yield* this.#startOne(sandbox, spec, last, previous === undefined, previous?.state.finishedAt)
        if (again !== undefined) retryAt = Math.min(retryAt ?? again, again)
        continue
      }
      if (!this.#shouldStart(last)) continue
      const again = yield* this.#startOne(sandbox, spec, last, killedHere.has(spec.name))
      if (again !== undefined) retryAt = Math.min(retryAt ?? again, again)
    }
    return retryAt
  }

  /** What the event says of a running container that has to go. */
  #whyKill(spec: ContainerSpec, running: Container): string | undefined {
    const goesOn = this.#mayRestart(spec, running) ? ', will be restarted' : ''
    if (running.config.Labels[labels.hash] !== containerHash(spec)) {
      return `Container ${spec.name} definition changed${goesOn}`
    }
    const probe = this.#node.prober.failed(this.uid, spec.name, running.id)
    return probe === undefined ? undefined : `Container ${spec.name} failed ${probe} probe${goesOn}`
  }

  #mayRestart(spec: ContainerSpec, running: Container): boolean {
    return this.#pod.spec.restartPolicy !== 'Never' || running.config.Labels[labels.hash] !== containerHash(spec)
  }

  #shouldStart(last: Container | undefined): boolean {
    const { restartPolicy } = this.#pod.spec
    if (last === undefined || (last.state.startedAt === undefined && last.state.error === '')) return true
    if (restartPolicy === 'Always') return true
    return restartPolicy === 'OnFailure' && last.state.exitCode !== 0
  }

  /** Gives when to try again, if it could not be started now. */
  *#startOne(
    sandbox: Container,
    spec: ContainerSpec,
    last: Container | undefined,
    wasRunning = false,
    endedAt = last?.state.finishedAt ?? last?.created,
  ): Work<number | undefined> {
    const { backoff, daemon } = this.#node
    const key = `${this.uid}/${spec.name}`
    if (endedAt !== undefined && !wasRunning) {
      const until = backoff.until(key, endedAt, daemon.now())
      if (until !== undefined) {
        const { name, namespace } = this.#pod.metadata
        const wait = goSeconds(backoff.wait(key))
        const message = `back-off ${wait} restarting failed container=${spec.name} pod=${name}_${namespace}(${this.uid})`
        this.#event('Warning', 'BackOff', 'Back-off restarting failed container', spec)
        this.#setWaiting(spec, { reason: 'CrashLoopBackOff', message })
        return Math.min(until, daemon.now() + 12e6)
      }
      backoff.next(key, endedAt, daemon.now())
    }
    this.#waiting.delete(spec.name)
    const image = yield* this.#images.ensure(spec)
    if (image === undefined) return this.#images.retry(spec)
    const count = last === undefined ? 0 : restartCountOf(last) + 1
    return yield* this.#create(sandbox, spec, count, image)
  }

  *#create(sandbox: Container, spec: ContainerSpec, count: number, image: string): Work<number | undefined> {
    const { daemon, api, containerRuntime } = this.#node
    const address = addressOf(sandbox)
    const place = { api, daemon, containerRuntime, sandbox, address, hostAddress: this.#node.address }
    try {
      const request = containerRequest(this.#pod, spec, count, image, place)
      const { Id } = yield* containerCreate(daemon, request, containerName(this.#pod, spec.name, count))
      this.#made(Id)
      this.#event('Normal', 'Created', `Created container ${spec.name}`, spec)
      try {
        yield* containerStart(daemon, Id)
      } catch (error) {
        if (!(error instanceof EngineError)) throw error
        const message = containerRuntime.startFailure(spec.name, error.message)
        this.#event('Warning', 'Failed', `Error: ${message}`, spec)
        this.#setWaiting(spec, { reason: 'RunContainerError', message })
        return daemon.now() + 10e6
      }
      this.#event('Normal', 'Started', `Started container ${spec.name}`, spec)
      return yield* this.#afterStart(sandbox, spec, daemon.get(Id))
    } catch (error) {
      const isConfig = error instanceof ContainerConfigError || error instanceof VolumeError
      if (!isConfig && !(error instanceof EngineError)) throw error
      const message = isConfig ? error.message : containerRuntime.createFailure(error.message)
      this.#event('Warning', 'Failed', `Error: ${message}`, spec)
      this.#setWaiting(spec, { reason: isConfig ? 'CreateContainerConfigError' : 'CreateContainerError', message })
      return daemon.now() + 12e6
    }
  }

  /** Runs the hook; a container whose hook fails is killed, and tried again. */
  *#afterStart(sandbox: Container, spec: ContainerSpec, container: Container): Work<number | undefined> {
    if (spec.lifecycle?.postStart === undefined) return undefined
    this.#report()
    const failure = yield* runHook(
      this.#node.events,
      this.#pod,
      this.#handlerPlace(sandbox, spec, container),
      'postStart',
    )
    if (failure === undefined) return undefined
    yield* this.#killContainers([container], { tell: 'FailedPostStartHook' })
    this.#setWaiting(spec, { reason: 'PostStartHookError', message: failure })
    return this.#node.daemon.now() + 10e6
  }

  #handlerPlace(sandbox: Container | undefined, spec: ContainerSpec, container: Container): HandlerPlace {
    const { daemon, address } = this.#node
    const own = this.#pod.spec.hostNetwork ? address : addressOf(sandbox)
    return { daemon, process: this.#node.process(), container, spec, address: own }
  }

  // --- taking it down

  *#terminate(): Work<void> {
    const { daemon, api } = this.#node
    const grace = this.#pod.metadata.deletionGracePeriodSeconds ?? this.#pod.spec.terminationGracePeriodSeconds
    const runtime = this.#runtime
    yield* this.#killContainers(runtime.containers, { grace })
    for (const sandbox of runtime.sandboxes) yield* this.#stop(sandbox, 2)
    this.#pod = this.#find() ?? this.#pod
    if (this.#find() === undefined) return
    this.#report()
    yield* delay(daemon.kernel.clock, this.#node.deletionLag)
    yield* this.#node.running()
    yield* this.#removeAll()
    const present = this.#find()
    if (present === undefined) return
    api.delete(pods, present.metadata.namespace ?? '', present.metadata.name, { gracePeriodSeconds: 0 })
  }

  /**
   * All at once, each with its grace period.
   * @param options.tell what the event says of each; by default that it is stopped
   */
  *#killContainers(containers: readonly Container[], options: { tell?: string; grace?: number } = {}): Work<void> {
    const { daemon } = this.#node
    const grace = options.grace ?? this.#pod.spec.terminationGracePeriodSeconds
    const running = containers.filter(({ state }) => state.running)
    const order = this.#pod.spec.containers.map(({ name }) => name)
    const byOrder = running.toSorted((a, b) => order.indexOf(nameOf(a)) - order.indexOf(nameOf(b)))
    const threads = byOrder.map((container) => {
      const spec = this.#pod.spec.containers.find(({ name }) => name === nameOf(container))
      this.#event('Normal', 'Killing', options.tell ?? `Stopping container ${nameOf(container)}`, spec)
      return daemon.threads.start(this.#end(container, spec, grace))
    })
    for (const thread of threads) yield* join(thread)
  }

  /** The hook of preStop takes its time from the grace period; the stop signal leaves 2 s at least. */
  *#end(container: Container, spec: ContainerSpec | undefined, grace: number): Work<void> {
    if (spec?.lifecycle?.preStop === undefined || grace === 0) return yield* this.#stop(container, grace)
    const { daemon, events } = this.#node
    const begin = daemon.now()
    const [sandbox] = this.#runtime.sandboxes
    yield* runHook(events, this.#pod, this.#handlerPlace(sandbox, spec, container), 'preStop', grace)
    yield* this.#stop(container, Math.max(2, Math.ceil(grace - (daemon.now() - begin) / 1e6)))
  }

  *#stop(container: Container, timeout: number): Work<void> {
    try {
      yield* containerStop(this.#node.daemon, container.id, { timeout })
    } catch (error) {
      // It is gone already: removed by somebody's own docker.
      if (!(error instanceof EngineError)) throw error
    }
  }

  *#removeAll(): Work<void> {
    const { containers, sandboxes } = this.#runtime
    for (const container of [...containers, ...sandboxes]) {
      try {
        yield* containerRemove(this.#node.daemon, container.id, { force: true })
      } catch (error) {
        if (!(error instanceof EngineError)) throw error
      }
    }
    new PodFiles(this.#node.api, this.#node.daemon, this.#pod).remove()
  }

  // --- telling

  #setWaiting(spec: ContainerSpec, why: { reason: string; message?: string }): void {
    this.#waiting.set(spec.name, why)
    this.#report()
  }

  #event(type: EventType, reason: string, message: string, spec?: ContainerSpec): void {
    const list = spec !== undefined && this.#pod.spec.initContainers?.some(({ name }) => name === spec.name)
    const path = spec === undefined ? undefined : `spec.${list ? 'initContainers' : 'containers'}{${spec.name}}`
    this.#node.events.record(pods, this.#pod, type, reason, message, path)
  }

  /** Writes the status as it is now. */
  #report(): void {
    const { api, prober } = this.#node
    const stored = this.#find()
    if (stored === undefined) return
    const present = { ...stored, status: copyOf(stored.status) }
    fillStatus(present, {
      runtime: this.#runtime,
      waiting: this.#waiting,
      probes: (name, id) => prober.status(this.uid, name, id),
      now: api.now(),
      hostAddress: this.#node.address,
      containerRuntime: this.#node.containerRuntime,
    })
    try {
      this.#pod = api.updateStatus(pods, present) as Pod
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
    }
  }
}

function nameOf(container: Container): string {
  return container.config.Labels['io.kubernetes.container.name'] ?? ''
}

/** A time.Duration of whole seconds: `10s`, `1m20s`, `5m0s`. */
function goSeconds(microseconds: number): string {
  const seconds = Math.round(microseconds / 1e6)
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`
}
