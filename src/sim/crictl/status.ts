// What `crictl inspect` and `inspectp` print: the CRI's status messages, and containerd's own `info`.
import type { Container } from '../docker/container.ts'
import type { Daemon } from '../docker/daemon.ts'
import { formatTime } from '../docker/status.ts'
import { fullName, runtimeOfNode } from '../kubernetes/container-runtime.ts'
import {
  annotationsOf,
  isReady,
  labelsOf,
  logPathOf,
  metadataOf,
  networkNamespacePath,
  sandboxOf,
  stateOf,
} from '../containerd/cri.ts'
import { runtimeSpec } from '../containerd/oci-spec.ts'
import { addressOf, labels } from '../kubernetes/runtime-state.ts'
import { donorOf } from '../docker/container.ts'

type JsonRecord = Record<string, unknown>

const runtimeType = 'io.containerd.runc.v2'
const containerd = runtimeOfNode('containerd://')

export function containerInspect(daemon: Daemon, container: Container): JsonRecord {
  const { name, attempt } = metadataOf(container)
  const state = stateOf(container)
  const failed = container.state.error !== ''
  const exitCode = failed ? (containerd.failedStart.exitCode ?? 0) : container.state.exitCode
  const reasons = { Exited: exitCode === 0 ? 'Completed' : 'Error', Created: '', Running: '', Unknown: '' }
  const [image = container.image.id] = container.image.names
  return {
    status: {
      id: container.id,
      metadata: { attempt, name },
      state: `CONTAINER_${state.toUpperCase()}`,
      createdAt: formatTime(container.created),
      startedAt: formatTime(container.state.startedAt),
      finishedAt: formatTime(state === 'Exited' ? container.state.finishedAt : undefined),
      exitCode: state === 'Exited' ? exitCode : 0,
      image: { annotations: {}, image: fullName(image) },
      imageRef: containerd.imageId(container.image),
      reason: failed ? containerd.failedStart.reason : reasons[state],
      message: container.state.error,
      labels: labelsOf(container),
      annotations: annotationsOf(container),
      mounts: container.mounts.map(({ Source, Destination, RW }) => ({
        containerPath: Destination,
        hostPath: Source,
        propagation: 'PROPAGATION_PRIVATE',
        readonly: !RW,
        selinuxRelabel: false,
      })),
      logPath: logPathOf(container),
    },
    info: {
      sandboxID: sandboxOf(daemon, container)?.id ?? '',
      pid: container.state.pid,
      removing: container.state.removing,
      snapshotKey: container.id,
      snapshotter: 'overlayfs',
      runtimeType,
      runtimeOptions: null,
      runtimeSpec: runtimeSpec(daemon, container),
    },
  }
}

export function sandboxInspect(daemon: Daemon, sandbox: Container): JsonRecord {
  const { name, namespace, attempt, uid } = metadataOf(sandbox)
  const { NetworkMode, PidMode, IpcMode } = sandbox.hostConfig
  const usesNode = NetworkMode === 'host'
  const mode = (value: string): string => (value === 'host' ? 'NODE' : donorOf(value) === undefined ? 'POD' : 'TARGET')
  return {
    status: {
      id: sandbox.id,
      metadata: { attempt, name, namespace, uid },
      state: isReady(sandbox) ? 'SANDBOX_READY' : 'SANDBOX_NOTREADY',
      createdAt: formatTime(sandbox.created),
      network: { additionalIps: [], ip: usesNode ? '' : addressOf(sandbox) },
      linux: {
        namespaces: {
          options: {
            ipc: mode(IpcMode),
            network: usesNode ? 'NODE' : 'POD',
            pid: PidMode === 'host' ? 'NODE' : (sandbox.config.Labels[labels.pidMode] ?? 'CONTAINER'),
            targetId: '',
          },
        },
      },
      labels: labelsOf(sandbox),
      annotations: annotationsOf(sandbox),
      runtimeHandler: '',
    },
    info: {
      pid: sandbox.state.pid,
      processStatus: isReady(sandbox) ? 'running' : 'deleted',
      netNamespaceClosed: !usesNode && sandbox.sandbox === undefined,
      image: fullName(sandbox.config.Image),
      snapshotKey: sandbox.id,
      snapshotter: 'overlayfs',
      runtimeHandler: '',
      runtimeType,
      runtimeOptions: null,
      ...(usesNode ? {} : { netns: networkNamespacePath(sandbox) }),
      runtimeSpec: runtimeSpec(daemon, sandbox),
    },
  }
}
