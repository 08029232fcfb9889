// /proc/PID/status, proc_pid_status(5): rows of label and value in the kernel's order.
import { type Credentials, hasCapability, type Ids } from './credentials.ts'
import type { PidNamespace } from './namespaces.ts'
import type { Pid } from './pid.ts'
import type { Process } from './process.ts'
import { stackSize } from './program-memory.ts'
import type { Reading } from './procfs-tree.ts'
import { type IdKind, seenId } from './user-namespace.ts'

type Row = readonly [label: string, value: (process: Process, reading: Reading) => string]

const identity: readonly Row[] = [
  ['Name', ({ comm }) => comm.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')],
  ['Umask', ({ umask }) => umask.toString(8).padStart(4, '0')],
  ['State', stateText],
  ['Tgid', ({ pid }, { namespace }) => `${pid.numberIn(namespace)}`],
  ['Ngid', () => '0'],
  ['Pid', ({ pid }, { namespace }) => `${pid.numberIn(namespace)}`],
  ['PPid', ({ parent }, { namespace }) => `${parent?.pid.numberIn(namespace) ?? 0}`],
  ['TracerPid', ({ tracer }, { namespace }) => `${tracer?.process.pid.numberIn(namespace) ?? 0}`],
  ['Uid', ({ credentials }, reading) => idText(credentials.uid, 'uid', reading)],
  ['Gid', ({ credentials }, reading) => idText(credentials.gid, 'gid', reading)],
  ['FDSize', ({ state, files }) => (state === 'Z' ? '0' : `${files.slots}`)],
  ['Groups', ({ credentials }) => `${credentials.groups.join(' ')} `],
  ['NStgid', ({ pid }, { namespace }) => numbersFrom(namespace, pid, pid)],
  ['NSpid', ({ pid }, { namespace }) => numbersFrom(namespace, pid, pid)],
  ['NSpgid', ({ pid, group }, { namespace }) => numbersFrom(namespace, pid, group)],
  ['NSsid', ({ pid, session }, { namespace }) => numbersFrom(namespace, pid, session)],
  ['Kthread', (process) => (isKernelThread(process) ? '1' : '0')],
]

/** Present while the process has memory: neither a zombie nor a kernel thread. */
const memory: readonly Row[] = [
  ['VmPeak', (process) => kilobytes(process.memory.virtual)],
  ['VmSize', (process) => kilobytes(process.memory.virtual)],
  ['VmLck', () => kilobytes(0)],
  ['VmPin', () => kilobytes(0)],
  ['VmHWM', (process) => kilobytes(process.memory.resident)],
  ['VmRSS', (process) => kilobytes(process.memory.resident)],
  ['RssAnon', (process) => kilobytes(process.memory.anonymous)],
  ['RssFile', (process) => kilobytes(process.memory.resident - process.memory.anonymous)],
  ['RssShmem', () => kilobytes(0)],
  ['VmData', (process) => kilobytes(process.memory.data)],
  ['VmStk', () => kilobytes(stackSize)],
  ['VmExe', (process) => kilobytes(process.memory.text)],
  ['VmLib', (process) => kilobytes(process.memory.library)],
  ['VmPTE', (process) => kilobytes(process.memory.pageTables)],
  ['VmSwap', () => kilobytes(0)],
  ['HugetlbPages', () => kilobytes(0)],
  ['CoreDumping', () => '0'],
  ['THP_enabled', () => '1'],
  ['untag_mask', () => '0xffffffffffffffff'],
]

const signals: readonly Row[] = [
  ['Threads', () => '1'],
  ['SigQ', (process) => `${process.pending.size}/${process.limits.get('SIGPENDING')?.soft ?? 0}`],
  ['SigPnd', () => mask([])],
  ['ShdPnd', ({ pending }) => mask(pending.keys())],
  ['SigBlk', ({ blocked }) => mask(blocked)],
  ['SigIgn', (process) => mask(ignoredSignals(process))],
  ['SigCgt', (process) => mask(caughtSignals(process))],
]

const rights: readonly Row[] = [
  ['CapInh', () => hexadecimal(0n)],
  ['CapPrm', ({ credentials }) => hexadecimal(credentials.capabilities.permitted)],
  ['CapEff', ({ credentials }) => hexadecimal(credentials.capabilities.effective)],
  ['CapBnd', ({ credentials }) => hexadecimal(credentials.capabilities.bounding)],
  ['CapAmb', () => hexadecimal(0n)],
  ['NoNewPrivs', ({ credentials }) => (credentials.noNewPrivileges ? '1' : '0')],
  ['Seccomp', ({ credentials }) => `${credentials.seccomp}`],
  ['Seccomp_filters', ({ credentials }) => (credentials.seccomp === 2 ? '1' : '0')],
  ['Speculation_Store_Bypass', () => 'vulnerable'],
  ['SpeculationIndirectBranch', () => 'always enabled'],
]

const scheduling: readonly Row[] = [
  ['Cpus_allowed', (_process, { kernel }) => (2 ** kernel.parameters.processors - 1).toString(16)],
  ['Cpus_allowed_list', (_process, { kernel }) => processorList(kernel.parameters.processors)],
  ['Mems_allowed', () => [...Array.from({ length: 31 }, () => '00000000'), '00000001'].join(',')],
  ['Mems_allowed_list', () => '0'],
  ['voluntary_ctxt_switches', ({ voluntarySwitches }) => `${voluntarySwitches}`],
  ['nonvoluntary_ctxt_switches', ({ involuntarySwitches }) => `${involuntarySwitches}`],
]

export function statusText(process: Process, reading: Reading): string {
  const zombie = process.state === 'Z'
  const head = zombie ? identity.filter(([label]) => label !== 'Umask') : identity
  const rows = [...head, ...(hasMemory(process) ? memory : []), ...signals, ...rights, ...scheduling]
  return rows.map(([label, value]) => `${label}:\t${value(process, reading)}\n`).join('')
}

export function hasMemory(process: Process): boolean {
  return process.state !== 'Z' && !isKernelThread(process)
}

/** It executes nothing of user space, and so has no memory of its own. */
export function isKernelThread(process: Process): boolean {
  return process.executing.path === undefined && process.memory.virtual === 0
}

export function ignoredSignals(process: Process): number[] {
  return [...process.actions].flatMap(([signal, { handler }]) => (handler === 'SIG_IGN' ? [signal] : []))
}

export function caughtSignals(process: Process): number[] {
  return [...process.actions].flatMap(([signal, { handler }]) => (typeof handler === 'function' ? [signal] : []))
}

/** A set of signals as a number: bit N - 1 stands for signal N. */
export function signalBits(signalNumbers: Iterable<number>): bigint {
  let bits = 0n
  for (const signal of signalNumbers) bits |= 1n << BigInt(signal - 1)
  return bits
}

const stateNames = { R: 'running', S: 'sleeping', D: 'disk sleep', T: 'stopped', Z: 'zombie', X: 'dead' } as const

function stateText({ state }: Process): string {
  return `${state} (${stateNames[state]})`
}

function idText({ real, effective, saved }: Ids, kind: IdKind, { reader }: Reading): string {
  // The fourth is the file system id, which follows the effective one.
  return [real, effective, saved, effective].map((id) => seenId(reader.namespaces.user, kind, id)).join('\t')
}

/** The numbers of `shown` in each PID namespace of `pid`, from the reading one inwards. */
function numbersFrom(namespace: PidNamespace, pid: Pid, shown: Pid): string {
  const levels = pid.numbers.filter((entry) => entry.namespace.level >= namespace.level)
  return levels.map((entry) => shown.numberIn(entry.namespace)).join('\t')
}

function mask(signalNumbers: Iterable<number>): string {
  return hexadecimal(signalBits(signalNumbers))
}

function hexadecimal(bits: bigint): string {
  return bits.toString(16).padStart(16, '0')
}

function kilobytes(bytes: number): string {
  return `${String(Math.floor(bytes / 1024)).padStart(8)} kB`
}

export function processorList(processors: number): string {
  return processors === 1 ? '0' : `0-${processors - 1}`
}

/** Whether credentials may lower an OOM score or raise a limit. */
export function mayLower(credentials: Credentials): boolean {
  return hasCapability(credentials, 'SYS_RESOURCE')
}
