// The files of /proc/PID that tell of time and of work done: sched, schedstat, autogroup, io, stack.
import type { Process } from './process.ts'
import { hasMemory } from './procfs-status.ts'
import { wchanText } from './procfs-stat.ts'
import type { Reading } from './procfs-tree.ts'

const milliseconds = (microseconds: number) => (microseconds / 1000).toFixed(6)

export function schedText(process: Process, { kernel, namespace }: Reading): string {
  const { comm, pid, cpu, voluntarySwitches: voluntary, involuntarySwitches: involuntary, nice } = process
  const ran = cpu.user + cpu.system
  const rows: readonly (readonly [string, string | number])[] = [
    ['se.exec_start', milliseconds(kernel.clock.now() - kernel.clock.bootTime)],
    ['se.vruntime', milliseconds(ran)],
    ['se.sum_exec_runtime', milliseconds(ran)],
    ['se.nr_migrations', 0],
    ['nr_switches', voluntary + involuntary],
    ['nr_voluntary_switches', voluntary],
    ['nr_involuntary_switches', involuntary],
    ['se.load.weight', 1_048_576],
    ['policy', 0],
    ['prio', 120 + nice],
    ['se.slice', 1_400_000],
    ['clock-delta', 26],
  ]
  const lines = rows.map(([name, value]) => `${name.padEnd(45)}:${String(value).padStart(21)}\n`)
  return `${comm} (${pid.numberIn(namespace)}, #threads: 1)\n${'-'.repeat(67)}\n${lines.join('')}`
}

/** Nanoseconds on the CPU, nanoseconds waiting for it, turns. */
export function schedstatText({ cpu, voluntarySwitches, involuntarySwitches }: Process): string {
  return `${(cpu.user + cpu.system) * 1000} 0 ${voluntarySwitches + involuntarySwitches}\n`
}

/** Sessions have a group of the scheduler each, sched(7). */
export function autogroupText({ session, nice }: Process): string {
  return `/autogroup-${session.global} nice ${nice}\n`
}

export function ioText({ io }: Process): string {
  const rows: readonly (readonly [string, number])[] = [
    ['rchar', io.readBytes],
    ['wchar', io.writtenBytes],
    ['syscr', io.reads],
    ['syscw', io.writes],
    ['read_bytes', 0],
    ['write_bytes', 0],
    ['cancelled_write_bytes', 0],
  ]
  return rows.map(([name, value]) => `${name}: ${value}\n`).join('')
}

/** Where in the kernel it sleeps, innermost first: the function that wchan names, below it the entry of the call. */
export function stackText(process: Process, reading: Reading): string {
  const channel = wchanText(process, reading)
  if (channel === '0' || !hasMemory(process)) return ''
  const frames = [`${channel}+0x4d/0x90`, 'do_syscall_64+0x71/0x280', 'entry_SYSCALL_64_after_hwframe+0x76/0x7e']
  return frames.map((frame) => `[<0>] ${frame}\n`).join('')
}
