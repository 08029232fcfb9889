// What the API server refuses of a pod's spec: rules of pkg/apis/core/validation/validation.go of 1.20, in their order and with their words.
import type { FieldError } from './errors.ts'
import { duplicate, forbidden, invalidValue, notFound, required, unsupported } from './field-errors.ts'
import { labelRule } from './name-rules.ts'
import type { ContainerSpec, Handler, PodSpec, Probe, Volume } from './objects.ts'
import { parseQuantity } from './quantity.ts'

const variableRule = `a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')`
const portRule = 'must be between 1 and 65535, inclusive'

/** @param field where the spec stands in its object */
export function validatePodSpec(spec: PodSpec, field: string): FieldError[] {
  const errors = validateVolumes(spec.volumes ?? [], `${field}.volumes`)
  if (spec.containers === undefined || spec.containers.length === 0) errors.push(required(`${field}.containers`))
  const names = new Set<string>()
  const volumes = new Set((spec.volumes ?? []).map(({ name }) => name))
  for (const list of ['containers', 'initContainers'] as const) {
    for (const [at, container] of (spec[list] ?? []).entries()) {
      errors.push(...validateContainer(container, `${field}.${list}[${at}]`, { names, volumes }))
      if (list === 'initContainers') errors.push(...validateInitContainer(container, `${field}.${list}[${at}]`))
    }
  }
  if (!['Always', 'OnFailure', 'Never'].includes(spec.restartPolicy)) {
    errors.push(unsupported(`${field}.restartPolicy`, spec.restartPolicy, ['Always', 'OnFailure', 'Never']))
  }
  const dnsPolicies = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None']
  if (!dnsPolicies.includes(spec.dnsPolicy)) {
    errors.push(unsupported(`${field}.dnsPolicy`, spec.dnsPolicy, dnsPolicies))
  }
  if (spec.hostPID && spec.shareProcessNamespace) {
    const why = 'ShareProcessNamespace and HostPID cannot both be enabled'
    errors.push(invalidValue(`${field}.securityContext.shareProcessNamespace`, true, why))
  }
  return errors
}

function validateVolumes(volumes: readonly Volume[], field: string): FieldError[] {
  const errors: FieldError[] = []
  const names = new Set<string>()
  for (const [at, volume] of volumes.entries()) {
    const { name, ...sources } = volume
    const kinds = Object.keys(sources)
    for (const extra of kinds.slice(1)) {
      errors.push(forbidden(`${field}[${at}].${extra}`, 'may not specify more than 1 volume type'))
    }
    if (volume.hostPath?.path === '') errors.push(required(`${field}[${at}].hostPath.path`))
    if (volume.configMap !== undefined && !volume.configMap.name)
      errors.push(required(`${field}[${at}].configMap.name`))
    if (name === undefined || name === '') errors.push(required(`${field}[${at}].name`))
    else if (!labelRule.shape.test(name)) errors.push(invalidValue(`${field}[${at}].name`, name, labelRule.text))
    else if (names.has(name)) errors.push(duplicate(`${field}[${at}].name`, name))
    names.add(name)
  }
  return errors
}

interface PodNames {
  /** Of containers so far. */
  readonly names: Set<string>
  readonly volumes: ReadonlySet<string>
}

function validateContainer(container: ContainerSpec, field: string, { names, volumes }: PodNames): FieldError[] {
  const errors: FieldError[] = []
  const { name, image } = container
  if (name === undefined || name === '') errors.push(required(`${field}.name`))
  else if (!labelRule.shape.test(name)) errors.push(invalidValue(`${field}.name`, name, labelRule.text))
  else if (names.has(name)) errors.push(duplicate(`${field}.name`, name))
  names.add(name)
  if (image === undefined || image === '') errors.push(required(`${field}.image`))
  for (const hook of ['postStart', 'preStop'] as const) {
    const handler = container.lifecycle?.[hook]
    if (handler !== undefined) errors.push(...validateHandler(handler, `${field}.lifecycle.${hook}`))
  }
  for (const kind of ['livenessProbe', 'readinessProbe', 'startupProbe'] as const) {
    const probe = container[kind]
    if (probe === undefined) continue
    errors.push(...validateProbe(probe, `${field}.${kind}`))
    if (kind !== 'readinessProbe' && probe.successThreshold !== 1) {
      errors.push(invalidValue(`${field}.${kind}.successThreshold`, probe.successThreshold, 'must be 1'))
    }
  }
  errors.push(...validatePorts(container, `${field}.ports`), ...validateVariables(container, `${field}.env`))
  errors.push(...validateMounts(container, `${field}.volumeMounts`, volumes))
  if (!['Always', 'IfNotPresent', 'Never'].includes(container.imagePullPolicy)) {
    errors.push(unsupported(`${field}.imagePullPolicy`, container.imagePullPolicy, ['Always', 'IfNotPresent', 'Never']))
  }
  errors.push(...validateResources(container, `${field}.resources`))
  return errors
}

function validateInitContainer(container: ContainerSpec, field: string): FieldError[] {
  return (['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const)
    .filter((name) => container[name] !== undefined)
    .map((name) => invalidValue(`${field}.${name}`, 'core.…', 'must not be set for init containers'))
}

function validateHandler(handler: Handler, field: string): FieldError[] {
  const errors: FieldError[] = []
  const kinds = (['exec', 'httpGet', 'tcpSocket'] as const).filter((kind) => handler[kind] !== undefined)
  if (kinds.length === 0) return [required(field, 'must specify a handler type')]
  for (const extra of kinds.slice(1)) {
    errors.push(forbidden(`${field}.${extra}`, 'may not specify more than 1 handler type'))
  }
  if (handler.exec !== undefined && (handler.exec.command ?? []).length === 0) {
    errors.push(required(`${field}.exec.command`))
  }
  for (const kind of ['httpGet', 'tcpSocket'] as const) {
    const port = handler[kind]?.port
    if (typeof port === 'number' && (port < 1 || port > 65535)) {
      errors.push(invalidValue(`${field}.${kind}.port`, port, portRule))
    }
  }
  return errors
}

function validateProbe(probe: Probe, field: string): FieldError[] {
  const errors = validateHandler(probe, field)
  const fields = [
    'initialDelaySeconds',
    'timeoutSeconds',
    'periodSeconds',
    'successThreshold',
    'failureThreshold',
  ] as const
  for (const name of fields) {
    const value = probe[name] ?? 0
    if (value < 0) errors.push(invalidValue(`${field}.${name}`, value, 'must be greater than or equal to 0'))
  }
  return errors
}

function validatePorts({ ports = [] }: ContainerSpec, field: string): FieldError[] {
  const errors: FieldError[] = []
  const names = new Set<string>()
  for (const [at, { name, containerPort, protocol }] of ports.entries()) {
    if (name !== undefined && name.length > 15) {
      errors.push(invalidValue(`${field}[${at}].name`, name, 'must be no more than 15 characters'))
    } else if (name !== undefined && names.has(name)) errors.push(duplicate(`${field}[${at}].name`, name))
    if (name !== undefined) names.add(name)
    if (containerPort === undefined || containerPort === 0) errors.push(required(`${field}[${at}].containerPort`))
    else if (containerPort < 1 || containerPort > 65535) {
      errors.push(invalidValue(`${field}[${at}].containerPort`, containerPort, portRule))
    }
    const protocols = ['SCTP', 'TCP', 'UDP']
    if (!protocols.includes(protocol)) errors.push(unsupported(`${field}[${at}].protocol`, protocol, protocols))
  }
  return errors
}

function validateVariables({ env = [] }: ContainerSpec, field: string): FieldError[] {
  return env.flatMap(({ name, value, valueFrom }, at) => {
    if (name === undefined || name === '') return [required(`${field}[${at}].name`)]
    const errors: FieldError[] = []
    if (!/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(name)) {
      errors.push(invalidValue(`${field}[${at}].name`, name, variableRule))
    }
    if (valueFrom !== undefined && value !== undefined && value !== '') {
      const why = 'may not be specified when `value` is not empty'
      errors.push(invalidValue(`${field}[${at}].valueFrom`, '', why))
    }
    return errors
  })
}

function validateMounts(
  { volumeMounts = [] }: ContainerSpec,
  field: string,
  volumes: ReadonlySet<string>,
): FieldError[] {
  const errors: FieldError[] = []
  const paths = new Set<string>()
  for (const [at, { name, mountPath }] of volumeMounts.entries()) {
    if (name === undefined || name === '') errors.push(required(`${field}[${at}].name`))
    else if (!volumes.has(name)) errors.push(notFound(`${field}[${at}].name`, name))
    if (mountPath === undefined || mountPath === '') errors.push(required(`${field}[${at}].mountPath`))
    else if (paths.has(mountPath)) {
      errors.push(invalidValue(`${field}[${at}].mountPath`, mountPath, 'must be unique'))
    }
    paths.add(mountPath)
  }
  return errors
}

function validateResources({ resources }: ContainerSpec, field: string): FieldError[] {
  const { limits = {}, requests = {} } = resources ?? {}
  return Object.entries(requests).flatMap(([name, value]) => {
    const limit = limits[name]
    if (limit === undefined || parseQuantity(value) <= parseQuantity(limit)) return []
    return [invalidValue(`${field}.requests`, value, `must be less than or equal to ${name} limit`)]
  })
}
