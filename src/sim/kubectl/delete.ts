// `kubectl delete`: takes objects away, with their grace period, and waits until they are gone.
import { parseDuration } from '../../text/duration.ts'
import type { Program } from '../kernel/system.ts'
import type { KubernetesObject } from '../kubernetes/objects.ts'
import { type Resource, singularWithGroup } from '../kubernetes/resources.ts'
import type { Command } from './command.ts'
import { apiErrorText, missingResource, StatusError } from './errors.ts'
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
} from './flags.ts'
import type { Invocation } from './invocation.ts'
import { referenceText } from './output.ts'
import { findObjects, targetsOf } from './targets.ts'

export const deleteCommand: Command = {
  name: 'delete',
  flags: [
    all,
    allNamespaces,
    {
      name: 'cascade',
      type: { ...string, alone: 'background' },
      default: 'background',
      usage:
        'Must be "background", "orphan", or "foreground". Selects the deletion cascading strategy for the dependents (e.g. Pods created by a ReplicationController). Defaults to background.',
    },
    dryRun,
    fieldSelector,
    filename,
    {
      name: 'force',
      type: bool,
      default: 'false',
      usage:
        'If true, immediately remove resources from API and bypass graceful deletion. Note that immediate deletion of some resources may result in inconsistency or data loss and requires confirmation.',
    },
    {
      name: 'grace-period',
      type: int,
      default: '-1',
      usage:
        'Period of time in seconds given to the resource to terminate gracefully. Ignored if negative. Set to 1 for immediate shutdown. Can only be set to 0 when --force is true (force deletion).',
    },
    {
      name: 'ignore-not-found',
      type: bool,
      default: 'false',
      usage: 'Treat "resource not found" as a successful delete. Defaults to "true" when --all is specified.',
    },
    {
      name: 'now',
      type: bool,
      default: 'false',
      usage: 'If true, resources are signaled for immediate shutdown (same as --grace-period=1).',
    },
    output,
    recursive,
    selector,
    {
      name: 'timeout',
      type: duration,
      default: '0s',
      usage:
        'The length of time to wait before giving up on a delete, zero means determine a timeout from the size of the object',
    },
    {
      name: 'wait',
      type: bool,
      default: 'true',
      usage: 'If true, wait for resources to be gone before returning. This waits for finalizers.',
    },
  ],
  *run(invocation) {
    const { flags, api } = invocation
    const targets = yield* targetsOf(invocation)
    const isAll = flags.bool('all')
    const hasSelector = flags.text('selector') !== '' || flags.text('field-selector') !== ''
    if (targets.length === 0) {
      throw new StatusError(
        isAll || hasSelector ? 'error: at least one resource must be specified to use a selector' : missingResource,
      )
    }
    if ((isAll || hasSelector) && targets.some(({ names, source }) => names.length > 0 && source === undefined)) {
      throw new StatusError('error: name cannot be provided when a selector is specified')
    }
    if (targets.some(({ names }) => names.length === 0) && !isAll && !hasSelector) {
      throw new StatusError('error: resource(s) were provided, but no name, label selector, or --all flag specified')
    }
    const force = flags.bool('force')
    let grace = flags.number('grace-period')
    if (flags.bool('now')) grace = 1
    if (grace === 0 && !force) grace = 1
    if (force && grace < 0) grace = 0
    if (force && grace === 0) {
      yield* invocation.err(
        'warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.\n',
      )
    }
    const selectors = { label: flags.text('selector'), field: flags.text('field-selector') }
    const { found, errors } = findObjects(invocation, targets, selectors, 'delete')
    const gone: { resource: Resource; object: KubernetesObject }[] = []
    const dry = invocation.dryRun()
    const cascade = flags.text('cascade')
    for (const { resource, objects } of found) {
      for (const object of objects) {
        const { namespace = '', name } = object.metadata
        invocation.authorize('delete', resource, resource.namespaced ? namespace : undefined, name)
        if (dry === 'none') {
          api.delete(resource, namespace, name, {
            ...(grace >= 0 ? { gracePeriodSeconds: grace } : {}),
            propagation: cascade === 'orphan' || cascade === 'false' ? 'Orphan' : 'Background',
          })
          gone.push({ resource, object })
        }
        const word = force && grace === 0 ? 'force deleted' : 'deleted'
        const suffix = dry === 'none' ? '' : dry === 'client' ? ' (dry run)' : ' (server dry run)'
        const text =
          flags.text('output') === 'name'
            ? referenceText(object)
            : `${singularWithGroup(resource)} "${name}" ${word}${suffix}`
        yield* invocation.out(`${text}\n`)
      }
    }
    if (gone.length === 0 && errors.length === 0 && targets.every(({ names }) => names.length === 0)) {
      yield* invocation.out('No resources found\n')
    }
    if (flags.bool('wait') && grace !== 0) yield* waitForDeletion(invocation, gone)
    const shown = flags.bool('ignore-not-found') ? [] : errors
    for (const error of shown) {
      const source = targets.find((target) => target.source !== undefined)?.source
      yield* invocation.err(
        `${apiErrorText(error, source === undefined ? undefined : `error when deleting "${source}"`)}\n`,
      )
    }
    return shown.length > 0 ? 1 : 0
  },
}

function* waitForDeletion(
  invocation: Invocation,
  gone: readonly { resource: Resource; object: KubernetesObject }[],
): Program<void> {
  const nanoseconds = parseDuration(invocation.flags.text('timeout'))
  const end = nanoseconds === 0n ? undefined : (yield* invocation.now()) + Number(nanoseconds / 1000n)
  for (const { resource, object } of gone) {
    const { namespace = '', name, uid } = object.metadata
    while (invocation.api.store.find(resource, namespace, name)?.metadata.uid === uid) {
      const now = yield* invocation.now()
      if (end !== undefined && now >= end) {
        throw new StatusError(`error: timed out waiting for the condition on ${resource.name}/${name}`)
      }
      yield* invocation.changed(end === undefined ? undefined : end - now)
    }
  }
}
