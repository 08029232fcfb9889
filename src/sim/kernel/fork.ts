// Birth of a process: fork(2), clone(2), and spawn, by which the machine itself starts one from outside.
import type { Kernel } from './kernel.ts'
import { holdAll, namespacesForFlags } from './namespace-life.ts'
import type { Namespaces } from './namespaces.ts'
import { allocatePid } from './pid-namespace.ts'
import type { Process } from './process.ts'
import type { CloneFlag, Program, System } from './system.ts'
import { WaitQueue } from './wait-queue.ts'

/**
 * A copy of `process` that starts at `main`, clone(2). Its descriptors refer to the same open files, its dispositions and
 * mask are the same, pending signals and CPU times are not.
 * @throws ENOMEM in a PID namespace whose init has ended; EAGAIN when no PID is free
 */
export function forkProcess(
  kernel: Kernel,
  process: Process,
  flags: readonly CloneFlag[],
  main: (system: System) => Program<unknown>,
): Process {
  const namespaces: Namespaces = namespacesForFlags(kernel, process, flags)
  const pid = allocatePid(kernel, namespaces.pid)
  holdAll(namespaces)
  const parent = flags.includes('PARENT') ? process.parent : process
  const child: Process = {
    pid,
    startTime: kernel.clock.now(),
    auditSession: process.auditSession,
    parent,
    children: new Set(),
    childSubreaper: false,
    group: process.group,
    session: process.session,
    childChanged: new WaitQueue(),
    state: 'R',
    exitStatus: undefined,
    jobControlEvent: undefined,
    frames: [],
    cpu: { user: 0, system: 0, childrenUser: 0, childrenSystem: 0 },
    nice: process.nice,
    frozen: process.frozen,
    voluntarySwitches: 0,
    involuntarySwitches: 0,
    executing: process.executing,
    comm: process.comm,
    pending: new Map(),
    blocked: process.blocked,
    suspendedMask: undefined,
    actions: new Map(process.actions),
    parentDeathSignal: 0,
    alarmAt: undefined,
    credentials: process.credentials,
    namespaces,
    pidNamespaceForChildren: namespaces.pid,
    files: process.files.copy(),
    root: process.root,
    workingDirectory: process.workingDirectory,
    umask: process.umask,
    limits: process.limits,
    cgroup: process.cgroup,
    oomScoreAdjustment: process.oomScoreAdjustment,
    tracer: undefined,
    traceStopped: false,
    memory: process.memory,
    io: { readBytes: 0, writtenBytes: 0, reads: 0, writes: 0 },
  }
  if (namespaces.mnt !== process.namespaces.mnt) kernel.enterMountNamespace(child, process.namespaces.mnt)
  pid.process = child
  if (pid.own === 1) namespaces.pid.init = child
  child.group.groupMembers.add(child)
  child.session.sessionMembers.add(child)
  parent?.children.add(child)
  child.frames.push({ program: main(kernel.system), resume: { value: undefined } })
  if (process.tracer?.follows) process.tracer.born(kernel, child)
  kernel.scheduler.makeRunnable(child)
  return child
}
