// Running a machine as a process: slices of its code, library calls that sleep, signal handlers, faults, fork and exit.
import { type Program, type SignalInfo, SystemCallError, type System } from '../kernel/system.ts'
import type { Value } from './bytecode.ts'
import { HeapCorruption } from './library/heap.ts'
import { flushAll } from './library/stdio-output.ts'
import { fillSignalInfo } from './library/signal-info.ts'
import type { Machine, Marker } from './machine.ts'
import { Fault } from './memory.ts'

/**
 * Instructions of one slice, after which others may run and signals arrive; and what an instruction costs. The first
 * slices are short: the host compiles the loop better when it has seen its end.
 */
const firstSlice = 100
const longestSlice = 20_000
const microsecondsPerInstruction = 0.05

/** Bytes of stack that a signal's frame takes before the handler's own. */
const handlerSpace = 1536

const eintr = 4
const sigabrt = 6
const sigsegv = 11

/** Thrown by longjmp(3) through calls from outside that it leaves. */
export class LongJump {
  readonly depth: number
  readonly apply: () => void

  constructor(depth: number, apply: () => void) {
    this.depth = depth
    this.apply = apply
  }
}

/** Where siglongjmp from a handler leads to, until the interrupted code is back. */
const jumps = new WeakMap<Machine, LongJump>()

/** Runs the function whose call was entered last until it returns, and gives what it returns. */
export function* runToReturn(machine: Machine, system: System): Program<Value> {
  const level = machine.markers.length
  let slice = firstSlice
  for (;;) {
    try {
      if (jumps.has(machine)) resumeJump(machine, level)
      const stop = machine.execute(slice)
      if (stop === 'slice') {
        yield* system.spend(Math.ceil(slice * microsecondsPerInstruction))
        slice = Math.min(longestSlice, slice * 2)
      }
      if (stop === 'native') yield* runNative(machine, system)
      if (stop === 'fault') yield* fault(machine, system)
      if (stop === 'returned') {
        machine.leaveMarker()
        return machine.returned
      }
    } catch (error) {
      if (error instanceof Fault) {
        machine.fault = error
        yield* fault(machine, system)
        continue
      }
      if (error instanceof HeapCorruption) {
        yield* system.write(2, `${error.message}\n`)
        yield* die(machine, system, sigabrt)
      }
      if (!(error instanceof LongJump) || error.depth < level) throw error
      land(machine, error)
    }
  }
}

function resumeJump(machine: Machine, level: number): void {
  const jump = jumps.get(machine)
  if (jump === undefined) return
  jumps.delete(machine)
  if (jump.depth < level) throw jump
  land(machine, jump)
}

function land(machine: Machine, jump: LongJump): void {
  while (machine.markers.length > jump.depth) machine.leaveMarker()
  jump.apply()
}

function* runNative(machine: Machine, system: System): Program<void> {
  const { pending } = machine
  if (pending === undefined) return
  const result = yield* pending.native.run(machine, system, ...pending.arguments)
  if (machine.pending === pending && !jumps.has(machine)) machine.finishPending(result)
}

/** Calls a function of the program, or of the library, by its address. */
export function* callFunction(
  machine: Machine,
  system: System,
  address: Value,
  values: readonly Value[],
  marker: Omit<Marker, 'pending' | 'depth'>,
): Program<Value> {
  const number = machine.functionAt(address)
  if (number === undefined) throw new Fault(sigsegv, 1, address)
  const native = machine.natives[number - machine.functions.length]
  if (number >= machine.functions.length && native !== undefined) {
    if (native.kind === 'async') return (yield* native.run(machine, system, ...values)) ?? 0
    const [a = 0, b = 0, c = 0] = values
    return native.run(machine, a, b, c, 0, 0, 0) ?? 0
  }
  machine.enter(number, values, marker, marker.kind === 'handler' ? handlerSpace : 128)
  return yield* runToReturn(machine, system)
}

/** What the kernel runs for a signal that the program handles. */
export function* runHandler(
  machine: Machine,
  system: System,
  address: Value,
  signal: number,
  info: SignalInfo,
  options: { readonly withInfo: boolean; readonly restart: boolean },
): Program<void> {
  const level = machine.markers.length
  const values: Value[] = [signal]
  if (options.withInfo) {
    // siginfo_t and ucontext_t lie on the stack, below the interrupted function.
    const at = (machine.frameAddress - handlerSpace + 64) & -16
    values.push(at, at + 128)
    fillSignalInfo(machine, at, signal, info)
  }
  try {
    yield* callFunction(machine, system, address, values, { kind: 'handler', restart: options.restart })
  } catch (error) {
    if (!(error instanceof LongJump)) throw error
    while (machine.markers.length > level) machine.leaveMarker()
    jumps.set(machine, error)
  }
}

/** The processor has stopped the program: the kernel sends a signal for it, which kills unless it is handled. */
function* fault(machine: Machine, system: System): Program<void> {
  const { fault: what, library } = machine
  machine.fault = undefined
  const signal = what?.signal ?? sigsegv
  library.faultAddress = what?.address ?? 0
  library.faultCode = what?.code ?? 0
  // A library function that was given a bad address dies inside itself; after a handler it would begin anew.
  machine.pending = undefined
  const action = library.actions.get(signal)
  const blocked = (yield* system.sigprocmask('SIG_BLOCK', [])).includes(signal)
  if (action === undefined || action.address === 0 || action.address === 1 || blocked) {
    yield* die(machine, system, signal)
  }
  yield* system.kill(yield* system.getpid(), signal)
}

/** Ends the process by a signal that nothing can stop, as the kernel does for a fault. */
export function* die(_machine: Machine, system: System, signal: number): Program<never> {
  yield* system.fault(signal)
  return yield* system.exit(128 + signal)
}

/** exit(3): functions of atexit, the last first; then all streams are written out. */
export function* exit(machine: Machine, system: System, status: number): Program<never> {
  const { library } = machine
  library.exitStatus = status
  for (let handler = library.exitHandlers.pop(); handler !== undefined; handler = library.exitHandlers.pop()) {
    const values = handler.argument === undefined ? [] : [status, handler.argument]
    yield* callFunction(machine, system, handler.address, values, { kind: 'exit' })
  }
  yield* flushAll(machine, system)
  return yield* system.exit(status & 0xff)
}

/** The child of a fork: goes on where the parent called it, with the result 0. */
export function* runChild(machine: Machine, system: System, mask: readonly number[]): Program<number> {
  yield* reinstallHandlers(machine, system)
  machine.finishPending(0)
  yield* system.sigprocmask('SIG_SETMASK', mask)
  return yield* runProgram(machine, system)
}

/**
 * Runs until main returns. Precondition: main's call, or one inside it, has been entered.
 * In a child that was forked inside a handler there are levels that were coroutines of the parent: each is run to its
 * end here, and what it interrupted fails with EINTR then, or begins anew.
 */
export function* runProgram(machine: Machine, system: System): Program<number> {
  for (;;) {
    const marker = machine.markers.at(-1)
    try {
      const value = yield* runToReturn(machine, system)
      if (marker === undefined || marker.kind === 'start') {
        return yield* exit(machine, system, Number(BigInt.asIntN(32, BigInt(value))))
      }
      yield* comeBack(machine, system, marker)
    } catch (error) {
      if (!(error instanceof LongJump)) throw error
      land(machine, error)
    }
  }
}

/** What a call from outside interrupted goes on without the coroutine that it was in. */
function* comeBack(machine: Machine, system: System, marker: Marker): Program<void> {
  if (marker.kind === 'exit') yield* exit(machine, system, machine.library.exitStatus)
  if (marker.kind === 'callback') yield* die(machine, system, sigabrt)
  if (machine.pending === undefined) return
  if (marker.restart === true) {
    // The program counter still stands at the call.
    machine.pending = undefined
    return
  }
  machine.library.errno = eintr
  machine.finishPending(-1)
}

/** After fork the kernel has the parent's handlers; the child's own run on its own machine. */
function* reinstallHandlers(machine: Machine, system: System): Program<void> {
  for (const [signal, action] of machine.library.actions) {
    if (action.address === 0 || action.address === 1) continue
    try {
      yield* system.sigaction(signal, kernelAction(machine, system, action))
    } catch (error) {
      if (!(error instanceof SystemCallError)) throw error
    }
  }
}

const kernelFlags = [
  ['RESTART', 0x1000_0000],
  ['NOCLDSTOP', 1],
  ['NOCLDWAIT', 2],
  ['NODEFER', 0x4000_0000],
  ['RESETHAND', 0x8000_0000],
] as const

/** An action of the program as the kernel takes it. */
export function kernelAction(
  machine: Machine,
  system: System,
  action: { readonly address: Value; readonly flags: number; readonly mask: readonly number[] },
): Parameters<System['sigaction']>[1] & object {
  const { address, flags, mask } = action
  const set = kernelFlags.filter(([, bit]) => (flags & bit) !== 0).map(([name]) => name)
  if (address === 0 || address === 1) {
    return { handler: address === 0 ? 'SIG_DFL' : 'SIG_IGN', ...(set.length > 0 ? { flags: set } : {}) }
  }
  const options = { withInfo: (flags & 4) !== 0, restart: (flags & 0x1000_0000) !== 0 }
  return {
    handler: (signal, info) => runHandler(machine, system, address, signal, info, options),
    mask,
    flags: set,
  }
}
