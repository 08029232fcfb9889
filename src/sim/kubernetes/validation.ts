// What the API server refuses of an object that is well formed: rules of pkg/apis/core/validation, with its words.
import type { FieldError } from './errors.ts'
import type { ContainerSpec, Deployment, KubernetesObject, Pod, PodSpec } from './objects.ts'
import { isEqual } from './patch.ts'
import { matchesLabels, requirementsOf } from './selectors.ts'

const subdomainRule = `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')`
const labelRule = `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')`

/** The faults of an object that is to be created. */
export function validateCreate(object: KubernetesObject): FieldError[] {
  const errors: FieldError[] = []
  const { name } = object.metadata
  if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(name)) {
    errors.push(invalidValue('metadata.name', name, subdomainRule))
  }
  if (object.kind === 'Pod') errors.push(...validatePodSpec((object as Pod).spec, 'spec'))
  if (['DaemonSet', 'Deployment', 'Job', 'ReplicaSet'].includes(object.kind)) {
    errors.push(...validateWorkload(object as Deployment))
  }
  return errors
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
  if (spec.template === undefined) return [{ field: 'spec.template', text: 'Required value' }]
  if (spec.selector === undefined) errors.push({ field: 'spec.selector', text: 'Required value' })
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

function validatePodSpec(spec: PodSpec, field: string): FieldError[] {
  const errors: FieldError[] = []
  if (spec.containers === undefined || spec.containers.length === 0) {
    errors.push({ field: `${field}.containers`, text: 'Required value' })
  }
  const seen = new Set<string>()
  const each = (containers: readonly ContainerSpec[], list: string): void => {
    for (const [at, container] of containers.entries()) {
      errors.push(...validateContainer(container, `${field}.${list}[${at}]`, seen))
    }
  }
  each(spec.containers ?? [], 'containers')
  each(spec.initContainers ?? [], 'initContainers')
  if (!['Always', 'OnFailure', 'Never'].includes(spec.restartPolicy)) {
    errors.push(unsupported(`${field}.restartPolicy`, spec.restartPolicy, ['Always', 'OnFailure', 'Never']))
  }
  if (spec.hostPID && spec.shareProcessNamespace) {
    errors.push(
      invalidValue(
        `${field}.securityContext.shareProcessNamespace`,
        true,
        'ShareProcessNamespace and HostPID cannot both be enabled',
      ),
    )
  }
  return errors
}

function validateContainer(container: ContainerSpec, field: string, seen: Set<string>): FieldError[] {
  const errors: FieldError[] = []
  const { name, image } = container
  if (name === undefined || name === '') errors.push({ field: `${field}.name`, text: 'Required value' })
  else if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name)) errors.push(invalidValue(`${field}.name`, name, labelRule))
  else if (seen.has(name)) errors.push({ field: `${field}.name`, text: `Duplicate value: ${JSON.stringify(name)}` })
  seen.add(name)
  if (image === undefined || image === '') errors.push({ field: `${field}.image`, text: 'Required value' })
  if (!['Always', 'IfNotPresent', 'Never'].includes(container.imagePullPolicy)) {
    errors.push(unsupported(`${field}.imagePullPolicy`, container.imagePullPolicy, ['Always', 'IfNotPresent', 'Never']))
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

function invalidValue(field: string, value: unknown, why: string): FieldError {
  const shown =
    typeof value === 'string' && !value.startsWith('map[') && !value.startsWith('v1.')
      ? JSON.stringify(value)
      : String(value)
  return { field, text: `Invalid value: ${shown}: ${why}` }
}

function unsupported(field: string, value: string, supported: readonly string[]): FieldError {
  const list = supported.map((each) => JSON.stringify(each)).join(', ')
  return { field, text: `Unsupported value: ${JSON.stringify(value)}: supported values: ${list}` }
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
