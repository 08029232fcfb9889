// Label and field selectors: `a=b,c in (d,e),!f`, and what matches them. https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
import { ApiError } from './errors.ts'
import type { KubernetesObject, LabelSelector } from './objects.ts'

export interface Requirement {
  readonly key: string
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist'
  readonly values: readonly string[]
}

/** Reads a label selector as typed after `-l`. @throws ApiError BadRequest with the parser's text */
export function parseLabelSelector(text: string): readonly Requirement[] {
  const requirements: Requirement[] = []
  let rest = text.trim()
  while (rest !== '') {
    const match = /^(!?)\s*([^\s,!=()]+)\s*(?:(==?|!=)\s*([^\s,()=!]*)|(in|notin)\s*\(([^)]*)\))?\s*(?:,|$)/.exec(rest)
    if (!match)
      throw new ApiError(
        'BadRequest',
        `unable to parse requirement: found '${/^\S*/.exec(rest)?.[0] ?? ''}', expected: identifier`,
      )
    const [whole, not, key = '', equals, value = '', set, values = ''] = match
    rest = rest.slice(whole.length).trim()
    if (not === '!') requirements.push({ key, operator: 'DoesNotExist', values: [] })
    else if (equals !== undefined)
      requirements.push({ key, operator: equals === '!=' ? 'NotIn' : 'In', values: [value] })
    else if (set !== undefined) {
      const list = values.split(',').map((each) => each.trim())
      requirements.push({ key, operator: set === 'in' ? 'In' : 'NotIn', values: list })
    } else requirements.push({ key, operator: 'Exists', values: [] })
  }
  return requirements
}

/** A selector of an object's spec as requirements. */
export function requirementsOf(selector: LabelSelector): readonly Requirement[] {
  const labels = Object.entries(selector.matchLabels ?? {})
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]): Requirement => ({ key, operator: 'In', values: [value] }))
  const expressions = (selector.matchExpressions ?? []).map(
    ({ key, operator, values }): Requirement => ({ key, operator, values: values ?? [] }),
  )
  return [...labels, ...expressions]
}

export function matchesLabels(
  requirements: readonly Requirement[],
  labels: Readonly<Record<string, string>> | undefined,
): boolean {
  return requirements.every(({ key, operator, values }) => {
    const value = labels?.[key]
    switch (operator) {
      case 'Exists':
        return value !== undefined
      case 'DoesNotExist':
        return value === undefined
      case 'In':
        return value !== undefined && values.includes(value)
      case 'NotIn':
        return value === undefined || !values.includes(value)
    }
  })
}

/** As tables show it: `a=b,c in (d,e),!f`; `<none>` when empty. */
export function selectorText(requirements: readonly Requirement[]): string {
  if (requirements.length === 0) return '<none>'
  return requirements
    .map(({ key, operator, values }) => {
      if (operator === 'Exists') return key
      if (operator === 'DoesNotExist') return `!${key}`
      if (values.length === 1) return `${key}${operator === 'In' ? '=' : '!='}${values.join('')}`
      return `${key} ${operator === 'In' ? 'in' : 'notin'} (${values.toSorted().join(',')})`
    })
    .join(',')
}

/** Fields that each kind can be selected by, besides `metadata.name` and `metadata.namespace`. */
const selectableFields: Readonly<Record<string, readonly string[]>> = {
  Pod: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'status.phase',
    'status.podIP',
    'status.nominatedNodeName',
  ],
  Event: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'source',
    'type',
  ],
  Namespace: ['status.phase'],
  Node: ['spec.unschedulable'],
  ReplicaSet: ['status.replicas'],
}

/**
 * A test of objects by `--field-selector`.
 * @throws ApiError BadRequest for a field that the kind does not have
 */
export function fieldMatcher(kind: string, text: string): (object: KubernetesObject) => boolean {
  const terms = text
    .split(',')
    .filter((term) => term !== '')
    .map((term) => {
      const match = /^([^=!]+)(!=|==?)(.*)$/.exec(term)
      if (!match) throw new ApiError('BadRequest', `invalid selector: '${term}'; can't understand '${term}'`)
      const [, path = '', operator = '', value = ''] = match
      const known = ['metadata.name', 'metadata.namespace', ...(selectableFields[kind] ?? [])]
      if (!known.includes(path)) {
        throw new ApiError(
          'BadRequest',
          `Unable to find "${kind}" that match label selector "", field selector "${text}": field label not supported: ${path}`,
        )
      }
      return { path, isEqual: operator !== '!=', value }
    })
  return (object) => terms.every(({ path, isEqual, value }) => (fieldText(object, path) === value) === isEqual)
}

function fieldText(object: KubernetesObject, path: string): string {
  let value: unknown = object
  for (const part of path === 'source' ? ['source', 'component'] : path.split('.')) {
    value =
      typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, part)?.value : undefined
  }
  return value === undefined || value === null ? '' : String(value)
}
