// The process: all that the kernel knows of one, grouped by who may change it. One thread each.
import type { Credentials } from './credentials.ts'
import type { FileTable } from './fd-table.ts'
import type { Namespaces, PidNamespace } from './namespaces.ts'
import type { Pid } from './pid.ts'
import type { ProgramMemory } from './program-memory.ts'
import type {
  Environment,
  Main,
  Program,
  ResourceLimit,
  SignalAction,
  SignalInfo,
  SystemCallName,
  SystemCallRequest,
} from './system.ts'
import type { Inode, Path } from './vfs.ts'
import type { Tracer } from './trace.ts'
import type { KernelCode, Sleep, WaitQueue } from './wait-queue.ts'

/**
 * R: runnable, or running right now. S: sleeps, a signal wakes it. D: sleeps, nothing wakes it but the event.
 * T: stopped by a signal until SIGCONT. Z: has ended; only PID, exit status and CPU times are left, until it is reaped.
 * X: reaped, out of every table; nobody can see it.
 */
export type ProcessState = 'R' | 'S' | 'D' | 'T' | 'Z' | 'X'

/** Why it ended, as wait4(2) tells the parent. */
export interface ExitStatus {
  how: 'exited' | 'signaled'
  /** 0 to 255, or the signal's number. */
  status: number
  coreDumped: boolean
}

/** The program that it executes; replaced by execve. */
export interface Executing {
  readonly main: Main
  readonly argv: readonly string[]
  readonly environment: Environment
  /** What /proc/PID/exe points to; undefined for a kernel thread. */
  readonly path: string | undefined
  readonly inode: Inode | undefined
}

/** One coroutine on the process's stack: the program, and above it the signal handlers that interrupted it. */
export interface Frame {
  readonly program: Program<unknown>
  /** The mask to restore when a handler's frame ends. */
  readonly savedMask?: ReadonlySet<number>
  /** The system call under way in this frame, suspended while a handler runs above it. */
  call?: CallInProgress | undefined
  /** What to resume the program with when it runs next. */
  resume: { value: unknown } | { error: unknown }
  /** A traced program's call that waits for its tracer's leave. */
  held?: Pick<SystemCallRequest, 'name' | 'args'> | undefined
}

export interface CallInProgress {
  readonly name: SystemCallName
  readonly args: readonly unknown[]
  /** When it began, microseconds since the epoch; kept when it begins anew after a signal. */
  readonly startedAt: number
  /** Undefined: a signal has interrupted it, and it fails with EINTR or begins anew. */
  code: KernelCode<unknown> | undefined
  /** What it sleeps on now. */
  sleep: Sleep | undefined
}

export interface Process {
  // --- set at birth, never changed
  readonly pid: Pid
  /** Microseconds since the epoch. */
  readonly startTime: number
  /** Inherited at birth: which run of a shell it is part of. Only a session of a shell changes it, its own. */
  auditSession: number

  // --- the family: changed by fork, exit and wait only
  parent: Process | undefined
  readonly children: Set<Process>
  /** PR_SET_CHILD_SUBREAPER: orphans below come to this process. */
  childSubreaper: boolean
  /** Process group and session, by their leaders' Pid objects. */
  group: Pid
  session: Pid
  /** Woken when a child changes state. */
  readonly childChanged: WaitQueue

  // --- life: changed by the scheduler, signals and exit
  state: ProcessState
  exitStatus: ExitStatus | undefined
  /** Stopped or continued and the parent has not been told yet. */
  jobControlEvent: { how: 'stopped' | 'continued'; signal: number } | undefined
  /** Stack of coroutines, the running one last; empty when dead. */
  readonly frames: Frame[]
  /** CPU time in microseconds. */
  readonly cpu: { user: number; system: number; childrenUser: number; childrenSystem: number }
  nice: number
  /** Its cgroup is frozen (docker pause): it is not scheduled, whatever its state. */
  frozen: boolean
  voluntarySwitches: number
  involuntarySwitches: number

  // --- the program: changed by execve and prctl
  executing: Executing
  /** /proc/PID/comm, 15 bytes at most. */
  comm: string

  // --- signals: changed by kill, sigaction, sigprocmask
  readonly pending: Map<number, SignalInfo>
  blocked: ReadonlySet<number>
  /** The mask from before sigsuspend(2), which comes back when the handler has run. */
  suspendedMask: ReadonlySet<number> | undefined
  /** Absent: SIG_DFL. */
  readonly actions: Map<number, SignalAction>
  parentDeathSignal: number
  /** Virtual time in microseconds at which SIGALRM comes. */
  alarmAt: number | undefined

  // --- what it may and where it stands
  credentials: Credentials
  namespaces: Namespaces
  /** PID namespace of its future children; differs from its own after unshare or setns. */
  pidNamespaceForChildren: PidNamespace
  files: FileTable
  root: Path
  workingDirectory: Path
  umask: number
  /** Never changed in place: children share it. */
  limits: ReadonlyMap<ResourceLimit, { soft: number; hard: number }>
  /** Path below the cgroup root, as in /proc/PID/cgroup. */
  cgroup: string
  oomScoreAdjustment: number
  /** Who traces it, and whether it is stopped for that. */
  tracer: Tracer | undefined
  traceStopped: boolean
  /** Bytes; what status and statm show. */
  memory: ProgramMemory
  /** What it has read and written, as /proc/PID/io counts. */
  readonly io: { readBytes: number; writtenBytes: number; reads: number; writes: number }
}
