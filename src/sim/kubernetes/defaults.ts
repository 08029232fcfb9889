// What the API server fills in where a manifest says nothing. Rules: pkg/apis/core/v1/defaults.go and pkg/apis/apps/v1/defaults.go.
import { encodeBase64 } from './base64.ts'
import type {
  ContainerSpec,
  DaemonSet,
  Deployment,
  Job,
  KubernetesObject,
  Pod,
  PodSpec,
  Probe,
  Volume,
} from './objects.ts'

/** Fills in the defaults of an object's kind, in place. Kinds without defaults stay as they are. */
export function applyDefaults(object: KubernetesObject): void {
  const defaults = byKind[object.kind]
  defaults?.(object)
}

const byKind: Readonly<Record<string, (object: KubernetesObject) => void>> = {
  Pod: (object) => {
    const pod = object as Pod
    defaultPodSpec(pod.spec)
    pod.status ??= { phase: 'Pending' }
    pod.status.phase ??= 'Pending'
    pod.status.qosClass ??= qualityOfService(pod.spec)
  },
  Deployment: (object) => {
    const deployment = object as Deployment
    const { spec } = deployment
    spec.replicas ??= 1
    spec.revisionHistoryLimit ??= 10
    spec.progressDeadlineSeconds ??= 600
    spec.strategy ??= { type: 'RollingUpdate' }
    spec.strategy.type ??= 'RollingUpdate'
    if (spec.strategy.type === 'RollingUpdate') {
      spec.strategy.rollingUpdate ??= { maxSurge: '25%', maxUnavailable: '25%' }
      spec.strategy.rollingUpdate.maxSurge ??= '25%'
      spec.strategy.rollingUpdate.maxUnavailable ??= '25%'
    }
    defaultTemplate(spec)
    deployment.status ??= {}
  },
  ReplicaSet: (object) => {
    const spec = object['spec'] as { replicas?: number }
    spec.replicas ??= 1
    defaultTemplate(object['spec'] as Template)
    object['status'] ??= { replicas: 0 }
  },
  DaemonSet: (object) => {
    const set = object as DaemonSet
    const { spec } = set
    spec.revisionHistoryLimit ??= 10
    spec.updateStrategy ??= { type: 'RollingUpdate' }
    spec.updateStrategy.type ??= 'RollingUpdate'
    if (spec.updateStrategy.type === 'RollingUpdate') spec.updateStrategy.rollingUpdate ??= { maxUnavailable: 1 }
    defaultTemplate(spec)
    set.metadata.annotations ??= {}
    set.metadata.annotations['deprecated.daemonset.template.generation'] ??= '1'
    set.status ??= { currentNumberScheduled: 0, desiredNumberScheduled: 0, numberMisscheduled: 0, numberReady: 0 }
  },
  Job: (object) => {
    const job = object as Job
    const { spec } = job
    if (spec.completions === undefined && spec.parallelism === undefined) spec.completions = 1
    spec.parallelism ??= 1
    spec.backoffLimit ??= 6
    defaultTemplate(spec)
    selectByUid(job)
    job.status ??= {}
  },
  Service: (object) => {
    const spec = object['spec'] as {
      type?: string
      sessionAffinity?: string
      ports?: { protocol?: string; port: number; targetPort?: number | string }[]
    }
    spec.type ??= 'ClusterIP'
    spec.sessionAffinity ??= 'None'
    for (const port of spec.ports ?? []) {
      port.protocol ??= 'TCP'
      port.targetPort ??= port.port
    }
    object['status'] ??= { loadBalancer: {} }
  },
  Namespace: (object) => {
    object['spec'] ??= { finalizers: ['kubernetes'] }
    object['status'] ??= { phase: 'Active' }
  },
  Secret: (object) => {
    object['type'] ??= 'Opaque'
    encodeStringData(object)
  },
}

/** `stringData` is only written: it becomes part of `data`. pkg/apis/core/v1/conversion.go */
function encodeStringData(secret: KubernetesObject): void {
  const given = secret['stringData'] as Record<string, string> | undefined
  if (given === undefined) return
  const encoded = Object.entries(given).map(([key, value]) => [key, encodeBase64(value)])
  secret['data'] = { ...(secret['data'] as Record<string, string> | undefined), ...Object.fromEntries(encoded) }
  delete secret['stringData']
}

/** A job's pods are told from others' by its UID. pkg/registry/batch/job/strategy.go */
function selectByUid({ metadata, spec }: Job): void {
  if (spec.manualSelector || spec.selector !== undefined) return
  const own = { 'controller-uid': metadata.uid ?? '' }
  spec.selector = { matchLabels: own }
  if (spec.template === undefined) return
  const { labels } = spec.template.metadata
  spec.template.metadata.labels = { ...labels, ...own, 'job-name': metadata.name }
  metadata.labels ??= { ...labels, ...own, 'job-name': metadata.name }
}

interface Template {
  template?: { metadata?: object; spec?: PodSpec }
}

function defaultTemplate(spec: Template): void {
  const { template } = spec
  if (template === undefined) return
  template.metadata ??= {}
  Object.assign(template.metadata, { creationTimestamp: null, ...template.metadata })
  if (template.spec !== undefined) defaultPodSpec(template.spec)
}

/** @param spec may lack everything that has a default */
export function defaultPodSpec(spec: PodSpec): void {
  spec.restartPolicy ??= 'Always'
  spec.dnsPolicy ??= 'ClusterFirst'
  spec.terminationGracePeriodSeconds ??= 30
  spec.securityContext ??= {}
  spec['schedulerName'] ??= 'default-scheduler'
  for (const container of [...(spec.containers ?? []), ...(spec.initContainers ?? [])]) defaultContainer(container)
  for (const volume of spec.volumes ?? []) defaultVolume(volume)
  if (spec.serviceAccountName !== undefined) spec['serviceAccount'] ??= spec.serviceAccountName
}

function defaultContainer(container: ContainerSpec): void {
  const tag = /:([^/:@]+)$/.exec(container.image ?? '')?.[1]
  const isLatest = (tag === undefined || tag === 'latest') && !(container.image ?? '').includes('@')
  container.imagePullPolicy ??= isLatest ? 'Always' : 'IfNotPresent'
  container.resources ??= {}
  container.terminationMessagePath ??= '/dev/termination-log'
  container.terminationMessagePolicy ??= 'File'
  for (const port of container.ports ?? []) port.protocol ??= 'TCP'
  for (const probe of [container.livenessProbe, container.readinessProbe, container.startupProbe]) {
    if (probe !== undefined) defaultProbe(probe)
  }
  for (const variable of container.env ?? []) {
    const field = variable.valueFrom?.fieldRef as { apiVersion?: string } | undefined
    if (field !== undefined) field.apiVersion ??= 'v1'
  }
}

function defaultProbe(probe: Probe): void {
  probe.timeoutSeconds ??= 1
  probe.periodSeconds ??= 10
  probe.successThreshold ??= 1
  probe.failureThreshold ??= 3
  if (probe.httpGet !== undefined) {
    probe.httpGet.scheme ??= 'HTTP'
    probe.httpGet.path ??= '/'
  }
}

function defaultVolume(volume: Volume): void {
  if (volume.configMap !== undefined) volume.configMap.defaultMode ??= 420
  if (volume.secret !== undefined) volume.secret.defaultMode ??= 420
  if (volume.hostPath !== undefined) volume.hostPath.type ??= ''
  const kinds = Object.keys(volume).filter((key) => key !== 'name')
  if (kinds.length === 0) volume.emptyDir = {}
}

/** https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/ */
export function qualityOfService(spec: PodSpec): string {
  const all = [...spec.containers, ...(spec.initContainers ?? [])]
  const asked = all.filter(({ resources }) => resources.limits !== undefined || resources.requests !== undefined)
  if (asked.length === 0) return 'BestEffort'
  const isGuaranteed = all.every(({ resources }) =>
    ['cpu', 'memory'].every((name) => {
      const limit = resources.limits?.[name]
      return limit !== undefined && (resources.requests?.[name] ?? limit) === limit
    }),
  )
  return isGuaranteed ? 'Guaranteed' : 'Burstable'
}
