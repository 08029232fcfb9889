// The files of /proc that are about the machine, proc(5): a table of paths below /proc.
import { fileSystemNames, needsDevice } from './file-system-names.ts'
import type { Kernel } from './kernel.ts'
import { sysctlFiles } from './procfs-sysctl.ts'
import type { ProcFile, Reading } from './procfs-tree.ts'
import { SystemCallError } from './system.ts'
import { requireCapability } from './user-namespace.ts'

/** Rows as elsewhere, but with a path for a name; its directories are made of it. */
export const systemFiles: readonly ProcFile<Kernel>[] = [
  { name: 'cmdline', mode: 0o444, generate: () => 'root=/dev/vda1 ro\n' },
  { name: 'cpuinfo', mode: 0o444, generate: cpuinfoText },
  { name: 'filesystems', mode: 0o444, generate: filesystemsText },
  { name: 'cgroups', mode: 0o444, generate: cgroupsText },
  { name: 'consoles', mode: 0o444, generate: () => 'ttyS0                -W- (EC  p a)    4:64\n' },
  { name: 'devices', mode: 0o444, generate: () => devicesText },
  { name: 'diskstats', mode: 0o444, generate: () => ' 254       0 vda 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n' },
  { name: 'execdomains', mode: 0o444, generate: () => '0-0\tLinux           \t[kernel]\n' },
  { name: 'interrupts', mode: 0o444, generate: interruptsText },
  { name: 'kallsyms', mode: 0o444, generate: kallsymsText },
  { name: 'kcore', mode: 0o400, generate: refused },
  { name: 'keys', mode: 0o444, generate: () => '' },
  { name: 'loadavg', mode: 0o444, generate: loadavgText },
  { name: 'meminfo', mode: 0o444, generate: meminfoText },
  { name: 'locks', mode: 0o444, generate: () => '' },
  { name: 'misc', mode: 0o444, generate: () => '200 tun\n229 fuse\n183 hw_random\n' },
  { name: 'modules', mode: 0o444, generate: () => '' },
  { name: 'partitions', mode: 0o444, generate: () => partitionsText },
  { name: 'pressure/cpu', mode: 0o666, generate: () => pressureText },
  { name: 'pressure/io', mode: 0o666, generate: () => pressureText },
  { name: 'pressure/memory', mode: 0o666, generate: () => pressureText },
  { name: 'stat', mode: 0o444, generate: statText },
  { name: 'swaps', mode: 0o444, generate: () => 'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n' },
  { name: 'sysrq-trigger', mode: 0o200, accept: () => {} },
  { name: 'timer_list', mode: 0o400, generate: () => '' },
  { name: 'uptime', mode: 0o444, generate: uptimeText },
  { name: 'version', mode: 0o444, generate: versionText },
  { name: 'sys/kernel/domainname', mode: 0o644, generate: (_, { reader }) => `${reader.namespaces.uts.domainname}\n` },
  {
    name: 'sys/kernel/hostname',
    mode: 0o644,
    generate: (_, { reader }) => `${reader.namespaces.uts.hostname}\n`,
    accept: (_, text, { reader }) => {
      requireCapability(reader, 'SYS_ADMIN', reader.namespaces.uts.owner)
      reader.namespaces.uts.hostname = text.trim()
    },
  },
  { name: 'sys/kernel/ns_last_pid', mode: 0o666, generate: (_, { namespace }) => `${namespace.lastPid}\n` },
  { name: 'sys/kernel/osrelease', mode: 0o444, generate: ({ parameters }) => `${parameters.release}\n` },
  { name: 'sys/kernel/ostype', mode: 0o444, generate: () => 'Linux\n' },
  { name: 'sys/kernel/pid_max', mode: 0o644, generate: ({ parameters }) => `${parameters.pidMax}\n` },
  { name: 'sys/kernel/random/boot_id', mode: 0o444, generate: bootIdText },
  { name: 'sys/kernel/random/uuid', mode: 0o444, generate: uuidText },
  { name: 'sys/kernel/version', mode: 0o444, generate: ({ parameters }) => `${parameters.version}\n` },
  {
    name: 'sys/net/ipv4/ip_forward',
    mode: 0o644,
    generate: (_, { reader }) => `${reader.namespaces.net.forwarding ? 1 : 0}\n`,
    accept: (_, text, { reader }) => {
      requireCapability(reader, 'NET_ADMIN', reader.namespaces.net.owner)
      reader.namespaces.net.forwarding = Number(text.trim()) !== 0
    },
  },
  ...sysctlFiles,
]

/** Directories that others mount on, or that stand empty. */
export const systemDirectories = ['acpi', 'bus', 'driver', 'fs', 'irq', 'sysvipc', 'tty']

/** Links: name and target. */
export const systemLinks: readonly (readonly [name: string, target: string])[] = [
  ['mounts', 'self/mounts'],
  ['net', 'self/net'],
]

function refused(): never {
  throw new SystemCallError('EPERM')
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

/** In KiB; what the kernel itself takes at boot is as on a small machine, the rest is summed over the processes. */
function meminfoText(kernel: Kernel): string {
  const total = kernel.parameters.totalMemory / 1024
  let anonymous = 0
  let pageTables = 0
  let processes = 0
  for (const { memory } of kernel.processes()) {
    anonymous += memory.anonymous / 1024
    pageTables += memory.pageTables / 1024
    processes++
  }
  const [buffers, cached, reclaimable, slab] = [1484, 142_112, 28_524, 65_324]
  const stacks = 16 * processes + 512
  const free = total - anonymous - pageTables - buffers - cached - slab - stacks - 96_000
  const inactive = 74_476
  const rows: readonly (readonly [string, number])[] = [
    ['MemTotal', total],
    ['MemFree', free],
    ['MemAvailable', free + buffers + cached - 20_000],
    ['Buffers', buffers],
    ['Cached', cached],
    ['SwapCached', 0],
    ['Active', 71_984],
    ['Inactive', inactive + anonymous],
    ['Active(anon)', 1552],
    ['Inactive(anon)', anonymous],
    ['Active(file)', 70_432],
    ['Inactive(file)', inactive],
    ['Unevictable', 0],
    ['Mlocked', 0],
    ['SwapTotal', 0],
    ['SwapFree', 0],
    ['Zswap', 0],
    ['Zswapped', 0],
    ['Dirty', 0],
    ['Writeback', 0],
    ['AnonPages', anonymous],
    ['Mapped', 10_656],
    ['Shmem', 1552],
    ['KReclaimable', reclaimable],
    ['Slab', slab],
    ['SReclaimable', reclaimable],
    ['SUnreclaim', slab - reclaimable],
    ['KernelStack', stacks],
    ['PageTables', pageTables],
    ['SecPageTables', 0],
    ['NFS_Unstable', 0],
    ['Bounce', 0],
    ['WritebackTmp', 0],
    ['CommitLimit', total / 2],
    ['Committed_AS', anonymous * 3],
    ['VmallocTotal', 34_359_738_367],
    ['VmallocUsed', 14_412],
    ['VmallocChunk', 0],
    ['Percpu', 832],
    ['AnonHugePages', 0],
    ['ShmemHugePages', 0],
    ['ShmemPmdMapped', 0],
    ['FileHugePages', 0],
    ['FilePmdMapped', 0],
  ]
  const hugePages = ['Total', 'Free', 'Rsvd', 'Surp'].map(
    (name) => `${`HugePages_${name}:`.padEnd(16)}${'0'.padStart(8)}\n`,
  )
  return [
    ...rows.map(([name, size]) => memoryRow(name, size)),
    ...hugePages,
    memoryRow('Hugepagesize', 2048),
    memoryRow('Hugetlb', 0),
    memoryRow('DirectMap4k', 30_720),
    memoryRow('DirectMap2M', total - 30_720),
  ].join('')
}

function memoryRow(name: string, kibibytes: number): string {
  return `${`${name}:`.padEnd(16)}${String(Math.floor(kibibytes)).padStart(8)} kB\n`
}

/** An x86-64 processor of no name: what programs count and ask for is right. */
function cpuinfoText({ parameters: { processors } }: Kernel): string {
  const rowsOf = (index: number) => [
    `processor\t: ${index}`,
    'vendor_id\t: GenuineIntel',
    'cpu family\t: 6',
    'model\t\t: 106',
    'model name\t: Pause Lab Simulated Processor @ 2.80GHz',
    'stepping\t: 6',
    'cpu MHz\t\t: 2800.000',
    'cache size\t: 49152 KB',
    'physical id\t: 0',
    `siblings\t: ${processors}`,
    `core id\t\t: ${index}`,
    `cpu cores\t: ${processors}`,
    `apicid\t\t: ${index}`,
    `initial apicid\t: ${index}`,
    'fpu\t\t: yes',
    'fpu_exception\t: yes',
    'cpuid level\t: 27',
    'wp\t\t: yes',
    'flags\t\t: fpu vme de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 clflush mmx fxsr sse sse2 ht syscall nx lm constant_tsc nopl cpuid hypervisor lahf_lm',
    'bugs\t\t:',
    'bogomips\t: 5600.00',
    'clflush size\t: 64',
    'cache_alignment\t: 64',
    'address sizes\t: 46 bits physical, 48 bits virtual',
    'power management:',
    '',
    '',
  ]
  return Array.from({ length: processors }, (_, index) => rowsOf(index).join('\n')).join('')
}

function statText(kernel: Kernel): string {
  const { clock, parameters } = kernel
  const ticks = (microseconds: number) => Math.floor(microseconds / 10_000)
  let [user, system, switches, running] = [0, 0, 0, 0]
  for (const { cpu, state, voluntarySwitches, involuntarySwitches } of kernel.processes()) {
    user += cpu.user
    system += cpu.system
    switches += voluntarySwitches + involuntarySwitches
    if (state === 'R') running++
  }
  const idle = (clock.now() - clock.bootTime) * parameters.processors - user - system
  const times = (share: number) =>
    [user * share, 0, system * share, Math.max(0, idle) * share, 0, 0, 0, 0, 0, 0].map(ticks).join(' ')
  return [
    `cpu  ${times(1)}`,
    ...Array.from({ length: parameters.processors }, (_, index) => `cpu${index} ${times(1 / parameters.processors)}`),
    'intr 0',
    `ctxt ${switches}`,
    `btime ${Math.floor(clock.bootTime / 1_000_000)}`,
    `processes ${kernel.initialPidNamespace.lastPid}`,
    `procs_running ${Math.max(1, running)}`,
    'procs_blocked 0',
    'softirq 0 0 0 0 0 0 0 0 0 0 0',
    '',
  ].join('\n')
}

const devicesText = [
  'Character devices:\n  1 mem\n  4 tty\n  4 ttyS\n  5 /dev/tty\n  5 /dev/console\n  5 /dev/ptmx\n 10 misc\n136 pts\n',
  'Block devices:\n  7 loop\n254 virtblk\n259 blkext\n',
].join('\n')

const partitionsText = 'major minor  #blocks  name\n\n 254        0   33554432 vda\n 254        1   33552384 vda1\n'

const pressureText = 'some avg10=0.00 avg60=0.00 avg300=0.00 total=0\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n'

const controllers = ['cpuset', 'cpu', 'cpuacct', 'blkio', 'memory', 'devices', 'freezer', 'pids']

function cgroupsText(kernel: Kernel): string {
  const groups = new Set([...kernel.processes()].map(({ cgroup }) => cgroup)).size
  const unified = kernel.parameters.cgroupVersion === 2
  const lines = controllers.map((name, index) => `${name}\t${unified ? 0 : index + 1}\t${groups}\t1\n`)
  return `#subsys_name\thierarchy\tnum_cgroups\tenabled\n${lines.join('')}`
}

function interruptsText({ parameters: { processors } }: Kernel): string {
  const numbers = (count: number) => Array.from({ length: processors }, () => String(count).padStart(10)).join(' ')
  const titles = Array.from({ length: processors }, (_, index) => `CPU${index}`.padEnd(11)).join('')
  return `           ${titles}\nNMI: ${numbers(0)}   Non-maskable interrupts\nLOC: ${numbers(0)}   Local timer interrupts\n`
}

/** The functions that wchan can name; their addresses are hidden, as from all but root with kptr_restrict 0. */
function kallsymsText({ parameters: { waitChannels } }: Kernel): string {
  const aliases = ['__do_sys_pause', '__ia32_sys_pause', '__x64_sys_pause']
  const names = new Set([...aliases, ...Object.values(waitChannels)])
  return [...names]
    .toSorted()
    .map((name) => `0000000000000000 ${name.startsWith('__') ? 'T' : 't'} ${name}\n`)
    .join('')
}

const bootIds = new WeakMap<Kernel, string>()

/** The same until the machine is booted again. */
function bootIdText(kernel: Kernel): string {
  const known = bootIds.get(kernel) ?? uuidText(kernel)
  bootIds.set(kernel, known)
  return known
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
