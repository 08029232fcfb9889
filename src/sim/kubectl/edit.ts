// `kubectl edit`: objects as a file for an editor, and what the learner made of it. pkg/cmd/util/editor
import { parse } from 'yaml'
import type { Program } from '../kernel/system.ts'
import { ApiError } from '../kubernetes/errors.ts'
import type { KubernetesObject } from '../kubernetes/objects.ts'
import { isEqual } from '../kubernetes/patch.ts'
import { findResource, pluralWithGroup, resourceOfKind } from '../kubernetes/resources.ts'
import { readText } from '../programs/stdio.ts'
import { withSortedKeys, writeJson } from '../../text/json.ts'
import { tell } from './change.ts'
import type { Command } from './command.ts'
import { missingResource, StatusError } from './errors.ts'
import { bool, filename, ignored, output, recursive, template } from './flags.ts'
import type { Invocation } from './invocation.ts'
import { parseManifest } from './manifests.ts'
import { listOf, yamlText } from './output.ts'
import { findObjects, targetsOf } from './targets.ts'
import { remove, runProgram, writeFile } from './temporary-files.ts'

const header = `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`

export const editCommand: Command = {
  name: 'edit',
  flags: [
    filename,
    output,
    recursive,
    template,
    ignored('validate', bool),
    ignored('save-config', bool),
    ignored('windows-line-endings', bool),
  ],
  *run(invocation) {
    const targets = yield* targetsOf(invocation)
    if (targets.length === 0) throw new StatusError(missingResource)
    const { found, errors } = findObjects(invocation, targets)
    const [error] = errors
    if (error !== undefined) throw error
    const objects = found.flatMap((each) => each.objects)
    if (objects.length === 0) throw new StatusError('error: edit cancelled, no objects found')
    return yield* edit(invocation, objects)
  },
}

/** Opens the editor until what it left is taken, or given up. */
function* edit(invocation: Invocation, objects: readonly KubernetesObject[]): Program<number> {
  const { system, flags } = invocation
  const isJson = flags.text('output') === 'json'
  const value = objects.length === 1 ? objects[0] : listOf(objects)
  const original = isJson ? `${writeJson(withSortedKeys(value), { indent: '    ' })}\n` : yamlText(value)
  let shown = isJson ? original : header + original
  let refused: string | undefined
  for (;;) {
    const path = `/tmp/kubectl-edit-${invocation.api.suffix()}.${isJson ? 'json' : 'yaml'}`
    yield* writeFile(system, path, shown, 0o600)
    yield* launch(invocation, path)
    const edited = yield* readText(system, path)
    const content = contentOf(edited)
    if (refused !== undefined && contentOf(refused) === content) {
      yield* invocation.err(`A copy of your changes has been stored to "${path}"\n`)
      throw new StatusError('error: Edit cancelled, no valid changes were saved.')
    }
    const cancelled = isSame(content, original)
      ? 'no changes made'
      : content.trim() === ''
        ? 'saved file was empty'
        : ''
    if (cancelled !== '') {
      yield* remove(system, path)
      yield* invocation.err(`Edit cancelled, ${cancelled}.\n`)
      return 0
    }
    const reasons = yield* store(invocation, content, objects, path)
    if (reasons.length === 0) {
      yield* remove(system, path)
      return 0
    }
    refused = edited
    shown = `${header}${reasons.map((reason) => `${reason}\n`).join('')}#\n${content}`
  }
}

/** @throws StatusError when the editor cannot be started, or failed */
function* launch({ environment, system }: Invocation, path: string): Program<void> {
  const editor = environment.get('KUBE_EDITOR') || environment.get('EDITOR') || 'vi'
  const shell = environment.get('SHELL') || '/bin/bash'
  const words = /["'\\]/.test(editor) ? [shell, '-c', `${editor} "${path}"`] : [...editor.split(' '), path]
  const status = yield* runProgram(system, words, environment)
  const shownWords = /["'\\]/.test(editor) ? `${shell} -c ${editor}` : editor
  if (status === undefined) throw new StatusError(`error: unable to launch the editor ${JSON.stringify(shownWords)}`)
  if (status !== 0) throw new StatusError(`error: there was a problem with the editor ${JSON.stringify(shownWords)}`)
}

function contentOf(text: string): string {
  return text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
}

function isSame(one: string, other: string): boolean {
  try {
    return isEqual(parse(one), parse(other))
  } catch {
    return false
  }
}

/**
 * Sends what changed.
 * @returns the lines of the header when it was refused, none when all is done
 * @throws StatusError for what another edit would not mend
 */
function* store(
  invocation: Invocation,
  content: string,
  objects: readonly KubernetesObject[],
  path: string,
): Program<string[]> {
  const [first] = objects
  const kept = function* (message: string): Program<never> {
    yield* invocation.err(`A copy of your changes has been stored to "${path}"\n`)
    throw new StatusError(message)
  }
  let edited: KubernetesObject[]
  try {
    edited = parseManifest(content, 'edited-file', { validate: true }).map(({ object }) => object)
  } catch (error) {
    if (!(error instanceof StatusError)) throw error
    const why = error.message.replace(/^error: (error validating "[^"]*": )?/, '').replace(/; if you choose.*$/s, '')
    yield* invocation.err(`error: ${titleOf(first)} is invalid\n`)
    return [
      `# ${titleOf(first)} was not valid:`,
      `# * <nil>: Invalid value: "The edited file failed validation": ${why}`,
    ]
  }
  const reasons: string[] = []
  for (const object of edited) {
    const before = objects.find(
      ({ kind, metadata }) =>
        kind === object.kind &&
        metadata.name === object.metadata.name &&
        metadata.namespace === object.metadata.namespace,
    )
    const resource = resourceOfKind(object.apiVersion, object.kind)
    if (before === undefined || resource === undefined) {
      return yield* kept('error: At least one of apiVersion, kind and name was changed')
    }
    if (isEqual(before, object)) {
      yield* tell(invocation, before, 'skipped')
      continue
    }
    const { namespace = '', name } = object.metadata
    try {
      const live = invocation.api.get(resource, namespace, name)
      const wanted: KubernetesObject = {
        ...object,
        metadata: { ...object.metadata, resourceVersion: live.metadata.resourceVersion ?? '' },
      }
      if (live['status'] !== undefined) wanted['status'] = live['status']
      yield* tell(invocation, invocation.api.update(resource, wanted), 'edited')
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (error.details === undefined) {
        const gone = error.reason === 'NotFound'
        const what = gone ? 'could not be found on the server' : `could not be patched: ${error.message}`
        yield* invocation.err(`error: ${titleOf(object)} ${what}\n`)
        yield* invocation.err(
          gone
            ? `The edits you made on deleted resources have been saved to "${path}"\n`
            : `You can run \`kubectl replace -f ${path}\` to try this update again.\n`,
        )
        throw new StatusError('')
      }
      yield* invocation.err(`error: ${titleOf(object)} is invalid\n`)
      reasons.push(`# ${titleOf(object)} was not valid:`, ...error.details.causes.map((cause) => `# * ${cause}`))
    }
  }
  return reasons
}

/** `deployments.apps "x"`. */
function titleOf(object: KubernetesObject | undefined): string {
  const resource = findResource(object?.kind ?? '')
  return `${resource === undefined ? '' : pluralWithGroup(resource)} "${object?.metadata.name ?? ''}"`
}
