// What runc does: a process in the container's namespaces, given its root, user and limits, and then the program itself.
import type { Container } from './container.ts'
import type { Daemon } from './daemon.ts'
import { EngineError } from './errors.ts'
import { lookPath } from './executable.ts'
import { exitCodeOf, Shim } from './shim.ts'
import { Answer, type Work } from './threads.ts'
import { FileTable } from '../kernel/fd-table.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { Namespace } from '../kernel/namespaces.ts'
import type { Process } from '../kernel/process.ts'
import type { Credentials } from '../kernel/credentials.ts'
import {
  type CloneFlag,
  type Environment,
  type Program,
  type ResourceLimit,
  type System,
  SystemCallError,
} from '../kernel/system.ts'
import type { OpenFile } from '../kernel/vfs.ts'
import { WaitQueue } from '../kernel/wait-queue.ts'

/** What is to run, and as whom. */
export interface ProcessSpec {
  readonly argv: readonly string[]
  readonly environment: Environment
  readonly workingDirectory: string
  readonly credentials: Credentials
  readonly files: ReadonlyMap<number, OpenFile>
  readonly oomScoreAdjustment: number
  /** --ulimit; -1 is unlimited. */
  readonly limits: readonly { readonly Name: string; readonly Soft: number; readonly Hard: number }[]
}

/** Namespaces of a container's init: made new, or those that another process is in, by its PID. */
export interface NamespaceSpec {
  readonly make: readonly CloneFlag[]
  readonly join: readonly {
    readonly kind: 'ipc' | 'net' | 'pid' | 'uts' | 'cgroup'
    readonly pid: number
    /** The namespace itself, where no process stands for it. */
    readonly pinned?: Namespace | undefined
  }[]
}

/** A container's running init and what belongs to it. */
export class Task {
  readonly shim: Shim
  readonly init: Process
  /** Set when the shim has reaped init. */
  exitCode: number | undefined
  readonly exited = new WaitQueue()

  constructor(shim: Shim, init: Process) {
    this.shim = shim
    this.init = init
  }

  /** All processes of the container's cgroup, by PID. */
  *processes(kernel: Kernel): Iterable<Process> {
    for (const process of kernel.processes()) if (process.cgroup === this.init.cgroup) yield process
  }
}

/** A process that has been made and waits for the word to execute its program. */
interface Prepared {
  readonly process: Process
  /** Lets it go on; gives why the program could not be executed, or undefined when it runs. */
  release(spec: ProcessSpec, hostname: string | undefined): Work<string | undefined>
}

/**
 * `runc create`: a shim, and init in its namespaces, waiting. The caller then gives it network and mounts.
 * @throws EngineError when a namespace cannot be joined
 */
export function* createTask(
  daemon: Daemon,
  container: Container,
  namespaces: NamespaceSpec,
): Work<Prepared & { shim: Shim }> {
  const { kernel, profile } = daemon
  const owner = profile.shimOwner(container)
  const shared = owner === undefined ? undefined : daemon.containers.get(owner)?.task?.shim
  const shim = shared?.share() ?? new Shim(kernel, profile.monitor(container))
  const start = startPoint()
  const cgroup = profile.cgroupOf(kernel, container)
  let born = 0
  yield* shim.run(function* (system) {
    const runc = yield* system.fork(function* (inner) {
      yield* inner.prctl_set_name('runc:[1:CHILD]')
      const self = kernel.findProcess(kernel.initialPidNamespace, yield* inner.getpid())
      if (self !== undefined) self.cgroup = cgroup
      for (const { kind, pinned } of namespaces.join) {
        if (self === undefined || pinned === undefined) continue
        kernel.replaceNamespaces(self, { ...self.namespaces, [kind]: pinned })
      }
      yield* joinNamespaces(
        inner,
        namespaces.join.filter(({ pinned }) => pinned === undefined),
      )
      born = yield* inner.clone(['PARENT', ...namespaces.make], start.program)
      return 0
    })
    yield* waitFor(system, runc)
  })
  const process = kernel.findProcess(kernel.initialPidNamespace, born)
  if (process === undefined) {
    shim.shutDown()
    throw new EngineError(500, 'OCI runtime create failed: runc create failed: cannot join the namespaces: unknown')
  }
  return { shim, process, release: (spec, hostname) => start.release(process, spec, hostname) }
}

/** `runc exec`: one more process in a container's namespaces. */
export function* createExec(kernel: Kernel, task: Task): Work<Prepared> {
  const start = startPoint()
  const { init } = task
  const target = init.pid.global
  let born = 0
  yield* task.shim.run(function* (system) {
    const runc = yield* system.fork(function* (inner) {
      yield* inner.prctl_set_name('runc:[1:CHILD]')
      const self = kernel.findProcess(kernel.initialPidNamespace, yield* inner.getpid())
      if (self !== undefined) self.cgroup = init.cgroup
      const kinds = ['ipc', 'uts', 'net', 'pid', 'cgroup', 'mnt'] as const
      yield* joinNamespaces(
        inner,
        kinds.map((kind) => ({ kind, pid: target })),
      )
      born = yield* inner.clone(['PARENT'], start.program)
      return 0
    })
    yield* waitFor(system, runc)
  })
  const process = kernel.findProcess(kernel.initialPidNamespace, born)
  if (process === undefined) throw new EngineError(500, 'OCI runtime exec failed: the container has ended: unknown')
  return { process, release: (spec, hostname) => start.release(process, spec, hostname) }
}

function* waitFor(system: System, pid: number): Program<void> {
  yield* system.wait4(pid, {})
}

/** setns(2) for each: all files are opened first, since joining a mount namespace takes /proc away. */
function* joinNamespaces(
  system: System,
  joins: readonly { readonly kind: string; readonly pid: number }[],
): Program<void> {
  const descriptors: number[] = []
  for (const { kind, pid } of joins)
    descriptors.push(yield* system.open(`/proc/${pid}/ns/${kind}`, ['RDONLY', 'CLOEXEC']))
  for (const fd of descriptors) {
    yield* system.setns(fd)
    yield* system.close(fd)
  }
}

interface Order {
  readonly spec: ProcessSpec
  readonly hostname: string | undefined
  readonly process: Process
}

/** The code of `runc init`: it waits, as runc does at its exec.fifo, and then becomes what it was made for. */
function startPoint() {
  const order = new Answer<Order>()
  /** Why the program could not be executed; undefined when it is. */
  const outcome = new Answer<string | undefined>()

  function* program(system: System): Program {
    yield* system.prctl_set_name('runc:[2:INIT]')
    yield* system.setsid()
    while (order.value === undefined) yield* system.sleep_on(order.given, 'fifo_open')
    const { spec, hostname, process } = order.value.is
    if (hostname !== undefined) yield* system.sethostname(hostname)
    become(process, spec)
    const found = yield* intoDirectory(system, spec)
    if ('reason' in found) {
      outcome.give(found.reason)
      return 1
    }
    try {
      // Told just before: a call that succeeds does not come back.
      yield* system.access(found.path, ['X'])
      outcome.give(undefined)
      yield* system.execve(found.path, spec.argv, spec.environment)
    } catch (error) {
      if (!(error instanceof SystemCallError)) throw error
      const why = error.errno === 'ENOEXEC' ? 'exec format error' : error.message
      yield* system.write(2, `exec ${found.path}: ${why}\n`)
    }
    return 255
  }

  function* release(process: Process, spec: ProcessSpec, hostname: string | undefined): Work<string | undefined> {
    order.give({ spec, hostname, process })
    return yield* outcome.wait()
  }

  return { program, release }
}

const resources: ReadonlyMap<string, ResourceLimit> = new Map(
  (
    [
      'CORE',
      'CPU',
      'DATA',
      'FSIZE',
      'LOCKS',
      'MEMLOCK',
      'MSGQUEUE',
      'NICE',
      'NOFILE',
      'NPROC',
      'RSS',
      'RTPRIO',
      'RTTIME',
      'SIGPENDING',
      'STACK',
    ] as const
  ).map((name) => [name.toLowerCase(), name]),
)

/** What runc sets just before the program is executed. */
function become(process: Process, spec: ProcessSpec): void {
  process.credentials = spec.credentials
  process.oomScoreAdjustment = spec.oomScoreAdjustment
  process.umask = 0o022
  const limits = new Map(process.limits)
  for (const { Name, Soft, Hard } of spec.limits) {
    const resource = resources.get(Name)
    const bound = (value: number) => (value === -1 ? Number.POSITIVE_INFINITY : value)
    if (resource !== undefined) limits.set(resource, { soft: bound(Soft), hard: bound(Hard) })
  }
  process.limits = limits
  process.files.closeAll()
  process.files = new FileTable()
  for (const [fd, file] of spec.files) process.files.set(fd, file)
}

function* intoDirectory(system: System, spec: ProcessSpec): Program<{ path: string } | { reason: string }> {
  const directory = spec.workingDirectory
  try {
    yield* system.chdir(directory)
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    const why = `${error.message.charAt(0).toLowerCase()}${error.message.slice(1)}`
    return { reason: `chdir to cwd (${JSON.stringify(directory)}) set in config.json failed: ${why}` }
  }
  const found = yield* lookPath(system, spec.argv[0] ?? '', spec.environment)
  return found
}

/** Follows init until the shim has reaped it. */
export function watchTask(shim: Shim, init: Process): Task {
  const task = new Task(shim, init)
  shim.onReaped(init.pid.global, (status) => {
    task.exitCode = exitCodeOf(status)
    task.exited.wake()
  })
  return task
}
