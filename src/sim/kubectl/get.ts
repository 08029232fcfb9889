// `kubectl get`: tables and other forms of objects, once or as they change.
import { kubectlColumns, tableText } from '../../text/columns.ts'
import { findJsonPath, JsonPathError, jsonPathText, relaxedJsonPath } from '../../text/jsonpath.ts'
import type { Program } from '../kernel/system.ts'
import type { KubernetesObject } from '../kubernetes/objects.ts'
import { type Resource, singularWithGroup } from '../kubernetes/resources.ts'
import type { Command } from './command.ts'
import { apiErrorText, StatusError } from './errors.ts'
import {
  allNamespaces,
  bool,
  fieldSelector,
  filename,
  ignored,
  noHeaders,
  output,
  recursive,
  selector,
  string,
  stringArray,
  template,
} from './flags.ts'
import type { Invocation } from './invocation.ts'
import { listOf, objectPrinter } from './output.ts'
import { type Column, columnsOf, labelText } from './printers.ts'
import { rawAnswer } from './raw.ts'
import { findObjects, type Found, targetsOf } from './targets.ts'

export const getCommand: Command = {
  name: 'get',
  flags: [
    allNamespaces,
    ignored('chunk-size'),
    fieldSelector,
    filename,
    {
      name: 'ignore-not-found',
      type: bool,
      default: 'false',
      usage: 'If the requested object does not exist the command will return exit code 0.',
    },
    {
      name: 'label-columns',
      shorthand: 'L',
      type: stringArray,
      default: '[]',
      usage:
        'Accepts a comma separated list of labels that are going to be presented as columns. Names are case-sensitive.',
    },
    noHeaders,
    output,
    { name: 'raw', type: string, usage: 'Raw URI to request from the server.' },
    recursive,
    selector,
    {
      name: 'show-kind',
      type: bool,
      default: 'false',
      usage: 'If present, list the resource type for the requested object(s).',
    },
    {
      name: 'show-labels',
      type: bool,
      default: 'false',
      usage: 'When printing, show all labels as the last column (default hide labels column)',
    },
    {
      name: 'show-managed-fields',
      type: bool,
      default: 'false',
      usage: 'If true, keep the managedFields when printing objects in JSON or YAML format.',
    },
    {
      name: 'sort-by',
      type: string,
      usage:
        "If non-empty, sort list types using this field specification.  The field specification is expressed as a JSONPath expression (e.g. '{.metadata.name}'). The field in the API resource specified by this JSONPath expression must be an integer or a string.",
    },
    template,
    {
      name: 'watch',
      shorthand: 'w',
      type: bool,
      default: 'false',
      usage:
        'After listing/getting the requested object, watch for changes. Uninitialized objects are excluded if no object name is provided.',
    },
    {
      name: 'watch-only',
      type: bool,
      default: 'false',
      usage: 'Watch for changes to the requested object(s), without listing/getting first.',
    },
  ],
  *run(invocation) {
    const { flags } = invocation
    if (flags.changed('raw')) {
      if (invocation.operands.length > 0) {
        throw new StatusError('error: arguments may not be passed when --raw is specified')
      }
      yield* invocation.out(rawAnswer(invocation, flags.text('raw')))
      return 0
    }
    const printer = yield* objectPrinter(invocation, flags.bool('no-headers'))
    const targets = yield* targetsOf(invocation)
    if (targets.length === 0) {
      throw new StatusError(`You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.

error: Required resource not specified.
Use "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).
See 'kubectl get -h' for help and examples`)
    }
    const selectors = { label: flags.text('selector'), field: flags.text('field-selector') }
    if (flags.bool('watch') || flags.bool('watch-only')) return yield* watch(invocation, targets, selectors)
    const { found, errors } = findObjects(invocation, targets, selectors)
    const sortBy = flags.text('sort-by')
    if (sortBy !== '') for (const each of found) sortObjects(each.objects, sortBy)
    const shownErrors = flags.bool('ignore-not-found') ? errors.filter(({ reason }) => reason !== 'NotFound') : errors
    if (printer !== undefined) {
      const objects = found.flatMap((each) => each.objects)
      const isOne = targets.length === 1 && targets[0]?.names.length === 1
      const [only] = objects
      if (isOne && only !== undefined) yield* invocation.out(printer(only))
      else if (!isOne && (errors.length === 0 || objects.length > 0)) {
        if (objects.length > 0 || flags.text('output') !== 'name') yield* invocation.out(printer(listOf(objects)))
      }
    } else yield* printTables(invocation, found, targets, shownErrors.length > 0)
    for (const error of shownErrors) yield* invocation.err(`${apiErrorText(error)}\n`)
    return shownErrors.length > 0 ? 1 : 0
  },
}

function* printTables(
  invocation: Invocation,
  found: readonly Found[],
  targets: readonly { readonly names: readonly string[] }[],
  hasErrors: boolean,
): Program<void> {
  const now = yield* invocation.now()
  const merged = mergeByKind(found)
  const nonEmpty = merged.filter(({ objects }) => objects.length > 0)
  if (nonEmpty.length === 0) {
    if (hasErrors || targets.some(({ names }) => names.length > 0)) return
    const namespaced = found.some(({ resource }) => resource.namespaced)
    const { listNamespace } = invocation
    const where = namespaced && listNamespace !== undefined ? ` in ${listNamespace} namespace` : ''
    yield* invocation.err(`No resources found${where}${where === '' ? '' : '.'}\n`)
    return
  }
  const isSeveral = found.length > 1 && new Set(found.map(({ resource }) => resource.name)).size > 1
  const texts = nonEmpty.map(({ resource, objects }) => {
    const isWithKind = isSeveral || invocation.flags.bool('show-kind')
    return tableText(tableOf(invocation, resource, objects, now, isWithKind), kubectlColumns)
  })
  yield* invocation.out(texts.join('\n'))
}

function mergeByKind(found: readonly Found[]): Found[] {
  const merged: Found[] = []
  for (const { resource, objects } of found) {
    const last = merged.at(-1)
    if (last?.resource.name === resource.name) last.objects.push(...objects)
    else merged.push({ resource, objects: [...objects] })
  }
  return merged
}

/** Rows of cells, the header first. */
function tableOf(
  invocation: Invocation,
  resource: Resource,
  objects: readonly KubernetesObject[],
  now: number,
  isWithKind: boolean,
): string[][] {
  const { flags } = invocation
  const columns = tableColumns(invocation, resource, isWithKind)
  const rows = objects.map((object) => columns.map((column) => column.cell(object, now)))
  return flags.bool('no-headers') ? rows : [columns.map(({ header }) => header), ...rows]
}

function tableColumns(invocation: Invocation, resource: Resource, isWithKind: boolean): Column[] {
  const { flags } = invocation
  const columns = columnsOf(resource.kind, flags.text('output') === 'wide').map((column) =>
    column.header === 'NAME' && isWithKind
      ? { ...column, cell: ({ metadata }: KubernetesObject) => `${singularWithGroup(resource)}/${metadata.name}` }
      : column,
  )
  const namespace: Column = { header: 'NAMESPACE', cell: ({ metadata }) => metadata.namespace ?? '' }
  const labels = flags.list('label-columns').flatMap((text) => text.split(','))
  return [
    ...(invocation.listNamespace === undefined && resource.namespaced ? [namespace] : []),
    ...columns,
    ...labels.map(
      (label): Column => ({
        header: (label.split('/').at(-1) ?? '').toUpperCase(),
        cell: ({ metadata }) => metadata.labels?.[label] ?? '',
      }),
    ),
    ...(flags.bool('show-labels')
      ? [{ header: 'LABELS', cell: ({ metadata }: KubernetesObject) => labelText(metadata.labels) }]
      : []),
  ]
}

function sortObjects(objects: KubernetesObject[], path: string): void {
  let expression: string
  try {
    expression = relaxedJsonPath(path)
  } catch (error) {
    if (error instanceof JsonPathError) throw new StatusError(`error: ${error.message}`)
    throw error
  }
  const key = (object: KubernetesObject): string | number => {
    const [value] = findJsonPath(expression, object, { allowMissingKeys: true })
    return typeof value === 'number' ? value : jsonPathText(value)
  }
  if (objects.length > 0 && objects.every((object) => key(object) === '')) {
    throw new StatusError(`error: couldn't find any field with path "${expression}" in the list of objects`)
  }
  objects.sort((a, b) => {
    const [left, right] = [key(a), key(b)]
    return left < right ? -1 : left > right ? 1 : 0
  })
}

/** A table that goes on: a row for each change. Later rows keep the widths of the first table where they fit. */
function* watch(
  invocation: Invocation,
  targets: readonly { readonly resource: Resource; readonly names: readonly string[] }[],
  selectors: { label: string; field: string },
): Program<number> {
  const [target] = targets
  if (target === undefined || targets.length > 1) {
    throw new StatusError('error: you may only specify a single resource type')
  }
  const { resource, names } = target
  const { listNamespace } = invocation
  const watching = invocation.api.watch(resource)
  try {
    const { found, errors } = findObjects(invocation, [target], selectors)
    const [error] = errors
    if (error !== undefined) throw error
    const objects = found.flatMap((each) => each.objects)
    const printer = yield* objectPrinter(invocation)
    let widths: number[] = []
    const show = function* (shown: readonly KubernetesObject[]): Program<void> {
      const now = yield* invocation.now()
      if (printer !== undefined) {
        for (const object of shown) yield* invocation.out(printer(object))
        return
      }
      const rows = tableOf(invocation, resource, shown, now, false)
      const lines = widths.length === 0 ? rows : rows.slice(invocation.flags.bool('no-headers') ? 0 : 1)
      widths = lines.reduce((wide, row) => row.map((cell, at) => Math.max(wide[at] ?? 0, cell.length + 3)), widths)
      yield* invocation.out(lines.map((row) => padded(row, widths)).join(''))
    }
    if (objects.length > 0 && !invocation.flags.bool('watch-only')) yield* show(objects)
    const matches = invocation.api.matcher(resource, {
      ...(listNamespace === undefined ? {} : { namespace: listNamespace }),
      labelSelector: selectors.label,
      fieldSelector: selectors.field,
    })
    for (;;) {
      for (let event = watching.next(); event !== undefined; event = watching.next()) {
        const { object } = event
        const isMeant = names.length === 0 ? matches(object) : names.includes(object.metadata.name)
        if (
          isMeant &&
          (!resource.namespaced || listNamespace === undefined || object.metadata.namespace === listNamespace)
        ) {
          yield* show([object])
        }
      }
      yield* invocation.system.sleep_on(watching.changed, 'futex')
    }
  } finally {
    watching.close()
  }
}

function padded(row: readonly string[], widths: readonly number[]): string {
  const cells = row.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0)))
  return `${cells.join('')}\n`
}
