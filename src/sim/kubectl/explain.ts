// `kubectl explain`: the documentation of a kind or a field, from the published schema. pkg/explain
import type { Program } from '../kernel/system.ts'
import { apiVersionOf } from '../kubernetes/resources.ts'
import type { Command } from './command.ts'
import { StatusError } from './errors.ts'
import { bool, string } from './flags.ts'
import type { Invocation } from './invocation.ts'
import { findResource } from '../kubernetes/resources.ts'

type Schema = Readonly<Record<string, Readonly<Record<string, string>>>>

/** Loaded when first asked for: 200 kB that most learners never see. */
function* loadSchemas(invocation: Invocation): Program<{ types: Schema; docs: Schema }> {
  const loaded: unknown = yield* invocation.system.host(async () => {
    const [types, docs] = await Promise.all([
      import('../kubernetes/schema.json', { with: { type: 'json' } }),
      import('../kubernetes/schema-docs.json', { with: { type: 'json' } }),
    ])
    return { types: types.default as Schema, docs: docs.default as Schema }
  })
  return loaded as { types: Schema; docs: Schema }
}

export const explainCommand: Command = {
  name: 'explain',
  flags: [
    {
      name: 'api-version',
      type: string,
      usage: 'Get different explanations for particular API version (API group/version)',
    },
    {
      name: 'recursive',
      type: bool,
      default: 'false',
      usage: 'Print the fields of fields (Currently only 1 level deep)',
    },
  ],
  *run(invocation) {
    const [operand, ...more] = invocation.operands
    if (operand === undefined) {
      throw new StatusError(
        `error: You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.`,
      )
    }
    if (more.length > 0) throw new StatusError('error: We accept only this format: explain RESOURCE')
    const [word = '', ...path] = operand.split('.')
    const resource = findResource(word)
    if (resource === undefined) throw new StatusError(`the server doesn't have a resource type "${word}"`)
    const { types, docs } = yield* loadSchemas(invocation)
    let type = `V1${resource.kind}`
    let [field, description] = ['', docs[type]?.[''] ?? '']
    let declared = type
    for (const name of path) {
      const found = types[type]?.[name]
      if (found === undefined) throw new StatusError(`error: field "${name}" does not exist`)
      declared = found.replace(/!$/, '')
      ;[field, description] = [name, docs[type]?.[name] ?? '']
      type = declared.replace(/^(\[\]|\{\})+/, '')
    }
    const fields = types[type]
    const title = fields === undefined ? 'FIELD:   ' : 'RESOURCE:'
    const about = [description, ...(fields === undefined || field === '' ? [] : [docs[type]?.[''] ?? ''])].filter(
      (text) => text !== '',
    )
    const text = [
      `KIND:     ${resource.kind}\nVERSION:  ${apiVersionOf(resource)}\n\n`,
      field === '' ? '' : `${title} ${field} ${shown(declared)}\n\n`,
      `DESCRIPTION:\n${about.map((each) => wrapped(each, 5)).join('\n')}`,
      fields === undefined
        ? ''
        : `\nFIELDS:\n${fieldLines(fields, docs[type] ?? {}, invocation.flags.bool('recursive'))}`,
    ]
    yield* invocation.out(text.join(''))
    return 0
  },
}

function fieldLines(
  fields: Readonly<Record<string, string>>,
  docs: Readonly<Record<string, string>>,
  isBrief: boolean,
): string {
  return Object.entries(fields)
    .map(([name, type]) => {
      const head = `   ${name}\t${shown(type.replace(/!$/, ''))}${type.endsWith('!') ? ' -required-' : ''}\n`
      return isBrief ? head : `${head}${wrapped(docs[name] ?? '<no description>', 5)}\n`
    })
    .join('')
}

/** `<string>`, `<[]Object>`, `<map[string]string>`. */
function shown(type: string): string {
  const bare = type.replace(/^(\[\]|\{\})/, '')
  const word = /^(string|integer|boolean)$/.test(bare) ? bare : bare === 'intOrString' ? 'string' : 'Object'
  if (type.startsWith('[]')) return `<[]${word}>`
  return type.startsWith('{}') ? `<map[string]${word}>` : `<${word}>`
}

/** Lines of at most 80 columns. */
function wrapped(text: string, indent: number): string {
  const margin = ' '.repeat(indent)
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    if (line !== '' && indent + line.length + 1 + word.length > 80) {
      lines.push(margin + line)
      line = ''
    }
    line += line === '' ? word : ` ${word}`
  }
  return `${[...lines, margin + line].join('\n')}\n`
}
