// What the API server refuses of an object that is well formed: rules of pkg/apis/core/validation, with its words.
import type { FieldError } from './errors.ts'
import { invalidValue, required, unsupported } from './field-errors.ts'
import { labelRule, type NameRule } from './name-rules.ts'
import type { Deployment, KubernetesObject, Pod, PodSpec } from './objects.ts'
import { isEqual } from './patch.ts'
import { validatePodSpec } from './pod-validation.ts'
import { matchesLabels, requirementsOf } from './selectors.ts'

const subdomainRule = `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')`

/** The faults of an object that is to be created. */
export function validateCreate(object: KubernetesObject): FieldError[] {
  const errors: FieldError[] = []
  errors.push(...validateMetadata(object))
  if (object.kind === 'Service') errors.push(...validateService(object))
  if (object.kind === 'ConfigMap' || object.kind === 'Secret') errors.push(...validateKeys(object))
  if (object.kind === 'Pod') errors.push(...validatePodSpec((object as Pod).spec, 'spec'))
  if (['DaemonSet', 'Deployment', 'Job', 'ReplicaSet'].includes(object.kind)) {
    errors.push(...validateWorkload(object as Deployment))
  }
  return errors
}

/** Kinds whose names are labels of DNS, and by which rule. */
const nameRules: Readonly<Record<string, NameRule>> = {
  Service: {
    shape: /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
    text: `a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')`,
  },
  Namespace: labelRule,
}
const subdomain: NameRule = {
  shape: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  text: subdomainRule,
}

const labelValueRule = `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')`
const configKeyRule = `a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')`

function validateMetadata({ kind, metadata }: KubernetesObject): FieldError[] {
  const errors: FieldError[] = []
  const { shape, text } = nameRules[kind] ?? subdomain
  if (!shape.test(metadata.name)) errors.push(invalidValue('metadata.name', metadata.name, text))
  for (const value of Object.values(metadata.labels ?? {})) {
    if (!/^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/.test(value)) {
      errors.push(invalidValue('metadata.labels', value, labelValueRule))
    }
  }
  return errors
}

function validateService(object: KubernetesObject): FieldError[] {
  const spec = object['spec'] as { type?: string; ports?: { name?: string; port?: number; protocol?: string }[] }
  const { ports = [] } = spec
  if (ports.length === 0 && spec.type !== 'ExternalName') return [required('spec.ports')]
  const errors: FieldError[] = []
  for (const [at, { name, port = 0, protocol = 'TCP' }] of ports.entries()) {
    const field = `spec.ports[${at}]`
    if (ports.length > 1 && name === undefined) errors.push(required(`${field}.name`))
    if (port < 1 || port > 65535) {
      errors.push(invalidValue(`${field}.port`, port, 'must be between 1 and 65535, inclusive'))
    }
    const protocols = ['SCTP', 'TCP', 'UDP']
    if (!protocols.includes(protocol)) errors.push(unsupported(`${field}.protocol`, protocol, protocols))
  }
  return errors
}

function validateKeys(object: KubernetesObject): FieldError[] {
  return Object.keys(object['data'] ?? {})
    .filter((key) => !/^[-._a-zA-Z0-9]+$/.test(key))
    .map((key) => invalidValue(`data[${key}]`, key, configKeyRule))
}

/** The faults of a change: what may not change after creation. */
export function validateUpdate(before: KubernetesObject, after: KubernetesObject): FieldError[] {
  if (after.kind === 'Pod') return validatePodUpdate(before as Pod, after as Pod)
  if (['DaemonSet', 'Deployment', 'Job', 'ReplicaSet'].includes(after.kind)) {
    const errors = validateWorkload(after as Deployment)
    const template = (object: KubernetesObject): unknown => (object as Deployment).spec.template
    if (after.kind === 'Job' && !isEqual(template(before), template(after))) {
      errors.push(invalidValue('spec.template', 'core.PodTemplateSpec{…}', 'field is immutable'))
    }
    const { selector } = (after as Deployment).spec
    if (!isEqual((before as Deployment).spec.selector, selector)) {
      errors.push(invalidValue('spec.selector', goSelector(selector), 'field is immutable'))
    }
    return errors
  }
  return []
}

function validateWorkload(object: Deployment): FieldError[] {
  const errors: FieldError[] = []
  const { spec } = object
  const requirements = requirementsOf(spec.selector ?? {})
  if (spec.template === undefined) return [required('spec.template')]
  if (spec.selector === undefined) errors.push(required('spec.selector'))
  const labels = spec.template.metadata.labels ?? {}
  if (spec.selector !== undefined && !matchesLabels(requirements, labels)) {
    errors.push(
      invalidValue('spec.template.metadata.labels', goMap(labels), '`selector` does not match template `labels`'),
    )
  }
  if (spec.replicas < 0) {
    errors.push(invalidValue('spec.replicas', spec.replicas, 'must be greater than or equal to 0'))
  }
  errors.push(...validatePodSpec(spec.template.spec, 'spec.template.spec'))
  const policies = object.kind === 'Job' ? ['OnFailure', 'Never'] : ['Always']
  if (!policies.includes(spec.template.spec.restartPolicy)) {
    errors.push(unsupported('spec.template.spec.restartPolicy', spec.template.spec.restartPolicy, policies))
  }
  return errors
}

/** A pod's spec is fixed but for images, deadlines and added tolerations. */
function validatePodUpdate(before: Pod, after: Pod): FieldError[] {
  const fixed = (spec: PodSpec): unknown => ({
    ...spec,
    containers: spec.containers.map((container) => ({ ...container, image: undefined })),
    initContainers: spec.initContainers?.map((container) => ({ ...container, image: undefined })),
    activeDeadlineSeconds: undefined,
    tolerations: undefined,
  })
  if (isEqual(fixed(before.spec), fixed(after.spec))) return []
  return [
    {
      field: 'spec',
      text: 'Forbidden: pod updates may not change fields other than `spec.containers[*].image`, `spec.initContainers[*].image`, `spec.activeDeadlineSeconds` or `spec.tolerations` (only additions to existing tolerations)',
    },
  ]
}

/** A map of strings as Go's %#v writes it. */
function goMap(map: Readonly<Record<string, string>>): string {
  const members = Object.entries(map)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)
  return `map[string]string{${members.join(', ')}}`
}

function goSelector(selector: Deployment['spec']['selector']): string {
  return `v1.LabelSelector{MatchLabels:${goMap(selector.matchLabels ?? {})}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}`
}
