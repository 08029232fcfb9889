// What a command line names: `pods`, `pod/x`, `deploy,rs`, `pod a b`, `-l`, `-f FILE`. cli-runtime's resource builder.
import type { Program } from '../kernel/system.ts'
import { ApiError } from '../kubernetes/errors.ts'
import type { KubernetesObject } from '../kubernetes/objects.ts'
import { findResource, type Resource, resources } from '../kubernetes/resources.ts'
import { StatusError } from './errors.ts'
import type { Invocation } from './invocation.ts'
import { readManifests } from './manifests.ts'

/** A kind, and names of it; no names: all that the selectors leave. */
export interface Target {
  readonly resource: Resource
  readonly names: readonly string[]
  /** From a manifest: its own namespace. */
  readonly namespace?: string
  readonly source?: string
}

/** @throws StatusError for a type that the server does not have, and forms that do not go together */
export function parseTargets(operands: readonly string[]): Target[] {
  const [first] = operands
  if (first === undefined) return []
  if (operands.some((operand) => operand.includes('/'))) {
    const targets = operands.map((operand) => {
      const [kind = '', name = '', ...more] = operand.split('/')
      if (!operand.includes('/')) {
        throw new StatusError(
          `error: there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'`,
        )
      }
      if (more.length > 0 || name === '' || kind === '') {
        throw new StatusError(`error: arguments in resource/name form must have a single resource and name`)
      }
      return { resource: requireResource(kind), names: [name] }
    })
    return targets
  }
  const kinds = first.split(',').filter((word) => word !== '')
  const list = kinds.flatMap((word) =>
    word === 'all' ? resources.filter(({ inAll }) => inAll) : [requireResource(word)],
  )
  return list.map((resource) => ({ resource, names: operands.slice(1) }))
}

export function requireResource(word: string): Resource {
  const found = findResource(word)
  if (found === undefined) throw new StatusError(`error: the server doesn't have a resource type "${word}"`)
  return found
}

/** Operands, or the objects of `-f`. @param operands those that name objects; by default all */
export function* targetsOf(invocation: Invocation, operands = invocation.operands): Program<Target[]> {
  const files = invocation.flags.list('filename')
  if (files.length === 0) return parseTargets(operands)
  const manifests = yield* readManifests(invocation, files, { validate: false })
  return manifests.map(({ resource, object, source }) => ({
    resource,
    names: [object.metadata.name],
    source,
    ...(object.metadata.namespace === undefined ? {} : { namespace: object.metadata.namespace }),
  }))
}

export interface Found {
  readonly resource: Resource
  readonly objects: KubernetesObject[]
}

/**
 * The objects that targets name; those that are missing are told after the rest.
 * @returns what was found, and the errors in order
 */
export function findObjects(
  invocation: Invocation,
  targets: readonly Target[],
  selectors: { label?: string; field?: string } = {},
  verb = 'get',
): { found: Found[]; errors: ApiError[] } {
  const errors: ApiError[] = []
  const found = targets.map((target): Found => {
    const { resource, names } = target
    const namespace = resource.namespaced ? (target.namespace ?? invocation.listNamespace) : undefined
    if (names.length === 0) {
      invocation.authorize('list', resource, namespace)
      const options = {
        ...(namespace === undefined ? {} : { namespace }),
        ...(selectors.label === undefined ? {} : { labelSelector: selectors.label }),
        ...(selectors.field === undefined ? {} : { fieldSelector: selectors.field }),
      }
      return { resource, objects: invocation.api.list(resource, options) }
    }
    const objects: KubernetesObject[] = []
    for (const name of names) {
      try {
        invocation.authorize(verb, resource, namespace, name)
        objects.push(invocation.api.get(resource, namespace ?? '', name))
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        errors.push(error)
      }
    }
    return { resource, objects }
  })
  return { found, errors }
}
