// How containerd's CRI plugin runs the containers of pods: one shim a pod, the kubelet's control groups, pinned networks.
// internal/cri/server/{sandbox_run,container_create}.go of containerd
import type { Container } from '../docker/container.ts'
import { type RuntimeProfile, shimCommand } from '../docker/runtime-profile.ts'
import { labels } from '../kubernetes/runtime-state.ts'

export function isSandbox(container: Container): boolean {
  return container.config.Labels[labels.kind] === 'podsandbox'
}

/** The id of the sandbox that a container belongs to; its own for a sandbox. */
export function sandboxIdOf(container: Container): string {
  return isSandbox(container) ? container.id : (container.config.Labels[labels.sandbox] ?? '')
}

/** Where containerd keeps what it writes for sandboxes. */
const stateRoot = '/var/lib/containerd/io.containerd.grpc.v1.cri/sandboxes'

export const containerdProfile: RuntimeProfile = {
  name: 'containerd',
  monitor: ({ id }) => shimCommand(id, 'k8s.io'),
  dropsProcess: () => false,
  stateDirectory: (id) => `${stateRoot}/${id}`,
  cgroupOf: ({ parameters }, { id, hostConfig }) =>
    parameters.cgroupVersion === 2
      ? `${systemdSlice(hostConfig.CgroupParent)}/cri-containerd-${id}.scope`
      : `${hostConfig.CgroupParent}/${id}`,
  shimOwner: (container) => (isSandbox(container) ? undefined : sandboxIdOf(container)),
  hasHostnameVariable: (container) => !isSandbox(container),
  pinsNetwork: true,
  execFailsLoudly: true,
  bridge: {
    Name: 'bridge',
    Options: { 'com.docker.network.bridge.name': 'cni0' },
    IPAM: { Config: [{ Subnet: '10.244.0.0/24' }] },
  },
  addresses: 'upwards',
}

/** CRI-O: a conmon for each container, and no pause unless somebody must be PID 1. `NeedsInfra` of its internal/lib/sandbox */
export const crioProfile: RuntimeProfile = {
  ...containerdProfile,
  name: 'cri-o',
  stateDirectory: (id) => `/var/lib/containers/storage/overlay-containers/${id}/userdata`,
  cgroupOf: ({ parameters }, { id, hostConfig }) =>
    parameters.cgroupVersion === 2
      ? `${systemdSlice(hostConfig.CgroupParent)}/crio-${id}.scope`
      : `${hostConfig.CgroupParent}/crio-${id}`,
  monitor({ id, name }) {
    const directory = `/run/containers/storage/overlay-containers/${id}/userdata`
    const flags = [
      '-b',
      directory,
      '-c',
      id,
      '--exit-dir',
      '/var/run/crio/exits',
      '-n',
      name,
      '-r',
      '/usr/bin/runc',
      '-u',
      id,
    ]
    return { comm: 'conmon', argv: ['/usr/bin/conmon', ...flags] }
  },
  dropsProcess: (container) => isSandbox(container) && container.config.Labels[labels.pidMode] !== 'POD',
  shimOwner: () => undefined,
  bridge: {
    Name: 'bridge',
    Options: { 'com.docker.network.bridge.name': 'cni0' },
    IPAM: { Config: [{ Subnet: '10.85.0.0/16' }] },
  },
}

/**
 * The kubelet's `/kubepods/besteffort/podUID` as systemd's slices, each with the names of those above it:
 * `/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-podUID.slice`.
 */
export function systemdSlice(path: string): string {
  const parts = path.split('/').filter((part) => part !== '')
  const escaped = parts.map((part) => part.replaceAll('-', '_'))
  return escaped.map((_, index) => `/${escaped.slice(0, index + 1).join('-')}.slice`).join('')
}
