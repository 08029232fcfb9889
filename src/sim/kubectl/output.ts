// The output formats of kubectl, `-o`: one table of them for all commands. cli-runtime/pkg/genericclioptions
import { stringify } from 'yaml'
import { kubectlColumns, tableText } from '../../text/columns.ts'
import { fromJson, GoTemplate, dockerFunctions, TemplateExecError, TemplateParseError } from '../../text/go-template.ts'
import { withSortedKeys, writeJson } from '../../text/json.ts'
import { findJsonPath, JsonPathError, jsonPathText, printJsonPath, relaxedJsonPath } from '../../text/jsonpath.ts'
import type { Program } from '../kernel/system.ts'
import type { KubernetesObject } from '../kubernetes/objects.ts'
import { findResource, resourceOfKind, singularWithGroup } from '../kubernetes/resources.ts'
import { readText } from '../programs/stdio.ts'
import { StatusError } from './errors.ts'
import type { Invocation } from './invocation.ts'

/** Prints objects, or one list of them, in a format that is no table. */
export type ObjectPrinter = (value: unknown) => string

const formats = [
  'custom-columns',
  'custom-columns-file',
  'go-template',
  'go-template-file',
  'json',
  'jsonpath',
  'jsonpath-as-json',
  'jsonpath-file',
  'name',
  'template',
  'templatefile',
  'wide',
  'yaml',
]

/**
 * The printer that `-o` asks for; undefined for the tables, `''` and `wide`.
 * @throws StatusError for a format that there is not
 */
export function* objectPrinter(invocation: Invocation, noHeaders = false): Program<ObjectPrinter | undefined> {
  const { flags } = invocation
  const given = flags.given().includes('output') ? flags.text('output') : ''
  const template = flags.given().includes('template') ? flags.text('template') : ''
  if (given === '' && template === '') return undefined
  const [format = '', ...rest] = (given === '' ? 'go-template' : given).split('=')
  const argument = rest.length > 0 ? rest.join('=') : template
  switch (format) {
    case 'wide':
      return undefined
    case 'json':
      return (value) => `${writeJson(withSortedKeys(value), { indent: '    ', escapeHtml: true })}\n`
    case 'yaml':
      return (value) => yamlText(value)
    case 'name':
      return (value) =>
        itemsOf(value)
          .map((item) => `${referenceText(item)}\n`)
          .join('')
    case 'jsonpath':
    case 'jsonpath-file': {
      if (argument === '') throw new StatusError(`error: template format specified but no template given`)
      const text = format === 'jsonpath' ? argument : yield* readText(invocation.system, argument)
      return (value) => jsonPathOutput(text, value)
    }
    case 'go-template':
    case 'template':
    case 'go-template-file':
    case 'templatefile': {
      if (argument === '') throw new StatusError('error: template format specified but no template given')
      const text = format.endsWith('file') ? yield* readText(invocation.system, argument) : argument
      return goTemplatePrinter(text)
    }
    case 'custom-columns':
    case 'custom-columns-file': {
      if (argument === '') throw new StatusError('error: custom-columns format specified but no custom columns given')
      return (value) => customColumns(argument, value, noHeaders)
    }
    default:
      throw new StatusError(
        `error: unable to match a printer suitable for the output format "${given}", allowed formats are: ${formats.join(',')}`,
      )
  }
}

/** Keys sorted, lists not indented, as sigs.k8s.io/yaml writes it. */
export function yamlText(value: unknown): string {
  return stringify(withSortedKeys(value), {
    version: '1.1',
    indentSeq: false,
    lineWidth: 0,
    aliasDuplicateObjects: false,
  })
}

/** `pod/x`, `deployment.apps/x`. */
export function referenceText({ apiVersion, kind, metadata }: KubernetesObject): string {
  const resource = resourceOfKind(apiVersion, kind) ?? findResource(kind)
  return `${resource === undefined ? kind.toLowerCase() : singularWithGroup(resource)}/${metadata.name}`
}

/** Several objects as one value. */
export function listOf(objects: readonly KubernetesObject[]): unknown {
  return { apiVersion: 'v1', items: objects, kind: 'List', metadata: { resourceVersion: '', selfLink: '' } }
}

function itemsOf(value: unknown): KubernetesObject[] {
  const list = value as { kind?: string; items?: KubernetesObject[] }
  return list.kind === 'List' ? (list.items ?? []) : [value as KubernetesObject]
}

function jsonPathOutput(template: string, value: unknown): string {
  try {
    return printJsonPath(template, value, { allowMissingKeys: true })
  } catch (error) {
    if (!(error instanceof JsonPathError)) throw error
    throw new StatusError(`error: error parsing jsonpath ${template}, ${error.message}`)
  }
}

function goTemplatePrinter(text: string): ObjectPrinter {
  try {
    const template = new GoTemplate(text, dockerFunctions, 'output')
    return (value) => {
      try {
        return template.execute(fromJson(withSortedKeys(value)))
      } catch (error) {
        if (error instanceof TemplateExecError) {
          throw new StatusError(`error: error executing template "${text}": ${error.message}`)
        }
        throw error
      }
    }
  } catch (error) {
    if (!(error instanceof TemplateParseError)) throw error
    throw new StatusError(`error: error parsing template ${text}, ${error.message}`)
  }
}

function customColumns(spec: string, value: unknown, noHeaders: boolean): string {
  const columns = spec.split(',').map((part) => {
    const [header = '', path] = part.split(/:(.*)/s)
    if (path === undefined) {
      throw new StatusError(`error: unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`)
    }
    return { header, path: relaxed(path) }
  })
  const rows = itemsOf(value).map((item) =>
    columns.map(({ path }) => {
      const found = findJsonPath(path, item, { allowMissingKeys: true }).map(jsonPathText)
      return found.length === 0 ? '<none>' : found.join(',')
    }),
  )
  const head = noHeaders ? [] : [columns.map(({ header }) => header)]
  return tableText([...head, ...rows], kubectlColumns)
}

function relaxed(path: string): string {
  try {
    return relaxedJsonPath(path)
  } catch (error) {
    if (error instanceof JsonPathError) throw new StatusError(`error: ${error.message}`)
    throw error
  }
}
