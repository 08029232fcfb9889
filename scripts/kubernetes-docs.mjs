// Puts the texts of Kubernetes 1.20 into src/sim/kubernetes/schema-docs.json, which scripts/kubernetes-schema.mjs makes from a newer client:
//   node scripts/kubernetes-docs.mjs api/openapi-spec/swagger.json     of the source of Kubernetes 1.20.2
import { readFileSync, writeFileSync } from 'node:fs'

const file = 'src/sim/kubernetes/schema-docs.json'
const { definitions } = JSON.parse(readFileSync(process.argv[2] ?? 'swagger.json', 'utf8'))
const types = JSON.parse(readFileSync('src/sim/kubernetes/schema.json', 'utf8'))
const docs = JSON.parse(readFileSync(file, 'utf8'))

// Where several groups have a kind of the same name, the core group's is meant.
const known = new Map()
for (const [name, definition] of Object.entries(definitions)) {
  const [version, kind] = name.split('.').slice(-2)
  const isCore = name.startsWith('io.k8s.api.core.')
  if (version === 'v1' && (isCore || !known.has(`V1${kind}`))) known.set(`V1${kind}`, definition)
}

for (const type of new Set([...Object.keys(types), ...Object.keys(docs)])) {
  const { description, properties = {} } = known.get(type) ?? {}
  docs[type] ??= {}
  if (description !== undefined) docs[type][''] = description
  for (const [field, property] of Object.entries(properties)) {
    if (types[type]?.[field] !== undefined && property.description) docs[type][field] = property.description
  }
}
const sorted = Object.fromEntries(Object.entries(docs).toSorted(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`)
