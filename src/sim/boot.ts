// The boot of a simulated machine: a list of calls that wires kernel, files, programs and the docker engine together.
import { bootCluster } from './cluster-boot.ts'
import { loadExecutable } from './cc/execute.ts'
import { DockerEngine } from './docker/engine.ts'
import { versions } from './docker/versions.ts'
import { hostFileSystem } from './host-files.ts'
import { knownImages } from './images.ts'
import { Kernel } from './kernel/kernel.ts'
import { addAddress, addLink, findLink, setUp } from './kernel/net.ts'
import { resolvePath } from './kernel/path-resolution.ts'
import type { Process } from './kernel/process.ts'
import { SIGCHLD } from './kernel/signal-numbers.ts'
import { systemCalls } from './kernel/syscalls.ts'
import { type Main, SystemCallError } from './kernel/system.ts'
import type { Cluster } from './kubernetes/cluster.ts'
import { type Persona, personaFor, personas } from './persona.ts'
import { debianPrograms } from './programs/debian.ts'
import { busyboxPrograms, hostPrograms, pause, tini } from './programs/index.ts'

export interface BootOptions {
  /** Name of a persona; by default what fits the needs. */
  readonly persona?: string
  /** What the lesson needs, as in its front matter: `docker`, `kubectl`. */
  readonly needs?: readonly string[]
  /** Nodes of the cluster, where the persona has one; default 1, the machine itself. */
  readonly nodes?: number
  /** Seed of the machine's chance; the same seed, persona and scripts give the same bytes. */
  readonly seed?: number
  /** Milliseconds since the epoch at boot; default a fixed day, so that runs are alike. */
  readonly startTime?: number
}

export interface SimulatedMachine {
  readonly kernel: Kernel
  readonly persona: Persona
  readonly engine: DockerEngine
  readonly init: Process
  /** Of personas that have one. */
  readonly cluster: Cluster | undefined
}

/** When the machine is switched on, unless told otherwise. */
const defaultStart = Date.UTC(2026, 10, 23, 14, 50, 37)

/** How long the machine has been up before the first command, in microseconds. */
const uptime = 83_000_000

/**
 * A machine that has booted, with docker running and nobody logged in.
 * @throws RangeError when there is no such persona; its message lists those that there are
 */
export function bootMachine(options: BootOptions = {}): SimulatedMachine {
  const persona = findPersona(options.persona ?? personaFor(options.needs ?? []))
  const bootTime = (options.startTime ?? defaultStart) * 1000
  const root = hostFileSystem(persona, hostPrograms(persona), bootTime)
  const kernel = new Kernel({ ...persona.kernel, seed: options.seed ?? 1, bootTime, rootDirectory: root })
  kernel.binaryFormats.push(loadExecutable)
  const init = kernel.boot({
    main: initMain,
    argv: ['/sbin/init'],
    comm: 'systemd',
    executablePath: '/usr/lib/systemd/systemd',
    environment: new Map([['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin']]),
  })
  mountHostFileSystems(kernel, init)
  bringUpNetwork(kernel, persona)
  kernel.clock.spend(uptime)
  const images = knownImages(
    persona,
    { applets: busyboxPrograms(persona), debian: debianPrograms(persona), pause },
    kernel.clock.now(),
  )
  const engine = new DockerEngine(kernel, versions[persona.docker], { images, init: tini })
  kernel.initialPidNamespace.lastPid = Math.max(kernel.initialPidNamespace.lastPid, persona.kernel.lastPidOfBoot ?? 0)
  const run = resolvePath(init, '/run').inode
  if (run.type === 'directory') engine.listen(run)
  return { kernel, persona, engine, init, cluster: bootCluster(engine, persona, options.nodes) }
}

function findPersona(name: string): Persona {
  const persona = personas.get(name)
  if (persona !== undefined) return persona
  throw new RangeError(`there is no persona ${name}; there are ${[...personas.keys()].join(', ')}`)
}

/** What stands in /proc/mounts of a host that has booted. */
type HostMount = readonly [type: string, target: string, options: readonly string[]]
const hostMounts: readonly HostMount[] = [
  ['proc', '/proc', ['nosuid', 'nodev', 'noexec']],
  ['sysfs', '/sys', ['nosuid', 'nodev', 'noexec']],
  ['devtmpfs', '/dev', ['nosuid']],
  ['tmpfs', '/run', ['nosuid', 'nodev']],
]

const cgroupMount: HostMount = ['cgroup2', '/sys/fs/cgroup', ['nosuid', 'nodev', 'noexec']]

/** Runs as init's own calls would, before anything else is started. */
function mountHostFileSystems(kernel: Kernel, init: Process): void {
  const unified = kernel.parameters.cgroupVersion === 2
  for (const [type, target, options] of unified ? [...hostMounts, cgroupMount] : hostMounts) {
    systemCalls.mount.run(kernel, init, type, target, type, options)
  }
}

function bringUpNetwork(kernel: Kernel, persona: Persona): void {
  const { net } = kernel.initialNamespaces
  const loopback = findLink(net, 'lo')
  if (loopback !== undefined) setUp(loopback, true)
  if (!persona.uplink) return
  const card = addLink(net, { name: 'eth0', kind: 'dummy', lladdr: '52:54:00:12:34:56' })
  addAddress(card, {
    family: 'inet',
    address: '192.168.1.10',
    prefixLength: 24,
    broadcast: '192.168.1.255',
    scope: 'global',
  })
  setUp(card, true)
  net.routes.unshift({
    destination: '0.0.0.0',
    prefixLength: 0,
    gateway: '192.168.1.1',
    link: card,
    protocol: 'static',
    scope: 'global',
    source: undefined,
  })
}

/** PID 1: sleeps, and reaps whatever comes to it. */
const initMain: Main = function* init(system) {
  yield* system.sigaction(SIGCHLD, {
    flags: ['RESTART', 'NOCLDSTOP'],
    *handler() {
      try {
        while ((yield* system.wait4(-1, { nohang: true })) !== undefined);
      } catch (error) {
        if (!(error instanceof SystemCallError)) throw error
      }
    },
  })
  for (;;) {
    try {
      yield* system.pause()
    } catch (error) {
      if (!(error instanceof SystemCallError)) throw error
    }
  }
}
