// Manifests: files and stdin as objects, with kubectl's words for what cannot be read.
import { LineCounter, parseAllDocuments } from 'yaml'
import { type Program, SystemCallError } from '../kernel/system.ts'
import type { KubernetesObject } from '../kubernetes/objects.ts'
import { type Resource, resourceOfKind } from '../kubernetes/resources.ts'
import { decodeText } from '../programs/bytes.ts'
import { readAll, readFile } from '../programs/stdio.ts'
import { validateStrictly } from '../kubernetes/strict-validation.ts'
import { StatusError } from './errors.ts'
import type { Invocation } from './invocation.ts'

export interface Manifest {
  readonly resource: Resource
  readonly object: KubernetesObject
  /** The file, or STDIN. */
  readonly source: string
}

/**
 * Reads all documents of the files, in order.
 * @throws StatusError naming the file
 */
export function* readManifests(
  invocation: Invocation,
  files: readonly string[],
  options: { validate: boolean },
): Program<Manifest[]> {
  const manifests: Manifest[] = []
  for (const file of files) {
    for (const [source, text] of yield* textsOf(invocation, file)) {
      manifests.push(...parseManifest(text, source, options))
    }
  }
  return manifests
}

/** A file, the manifests of a directory, or stdin. */
function* textsOf(invocation: Invocation, file: string): Program<[source: string, text: string][]> {
  const { system } = invocation
  if (file === '-') return [['STDIN', decodeText(yield* readAll(system, 0))]]
  if (/^https?:\/\//.test(file)) {
    throw new StatusError(`error: unable to read URL "${file}": the simulated machine has no way to other networks`)
  }
  try {
    const { type } = yield* system.stat(file)
    if (type !== 'directory') return [[file, decodeText(yield* readFile(system, file))]]
    const directory = yield* system.open(file, ['RDONLY'])
    const entries = yield* system.getdents(directory)
    yield* system.close(directory)
    const names = entries.map(({ name }) => name).filter((name) => /\.(ya?ml|json)$/.test(name))
    const texts: [string, string][] = []
    for (const name of names.toSorted()) {
      const path = `${file.replace(/\/$/, '')}/${name}`
      texts.push([path, decodeText(yield* readFile(system, path))])
    }
    return texts
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    if (error.errno === 'ENOENT') throw new StatusError(`error: the path "${file}" does not exist`)
    throw new StatusError(`error: open ${file}: ${error.message.toLowerCase()}`)
  }
}

/** The objects of one text. @throws StatusError */
export function parseManifest(text: string, source: string, options: { validate: boolean }): Manifest[] {
  const lineCounter = new LineCounter()
  const documents = parseAllDocuments(text, { lineCounter, prettyErrors: false, version: '1.1' })
  const manifests: Manifest[] = []
  for (const document of Array.isArray(documents) ? documents : []) {
    const [error] = document.errors
    if (error !== undefined) {
      const { line } = lineCounter.linePos(error.pos[0])
      throw new StatusError(
        `error: error parsing ${source}: error converting YAML to JSON: yaml: line ${yamlLine(error.code, line)}: ${yamlWords(error.code)}`,
      )
    }
    const value: unknown = document.toJS()
    if (value === null || value === undefined) continue
    manifests.push(...objectsOf(value, source, options))
  }
  return manifests
}

/** go-yaml names what libyaml found, in its own words. */
const words: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'found character that cannot start any token',
  BAD_INDENT: 'did not find expected key',
  MISSING_CHAR: "could not find expected ':'",
  BLOCK_AS_IMPLICIT_KEY: 'mapping values are not allowed in this context',
  IMPOSSIBLE: 'did not find expected key',
}

function yamlWords(code: string): string {
  return words[code] ?? 'did not find expected key'
}

/** libyaml counts from where the block that failed began. */
function yamlLine(code: string, line: number): number {
  return code === 'TAB_AS_INDENT' ? line : Math.max(1, line - 1)
}

function objectsOf(value: unknown, source: string, options: { validate: boolean }): Manifest[] {
  const invalid = (why: string): StatusError =>
    new StatusError(
      `error: error validating "${source}": error validating data: ${why}; if you choose to ignore these errors, turn validation off with --validate=false`,
    )
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid('invalid object to validate')
  const object = value as KubernetesObject & { items?: unknown[] }
  const missing = [
    ...(typeof object.apiVersion === 'string' ? [] : ['apiVersion not set']),
    ...(typeof object.kind === 'string' ? [] : ['kind not set']),
  ]
  if (missing.length > 0) throw invalid(missing.length === 1 ? missing.join('') : `[${missing.join(', ')}]`)
  if (object.kind === 'List') return (object.items ?? []).flatMap((item) => objectsOf(item, source, options))
  const resource = resourceOfKind(object.apiVersion, object.kind)
  if (resource === undefined) {
    throw new StatusError(
      `error: unable to recognize "${source}": no matches for kind "${object.kind}" in version "${object.apiVersion}"`,
    )
  }
  object.metadata ??= { name: '' }
  if (options.validate) {
    const errors = validateStrictly(object.kind, object)
    if (errors.length > 0) throw invalid(errors.length === 1 ? errors.join('') : `[${errors.join(', ')}]`)
  }
  return [{ resource, object, source }]
}
