// The daemon's sentences, by version: all that the engine refuses with a text that changed between versions is here.
import { EngineError } from './errors.ts'
import type { DockerParameters } from './versions.ts'

type Words = DockerParameters['errorTexts']

/** Sentences by whose words they are; `later` is all since 26.1 unless 28.5 has its own. */
interface Variants {
  readonly '20.10': string
  readonly later: string
  readonly '28.5'?: string
}

function pick(words: Words, variants: Variants): string {
  if (words === '20.10') return variants['20.10']
  return words === '28.5' && variants['28.5'] !== undefined ? variants['28.5'] : variants.later
}

export const noSuchContainer = (name: string) => new EngineError(404, `No such container: ${name}`)
export const noSuchExec = (id: string) => new EngineError(404, `No such exec instance: ${id}`)
export const noSuchImage = (name: string) => new EngineError(404, `No such image: ${name}`)
export const noSuchNetwork = (name: string) => new EngineError(404, `network ${name} not found`)
export const noSuchVolume = (name: string) => new EngineError(404, `get ${name}: no such volume`)

/** Two objects whose ids begin like that. */
export const ambiguousId = (prefix: string) =>
  new EngineError(404, `multiple IDs found with provided prefix: ${prefix}`)

export function notRunning(words: Words, id: string): string {
  return pick(words, { '20.10': `Container ${id} is not running`, later: `container ${id} is not running` })
}

/** Of kill: the container by the name under which it was asked for, and why not. */
/** A number that is no signal of Linux. */
export function unsupportedSignal(words: Words, name: string, signal: string): string {
  const shown = words === '20.10' && signal.startsWith('-') ? `${2n ** 64n + BigInt(signal)}` : signal
  const the = words === '20.10' ? 'The' : 'the'
  return cannotKill(words, name, `${the} linux daemon does not support signal ${shown}`)
}

export function cannotKill(words: Words, name: string, reason: string): string {
  return pick(words, {
    '20.10': `Cannot kill container: ${name}: ${reason}`,
    later: `cannot kill container: ${name}: ${reason}`,
  })
}

export function invalidSignal(words: Words, name: string, signal: string): string {
  return pick(words, {
    '20.10': `Invalid signal: ${signal}`,
    later: cannotKill(words, name, `invalid signal: ${signal}`),
  })
}

export function invalidStopSignal(words: Words, signal: string): string {
  return pick(words, { '20.10': `Invalid signal: ${signal}`, later: `invalid signal: ${signal}` })
}

/** Removal without force. `state` is running, paused or restarting. */
export function cannotRemove(words: Words, id: string, name: string, state: string): string {
  const advice = state === 'paused' ? 'unpause the container' : 'stop the container'
  const article = state === 'running' || state === 'restarting' || state === 'paused' ? 'a' : 'an'
  const old = state === 'paused' ? 'Unpause and then stop the container' : 'Stop the container'
  return pick(words, {
    '20.10': `You cannot remove ${article} ${state} container ${id}. ${old} before attempting removal or force remove`,
    later: `cannot remove container "/${name}": container is ${state}: ${advice} before removing or force remove`,
    '28.5': `cannot remove container "${name}": container is ${state}: ${advice} before removing or force remove`,
  })
}

export function joinsStoppedNetwork(words: Words, donor: { id: string; name: string; status: string }): string {
  return pick(words, {
    '20.10': `cannot join network of a non running container: ${donor.id}`,
    later: `cannot join network of a non running container: ${donor.id}`,
    '28.5': `cannot join network namespace of a non running container: container ${donor.name} is ${donor.status}`,
  })
}

export function joinsMissingNetwork(words: Words, name: string): string {
  return pick(words, {
    '20.10': `No such container: ${name}`,
    later: `No such container: ${name}`,
    '28.5': `joining network namespace of container: No such container: ${name}`,
  })
}

/** What the donor of a PID or IPC namespace is not: running, or shareable. */
export function cannotJoin(words: Words, kind: 'PID' | 'IPC' | 'UTS', donorId: string, reason: string): string {
  const old = kind === 'PID' ? reason : `can't join ${kind} of container ${donorId}: ${reason}`
  return pick(words, { '20.10': old, later: `failed to join ${kind} namespace: ${reason}` })
}

export function invalidIpcMode(words: Words, mode: string): string {
  return pick(words, { '20.10': `Invalid IPC mode: ${mode}`, later: `invalid IPC mode: ${mode}` })
}

export function invalidRestartPolicy(words: Words, name: string): string {
  return pick(words, {
    '20.10': `invalid restart policy '${name}'`,
    later: `invalid restart policy: unknown policy '${name}'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'`,
  })
}

export function invalidFilter(words: Words, filter: string): string {
  return pick(words, { '20.10': `Invalid filter '${filter}'`, later: `invalid filter '${filter}'` })
}

export function invalidStatusFilter(words: Words, value: string): string {
  const plain = invalidFilter(words, `status=${value}`)
  const states = 'created, running, paused, restarting, removing, exited, dead'
  return pick(words, {
    '20.10': plain,
    later: plain,
    '28.5': `${plain}: invalid value for state (${value}): must be one of ${states}`,
  })
}

export function invalidHealthFilter(words: Words, value: string): string {
  const plain = invalidFilter(words, `health=${value}`)
  return pick(words, {
    '20.10': `Unrecognised filter value for health: ${value}`,
    later: `unrecognized filter value for health: ${value}`,
    '28.5': `${plain}: invalid value for health (${value}): must be one of none, starting, healthy, unhealthy`,
  })
}

/** Before the reason why a container's network could not be made. */
export function networkingFailed(words: Words, reason: string): string {
  return pick(words, {
    '20.10': reason,
    later: reason,
    '28.5': `failed to set up container networking: ${reason}`,
  })
}

/** What runc and the shim put around the reason why a program could not be started. */
export function runtimeCreateFailed(words: Words, reason: string): string {
  if (reason.endsWith(': is a directory')) {
    if (words !== '20.10') return `${createFailed(words, reason)}: permission denied`
    return createFailed(words, reason.replace(/is a directory$/, 'permission denied'))
  }
  return createFailed(words, reason)
}

function createFailed(words: Words, reason: string): string {
  const runc = 'OCI runtime create failed: runc create failed: unable to start container process:'
  return pick(words, {
    '20.10': `failed to create shim task: ${runc} ${reason}: unknown`,
    later: `failed to create task for container: failed to create shim task: ${runc} ${reason}: unknown`,
    '28.5': `failed to create task for container: failed to create shim task: ${runc} error during container init: ${reason}`,
  })
}

export function runtimeExecFailed(words: Words, reason: string): string {
  if (reason.endsWith(': is a directory')) {
    if (words !== '20.10') return `${execFailed(words, reason)}: permission denied`
    return execFailed(words, reason.replace(/is a directory$/, 'permission denied'))
  }
  return execFailed(words, reason)
}

function execFailed(words: Words, reason: string): string {
  const started = reason.startsWith('Cwd must') ? '' : 'unable to start container process: '
  const runc = `OCI runtime exec failed: exec failed: ${started}${reason}`
  return pick(words, { '20.10': `${runc}: unknown`, later: `${runc}: unknown`, '28.5': runc })
}

export function networkInUse(
  words: Words,
  network: { id: string; name: string },
  endpoints: readonly { id: string; name: string }[],
): string {
  const start = `error while removing network: network ${network.name}`
  const list = endpoints.map((each) => `name:"${each.name}" id:"${each.id.slice(0, 12)}"`).join(', ')
  return pick(words, {
    '20.10': `${start} id ${network.id} has active endpoints`,
    later: `${start} id ${network.id} has active endpoints`,
    '28.5': `${start} has active endpoints (${list})`,
  })
}

export function nameConflict(name: string, ownerId: string): EngineError {
  return new EngineError(
    409,
    `Conflict. The container name "/${name}" is already in use by container "${ownerId}". You have to remove (or rename) that container to be able to reuse that name.`,
  )
}
