// System calls about processes: they unpack arguments and ask the objects in fork.ts, exec.ts, exit.ts, wait.ts.
import type { CallTable } from './call-table.ts'
import { type Credentials, hasCapability, type Ids } from './credentials.ts'
import { execve } from './exec.ts'
import { exitProcess } from './exit.ts'
import { forkProcess } from './fork.ts'
import type { Kernel } from './kernel.ts'
import { joinGroup, joinSession } from './pid-namespace.ts'
import { requireRoom } from './process-limit.ts'
import type { Process } from './process.ts'
import { activePidNamespace } from './signal.ts'
import { type CloneFlag, type ProcessCalls, SystemCallError } from './system.ts'
import { type IdKind, isCapable, machineId, requireCapability, seenId } from './user-namespace.ts'
import { wait4 } from './wait.ts'
import { type KernelCode, WaitQueue } from './wait-queue.ts'

/** The process that a PID argument means, 0 being the caller. @throws ESRCH */
function target(kernel: Kernel, process: Process, pid: number): Process {
  if (pid === 0) return process
  const found = kernel.findProcess(activePidNamespace(process), pid)
  if (found === undefined) throw new SystemCallError('ESRCH')
  return found
}

/** Ids after setresuid(2): -1 keeps one; without the capability each must be one of the present three. */
function changeIds(current: Ids, wanted: Ids, privileged: boolean): Ids {
  const pick = (value: number, old: number) => {
    if (value === -1) return old
    if (!privileged && ![current.real, current.effective, current.saved].includes(value)) {
      throw new SystemCallError('EPERM')
    }
    return value
  }
  return {
    real: pick(wanted.real, current.real),
    effective: pick(wanted.effective, current.effective),
    saved: pick(wanted.saved, current.saved),
  }
}

function seenIds({ namespaces: { user }, credentials }: Process, kind: IdKind): Ids {
  const { real, effective, saved } = credentials[kind]
  const seen = (id: number) => seenId(user, kind, id)
  return { real: seen(real), effective: seen(effective), saved: seen(saved) }
}

/** @throws EINVAL for an id that the process's user namespace does not map */
function machineIds({ namespaces: { user } }: Process, kind: IdKind, { real, effective, saved }: Ids): Ids {
  const machine = (id: number) => machineId(user, kind, id)
  return { real: machine(real), effective: machine(effective), saved: machine(saved) }
}

/** The capabilities after the user ids have changed, capabilities(7) "Effect of user ID changes". */
function afterUserChange(old: Credentials, uid: Ids): Credentials {
  const hadRoot = [old.uid.real, old.uid.effective, old.uid.saved].includes(0)
  const hasRoot = [uid.real, uid.effective, uid.saved].includes(0)
  let { permitted, effective } = old.capabilities
  if (hadRoot && !hasRoot) {
    permitted = 0n
    effective = 0n
  } else if (old.uid.effective === 0 && uid.effective !== 0) effective = 0n
  else if (old.uid.effective !== 0 && uid.effective === 0) effective = permitted
  return { ...old, uid, capabilities: { ...old.capabilities, permitted, effective } }
}

export const processCalls: CallTable<ProcessCalls> = {
  fork: {
    number: 57,
    page: 'fork(2)',
    note: 'The child starts at a function of its own.',
    run: (kernel, process, child) => {
      requireRoom(kernel, process)
      return forkProcess(kernel, process, [], child).pid.numberIn(activePidNamespace(process))
    },
  },
  clone: {
    number: 56,
    page: 'clone(2)',
    note: 'New namespaces and CLONE_PARENT; no threads.',
    run: (kernel, process, flags, child) => {
      requireUnshare(process, flags)
      requireRoom(kernel, process)
      const born = forkProcess(kernel, process, flags, child)
      return born.pid.numberIn(activePidNamespace(process))
    },
  },
  execve: {
    number: 59,
    page: 'execve(2)',
    run: (kernel, process, path, argv, environment) =>
      execve(kernel, process, path, argv, environment) as unknown as never,
  },
  exit: {
    number: 231,
    page: '_exit(2)',
    run: (kernel, process, status) =>
      exitProcess(kernel, process, { how: 'exited', status: status & 0xff, coreDumped: false }) as unknown as never,
  },
  wait4: { number: 61, page: 'wait4(2)', run: wait4 },
  getpid: { number: 39, page: 'getpid(2)', run: (_kernel, process) => process.pid.own },
  getppid: {
    number: 110,
    page: 'getppid(2)',
    run: (_kernel, process) => process.parent?.pid.numberIn(activePidNamespace(process)) ?? 0,
  },
  getpgid: {
    number: 121,
    page: 'getpgid(2)',
    run: (kernel, process, pid) => target(kernel, process, pid).group.numberIn(activePidNamespace(process)),
  },
  setpgid: {
    number: 109,
    page: 'setpgid(2)',
    run: (kernel, process, pid, pgid) => {
      if (pgid < 0) throw new SystemCallError('EINVAL')
      const mover = target(kernel, process, pid)
      if (mover !== process && mover.parent !== process) throw new SystemCallError('ESRCH')
      if (mover.session !== process.session || mover.session === mover.pid) throw new SystemCallError('EPERM')
      const namespace = activePidNamespace(process)
      const group = pgid === 0 ? mover.pid : namespace.pids.get(pgid)
      const known = group !== undefined && (group === mover.pid || group.groupMembers.size > 0)
      if (!known) throw new SystemCallError('EPERM')
      joinGroup(kernel, mover, group)
    },
  },
  getsid: {
    number: 124,
    page: 'getsid(2)',
    run: (kernel, process, pid) => target(kernel, process, pid).session.numberIn(activePidNamespace(process)),
  },
  setsid: {
    number: 112,
    page: 'setsid(2)',
    run: (kernel, process) => {
      if (process.pid.groupMembers.size > 0) throw new SystemCallError('EPERM')
      joinGroup(kernel, process, process.pid)
      joinSession(kernel, process, process.pid)
      return process.pid.own
    },
  },
  getresuid: { number: 118, page: 'getresuid(2)', run: (_kernel, process) => seenIds(process, 'uid') },
  getresgid: { number: 120, page: 'getresgid(2)', run: (_kernel, process) => seenIds(process, 'gid') },
  getgroups: { number: 115, page: 'getgroups(2)', run: (_kernel, process) => process.credentials.groups },
  setresuid: {
    number: 117,
    page: 'setresuid(2)',
    run: (_kernel, process, real, effective, saved) => {
      const old = process.credentials
      const wanted = machineIds(process, 'uid', { real, effective, saved })
      const uid = changeIds(old.uid, wanted, isCapable(process, 'SETUID', process.namespaces.user))
      process.credentials = afterUserChange(old, uid)
    },
  },
  setresgid: {
    number: 119,
    page: 'setresgid(2)',
    run: (_kernel, process, real, effective, saved) => {
      const old = process.credentials
      const wanted = machineIds(process, 'gid', { real, effective, saved })
      const gid = changeIds(old.gid, wanted, isCapable(process, 'SETGID', process.namespaces.user))
      process.credentials = { ...old, gid }
    },
  },
  setgroups: {
    number: 116,
    page: 'setgroups(2)',
    run: (_kernel, process, groups) => {
      requireCapability(process, 'SETGID', process.namespaces.user)
      process.credentials = { ...process.credentials, groups }
    },
  },
  prctl: {
    number: 157,
    page: 'prctl(2)',
    note: 'Subreaper and parent death signal; the name has a call of its own.',
    run: (_kernel, process, option, value) => {
      if (option === 'PR_SET_CHILD_SUBREAPER') process.childSubreaper = value !== 0
      else if (option === 'PR_SET_PDEATHSIG') process.parentDeathSignal = value
      else return process.childSubreaper ? 1 : 0
      return 0
    },
  },
  prctl_set_name: {
    number: 157,
    page: 'prctl(2)',
    run: (_kernel, process, name) => {
      process.comm = name.slice(0, 15)
    },
  },
  set_arguments: {
    page: 'proc_pid_cmdline(5)',
    note: 'Not a call of Linux: a program writes over its own arguments.',
    run: (_kernel, process, argv) => {
      process.executing = { ...process.executing, argv }
    },
  },
  getpriority: { number: 140, page: 'getpriority(2)', run: (_kernel, process) => process.nice },
  setpriority: {
    number: 141,
    page: 'setpriority(2)',
    run: (_kernel, process, nice) => {
      if (nice < process.nice && !hasCapability(process.credentials, 'SYS_NICE')) throw new SystemCallError('EACCES')
      process.nice = Math.min(19, Math.max(-20, nice))
    },
  },
  getrlimit: {
    number: 97,
    page: 'getrlimit(2)',
    note: 'The values are kept and shown, not enforced.',
    run: (_kernel, process, resource) =>
      process.limits.get(resource) ?? { soft: Number.POSITIVE_INFINITY, hard: Number.POSITIVE_INFINITY },
  },
  setrlimit: {
    number: 160,
    page: 'setrlimit(2)',
    note: 'The values are kept and shown, not enforced.',
    run: (_kernel, process, resource, limit) => {
      if (limit.soft > limit.hard) throw new SystemCallError('EINVAL')
      const old = process.limits.get(resource)
      if (old !== undefined && limit.hard > old.hard && !hasCapability(process.credentials, 'SYS_RESOURCE')) {
        throw new SystemCallError('EPERM')
      }
      process.limits = new Map(process.limits).set(resource, limit)
    },
  },
  getrusage: {
    number: 98,
    page: 'getrusage(2)',
    run: (_kernel, process, who) => {
      const { user, system, childrenUser, childrenSystem } = process.cpu
      return who === 'self'
        ? { userMicroseconds: user, systemMicroseconds: system }
        : { userMicroseconds: childrenUser, systemMicroseconds: childrenSystem }
    },
  },
  uname: {
    number: 63,
    page: 'uname(2)',
    run: (kernel, process) => ({
      sysname: 'Linux',
      nodename: process.namespaces.uts.hostname,
      release: kernel.parameters.release,
      version: kernel.parameters.version,
      machine: kernel.parameters.machine,
      domainname: process.namespaces.uts.domainname,
    }),
  },
  sethostname: {
    number: 170,
    page: 'sethostname(2)',
    run: (_kernel, process, name) => {
      requireCapability(process, 'SYS_ADMIN', process.namespaces.uts.owner)
      if (name.length > 64) throw new SystemCallError('EINVAL')
      process.namespaces.uts.hostname = name
    },
  },
  sysinfo: {
    number: 99,
    page: 'sysinfo(2)',
    run: (kernel) => ({
      uptimeSeconds: Math.floor((kernel.clock.now() - kernel.clock.bootTime) / 1e6),
      totalRam: kernel.parameters.totalMemory,
      freeRam: Math.floor(kernel.parameters.totalMemory / 2),
      processes: [...kernel.processes()].length,
    }),
  },
  spend: {
    page: 'getrusage(2)',
    note: 'Not a call of Linux: CPU time that a program spends in itself.',
    run: (kernel, process, microseconds) => {
      kernel.clock.spend(microseconds)
      process.cpu.user += microseconds
    },
  },
  sleep_on: {
    number: 202,
    page: 'futex(2)',
    note: 'Waits as a thread does for another one of the same program.',
    run: sleepOn,
  },
  host: {
    page: 'pause(2)',
    note: 'Not a call of Linux: work of the host, during which the clock stands.',
    run: (kernel, process, work) => kernel.scheduler.startHostWork(process, work) as never,
  },
}

function* sleepOn(
  kernel: Kernel,
  process: Process,
  ...[queue, waitChannel, timeout]: Parameters<ProcessCalls['sleep_on']>
): KernelCode<'woken' | 'timeout'> {
  if (!(queue instanceof WaitQueue)) throw new SystemCallError('EINVAL')
  const startedAt = process.frames.at(-1)?.call?.startedAt ?? kernel.clock.now()
  const until = timeout === undefined ? undefined : startedAt + timeout
  const reason = yield { queues: [queue], waitChannel, until }
  if (reason === 'signal') throw new SystemCallError('EINTR')
  return reason
}

/**
 * New namespaces are the administrator's to make; with a new user namespace among them, anybody's.
 * @throws EPERM without CAP_SYS_ADMIN; EINVAL for a second PID namespace for children
 */
export function requireUnshare(process: Process, flags: readonly CloneFlag[]): void {
  if (flags.includes('NEWPID') && process.pidNamespaceForChildren !== process.namespaces.pid) {
    throw new SystemCallError('EINVAL')
  }
  if (flags.includes('NEWUSER') || flags.every((flag) => flag === 'PARENT')) return
  requireCapability(process, 'SYS_ADMIN', process.namespaces.user)
}
