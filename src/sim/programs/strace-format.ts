// How strace writes system calls: one row a call, its name on x86-64 and its arguments at entry and at exit.
import { signalByNumber } from '../kernel/signal-numbers.ts'
import type { Environment, SignalAction, SignalInfo, SocketAddress, Stat, SystemCallName } from '../kernel/system.ts'

type Args = readonly unknown[]

export interface CallFormat {
  readonly name: string
  /** What is known when the call begins. */
  readonly entry: (args: Args) => string
  /** What comes after it, once the result is there. */
  readonly exit?: (result: unknown, args: Args, failed: boolean) => string
  /** What stands behind `= `; the result itself by default. */
  readonly value?: (result: unknown) => string
  readonly classes?: string
}

/** Addresses are the same in all processes here. */
const stackAddress = '0x7ffe4a3c61d0'
const handlerAddress = '0x401e25'
const restorerAddress = '0x404d90'

export function signalName(signal: number): string {
  const known = signalByNumber(signal)
  return known === undefined ? `SIG_${signal}` : `SIG${known.name}`
}

/** The first 32 bytes of a text, quoted as in C. */
export function quoted(data: unknown, limit = 32): string {
  const text = data instanceof Uint8Array ? new TextDecoder('latin1').decode(data) : String(data ?? '')
  const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '\r': '\\r', '"': '\\"', '\\': '\\\\' }
  const escaped = [...text.slice(0, limit)]
    .map((character) => {
      const code = character.charCodeAt(0)
      return escapes[character] ?? (code < 32 || code > 126 ? `\\${code.toString(8)}` : character)
    })
    .join('')
  return `"${escaped}"${text.length > limit ? '...' : ''}`
}

const path = (value: unknown) => quoted(value, 4096)

const openFlags: Readonly<Record<string, string>> = { RDONLY: 'O_RDONLY', WRONLY: 'O_WRONLY', RDWR: 'O_RDWR' }

function flagsText(flags: unknown): string {
  const words = (flags as readonly string[] | undefined) ?? ['RDONLY']
  const access = words.find((word) => openFlags[word] !== undefined) ?? 'RDONLY'
  const rest = words.filter((word) => word !== access).map((word) => `O_${word}`)
  return [openFlags[access] ?? '', ...rest].join('|')
}

const typeNames: Readonly<Record<Stat['type'], string>> = {
  regular: 'S_IFREG',
  directory: 'S_IFDIR',
  symlink: 'S_IFLNK',
  fifo: 'S_IFIFO',
  socket: 'S_IFSOCK',
  character: 'S_IFCHR',
  block: 'S_IFBLK',
}

function statText(result: unknown, failed: boolean): string {
  if (failed) return stackAddress
  const { type, mode, size, rdev } = result as Stat
  const what =
    type === 'character' || type === 'block'
      ? `st_rdev=makedev(0x${rdev.major.toString(16)}, 0x${rdev.minor.toString(16)})`
      : `st_size=${size}`
  return `{st_mode=${typeNames[type]}|0${(mode & 0o7777).toString(8)}, ${what}, ...}`
}

function actionText(action: unknown): string {
  if (action === undefined) return 'NULL'
  const { handler, mask = [], flags = [] } = action as SignalAction
  const flagWords = ['SA_RESTORER', ...flags.map((flag) => `SA_${flag}`)]
  const shown = typeof handler === 'function' ? handlerAddress : handler
  return `{sa_handler=${shown}, sa_mask=${maskText(mask)}, sa_flags=${flagWords.join('|')}, sa_restorer=${restorerAddress}}`
}

export function maskText(signals: unknown): string {
  return `[${[...(signals as readonly number[])].map((signal) => signalByNumber(signal)?.name ?? signal).join(' ')}]`
}

function durationText(microseconds: unknown): string {
  const value = Number(microseconds)
  return `{tv_sec=${Math.floor(value / 1e6)}, tv_nsec=${Math.round((value % 1e6) * 1000)}}`
}

function addressText(address: unknown): string {
  const { family, address: text, port } = address as SocketAddress
  if (family === 'AF_UNIX')
    return `{sa_family=AF_UNIX, sun_path=${text.startsWith('@') ? `@"${text.slice(1)}"` : `"${text}"`}}`
  if (text.includes(':'))
    return `{sa_family=AF_INET6, sin6_port=htons(${port}), inet_pton(AF_INET6, "${text}", &sin6_addr)}`
  return `{sa_family=AF_INET, sin_port=htons(${port}), sin_addr=inet_addr("${text}")}`
}

function waitText(result: unknown, args: Args): string {
  const options = args[1] as { nohang?: boolean; untraced?: boolean; continued?: boolean } | undefined
  const words = [
    ...(options?.nohang ? ['WNOHANG'] : []),
    ...(options?.untraced ? ['WSTOPPED'] : []),
    ...(options?.continued ? ['WCONTINUED'] : []),
  ].join('|')
  return `${statusText(result)}, ${words === '' ? '0' : words}, NULL`
}

function statusText(result: unknown): string {
  if (result === undefined) return stackAddress
  const { how, status } = result as { how: string; status: number }
  if (how === 'exited') return `[{WIFEXITED(s) && WEXITSTATUS(s) == ${status}}]`
  if (how === 'signaled') return `[{WIFSIGNALED(s) && WTERMSIG(s) == ${signalName(status)}}]`
  if (how === 'stopped') return `[{WIFSTOPPED(s) && WSTOPSIG(s) == ${signalName(status)}}]`
  return '[{WIFCONTINUED(s)}]'
}

function pollText(requests: unknown): string {
  const list = requests as readonly { fd: number; events: readonly string[] }[]
  return `[${list.map(({ fd, events }) => `{fd=${fd}, events=${events.join('|')}}`).join(', ')}], ${list.length}`
}

const bytes = (value: unknown) =>
  value instanceof Uint8Array ? value.length : new TextEncoder().encode(String(value)).length

const cloneFlags = 'CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID|SIGCHLD'
const newFlags = (flags: unknown) => (flags as readonly string[]).map((flag) => `CLONE_${flag}`)
const tid = ', child_tidptr=0x7f3c9d7ffa10'

const plain = (name: string, classes = ''): CallFormat => ({
  name,
  classes,
  entry: (args) => args.map((value) => (typeof value === 'number' ? String(value) : path(value))).join(', '),
})
const atPath = (name: string, rest = ''): CallFormat => ({
  name,
  classes: 'file',
  entry: (args) => `AT_FDCWD, ${path(args[0])}${rest}`,
})
const ofPath = (name: string): CallFormat => ({ name, classes: 'file', entry: (args) => path(args[0]) })
const mode = (value: unknown) => `0${Number(value ?? 0).toString(8)}`

/** Rows by our call's name. Calls that Linux does not have are left out: strace does not see them. */
export const callFormats: Readonly<Partial<Record<SystemCallName, CallFormat>>> = {
  fork: {
    name: 'clone',
    classes: 'process',
    entry: () => `child_stack=NULL, flags=${cloneFlags}`,
    exit: () => tid,
  },
  clone: {
    name: 'clone',
    classes: 'process',
    entry: (args) => `child_stack=NULL, flags=${[...newFlags(args[0]), cloneFlags].join('|')}`,
    exit: () => tid,
  },
  execve: {
    name: 'execve',
    classes: 'process file',
    entry: (args) => {
      const words = (args[1] as readonly string[]).map((word) => quoted(word))
      return `${path(args[0])}, [${words.join(', ')}], 0x7ffe4a3c7f08 /* ${(args[2] as Environment).size} vars */`
    },
    value: () => '0',
  },
  exit: { name: 'exit_group', classes: 'process', entry: (args) => String(args[0]) },
  wait4: {
    name: 'wait4',
    classes: 'process',
    entry: (args) => `${String(args[0])}, `,
    exit: (result, args, failed) =>
      failed && !(args[1] as { nohang?: boolean }).nohang ? waitText(undefined, args) : waitText(result, args),
    value: (result) => String((result as { pid: number } | undefined)?.pid ?? 0),
  },
  getpid: plain('getpid'),
  getppid: plain('getppid'),
  getpgid: plain('getpgid'),
  setpgid: plain('setpgid'),
  getsid: plain('getsid'),
  setsid: plain('setsid'),
  getresuid: { name: 'getuid', entry: () => '', value: (result) => String((result as { real: number }).real) },
  getresgid: { name: 'getgid', entry: () => '', value: (result) => String((result as { real: number }).real) },
  setresuid: plain('setresuid'),
  setresgid: plain('setresgid'),
  setgroups: {
    name: 'setgroups',
    entry: (args) => `${(args[0] as number[]).length}, [${(args[0] as number[]).join(', ')}]`,
  },
  prctl: { name: 'prctl', entry: (args) => `${String(args[0])}, ${String(args[1])}` },
  prctl_set_name: { name: 'prctl', entry: (args) => `PR_SET_NAME, ${quoted(args[0])}` },
  getpriority: { name: 'getpriority', entry: () => 'PRIO_PROCESS, 0', value: (result) => String(20 - Number(result)) },
  setpriority: { name: 'setpriority', entry: (args) => `PRIO_PROCESS, 0, ${String(args[0])}` },
  sethostname: { name: 'sethostname', entry: (args) => `${quoted(args[0])}, ${bytes(args[0])}` },
  uname: {
    name: 'uname',
    entry: () => '',
    exit: (result) => {
      const { sysname, nodename } = result as { sysname: string; nodename: string }
      return `{sysname="${sysname}", nodename="${nodename}", ...}`
    },
    value: () => '0',
  },
  sleep_on: { name: 'futex', entry: () => '0x5588c7b4d148, FUTEX_WAIT_PRIVATE, 0, NULL', value: () => '0' },
  kill: {
    name: 'kill',
    classes: 'signal process',
    entry: (args) => `${String(args[0])}, ${Number(args[1]) === 0 ? '0' : signalName(Number(args[1]))}`,
  },
  sigaction: {
    name: 'rt_sigaction',
    classes: 'signal',
    entry: (args) => `${signalName(Number(args[0]))}, ${actionText(args[1])}, NULL, 8`,
    value: () => '0',
  },
  sigprocmask: {
    name: 'rt_sigprocmask',
    classes: 'signal',
    entry: (args) => `${String(args[0])}, ${maskText(args[1])}, `,
    exit: (result) => `${result === undefined ? 'NULL' : maskText(result)}, 8`,
    value: () => '0',
  },
  sigpending: {
    name: 'rt_sigpending',
    classes: 'signal',
    entry: () => '',
    exit: (result) => `${maskText(result)}, 8`,
    value: () => '0',
  },
  sigsuspend: { name: 'rt_sigsuspend', classes: 'signal', entry: (args) => `${maskText(args[0])}, 8` },
  pause: { name: 'pause', classes: 'signal', entry: () => '' },
  alarm: plain('alarm'),
  nanosleep: {
    name: 'clock_nanosleep',
    entry: (args) => `CLOCK_REALTIME, 0, ${durationText(args[0])}, ${stackAddress}`,
    value: () => '0',
  },
  unshare: { name: 'unshare', classes: 'process', entry: (args) => newFlags(args[0]).join('|') || '0' },
  setns: {
    name: 'setns',
    classes: 'process',
    entry: (args) => `${String(args[0])}, ${args[1] === undefined ? '0' : `CLONE_${String(args[1])}`}`,
  },
  open: {
    name: 'openat',
    classes: 'file',
    entry: (args) => {
      const created = (args[1] as readonly string[] | undefined)?.includes('CREAT') ? `, ${mode(args[2] ?? 0o666)}` : ''
      return `AT_FDCWD, ${path(args[0])}, ${flagsText(args[1])}${created}`
    },
  },
  close: { ...plain('close'), classes: 'desc' },
  read: {
    name: 'read',
    classes: 'desc',
    entry: (args) => `${String(args[0])}, `,
    exit: (result, args, failed) => `${failed ? stackAddress : quoted(result)}, ${String(args[1])}`,
    value: (result) => String(bytes(result)),
  },
  write: {
    name: 'write',
    classes: 'desc',
    entry: (args) => `${String(args[0])}, ${quoted(args[1])}, ${bytes(args[1])}`,
  },
  lseek: { name: 'lseek', classes: 'desc', entry: (args) => args.join(', ') },
  ftruncate: plain('ftruncate', 'desc'),
  dup: plain('dup', 'desc'),
  dup2: plain('dup2', 'desc'),
  fcntl_dupfd: {
    name: 'fcntl',
    classes: 'desc',
    entry: (args) => `${String(args[0])}, F_DUPFD${args[2] ? '_CLOEXEC' : ''}, ${String(args[1])}`,
  },
  fcntl_setfd: {
    name: 'fcntl',
    classes: 'desc',
    entry: (args) => `${String(args[0])}, F_SETFD, ${args[1] ? 'FD_CLOEXEC' : '0'}`,
    value: () => '0',
  },
  pipe: {
    name: 'pipe2',
    classes: 'desc',
    entry: () => '',
    exit: (result, args) =>
      `[${(result as readonly number[]).join(', ')}], ${((args[0] as readonly string[] | undefined) ?? []).map((flag) => `O_${flag}`).join('|') || '0'}`,
    value: () => '0',
  },
  poll: {
    name: 'poll',
    classes: 'desc',
    entry: (args) => `${pollText(args[0])}, ${Number(args[1]) < 0 ? -1 : Math.floor(Number(args[1]) / 1000)}`,
    value: (result) => {
      const ready = result as readonly { fd: number; events: readonly string[] }[]
      if (ready.length === 0) return '0 (Timeout)'
      return `${ready.length} ([${ready.map(({ fd, events }) => `{fd=${fd}, revents=${events.join('|')}}`).join(', ')}])`
    },
  },
  stat: {
    name: 'newfstatat',
    classes: 'file',
    entry: (args) => `AT_FDCWD, ${path(args[0])}, `,
    exit: (result, _args, failed) => `${statText(result, failed)}, 0`,
    value: () => '0',
  },
  lstat: {
    name: 'newfstatat',
    classes: 'file',
    entry: (args) => `AT_FDCWD, ${path(args[0])}, `,
    exit: (result, _args, failed) => `${statText(result, failed)}, AT_SYMLINK_NOFOLLOW`,
    value: () => '0',
  },
  fstat: {
    name: 'newfstatat',
    classes: 'desc',
    entry: (args) => `${String(args[0])}, "", `,
    exit: (result, _args, failed) => `${statText(result, failed)}, AT_EMPTY_PATH`,
    value: () => '0',
  },
  access: {
    name: 'faccessat2',
    classes: 'file',
    entry: (args) =>
      `AT_FDCWD, ${path(args[0])}, ${(args[1] as string[]).map((each) => `${each}_OK`).join('|') || 'F_OK'}, AT_EACCESS`,
  },
  readlink: {
    name: 'readlink',
    classes: 'file',
    entry: (args) => `${path(args[0])}, `,
    exit: (result, _args, failed) => `${failed ? stackAddress : quoted(result)}, 4096`,
    value: (result) => String(bytes(result)),
  },
  symlink: { name: 'symlink', classes: 'file', entry: (args) => `${path(args[0])}, ${path(args[1])}` },
  link: { name: 'link', classes: 'file', entry: (args) => `${path(args[0])}, ${path(args[1])}` },
  unlink: ofPath('unlink'),
  rename: { name: 'rename', classes: 'file', entry: (args) => `${path(args[0])}, ${path(args[1])}` },
  mkdir: { name: 'mkdir', classes: 'file', entry: (args) => `${path(args[0])}, ${mode(args[1] ?? 0o777)}` },
  rmdir: ofPath('rmdir'),
  getdents: {
    name: 'getdents64',
    classes: 'desc',
    entry: (args) => `${String(args[0])}, `,
    exit: (result) => `0x55ce${'f2c81320'} /* ${(result as readonly unknown[]).length} entries */, 32768`,
    value: (result) => String((result as readonly unknown[]).length * 24),
  },
  chmod: { name: 'chmod', classes: 'file', entry: (args) => `${path(args[0])}, ${mode(args[1])}` },
  chown: {
    name: 'chown',
    classes: 'file',
    entry: (args) => `${path(args[0])}, ${String(args[1])}, ${String(args[2])}`,
  },
  utimens: atPath('utimensat', ', NULL, 0'),
  umask: { name: 'umask', entry: (args) => mode(args[0]), value: (result) => mode(result) },
  chdir: ofPath('chdir'),
  fchdir: plain('fchdir', 'desc'),
  getcwd: {
    name: 'getcwd',
    classes: 'file',
    entry: () => '',
    exit: (result) => `${path(result)}, 4096`,
    value: (result) => String(bytes(result) + 1),
  },
  chroot: ofPath('chroot'),
  mount: {
    name: 'mount',
    classes: 'file',
    entry: (args) => `${path(args[0])}, ${path(args[1])}, ${path(args[2])}, 0, NULL`,
  },
  umount2: { name: 'umount2', classes: 'file', entry: (args) => `${path(args[0])}, 0` },
  statfs: {
    name: 'statfs',
    classes: 'file',
    entry: (args) => `${path(args[0])}, `,
    exit: () => '{...}',
    value: () => '0',
  },
  isatty: { name: 'ioctl', classes: 'desc', entry: (args) => `${String(args[0])}, TCGETS, ${stackAddress}` },
  socket: {
    name: 'socket',
    classes: 'network',
    entry: (args) =>
      `${String(args[0])}, ${String(args[1])}, ${args[1] === 'SOCK_RAW' ? 'IPPROTO_ICMP' : args[0] === 'AF_UNIX' ? '0' : 'IPPROTO_IP'}`,
  },
  bind: { name: 'bind', classes: 'network', entry: (args) => `${String(args[0])}, ${addressText(args[1])}, 16` },
  listen: { ...plain('listen'), classes: 'network' },
  accept: {
    name: 'accept',
    classes: 'network',
    entry: (args) => `${String(args[0])}, `,
    exit: (result, _args, failed) =>
      failed ? 'NULL, NULL' : `${addressText((result as { address: unknown }).address)}, [16]`,
    value: (result) => String((result as { fd: number }).fd),
  },
  connect: { name: 'connect', classes: 'network', entry: (args) => `${String(args[0])}, ${addressText(args[1])}, 16` },
  setsockopt: {
    name: 'setsockopt',
    classes: 'network',
    entry: (args) => `${String(args[0])}, SOL_SOCKET, ${String(args[1])}, [1], 4`,
    value: () => '0',
  },
  shutdown: { name: 'shutdown', classes: 'network', entry: (args) => args.join(', ') },
  sendto: {
    name: 'sendto',
    classes: 'network',
    entry: (args) => `${String(args[0])}, ${quoted(args[1])}, ${bytes(args[1])}, 0, ${addressText(args[2])}, 16`,
  },
  recvfrom: {
    name: 'recvfrom',
    classes: 'network',
    entry: (args) => `${String(args[0])}, `,
    exit: (result, args, failed) =>
      `${failed ? stackAddress : quoted((result as { data: unknown }).data)}, ${String(args[1])}, 0, NULL, NULL`,
    value: (result) => String(bytes((result as { data: unknown }).data)),
  },
}

/** Names that strace gives to a call that a signal has broken off, by how the kernel would begin it anew. */
export function interruptedText(name: SystemCallName): string {
  if (name === 'nanosleep' || name === 'poll') return '? ERESTART_RESTARTBLOCK (Interrupted by signal)'
  if (name === 'pause' || name === 'sigsuspend') return '? ERESTARTNOHAND (To be restarted if no handler)'
  return '? ERESTARTSYS (To be restarted if SA_RESTART is set)'
}

const childCodes: Readonly<Record<string, string>> = {
  exited: 'CLD_EXITED',
  signaled: 'CLD_KILLED',
  stopped: 'CLD_STOPPED',
  continued: 'CLD_CONTINUED',
}

/** `--- SIGCHLD {…} ---` */
export function signalText(signal: number, { pid, uid, child }: SignalInfo): string {
  const name = signalName(signal)
  const ticks = (microseconds: number) => Math.floor(microseconds / 10_000)
  if (child === undefined) {
    const kernel = pid === 0 && signal !== 15
    return `--- ${name} {si_signo=${name}, si_code=${kernel ? 'SI_KERNEL' : `SI_USER, si_pid=${pid}, si_uid=${uid}`}} ---`
  }
  const status = child.how === 'exited' ? child.status : signalName(child.status)
  return `--- ${name} {si_signo=${name}, si_code=${childCodes[child.how]}, si_pid=${pid}, si_uid=${uid}, si_status=${status}, si_utime=${ticks(child.user)}, si_stime=${ticks(child.system)}} ---`
}
