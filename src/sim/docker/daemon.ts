// dockerd: the tables of one engine, and the finding of what a client names. What it does with them is a file per verb.
import type { Container } from './container.ts'
import { Events } from './events.ts'
import { type ImageDefinition, ImageStore } from './images.ts'
import { NetworkStore } from './network.ts'
import { PortAllocator } from './ports.ts'
import { mobyProfile, type RuntimeProfile } from './runtime-profile.ts'
import { emptyFile, makeDirectories } from './host-tree.ts'
import { ambiguousId, noSuchContainer } from './texts.ts'
import { type Thread, Threads, type Work } from './threads.ts'
import type { DockerParameters } from './versions.ts'
import { VolumeStore } from './volumes.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { Process } from '../kernel/process.ts'
import { SIGCHLD } from '../kernel/signal-numbers.ts'
import { type Main, type Program, type System, SystemCallError } from '../kernel/system.ts'
import { WaitQueue } from '../kernel/wait-queue.ts'

export interface DaemonOptions {
  readonly images: readonly ImageDefinition[]
  /** The program behind --init: tini. */
  readonly init?: Main
  /** Default /var/run/docker.sock. */
  readonly socketPath?: string
  /** An engine without a dockerd: what it is instead, and the process that does its work, there already or to be started. */
  readonly direct?: {
    readonly profile: RuntimeProfile
    readonly process: Process | { readonly name: string; readonly path: string }
  }
}

export class Daemon {
  readonly kernel: Kernel
  readonly parameters: DockerParameters
  readonly options: DaemonOptions
  readonly profile: RuntimeProfile
  readonly socketPath: string
  readonly threads: Threads
  readonly events: Events
  readonly images: ImageStore
  readonly networks: NetworkStore
  readonly volumes: VolumeStore
  readonly ports: PortAllocator
  /** In the order of creation. */
  readonly containers = new Map<string, Container>()
  /** The same by name; `add`, `rename` and `drop` keep both. */
  readonly #byName = new Map<string, Container>()
  readonly id: string
  readonly process: Process
  readonly containerd: Process

  /** Precondition: the machine has been booted. */
  constructor(kernel: Kernel, parameters: DockerParameters, options: DaemonOptions) {
    this.kernel = kernel
    this.parameters = parameters
    this.options = options
    this.profile = options.direct?.profile ?? mobyProfile
    this.socketPath = options.socketPath ?? '/var/run/docker.sock'
    this.ports = new PortAllocator(parameters.errorTexts === '28.5')
    this.threads = new Threads(kernel.clock)
    this.events = new Events(kernel.clock)
    this.images = new ImageStore(options.images, kernel)
    this.networks = new NetworkStore(kernel, parameters, this.profile)
    this.volumes = new VolumeStore(kernel, (action, { name }) => {
      this.events.log('volume', action, name, { driver: 'local' })
    })
    this.id = kernel.random.hex(32)
    const own = options.direct?.process
    const instead = own !== undefined && 'path' in own ? this.#service(own.name, own.path, []) : own
    this.containerd = instead ?? this.#service('containerd', '/usr/bin/containerd', [])
    this.#installInit(options.init)
    const flags = ['-H', 'fd://', '--containerd=/run/containerd/containerd.sock']
    this.process = instead ?? this.#service('dockerd', '/usr/bin/dockerd', flags)
  }

  /** The program that --init puts before the container's own, where the host does not have it. */
  #installInit(init: Main | undefined): void {
    const root = this.kernel.initialPidNamespace.init?.root.inode
    if (init === undefined || root === undefined) return
    const bin = makeDirectories(root, '/usr/bin', this.now())
    if (bin.changes === undefined || bin.lookup(this.containerd, 'docker-init') !== undefined) return
    const file = emptyFile(bin, bin.changes.nextIno(), this.now())
    bin.changes.insert('docker-init', { ...file, executable: init })
  }

  #service(name: string, path: string, flags: readonly string[]): Process {
    const parent = this.kernel.initialPidNamespace.init
    if (parent === undefined) throw new Error('the machine has not been booted')
    const cgroup = name === 'dockerd' ? 'docker' : name
    return this.kernel.spawn({
      parent,
      main: reapForever,
      argv: [path, ...flags],
      environment: new Map([['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin']]),
      comm: name,
      executablePath: path,
      newSession: true,
      auditSession: 0,
      cgroup: this.kernel.parameters.cgroupVersion === 2 ? `/system.slice/${cgroup}.service` : '/',
    })
  }

  get words(): DockerParameters['errorTexts'] {
    return this.parameters.errorTexts
  }

  now(): number {
    return this.kernel.clock.now()
  }

  /** By id, name, or the start of an id. @throws EngineError 404 */
  get(name: string): Container {
    const found = this.find(name)
    if (found === undefined) throw noSuchContainer(name)
    return found
  }

  find(name: string): Container | undefined {
    const exact = this.containers.get(name) ?? this.byName(name.replace(/^\//, ''))
    if (exact !== undefined || !/^[0-9a-f]+$/.test(name)) return exact
    const matching = [...this.containers.values()].filter((container) => container.id.startsWith(name))
    if (matching.length > 1) throw ambiguousId(name)
    return matching[0]
  }

  byName(name: string): Container | undefined {
    return this.#byName.get(name)
  }

  add(container: Container): void {
    this.containers.set(container.id, container)
    this.#byName.set(container.name, container)
  }

  rename(container: Container, name: string): void {
    this.#byName.delete(container.name)
    container.name = name
    this.#byName.set(name, container)
  }

  /** Gives whether it was there. */
  drop(container: Container): boolean {
    if (this.#byName.get(container.name) === container) this.#byName.delete(container.name)
    return this.containers.delete(container.id)
  }

  /** An event of a container, with what all of them say. */
  logEvent(container: Container, action: string, attributes: Readonly<Record<string, string>> = {}): void {
    this.events.log('container', action, container.id, {
      ...container.config.Labels,
      image: container.config.Image,
      name: container.name,
      ...attributes,
    })
  }

  /** Work that no client waits for. A defect in it stops the machine, it is not lost. */
  background(work: Work<void>): Thread<void> {
    return this.threads.start(reportDefects(work, this.kernel))
  }
}

/** What dockerd and containerd are when nobody asks: asleep, and there when a child of theirs has ended. */
function* reapForever(system: System): Program {
  yield* system.sigaction(SIGCHLD, {
    *handler() {
      try {
        while ((yield* system.wait4(-1, { nohang: true })) !== undefined);
      } catch (error) {
        if (!(error instanceof SystemCallError)) throw error
      }
    },
  })
  const never = new WaitQueue()
  for (;;) {
    try {
      yield* system.sleep_on(never, 'futex')
    } catch (error) {
      if (!(error instanceof SystemCallError)) throw error
    }
  }
}

function* reportDefects(work: Work<void>, kernel: Kernel): Work<void> {
  try {
    yield* work
  } catch (error) {
    kernel.clock.setTimer(kernel.clock.now(), () => {
      throw error
    })
  }
}
