// What the simulated machine poses as: one row a persona, so that it can be compared with the machine of that row.
import { allCapabilities } from './kernel/credentials.ts'
import type { KernelParameters } from './kernel/kernel.ts'
import type { WaitChannel } from './kernel/system.ts'
import type { EngineVersion } from './docker/versions.ts'

export interface Persona {
  readonly name: string
  /** Shown by `--persona help`. */
  readonly summary: string
  readonly kernel: Omit<KernelParameters, 'seed' | 'bootTime' | 'rootDirectory'>
  readonly docker: EngineVersion
  /** Layout of `ps` in containers: Alpine's busybox has the TIME column, Debian's static one has not. */
  readonly busybox: 'alpine' | 'debian'
  readonly hostTools: { readonly procps: string; readonly utilLinux: string; readonly iproute2: string }
  /** The cluster whose node this machine is. */
  readonly kubernetes?: { readonly version: string; readonly osImage: string; readonly containerRuntime: string }
  /** Whether the host has a network card of its own, with a default route. */
  readonly uplink: boolean
}

/** Kernel functions in which a sleeping process stands, on Linux 6.18, x86-64. */
const waitChannels618: Readonly<Record<WaitChannel, string>> = {
  pause: '__do_sys_pause',
  sigsuspend: 'sigsuspend.isra.0',
  nanosleep: 'hrtimer_nanosleep',
  wait: 'do_wait',
  poll: 'poll_schedule_timeout.constprop.0',
  select: 'poll_schedule_timeout.constprop.0',
  epoll: 'do_epoll_wait',
  pipe_read: 'anon_pipe_read',
  pipe_write: 'anon_pipe_write',
  unix_read: 'unix_stream_read_generic',
  tcp_read: 'wait_woken',
  accept: 'inet_csk_accept',
  connect: 'inet_stream_connect',
  udp_recv: '__skb_wait_for_more_packets',
  futex: 'futex_do_wait',
  stopped: 'do_signal_stop',
  tty_read: 'wait_woken',
  fifo_open: 'wait_for_partner',
  flock: 'locks_lock_inode_wait',
}

const kernel618: Persona['kernel'] = {
  hostname: 'lab',
  release: '6.18.0',
  version: '#1 SMP PREEMPT_DYNAMIC',
  machine: 'x86_64',
  pidMax: 4_194_304,
  waitChannels: waitChannels618,
  initialInodes: {
    cgroup: 4026531835,
    ipc: 4026531839,
    mnt: 4026531832,
    net: 4026531833,
    pid: 4026531836,
    time: 4026531834,
    user: 4026531837,
    uts: 4026531838,
  },
  firstFreeInode: 4026532550,
  totalMemory: 8_331_710_464,
  processors: 2,
  bounding: allCapabilities,
  cgroupVersion: 2,
  ipv6Loopback: true,
}

/** The machine that the recordings of docker engines were made on: cgroup v1, root without CAP_SYS_RESOURCE. */
const recordingMachine: Persona['kernel'] = {
  ...kernel618,
  cgroupVersion: 1,
  bounding: 0x1fffeffffffn,
  absentProcFiles: ['kcore', 'sysrq-trigger'],
  lastPidOfBoot: 245,
}

const bookworm = { procps: '4.0.2', utilLinux: '2.38.1', iproute2: '6.1.0' }
const trixie = { procps: '4.0.4', utilLinux: '2.41', iproute2: '6.15.0' }

/** The machine that the recordings of Kubernetes were made on, by its container runtime. */
function kubernetesNode(name: string, summary: string, containerRuntime: string): Persona {
  return {
    name,
    summary,
    kernel: recordingMachine,
    docker: '20.10',
    busybox: 'alpine',
    hostTools: bookworm,
    uplink: false,
    kubernetes: { version: 'v1.20.2', osImage: 'Debian GNU/Linux 12 (bookworm)', containerRuntime },
  }
}

const rows: readonly Persona[] = [
  {
    name: 'today',
    summary: 'what a learner has now: the newest docker engine, Alpine',
    kernel: kernel618,
    docker: 'today',
    busybox: 'alpine',
    hostTools: { ...trixie, procps: '4.0.5' },
    uplink: true,
  },
  {
    name: 'docker-28.5',
    summary: 'Docker 28.5 of Debian sid',
    kernel: recordingMachine,
    docker: '28.5',
    busybox: 'debian',
    hostTools: { procps: '4.0.5', utilLinux: '2.42', iproute2: '6.17.0' },
    uplink: false,
  },
  {
    name: 'docker-26.1',
    summary: 'Docker 26.1 of Debian 13',
    kernel: recordingMachine,
    docker: '26.1',
    busybox: 'debian',
    hostTools: trixie,
    uplink: false,
  },
  {
    name: 'docker-20.10',
    summary: 'Docker 20.10 of Debian 12',
    kernel: recordingMachine,
    docker: '20.10',
    busybox: 'debian',
    hostTools: bookworm,
    uplink: false,
  },
  kubernetesNode('kubernetes-1.20', 'a node of Kubernetes 1.20 with docker as its runtime', 'docker://20.10.24+dfsg1'),
  kubernetesNode('kubernetes-1.20-containerd', 'the same node with containerd as its runtime', 'containerd://1.6.20'),
  kubernetesNode(
    'kubernetes-1.20-cri-o',
    'the same node with CRI-O, which starts no pause for most pods',
    'cri-o://1.24.6',
  ),
]

export const personas: ReadonlyMap<string, Persona> = new Map(rows.map((row) => [row.name, row]))

export const defaultPersona = 'today'

/** What a lesson that names no persona runs on: a machine with a cluster, if it needs `kubectl`, with containerd for `crictl`. */
export function personaFor(needs: readonly string[]): string {
  if (needs.includes('crictl')) return 'kubernetes-1.20-containerd'
  return needs.includes('kubectl') ? 'kubernetes-1.20' : defaultPersona
}
