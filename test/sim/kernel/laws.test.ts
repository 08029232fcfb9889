// Laws of the kernel that hold at every moment, whatever processes do: random families of processes are run and watched.
import {
  array,
  assert,
  asyncProperty,
  constant,
  constantFrom,
  integer,
  letrec,
  oneof,
  record,
  subarray,
} from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Kernel } from '../../../src/sim/kernel/kernel.ts'
import type { Namespace, NamespaceKind } from '../../../src/sim/kernel/namespaces.ts'
import type { Process } from '../../../src/sim/kernel/process.ts'
import type { CloneFlag, Program, System } from '../../../src/sim/kernel/system.ts'
import { bootMachine, outcome } from './machine.ts'

/** What a process of the plan does, one after the other; then it ends. */
type Action =
  | { readonly do: 'fork' | 'clone'; readonly flags: readonly CloneFlag[]; readonly plan: Plan }
  | { readonly do: 'wait' | 'wait-nohang' | 'pause' | 'setsid' | 'subreaper' | 'ignore-children' | 'handle-term' }
  | { readonly do: 'sleep'; readonly milliseconds: number }
  | { readonly do: 'kill'; readonly target: number; readonly signal: number }
  | { readonly do: 'unshare'; readonly flags: readonly CloneFlag[] }
  | { readonly do: 'exit'; readonly status: number }
type Plan = readonly Action[]

const flags = subarray<CloneFlag>(['NEWPID', 'NEWNET', 'NEWUTS', 'NEWIPC', 'NEWNS'])
const signal = constantFrom(1, 9, 10, 15, 17, 18, 19)

const { plan } = letrec<{ plan: Plan; action: Action }>((tie) => ({
  plan: array(tie('action'), { maxLength: 5 }),
  action: oneof(
    { depthSize: 'medium', maxDepth: 4 },
    constantFrom<Action>(
      ...(['wait', 'wait-nohang', 'pause', 'setsid', 'subreaper', 'ignore-children', 'handle-term'] as const).map(
        (name) => ({ do: name }) as const,
      ),
    ),
    record({ do: constant('sleep' as const), milliseconds: integer({ min: 0, max: 50 }) }),
    record({ do: constant('kill' as const), target: integer({ min: -1, max: 12 }), signal }),
    record({ do: constant('exit' as const), status: integer({ min: 0, max: 255 }) }),
    record({ do: constant('unshare' as const), flags }),
    record({ do: constantFrom('fork' as const, 'clone' as const), flags, plan: tie('plan') }),
  ),
}))

function* live(system: System, actions: Plan, note: (text: unknown) => void): Program {
  for (const action of actions) {
    note([yield* system.getpid(), action.do, yield* outcome(act(system, action, note))])
    if (action.do === 'exit') return action.status
  }
  return 0
}

function* act(system: System, action: Action, note: (text: unknown) => void): Program<unknown> {
  switch (action.do) {
    case 'fork':
      return yield* system.fork((child) => live(child, action.plan, note))
    case 'clone':
      return yield* system.clone(action.flags, (child) => live(child, action.plan, note))
    case 'wait':
      return yield* system.wait4(-1, {})
    case 'wait-nohang':
      return yield* system.wait4(-1, { nohang: true })
    case 'pause':
      return yield* system.pause()
    case 'setsid':
      return yield* system.setsid()
    case 'subreaper':
      return yield* system.prctl('PR_SET_CHILD_SUBREAPER', 1)
    case 'ignore-children':
      return (yield* system.sigaction(17, { handler: 'SIG_IGN' })).handler
    case 'handle-term':
      return typeof (yield* system.sigaction(15, { *handler() {} })).handler
    case 'sleep':
      return yield* system.nanosleep(action.milliseconds * 1000)
    case 'kill':
      return yield* system.kill(action.target, action.signal)
    case 'unshare':
      return yield* system.unshare(action.flags)
    case 'exit':
      return undefined
  }
}

/** Runs a plan below init until nothing more can happen or time is up, looking on after each turn. */
async function watch(actions: Plan, look: (kernel: Kernel) => void): Promise<{ notes: unknown[]; kernel: Kernel }> {
  const { kernel, init } = bootMachine()
  const notes: unknown[] = []
  kernel.spawn({ parent: init, main: (system) => live(system, actions, (text) => notes.push(text)), argv: ['family'] })
  const end = kernel.clock.now() + 2_000_000
  await kernel.run(() => {
    look(kernel)
    return kernel.clock.now() > end
  })
  return { notes, kernel }
}

function descendants(process: Process): Process[] {
  return [process, ...[...process.children].flatMap(descendants)]
}

/** Every process has one place: in its parent's family, in each PID table above it, and nowhere twice. */
function nobodyIsLostOrDoubled(kernel: Kernel): void {
  const listed = [...kernel.processes()]
  const [init] = listed
  if (init === undefined) throw new Error('there is no init')
  const family = descendants(init)
  expect(family.length).toBe(new Set(family).size)
  expect(new Set(listed)).toEqual(new Set(family))
  for (const process of listed) {
    expect(process.state).not.toBe('X')
    for (const { namespace, number } of process.pid.numbers) expect(namespace.pids.get(number)?.process).toBe(process)
    if (process !== init) expect(process.parent?.children.has(process)).toBe(true)
  }
}

/** A zombie waits for a parent that lives. */
function zombiesHaveParentsThatMayWait(kernel: Kernel): void {
  for (const process of kernel.processes()) {
    if (process.state !== 'Z') continue
    expect(process.parent).toBeDefined()
    expect(process.parent?.state).not.toBe('Z')
    expect(process.exitStatus).toBeDefined()
  }
}

const counted = ['net', 'uts', 'ipc', 'mnt'] as const satisfies readonly NamespaceKind[]

/** A namespace has as many holders as living processes are in it, the initial one besides itself; numbers are its own. */
function namespacesLiveByTheirHolders(kernel: Kernel): void {
  const members = new Map<Namespace, number>()
  for (const process of kernel.processes()) {
    if (process.state === 'Z') continue
    for (const kind of counted) {
      const namespace = process.namespaces[kind]
      members.set(namespace, (members.get(namespace) ?? 0) + 1)
    }
  }
  for (const [namespace, count] of members) {
    const isInitial = counted.some((kind) => kernel.initialNamespaces[kind] === namespace)
    // The process that was there before the first one holds the initial set twice.
    if (!isInitial) expect([namespace.kind, namespace.holders]).toEqual([namespace.kind, count])
  }
  const numbers = [...members.keys()].map(({ inode }) => inode)
  expect(new Set(numbers).size).toBe(numbers.length)
}

/** Who is in a PID namespace whose init has ended is gone, but for zombies that a parent outside has not waited for. */
function deadPidNamespacesAreEmpty(kernel: Kernel): void {
  for (const process of kernel.processes()) {
    const { pid } = process.namespaces
    if (!pid.dead) continue
    expect(process.state).toBe('Z')
    expect(process.parent?.namespaces.pid).not.toBe(pid)
  }
}

describe('at every moment', () => {
  const laws = {
    nobodyIsLostOrDoubled,
    zombiesHaveParentsThatMayWait,
    namespacesLiveByTheirHolders,
    deadPidNamespacesAreEmpty,
  }
  test.each(Object.entries(laws))('%s', async (_name, law) => {
    await assert(
      asyncProperty(plan, async (actions) => {
        await watch(actions, law)
      }),
      { numRuns: 150, seed: 4 },
    )
  })
})

test('the same plan gives the same events at the same times', async () => {
  await assert(
    asyncProperty(plan, async (actions) => {
      const one = await watch(actions, () => {})
      const other = await watch(actions, () => {})
      expect(one.notes).toEqual(other.notes)
      expect(one.kernel.clock.now()).toBe(other.kernel.clock.now())
    }),
    { numRuns: 60, seed: 4 },
  )
})
