// `kubectl apply`, `create -f`, `replace`, `patch`, `scale`: commands that give objects another content.
import { parse } from 'yaml'
import { withSortedKeys, writeJson } from '../../text/json.ts'
import type { Program } from '../kernel/system.ts'
import type { PatchType } from '../kubernetes/api-server.ts'
import { ApiError } from '../kubernetes/errors.ts'
import type { KubernetesObject } from '../kubernetes/objects.ts'
import { applyPatch, isRecord, type JsonRecord, strategicMerge } from '../kubernetes/patch.ts'
import type { Command } from './command.ts'
import { apiErrorText, missingResource, StatusError } from './errors.ts'
import { all, bool, dryRun, filename, ignored, int, output, recursive, selector, string, template } from './flags.ts'
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

/** The objects of `-f`. @throws StatusError when there are none */
export function* manifestsOf(invocation: Invocation, verb: string): Program<Manifest[]> {
  const files = invocation.flags.list('filename')
  if (files.length === 0) throw new StatusError('error: must specify one of -f and -k')
  // `diff` has no such flag, and does not look.
  const isValidated = verb !== 'diff' && invocation.flags.text('validate') !== 'false'
  const manifests = yield* readManifests(invocation, files, { validate: isValidated })
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

/**
 * What applying a manifest would send: the object as it should be, and the patch against the one that is there.
 * @param isNoted whether the object gets the note of what was applied
 */
function planOf(invocation: Invocation, manifest: Manifest, isNoted: boolean) {
  const { resource } = manifest
  const wanted = placed(manifest, invocation)
  const { namespace = '', name } = wanted.metadata
  const last = { ...wanted, metadata: { annotations: {}, ...wanted.metadata } }
  const text = `${writeJson(withSortedKeys(last), { escapeHtml: true })}\n`
  wanted.metadata.annotations = { ...wanted.metadata.annotations, ...(isNoted ? { [lastApplied]: text } : {}) }
  const live = invocation.api.store.find(resource, namespace, name)
  const before = live?.metadata.annotations?.[lastApplied]
  const previous = before === undefined ? {} : (JSON.parse(before) as JsonRecord)
  return { wanted, live, before, patch: live && applyPatch(previous, wanted as JsonRecord, live as JsonRecord) }
}

/** The object that is there, and what it would be after `kubectl apply`, but for the note. @throws ApiError */
export function appliedObject(
  invocation: Invocation,
  manifest: Manifest,
): { readonly before?: KubernetesObject; readonly after: KubernetesObject } {
  const { api } = invocation
  const { resource } = manifest
  const { wanted, live, patch } = planOf(invocation, manifest, false)
  if (live === undefined) {
    if (Object.keys(wanted.metadata.annotations ?? {}).length === 0) delete wanted.metadata.annotations
    return { after: api.create(resource, wanted, { dryRun: true }) }
  }
  const { namespace = '', name } = wanted.metadata
  const after = patch === undefined ? live : api.patch(resource, namespace, name, 'strategic', patch, { dryRun: true })
  return { before: live, after }
}

function* applyOne(invocation: Invocation, manifest: Manifest): Program<void> {
  const { api } = invocation
  const { resource } = manifest
  const { wanted, live, before, patch } = planOf(invocation, manifest, true)
  const { namespace = '', name } = wanted.metadata
  const dry = invocation.dryRun()
  if (live === undefined) {
    invocation.authorize('create', resource, namespace)
    const created = dry === 'client' ? wanted : api.create(resource, wanted, { dryRun: dry === 'server' })
    return yield* tell(invocation, created, 'created')
  }
  if (before === undefined) {
    yield* invocation.err(
      `Warning: resource ${resource.name}/${name} is missing the ${lastApplied} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.\n`,
    )
  }
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

export const patchCommand: Command = {
  name: 'patch',
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
    if (text === '') {
      throw new StatusError('error: must specify --patch or --patch-file containing the contents of the patch')
    }
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

export const scaleCommand: Command = {
  name: 'scale',
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
    const targets = yield* targetsOf(invocation)
    if (targets.length === 0) throw new StatusError(missingResource)
    const { found, errors } = findObjects(invocation, targets)
    const [error] = errors
    if (error !== undefined) throw error
    for (const { resource, objects } of found) {
      for (const object of objects) {
        if (!isRecord(object['spec']) || !('replicas' in object['spec'])) {
          throw new StatusError(`Error from server (NotFound): the server could not find the requested resource`)
        }
        const expected = flags.number('current-replicas')
        const present = Number(object['spec']['replicas'])
        if (expected !== -1 && expected !== present) {
          throw new StatusError(`error: Expected replicas to be ${expected}, was ${present}`)
        }
        const changed = strategicMerge(object, { spec: { replicas } }) as KubernetesObject
        const stored = invocation.dryRun() === 'none' ? api.update(resource, changed) : changed
        yield* tell(invocation, stored, 'scaled')
      }
    }
    return 0
  },
}
