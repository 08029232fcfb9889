// For whom an engine runs containers: dockerd for its own clients, or containerd's CRI plugin for a kubelet.
import type { NetworkCreateRequest } from './api-types.ts'
import type { Container } from './container.ts'
import type { Kernel } from '../kernel/kernel.ts'

/** The process that is the parent of a container's. */
export interface MonitorCommand {
  readonly comm: string
  /** The first is its path. */
  readonly argv: readonly [string, ...string[]]
}

export interface RuntimeProfile {
  readonly name: 'moby' | 'containerd' | 'cri-o'
  monitor(container: Container): MonitorCommand
  /** Whether it is a sandbox whose process would have nothing to do, and is left out. */
  dropsProcess(container: Container): boolean
  /** Of a container, on the host: what it is given in /etc is written there. */
  stateDirectory(id: string): string
  /** Where a container's init belongs among the control groups. */
  cgroupOf(kernel: Kernel, container: Container): string
  /** The id of the container whose shim runs this one too; undefined when it has a shim of its own. */
  shimOwner(container: Container): string | undefined
  /** Whether HOSTNAME is among its variables. */
  hasHostnameVariable(container: Container): boolean
  /** Whether a network namespace is pinned: its interfaces stay when its process dies, until the container is stopped. */
  readonly pinsNetwork: boolean
  /** Whether a program that exec cannot start is an error, or a line on its output. */
  readonly execFailsLoudly: boolean
  /** The network of containers for which no other is asked, and how its addresses are given out. */
  readonly bridge: NetworkCreateRequest
  readonly addresses: 'lowest' | 'upwards'
}

/** containerd's shim; `namespace` is containerd's, which keeps the containers of its clients apart. */
export function shimCommand(id: string, namespace: string): MonitorCommand {
  const flags = ['-namespace', namespace, '-id', id, '-address', '/run/containerd/containerd.sock']
  return { comm: 'containerd-shim', argv: ['/usr/bin/containerd-shim-runc-v2', ...flags] }
}

/** dockerd's containers. */
export const mobyProfile: RuntimeProfile = {
  name: 'moby',
  monitor: ({ id }) => shimCommand(id, 'moby'),
  dropsProcess: () => false,
  stateDirectory: (id) => `/var/lib/docker/containers/${id}`,
  cgroupOf: ({ parameters }, { id, hostConfig }) => {
    const { CgroupParent } = hostConfig
    if (parameters.cgroupVersion === 2) return `${CgroupParent || '/system.slice'}/docker-${id}.scope`
    return `${CgroupParent || '/docker'}/${id}`
  },
  shimOwner: () => undefined,
  hasHostnameVariable: () => true,
  pinsNetwork: false,
  execFailsLoudly: false,
  bridge: {
    Name: 'bridge',
    Options: {
      'com.docker.network.bridge.default_bridge': 'true',
      'com.docker.network.bridge.enable_icc': 'true',
      'com.docker.network.bridge.enable_ip_masquerade': 'true',
      'com.docker.network.bridge.host_binding_ipv4': '0.0.0.0',
      'com.docker.network.bridge.name': 'docker0',
      'com.docker.network.driver.mtu': '1500',
    },
  },
  addresses: 'lowest',
}
