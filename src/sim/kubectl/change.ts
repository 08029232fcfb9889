// `kubectl apply`, `create -f`, `replace`, `delete`, `patch`, `label`, `annotate`, `scale`: commands that change objects.
import { parse } from 'yaml'
import { parseDuration } from '../../text/duration.ts'
import { withSortedKeys, writeJson } from '../../text/json.ts'
import type { Program } from '../kernel/system.ts'
import type { PatchType } from '../kubernetes/api-server.ts'
import { ApiError } from '../kubernetes/errors.ts'
import { copyOf, type KubernetesObject } from '../kubernetes/objects.ts'
import { applyPatch, isRecord, type JsonRecord, strategicMerge } from '../kubernetes/patch.ts'
import { type Resource, singularWithGroup } from '../kubernetes/resources.ts'
import type { Command } from './command.ts'
import { apiErrorText, StatusError } from './errors.ts'
import {
  all,
  allNamespaces,
  bool,
  dryRun,
  duration,
  fieldSelector,
  filename,
  ignored,
  int,
  output,
  overwrite,
  recursive,
  selector,
  string,
  template,
} from './flags.ts'
import type { Invocation } from './invocation.ts'
import { type Manifest, readManifests } from './manifests.ts'
import { objectPrinter, referenceText } from './output.ts'
import { findObjects, targetsOf } from './targets.ts'

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration'

/** Says what happened to an object, or prints it in the form that `-o` asks for. */
export function* tell(invocation: Invocation, object: KubernetesObject, what: string): Program<void> {
  const printer = yield* objectPrinter(invocation)
  const dry = invocation.flags.given().includes('dry-run') ? invocation.dryRun() : 'none'
  const suffix = dry === 'client' ? ' (dry run)' : dry === 'server' ? ' (server dry run)' : ''
  yield* invocation.out(printer === undefined ? `${referenceText(object)} ${what}${suffix}\n` : printer(object))
}

/** Does something for each, goes on after a refusal, and ends with all refusals. */
function* forEach<T>(
  invocation: Invocation,
  items: readonly T[],
  action: (item: T) => Program<void>,
  context: (item: T) => string | undefined = () => undefined,
): Program<number> {
  let code = 0
  for (const item of items) {
    try {
      yield* action(item)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      yield* invocation.err(`${apiErrorText(error, context(item))}\n`)
      code = 1
    }
  }
  return code
}

function* manifestsOf(invocation: Invocation, verb: string): Program<Manifest[]> {
  const files = invocation.flags.list('filename')
  if (files.length === 0) throw new StatusError('error: must specify one of -f and -k')
  const validate = invocation.flags.text('validate') !== 'false'
  const manifests = yield* readManifests(invocation, files, { validate })
  if (manifests.length === 0) throw new StatusError(`error: no objects passed to ${verb}`)
  return manifests
}

function placed({ resource, object }: Manifest, invocation: Invocation): KubernetesObject {
  if (!resource.namespaced) return object
  const namespace = object.metadata.namespace ?? invocation.namespace
  if (invocation.flags.changed('namespace') && namespace !== invocation.namespace) {
    throw new StatusError(
      `error: the namespace from the provided object "${namespace}" does not match the namespace "${invocation.namespace}". You must pass '--namespace=${namespace}' to perform this operation.`,
    )
  }
  return { ...object, metadata: { ...object.metadata, namespace } }
}

const validate = { ...ignored('validate'), type: { ...string, alone: 'true' } }

export const applyCommand: Command = {
  name: 'apply',
  summary: 'Apply a configuration to a resource by filename or stdin',
  group: 'advanced',
  usage: '(-f FILENAME | -k DIRECTORY) [options]',
  flags: [
    dryRun,
    filename,
    output,
    recursive,
    template,
    validate,
    ignored('server-side', bool),
    ignored('force', bool),
    ignored('wait', bool),
    ignored('prune', bool),
    selector,
  ],
  *run(invocation) {
    const manifests = yield* manifestsOf(invocation, 'apply')
    return yield* forEach(invocation, manifests, (manifest) => applyOne(invocation, manifest))
  },
}

function* applyOne(invocation: Invocation, manifest: Manifest): Program<void> {
  const { api } = invocation
  const { resource } = manifest
  const wanted = placed(manifest, invocation)
  const { namespace = '', name } = wanted.metadata
  const dry = invocation.dryRun()
  const last = { ...wanted, metadata: { annotations: {}, ...wanted.metadata } }
  const text = `${writeJson(withSortedKeys(last), { escapeHtml: true })}\n`
  wanted.metadata.annotations = { ...wanted.metadata.annotations, [lastApplied]: text }
  const live = api.store.find(resource, namespace, name)
  if (live === undefined) {
    invocation.authorize('create', resource, namespace)
    const created = dry === 'client' ? wanted : api.create(resource, wanted, { dryRun: dry === 'server' })
    return yield* tell(invocation, created, 'created')
  }
  const before = live.metadata.annotations?.[lastApplied]
  if (before === undefined) {
    yield* invocation.err(
      `Warning: resource ${resource.name}/${name} is missing the ${lastApplied} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.\n`,
    )
  }
  const previous = before === undefined ? {} : (JSON.parse(before) as JsonRecord)
  const patch = applyPatch(previous, wanted as JsonRecord, live as JsonRecord)
  if (patch === undefined) return yield* tell(invocation, live, 'unchanged')
  const updated =
    dry === 'client' ? live : api.patch(resource, namespace, name, 'strategic', patch, { dryRun: dry === 'server' })
  yield* tell(invocation, updated, 'configured')
}

/** `kubectl create -f`; the generators are in create.ts. */
export function* createFromFiles(invocation: Invocation): Program<number> {
  const manifests = yield* manifestsOf(invocation, 'create')
  return yield* forEach(
    invocation,
    manifests,
    function* (manifest) {
      const object = placed(manifest, invocation)
      const dry = invocation.dryRun()
      invocation.authorize('create', manifest.resource, object.metadata.namespace)
      const created =
        dry === 'client' ? object : invocation.api.create(manifest.resource, object, { dryRun: dry === 'server' })
      yield* tell(invocation, created, 'created')
    },
    ({ source }) => `error when creating "${source}"`,
  )
}

export const replaceCommand: Command = {
  name: 'replace',
  summary: 'Replace a resource by filename or stdin',
  group: 'advanced',
  usage: '-f FILENAME [options]',
  flags: [dryRun, filename, output, recursive, template, validate, ignored('force', bool)],
  *run(invocation) {
    const manifests = yield* manifestsOf(invocation, 'replace')
    return yield* forEach(
      invocation,
      manifests,
      function* (manifest) {
        const object = placed(manifest, invocation)
        const { namespace = '', name } = object.metadata
        const live = invocation.api.get(manifest.resource, namespace, name)
        const merged = {
          ...object,
          metadata: { ...live.metadata, ...object.metadata },
          ...(live['status'] === undefined ? {} : { status: live['status'] }),
        }
        yield* tell(invocation, invocation.api.update(manifest.resource, merged), 'replaced')
      },
      ({ source }) => `error when replacing "${source}"`,
    )
  },
}

export const deleteCommand: Command = {
  name: 'delete',
  summary: 'Delete resources by filenames, stdin, resources and names, or by resources and label selector',
  group: 'intermediate',
  usage: '([-f FILENAME] | [-k DIRECTORY] | TYPE [(NAME | -l label | --all)]) [options]',
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
    if (targets.length === 0) {
      throw new StatusError(`error: You must provide one or more resources by argument or filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
   '<resource> <name>'
   '<resource>'`)
    }
    const isAll = flags.bool('all')
    const hasSelector = flags.text('selector') !== '' || flags.text('field-selector') !== ''
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

export const patchCommand: Command = {
  name: 'patch',
  summary: 'Update field(s) of a resource',
  group: 'advanced',
  usage: '(-f FILENAME | TYPE NAME) -p PATCH [options]',
  required: [],
  flags: [
    dryRun,
    filename,
    output,
    template,
    { name: 'patch', shorthand: 'p', type: string, usage: 'The patch to be applied to the resource JSON file.' },
    {
      name: 'type',
      type: string,
      default: 'strategic',
      usage: 'The type of patch being provided; one of [json merge strategic]',
    },
  ],
  *run(invocation) {
    const { flags, api } = invocation
    const type = flags.text('type')
    if (!['json', 'merge', 'strategic'].includes(type)) {
      throw new StatusError(`error: --type must be one of [json merge strategic], not "${type}"`)
    }
    const text = flags.text('patch')
    if (text === '') throw new StatusError('error: must specify -p to patch')
    let patch: unknown
    try {
      patch = parse(text)
    } catch {
      throw new StatusError(`error: unable to parse "${text}": yaml: did not find expected node content`)
    }
    const { found, errors } = findObjects(invocation, yield* targetsOf(invocation))
    const [error] = errors
    if (error !== undefined) throw error
    const pairs = found.flatMap(({ resource, objects }) => objects.map((object) => ({ resource, object })))
    return yield* forEach(invocation, pairs, function* ({ resource, object }) {
      const { namespace = '', name, resourceVersion } = object.metadata
      const patched = api.patch(resource, namespace, name, type as PatchType, patch, {
        dryRun: invocation.dryRun() !== 'none',
      })
      const isSame = patched.metadata.resourceVersion === resourceVersion
      yield* tell(invocation, patched, isSame ? 'patched (no change)' : 'patched')
    })
  },
}

/** `label` and `annotate` differ only in the map and its words. */
function metadataCommand(name: 'label' | 'annotate', field: 'labels' | 'annotations', word: string): Command {
  return {
    name,
    summary: name === 'label' ? 'Update the labels on a resource' : 'Update the annotations on a resource',
    group: 'settings',
    usage: `[--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version] [options]`,
    flags: [
      all,
      allNamespaces,
      dryRun,
      fieldSelector,
      filename,
      output,
      overwrite,
      selector,
      template,
      { name: 'list', type: bool, default: 'false', usage: `If true, display the ${field} for a given resource.` },
    ],
    *run(invocation) {
      const changes = invocation.operands.filter(
        (operand) => /^[^/=]*\/?[^/=]+(=.*|-)$/s.test(operand) && (operand.includes('=') || operand.endsWith('-')),
      )
      const operands = invocation.operands.filter((operand) => !changes.includes(operand))
      if (operands.length === 0 && invocation.flags.list('filename').length === 0) {
        throw new StatusError(
          'error: one or more resources must be specified as <resource> <name> or <resource>/<name>',
        )
      }
      if (changes.length === 0 && !invocation.flags.bool('list')) {
        throw new StatusError(`error: at least one ${name === 'label' ? 'label' : 'annotation'} update is required`)
      }
      const targets = yield* targetsOf(Object.assign(Object.create(invocation) as Invocation, { operands }))
      const { found, errors } = findObjects(invocation, targets, { label: invocation.flags.text('selector') })
      const [error] = errors
      if (error !== undefined) throw error
      for (const { resource, objects } of found) {
        for (const object of objects) yield* changeMetadata(invocation, resource, object, field, word, changes)
      }
      return 0
    },
  }
}

function* changeMetadata(
  invocation: Invocation,
  resource: Resource,
  object: KubernetesObject,
  field: 'labels' | 'annotations',
  word: string,
  changes: readonly string[],
): Program<void> {
  const values = { ...object.metadata[field] }
  for (const change of changes) {
    const [key = '', value] = change.split(/=(.*)/s)
    if (value === undefined) {
      const removed = key.slice(0, -1)
      if (!(removed in values))
        yield* invocation.out(`${field === 'labels' ? 'label' : 'annotation'} "${removed}" not found.\n`)
      delete values[removed]
      continue
    }
    const known = values[key]
    if (known !== undefined && !invocation.flags.bool('overwrite')) {
      throw new StatusError(`error: '${key}' already has a value (${known}), and --overwrite is false`)
    }
    values[key] = value
  }
  const changed = copyOf(object)
  changed.metadata[field] = values
  if (Object.keys(values).length === 0) delete changed.metadata[field]
  const stored = invocation.dryRun() === 'none' ? invocation.api.update(resource, changed) : changed
  const isSame = stored.metadata.resourceVersion === object.metadata.resourceVersion
  yield* tell(invocation, stored, isSame && field === 'labels' ? 'not labeled' : word)
}

export const labelCommand = metadataCommand('label', 'labels', 'labeled')
export const annotateCommand = metadataCommand('annotate', 'annotations', 'annotated')

export const scaleCommand: Command = {
  name: 'scale',
  summary: 'Set a new size for a Deployment, ReplicaSet or Replication Controller',
  group: 'deploy',
  usage: '[--resource-version=version] [--current-replicas=count] --replicas=COUNT (-f FILENAME | TYPE NAME) [options]',
  required: ['replicas'],
  flags: [
    all,
    dryRun,
    filename,
    output,
    selector,
    template,
    { name: 'replicas', type: int, default: '0', usage: 'The new desired number of replicas. Required.' },
    {
      name: 'current-replicas',
      type: int,
      default: '-1',
      usage:
        'Precondition for current size. Requires that the current size of the resource match this value in order to scale.',
    },
  ],
  *run(invocation) {
    const { flags, api } = invocation
    const replicas = flags.number('replicas')
    if (replicas < 0)
      throw new StatusError(
        'error: The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0',
      )
    const { found, errors } = findObjects(invocation, yield* targetsOf(invocation))
    const [error] = errors
    if (error !== undefined) throw error
    for (const { resource, objects } of found) {
      for (const object of objects) {
        if (!isRecord(object['spec']) || !('replicas' in object['spec'])) {
          throw new StatusError(`Error from server (NotFound): the server could not find the requested resource`)
        }
        const changed = strategicMerge(object, { spec: { replicas } }) as KubernetesObject
        const stored = invocation.dryRun() === 'none' ? api.update(resource, changed) : changed
        yield* tell(invocation, stored, 'scaled')
      }
    }
    return 0
  },
}
