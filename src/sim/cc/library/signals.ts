// Signals: signal(2), sigaction(2), masks, waiting for signals, kill, alarm, and the sets of sigset_t.
import { type Program, type SignalInfo, type System, SystemCallError } from '../../kernel/system.ts'
import { errnoNumber } from '../../kernel/errno.ts'
import type { Value } from '../bytecode.ts'
import * as integers from '../integers.ts'
import type { Machine } from '../machine.ts'
import { kernelAction, LongJump } from '../run.ts'
import { add, attempt, fail, int } from './access.ts'
import type { AsyncTable, SyncTable } from './native.ts'
import { fillSignalInfo } from './signal-info.ts'
import { strsignalText } from './error-texts.ts'
import { complain } from './stdio-output.ts'
import type { CAction } from './state.ts'
import { text } from './access.ts'

const einval = 22
const eintr = 4
const eagain = 11
const highest = 64
const restart = 0x1000_0000

/** Offsets in struct sigaction: the handler is first. */
const maskAt = 8
const flagsAt = 136

/** The signals in a sigset_t. */
export function signalsOf({ memory }: Machine, set: Value): number[] {
  const bits = BigInt(memory.loadu64(set))
  return Array.from({ length: highest }, (_, index) => index + 1).filter((signal) => (bits >> BigInt(signal - 1)) & 1n)
}

function putSignals({ memory }: Machine, set: Value, signals: Iterable<number>): void {
  let bits = 0n
  for (const signal of signals) bits |= 1n << BigInt(signal - 1)
  memory.fill(set, 0, 128)
  memory.store64(set, integers.wrapUnsigned(bits))
}

/** Changes one signal of a set. */
function change(machine: Machine, set: Value, signal: Value, included: boolean): Value {
  const number = int(signal)
  if (number < 1 || number > highest) return fail(machine, einval)
  const bit = 1n << BigInt(number - 1)
  const bits = BigInt(machine.memory.loadu64(set))
  machine.memory.store64(set, integers.wrapUnsigned(included ? bits | bit : bits & ~bit))
  return 0
}

/** The old action as the program gave it; what the kernel has may be inherited, or reset by SA_RESETHAND. */
function* currentAction(machine: Machine, system: System, signal: number): Program<CAction> {
  const { handler } = yield* system.sigaction(signal)
  if (handler === 'SIG_IGN') return { address: 1, flags: machine.library.actions.get(signal)?.flags ?? 0, mask: [] }
  if (handler === 'SIG_DFL') return { address: 0, flags: 0, mask: [] }
  return machine.library.actions.get(signal) ?? { address: 0, flags: 0, mask: [] }
}

function* setAction(machine: Machine, system: System, signal: number, action: CAction): Program<Value> {
  const result = yield* attempt(machine, system.sigaction(signal, kernelAction(machine, system, action)), () => 0)
  if (result === 0) machine.library.actions.set(signal, action)
  return result
}

/** signal(2) of glibc: BSD semantics, the handler stays and calls begin anew. */
function* signal(machine: Machine, system: System, number: Value, handler: Value): Program<Value> {
  let old: CAction
  try {
    old = yield* currentAction(machine, system, int(number))
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    return fail(machine, errnoNumber(error.errno), integers.wrapUnsigned(-1n))
  }
  const action = { address: handler, flags: restart, mask: [int(number)] }
  const result = yield* setAction(machine, system, int(number), action)
  return result === -1 ? integers.wrapUnsigned(-1n) : old.address
}

function* sigaction(machine: Machine, system: System, number: Value, action: Value, old: Value): Program<Value> {
  const { memory } = machine
  const signalNumber = int(number)
  let before: CAction
  try {
    before = yield* currentAction(machine, system, signalNumber)
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    return fail(machine, errnoNumber(error.errno))
  }
  if (action !== 0) {
    const result = yield* setAction(machine, system, signalNumber, {
      address: memory.loadu64(action),
      flags: memory.load32(add(action, flagsAt)),
      mask: signalsOf(machine, add(action, maskAt)),
    })
    if (result === -1) return -1
  }
  if (old !== 0) {
    memory.store64(old, before.address)
    putSignals(machine, add(old, maskAt), before.mask)
    memory.store32(add(old, flagsAt), before.flags)
    memory.store64(add(old, 144), 0)
  }
  return 0
}

const hows = ['SIG_BLOCK', 'SIG_UNBLOCK', 'SIG_SETMASK'] as const

function* sigprocmask(machine: Machine, system: System, how: Value, set: Value, old: Value): Program<Value> {
  const way = hows[int(how)]
  if (set !== 0 && way === undefined) return fail(machine, einval)
  const before =
    set === 0 || way === undefined
      ? yield* system.sigprocmask('SIG_BLOCK', [])
      : yield* system.sigprocmask(way, signalsOf(machine, set))
  if (old !== 0) putSignals(machine, old, before)
  return 0
}

/**
 * sigwait(3) and its like. The kernel here can only deliver: so the signals of the set get a handler of ours for the
 * moment, which tells what came.
 */
function* waitForSignal(
  machine: Machine,
  system: System,
  set: Value,
  timeout: number | undefined,
): Program<{ signal: number; info: SignalInfo } | 'timeout' | 'interrupted'> {
  const wanted = signalsOf(machine, set).filter((number) => number !== 9 && number !== 19)
  let came: { signal: number; info: SignalInfo } | undefined
  const mask = yield* system.sigprocmask('SIG_BLOCK', [])
  const olds = new Map<number, Parameters<System['sigaction']>[1] & object>()
  // Another signal of the set that comes meanwhile stays pending.
  const handler = function* handler(number: number, info: SignalInfo): Program<void> {
    came ??= { signal: number, info }
  }
  yield* system.sigprocmask('SIG_BLOCK', wanted)
  for (const number of wanted) olds.set(number, yield* system.sigaction(number, { handler, mask: wanted }))
  const open = mask.filter((number) => !wanted.includes(number))
  let interrupted = false
  try {
    if (timeout === undefined) yield* system.sigsuspend(open)
    else {
      yield* system.sigprocmask('SIG_SETMASK', open)
      yield* system.nanosleep(timeout)
    }
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    interrupted = true
  }
  yield* system.sigprocmask('SIG_BLOCK', wanted)
  for (const [number, old] of olds) yield* system.sigaction(number, old)
  yield* system.sigprocmask('SIG_SETMASK', mask)
  return came ?? (interrupted ? 'interrupted' : 'timeout')
}

function* sigwaitinfo(
  machine: Machine,
  system: System,
  set: Value,
  info: Value,
  timeout: number | undefined,
): Program<Value> {
  const result = yield* waitForSignal(machine, system, set, timeout)
  if (result === 'timeout') return fail(machine, eagain)
  if (result === 'interrupted') return fail(machine, eintr)
  if (info !== 0) fillSignalInfo(machine, Number(info), result.signal, result.info)
  return result.signal
}

function* kill(machine: Machine, system: System, pid: Value, number: Value): Program<Value> {
  return yield* attempt(machine, system.kill(int(pid), int(number)), () => 0)
}

function* alarm(system: System, seconds: number): Program<Value> {
  return yield* system.alarm(seconds)
}

/** Where setjmp(3) has left off. Kept in the jmp_buf, as data of the program. */
function saveJump(machine: Machine, buffer: Value, mask: readonly number[] | undefined): void {
  const { memory } = machine
  const words = [
    machine.pc,
    machine.frameRegister,
    machine.frameAddress,
    machine.functionNumber,
    machine.calls.length,
    machine.markers.length,
    machine.pending?.result ?? 0,
  ]
  for (const [index, word] of words.entries()) memory.store64(add(buffer, index * 8), word)
  memory.store32(add(buffer, 64), mask === undefined ? 0 : 1)
  if (mask !== undefined) putSignals(machine, add(buffer, 72), mask)
}

function* longjmp(machine: Machine, system: System, buffer: Value, value: Value): Program<Value> {
  const { memory } = machine
  const words = Array.from({ length: 7 }, (_, index) => Number(memory.load64(add(buffer, index * 8))))
  const [pc = 0, frameRegister = 0, frameAddress = 0, functionNumber = 0, depth = 0, level = 0, result = 0] = words
  if (memory.load32(add(buffer, 64)) === 1) {
    yield* system.sigprocmask('SIG_SETMASK', signalsOf(machine, add(buffer, 72)))
  }
  throw new LongJump(level, () => {
    Object.assign(machine, { pc: pc + 4, frameRegister, frameAddress, functionNumber, pending: undefined })
    machine.calls.length = depth
    machine.registers[result] = int(value) === 0 ? 1 : int(value)
  })
}

export const signalFunctions: AsyncTable = {
  signal,
  sigset: signal,
  sigaction,
  sigprocmask,
  *sigsuspend(m, system, set = 0) {
    return yield* attempt(m, system.sigsuspend(signalsOf(m, set)), () => 0)
  },
  *sigpending(m, system, set = 0) {
    const pending = yield* system.sigpending()
    const blocked = yield* system.sigprocmask('SIG_BLOCK', [])
    putSignals(
      m,
      set,
      pending.filter((number) => blocked.includes(number)),
    )
    return 0
  },
  *sigwait(m, system, set = 0, place = 0) {
    for (;;) {
      const result = yield* waitForSignal(m, system, set, undefined)
      if (typeof result === 'string') continue
      m.memory.store32(place, result.signal)
      return 0
    }
  },
  *sigwaitinfo(m, system, set = 0, info = 0) {
    return yield* sigwaitinfo(m, system, set, info, undefined)
  },
  *sigtimedwait(m, system, set = 0, info = 0, timeout = 0) {
    const microseconds =
      timeout === 0
        ? undefined
        : Number(m.memory.load64(timeout)) * 1e6 + Number(m.memory.load64(add(timeout, 8))) / 1000
    return yield* sigwaitinfo(m, system, set, info, microseconds)
  },
  *pause(m, system) {
    return yield* attempt(m, system.pause(), () => 0)
  },
  kill,
  *killpg(m, system, group = 0, number = 0) {
    return yield* attempt(m, system.kill(-int(group), int(number)), () => 0)
  },
  *raise(m, system, number = 0) {
    return yield* attempt(m, system.kill(yield* system.getpid(), int(number)), () => 0)
  },
  *sigqueue(m, system, pid = 0, number = 0) {
    return yield* kill(m, system, pid, number)
  },
  *alarm(_m, system, seconds = 0) {
    return yield* alarm(system, int(seconds) >>> 0)
  },
  *ualarm(_m, system, microseconds = 0) {
    return yield* alarm(system, Number(microseconds) / 1e6)
  },
  *siginterrupt(m, system, number = 0, interrupts = 0) {
    const old = yield* currentAction(m, system, int(number))
    const flags = int(interrupts) === 0 ? old.flags | restart : old.flags & ~restart
    return yield* setAction(m, system, int(number), { ...old, flags })
  },
  *sigignore(m, system, number = 0) {
    return yield* setAction(m, system, int(number), { address: 1, flags: 0, mask: [] })
  },
  *sighold(_m, system, number = 0) {
    yield* system.sigprocmask('SIG_BLOCK', [int(number)])
    return 0
  },
  *sigrelse(_m, system, number = 0) {
    yield* system.sigprocmask('SIG_UNBLOCK', [int(number)])
    return 0
  },
  *psiginfo(m, system, info = 0, prefix = 0) {
    const words = prefix === 0 ? '' : text(m, prefix)
    const number = m.memory.load32(info)
    yield* complain(m, system, `${words === '' ? '' : `${words}: `}${strsignalText(number)}\n`)
    return 0
  },
  *_setjmp(m, _system, buffer = 0) {
    saveJump(m, buffer, undefined)
    return 0
  },
  *setjmp(m, _system, buffer = 0) {
    saveJump(m, buffer, undefined)
    return 0
  },
  *__sigsetjmp(m, system, buffer = 0, withMask = 0) {
    saveJump(m, buffer, int(withMask) === 0 ? undefined : yield* system.sigprocmask('SIG_BLOCK', []))
    return 0
  },
  longjmp,
  _longjmp: longjmp,
  siglongjmp: longjmp,
}

export const signalSetFunctions: SyncTable = {
  sigemptyset(m, set) {
    m.memory.fill(set, 0, 128)
    return 0
  },
  sigfillset(m, set) {
    putSignals(
      m,
      set,
      // Two of them glibc keeps for its threads.
      Array.from({ length: highest }, (_, index) => index + 1).filter((signal) => signal !== 32 && signal !== 33),
    )
    return 0
  },
  sigaddset: (m, set, number) => change(m, set, number, true),
  sigdelset: (m, set, number) => change(m, set, number, false),
  sigismember(m, set, number) {
    if (int(number) < 1 || int(number) > highest) return fail(m, einval)
    return signalsOf(m, set).includes(int(number)) ? 1 : 0
  },
  sigaltstack: () => 0,
  __libc_current_sigrtmin: () => 34,
  __libc_current_sigrtmax: () => highest,
}
