// /proc/PID: one table of files, one of links, and the directories fd, ns, net and task.
import { mayTrace } from './permissions.ts'
import type { Process } from './process.ts'
import { cgroupText } from './procfs-cgroup.ts'
import { fdinfoView, fdView } from './procfs-fd.ts'
import { limitsText } from './procfs-limits.ts'
import { guarded, namespaceLinks, pidLinks } from './procfs-links.ts'
import { mapsText, numaMapsText, smapsRollupText, smapsText } from './procfs-maps.ts'
import { mountinfoText, mountstatsText, mountsText } from './procfs-mounts.ts'
import { netFiles } from './procfs-net.ts'
import { autogroupText, ioText, schedstatText, schedText, stackText } from './procfs-scheduling.ts'
import { statmText, statText, syscallText, wchanText } from './procfs-stat.ts'
import { hasMemory, isKernelThread, mayLower, statusText } from './procfs-status.ts'
import {
  type DirectoryView,
  type Owner,
  type ProcFile,
  type ProcInstance,
  procDirectory,
  procFile,
  procLink,
  type Reading,
  tableDirectory,
} from './procfs-tree.ts'
import { mapText, setMap } from './procfs-user-map.ts'
import { type DirectoryEntry, SystemCallError } from './system.ts'
import type { DirectoryInode, Inode } from './vfs.ts'

export const pidFiles: readonly ProcFile<Process>[] = [
  { name: 'arch_status', mode: 0o444, generate: () => 'AVX512_elapsed_ms:\t-1\n' },
  { name: 'autogroup', mode: 0o644, generate: autogroupText, accept: () => {} },
  { name: 'auxv', mode: 0o400, generate: guarded(() => '', 'EACCES') },
  { name: 'cgroup', mode: 0o444, generate: cgroupText },
  { name: 'clear_refs', mode: 0o200, accept: () => {} },
  { name: 'cmdline', mode: 0o444, generate: (process) => (hasMemory(process) ? joined(process.executing.argv) : '') },
  { name: 'comm', mode: 0o644, generate: ({ comm }) => `${comm}\n`, accept: setComm },
  { name: 'coredump_filter', mode: 0o644, generate: () => '00000033\n', accept: () => {} },
  { name: 'cpuset', mode: 0o444, generate: () => '/\n' },
  { name: 'environ', mode: 0o400, generate: environText },
  {
    name: 'gid_map',
    mode: 0o644,
    generate: ({ namespaces }) => mapText(namespaces.user, 'gid'),
    accept: setMap('gid'),
  },
  { name: 'io', mode: 0o400, generate: guarded(ioText, 'EACCES') },
  { name: 'ksm_merging_pages', mode: 0o400, generate: () => '0\n' },
  {
    name: 'ksm_stat',
    mode: 0o400,
    generate: () =>
      `${['rmap_items', 'zero_pages', 'merging_pages', 'process_profit'].map((name) => `ksm_${name} 0\n`).join('')}ksm_merge_any: no\nksm_mergeable: no\n`,
  },
  { name: 'limits', mode: 0o444, generate: limitsText },
  { name: 'loginuid', mode: 0o644, generate: () => '4294967295' },
  { name: 'maps', mode: 0o444, generate: guarded(mapsText, 'EACCES') },
  { name: 'mem', mode: 0o600, generate: guarded(noText('EIO'), 'EACCES') },
  { name: 'mountinfo', mode: 0o444, generate: mountinfoText },
  { name: 'mounts', mode: 0o444, generate: mountsText },
  { name: 'mountstats', mode: 0o400, generate: mountstatsText },
  { name: 'numa_maps', mode: 0o444, generate: guarded(numaMapsText, 'EACCES') },
  {
    name: 'oom_adj',
    mode: 0o644,
    generate: ({ oomScoreAdjustment }) => `${Math.trunc((oomScoreAdjustment * 17) / 1000)}\n`,
    accept: (process, text, reading) =>
      setOomScoreAdj(process, String(Math.trunc((Number(text) * 1000) / 17)), reading),
  },
  { name: 'oom_score', mode: 0o444, generate: oomScoreText },
  {
    name: 'oom_score_adj',
    mode: 0o644,
    generate: (process) => `${process.oomScoreAdjustment}\n`,
    accept: setOomScoreAdj,
  },
  { name: 'pagemap', mode: 0o400, generate: guarded(noText('EINVAL'), 'EACCES') },
  { name: 'personality', mode: 0o400, generate: () => '00000000\n' },
  { name: 'projid_map', mode: 0o644, generate: () => '         0          0 4294967295\n', accept: () => {} },
  { name: 'sched', mode: 0o644, generate: schedText, accept: () => {} },
  { name: 'schedstat', mode: 0o444, generate: schedstatText },
  { name: 'sessionid', mode: 0o444, generate: () => '4294967295' },
  { name: 'setgroups', mode: 0o644, generate: () => 'allow\n', accept: () => {} },
  { name: 'smaps', mode: 0o444, generate: guarded(smapsText, 'EACCES') },
  { name: 'smaps_rollup', mode: 0o444, generate: guarded(smapsRollupText, 'EACCES') },
  { name: 'stack', mode: 0o400, generate: stackText },
  { name: 'stat', mode: 0o444, generate: statText },
  { name: 'statm', mode: 0o444, generate: statmText },
  { name: 'status', mode: 0o444, generate: statusText },
  { name: 'syscall', mode: 0o400, generate: guarded(syscallText, 'EPERM') },
  { name: 'timens_offsets', mode: 0o644, generate: () => timeOffsets, accept: () => {} },
  { name: 'timers', mode: 0o444, generate: () => '' },
  { name: 'timerslack_ns', mode: 0o666, generate: () => '50000\n' },
  {
    name: 'uid_map',
    mode: 0o644,
    generate: ({ namespaces }) => mapText(namespaces.user, 'uid'),
    accept: setMap('uid'),
  },
  { name: 'wchan', mode: 0o444, generate: wchanText },
]

interface PidRow {
  readonly type: DirectoryEntry['type']
  readonly make: (instance: ProcInstance, process: Process, owner: () => Owner) => Inode
}

/** What stands in the directory of a process; or of its only thread, in task/TID, which has no `task` but `children`. */
function pidRows(thread: boolean): ReadonlyMap<string, PidRow> {
  const file = (row: ProcFile<Process>): [string, PidRow] => {
    const shown = alive(row)
    return [row.name, { type: 'regular', make: (...of) => procFile(of[0], of[1], shown, of[2]) }]
  }
  const directory = (name: string, make: PidRow['make']): [string, PidRow] => [name, { type: 'directory', make }]
  const rows: [string, PidRow][] = [
    ...pidFiles.map(file),
    ...pidLinks.map((row): [string, PidRow] => [
      row.name,
      { type: 'symlink', make: (instance, process, owner) => procLink(instance, process, row, owner) },
    ]),
    directory('attr', attributeDirectory),
    directory('fd', (instance, process, owner) =>
      procDirectory(instance, fdView(instance, process, owner), 0o500, owner),
    ),
    directory('fdinfo', (instance, process, owner) =>
      procDirectory(instance, fdinfoView(instance, process, owner), 0o555, owner),
    ),
    directory('ns', (instance, process, owner) => {
      const links = namespaceLinks.map((row) => ({
        name: row.name,
        type: 'symlink' as const,
        make: () => procLink(instance, process, row, owner),
      }))
      return tableDirectory(instance, links, 0o511, owner)
    }),
    directory('net', netDirectory),
    ...(thread
      ? [file({ name: 'children', mode: 0o444, generate: childrenText })]
      : [
          directory('map_files', (instance, _process, owner) => tableDirectory(instance, [], 0o500, owner)),
          directory('task', taskDirectory),
        ]),
  ]
  return new Map(rows.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

const rowsOf = { process: pidRows(false), thread: pidRows(true) }
const listOf = {
  process: [...rowsOf.process].map(([name, { type }]) => ({ name, type })),
  thread: [...rowsOf.thread].map(([name, { type }]) => ({ name, type })),
}

export function pidDirectory(
  instance: ProcInstance,
  process: Process,
  kind: 'process' | 'thread' = 'process',
): DirectoryInode {
  const owner = () => ({ uid: process.credentials.uid.effective, gid: process.credentials.gid.effective })
  const view: DirectoryView = {
    list: () => listOf[kind],
    make: (name) => rowsOf[kind].get(name)?.make(instance, process, owner),
  }
  return procDirectory(instance, view, 0o555, owner)
}

const timeOffsets = 'monotonic           0         0\nboottime            0         0\n'

/** A file that is there and cannot be read as text. */
function noText(errno: 'EIO' | 'EINVAL'): () => string {
  return () => {
    throw new SystemCallError(errno)
  }
}

/** /proc/PID/attr: no security module answers there. */
function attributeDirectory(instance: ProcInstance, process: Process, owner: () => Owner): DirectoryInode {
  const names = ['current', 'exec', 'fscreate', 'keycreate', 'prev', 'sockcreate']
  const rows = names.map((name) => ({
    name,
    type: 'regular' as const,
    make: () =>
      procFile(instance, process, { name, mode: name === 'prev' ? 0o444 : 0o666, generate: noText('EINVAL') }, owner),
  }))
  return tableDirectory(instance, rows, 0o555, owner)
}

/** A file of a process that was reaped in the meantime cannot be read: ESRCH. */
function alive(row: ProcFile<Process>): ProcFile<Process> {
  const { generate } = row
  if (!generate) return row
  return {
    ...row,
    generate: (process, reading) => {
      if (process.state === 'X') throw new SystemCallError('ESRCH')
      return generate(process, reading)
    },
  }
}

function taskDirectory(instance: ProcInstance, process: Process): DirectoryInode {
  const name = String(process.pid.numberIn(instance.namespace))
  return tableDirectory(instance, [{ name, type: 'directory', make: () => pidDirectory(instance, process, 'thread') }])
}

function netDirectory(instance: ProcInstance, process: Process): DirectoryInode {
  const owner = () => ({ uid: 0, gid: 0 })
  const rows = netFiles.map((row) => ({
    name: row.name,
    type: 'regular' as const,
    // The namespace of the moment: it changes by setns(2).
    make: () => {
      const generate = (_: Process, reading: Reading) => row.generate?.(process.namespaces.net, reading) ?? ''
      return procFile(instance, process, { name: row.name, mode: row.mode, generate }, owner)
    },
  }))
  return tableDirectory(instance, rows)
}

function joined(words: readonly string[]): string {
  return words.map((word) => `${word}\0`).join('')
}

function environText(process: Process, { reader }: Reading): string {
  if (!mayTrace(reader, process)) throw new SystemCallError('EACCES')
  if (!hasMemory(process)) return ''
  return joined([...process.executing.environment].map(([name, value]) => `${name}=${value}`))
}

function childrenText(process: Process, { namespace }: Reading): string {
  return [...process.children].map((child) => `${child.pid.numberIn(namespace)} `).join('')
}

/** Only the process itself may change its name. */
function setComm(process: Process, text: string, { reader }: Reading): void {
  if (reader !== process) throw new SystemCallError('EINVAL')
  process.comm = text.replace(/\n$/, '').slice(0, 15)
}

/** Two thirds of memory use in thousandths, plus the adjustment; what runs here uses next to nothing. */
function oomScoreText(process: Process): string {
  if (isKernelThread(process) || process.state === 'Z') return '0\n'
  return `${Math.max(0, Math.floor(((1000 + process.oomScoreAdjustment) * 2) / 3))}\n`
}

function setOomScoreAdj(process: Process, text: string, { reader }: Reading): void {
  const value = Number(text.trim())
  if (!Number.isInteger(value) || value < -1000 || value > 1000) throw new SystemCallError('EINVAL')
  if (value < process.oomScoreAdjustment && !mayLower(reader.credentials)) throw new SystemCallError('EACCES')
  process.oomScoreAdjustment = value
}
