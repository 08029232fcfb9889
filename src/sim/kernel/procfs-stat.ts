// /proc/PID/stat and statm, proc_pid_stat(5): one line of numbers, and where the process sleeps.
import type { Kernel } from './kernel.ts'
import { mayTrace } from './permissions.ts'
import type { Process } from './process.ts'
import { stackSize } from './program-memory.ts'
import { type Layout, layoutOf, linkedToPlace, positionIndependent } from './procfs-maps.ts'
import { hasMemory } from './procfs-status.ts'
import type { Reading } from './procfs-tree.ts'

/** Microseconds of a clock tick, USER_HZ 100. */
const tick = 10_000
const pageSize = 4096

/** PF_RANDOMIZE; and what an exiting process has besides, PF_EXITING and PF_POSTCOREDUMP. */
const flags = { living: 0x40_00_00, zombie: 0x40_00_0c }

/** The layout in numbers that a double holds exactly, as the fields here need it. */
function numbersOf(process: Process): Readonly<Record<keyof Layout, number>> {
  return process.memory.dynamic ? dynamicNumbers : staticNumbers
}

const inNumbers = (layout: Layout) =>
  Object.fromEntries(Object.entries(layout).map(([name, place]) => [name, Number(place)])) as Record<
    keyof Layout,
    number
  >
const dynamicNumbers = inNumbers(positionIndependent)
const staticNumbers = inNumbers(linkedToPlace)

/** The 52 fields of /proc/PID/stat. */
export function statText(process: Process, { kernel, namespace, reader }: Reading): string {
  const { pid, parent, group, session, cpu, memory, nice, state } = process
  const lives = hasMemory(process)
  const shown = lives && mayTrace(reader, process)
  const layout = numbersOf(process)
  const address = (value: number, plus = 0) => (shown ? value + plus : 0)
  const argumentBytes = process.executing.argv.join(' ').length + 1
  const status = process.exitStatus
  let [ignored, caught] = [0, 0]
  for (const [signal, { handler }] of process.actions) {
    if (signal > 31) continue
    if (handler === 'SIG_IGN') ignored |= 1 << (signal - 1)
    else if (handler !== 'SIG_DFL') caught |= 1 << (signal - 1)
  }
  const exitCode = status ? (status.how === 'exited' ? status.status << 8 : status.status) : 0
  const own = `${pid.numberIn(namespace)} (${process.comm}) ${state}`
  const family = `${parent?.pid.numberIn(namespace) ?? 0} ${group.numberIn(namespace)} ${session.numberIn(namespace)}`
  // No terminal: tty_nr, tpgid. Then flags, minor and major faults, own and of children.
  const faults = `0 -1 ${state === 'Z' ? flags.zombie : flags.living} ${lives ? 121 : 0} 0 0 0`
  const times = `${ticks(cpu.user)} ${ticks(cpu.system)} ${ticks(cpu.childrenUser)} ${ticks(cpu.childrenSystem)}`
  // Priority and nice value, threads, itrealvalue, when it began.
  const scheduling = `${20 + nice} ${nice} 1 0 ${ticks(process.startTime - kernel.clock.bootTime)}`
  const sizes = lives ? `${memory.virtual} ${Math.floor(memory.resident / pageSize)} 18446744073709551615` : '0 0 0'
  const code = `${address(layout.code)} ${address(layout.code, Math.max(0, memory.text - 3615))}`
  // Start of the stack, kstkesp, kstkeip.
  const stack = `${address(layout.stackPointer)} 0 0`
  const signals = `${lowBits(process.pending.keys())} ${lowBits(process.blocked)} ${ignored} ${caught}`
  // wchan tells only whether it sleeps; nswap, cnswap; the signal of its end; processor, rt_priority, policy; blocked and
  // guest times.
  const rest = `${shown && state !== 'R' ? 1 : 0} 0 0 17 0 0 0 0 0 0`
  const data = `${address(layout.data)} ${address(layout.data, 0x570)} ${address(layout.heap)}`
  const argumentEnd = address(layout.arguments, argumentBytes)
  const end = `${address(layout.arguments)} ${argumentEnd} ${argumentEnd} ${address(layout.arguments, argumentBytes + 148)}`
  const fields = `${own} ${family} ${faults} ${times} ${scheduling} ${sizes} ${code} ${stack} ${signals} ${rest} ${data} ${end}`
  return `${fields} ${shown || mayTrace(reader, process) ? exitCode : 0}\n`
}

/** The first 31 signals of a set as a number; the real-time ones are not told here. */
function lowBits(signals: Iterable<number>): number {
  let bits = 0
  for (const signal of signals) if (signal < 32) bits |= 1 << (signal - 1)
  return bits
}

/** Pages: size, resident, shared, text, 0, data and stack, 0. */
export function statmText(process: Process): string {
  if (!hasMemory(process)) return '0 0 0 0 0 0 0\n'
  const { virtual, resident, anonymous, text, data } = process.memory
  const sizes = [virtual, resident, resident - anonymous, text, 0, data + stackSize, 0]
  return `${sizes.map((bytes) => Math.floor(bytes / pageSize)).join(' ')}\n`
}

/**
 * The kernel function that the process sleeps in, proc_pid_wchan(5); `0` when it runs, is a zombie, or the reader may not
 * know. No line feed at the end.
 */
export function wchanText(process: Process, { kernel, reader }: Reading): string {
  if (!mayTrace(reader, process)) return '0'
  const { waitChannels } = kernel.parameters
  if (process.state === 'T') return waitChannels.stopped
  const sleep = process.state === 'S' || process.state === 'D' ? process.frames.at(-1)?.call?.sleep : undefined
  return sleep ? waitChannels[sleep.waitChannel] : '0'
}

/** proc_pid_syscall(5): number and arguments of the call that it sleeps in, stack pointer and program counter. */
export function syscallText(process: Process, { kernel }: Reading): string {
  if (process.state === 'R') return 'running\n'
  const call = process.frames.at(-1)?.call
  const number = call && callNumber(kernel, call.name)
  const layout = layoutOf(process)
  const code = process.memory.dynamic ? layout.library + 0x9_0f2dn : layout.code + 0x4_0f2dn
  const places = `0x${(layout.stackPointer - 0x2a8n).toString(16)} 0x${code.toString(16)}`
  if (!call || number === undefined) return process.state === 'Z' ? '-1 0x0 0x0\n' : `-1 ${places}\n`
  const words = Array.from({ length: 6 }, (_, index) => argumentWord(call.args[index], layout.stackPointer))
  return `${[number, ...words, places].join(' ')}\n`
}

function callNumber(kernel: Kernel, name: Parameters<Kernel['describeCall']>[0]): number | undefined {
  return kernel.describeCall(name).number
}

/** A number is itself; what lies in memory is told by an address. */
function argumentWord(argument: unknown, stackPointer: bigint): string {
  if (argument === undefined) return '0x0'
  if (typeof argument === 'number') return `0x${BigInt.asUintN(64, BigInt(Math.trunc(argument))).toString(16)}`
  return `0x${(stackPointer + 0x40n).toString(16)}`
}

function ticks(microseconds: number): number {
  return Math.floor(microseconds / tick)
}
