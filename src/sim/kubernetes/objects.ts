// API objects as plain JSON, with the fields that the control plane here reads. Names and meaning: the Kubernetes API reference.

export interface OwnerReference {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly uid: string
  readonly controller?: boolean
  readonly blockOwnerDeletion?: boolean
}

export interface ObjectMeta {
  name: string
  generateName?: string
  namespace?: string
  uid?: string
  resourceVersion?: string
  generation?: number
  /** RFC 3339, seconds, as all times of the API. */
  creationTimestamp?: string
  deletionTimestamp?: string
  deletionGracePeriodSeconds?: number
  labels?: Record<string, string>
  annotations?: Record<string, string>
  ownerReferences?: OwnerReference[]
  finalizers?: string[]
}

/** Any object of the API. */
export interface KubernetesObject {
  apiVersion: string
  kind: string
  metadata: ObjectMeta
  [field: string]: unknown
}

export interface LabelSelector {
  matchLabels?: Record<string, string>
  matchExpressions?: { key: string; operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist'; values?: string[] }[]
}

// Pods ---------------------------------------------------------------------------------------------------------------

export interface EnvVar {
  name: string
  value?: string
  valueFrom?: {
    fieldRef?: { fieldPath: string }
    configMapKeyRef?: { name: string; key: string; optional?: boolean }
    secretKeyRef?: { name: string; key: string; optional?: boolean }
  }
}

export interface VolumeMount {
  name: string
  mountPath: string
  readOnly?: boolean
  subPath?: string
}

export interface Handler {
  exec?: { command: string[] }
  httpGet?: { path?: string; port: number | string; host?: string; scheme?: string }
  tcpSocket?: { port: number | string; host?: string }
}

export interface Probe extends Handler {
  initialDelaySeconds?: number
  timeoutSeconds: number
  periodSeconds: number
  successThreshold: number
  failureThreshold: number
}

export interface ContainerSpec {
  name: string
  image: string
  command?: string[]
  args?: string[]
  workingDir?: string
  ports?: { name?: string; containerPort: number; hostPort?: number; protocol: string }[]
  env?: EnvVar[]
  envFrom?: { configMapRef?: { name: string }; secretRef?: { name: string }; prefix?: string }[]
  volumeMounts?: VolumeMount[]
  livenessProbe?: Probe
  readinessProbe?: Probe
  startupProbe?: Probe
  lifecycle?: { postStart?: Handler; preStop?: Handler }
  imagePullPolicy: 'Always' | 'IfNotPresent' | 'Never'
  resources: { limits?: Record<string, string>; requests?: Record<string, string> }
  securityContext?: { privileged?: boolean; runAsUser?: number; runAsGroup?: number }
  stdin?: boolean
  stdinOnce?: boolean
  tty?: boolean
  terminationMessagePath: string
  terminationMessagePolicy: string
}

export interface Volume {
  name: string
  emptyDir?: Record<string, unknown>
  hostPath?: { path: string; type?: string }
  configMap?: { name: string; optional?: boolean; defaultMode?: number; items?: { key: string; path: string }[] }
  secret?: { secretName: string; optional?: boolean; defaultMode?: number; items?: { key: string; path: string }[] }
  projected?: Record<string, unknown>
}

export interface PodSpec {
  containers: ContainerSpec[]
  initContainers?: ContainerSpec[]
  restartPolicy: 'Always' | 'OnFailure' | 'Never'
  nodeName?: string
  nodeSelector?: Record<string, string>
  hostNetwork?: boolean
  hostPID?: boolean
  hostIPC?: boolean
  hostname?: string
  shareProcessNamespace?: boolean
  terminationGracePeriodSeconds: number
  dnsPolicy: string
  serviceAccountName?: string
  securityContext: { runAsUser?: number; runAsGroup?: number; fsGroup?: number }
  volumes?: Volume[]
  tolerations?: { key?: string; operator?: string; effect?: string; value?: string; tolerationSeconds?: number }[]
  [field: string]: unknown
}

export interface ContainerStateTerminated {
  containerID?: string
  exitCode: number
  finishedAt?: string
  reason?: string
  message?: string
  startedAt?: string
  signal?: number
}

export interface ContainerState {
  running?: { startedAt: string }
  terminated?: ContainerStateTerminated
  waiting?: { reason: string; message?: string }
}

export interface ContainerStatus {
  containerID?: string
  image: string
  imageID: string
  lastState: ContainerState
  name: string
  ready: boolean
  restartCount: number
  started?: boolean
  state: ContainerState
}

export interface PodCondition {
  lastProbeTime: string | null
  lastTransitionTime: string
  message?: string
  reason?: string
  status: 'True' | 'False'
  type: string
}

export interface PodStatus {
  phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed'
  conditions?: PodCondition[]
  containerStatuses?: ContainerStatus[]
  initContainerStatuses?: ContainerStatus[]
  hostIP?: string
  podIP?: string
  podIPs?: { ip: string }[]
  qosClass?: string
  startTime?: string
  reason?: string
  message?: string
}

export interface Pod extends KubernetesObject {
  spec: PodSpec
  status: PodStatus
}

export interface PodTemplate {
  metadata: { creationTimestamp?: null; labels?: Record<string, string>; annotations?: Record<string, string> }
  spec: PodSpec
}

// Workloads ----------------------------------------------------------------------------------------------------------

export interface ReplicaSet extends KubernetesObject {
  spec: { replicas: number; minReadySeconds?: number; selector: LabelSelector; template: PodTemplate }
  status: {
    replicas: number
    availableReplicas?: number
    readyReplicas?: number
    fullyLabeledReplicas?: number
    observedGeneration?: number
  }
}

export interface DeploymentCondition {
  lastTransitionTime: string
  lastUpdateTime: string
  message: string
  reason: string
  status: 'True' | 'False'
  type: string
}

export interface Deployment extends KubernetesObject {
  spec: {
    replicas: number
    revisionHistoryLimit: number
    progressDeadlineSeconds: number
    minReadySeconds?: number
    paused?: boolean
    selector: LabelSelector
    strategy: { type: string; rollingUpdate?: { maxSurge: number | string; maxUnavailable: number | string } }
    template: PodTemplate
  }
  status: {
    availableReplicas?: number
    conditions?: DeploymentCondition[]
    observedGeneration?: number
    readyReplicas?: number
    replicas?: number
    unavailableReplicas?: number
    updatedReplicas?: number
  }
}

export interface DaemonSet extends KubernetesObject {
  spec: {
    minReadySeconds?: number
    revisionHistoryLimit: number
    selector: LabelSelector
    template: PodTemplate
    updateStrategy: { type: string; rollingUpdate?: { maxUnavailable: number | string } }
  }
  status: {
    currentNumberScheduled: number
    desiredNumberScheduled: number
    numberAvailable?: number
    numberMisscheduled: number
    numberReady: number
    numberUnavailable?: number
    observedGeneration?: number
    updatedNumberScheduled?: number
  }
}

export interface Job extends KubernetesObject {
  spec: {
    activeDeadlineSeconds?: number
    backoffLimit: number
    /** Undefined: one success is enough. */
    completions?: number
    manualSelector?: boolean
    parallelism: number
    selector: LabelSelector
    template: PodTemplate
    ttlSecondsAfterFinished?: number
  }
  status: {
    active?: number
    completionTime?: string
    conditions?: {
      lastProbeTime: string
      lastTransitionTime: string
      message?: string
      reason?: string
      status: 'True'
      type: string
    }[]
    failed?: number
    startTime?: string
    succeeded?: number
  }
}

export interface ObjectReference {
  kind: string
  apiVersion: string
  name: string
  namespace?: string
  uid: string
  resourceVersion?: string
  fieldPath?: string
}

export interface EventObject extends KubernetesObject {
  /** Absent where the component writes events.k8s.io/v1, as the scheduler does. */
  count?: number
  eventTime: string | null
  firstTimestamp: string | null
  lastTimestamp: string | null
  involvedObject: ObjectReference
  message: string
  reason: string
  reportingComponent: string
  reportingInstance: string
  source: { component?: string; host?: string }
  type: 'Normal' | 'Warning'
}

/** A deep copy of JSON: what leaves the store may be changed. structuredClone takes several times as long. */
export function copyOf<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(copyOf) as T
  const copy: Record<string, unknown> = {}
  for (const [key, member] of Object.entries(value)) copy[key] = copyOf(member)
  return copy as T
}

/** A time of the virtual clock (microseconds) as the API writes it. */
export function apiTime(microseconds: number): string {
  return new Date(Math.floor(microseconds / 1e6) * 1000).toISOString().replace('.000Z', 'Z')
}
