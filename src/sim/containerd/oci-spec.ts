// A container's OCI runtime spec, config.json as runc gets it: what is in `info.runtimeSpec` and `ctr containers info`.
// opencontainers/runtime-spec; containerd's internal/cri/opts/spec_opts.go says which namespaces have a path.
import { isSandbox } from './profile.ts'
import { metadataOf, networkNamespacePath, sandboxOf } from './cri.ts'
import { type Container, donorOf } from '../docker/container.ts'
import type { Daemon } from '../docker/daemon.ts'
import { credentialsFor, environmentFor, lookUpUser } from '../docker/users.ts'
import { capabilityBits } from '../kernel/credentials.ts'
import { fullName } from '../kubernetes/container-runtime.ts'

type JsonRecord = Record<string, unknown>

/** Of a container whose sandbox is still there; the paths are those of the sandbox's process as it was. */
export function runtimeSpec(daemon: Daemon, container: Container): JsonRecord {
  const { config, hostConfig } = container
  const user = lookUpUser(config.User, {
    passwd: container.files.readText('/etc/passwd'),
    group: container.files.readText('/etc/group'),
    extraGroups: [],
    words: daemon.words,
  })
  const credentials = credentialsFor(user, {
    privileged: hostConfig.Privileged,
    capAdd: hostConfig.CapAdd ?? [],
    capDrop: hostConfig.CapDrop ?? [],
    bounding: daemon.kernel.parameters.bounding,
    security: hostConfig.SecurityOpt ?? [],
  })
  const hostname = daemon.profile.hasHostnameVariable(container) ? config.Hostname : undefined
  const environment = environmentFor(config.Env ?? [], { hostname, tty: config.Tty, home: user.home })
  return {
    ociVersion: '1.0.2-dev',
    process: {
      user: { uid: user.uid, gid: user.gid },
      args: [container.path, ...container.args],
      env: [...environment].map(([name, value]) => `${name}=${value}`),
      cwd: config.WorkingDir === '' ? '/' : config.WorkingDir,
      capabilities: Object.fromEntries(
        (['bounding', 'effective', 'permitted'] as const).map((set) => [set, namesOf(credentials.capabilities[set])]),
      ),
      ...(credentials.noNewPrivileges ? { noNewPrivileges: true } : {}),
      oomScoreAdj: hostConfig.OomScoreAdj,
    },
    root: { path: 'rootfs', ...(isSandbox(container) ? { readonly: true } : {}) },
    ...(isSandbox(container) && config.Hostname !== '' ? { hostname: config.Hostname } : {}),
    mounts: container.mounts.map(({ Source, Destination, RW }) => ({
      destination: Destination,
      type: 'bind',
      source: Source,
      options: ['rbind', 'rprivate', RW ? 'rw' : 'ro'],
    })),
    annotations: annotations(daemon, container),
    linux: {
      resources: { cpu: { shares: hostConfig.CpuShares } },
      cgroupsPath: cgroupsPath(daemon, container),
      namespaces: namespaces(daemon, container),
    },
  }
}

function namesOf(bits: bigint): string[] {
  return Object.entries(capabilityBits)
    .filter(([, bit]) => (bits >> BigInt(bit)) & 1n)
    .map(([name]) => `CAP_${name}`)
}

/** With systemd it is `SLICE:PREFIX:ID`, else a path. */
function cgroupsPath({ kernel, profile }: Daemon, container: Container): string {
  if (kernel.parameters.cgroupVersion !== 2) return profile.cgroupOf(kernel, container)
  const [slice = '', scope = ''] = profile.cgroupOf(kernel, container).split('/').slice(-2)
  return `${slice}:${scope.replace(/-[^-]*$/, '')}:${container.id}`
}

function annotations(daemon: Daemon, container: Container): JsonRecord {
  const { name, namespace, podName, uid } = metadataOf(container)
  const sandbox = sandboxOf(daemon, container)
  const common = {
    'io.kubernetes.cri.sandbox-id': sandbox?.id ?? '',
    'io.kubernetes.cri.sandbox-name': podName,
    'io.kubernetes.cri.sandbox-namespace': namespace,
    'io.kubernetes.cri.sandbox-uid': uid,
  }
  if (isSandbox(container)) {
    const directory = `/var/log/pods/${namespace}_${podName}_${uid}`
    return {
      'io.kubernetes.cri.container-type': 'sandbox',
      ...common,
      'io.kubernetes.cri.sandbox-log-directory': directory,
    }
  }
  const [image = ''] = container.image.names
  return {
    'io.kubernetes.cri.container-name': name,
    'io.kubernetes.cri.container-type': 'container',
    'io.kubernetes.cri.image-name': fullName(image),
    ...common,
  }
}

/** Made new for a sandbox, but for the network, which stands before it; a container joins the sandbox's by path. */
function namespaces(daemon: Daemon, container: Container): JsonRecord[] {
  const { hostConfig } = container
  const sandbox = sandboxOf(daemon, container)
  const pid = sandbox?.state.pid ?? 0
  const own = isSandbox(container)
  const modes = [
    ['pid', hostConfig.PidMode, 'pid'],
    ['ipc', hostConfig.IpcMode, 'ipc'],
    ['uts', hostConfig.UTSMode, 'uts'],
    ['mount', '', 'mnt'],
    ['network', hostConfig.NetworkMode, 'net'],
  ] as const
  return modes.flatMap(([type, mode, file]): JsonRecord[] => {
    if (mode === 'host') return []
    // CRI-O has a file for each of these, whether the sandbox has a process or not.
    if (daemon.profile.name === 'cri-o' && sandbox !== undefined && ['ipc', 'uts', 'network'].includes(type)) {
      const file = networkNamespacePath(sandbox).replace(/^.*cni-/, '')
      return [{ type, path: `/var/run/${type === 'network' ? 'net' : type}ns/${file}` }]
    }
    if (type === 'network' && own) return [{ type, path: networkNamespacePath(container) }]
    return [donorOf(mode) === undefined ? { type } : { type, path: `/proc/${pid}/ns/${file}` }]
  })
}
