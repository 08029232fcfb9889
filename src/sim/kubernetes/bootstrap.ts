// What a cluster holds before anybody uses it: namespaces, their account and certificate, the node, the API server's service.
import type { ApiServer } from './api-server.ts'
import type { KubernetesObject } from './objects.ts'
import { resource } from './store.ts'
import type { Kernel } from '../kernel/kernel.ts'

export interface NodeName {
  readonly name: string
  readonly address: string
}

export interface ClusterParameters {
  readonly nodeName: string
  readonly nodeAddress: string
  /** Nodes besides the machine itself; their containers run on its one engine. */
  readonly moreNodes?: readonly NodeName[]
  /** `v1.20.2`. */
  readonly version: string
  readonly osImage: string
  /** `docker://20.10.24+dfsg1`. */
  readonly containerRuntime: string
}

const namespaces = ['default', 'kube-node-lease', 'kube-public', 'kube-system']

/** All nodes, the machine itself first. */
export function nodesOf({ nodeName, nodeAddress, moreNodes = [] }: ClusterParameters): [NodeName, ...NodeName[]] {
  return [{ name: nodeName, address: nodeAddress }, ...moreNodes]
}

/** What the kubelet of a node says while all is well: a row for each condition. */
export const healthyConditions: readonly {
  readonly type: string
  readonly status: string
  readonly reason: string
  readonly message: string
}[] = [
  {
    type: 'MemoryPressure',
    status: 'False',
    reason: 'KubeletHasSufficientMemory',
    message: 'kubelet has sufficient memory available',
  },
  {
    type: 'DiskPressure',
    status: 'False',
    reason: 'KubeletHasNoDiskPressure',
    message: 'kubelet has no disk pressure',
  },
  {
    type: 'PIDPressure',
    status: 'False',
    reason: 'KubeletHasSufficientPID',
    message: 'kubelet has sufficient PID available',
  },
  { type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status' },
]

/** Precondition: the clock stands where the cluster was made. */
export function bootstrap(api: ApiServer, kernel: Kernel, parameters: ClusterParameters): void {
  for (const name of namespaces) api.create(resource('namespaces'), object('v1', 'Namespace', name))
  for (const name of namespaces) furnishNamespace(api, name)
  api.create(resource('services'), {
    ...object('v1', 'Service', 'kubernetes', 'default'),
    metadata: { name: 'kubernetes', namespace: 'default', labels: { component: 'apiserver', provider: 'kubernetes' } },
    spec: {
      clusterIP: '10.96.0.1',
      clusterIPs: ['10.96.0.1'],
      ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 6443 }],
      sessionAffinity: 'None',
      type: 'ClusterIP',
    },
  })
  for (const node of nodesOf(parameters)) {
    api.create(resource('nodes'), nodeObject(kernel, node, parameters, api.now()))
  }
}

/** The account and the certificate that controllers put into each namespace. */
export function furnishNamespace(api: ApiServer, namespace: string): void {
  const has = (kind: string, name: string): boolean => api.store.peek(resource(kind), namespace, name) !== undefined
  if (!has('serviceaccounts', 'default')) {
    api.create(resource('serviceaccounts'), object('v1', 'ServiceAccount', 'default', namespace))
  }
  if (!has('configmaps', 'kube-root-ca.crt')) {
    const data = { 'ca.crt': '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n' }
    api.create(resource('configmaps'), { ...object('v1', 'ConfigMap', 'kube-root-ca.crt', namespace), data })
  }
}

function object(apiVersion: string, kind: string, name: string, namespace?: string): KubernetesObject {
  return { apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } }
}

function nodeObject(
  kernel: Kernel,
  { name: nodeName, address: nodeAddress }: NodeName,
  parameters: ClusterParameters,
  now: string,
): KubernetesObject {
  const { version, osImage, containerRuntime } = parameters
  const { processors, totalMemory, release } = kernel.parameters
  const capacity = {
    cpu: String(processors),
    'ephemeral-storage': '41251136Ki',
    'hugepages-2Mi': '0',
    memory: `${Math.floor(totalMemory / 1024)}Ki`,
    pods: '110',
  }
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: nodeName,
      annotations: {
        'node.alpha.kubernetes.io/ttl': '0',
        'volumes.kubernetes.io/controller-managed-attach-detach': 'true',
      },
      labels: {
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': nodeName,
        'kubernetes.io/os': 'linux',
      },
    },
    spec: {},
    status: {
      addresses: [
        { address: nodeAddress, type: 'InternalIP' },
        { address: nodeName, type: 'Hostname' },
      ],
      allocatable: capacity,
      capacity,
      conditions: healthyConditions.map((each) => ({ ...each, lastHeartbeatTime: now, lastTransitionTime: now })),
      nodeInfo: {
        architecture: 'amd64',
        containerRuntimeVersion: containerRuntime,
        kernelVersion: release,
        kubeProxyVersion: version,
        kubeletVersion: version,
        operatingSystem: 'linux',
        osImage,
      },
    },
  }
}
