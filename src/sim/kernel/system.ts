// The system calls as a program sees them: names and meaning of the manual's section 2, one interface a family.
// A program is a coroutine: it yields one call at a time and is resumed with the result, or with a SystemCallError thrown.
import type { Errno, SystemCallError as Thrown } from './errno.ts'

export { SystemCallError } from './errno.ts'
/** Named for the documentation of what a call may throw. */
export type SystemCallFailure = Thrown

/** What a program yields. */
export interface SystemCallRequest {
  readonly name: SystemCallName
  readonly args: readonly unknown[]
}

/** A coroutine that makes system calls and gives a T. `yield*` one from another; the main one gives the exit status. */
export type Program<T = number> = Generator<SystemCallRequest, T, unknown>

/** The variables of environ(7), in order. */
export type Environment = ReadonlyMap<string, string>

/** A program's entry: `main(argc, argv, envp)`. Returning N is exit(N). */
export type Main = (system: System, argv: readonly string[], environment: Environment) => Program

/** The calls of one process, to be used with `yield*`: `const pid = yield* system.getpid()`. */
export type System = {
  readonly [Name in SystemCallName]: (...args: Parameters<SystemCalls[Name]>) => Program<ReturnType<SystemCalls[Name]>>
}

export interface SystemCalls
  extends ProcessCalls,
    SignalCalls,
    TimeCalls,
    NamespaceCalls,
    FileCalls,
    NetworkCalls,
    TraceCalls {}
export type SystemCallName = keyof SystemCalls

// Processes ----------------------------------------------------------------------------------------------------------

export interface ProcessCalls {
  /**
   * fork(2). A coroutine cannot be copied, so the child starts at `child`, with copies of descriptors, signal
   * dispositions, directories and credentials. Gives the child's PID in the caller's PID namespace.
   */
  fork(child: (system: System) => Program): number
  /** clone(2) with CLONE_NEW… flags (names without `CLONE_`), CLONE_PARENT; the child as for fork. */
  clone(flags: readonly CloneFlag[], child: (system: System) => Program): number
  /** execve(2). Does not come back when it succeeds. */
  execve(path: string, argv: readonly string[], environment: Environment): never
  /** _exit(2), status 0 to 255. */
  exit(status: number): never
  /**
   * wait4(2). `pid` as there: -1 any child, 0 the own group, < -1 a group, > 0 one child.
   * Gives undefined when WNOHANG is set and nothing has changed. Throws ECHILD, EINTR.
   */
  wait4(pid: number, options: { nohang?: boolean; untraced?: boolean; continued?: boolean }): WaitResult | undefined
  getpid(): number
  /** The parent's PID in the caller's PID namespace, 0 when it is not in there. */
  getppid(): number
  getpgid(pid: number): number
  /** setpgid(2): EPERM, ESRCH, EACCES as there; 0 means the caller. */
  setpgid(pid: number, pgid: number): void
  getsid(pid: number): number
  setsid(): number
  getresuid(): { real: number; effective: number; saved: number }
  getresgid(): { real: number; effective: number; saved: number }
  getgroups(): readonly number[]
  setresuid(real: number, effective: number, saved: number): void
  setresgid(real: number, effective: number, saved: number): void
  setgroups(groups: readonly number[]): void
  /** prctl(2), the options that exist here; PR_SET_NAME takes 15 bytes. */
  prctl(option: 'PR_SET_CHILD_SUBREAPER' | 'PR_GET_CHILD_SUBREAPER' | 'PR_SET_PDEATHSIG', value: number): number
  /** prctl(PR_SET_NAME): /proc/PID/comm. */
  prctl_set_name(name: string): void
  /** Not a call of Linux: writes over the memory that its arguments stand in, as daemons do to tell ps what they are. */
  set_arguments(argv: readonly string[]): void
  /** getpriority(2) and setpriority(2) of the caller: nice value -20 to 19. */
  getpriority(): number
  setpriority(nice: number): void
  getrlimit(resource: ResourceLimit): { soft: number; hard: number }
  setrlimit(resource: ResourceLimit, limit: { soft: number; hard: number }): void
  /** getrusage(2): CPU time in microseconds, of the caller or of its reaped children. */
  getrusage(who: 'self' | 'children'): { userMicroseconds: number; systemMicroseconds: number }
  uname(): UtsName
  sethostname(name: string): void
  sysinfo(): { uptimeSeconds: number; totalRam: number; freeRam: number; processes: number }
  /** Not a call of Linux: spends CPU time in the program itself. An interpreter yields it so that others run too. */
  spend(microseconds: number): void
  /**
   * Not a call of Linux: sleeps until the queue is woken, as a daemon's or a Go client's thread does in futex(2).
   * With `timeoutMicroseconds` gives 'timeout' then; throws EINTR when a signal is handled.
   */
  sleep_on(queue: WaitQueueHandle, waitChannel: WaitChannel, timeoutMicroseconds?: number): 'woken' | 'timeout'
  /** Not a call of Linux: awaits work of the host (a library that is asynchronous) with the virtual clock standing. */
  host<T>(work: () => Promise<T>): T
}

/** Opaque here; `WaitQueue` in `wait-queue.ts`. */
export interface WaitQueueHandle {
  readonly kind: 'wait-queue'
}

export type CloneFlag =
  | 'NEWPID'
  | 'NEWNET'
  | 'NEWIPC'
  | 'NEWUTS'
  | 'NEWNS'
  | 'NEWUSER'
  | 'NEWCGROUP'
  | 'NEWTIME'
  | 'PARENT'

export interface WaitResult {
  pid: number
  /** How it changed: ended by exit, by a signal, stopped, continued. */
  how: 'exited' | 'signaled' | 'stopped' | 'continued'
  /** The exit status (0 to 255) or the signal number. */
  status: number
  /** As WIFSIGNALED and WCOREDUMP. */
  coreDumped?: boolean
}

export type ResourceLimit =
  | 'CPU'
  | 'FSIZE'
  | 'DATA'
  | 'STACK'
  | 'CORE'
  | 'RSS'
  | 'NPROC'
  | 'NOFILE'
  | 'MEMLOCK'
  | 'AS'
  | 'LOCKS'
  | 'SIGPENDING'
  | 'MSGQUEUE'
  | 'NICE'
  | 'RTPRIO'
  | 'RTTIME'

export interface UtsName {
  sysname: string
  nodename: string
  release: string
  version: string
  machine: string
  domainname: string
}

/** Names of the places where the kernel lets a process sleep; the persona says what `wchan` prints for each. */
export type WaitChannel =
  | 'pause'
  | 'sigsuspend'
  | 'nanosleep'
  | 'wait'
  | 'poll'
  | 'select'
  | 'epoll'
  | 'pipe_read'
  | 'pipe_write'
  | 'unix_read'
  | 'tcp_read'
  | 'accept'
  | 'connect'
  | 'udp_recv'
  | 'futex'
  | 'stopped'
  | 'tty_read'
  | 'fifo_open'
  | 'flock'

// Signals ------------------------------------------------------------------------------------------------------------

export type SignalHandler = (signal: number, info: SignalInfo) => Program<void>

export interface SignalInfo {
  /** PID of the sender in the receiver's PID namespace, 0 when it is not in there or when the kernel sent it. */
  pid: number
  uid: number
  /** SIGCHLD of the kernel: what has become of the child, and its CPU time in microseconds. */
  child?: { how: WaitResult['how']; status: number; user: number; system: number }
}

export interface SignalAction {
  handler: 'SIG_DFL' | 'SIG_IGN' | SignalHandler
  /** Blocked while the handler runs, besides the signal itself. */
  mask?: readonly number[]
  /** SA_RESTART, SA_NOCLDSTOP, SA_NOCLDWAIT, SA_NODEFER, SA_RESETHAND. */
  flags?: readonly ('RESTART' | 'NOCLDSTOP' | 'NOCLDWAIT' | 'NODEFER' | 'RESETHAND')[]
}

export interface SignalCalls {
  /** kill(2): `pid` > 0 one process, 0 the own group, -1 all that may be signalled, < -1 a group. Signal 0 only asks. */
  kill(pid: number, signal: number): void
  /** sigaction(2): gives the old action; without `action` it only asks. */
  sigaction(signal: number, action?: SignalAction): SignalAction
  /** sigprocmask(2): gives the old mask. */
  sigprocmask(how: 'SIG_BLOCK' | 'SIG_UNBLOCK' | 'SIG_SETMASK', signals: readonly number[]): readonly number[]
  sigpending(): readonly number[]
  /** Always throws EINTR, after a handler has run. */
  sigsuspend(mask: readonly number[]): never
  /** Always throws EINTR, after a handler has run. */
  pause(): never
  /** alarm(2): seconds; gives what was left of the one before. */
  alarm(seconds: number): number
  /** Not a call of Linux: the processor has stopped the program, and the signal ends it, an init too. */
  fault(signal: number): never
}

// Tracing ------------------------------------------------------------------------------------------------------------

/** Something that happened to a traced process. `pid` in the tracer's PID namespace, time in microseconds. */
export type TraceEvent = { readonly pid: number; readonly time: number } & (
  | { readonly kind: 'attached' }
  | { readonly kind: 'entry'; readonly name: SystemCallName; readonly args: readonly unknown[] }
  | { readonly kind: 'exit'; readonly name: SystemCallName; readonly result: unknown; readonly errno?: Errno }
  | { readonly kind: 'interrupted'; readonly name: SystemCallName }
  | { readonly kind: 'signal'; readonly signal: number; readonly info: SignalInfo }
  | { readonly kind: 'sigreturn'; readonly errno?: Errno }
  | { readonly kind: 'ended'; readonly how: 'exited' | 'signaled'; readonly status: number }
)

export interface TraceCalls {
  /** ptrace(PTRACE_SEIZE): traces a process from now on, and with `follow` its future children. */
  ptrace_seize(pid: number, options?: { follow?: boolean }): void
  /** ptrace(PTRACE_DETACH) from all that are traced. */
  ptrace_detach(): void
  /** Lets the stopped go on, and waits until something has happened to them. Throws ECHILD when nobody is traced. */
  ptrace_wait(): readonly TraceEvent[]
}

// Time ---------------------------------------------------------------------------------------------------------------

export interface TimeCalls {
  /** Sleeps in virtual time. Throws EINTR when a handler has run. */
  nanosleep(microseconds: number): void
  /** clock_gettime(2): microseconds since the Unix epoch, or since boot. */
  clock_gettime(clock: 'CLOCK_REALTIME' | 'CLOCK_MONOTONIC'): number
}

// Namespaces ---------------------------------------------------------------------------------------------------------

export interface NamespaceCalls {
  unshare(flags: readonly CloneFlag[]): void
  /** setns(2): `fd` of an opened /proc/PID/ns/…; `type` checks its kind as CLONE_NEW… does. */
  setns(fd: number, type?: CloneFlag): void
}

// Files --------------------------------------------------------------------------------------------------------------

export type OpenFlag =
  | 'RDONLY'
  | 'WRONLY'
  | 'RDWR'
  | 'CREAT'
  | 'EXCL'
  | 'TRUNC'
  | 'APPEND'
  | 'NONBLOCK'
  | 'CLOEXEC'
  | 'DIRECTORY'
  | 'NOFOLLOW'
  | 'PATH'

export type FileType = 'regular' | 'directory' | 'symlink' | 'fifo' | 'socket' | 'character' | 'block'

export interface Stat {
  dev: number
  ino: number
  type: FileType
  /** Permission bits, 0 to 0o7777. */
  mode: number
  nlink: number
  uid: number
  gid: number
  rdev: { major: number; minor: number }
  size: number
  /** 512-byte blocks. */
  blocks: number
  /** Microseconds since the epoch. */
  atime: number
  mtime: number
  ctime: number
}

export interface DirectoryEntry {
  name: string
  ino: number
  type: FileType
}

export interface PollRequest {
  fd: number
  events: readonly ('POLLIN' | 'POLLOUT')[]
}

export interface FileSystemStatistics {
  blockSize: number
  blocks: number
  free: number
  /** Free for those who are not root. */
  available: number
  files: number
  freeFiles: number
}

export interface FileCalls {
  /** open(2). Default flags RDONLY, mode 0o666 before the umask. */
  open(path: string, flags?: readonly OpenFlag[], mode?: number): number
  close(fd: number): void
  /** read(2): an empty array is end of file. */
  read(fd: number, count: number): Uint8Array
  /** write(2): gives the number of bytes written; text is written as UTF-8. A pipe without readers: SIGPIPE, EPIPE. */
  write(fd: number, data: Uint8Array | string): number
  lseek(fd: number, offset: number, whence: 'SEEK_SET' | 'SEEK_CUR' | 'SEEK_END'): number
  ftruncate(fd: number, length: number): void
  dup(fd: number): number
  dup2(fd: number, to: number): number
  /** F_DUPFD: the lowest free descriptor from `lowest` on. */
  fcntl_dupfd(fd: number, lowest: number, closeOnExec?: boolean): number
  fcntl_setfd(fd: number, closeOnExec: boolean): void
  fcntl_getfl(fd: number): readonly OpenFlag[]
  fcntl_setfl(fd: number, flags: readonly OpenFlag[]): void
  /** pipe2(2): [read end, write end]. */
  pipe(flags?: readonly OpenFlag[]): readonly [number, number]
  /** poll(2): descriptors that are ready; `timeoutMicroseconds` -1 waits for ever, 0 only asks. */
  poll(
    requests: readonly PollRequest[],
    timeoutMicroseconds: number,
  ): readonly { fd: number; events: readonly string[] }[]
  /** select(2), in the terms of `poll`: it differs in where the process sleeps. */
  select: FileCalls['poll']
  /** epoll_wait(2), in the terms of `poll`. */
  epoll_wait: FileCalls['poll']
  stat(path: string): Stat
  lstat(path: string): Stat
  fstat(fd: number): Stat
  /** access(2), with the effective ids. */
  access(path: string, mode: readonly ('R' | 'W' | 'X')[]): void
  readlink(path: string): string
  symlink(target: string, path: string): void
  link(existing: string, path: string): void
  unlink(path: string): void
  rename(from: string, to: string): void
  mkdir(path: string, mode?: number): void
  rmdir(path: string): void
  mknod(path: string, type: FileType, mode?: number, device?: { major: number; minor: number }): void
  /** getdents(2), the whole directory, `.` and `..` first. */
  getdents(fd: number): readonly DirectoryEntry[]
  chmod(path: string, mode: number): void
  chown(path: string, uid: number, gid: number): void
  utimens(path: string, atime: number, mtime: number): void
  umask(mask: number): number
  chdir(path: string): void
  fchdir(fd: number): void
  getcwd(): string
  chroot(path: string): void
  /** mount(2): `type` as in /proc/filesystems, or options with `bind`. */
  mount(source: string, target: string, type: string, options?: readonly string[]): void
  /** statfs(2): the file system that a path lies in; sizes in blocks. */
  statfs(path: string): FileSystemStatistics
  umount2(target: string, flags?: readonly ('MNT_DETACH' | 'MNT_FORCE')[]): void
  pivot_root(newRoot: string, putOld: string): void
  /** True when the descriptor is a terminal, as isatty(3) asks by ioctl(TCGETS). */
  isatty(fd: number): boolean
}

// Network ------------------------------------------------------------------------------------------------------------

export interface SocketAddress {
  family: 'AF_INET' | 'AF_UNIX'
  /** Dotted address; for AF_UNIX the path, an abstract one with a leading `@`. */
  address: string
  port: number
}

export interface NetworkCalls {
  socket(family: 'AF_INET' | 'AF_UNIX', type: 'SOCK_STREAM' | 'SOCK_DGRAM' | 'SOCK_RAW'): number
  bind(fd: number, address: SocketAddress): void
  listen(fd: number, backlog: number): void
  accept(fd: number): { fd: number; address: SocketAddress }
  connect(fd: number, address: SocketAddress): void
  getsockname(fd: number): SocketAddress
  getpeername(fd: number): SocketAddress
  setsockopt(fd: number, option: 'SO_REUSEADDR' | 'SO_REUSEPORT' | 'SO_BROADCAST', value: boolean): void
  /** fcntl(2), F_SETOWN and O_ASYNC: SIGIO comes to the caller when the socket has something to read. */
  fcntl_setown(fd: number): void
  shutdown(fd: number, how: 'SHUT_RD' | 'SHUT_WR' | 'SHUT_RDWR'): void
  sendto(fd: number, data: Uint8Array, address: SocketAddress): number
  recvfrom(fd: number, count: number): { data: Uint8Array; address: SocketAddress }
  socketpair(): readonly [number, number]
  /** rtnetlink(7) without its byte layout: one request, its answer as records. Types are in `net.ts`. */
  rtnetlink<Request extends RtnetlinkRequest>(request: Request): RtnetlinkAnswer
}

/** A request of rtnetlink(7) or netlink sock_diag(7), by message type. */
export type RtnetlinkRequest =
  | { type: 'RTM_GETLINK' | 'RTM_GETADDR' | 'RTM_GETROUTE' | 'RTM_GETNEIGH' | 'SOCK_DIAG_BY_FAMILY' }
  | {
      type: 'RTM_NEWLINK'
      name: string
      kind: 'veth' | 'bridge' | 'dummy'
      peer?: { name: string; netnsPid?: number; netnsFd?: number }
    }
  | {
      type: 'RTM_SETLINK'
      name: string
      up?: boolean
      newName?: string
      master?: string
      nomaster?: boolean
      netnsPid?: number
      netnsFd?: number
      address?: string
      mtu?: number
    }
  | { type: 'RTM_DELLINK'; name: string }
  | { type: 'RTM_NEWADDR' | 'RTM_DELADDR'; name: string; address: string; prefixLength: number; broadcast?: string }
  | { type: 'RTM_NEWROUTE' | 'RTM_DELROUTE'; destination: string; gateway?: string; device?: string; source?: string }

export interface RtnetlinkAnswer {
  links: readonly LinkRecord[]
  addresses: readonly AddressRecord[]
  routes: readonly RouteRecord[]
  neighbours: readonly { address: string; device: string; lladdr: string; state: string }[]
  sockets: readonly SocketRecord[]
}

export interface LinkRecord {
  index: number
  name: string
  kind: 'loopback' | 'veth' | 'bridge' | 'dummy'
  /** UP, LOWER_UP, BROADCAST, MULTICAST, LOOPBACK, M-DOWN, NO-CARRIER, in the kernel's order. */
  flags: readonly string[]
  mtu: number
  qdisc: string
  operstate: 'UP' | 'DOWN' | 'UNKNOWN' | 'LOWERLAYERDOWN'
  group: string
  txqueuelen: number
  lladdr: string
  broadcast: string
  /** veth: the peer's index, and the id of the peer's namespace as `link-netnsid` shows it (0 when elsewhere). */
  peerIndex?: number
  peerNetnsId?: number
  master?: string
  statistics: { rxBytes: number; rxPackets: number; txBytes: number; txPackets: number }
}

export interface AddressRecord {
  index: number
  device: string
  family: 'inet' | 'inet6'
  address: string
  prefixLength: number
  broadcast?: string
  scope: 'host' | 'global' | 'link'
  label?: string
}

export interface RouteRecord {
  /** `default` or CIDR. */
  destination: string
  gateway?: string
  device: string
  protocol: 'kernel' | 'boot' | 'static'
  scope: 'link' | 'global' | 'host'
  source?: string
}

export interface SocketRecord {
  protocol: 'tcp' | 'udp' | 'unix'
  state: string
  local: SocketAddress
  remote: SocketAddress
  inode: number
  /** Of the socket at the other end, where that is on this machine; else 0. */
  peerInode: number
  uid: number
  receiveQueue: number
  sendQueue: number
}
