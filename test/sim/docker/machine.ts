// A small machine for the engine's tests: a kernel that has booted, an engine, and images of a few programs.
import { DockerEngine, type ImageDefinition } from '../../../src/sim/docker/engine.ts'
import { EngineError } from '../../../src/sim/docker/errors.ts'
import { type EngineVersion, versions } from '../../../src/sim/docker/versions.ts'
import { Kernel } from '../../../src/sim/kernel/kernel.ts'
import { memoryFileSystem } from '../../../src/sim/kernel/memory-file-system.ts'
import { findLink, setUp } from '../../../src/sim/kernel/net.ts'
import { resolvePath } from '../../../src/sim/kernel/path-resolution.ts'
import type { Process } from '../../../src/sim/kernel/process.ts'
import { SIGCHLD, SIGTERM } from '../../../src/sim/kernel/signal-numbers.ts'
import { systemCalls } from '../../../src/sim/kernel/syscalls.ts'
import { type Main, type Program, type System, SystemCallError } from '../../../src/sim/kernel/system.ts'
import { defaultPersona, personas } from '../../../src/sim/persona.ts'

export const start = Date.UTC(2026, 10, 23, 14, 50, 37) * 1000

/** Programs of the images: each does one thing that a test asks for. */
const programs: Readonly<Record<string, Main>> = {
  *sleep(system, argv) {
    yield* system.nanosleep(Number(argv[1]) * 1e6)
    return 0
  },
  *echo(system, argv) {
    yield* system.write(1, `${argv.slice(1).join(' ')}\n`)
    return 0
  },
  /** Writes to both streams, then exits with a status: `talk OUT ERR STATUS`. */
  *talk(system, argv) {
    yield* system.write(1, `${argv[1]}\n`)
    yield* system.write(2, `${argv[2]}\n`)
    return Number(argv[3])
  },
  *cat(system, argv) {
    const fd = argv[1] === undefined ? 0 : yield* system.open(argv[1])
    for (;;) {
      const data = yield* system.read(fd, 4096)
      if (data.length === 0) return 0
      yield* system.write(1, data)
    }
  },
  *env(system, _argv, environment) {
    for (const [name, value] of environment) yield* system.write(1, `${name}=${value}\n`)
    return 0
  },
  /** uid, gid and groups. */
  *id(system) {
    const { effective: uid } = yield* system.getresuid()
    const { effective: gid } = yield* system.getresgid()
    yield* system.write(1, `${uid}:${gid} [${(yield* system.getgroups()).join(' ')}]\n`)
    return 0
  },
  *pwd(system) {
    yield* system.write(1, `${yield* system.getcwd()}\n`)
    return 0
  },
  *hostname(system) {
    yield* system.write(1, `${(yield* system.uname()).nodename}\n`)
    return 0
  },
  /** Ends at SIGTERM with status 0, as pause does. */
  *obedient(system) {
    const ended = new Set<number>()
    yield* system.sigaction(SIGTERM, {
      // oxlint-disable-next-line require-yield -- it only remembers
      *handler() {
        ended.add(SIGTERM)
      },
    })
    while (ended.size === 0) {
      try {
        yield* system.pause()
      } catch (error) {
        if (!(error instanceof SystemCallError)) throw error
      }
    }
    return 0
  },
  /** Leaves a child behind that holds its output, and exits. */
  *leave(system, argv) {
    yield* system.fork(function* (child) {
      yield* child.nanosleep(Number(argv[1]) * 1e6)
      return 0
    })
    yield* system.write(1, 'left\n')
    return 0
  },
  /** Makes a file: `write PATH TEXT`. */
  *write(system, argv) {
    const fd = yield* system.open(argv[1] ?? '', ['WRONLY', 'CREAT', 'TRUNC'])
    yield* system.write(fd, argv[2] ?? '')
    return 0
  },
}

export const imageId = 'a'.repeat(64)

const images: readonly ImageDefinition[] = [
  {
    names: ['alpine:latest'],
    id: imageId,
    created: start - 1e6,
    sizeBytes: 1_980_000,
    config: { Cmd: ['/bin/sh'], Env: ['PATH=/bin'] },
    rootTree: (root) => {
      for (const [name, main] of Object.entries(programs)) root.addFile(`bin/${name}`, { executable: main })
      root.addFile('etc/passwd', 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/sbin/nologin\n')
      root.addFile('etc/group', 'root:x:0:root\nnobody:x:65534:\n')
      root.addDirectory('tmp', { mode: 0o1777 })
    },
  },
  {
    names: ['registry.k8s.io/pause:3.9'],
    id: 'b'.repeat(64),
    created: start,
    sizeBytes: 767_000,
    config: { Entrypoint: ['/pause'], User: '65535:65535' },
    rootTree: (root) => root.addFile('pause', { executable: programs['obedient'] }),
  },
]

export interface TestMachine {
  readonly kernel: Kernel
  readonly engine: DockerEngine
  readonly init: Process
  /** Runs a client: a process whose program is given, until it ends. Gives what it gave, or throws what it threw. */
  client<T>(program: (system: System) => Program<T>): Promise<T>
  /** Lets virtual time pass, in seconds. */
  pass(seconds: number): Promise<void>
}

export function createMachine(version: EngineVersion = '28.5'): TestMachine {
  const persona = personas.get(version === 'today' ? defaultPersona : `docker-${version}`)
  if (persona === undefined) throw new Error(`no persona ${version}`)
  const rootDirectory = memoryFileSystem({ type: 'ext4', source: '/dev/vda1', time: start })
  for (const path of ['dev', 'proc', 'run', 'etc', 'usr/bin', 'var/lib']) rootDirectory.addDirectory(path)
  rootDirectory.addSymlink('var/run', '/run')
  rootDirectory.addFile('etc/hosts', '127.0.0.1\tlocalhost\n')
  rootDirectory.addFile('etc/resolv.conf', 'nameserver 192.168.1.1\n')
  const kernel = new Kernel({ ...persona.kernel, seed: 1, bootTime: start, rootDirectory })
  const init = kernel.boot({ main: initMain, argv: ['/sbin/init'], comm: 'systemd' })
  systemCalls.mount.run(kernel, init, 'proc', '/proc', 'proc', [])
  const lo = findLink(kernel.initialNamespaces.net, 'lo')
  if (lo !== undefined) setUp(lo, true)
  const engine = new DockerEngine(kernel, versions[version], { images, init: initMain })
  const run = resolvePath(init, '/run').inode
  if (run.type === 'directory') engine.listen(run)

  async function client<T>(program: (system: System) => Program<T>): Promise<T> {
    let outcome: { value: T } | { error: unknown } | undefined
    kernel.spawn({
      parent: init,
      argv: ['docker'],
      *main(system) {
        try {
          outcome = { value: yield* program(system) }
        } catch (error) {
          outcome = { error }
        }
        return 0
      },
    })
    await kernel.run(() => outcome !== undefined)
    if (outcome === undefined) throw new Error('the client never ends')
    if ('error' in outcome) throw outcome.error
    return outcome.value
  }

  return {
    kernel,
    engine,
    init,
    client,
    pass: (seconds) =>
      client(function* (system) {
        yield* system.nanosleep(seconds * 1e6)
      }),
  }
}

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

/** What the engine refuses with, as text. */
export async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    if (error instanceof EngineError) return `${error.status} ${error.message}`
    throw error
  }
  return 'it was done'
}
