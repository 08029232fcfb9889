// The machine's kernel: one object that holds the tables, and the loop that runs processes on the virtual clock.
import { Clock } from './clock.ts'
import { allCapabilities, type Credentials, credentialsOf } from './credentials.ts'
import { startProgram } from './exec.ts'
import { FileTable } from './fd-table.ts'
import { forkProcess } from './fork.ts'
import { InodeNumbers } from './inode-numbers.ts'
import { createInitialMountNamespace, type MountNamespace, translatePath } from './mount.ts'
import { replaceNamespaces } from './namespace-life.ts'
import type { Namespaces, PidNamespace } from './namespaces.ts'
import { createNetworkNamespace } from './net.ts'
import { Pid } from './pid.ts'
import { inOrder, joinGroup, joinSession } from './pid-namespace.ts'
import { memoryOfPath, noMemory } from './program-memory.ts'
import type { Executing, ExitStatus, Process } from './process.ts'
import { Random } from './random.ts'
import { Scheduler } from './scheduler.ts'
import { sendSignal } from './signal.ts'
import { SIGKILL } from './signal-numbers.ts'
import { createSystem, describeCall } from './syscalls.ts'
import type { CloneFlag, Environment, Main, ResourceLimit, System, WaitChannel } from './system.ts'
import type { DirectoryInode, OpenFile, Path } from './vfs.ts'
import { WaitQueue } from './wait-queue.ts'

/** What may differ from kernel to kernel and machine to machine. */
export interface KernelParameters {
  /** Seed of the machine's chance. */
  readonly seed: number
  /** Microseconds since the epoch at boot. */
  readonly bootTime: number
  readonly hostname: string
  /** As uname(2) tells them. */
  readonly release: string
  readonly version: string
  readonly machine: string
  readonly pidMax: number
  /** The last PID that the boot has taken, so that what comes after has numbers of as many digits as on a real machine. */
  readonly lastPidOfBoot?: number
  /** What /proc/PID/wchan prints for each place of sleeping. */
  readonly waitChannels: Readonly<Record<WaitChannel, string>>
  /** Inode numbers of the initial namespaces. */
  readonly initialInodes: Readonly<Record<'cgroup' | 'ipc' | 'mnt' | 'net' | 'pid' | 'time' | 'user' | 'uts', number>>
  /** The first number that a new namespace may get. */
  readonly firstFreeInode: number
  /** Bytes of RAM. */
  readonly totalMemory: number
  readonly processors: number
  /** What root's bounding set holds. */
  readonly bounding: bigint
  readonly cgroupVersion: 1 | 2
  /** Files of /proc that this kernel was built without. */
  readonly absentProcFiles?: readonly string[]
  /** Whether `lo` has `::1` when it comes up. */
  readonly ipv6Loopback: boolean
  /** The root of the file system on the host's `/`. */
  readonly rootDirectory: DirectoryInode
}

/** A format of executable files: the program in a file's bytes, and the loader that must be there to run it. */
export type BinaryFormat = (
  content: Uint8Array,
) => Main | { readonly main: Main; readonly interpreter: string | undefined } | undefined

export interface SpawnOptions {
  readonly parent: Process
  readonly main: Main
  readonly argv: readonly string[]
  readonly environment?: Environment
  readonly comm?: string
  /** What /proc/PID/exe shows. */
  readonly executablePath?: string
  /** New namespaces. */
  readonly clone?: readonly CloneFlag[]
  /** Its descriptors; without it, copies of the parent's. */
  readonly files?: ReadonlyMap<number, OpenFile>
  readonly workingDirectory?: Path
  readonly credentials?: Credentials
  readonly auditSession?: number
  /** Makes it the leader of a session and group of its own. */
  readonly newSession?: boolean
  readonly cgroup?: string
}

/** How long the loop may hold the host's thread before others have a turn, in milliseconds. */
const hostSlice = 12

interface Waiter {
  readonly until: () => boolean
  readonly signal: AbortSignal | undefined
  readonly done: () => void
  readonly failed: (error: unknown) => void
}

export class Kernel {
  readonly parameters: KernelParameters
  readonly clock: Clock
  readonly random: Random
  readonly inodeNumbers: InodeNumbers
  readonly scheduler: Scheduler
  /** The calls of every process: a request does not name its process, the scheduler knows who made it. */
  readonly system: System
  /** What the table of system calls says of one, its number above all. */
  readonly describeCall = describeCall
  /** What execve asks of a file that is no program of the machine's own: the program in its bytes, if it knows them. */
  readonly binaryFormats: BinaryFormat[] = []
  readonly initialNamespaces: Namespaces
  readonly #exitCallbacks = new Map<Process, ((status: ExitStatus) => void)[]>()
  readonly #waiters = new Set<Waiter>()
  readonly #idle: Process
  #running = false
  #auditSession = 0
  #lastInode = 13_000

  constructor(parameters: KernelParameters) {
    this.parameters = parameters
    this.clock = new Clock(parameters.bootTime)
    this.random = new Random(parameters.seed)
    this.inodeNumbers = new InodeNumbers(parameters.firstFreeInode)
    this.scheduler = new Scheduler(this)
    this.system = createSystem()
    this.initialNamespaces = this.#createInitialNamespaces()
    this.#idle = this.#createIdleProcess()
  }

  get initialPidNamespace(): PidNamespace {
    return this.initialNamespaces.pid
  }

  /** All processes, living and zombies, by PID in the initial namespace. */
  *processes(): Iterable<Process> {
    for (const { process } of inOrder(this.initialPidNamespace)) yield process
  }

  /** The process that has a number in a namespace. */
  findProcess(namespace: PidNamespace, pid: number): Process | undefined {
    return namespace.pids.get(pid)?.process
  }

  /** Makes a process from outside any process. It runs when the scheduler comes to it. */
  spawn(options: SpawnOptions): Process {
    const process = forkProcess(this, options.parent, options.clone ?? [], (system) =>
      options.main(system, options.argv, options.environment ?? new Map()),
    )
    this.#applySpawnOptions(process, options)
    return process
  }

  /** Starts PID 1 of the machine, whose parent is nobody. */
  boot(options: Omit<SpawnOptions, 'parent'>): Process {
    const init = this.spawn({ ...options, parent: this.#idle, newSession: true })
    this.#idle.children.delete(init)
    init.parent = undefined
    return init
  }

  #applySpawnOptions(process: Process, options: SpawnOptions): void {
    const executing: Executing = {
      main: options.main,
      argv: options.argv,
      environment: options.environment ?? new Map(),
      path: options.executablePath,
      inode: undefined,
    }
    startProgram(this, process, executing)
    if (options.comm !== undefined) process.comm = options.comm.slice(0, 15)
    if (options.files !== undefined) {
      process.files.closeAll()
      process.files = new FileTable()
      for (const [fd, file] of options.files) process.files.set(fd, file, false)
    }
    if (options.workingDirectory !== undefined) process.workingDirectory = options.workingDirectory
    if (options.credentials !== undefined) process.credentials = options.credentials
    if (options.auditSession !== undefined) process.auditSession = options.auditSession
    if (options.cgroup !== undefined) process.cgroup = options.cgroup
    if (options.newSession) {
      joinGroup(this, process, process.pid)
      joinSession(this, process, process.pid)
    }
  }

  /** Sends a signal without asking for permission; without a sender it comes from the kernel itself. */
  sendSignal(target: Process, signal: number, sender?: Process): void {
    sendSignal(this, target, signal, sender)
  }

  /** A number for a pipe or a socket: the counter of get_next_ino(), which never comes back. */
  nextInode(): number {
    return ++this.#lastInode
  }

  /** A number for a namespace; lowest free first. */
  allocateInode(): number {
    return this.inodeNumbers.allocate()
  }

  /** A number for an audit session: what a run of a shell starts is known by it. */
  newAuditSession(): number {
    return ++this.#auditSession
  }

  /** Kills all processes of an audit session, except one. */
  killAuditSession(auditSession: number, except?: Process): void {
    for (const process of Array.from(this.processes())) {
      if (process.auditSession === auditSession && process !== except) this.sendSignal(process, SIGKILL)
    }
  }

  /** Calls back when the process ends: it is a zombie then, or gone. */
  onExit(process: Process, callback: (status: ExitStatus) => void): void {
    const callbacks = this.#exitCallbacks.get(process)
    if (callbacks === undefined) this.#exitCallbacks.set(process, [callback])
    else callbacks.push(callback)
  }

  /** Called by exit alone. */
  processEnded(process: Process, status: ExitStatus): void {
    const callbacks = this.#exitCallbacks.get(process) ?? []
    this.#exitCallbacks.delete(process)
    for (const callback of callbacks) callback(status)
  }

  /** What a program takes of memory: the profile of its file. */
  memoryOf(executing: Executing): Process['memory'] {
    const { inode, path = '' } = executing
    return (inode?.type === 'regular' ? inode.memory : undefined) ?? memoryOfPath(path)
  }

  /** Root and working directory of a process that has come to another mount namespace: their copies there, or `/`. */
  enterMountNamespace(process: Process, from: MountNamespace): void {
    const to = process.namespaces.mnt
    process.root = translatePath(process.root, from, to)
    process.workingDirectory = translatePath(process.workingDirectory, from, to)
  }

  /** Gives a process another set of namespaces. */
  replaceNamespaces(process: Process, next: Namespaces): void {
    const from = process.namespaces.mnt
    replaceNamespaces(this, process, next)
    if (next.mnt !== from) this.enterMountNamespace(process, from)
  }

  /**
   * Lets processes run until `until()` holds, the signal is aborted, or nothing can ever happen any more. Several may
   * wait at a time; time is one for all.
   * @throws what a defect in a program threw; the machine can be used on
   */
  run(until: () => boolean, signal?: AbortSignal): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiters.add({ until, signal, done, failed })
      if (!this.#running) void this.#loop()
    })
  }

  async #loop(): Promise<void> {
    this.#running = true
    let sliceEnd = performance.now() + hostSlice
    while (this.#settleWaiters()) {
      try {
        if (this.scheduler.hostWorkPending) {
          await this.scheduler.finishHostWork()
          continue
        }
        this.clock.fireDue()
        if (!this.scheduler.turn() && !this.clock.skipToNextTimer()) {
          this.#endWaiters((waiter) => waiter.done())
          break
        }
      } catch (error) {
        this.#endWaiters((waiter) => waiter.failed(error))
        break
      }
      if (performance.now() > sliceEnd) {
        await macrotask()
        sliceEnd = performance.now() + hostSlice
      }
    }
    this.#running = false
  }

  /** Lets go of those whose wait is over. @returns whether any still waits */
  #settleWaiters(): boolean {
    for (const waiter of this.#waiters) {
      if (!waiter.signal?.aborted && !waiter.until()) continue
      this.#waiters.delete(waiter)
      waiter.done()
    }
    return this.#waiters.size > 0
  }

  #endWaiters(end: (waiter: Waiter) => void): void {
    for (const waiter of this.#waiters) end(waiter)
    this.#waiters.clear()
  }

  #createInitialNamespaces(): Namespaces {
    const { initialInodes: inodes, hostname, rootDirectory } = this.parameters
    const user: Namespaces['user'] = {
      kind: 'user',
      inode: inodes.user,
      holders: 1,
      owner: undefined,
      parent: undefined,
    }
    const base = { holders: 1, owner: user }
    return {
      cgroup: { ...base, kind: 'cgroup', inode: inodes.cgroup, root: '/' },
      ipc: { ...base, kind: 'ipc', inode: inodes.ipc },
      mnt: createInitialMountNamespace(inodes.mnt, rootDirectory, user),
      net: createNetworkNamespace(this, inodes.net, user),
      pid: {
        ...base,
        kind: 'pid',
        inode: inodes.pid,
        parent: undefined,
        level: 0,
        pids: new Map(),
        lastPid: 0,
        init: undefined,
        dead: false,
      },
      time: { ...base, kind: 'time', inode: inodes.time },
      user,
      uts: { ...base, kind: 'uts', inode: inodes.uts, hostname, domainname: '(none)' },
    }
  }

  /** PID 0: never runs; the first process is its copy. */
  #createIdleProcess(): Process {
    const pid = new Pid([{ namespace: this.initialPidNamespace, number: 0 }])
    const root = this.initialNamespaces.mnt.rootPath()
    const credentials = credentialsOf(0, 0)
    const bounding = this.parameters.bounding & allCapabilities
    return {
      pid,
      startTime: this.clock.bootTime,
      auditSession: 0,
      parent: undefined,
      children: new Set(),
      childSubreaper: false,
      group: pid,
      session: pid,
      childChanged: new WaitQueue(),
      state: 'S',
      exitStatus: undefined,
      jobControlEvent: undefined,
      frames: [],
      cpu: { user: 0, system: 0, childrenUser: 0, childrenSystem: 0 },
      nice: 0,
      frozen: false,
      voluntarySwitches: 0,
      involuntarySwitches: 0,
      executing: { main: noProgram, argv: [], environment: new Map(), path: undefined, inode: undefined },
      comm: 'swapper/0',
      pending: new Map(),
      blocked: new Set(),
      suspendedMask: undefined,
      actions: new Map(),
      parentDeathSignal: 0,
      alarmAt: undefined,
      credentials: { ...credentials, capabilities: { permitted: bounding, effective: bounding, bounding } },
      namespaces: this.initialNamespaces,
      pidNamespaceForChildren: this.initialPidNamespace,
      files: new FileTable(),
      root,
      workingDirectory: root,
      umask: 0o022,
      limits: new Map(defaultLimits),
      cgroup: '/',
      oomScoreAdjustment: 0,
      tracer: undefined,
      traceStopped: false,
      memory: noMemory,
      io: { readBytes: 0, writtenBytes: 0, reads: 0, writes: 0 },
    }
  }
}

function* noProgram(): Generator<never, number> {
  return 0
}

/** Limits as a service of systemd has them; `Infinity` is unlimited. */
const defaultLimits: readonly (readonly [ResourceLimit, { soft: number; hard: number }])[] = [
  ['CPU', { soft: Number.POSITIVE_INFINITY, hard: Number.POSITIVE_INFINITY }],
  ['FSIZE', { soft: Number.POSITIVE_INFINITY, hard: Number.POSITIVE_INFINITY }],
  ['DATA', { soft: Number.POSITIVE_INFINITY, hard: Number.POSITIVE_INFINITY }],
  ['STACK', { soft: 8_388_608, hard: Number.POSITIVE_INFINITY }],
  ['CORE', { soft: 0, hard: Number.POSITIVE_INFINITY }],
  ['RSS', { soft: Number.POSITIVE_INFINITY, hard: Number.POSITIVE_INFINITY }],
  ['NPROC', { soft: 95_915, hard: 95_915 }],
  ['NOFILE', { soft: 1_048_576, hard: 1_048_576 }],
  ['MEMLOCK', { soft: 8_388_608, hard: 8_388_608 }],
  ['AS', { soft: Number.POSITIVE_INFINITY, hard: Number.POSITIVE_INFINITY }],
  ['LOCKS', { soft: Number.POSITIVE_INFINITY, hard: Number.POSITIVE_INFINITY }],
  ['SIGPENDING', { soft: 95_915, hard: 95_915 }],
  ['MSGQUEUE', { soft: 819_200, hard: 819_200 }],
  ['NICE', { soft: 0, hard: 0 }],
  ['RTPRIO', { soft: 0, hard: 0 }],
  ['RTTIME', { soft: Number.POSITIVE_INFINITY, hard: Number.POSITIVE_INFINITY }],
]

/** Lets the host's own events in: an abort, output on its way to a screen. A browser's timers wait longer than need be. */
function macrotask(): Promise<void> {
  const { setImmediate } = globalThis as { setImmediate?: (work: () => void) => void }
  return new Promise((resolve) => {
    if (setImmediate === undefined) setTimeout(resolve, 0)
    else setImmediate(resolve)
  })
}
