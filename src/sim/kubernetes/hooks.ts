// Lifecycle hooks: postStart as soon as a container runs, preStop before it is told to end. pkg/kubelet/lifecycle/handlers.go
import type { EventRecorder } from './events.ts'
import { type HandlerPlace, type Outcome, runHandler } from './handlers.ts'
import type { Handler, Pod } from './objects.ts'
import { resource } from './store.ts'
import type { Work } from '../docker/threads.ts'

type Hook = 'postStart' | 'preStop'

const reasons: Readonly<Record<Hook, string>> = { postStart: 'FailedPostStartHook', preStop: 'FailedPreStopHook' }

/** A hook of postStart may take as long as it likes; the container waits for it. */
const noLimit = 10 * 365 * 86_400

/**
 * Runs a hook, and tells when it fails.
 * @param seconds left of the grace period
 * @returns why it failed
 */
export function* runHook(
  events: EventRecorder,
  pod: Pod,
  place: HandlerPlace,
  hook: Hook,
  seconds = noLimit,
): Work<string | undefined> {
  const handler = place.spec.lifecycle?.[hook]
  if (handler === undefined) return undefined
  const outcome = yield* runHandler(place, handler, seconds)
  if (outcome.ok) return undefined
  const message = failureText(pod, place.spec.name, handler, outcome)
  events.record(resource('pods'), pod, 'Warning', reasons[hook], message, `spec.containers{${place.spec.name}}`)
  return outcome.error ?? outcome.output
}

function failureText(pod: Pod, container: string, handler: Handler, outcome: Outcome & { ok: false }): string {
  const { name, namespace, uid } = pod.metadata
  const kind =
    handler.exec === undefined
      ? `HTTP lifecycle hook (${handler.httpGet?.path ?? ''})`
      : `Exec lifecycle hook (${goList(handler.exec.command)})`
  const error = outcome.error ?? outcome.output
  return `${kind} for Container "${container}" in Pod "${name}_${namespace}(${uid})" failed - error: ${error}, message: ${JSON.stringify(outcome.output)}`
}

function goList(words: readonly string[]): string {
  return `[${words.join(' ')}]`
}
