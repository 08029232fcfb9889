// User and group ids: getuid(2), setuid(2) and their like.
import type { Program, System } from '../../kernel/system.ts'
import type { Value } from '../bytecode.ts'
import type { Machine } from '../machine.ts'
import { add, attempt, count, fail, int } from './access.ts'
import type { AsyncTable } from './native.ts'

const einval = 22

function* setIds(
  machine: Machine,
  system: System,
  kind: 'setresuid' | 'setresgid',
  [real, effective, saved]: readonly [number, number, number],
): Program<Value> {
  return yield* attempt(machine, system[kind](real, effective, saved), () => 0)
}

/** setuid(2): all three for root, else the effective one. */
function* setId(machine: Machine, system: System, kind: 'uid' | 'gid', value: number): Program<Value> {
  const effective = (yield* kind === 'uid' ? system.getresuid() : system.getresgid()).effective
  const root = (yield* system.getresuid()).effective === 0
  const ids = root ? ([value, value, value] as const) : ([-1, value, -1] as const)
  if (effective === value && !root) return 0
  return yield* setIds(machine, system, kind === 'uid' ? 'setresuid' : 'setresgid', ids)
}

export const idFunctions: AsyncTable = {
  *getuid(_m, system) {
    return (yield* system.getresuid()).real
  },
  *geteuid(_m, system) {
    return (yield* system.getresuid()).effective
  },
  *getgid(_m, system) {
    return (yield* system.getresgid()).real
  },
  *getegid(_m, system) {
    return (yield* system.getresgid()).effective
  },
  *getgroups(m, system, size = 0, list = 0) {
    const groups = yield* system.getgroups()
    if (int(size) === 0) return groups.length
    if (int(size) < groups.length) return fail(m, einval)
    for (const [index, group] of groups.entries()) m.memory.store32(add(list, index * 4), group)
    return groups.length
  },
  *setgroups(m, system, size = 0, list = 0) {
    const groups = Array.from({ length: count(size) }, (_, index) => m.memory.load32(add(list, index * 4)) >>> 0)
    return yield* attempt(m, system.setgroups(groups), () => 0)
  },
  *setuid(m, system, id = 0) {
    return yield* setId(m, system, 'uid', int(id))
  },
  *setgid(m, system, id = 0) {
    return yield* setId(m, system, 'gid', int(id))
  },
  *seteuid(m, system, id = 0) {
    return yield* setIds(m, system, 'setresuid', [-1, int(id), -1])
  },
  *setegid(m, system, id = 0) {
    return yield* setIds(m, system, 'setresgid', [-1, int(id), -1])
  },
  *setreuid(m, system, real = 0, effective = 0) {
    return yield* setIds(m, system, 'setresuid', [int(real), int(effective), int(effective)])
  },
  *setregid(m, system, real = 0, effective = 0) {
    return yield* setIds(m, system, 'setresgid', [int(real), int(effective), int(effective)])
  },
  *setresuid(m, system, real = 0, effective = 0, saved = 0) {
    return yield* setIds(m, system, 'setresuid', [int(real), int(effective), int(saved)])
  },
  *setresgid(m, system, real = 0, effective = 0, saved = 0) {
    return yield* setIds(m, system, 'setresgid', [int(real), int(effective), int(saved)])
  },
  *getresuid(m, system, real = 0, effective = 0, saved = 0) {
    const ids = yield* system.getresuid()
    m.memory.store32(real, ids.real)
    m.memory.store32(effective, ids.effective)
    m.memory.store32(saved, ids.saved)
    return 0
  },
  *getresgid(m, system, real = 0, effective = 0, saved = 0) {
    const ids = yield* system.getresgid()
    m.memory.store32(real, ids.real)
    m.memory.store32(effective, ids.effective)
    m.memory.store32(saved, ids.saved)
    return 0
  },
}
