// The tables of `kubectl get`: the columns of each kind. pkg/printers/internalversion/printers.go
import type {
  DaemonSet,
  Deployment,
  EventObject,
  Job,
  KubernetesObject,
  Pod,
  ReplicaSet,
} from '../kubernetes/objects.ts'
import { podCondition } from '../kubernetes/pod-conditions.ts'
import { requirementsOf, selectorText } from '../kubernetes/selectors.ts'
import { ageOf, firstSeen, lastSeen } from './age.ts'

export interface Column {
  readonly header: string
  /** Only with `-o wide`. */
  readonly wide?: boolean
  /** @param now microseconds since the epoch, for ages */
  cell(object: KubernetesObject, now: number): string
}

const name: Column = { header: 'NAME', cell: ({ metadata }) => metadata.name }
const age: Column = { header: 'AGE', cell: ({ metadata }, now) => ageOf(metadata.creationTimestamp, now) }

/** A column of one kind of object. */
function column<T>(header: string, cell: (object: T, now: number) => string, wide = false): Column {
  return { header, wide, cell: (object, now) => cell(object as T, now) }
}

const templateColumns: readonly Column[] = [
  column<Deployment>(
    'CONTAINERS',
    ({ spec }) => spec.template.spec.containers.map((each) => each.name).join(','),
    true,
  ),
  column<Deployment>('IMAGES', ({ spec }) => spec.template.spec.containers.map(({ image }) => image).join(','), true),
  column<Deployment>('SELECTOR', ({ spec }) => selectorText(requirementsOf(spec.selector)), true),
]

interface Service extends KubernetesObject {
  spec: {
    type: string
    clusterIP?: string
    selector?: Record<string, string>
    ports?: { port: number; protocol: string; nodePort?: number }[]
  }
}

interface NodeObject extends KubernetesObject {
  spec: { unschedulable?: boolean }
  status: {
    conditions: { type: string; status: string }[]
    addresses: { type: string; address: string }[]
    nodeInfo: Record<string, string>
  }
}

/** By kind; what has no row shows name and age. */
const tables: Readonly<Record<string, readonly Column[]>> = {
  Pod: [
    name,
    column<Pod>('READY', readyContainers),
    column<Pod>('STATUS', podReason),
    column<Pod>('RESTARTS', (pod) => String(restartsOf(pod))),
    age,
    column<Pod>('IP', ({ status }) => status.podIP ?? '<none>', true),
    column<Pod>('NODE', ({ spec }) => spec.nodeName ?? '<none>', true),
    column<Pod>('NOMINATED NODE', () => '<none>', true),
    column<Pod>('READINESS GATES', () => '<none>', true),
  ],
  Deployment: [
    name,
    column<Deployment>('READY', ({ spec, status }) => `${status.readyReplicas ?? 0}/${spec.replicas}`),
    column<Deployment>('UP-TO-DATE', ({ status }) => String(status.updatedReplicas ?? 0)),
    column<Deployment>('AVAILABLE', ({ status }) => String(status.availableReplicas ?? 0)),
    age,
    ...templateColumns,
  ],
  ReplicaSet: [
    name,
    column<ReplicaSet>('DESIRED', ({ spec }) => String(spec.replicas)),
    column<ReplicaSet>('CURRENT', ({ status }) => String(status.replicas)),
    column<ReplicaSet>('READY', ({ status }) => String(status.readyReplicas ?? 0)),
    age,
    ...templateColumns,
  ],
  DaemonSet: [
    name,
    column<DaemonSet>('DESIRED', ({ status }) => String(status.desiredNumberScheduled)),
    column<DaemonSet>('CURRENT', ({ status }) => String(status.currentNumberScheduled)),
    column<DaemonSet>('READY', ({ status }) => String(status.numberReady)),
    column<DaemonSet>('UP-TO-DATE', ({ status }) => String(status.updatedNumberScheduled ?? 0)),
    column<DaemonSet>('AVAILABLE', ({ status }) => String(status.numberAvailable ?? 0)),
    column<DaemonSet>('NODE SELECTOR', ({ spec }) =>
      labelText(spec.template.spec['nodeSelector'] as Record<string, string> | undefined),
    ),
    age,
    ...templateColumns,
  ],
  Job: [
    name,
    column<Job>('COMPLETIONS', jobCompletions),
    column<Job>('DURATION', jobDuration),
    age,
    ...templateColumns,
  ],
  Namespace: [name, column<{ status: { phase: string } }>('STATUS', ({ status }) => status.phase), age],
  Node: [
    name,
    column<NodeObject>('STATUS', nodeStatus),
    column<NodeObject>('ROLES', nodeRoles),
    age,
    column<NodeObject>('VERSION', ({ status }) => status.nodeInfo['kubeletVersion'] ?? ''),
    column<NodeObject>('INTERNAL-IP', (node) => nodeAddress(node, 'InternalIP'), true),
    column<NodeObject>('EXTERNAL-IP', (node) => nodeAddress(node, 'ExternalIP'), true),
    column<NodeObject>('OS-IMAGE', ({ status }) => status.nodeInfo['osImage'] ?? '', true),
    column<NodeObject>('KERNEL-VERSION', ({ status }) => status.nodeInfo['kernelVersion'] ?? '', true),
    column<NodeObject>('CONTAINER-RUNTIME', ({ status }) => status.nodeInfo['containerRuntimeVersion'] ?? '', true),
  ],
  Service: [
    name,
    column<Service>('TYPE', ({ spec }) => spec.type),
    column<Service>('CLUSTER-IP', ({ spec }) => spec.clusterIP ?? '<none>'),
    column<Service>('EXTERNAL-IP', () => '<none>'),
    column<Service>('PORT(S)', servicePorts),
    age,
    column<Service>('SELECTOR', ({ spec }) => labelText(spec.selector), true),
  ],
  Endpoints: [name, column<KubernetesObject>('ENDPOINTS', endpointsText), age],
  ConfigMap: [name, column<KubernetesObject>('DATA', dataCount), age],
  Secret: [
    name,
    column<KubernetesObject>('TYPE', (object) => String(object['type'])),
    column<KubernetesObject>('DATA', dataCount),
    age,
  ],
  ServiceAccount: [
    name,
    column<KubernetesObject>('SECRETS', (object) => String((object['secrets'] as unknown[] | undefined)?.length ?? 0)),
    age,
  ],
  Event: [
    column<EventObject>('LAST SEEN', (event, now) => ageOf(lastSeen(event), now)),
    column<EventObject>('TYPE', ({ type }) => type),
    column<EventObject>('REASON', ({ reason }) => reason),
    column<EventObject>(
      'OBJECT',
      ({ involvedObject }) => `${involvedObject.kind.toLowerCase()}/${involvedObject.name}`,
    ),
    column<EventObject>('SUBOBJECT', ({ involvedObject }) => involvedObject.fieldPath ?? '', true),
    column<EventObject>('SOURCE', eventSource, true),
    column<EventObject>('MESSAGE', ({ message }) => message.trim()),
    column<EventObject>('FIRST SEEN', (event, now) => ageOf(firstSeen(event), now), true),
    column<EventObject>('COUNT', ({ count = 1 }) => String(count), true),
    column<EventObject>('NAME', ({ metadata }) => metadata.name, true),
  ],
}

export function columnsOf(kind: string, isWide: boolean): readonly Column[] {
  return (tables[kind] ?? [name, age]).filter(({ wide }) => isWide || !wide)
}

export function labelText(labels: Readonly<Record<string, string>> | undefined): string {
  const entries = Object.entries(labels ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return entries.length === 0 ? '<none>' : entries.map(([key, value]) => `${key}=${value}`).join(',')
}

function readyContainers(pod: Pod): string {
  const ready =
    pod.status.containerStatuses?.filter((each) => each.ready && each.state.running !== undefined).length ?? 0
  return `${ready}/${pod.spec.containers.length}`
}

/** The STATUS column: what is worst in the pod. printPod */
export function podReason(pod: Pod): string {
  const { status, spec, metadata } = pod
  let reason: string = status.reason || status.phase
  let isInitializing = false
  const inits = status.initContainerStatuses ?? []
  for (const [at, { state }] of inits.entries()) {
    if (state.terminated?.exitCode === 0) continue
    const { terminated, waiting } = state
    if (terminated !== undefined) reason = `Init:${terminated.reason || exitText(terminated)}`
    else if (waiting !== undefined && waiting.reason !== '' && waiting.reason !== 'PodInitializing')
      reason = `Init:${waiting.reason}`
    else reason = `Init:${at}/${spec.initContainers?.length ?? 0}`
    isInitializing = true
    break
  }
  if (!isInitializing) {
    let hasRunning = false
    for (const { state, ready } of (status.containerStatuses ?? []).toReversed()) {
      if (state.waiting?.reason) reason = state.waiting.reason
      else if (state.terminated !== undefined) reason = state.terminated.reason || exitText(state.terminated)
      else if (ready && state.running !== undefined) hasRunning = true
    }
    if (reason === 'Completed' && hasRunning)
      reason = podCondition(pod, 'Ready')?.status === 'True' ? 'Running' : 'NotReady'
  }
  return metadata.deletionTimestamp === undefined ? reason : 'Terminating'
}

function exitText({ signal, exitCode }: { signal?: number; exitCode: number }): string {
  return signal === undefined ? `ExitCode:${exitCode}` : `Signal:${signal}`
}

export function restartsOf({ status }: Pod): number {
  const inits = status.initContainerStatuses ?? []
  const isInitializing = inits.some(({ state }) => state.terminated?.exitCode !== 0)
  const counted = isInitializing ? inits : (status.containerStatuses ?? [])
  return counted.reduce((sum, { restartCount }) => sum + restartCount, 0)
}

/** Of the completions asked for; a queue without a number of them counts its workers. printJob */
function jobCompletions({ spec, status }: Job): string {
  const succeeded = status.succeeded ?? 0
  if (spec.completions !== undefined) return `${succeeded}/${spec.completions}`
  return spec.parallelism > 1 ? `${succeeded}/1 of ${spec.parallelism}` : `${succeeded}/1`
}

function jobDuration({ status }: Job, now: number): string {
  if (status.startTime === undefined) return ''
  const end = status.completionTime === undefined ? now : Date.parse(status.completionTime) * 1000
  return ageOf(status.startTime, end)
}

function nodeStatus({ status, spec }: NodeObject): string {
  const ready = status.conditions.find(({ type }) => type === 'Ready')?.status === 'True'
  return `${ready ? 'Ready' : 'NotReady'}${spec.unschedulable ? ',SchedulingDisabled' : ''}`
}

function nodeRoles({ metadata }: NodeObject): string {
  const roles = Object.keys(metadata.labels ?? {})
    .filter((key) => key.startsWith('node-role.kubernetes.io/'))
    .map((key) => key.slice('node-role.kubernetes.io/'.length))
  return roles.length === 0 ? '<none>' : roles.toSorted().join(',')
}

export function nodeAddress({ status }: NodeObject, type: string): string {
  return status.addresses.find((each) => each.type === type)?.address ?? '<none>'
}

function servicePorts({ spec }: Service): string {
  const ports = spec.ports ?? []
  if (ports.length === 0) return '<none>'
  return ports
    .map(({ port, protocol, nodePort }) => `${port}${nodePort === undefined ? '' : `:${nodePort}`}/${protocol}`)
    .join(',')
}

/** `172.17.0.3:80,172.17.0.4:80`, three at most. */
export function endpointsText(object: KubernetesObject): string {
  const subsets = (object['subsets'] ?? []) as { addresses?: { ip: string }[]; ports?: { port: number }[] }[]
  const all = subsets.flatMap(({ addresses = [], ports = [] }) =>
    ports.flatMap(({ port }) => addresses.map(({ ip }) => `${ip}:${port}`)),
  )
  if (all.length === 0) return '<none>'
  return all.length > 3 ? `${all.slice(0, 3).join(',')} + ${all.length - 3} more...` : all.join(',')
}

function dataCount(object: KubernetesObject): string {
  return String(Object.keys((object['data'] as object | undefined) ?? {}).length)
}

function eventSource({ source, reportingComponent, reportingInstance }: EventObject): string {
  const instance = source.host ?? reportingInstance
  return [source.component ?? reportingComponent, ...(instance === '' ? [] : [instance])].join(', ')
}

export type { NodeObject, Service }
