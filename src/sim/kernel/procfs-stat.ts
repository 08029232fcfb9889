// /proc/PID/stat and statm, proc_pid_stat(5): one line of numbers, and where the process sleeps.
import type { Kernel } from './kernel.ts'
import { mayTrace } from './permissions.ts'
import type { Process } from './process.ts'
import { stackSize } from './program-memory.ts'
import { layoutOf } from './procfs-maps.ts'
import { caughtSignals, hasMemory, ignoredSignals, signalBits } from './procfs-status.ts'
import type { Reading } from './procfs-tree.ts'

/** Microseconds of a clock tick, USER_HZ 100. */
const tick = 10_000
const pageSize = 4096

/** PF_RANDOMIZE; and what an exiting process has besides, PF_EXITING and PF_POSTCOREDUMP. */
const flags = { living: 0x40_00_00, zombie: 0x40_00_0c }

/** The 52 fields of /proc/PID/stat. */
export function statText(process: Process, { kernel, namespace, reader }: Reading): string {
  const { pid, parent, group, session, cpu, memory, nice, state } = process
  const lives = hasMemory(process)
  const shown = lives && mayTrace(reader, process)
  const address = (value: bigint) => (shown ? value : 0n)
  const layout = layoutOf(process)
  const argumentBytes = BigInt(process.executing.argv.join(' ').length + 1)
  const status = process.exitStatus
  const exitCode = status ? (status.how === 'exited' ? status.status << 8 : status.status) : 0
  const fields = [
    pid.numberIn(namespace),
    `(${process.comm})`,
    state,
    parent?.pid.numberIn(namespace) ?? 0,
    group.numberIn(namespace),
    session.numberIn(namespace),
    0, // tty_nr: no terminal
    -1, // tpgid
    state === 'Z' ? flags.zombie : flags.living,
    lives ? 121 : 0,
    0,
    0,
    0, // minor and major faults, own and of children
    ticks(cpu.user),
    ticks(cpu.system),
    ticks(cpu.childrenUser),
    ticks(cpu.childrenSystem),
    20 + nice,
    nice,
    1, // threads
    0, // itrealvalue
    ticks(process.startTime - kernel.clock.bootTime),
    lives ? memory.virtual : 0,
    lives ? Math.floor(memory.resident / pageSize) : 0,
    lives ? '18446744073709551615' : 0, // rsslim
    address(layout.code),
    address(layout.code + BigInt(Math.max(0, memory.text - 3615))),
    address(layout.stackPointer),
    0,
    0, // kstkesp, kstkeip
    signalBits(process.pending.keys()) & 0x7f_ff_ff_ffn,
    signalBits(process.blocked) & 0x7f_ff_ff_ffn,
    signalBits(ignoredSignals(process)) & 0x7f_ff_ff_ffn,
    signalBits(caughtSignals(process)) & 0x7f_ff_ff_ffn,
    shown && state !== 'R' ? 1 : 0, // wchan: whether it sleeps
    0,
    0, // nswap, cnswap
    17, // exit_signal: SIGCHLD
    0,
    0,
    0, // processor, rt_priority, policy
    0,
    0,
    0, // delayacct_blkio_ticks, guest_time, cguest_time
    address(layout.data),
    address(layout.data + 0x570n),
    address(layout.heap),
    address(layout.arguments),
    address(layout.arguments + argumentBytes),
    address(layout.arguments + argumentBytes),
    address(layout.arguments + argumentBytes + 148n),
    mayTrace(reader, process) ? exitCode : 0,
  ]
  return `${fields.join(' ')}\n`
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
