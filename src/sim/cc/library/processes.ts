// Processes: fork, the exec family, wait, exit, prctl.
import { type Program, type System, SystemCallError, type WaitResult } from '../../kernel/system.ts'
import { errnoNumber } from '../../kernel/errno.ts'
import { encodeText } from '../../programs/bytes.ts'
import type { Value } from '../bytecode.ts'
import type { Machine } from '../machine.ts'
import { die, exit, runChild } from '../run.ts'
import { add, attempt, fail, int, putText, staticText, text, textArray } from './access.ts'
import { environmentOf } from './allocation.ts'
import type { AsyncTable } from './native.ts'
import { complain, flushAll, warning } from './stdio-output.ts'
import { strerrorText } from './error-texts.ts'

const enoent = 2
const enoexec = 8
const eacces = 13
const einval = 22
const enosys = 38
const sigabrt = 6
const allSignals = Array.from({ length: 64 }, (_, index) => index + 1)

/** The status word of wait(2). */
export function statusWord({ how, status, coreDumped }: WaitResult): number {
  if (how === 'exited') return status << 8
  if (how === 'signaled') return status | (coreDumped ? 0x80 : 0)
  return how === 'stopped' ? (status << 8) | 0x7f : 0xffff
}

/**
 * fork(2) of a machine. Signals wait meanwhile: the handlers that the child inherits are the parent's until it has
 * put its own in their place.
 */
export function* forkMachine(
  machine: Machine,
  system: System,
  start: (child: Machine, system: System, mask: readonly number[]) => Program<number>,
  options: { readonly flags?: Parameters<System['clone']>[0]; readonly shareMemory?: boolean } = {},
): Program<Value> {
  const mask = yield* system.sigprocmask('SIG_BLOCK', allSignals)
  const child = machine.clone(options.shareMemory)
  try {
    return yield* attempt(
      machine,
      options.flags === undefined
        ? system.fork((own) => start(child, own, mask))
        : system.clone(options.flags, (own) => start(child, own, mask)),
    )
  } finally {
    yield* system.sigprocmask('SIG_SETMASK', mask)
  }
}

/** Where vfork keeps its pipe, out of the way of the program's own descriptors. */
const vforkDescriptor = 500

/**
 * vfork(2): the parent sleeps until the child has executed a program or ended. A pipe tells it: its only writer is the
 * child, and it is closed by both.
 */
function* vfork(machine: Machine, system: System): Program<Value> {
  const ends = yield* system.pipe(['CLOEXEC'])
  const reader = yield* system.fcntl_dupfd(ends[0], vforkDescriptor, true)
  const writer = yield* system.fcntl_dupfd(ends[1], vforkDescriptor, true)
  for (const end of ends) yield* system.close(end)
  const start = function* start(child: Machine, own: System, mask: readonly number[]): Program<number> {
    yield* own.close(reader)
    return yield* runChild(child, own, mask)
  }
  const pid = yield* forkMachine(machine, system, start, { shareMemory: true })
  yield* system.close(writer)
  for (;;) {
    try {
      if ((yield* system.read(reader, 1)).length === 0) break
    } catch (error) {
      if (!(error instanceof SystemCallError)) throw error
    }
  }
  yield* system.close(reader)
  return pid
}

/** execve(2); comes back only when it fails, with errno. */
function* execute(
  machine: Machine,
  system: System,
  path: string,
  argv: readonly string[],
  environment: ReadonlyMap<string, string>,
): Program<number> {
  try {
    yield* system.execve(path, argv, environment)
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    machine.library.errno = errnoNumber(error.errno)
  }
  return -1
}

/** execvp(3): looks through PATH; a file without `#!` goes to the shell. */
function* executeInPath(
  machine: Machine,
  system: System,
  file: string,
  argv: readonly string[],
  environment: ReadonlyMap<string, string>,
): Program<number> {
  if (file === '') {
    machine.library.errno = enoent
    return -1
  }
  const own = environmentOf(machine, machine.memory.loadu64(machine.library.address('environ')))
  const directories = file.includes('/') ? [''] : (own.get('PATH') ?? '/bin:/usr/bin').split(':')
  let denied = false
  for (const directory of directories) {
    const path = file.includes('/') ? file : `${directory === '' ? '.' : directory}/${file}`
    yield* execute(machine, system, path, argv, environment)
    const { errno } = machine.library
    if (errno === enoexec) {
      yield* execute(machine, system, '/bin/sh', ['/bin/sh', path, ...argv.slice(1)], environment)
      return -1
    }
    if (errno === eacces) denied = true
    else if (errno !== enoent && errno !== 20) return -1
  }
  machine.library.errno = denied ? eacces : enoent
  return -1
}

export function ownEnvironment(machine: Machine): Map<string, string> {
  return environmentOf(machine, machine.memory.loadu64(machine.library.address('environ')))
}

/** The words of execl: the first one, then those of the variable arguments up to the null pointer. */
function wordList(machine: Machine, first: Value, values: Value): { words: string[]; after: Value } {
  const words = first === 0 ? [] : [text(machine, first)]
  let at = values
  if (first === 0) return { words, after: at }
  for (;;) {
    const each = machine.memory.loadu64(at)
    at = add(at, 8)
    if (each === 0) return { words, after: at }
    words.push(text(machine, each))
  }
}

const nohang = 1
const untraced = 2
const continued = 8

export function* waitFor(machine: Machine, system: System, pid: Value, status: Value, options: number): Program<Value> {
  return yield* attempt(
    machine,
    system.wait4(int(pid), {
      nohang: (options & nohang) !== 0,
      untraced: (options & untraced) !== 0,
      continued: (options & continued) !== 0,
    }),
    (result) => {
      if (result === undefined) return 0
      if (status !== 0) machine.memory.store32(status, statusWord(result))
      return result.pid
    },
  )
}

const idTypes = ['P_ALL', 'P_PID', 'P_PGID']
const waitidCodes = { exited: 1, signaled: 2, stopped: 5, continued: 6 } as const

function* waitid(
  machine: Machine,
  system: System,
  idType: Value,
  id: Value,
  info: Value,
  options: number,
): Program<Value> {
  const kind = idTypes[int(idType)]
  if (kind === undefined || (options & (4 | 2 | 8)) === 0) return fail(machine, einval)
  const pid = kind === 'P_ALL' ? -1 : kind === 'P_PID' ? int(id) : -int(id)
  return yield* attempt(
    machine,
    system.wait4(pid, {
      nohang: (options & nohang) !== 0,
      untraced: (options & 2) !== 0,
      continued: (options & 8) !== 0,
    }),
    (result) => {
      if (info === 0) return 0
      const { memory } = machine
      memory.fill(info, 0, 128)
      if (result === undefined) return 0
      memory.store32(info, 17)
      memory.store32(add(info, 8), waitidCodes[result.how])
      memory.store32(add(info, 16), result.pid)
      memory.store32(add(info, 24), result.status)
      return 0
    },
  )
}

/** raise(SIGABRT), and when that does not end the process, an end that nothing can stop: abort(3). */
export function* abort(machine: Machine, system: System): Program<Value> {
  yield* system.sigprocmask('SIG_UNBLOCK', [sigabrt])
  const action = machine.library.actions.get(sigabrt)
  if (action !== undefined && action.address !== 0 && action.address !== 1) {
    yield* system.kill(yield* system.getpid(), sigabrt)
  }
  return yield* die(machine, system, sigabrt)
}

/** prctl(2): the options that the kernel here has. */
function* prctl(machine: Machine, system: System, option: Value, values: Value): Program<Value> {
  const argument = machine.memory.loadu64(values)
  switch (int(option)) {
    case 1:
      return yield* attempt(machine, system.prctl('PR_SET_PDEATHSIG', int(argument)))
    case 15:
      return yield* attempt(machine, system.prctl_set_name(text(machine, argument).slice(0, 15)), () => 0)
    case 16: {
      const fd = yield* attempt(machine, system.open('/proc/self/comm', ['RDONLY']))
      if (fd === -1) return -1
      const name = yield* system.read(Number(fd), 64)
      yield* system.close(Number(fd))
      machine.memory.write(argument, name.subarray(0, name.length - 1))
      machine.memory.store8(add(argument, name.length - 1), 0)
      return 0
    }
    case 36:
      return yield* attempt(machine, system.prctl('PR_SET_CHILD_SUBREAPER', int(argument)))
    case 37: {
      const value = yield* system.prctl('PR_GET_CHILD_SUBREAPER', 0)
      machine.memory.store32(argument, value)
      return 0
    }
    case 3:
      return 1
    case 4:
    case 38:
      return 0
    default:
      return fail(machine, einval)
  }
}

/** The calls that syscall(2) reaches by number. */
function* callByNumber(machine: Machine, system: System, number: Value, values: Value): Program<Value> {
  const argument = (index: number) => machine.memory.load64(add(values, index * 8))
  const named: Readonly<Record<number, string>> = {
    0: 'read',
    1: 'write',
    3: 'close',
    34: 'pause',
    39: 'getpid',
    57: 'fork',
    59: 'execve',
    60: '_exit',
    61: 'wait4',
    62: 'kill',
    102: 'getuid',
    104: 'getgid',
    109: 'setpgid',
    110: 'getppid',
    112: 'setsid',
    186: 'gettid',
    231: '_exit',
    272: 'unshare',
    308: 'setns',
    170: 'sethostname',
    166: 'umount2',
    165: 'mount',
  }
  const name = named[int(number)]
  const native = name === undefined ? undefined : otherTables.flatMap((table) => table[name] ?? [])[0]
  if (native === undefined) {
    if (int(number) === 155) {
      return yield* attempt(machine, system.pivot_root(text(machine, argument(0)), text(machine, argument(1))), () => 0)
    }
    return fail(machine, enosys)
  }
  return (yield* native(machine, system, argument(0), argument(1), argument(2), argument(3), argument(4))) ?? 0
}

/** The tables of other files, for syscall(2); filled in by `table.ts`. */
export const otherTables: AsyncTable[] = []

export const processFunctions: AsyncTable = {
  *fork(m, system) {
    return yield* forkMachine(m, system, runChild)
  },
  vfork,
  *execve(m, system, path = 0, argv = 0, envp = 0) {
    return yield* execute(m, system, text(m, path), textArray(m, argv), environmentOf(m, envp))
  },
  *execv(m, system, path = 0, argv = 0) {
    return yield* execute(m, system, text(m, path), textArray(m, argv), ownEnvironment(m))
  },
  *execvp(m, system, file = 0, argv = 0) {
    return yield* executeInPath(m, system, text(m, file), textArray(m, argv), ownEnvironment(m))
  },
  *execvpe(m, system, file = 0, argv = 0, envp = 0) {
    return yield* executeInPath(m, system, text(m, file), textArray(m, argv), environmentOf(m, envp))
  },
  *execl(m, system, path = 0, first = 0, values = 0) {
    return yield* execute(m, system, text(m, path), wordList(m, first, values).words, ownEnvironment(m))
  },
  *execlp(m, system, file = 0, first = 0, values = 0) {
    return yield* executeInPath(m, system, text(m, file), wordList(m, first, values).words, ownEnvironment(m))
  },
  *execle(m, system, path = 0, first = 0, values = 0) {
    const { words, after } = wordList(m, first, values)
    return yield* execute(m, system, text(m, path), words, environmentOf(m, m.memory.loadu64(after)))
  },
  *wait(m, system, status = 0) {
    return yield* waitFor(m, system, -1, status, 0)
  },
  *waitpid(m, system, pid = 0, status = 0, options = 0) {
    return yield* waitFor(m, system, pid, status, int(options))
  },
  *wait3(m, system, status = 0, options = 0) {
    return yield* waitFor(m, system, -1, status, int(options))
  },
  *wait4(m, system, pid = 0, status = 0, options = 0) {
    return yield* waitFor(m, system, pid, status, int(options))
  },
  *waitid(m, system, idType = 0, id = 0, info = 0, options = 0) {
    return yield* waitid(m, system, idType, id, info, int(options))
  },
  *exit(m, system, status = 0) {
    return yield* exit(m, system, int(status))
  },
  *_exit(_m, system, status = 0) {
    return yield* system.exit(int(status) & 0xff)
  },
  *_Exit(_m, system, status = 0) {
    return yield* system.exit(int(status) & 0xff)
  },
  *quick_exit(_m, system, status = 0) {
    return yield* system.exit(int(status) & 0xff)
  },
  *at_quick_exit() {
    return 0
  },
  *atexit(m, _system, address = 0) {
    m.library.exitHandlers.push({ address })
    return 0
  },
  *on_exit(m, _system, address = 0, argument = 0) {
    m.library.exitHandlers.push({ address, argument })
    return 0
  },
  abort,
  *__assert_fail(m, system, assertion = 0, file = 0, line = 0, where = 0) {
    const place = `${text(m, file)}:${int(line)}: ${text(m, where)}`
    yield* complain(m, system, `${m.library.name}: ${place}: Assertion \`${text(m, assertion)}' failed.\n`)
    return yield* abort(m, system)
  },
  *getpid(_m, system) {
    return yield* system.getpid()
  },
  *gettid(_m, system) {
    return yield* system.getpid()
  },
  *getppid(_m, system) {
    return yield* system.getppid()
  },
  *getpgrp(_m, system) {
    return yield* system.getpgid(0)
  },
  *getpgid(m, system, pid = 0) {
    return yield* attempt(m, system.getpgid(int(pid)))
  },
  *setpgid(m, system, pid = 0, group = 0) {
    return yield* attempt(m, system.setpgid(int(pid), int(group)), () => 0)
  },
  *setpgrp(m, system) {
    return yield* attempt(m, system.setpgid(0, 0), () => 0)
  },
  *getsid(m, system, pid = 0) {
    return yield* attempt(m, system.getsid(int(pid)))
  },
  *setsid(m, system) {
    return yield* attempt(m, system.setsid())
  },
  *nice(m, system, by = 0) {
    const nice = (yield* system.getpriority()) + int(by)
    return yield* attempt(m, system.setpriority(nice), () => nice)
  },
  *getpriority(m, system) {
    m.library.errno = 0
    return yield* system.getpriority()
  },
  *setpriority(m, system, _which = 0, _who = 0, nice = 0) {
    return yield* attempt(m, system.setpriority(int(nice)), () => 0)
  },
  prctl,
  syscall: callByNumber,
  *sched_yield(_m, system) {
    yield* system.spend(1)
    return 0
  },
  *daemon(m, system, keepDirectory = 0, keepFiles = 0) {
    const pid = yield* forkMachine(m, system, runChild)
    if (pid !== 0 && pid !== -1) return yield* system.exit(0)
    if (pid === -1) return -1
    yield* attempt(m, system.setsid())
    if (int(keepDirectory) === 0) yield* attempt(m, system.chdir('/'), () => 0)
    if (int(keepFiles) === 0) {
      const fd = Number(yield* attempt(m, system.open('/dev/null', ['RDWR'])))
      for (const each of [0, 1, 2]) yield* attempt(m, system.dup2(fd, each))
    }
    return 0
  },
  *err(m, system, status = 0, words = 0, values = 0) {
    yield* warning(m, system, words, values, strerrorText(m.library.errno))
    return yield* exit(m, system, int(status))
  },
  *errx(m, system, status = 0, words = 0, values = 0) {
    yield* warning(m, system, words, values, undefined)
    return yield* exit(m, system, int(status))
  },
  *error(m, system, status = 0, errno = 0, words = 0, values = 0) {
    yield* flushAll(m, system)
    yield* warning(m, system, words, values, int(errno) === 0 ? undefined : strerrorText(int(errno)))
    return int(status) === 0 ? 0 : yield* exit(m, system, int(status))
  },
  *getlogin(m, system) {
    return (yield* system.getresuid()).real === 0 ? staticText(m, 'getlogin', 'root') : 0
  },
  *realpath(m, system, path = 0, to = 0) {
    const name = text(m, path)
    const fd = yield* attempt(m, system.open(name, ['PATH']))
    if (fd === -1) return 0
    const full = yield* system.readlink(`/proc/self/fd/${fd}`)
    yield* system.close(Number(fd))
    const place = to === 0 ? m.library.heap.allocate(encodeText(full).length + 1) : to
    putText(m, place, full)
    return place
  },
}
