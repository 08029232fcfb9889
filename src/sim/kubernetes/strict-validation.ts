// Strict reading of manifests against the published schema: unknown fields, wrong types, missing fields, in kubectl's words.
import schema from './schema.json' with { type: 'json' }
import { isRecord } from './patch.ts'

const types: Readonly<Record<string, Readonly<Record<string, string>>>> = schema

/** Fields that are newer than Kubernetes 1.20. */
const newer: Readonly<Record<string, readonly string[]>> = {
  V1Container: ['resizePolicy', 'restartPolicy', 'restartPolicyRules'],
  V1PodSpec: ['hostUsers', 'hostnameOverride', 'os', 'resourceClaims', 'resources', 'schedulingGates', 'workloadRef'],
}

const apps = /^V1(DaemonSet|Deployment|ReplicaSet|RollingUpdate|StatefulSet)/
const batch = /^V1Job/
const meta = /^V1(ObjectMeta|LabelSelector|OwnerReference|ManagedFieldsEntry|ListMeta|Condition$)/

/** The name that OpenAPI gives a type: `io.k8s.api.core.v1.PodSpec`. */
function openApiName(type: string): string {
  const name = type.replace(/^V1/, '')
  if (meta.test(type)) return `io.k8s.apimachinery.pkg.apis.meta.v1.${name}`
  return `io.k8s.api.${apps.test(type) ? 'apps' : batch.test(type) ? 'batch' : 'core'}.v1.${name}`
}

/**
 * The faults of a manifest, in the order of its fields.
 * @param kind of the object; one that the schema does not have passes
 */
export function validateStrictly(kind: string, object: unknown): string[] {
  const type = `V1${kind}`
  return types[type] === undefined ? [] : validateObject(type, object, kind)
}

function validateObject(type: string, value: unknown, path: string): string[] {
  const fields = types[type]
  if (fields === undefined) return []
  const name = openApiName(type)
  if (!isRecord(value))
    return [`ValidationError(${path}): invalid type for ${name}: got "${kindOf(value)}", expected "map"`]
  const errors: string[] = []
  for (const [key, member] of Object.entries(value)) {
    const declared = newer[type]?.includes(key) ? undefined : fields[key]
    if (declared === undefined) errors.push(`ValidationError(${path}): unknown field "${key}" in ${name}`)
    else if (member !== null)
      errors.push(...validateValue(declared.replace(/!$/, ''), member, `${path}.${key}`, `${name}.${key}`))
  }
  for (const [key, declared] of Object.entries(fields)) {
    if (declared.endsWith('!') && (value[key] === undefined || value[key] === null)) {
      errors.push(`ValidationError(${path}): missing required field "${key}" in ${name}`)
    }
  }
  return errors
}

function validateValue(type: string, value: unknown, path: string, name: string): string[] {
  const wrong = (expected: string): string[] => [
    `ValidationError(${path}): invalid type for ${name}: got "${kindOf(value)}", expected "${expected}"`,
  ]
  if (type.startsWith('[]')) {
    if (!Array.isArray(value)) return wrong('array')
    return value.flatMap((item, at) => validateValue(type.slice(2), item, `${path}[${at}]`, name))
  }
  if (type.startsWith('{}')) {
    if (!isRecord(value)) return wrong('map')
    return Object.entries(value).flatMap(([key, item]) => validateValue(type.slice(2), item, `${path}.${key}`, name))
  }
  switch (type) {
    case 'string':
      return typeof value === 'string' ? [] : wrong('string')
    case 'integer':
      return typeof value === 'number' ? [] : wrong('integer')
    case 'boolean':
      return typeof value === 'boolean' ? [] : wrong('boolean')
    case 'object':
    case 'intOrString':
      return []
    default:
      return validateObject(type, value, path)
  }
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  if (value === null) return 'null'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value === 'object' ? 'map' : typeof value
}
