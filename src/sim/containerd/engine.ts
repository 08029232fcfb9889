// containerd, or CRI-O, as a node's container runtime: an engine without a dockerd, which the kubelet, crictl and ctr talk to.
import { DockerEngine } from '../docker/engine.ts'
import { containerdProfile, crioProfile } from './profile.ts'

/**
 * The containers of pods beside those of docker: they share containerd's process and the host, nothing else.
 * Precondition: docker runs, and has started containerd.
 */
export function bootContainerd(docker: DockerEngine): DockerEngine {
  const { kernel, parameters, options, containerd } = docker.daemon
  return new DockerEngine(
    kernel,
    { ...parameters, macAddresses: 'random', interfaceNumbers: 'of-namespace' },
    { images: options.images, direct: { profile: containerdProfile, process: containerd } },
  )
}

/** CRI-O in the same place: a daemon of its own, beside docker's. */
export function bootCrio(docker: DockerEngine): DockerEngine {
  const { kernel, parameters, options } = docker.daemon
  return new DockerEngine(
    kernel,
    { ...parameters, macAddresses: 'random', interfaceNumbers: 'of-namespace' },
    { images: options.images, direct: { profile: crioProfile, process: { name: 'crio', path: '/usr/bin/crio' } } },
  )
}
