// A cluster for the machines whose persona has one: its node is the machine itself, and root there has kubectl and a kubeconfig.
import { bootContainerd, bootCrio } from './containerd/engine.ts'
import { crictlMain } from './crictl/main.ts'
import { ctrMain } from './ctr/main.ts'
import { emptyFile, makeDirectories } from './docker/host-tree.ts'
import type { DockerEngine } from './docker/engine.ts'
import { kubectlMain } from './kubectl/main.ts'
import { kubeconfigText } from './kubectl/kubeconfig.ts'
import { Cluster } from './kubernetes/cluster.ts'
import type { Persona } from './persona.ts'

/** How long the cluster has run when the learner comes, in microseconds. */
const clusterAge = 11 * 60e6

/** @param version as the node tells it: `containerd://1.6.20` */
function bootRuntime(engine: DockerEngine, version: string): DockerEngine {
  if (version.startsWith('docker://')) return engine
  return version.startsWith('cri-o://') ? bootCrio(engine) : bootContainerd(engine)
}

/**
 * Undefined when the persona has no cluster. Precondition: the machine has been booted, and docker runs.
 * @param nodes the machine itself, and more that only have a kubelet and share its engine
 */
export function bootCluster(engine: DockerEngine, persona: Persona, nodes = 1): Cluster | undefined {
  const { kubernetes } = persona
  if (kubernetes === undefined) return undefined
  const { kernel } = engine.daemon
  const name = persona.kernel.hostname
  const runtime = bootRuntime(engine, kubernetes.containerRuntime)
  const cluster = new Cluster(runtime, {
    nodeName: name,
    nodeAddress: nodeAddress(0),
    moreNodes: Array.from({ length: nodes - 1 }, (_, at) => ({
      name: `${name}-m${String(at + 2).padStart(2, '0')}`,
      address: nodeAddress(at + 1),
    })),
    version: kubernetes.version,
    osImage: kubernetes.osImage,
    containerRuntime: kubernetes.containerRuntime,
  })
  kernel.clock.spend(clusterAge)
  if (runtime !== engine) {
    const namespaces = new Map([['moby', engine]])
    if (runtime.daemon.profile.name === 'containerd') namespaces.set('k8s.io', runtime)
    put(engine, '/usr/bin', 'ctr', { executable: ctrMain(namespaces), mode: 0o755 })
    put(engine, '/usr/bin', 'crictl', {
      executable: crictlMain(runtime, kubernetes.containerRuntime),
      mode: 0o755,
    })
  }
  put(engine, '/usr/bin', 'kubectl', { executable: kubectlMain(() => cluster), mode: 0o755 })
  put(engine, '/usr/bin', 'kubelet', { executable: cluster.kubelet.process.main, mode: 0o755 })
  const text = kubeconfigText(name, 'https://127.0.0.1:6443')
  put(engine, '/root/.kube', 'config', { content: new TextEncoder().encode(text), mode: 0o600 })
  return cluster
}

/** As minikube numbers its nodes. */
function nodeAddress(index: number): string {
  return `192.168.49.${index + 2}`
}

function put(
  engine: DockerEngine,
  directory: string,
  name: string,
  attributes: Partial<ReturnType<typeof emptyFile>>,
): void {
  const root = engine.daemon.kernel.initialPidNamespace.init?.root.inode
  if (root === undefined) throw new Error('the machine has not been booted')
  const now = engine.daemon.now()
  const at = makeDirectories(root, directory, now)
  at.changes?.insert(name, { ...emptyFile(at, at.changes.nextIno(), now), ...attributes })
}
