// `kubectl cordon`, `uncordon`, `drain`, `taint`: which pods a node takes, and sending away those that it has. pkg/cmd/drain, taint
import type { Program } from '../kernel/system.ts'
import type { KubernetesObject, Pod } from '../kubernetes/objects.ts'
import type { Command } from './command.ts'
import { tell } from './change.ts'
import { StatusError, usageError } from './errors.ts'
import { all, bool, dryRun, duration, ignored, int, output, overwrite, selector, template } from './flags.ts'
import type { Invocation } from './invocation.ts'
import { findObjects, parseTargets, requireResource } from './targets.ts'

const nodes = requireResource('nodes')
const pods = requireResource('pods')

interface Taint {
  readonly key: string
  readonly value?: string
  readonly effect: string
}

interface NodeSpec {
  unschedulable?: boolean
  taints?: Taint[]
}

function specOf(node: KubernetesObject): NodeSpec {
  return (node['spec'] ?? {}) as NodeSpec
}

/** The nodes that operands or `-l` name. @throws StatusError, ApiError */
function nodesOf(invocation: Invocation, usage: string): KubernetesObject[] {
  const { flags, operands } = invocation
  const label = flags.text('selector')
  const [command = ''] = usage.split(' ')
  if (operands.length === 0 && label === '') throw usageError(command, `USAGE: ${usage} [flags]`)
  if (operands.length > 0 && label !== '') {
    throw usageError(command, 'error: cannot specify both a node name and a --selector option')
  }
  const names = operands.map((operand) => operand.replace(/^(nodes?|no)\//, ''))
  const { found, errors } = findObjects(invocation, [{ resource: nodes, names }], { label })
  const [error] = errors
  if (error !== undefined) throw error
  return found.flatMap(({ objects }) => objects)
}

/** Says of each node whether new pods may come. */
function* mark(invocation: Invocation, each: KubernetesObject, isClosed: boolean): Program<void> {
  const word = isClosed ? 'cordoned' : 'uncordoned'
  if ((specOf(each).unschedulable === true) === isClosed) return yield* tell(invocation, each, `already ${word}`)
  const spec: NodeSpec = { ...specOf(each) }
  if (isClosed) spec.unschedulable = true
  else delete spec.unschedulable
  if (invocation.dryRun() === 'none') invocation.api.update(nodes, { ...each, spec })
  yield* tell(invocation, each, word)
}

function cordoning(name: 'cordon' | 'uncordon'): Command {
  return {
    name,
    flags: [dryRun, selector],
    *run(invocation) {
      for (const each of nodesOf(invocation, `${name} NODE`)) yield* mark(invocation, each, name === 'cordon')
      return 0
    },
  }
}

export const cordonCommand = cordoning('cordon')
export const uncordonCommand = cordoning('uncordon')

const boolFlag = (name: string) => ({ name, type: bool, default: 'false', usage: '' })

export const drainCommand: Command = {
  name: 'drain',
  flags: [
    boolFlag('delete-emptydir-data'),
    boolFlag('delete-local-data'),
    boolFlag('disable-eviction'),
    dryRun,
    boolFlag('force'),
    { name: 'grace-period', type: int, default: '-1', usage: '' },
    boolFlag('ignore-daemonsets'),
    ignored('pod-selector'),
    selector,
    ignored('skip-wait-for-delete-timeout', int),
    ignored('timeout', duration),
  ],
  *run(invocation) {
    const drained = nodesOf(invocation, 'drain NODE')
    for (const each of drained) yield* mark(invocation, each, true)
    for (const [at, each] of drained.entries()) {
      const { name } = each.metadata
      const { leaving, fatal, warnings } = podsToSend(invocation, name)
      if (fatal.length > 0) {
        const rest = drained.slice(at).map(({ metadata }) => ` ${metadata.name}\n`)
        yield* invocation.err(
          `error: unable to drain node "${name}", aborting command...\n\nThere are pending nodes to be drained:\n${rest.join('')}`,
        )
        const list = fatal.length === 1 ? fatal.join('') : `[${fatal.join(', ')}]`
        throw new StatusError(fatal.length === 1 ? `error: ${list}` : fatal.map((text) => `error: ${text}`).join('\n'))
      }
      if (warnings.length > 0) yield* invocation.err(`WARNING: ${warnings.join('; ')}\n`)
      yield* evict(invocation, leaving)
      yield* tell(invocation, each, 'drained')
    }
    return 0
  },
}

interface Leaving {
  readonly leaving: Pod[]
  /** Why the node cannot be drained. */
  readonly fatal: string[]
  readonly warnings: string[]
}

/** Reasons against sending a pod away, and the flag that overrides each. pkg/drain/filters.go, sorted as it prints them */
function podsToSend({ api, flags }: Invocation, node: string): Leaving {
  const here = api
    .list(pods)
    .map((each) => each as Pod)
    .filter(({ spec }) => spec.nodeName === node)
  const isOver = ({ status }: Pod): boolean => ['Succeeded', 'Failed'].includes(status.phase)
  const ownerOf = ({ metadata }: Pod) => metadata.ownerReferences?.find(({ controller }) => controller === true)
  const ofDaemonSets = here.filter((pod) => ownerOf(pod)?.kind === 'DaemonSet' && !isOver(pod))
  const others = here.filter((pod) => !ofDaemonSets.includes(pod))
  const local = others.filter(({ spec }) => (spec.volumes ?? []).some(({ emptyDir }) => emptyDir !== undefined))
  const unmanaged = others.filter((pod) => ownerOf(pod) === undefined && !isOver(pod))
  const isLocalSent = flags.bool('delete-emptydir-data') || flags.bool('delete-local-data')
  const rows = [
    {
      found: ofDaemonSets,
      isAllowed: flags.bool('ignore-daemonsets'),
      refusal: 'DaemonSet-managed Pods (use --ignore-daemonsets to ignore)',
      warning: 'ignoring DaemonSet-managed Pods',
    },
    {
      found: local.filter((pod) => !isOver(pod)),
      isAllowed: isLocalSent,
      refusal: 'Pods with local storage (use --delete-emptydir-data to override)',
      warning: 'deleting Pods with local storage',
    },
    {
      found: unmanaged,
      isAllowed: flags.bool('force'),
      refusal:
        'Pods not managed by ReplicationController, ReplicaSet, Job, DaemonSet or StatefulSet (use --force to override)',
      warning: 'deleting Pods not managed by ReplicationController, ReplicaSet, Job, DaemonSet or StatefulSet',
    },
  ].filter(({ found }) => found.length > 0)
  const names = (found: readonly Pod[]): string =>
    found.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`).join(', ')
  return {
    leaving: others,
    fatal: rows
      .filter(({ isAllowed }) => !isAllowed)
      .map(({ refusal, found }) => `cannot delete ${refusal}: ${names(found)}`),
    warnings: rows.filter(({ isAllowed }) => isAllowed).map(({ warning, found }) => `${warning}: ${names(found)}`),
  }
}

/** Deletes pods with their grace, and waits until they are gone. */
function* evict(invocation: Invocation, leaving: readonly Pod[]): Program<void> {
  const { api, flags } = invocation
  const grace = flags.number('grace-period')
  const dry = invocation.dryRun()
  const suffix = dry === 'none' ? '' : dry === 'client' ? ' (dry run)' : ' (server dry run)'
  for (const { metadata } of leaving) {
    const { namespace = '', name } = metadata
    if (!flags.bool('disable-eviction') || dry !== 'none') {
      yield* invocation.out(`evicting pod ${namespace}/${name}${suffix}\n`)
    }
    if (dry === 'none') api.delete(pods, namespace, name, grace >= 0 ? { gracePeriodSeconds: grace } : {})
  }
  if (dry !== 'none') return
  for (const pod of leaving) {
    const { namespace = '', name, uid } = pod.metadata
    while (api.store.find(pods, namespace, name)?.metadata.uid === uid) yield* invocation.changed()
    yield* tell(invocation, pod, flags.bool('disable-eviction') ? 'deleted' : 'evicted')
  }
}

// --- taint

export const taintCommand: Command = {
  name: 'taint',
  flags: [all, dryRun, output, overwrite, selector, template],
  *run(invocation) {
    const { operands, flags } = invocation
    const at = operands.findIndex((word) => /[=:]/.test(word) || word.endsWith('-'))
    const names = at < 0 ? operands : operands.slice(0, at)
    const words = at < 0 ? [] : operands.slice(at)
    if (names.length === 0) {
      throw new StatusError('error: one or more resources must be specified as <resource> <name>')
    }
    if (words.length === 0) throw new StatusError('error: at least one taint update is required')
    const added = words.filter((word) => !word.endsWith('-')).map(taintOf)
    const removed = words.filter((word) => word.endsWith('-')).map((word) => taintOf(word))
    const [target] = parseTargets(names)
    if (target?.resource.kind !== 'Node') {
      throw new StatusError(`error: invalid resource type ${names[0]}, only node types are supported`)
    }
    if (target.names.length === 0 && !flags.bool('all') && flags.text('selector') === '') {
      throw new StatusError("error: at least one resource name must be specified since 'all' parameter is not set")
    }
    const { found, errors } = findObjects(invocation, [target], { label: flags.text('selector') })
    const [error] = errors
    if (error !== undefined) throw error
    for (const each of found.flatMap(({ objects }) => objects)) yield* changeTaints(invocation, each, added, removed)
    return 0
  },
}

/** `key=value:Effect`, `key:Effect-`, `key-`. */
function taintOf(text: string): Taint {
  const [head = '', effect = '', ...more] = text.replace(/-$/, '').split(':')
  const [key = '', value, ...rest] = head.split('=')
  if (effect !== '' && !['NoSchedule', 'PreferNoSchedule', 'NoExecute'].includes(effect)) {
    throw new StatusError(`error: invalid taint effect: ${effect}, unsupported taint effect`)
  }
  if (more.length > 0 || rest.length > 0 || key === '' || (effect === '' && !text.endsWith('-'))) {
    throw new StatusError(`error: invalid taint spec: ${text}`)
  }
  return { key, effect, ...(value === undefined || value === '' ? {} : { value }) }
}

function* changeTaints(
  invocation: Invocation,
  each: KubernetesObject,
  added: readonly Taint[],
  removed: readonly Taint[],
): Program<void> {
  const before = specOf(each).taints ?? []
  const isSame = (one: Taint, other: Taint): boolean => one.key === other.key && one.effect === other.effect
  const clash = added.filter((taint) => before.some((other) => isSame(taint, other)))
  if (clash.length > 0 && !invocation.flags.bool('overwrite')) {
    const keys = clash.map(({ key }) => key).join(', ')
    throw new StatusError(
      `error: node ${each.metadata.name} already has ${keys} taint(s) with same effect(s) and --overwrite is false`,
    )
  }
  const kept = [...added, ...before.filter((taint) => !added.some((other) => isSame(taint, other)))]
  const isMeant = (taint: Taint, { key, effect }: Taint): boolean =>
    taint.key === key && (effect === '' || taint.effect === effect)
  for (const each of removed) {
    if (kept.some((taint) => isMeant(taint, each))) continue
    throw new StatusError(`error: taint "${each.key}${each.effect === '' ? '' : `:${each.effect}`}" not found`)
  }
  const taints = kept.filter((taint) => !removed.some((other) => isMeant(taint, other)))
  const { taints: _, ...spec } = specOf(each)
  const changed = { ...each, spec: { ...spec, ...(taints.length === 0 ? {} : { taints }) } }
  const isAdded = kept.length !== before.length
  const word =
    (isAdded && removed.length > 0) || invocation.flags.bool('overwrite')
      ? 'modified'
      : isAdded
        ? 'tainted'
        : 'untainted'
  yield* tell(invocation, invocation.dryRun() === 'none' ? invocation.api.update(nodes, changed) : changed, word)
}
