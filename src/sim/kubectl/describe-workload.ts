// `kubectl describe deployment` and `replicaset`.
import { findNewReplicaSet, replicaSetsOf } from '../kubernetes/deployment.ts'
import type { Deployment, KubernetesObject, Pod, PodTemplate, ReplicaSet } from '../kubernetes/objects.ts'
import { controllerOf, isControlledBy } from '../kubernetes/owners.ts'
import { requirementsOf, selectorText } from '../kubernetes/selectors.ts'
import { longTime } from './age.ts'
import { containerLines, volumeLines } from './describe-pod.ts'
import { eventLines, Page } from './describe-text.ts'
import type { Invocation } from './invocation.ts'
import { requireResource } from './targets.ts'

export function describeDeployment(object: KubernetesObject, invocation: Invocation, now: number): string {
  const deployment = object as Deployment
  const { metadata, spec, status } = deployment
  const page = new Page()
  page.line(0, 'Name:', metadata.name)
  page.line(0, 'Namespace:', metadata.namespace ?? '')
  page.line(0, 'CreationTimestamp:', longTime(metadata.creationTimestamp ?? ''))
  page.map('Labels:', metadata.labels)
  page.map('Annotations:', metadata.annotations, ': ')
  page.line(0, 'Selector:', selectorText(requirementsOf(spec.selector)))
  const counts = [
    `${spec.replicas} desired`,
    `${status.updatedReplicas ?? 0} updated`,
    `${status.replicas ?? 0} total`,
    `${status.availableReplicas ?? 0} available`,
    `${status.unavailableReplicas ?? 0} unavailable`,
  ]
  page.line(0, 'Replicas:', counts.join(' | '))
  page.line(0, 'StrategyType:', spec.strategy.type)
  page.line(0, 'MinReadySeconds:', String(spec.minReadySeconds ?? 0))
  const rolling = spec.strategy.rollingUpdate
  if (rolling !== undefined) {
    page.line(0, 'RollingUpdateStrategy:', `${rolling.maxUnavailable} max unavailable, ${rolling.maxSurge} max surge`)
  }
  templateLines(page, spec.template)
  if ((status.conditions ?? []).length > 0) {
    page.line(0, 'Conditions:')
    page.line(1, 'Type', 'Status', 'Reason')
    page.line(1, '----', '------', '------')
    for (const { type, status: value, reason } of status.conditions ?? []) page.line(1, type, value, reason)
  }
  const all = replicaSetsOf(invocation.api, deployment)
  const fresh = findNewReplicaSet(deployment, all)
  const old = all.filter((set) => set !== fresh && set.spec.replicas > 0)
  page.line(0, 'OldReplicaSets:', setsText(old))
  page.line(0, 'NewReplicaSet:', setsText(fresh === undefined ? [] : [fresh]))
  eventLines(page, deployment, invocation, now)
  return page.text
}

function setsText(sets: readonly ReplicaSet[]): string {
  if (sets.length === 0) return '<none>'
  return sets
    .map(({ metadata, spec, status }) => `${metadata.name} (${status.replicas}/${spec.replicas} replicas created)`)
    .join(', ')
}

export function describeReplicaSet(object: KubernetesObject, invocation: Invocation, now: number): string {
  const set = object as ReplicaSet
  const { metadata, spec, status } = set
  const page = new Page()
  page.line(0, 'Name:', metadata.name)
  page.line(0, 'Namespace:', metadata.namespace ?? '')
  page.line(0, 'Selector:', selectorText(requirementsOf(spec.selector)))
  page.map('Labels:', metadata.labels)
  page.map('Annotations:', metadata.annotations, ': ')
  const controller = controllerOf(set)
  if (controller !== undefined) page.line(0, 'Controlled By:', `${controller.kind}/${controller.name}`)
  page.line(0, 'Replicas:', `${status.replicas} current / ${spec.replicas} desired`)
  const pods = invocation.api
    .list(requireResource('pods'), { namespace: metadata.namespace ?? '' })
    .map((each) => each as Pod)
    .filter((pod) => isControlledBy(pod, set))
  const count = (phase: string): number => pods.filter((pod) => pod.status.phase === phase).length
  page.line(
    0,
    'Pods Status:',
    `${count('Running')} Running / ${count('Pending')} Waiting / ${count('Succeeded')} Succeeded / ${count('Failed')} Failed`,
  )
  templateLines(page, spec.template)
  eventLines(page, set, invocation, now)
  return page.text
}

function templateLines(page: Page, template: PodTemplate): void {
  page.line(0, 'Pod Template:')
  const entries = Object.entries(template.metadata.labels ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1))
  for (const [at, [key, value]] of entries.entries()) page.line(1, at === 0 ? 'Labels:' : '', `${key}=${value}`)
  if (entries.length === 0) page.line(1, 'Labels:', '<none>')
  for (const [at, [key, value]] of Object.entries(template.metadata.annotations ?? {}).entries()) {
    page.line(1, at === 0 ? 'Annotations:' : '', `${key}: ${value}`)
  }
  if ((template.spec.initContainers ?? []).length > 0) {
    page.line(1, 'Init Containers:')
    containerLines(page, template.spec.initContainers ?? [], undefined, 2)
  }
  page.line(1, 'Containers:')
  containerLines(page, template.spec.containers, undefined, 2)
  volumeLines(page, template.spec, 1)
}
