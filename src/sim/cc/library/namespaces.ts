// Linux' own: clone, unshare, setns, mount and their like, with the flags as numbers.
import type { CloneFlag, Program, System } from '../../kernel/system.ts'
import type { Value } from '../bytecode.ts'
import type { Machine } from '../machine.ts'
import { callFunction, exit, kernelAction } from '../run.ts'
import { attempt, fail, int, text } from './access.ts'
import type { AsyncTable } from './native.ts'
import { forkMachine } from './processes.ts'

const einval = 22

const cloneFlags: readonly (readonly [number, CloneFlag])[] = [
  [0x80, 'NEWTIME'],
  [0x8000, 'PARENT'],
  [0x2_0000, 'NEWNS'],
  [0x200_0000, 'NEWCGROUP'],
  [0x400_0000, 'NEWUTS'],
  [0x800_0000, 'NEWIPC'],
  [0x1000_0000, 'NEWUSER'],
  [0x2000_0000, 'NEWPID'],
  [0x4000_0000, 'NEWNET'],
]

function flagsOf(bits: number): CloneFlag[] {
  return cloneFlags.filter(([bit]) => (bits & bit) !== 0).map(([, flag]) => flag)
}

/** clone(2) as glibc wraps it: the child calls a function and exits with what it returns. */
function* clone(
  machine: Machine,
  system: System,
  start: Value,
  stack: Value,
  flags: Value,
  argument: Value,
): Program<Value> {
  const bits = int(flags)
  if (stack === 0) return fail(machine, einval)
  // Threads and shared descriptors are not in the subset.
  if ((bits & 0x1_0000) !== 0) return fail(machine, 38)
  const child = function* child(own: Machine, calls: System, mask: readonly number[]): Program<number> {
    for (const [signal, action] of own.library.actions) {
      if (action.address !== 0 && action.address !== 1) yield* calls.sigaction(signal, kernelAction(own, calls, action))
    }
    yield* calls.sigprocmask('SIG_SETMASK', mask)
    own.frameAddress = Number(stack) & -16
    own.markers.length = 0
    own.pending = undefined
    const status = yield* callFunction(own, calls, start, [argument], { kind: 'start' })
    // The function's value is the exit status, by _exit: streams are not written out.
    return (yield* calls.exit(int(status) & 0xff)) ?? (yield* exit(own, calls, 0))
  }
  return yield* forkMachine(machine, system, child, {
    flags: flagsOf(bits),
    shareMemory: (bits & 0x100) !== 0 && (bits & 0x4000) !== 0,
  })
}

const mountOptions: readonly (readonly [number, string])[] = [
  [1, 'ro'],
  [2, 'nosuid'],
  [4, 'nodev'],
  [8, 'noexec'],
  [32, 'remount'],
  [1024, 'noatime'],
  [4096, 'bind'],
  [8192, 'move'],
  [16_384, 'rec'],
  [1 << 18, 'private'],
  [1 << 19, 'slave'],
]

function* mount(
  machine: Machine,
  system: System,
  source: Value,
  target: Value,
  type: Value,
  flags: Value,
  data: Value,
): Program<Value> {
  const options = mountOptions.filter(([bit]) => (int(flags) & bit) !== 0).map(([, option]) => option)
  const more = data === 0 ? [] : text(machine, data).split(',').filter(Boolean)
  return yield* attempt(
    machine,
    system.mount(
      source === 0 ? 'none' : text(machine, source),
      text(machine, target),
      type === 0 ? '' : text(machine, type),
      [...options, ...more],
    ),
    () => 0,
  )
}

export const namespaceFunctions: AsyncTable = {
  clone,
  *unshare(m, system, flags = 0) {
    return yield* attempt(m, system.unshare(flagsOf(int(flags))), () => 0)
  },
  *setns(m, system, fd = 0, type = 0) {
    return yield* attempt(m, system.setns(int(fd), flagsOf(int(type))[0]), () => 0)
  },
  mount,
  *umount(m, system, target = 0) {
    return yield* attempt(m, system.umount2(text(m, target)), () => 0)
  },
  *umount2(m, system, target = 0, flags = 0) {
    const words = [
      ...((int(flags) & 2) !== 0 ? ['MNT_DETACH' as const] : []),
      ...((int(flags) & 1) !== 0 ? ['MNT_FORCE' as const] : []),
    ]
    return yield* attempt(m, system.umount2(text(m, target), words), () => 0)
  },
}
