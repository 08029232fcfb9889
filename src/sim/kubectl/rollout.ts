// `kubectl rollout …`, `set image`, `wait`: changes that take time, and waiting for them.
import { parseDuration } from '../../text/duration.ts'
import type { Program } from '../kernel/system.ts'
import { replicaSetsOf, revisionOf } from '../kubernetes/deployment.ts'
import {
  copyOf,
  type DaemonSet,
  type Deployment,
  type KubernetesObject,
  type ReplicaSet,
} from '../kubernetes/objects.ts'
import { apiTime } from '../kubernetes/objects.ts'
import { isEqual } from '../kubernetes/patch.ts'
import type { Resource } from '../kubernetes/resources.ts'
import type { Command } from './command.ts'
import { tell } from './change.ts'
import { missingResource, StatusError } from './errors.ts'
import {
  all,
  allNamespaces,
  bool,
  dryRun,
  duration,
  fieldSelector,
  filename,
  int,
  output,
  recursive,
  selector,
  string,
  template,
} from './flags.ts'
import type { Invocation } from './invocation.ts'
import { referenceText } from './output.ts'
import { findObjects, requireResource, targetsOf } from './targets.ts'

function* deploymentsOf(invocation: Invocation, verb: string): Program<Deployment[]> {
  const targets = yield* targetsOf(invocation)
  if (targets.length === 0) throw new StatusError('error: required resource not specified')
  const { found, errors } = findObjects(invocation, targets)
  const [error] = errors
  if (error !== undefined) throw error
  return found.flatMap(({ resource, objects }) => {
    if (resource.kind !== 'Deployment')
      throw new StatusError(`error: ${resource.name} "${objects[0]?.metadata.name}" ${verb} is not supported`)
    return objects.map((object) => object as Deployment)
  })
}

export const rolloutStatus: Command = {
  name: 'rollout status',
  flags: [
    filename,
    recursive,
    {
      name: 'revision',
      type: int,
      default: '0',
      usage: 'Pin to a specific revision for showing its status. Defaults to 0 (last revision).',
    },
    {
      name: 'timeout',
      type: duration,
      default: '0s',
      usage:
        'The length of time to wait before ending watch, zero means never. Any other values should contain a corresponding time unit (e.g. 1s, 2m, 3h).',
    },
    {
      name: 'watch',
      shorthand: 'w',
      type: bool,
      default: 'true',
      usage: "Watch the status of the rollout until it's done.",
    },
  ],
  *run(invocation) {
    const targets = yield* targetsOf(invocation)
    const daemonSets = targets[0]?.resource.kind === 'DaemonSet' ? findObjects(invocation, targets) : undefined
    const [error] = daemonSets?.errors ?? []
    if (error !== undefined) throw error
    const [object] = daemonSets?.found[0]?.objects ?? (yield* deploymentsOf(invocation, 'rollout status'))
    if (object === undefined) throw new StatusError('error: required resource not specified')
    const { namespace = '', name } = object.metadata
    const resource = daemonSets === undefined ? deploymentResource : requireResource('daemonsets')
    const end = yield* deadline(invocation)
    let last = ''
    for (;;) {
      const present = invocation.api.get(resource, namespace, name)
      const { text, isDone } =
        daemonSets === undefined ? progressOf(present as Deployment) : daemonSetProgress(present as DaemonSet)
      if (text !== last) yield* invocation.out(`${text}\n`)
      last = text
      if (isDone || !invocation.flags.bool('watch')) return 0
      yield* untilChange(invocation, end, 'error: timed out waiting for the condition')
    }
  },
}

const deploymentResource = requireResource('deployments')

/** polymorphichelpers.DaemonSetStatusViewer */
function daemonSetProgress({ metadata, spec, status }: DaemonSet): { text: string; isDone: boolean } {
  if (spec.updateStrategy.type !== 'RollingUpdate') {
    throw new StatusError(`error: rollout status is only available for RollingUpdate strategy type`)
  }
  if ((metadata.generation ?? 0) > (status.observedGeneration ?? 0)) {
    return { text: 'Waiting for daemon set spec update to be observed...', isDone: false }
  }
  const { desiredNumberScheduled: desired, updatedNumberScheduled: updated = 0, numberAvailable = 0 } = status
  const start = `Waiting for daemon set "${metadata.name}" rollout to finish:`
  if (updated < desired)
    return { text: `${start} ${updated} out of ${desired} new pods have been updated...`, isDone: false }
  if (numberAvailable < desired) {
    return { text: `${start} ${numberAvailable} of ${desired} updated pods are available...`, isDone: false }
  }
  return { text: `daemon set "${metadata.name}" successfully rolled out`, isDone: true }
}

/** polymorphichelpers.DeploymentStatusViewer */
function progressOf({ metadata, spec, status }: Deployment): { text: string; isDone: boolean } {
  const waiting = (why: string) => ({
    text: `Waiting for deployment "${metadata.name}" rollout to finish: ${why}...`,
    isDone: false,
  })
  if ((metadata.generation ?? 0) > (status.observedGeneration ?? 0)) {
    return { text: 'Waiting for deployment spec update to be observed...', isDone: false }
  }
  const { replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = status
  if (updatedReplicas < spec.replicas)
    return waiting(`${updatedReplicas} out of ${spec.replicas} new replicas have been updated`)
  if (replicas > updatedReplicas) return waiting(`${replicas - updatedReplicas} old replicas are pending termination`)
  if (availableReplicas < updatedReplicas)
    return waiting(`${availableReplicas} of ${updatedReplicas} updated replicas are available`)
  return { text: `deployment "${metadata.name}" successfully rolled out`, isDone: true }
}

function* deadline(invocation: Invocation): Program<number | undefined> {
  const nanoseconds = parseDuration(invocation.flags.text('timeout'))
  return nanoseconds === 0n ? undefined : (yield* invocation.now()) + Number(nanoseconds / 1000n)
}

/** @throws StatusError when the time is over */
function* untilChange(invocation: Invocation, end: number | undefined, message: string): Program<void> {
  const now = yield* invocation.now()
  if (end !== undefined && now >= end) throw new StatusError(message)
  yield* invocation.changed(end === undefined ? undefined : end - now)
}

export const rolloutHistory: Command = {
  name: 'rollout history',
  flags: [
    filename,
    output,
    {
      name: 'revision',
      type: int,
      default: '0',
      usage: 'See the details, including podTemplate of the revision specified',
    },
  ],
  *run(invocation) {
    for (const deployment of yield* deploymentsOf(invocation, 'rollout history')) {
      const sets = replicaSetsOf(invocation.api, deployment).toSorted((a, b) => revisionOf(a) - revisionOf(b))
      const cause = (set: ReplicaSet): string => set.metadata.annotations?.['kubernetes.io/change-cause'] ?? '<none>'
      const rows = sets.map((set) => `${String(revisionOf(set)).padEnd(10)}${cause(set)}\n`)
      yield* invocation.out(`${referenceText(deployment)} \nREVISION  CHANGE-CAUSE\n${rows.join('')}\n`)
    }
    return 0
  },
}

export const rolloutUndo: Command = {
  name: 'rollout undo',
  flags: [
    dryRun,
    filename,
    output,
    template,
    {
      name: 'to-revision',
      type: int,
      default: '0',
      usage: 'The revision to rollback to. Default to 0 (last revision).',
    },
  ],
  *run(invocation) {
    for (const deployment of yield* deploymentsOf(invocation, 'rollout undo')) {
      const sets = replicaSetsOf(invocation.api, deployment).toSorted((a, b) => revisionOf(b) - revisionOf(a))
      const wanted = invocation.flags.number('to-revision')
      const set = wanted === 0 ? sets[1] : sets.find((each) => revisionOf(each) === wanted)
      if (set === undefined) {
        throw new StatusError(
          wanted === 0
            ? `error: no rollout history found for deployment "${deployment.metadata.name}"`
            : `error: unable to find specified revision ${wanted} in history`,
        )
      }
      const changed = copyOf(deployment)
      const { 'pod-template-hash': _hash, ...labels } = set.spec.template.metadata.labels ?? {}
      const before = changed.spec.template
      changed.spec.template = { ...set.spec.template, metadata: { ...set.spec.template.metadata, labels } }
      if (isEqual(before, changed.spec.template)) {
        yield* invocation.out(
          `${referenceText(deployment)} skipped rollback (current template already matches revision ${revisionOf(set)})\n`,
        )
        continue
      }
      invocation.api.update(deploymentResource, changed)
      yield* invocation.out(`${referenceText(deployment)} rolled back\n`)
    }
    return 0
  },
}

export const rolloutRestart: Command = {
  name: 'rollout restart',
  flags: [filename, output, selector, template],
  *run(invocation) {
    for (const deployment of yield* deploymentsOf(invocation, 'restarting')) {
      const changed = copyOf(deployment)
      const now = yield* invocation.now()
      changed.spec.template.metadata.annotations = {
        ...changed.spec.template.metadata.annotations,
        'kubectl.kubernetes.io/restartedAt': apiTime(now),
      }
      yield* tell(invocation, invocation.api.update(deploymentResource, changed), 'restarted')
    }
    return 0
  },
}

/** `rollout pause` and `rollout resume`. */
function pausing(verb: 'pause' | 'resume', word: string): Command {
  return {
    name: `rollout ${verb}`,
    flags: [filename, output, template],
    *run(invocation) {
      for (const deployment of yield* deploymentsOf(invocation, verb)) {
        const changed = copyOf(deployment)
        const isPaused = changed.spec.paused === true
        if (isPaused === (verb === 'pause')) {
          throw new StatusError(
            `error: ${referenceText(deployment).replace('/', ' "')}" ${isPaused ? 'is already paused' : 'is not paused'}`,
          )
        }
        if (verb === 'pause') changed.spec.paused = true
        else delete changed.spec.paused
        yield* tell(invocation, invocation.api.update(deploymentResource, changed), word)
      }
      return 0
    },
  }
}

export const rolloutPause = pausing('pause', 'paused')
export const rolloutResume = pausing('resume', 'resumed')

export const setImage: Command = {
  name: 'set image',
  flags: [all, dryRun, filename, output, selector, template],
  *run(invocation) {
    const changes = invocation.operands.filter((operand) => operand.includes('='))
    const operands = invocation.operands.filter((operand) => !operand.includes('='))
    const targets = yield* targetsOf(invocation, operands)
    if (targets.length === 0) throw new StatusError(missingResource)
    if (changes.length === 0) throw new StatusError('error: at least one image update is required')
    const { found, errors } = findObjects(invocation, targets)
    const [error] = errors
    if (error !== undefined) throw error
    for (const { resource, objects } of found) {
      for (const object of objects) {
        const changed = copyOf(object)
        const spec = changed['spec'] as Deployment['spec'] & {
          containers?: Deployment['spec']['template']['spec']['containers']
        }
        const containers = spec.containers ?? spec.template.spec.containers
        for (const change of changes) {
          const [name, image = ''] = change.split(/=(.*)/s)
          const meant = containers.filter((each) => name === '*' || each.name === name)
          if (meant.length === 0) throw new StatusError(`error: unable to find container named "${name}"`)
          for (const each of meant) each.image = image
        }
        const stored = invocation.api.update(resource, changed)
        if (stored.metadata.resourceVersion !== object.metadata.resourceVersion)
          yield* tell(invocation, stored, 'image updated')
      }
    }
    return 0
  },
}

export const waitCommand: Command = {
  name: 'wait',
  flags: [
    all,
    allNamespaces,
    fieldSelector,
    filename,
    {
      name: 'for',
      type: string,
      usage:
        'The condition to wait on: [delete|condition=condition-name]. The default status value of condition-name is true, you can set false with condition=condition-name=false',
    },
    output,
    selector,
    {
      name: 'timeout',
      type: duration,
      default: '30s',
      usage:
        "The length of time to wait before giving up.  Zero means check once and don't wait, negative means wait for a week.",
    },
  ],
  *run(invocation) {
    const { flags } = invocation
    const condition = flags.text('for')
    const parsed = /^condition=([^=]+)(?:=(.*))?$/.exec(condition)
    const path = condition.startsWith('jsonpath=')
    if (path || (condition !== 'delete' && parsed === null))
      throw new StatusError(`error: unrecognized condition: "${condition}"`)
    const end = yield* deadline(invocation)
    const targets = yield* targetsOf(invocation)
    if (
      targets.some(({ names }) => names.length === 0) &&
      !flags.bool('all') &&
      flags.text('selector') === '' &&
      flags.text('field-selector') === ''
    ) {
      throw new StatusError('error: resource(s) were provided, but no name, label selector, or --all flag specified')
    }
    const { found, errors } = findObjects(invocation, targets, {
      label: flags.text('selector'),
      field: flags.text('field-selector'),
    })
    const [error] = errors
    const pairs = found.flatMap(({ resource, objects }) => objects.map((object) => ({ resource, object })))
    if (pairs.length === 0 && error === undefined) throw new StatusError('error: no matching resources found')
    const failures: string[] = []
    for (const { resource, object } of pairs) {
      const wanted = parsed === null ? undefined : { type: parsed[1] ?? '', status: parsed[2] ?? 'true' }
      try {
        yield* waitFor(invocation, resource, object, wanted, end)
        yield* tell(invocation, object, 'condition met')
      } catch (failure) {
        if (!(failure instanceof StatusError)) throw failure
        failures.push(failure.message)
      }
    }
    const [first] = failures
    if (first !== undefined)
      throw new StatusError(
        failures.length === 1 ? first : failures.map((each) => each.replace(/^error: /, '')).join('\n'),
      )
    if (error !== undefined && condition !== 'delete') throw error
    return 0
  },
}

function* waitFor(
  invocation: Invocation,
  resource: Resource,
  object: KubernetesObject,
  wanted: { type: string; status: string } | undefined,
  end: number | undefined,
): Program<void> {
  const { namespace = '', name, uid } = object.metadata
  for (;;) {
    const present = invocation.api.store.find(resource, namespace, name)
    if (wanted === undefined) {
      if (present?.metadata.uid !== uid) return
    } else {
      const { conditions = [] } = (present?.['status'] ?? {}) as { conditions?: { type: string; status: string }[] }
      const found = conditions.find(({ type }) => type.toLowerCase() === wanted.type.toLowerCase())
      if (found !== undefined && found.status.toLowerCase() === wanted.status.toLowerCase()) return
    }
    yield* untilChange(invocation, end, `error: timed out waiting for the condition on ${resource.name}/${name}`)
  }
}
