// What a pod's status says of it, read by controllers and printers.
import type { Pod, PodCondition } from './objects.ts'

export function podCondition(pod: Pod, type: string): PodCondition | undefined {
  return pod.status.conditions?.find((condition) => condition.type === type)
}

export function isReady(pod: Pod): boolean {
  return podCondition(pod, 'Ready')?.status === 'True'
}

/** Not ended, and nobody has asked for its end. */
export function isActive(pod: Pod): boolean {
  return !['Succeeded', 'Failed'].includes(pod.status.phase) && pod.metadata.deletionTimestamp === undefined
}

/** Sets a condition; the time of transition stays while the status does. */
export function setPodCondition(
  pod: Pod,
  now: string,
  type: string,
  isTrue: boolean,
  why: { reason?: string; message?: string } = {},
): void {
  const status = isTrue ? 'True' : 'False'
  const before = podCondition(pod, type)
  const condition: PodCondition = {
    lastProbeTime: null,
    lastTransitionTime: before?.status === status ? before.lastTransitionTime : now,
    ...why,
    status,
    type,
  }
  pod.status.conditions ??= []
  const at = pod.status.conditions.findIndex((each) => each.type === type)
  if (at < 0) pod.status.conditions.push(condition)
  else pod.status.conditions[at] = condition
}
