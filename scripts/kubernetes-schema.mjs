// Renews src/sim/kubernetes/schema.json and schema-docs.json from the typings of @kubernetes/client-node:
//   npm pack @kubernetes/client-node && tar xzf kubernetes-client-node-*.tgz && node scripts/kubernetes-schema.mjs package
// The package is not a dependency: 60 MB for 30 kB of names.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [directory = ''] = process.argv.slice(2)
const models = join(directory, 'dist/gen/models')
const roots = [
  'V1ConfigMap',
  'V1DaemonSet',
  'V1Deployment',
  'V1Endpoints',
  'V1Job',
  'V1Namespace',
  'V1Node',
  'V1Pod',
  'V1ReplicaSet',
  'V1Secret',
  'V1Service',
  'V1ServiceAccount',
]
const basic = {
  string: 'string',
  number: 'integer',
  boolean: 'boolean',
  any: 'object',
  Date: 'string',
  IntOrString: 'intOrString',
}

const types = {}
const docs = {}
const pending = [...roots]
for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
  if (types[name] !== undefined) continue
  const text = readFileSync(join(models, `${name}.d.ts`), 'utf8')
  const [, about = '', body = ''] =
    /\/\*\*\n\* ([^\n]*)\n\*\/\nexport declare class \w+ \{([\s\S]*?)static readonly discriminator/.exec(text) ?? []
  types[name] = {}
  docs[name] = { '': plain(about) }
  for (const field of body.matchAll(
    /(?:\/\*\*\n\s*\* ([^\n]*)\n\s*\*\/\n\s*)?'(\w+)'(\?)?: ((?:\{[^}]*\}|[^;{])+);/g,
  )) {
    const [, description = '', key, optional, type] = field
    types[name][key] = `${shortType(type)}${optional === undefined ? '!' : ''}`
    docs[name][key] = plain(description)
  }
}
const target = 'src/sim/kubernetes'
writeFileSync(`${target}/schema.json`, `${JSON.stringify(sorted(types), undefined, 1)}\n`)
writeFileSync(`${target}/schema-docs.json`, `${JSON.stringify(sorted(docs), undefined, 1)}\n`)

/** `[]V1Container`, `{}string`, `string`; a named type is read too. */
function shortType(type) {
  const list = /^Array<(.*)>$/.exec(type)
  if (list) return `[]${shortType(list[1])}`
  const map = /^\{\s*\[key: string\]: (.*);?\s*\}$/s.exec(type)
  if (map) return `{}${shortType(map[1].replace(/;\s*$/, '').trim())}`
  if (basic[type] !== undefined) return basic[type]
  if (!/^V1\w+$|^CoreV1Event/.test(type)) return 'object'
  pending.push(type)
  return type
}

/** The generator of the typings escapes quotation marks. */
function plain(text) {
  return text.replaceAll("\\'", "'").replaceAll('\\"', '"')
}

function sorted(value) {
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
