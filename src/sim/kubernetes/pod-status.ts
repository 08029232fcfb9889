// A pod's status, made of what the runtime holds. pkg/kubelet/kubelet_pods.go
import type { ContainerRuntime } from './container-runtime.ts'
import type { ContainerSpec, ContainerState, ContainerStatus, Pod } from './objects.ts'
import { apiTime } from './objects.ts'
import { setPodCondition } from './pod-conditions.ts'
import { addressOf, instancesOf, type PodRuntime, restartCountOf } from './runtime-state.ts'
import type { Container } from '../docker/container.ts'

/** Why a container waits, by its name; what the last sync found. */
export type WaitingReasons = ReadonlyMap<string, { readonly reason: string; readonly message?: string }>

export interface StatusInput {
  readonly runtime: PodRuntime
  readonly waiting: WaitingReasons
  /** What the probes say of a running container. */
  probes(name: string, containerId: string): { readonly started: boolean; readonly ready: boolean }
  readonly now: string
  readonly hostAddress: string
  readonly containerRuntime: ContainerRuntime
}

/** Fills in `pod.status`, in place. */
export function fillStatus(pod: Pod, input: StatusInput): void {
  const { runtime, now } = input
  const { spec, status } = pod
  const inits = (spec.initContainers ?? []).map((each) => containerStatus(pod, each, input, true))
  const isInitialized = inits.every(({ state }) => state.terminated?.exitCode === 0)
  const containers = spec.containers.map((each) => containerStatus(pod, each, input, false))
  const [sandbox] = runtime.sandboxes
  status.startTime ??= now
  status.hostIP = input.hostAddress
  const address = spec.hostNetwork ? input.hostAddress : addressOf(sandbox) || status.podIP
  if (address !== undefined && address !== '') {
    status.podIP = address
    status.podIPs = [{ ip: address }]
  }
  status.containerStatuses = containers.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  if (inits.length > 0) status.initContainerStatuses = inits
  status.phase = phaseOf(pod, inits, containers)
  setConditions(pod, isInitialized, inits, containers, now)
}

function containerStatus(pod: Pod, spec: ContainerSpec, input: StatusInput, isInit: boolean): ContainerStatus {
  const [last, previous] = instancesOf(input.runtime, spec.name)
  const waiting = input.waiting.get(spec.name)
  const hasInit = (pod.spec.initContainers ?? []).length > 0
  const status: ContainerStatus = {
    image: last === undefined ? spec.image : input.containerRuntime.imageName(spec.image),
    imageID: '',
    lastState: {},
    name: spec.name,
    ready: false,
    restartCount: last === undefined ? 0 : restartCountOf(last),
    ...(isInit ? {} : { started: false }),
    state: { waiting: { reason: hasInit ? 'PodInitializing' : 'ContainerCreating' } },
  }
  if (last === undefined) {
    if (waiting !== undefined) status.state = { waiting: { ...waiting } }
    return status
  }
  status.containerID = `${input.containerRuntime.scheme}${last.id}`
  status.imageID = input.containerRuntime.imageId(last.image)
  status.state = stateOf(last, input.containerRuntime)
  if (previous !== undefined) status.lastState = stateOf(previous, input.containerRuntime)
  if (waiting !== undefined && status.state.running === undefined) {
    status.lastState = status.state
    status.state = { waiting: { ...waiting } }
  }
  const runs = status.state.running !== undefined
  const probes = input.probes(spec.name, last.id)
  if (!isInit) status.started = runs && probes.started
  status.ready = isInit ? status.state.terminated?.exitCode === 0 : runs && probes.ready
  return status
}

export function stateOf(container: Container, { scheme, failedStart }: ContainerRuntime): ContainerState {
  const { running, startedAt, finishedAt, exitCode, oomKilled, error } = container.state
  if (running) return { running: { startedAt: apiTime(startedAt ?? container.created) } }
  if (startedAt === undefined && error === '') return { waiting: { reason: 'ContainerCreating' } }
  const reason = oomKilled ? 'OOMKilled' : error !== '' ? failedStart.reason : exitCode === 0 ? 'Completed' : 'Error'
  return {
    terminated: {
      containerID: `${scheme}${container.id}`,
      exitCode: error === '' ? exitCode : (failedStart.exitCode ?? exitCode),
      finishedAt: apiTime(finishedAt ?? container.created),
      ...(error === '' ? {} : { message: error }),
      reason,
      startedAt: apiTime(startedAt ?? container.created),
    },
  }
}

function phaseOf(
  pod: Pod,
  inits: readonly ContainerStatus[],
  containers: readonly ContainerStatus[],
): Pod['status']['phase'] {
  const { restartPolicy } = pod.spec
  for (const { state, lastState } of inits) {
    if (state.terminated !== undefined && state.terminated.exitCode !== 0 && restartPolicy === 'Never') return 'Failed'
    const done = state.terminated ?? lastState.terminated
    if (state.running !== undefined || done === undefined || done.exitCode !== 0) return 'Pending'
  }
  const count = (test: (status: ContainerStatus) => boolean): number => containers.filter(test).length
  const isStopped = ({ state, lastState }: ContainerStatus): boolean =>
    state.terminated !== undefined || (state.waiting !== undefined && lastState.terminated !== undefined)
  const waiting = count((status) => status.state.waiting !== undefined && !isStopped(status))
  const running = count(({ state }) => state.running !== undefined)
  const succeeded = count(({ state }) => state.terminated?.exitCode === 0)
  if (waiting > 0) return 'Pending'
  if (running > 0) return 'Running'
  if (restartPolicy === 'Always') return 'Running'
  if (succeeded === containers.length) return 'Succeeded'
  return restartPolicy === 'Never' ? 'Failed' : 'Running'
}

function setConditions(
  pod: Pod,
  isInitialized: boolean,
  inits: readonly ContainerStatus[],
  containers: readonly ContainerStatus[],
  now: string,
): void {
  const names = (all: readonly ContainerStatus[]): string => `[${all.map(({ name }) => name).join(' ')}]`
  const isDone = pod.status.phase === 'Succeeded'
  const incomplete = inits.filter(({ state }) => state.terminated?.exitCode !== 0)
  setPodCondition(
    pod,
    now,
    'Initialized',
    isInitialized,
    isInitialized
      ? isDone
        ? { reason: 'PodCompleted' }
        : {}
      : { reason: 'ContainersNotInitialized', message: `containers with incomplete status: ${names(incomplete)}` },
  )
  const unready = pod.spec.containers
    .map(({ name }) => containers.find((status) => status.name === name))
    .filter((status) => status !== undefined)
    .filter(({ ready }) => !ready)
  const isReady = unready.length === 0
  const why = isDone
    ? { reason: 'PodCompleted' }
    : isReady
      ? {}
      : { reason: 'ContainersNotReady', message: `containers with unready status: ${names(unready)}` }
  setPodCondition(pod, now, 'Ready', isReady && !isDone, why)
  setPodCondition(pod, now, 'ContainersReady', isReady && !isDone, why)
  const order = ['Initialized', 'Ready', 'ContainersReady', 'PodScheduled']
  pod.status.conditions?.sort((a, b) => order.indexOf(a.type) - order.indexOf(b.type))
}
