// `kubectl label` and `annotate`: they change one map of an object's metadata each.
import type { Program } from '../kernel/system.ts'
import { copyOf, type KubernetesObject } from '../kubernetes/objects.ts'
import type { Resource } from '../kubernetes/resources.ts'
import { tell } from './change.ts'
import type { Command } from './command.ts'
import { StatusError } from './errors.ts'
import {
  all,
  allNamespaces,
  bool,
  dryRun,
  fieldSelector,
  filename,
  output,
  overwrite,
  selector,
  template,
} from './flags.ts'
import type { Invocation } from './invocation.ts'
import { findObjects, targetsOf } from './targets.ts'

/** `label` and `annotate` differ only in the map and its words. */
function metadataCommand(name: 'label' | 'annotate', field: 'labels' | 'annotations', word: string): Command {
  return {
    name,
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
      const targets = yield* targetsOf(invocation, operands)
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
