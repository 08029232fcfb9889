// The files of /proc that are about the machine, proc(5): a table of paths below /proc.
import { hasCapability } from './credentials.ts'
import { fileSystemNames, needsDevice } from './file-system-names.ts'
import type { Kernel } from './kernel.ts'
import type { Process } from './process.ts'
import type { ProcFile, Reading } from './procfs-tree.ts'
import { SystemCallError } from './system.ts'

/** Rows as elsewhere, but with a path for a name; its directories are made of it. */
export const systemFiles: readonly ProcFile<Kernel>[] = [
  { name: 'cmdline', mode: 0o444, generate: () => 'root=/dev/vda1 ro\n' },
  { name: 'cpuinfo', mode: 0o444, generate: cpuinfoText },
  { name: 'filesystems', mode: 0o444, generate: filesystemsText },
  { name: 'interrupts', mode: 0o444, generate: () => '' },
  { name: 'kcore', mode: 0o400, generate: refused },
  { name: 'keys', mode: 0o444, generate: () => '' },
  { name: 'loadavg', mode: 0o444, generate: loadavgText },
  { name: 'meminfo', mode: 0o444, generate: meminfoText },
  { name: 'stat', mode: 0o444, generate: statText },
  { name: 'swaps', mode: 0o444, generate: () => 'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n' },
  { name: 'sysrq-trigger', mode: 0o200, accept: () => {} },
  { name: 'timer_list', mode: 0o400, generate: () => '' },
  { name: 'uptime', mode: 0o444, generate: uptimeText },
  { name: 'version', mode: 0o444, generate: versionText },
  { name: 'sys/fs/file-max', mode: 0o644, generate: () => '9223372036854775807\n' },
  { name: 'sys/kernel/domainname', mode: 0o644, generate: (_, { reader }) => `${reader.namespaces.uts.domainname}\n` },
  {
    name: 'sys/kernel/hostname',
    mode: 0o644,
    generate: (_, { reader }) => `${reader.namespaces.uts.hostname}\n`,
    accept: (_, text, { reader }) => {
      requireAdmin(reader)
      reader.namespaces.uts.hostname = text.trim()
    },
  },
  { name: 'sys/kernel/ngroups_max', mode: 0o444, generate: () => '65536\n' },
  { name: 'sys/kernel/ns_last_pid', mode: 0o666, generate: (_, { namespace }) => `${namespace.lastPid}\n` },
  { name: 'sys/kernel/osrelease', mode: 0o444, generate: ({ parameters }) => `${parameters.release}\n` },
  { name: 'sys/kernel/ostype', mode: 0o444, generate: () => 'Linux\n' },
  { name: 'sys/kernel/pid_max', mode: 0o644, generate: ({ parameters }) => `${parameters.pidMax}\n` },
  { name: 'sys/kernel/random/uuid', mode: 0o444, generate: uuidText },
  { name: 'sys/kernel/version', mode: 0o444, generate: ({ parameters }) => `${parameters.version}\n` },
  {
    name: 'sys/net/ipv4/ip_forward',
    mode: 0o644,
    generate: (_, { reader }) => `${reader.namespaces.net.forwarding ? 1 : 0}\n`,
    accept: (_, text, { reader }) => {
      requireAdmin(reader)
      reader.namespaces.net.forwarding = Number(text.trim()) !== 0
    },
  },
  { name: 'sys/net/ipv4/ip_local_port_range', mode: 0o644, generate: () => '32768\t60999\n' },
  { name: 'sys/net/ipv4/ip_unprivileged_port_start', mode: 0o644, generate: () => '1024\n' },
  { name: 'sys/vm/overcommit_memory', mode: 0o644, generate: () => '0\n' },
]

/** Directories that others mount on, or that stand empty. */
export const systemDirectories = ['acpi', 'bus', 'driver', 'fs', 'irq', 'scsi', 'tty']

/** Links: name and target. */
export const systemLinks: readonly (readonly [name: string, target: string])[] = [
  ['mounts', 'self/mounts'],
  ['net', 'self/net'],
]

function refused(): never {
  throw new SystemCallError('EPERM')
}

function requireAdmin({ credentials }: Process): void {
  if (!hasCapability(credentials, 'SYS_ADMIN')) throw new SystemCallError('EPERM')
}

function versionText({ parameters: { release, version } }: Kernel): string {
  return `Linux version ${release} (builder@kernel) (gcc (GCC) 14.2.0, GNU ld (GNU Binutils) 2.43) ${version}\n`
}

function filesystemsText(): string {
  return fileSystemNames.map((name) => `${needsDevice(name) ? '' : 'nodev'}\t${name}\n`).join('')
}

/** Seconds since boot, and idle seconds summed over the processors. */
function uptimeText(kernel: Kernel): string {
  const up = kernel.clock.now() - kernel.clock.bootTime
  const idle = up * kernel.parameters.processors - busyTime(kernel)
  return `${seconds(up)} ${seconds(Math.max(0, idle))}\n`
}

function loadavgText(kernel: Kernel, { namespace }: Reading): string {
  const states = [...kernel.processes()].map(({ state }) => state)
  const running = Math.max(1, states.filter((state) => state === 'R').length)
  return `0.00 0.00 0.00 ${running}/${states.length} ${namespace.lastPid}\n`
}

function meminfoText(kernel: Kernel): string {
  const total = kernel.parameters.totalMemory
  let used = 0
  for (const process of kernel.processes()) used += process.memory.resident
  const rows: readonly (readonly [string, number])[] = [
    ['MemTotal', total],
    ['MemFree', total - used],
    ['MemAvailable', total - used],
    ['Buffers', 0],
    ['Cached', 0],
    ['SwapCached', 0],
    ['SwapTotal', 0],
    ['SwapFree', 0],
  ]
  return rows
    .map(([name, bytes]) => `${`${name}:`.padEnd(16)}${String(Math.floor(bytes / 1024)).padStart(8)} kB\n`)
    .join('')
}

function cpuinfoText({ parameters: { processors } }: Kernel): string {
  return Array.from({ length: processors }, (_, index) => `processor\t: ${index}\n\n`).join('')
}

function statText(kernel: Kernel): string {
  const { clock, parameters } = kernel
  const ticks = (microseconds: number) => Math.floor(microseconds / 10_000)
  const processes = [...kernel.processes()]
  const user = processes.reduce((sum, { cpu }) => sum + cpu.user, 0)
  const system = processes.reduce((sum, { cpu }) => sum + cpu.system, 0)
  const idle = (clock.now() - clock.bootTime) * parameters.processors - user - system
  const times = [user, 0, system, Math.max(0, idle), 0, 0, 0, 0, 0, 0].map(ticks).join(' ')
  const running = processes.filter(({ state }) => state === 'R').length
  return [
    `cpu  ${times}`,
    `ctxt ${processes.reduce((sum, each) => sum + each.voluntarySwitches + each.involuntarySwitches, 0)}`,
    `btime ${Math.floor(clock.bootTime / 1_000_000)}`,
    `processes ${kernel.initialPidNamespace.lastPid}`,
    `procs_running ${running}`,
    'procs_blocked 0',
    '',
  ].join('\n')
}

function uuidText({ random }: Kernel): string {
  const digits = random.hex(32)
  const variant = '89ab'[random.integer(4)] ?? '8'
  const parts = [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
  ]
  return `${[...parts, digits.slice(20)].join('-')}\n`
}

function busyTime(kernel: Kernel): number {
  let sum = 0
  for (const { cpu } of kernel.processes()) sum += cpu.user + cpu.system
  return sum
}

function seconds(microseconds: number): string {
  return (Math.floor(microseconds / 10_000) / 100).toFixed(2)
}
