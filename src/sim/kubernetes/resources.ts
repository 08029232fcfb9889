// The kinds of objects that the API server here serves: one row each, as `kubectl api-resources` lists them.

export interface Resource {
  /** Plural, as in URLs and messages: `pods`. */
  readonly name: string
  readonly singular: string
  readonly shortNames: readonly string[]
  /** Empty for the core group. */
  readonly group: string
  readonly version: string
  readonly namespaced: boolean
  readonly kind: string
  readonly verbs: readonly string[]
  /** Part of `kubectl get all`. */
  readonly inAll?: boolean
}

const usual = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch']

function row(name: string, kind: string, shortNames: readonly string[], more: Partial<Resource> = {}): Resource {
  return {
    name,
    singular: kind.toLowerCase(),
    shortNames,
    group: '',
    version: 'v1',
    namespaced: true,
    kind,
    verbs: usual,
    ...more,
  }
}

/** In the order of `kubectl api-resources`. */
export const resources: readonly Resource[] = [
  row('configmaps', 'ConfigMap', ['cm']),
  row('endpoints', 'Endpoints', ['ep'], { singular: 'endpoints' }),
  row('events', 'Event', ['ev']),
  row('namespaces', 'Namespace', ['ns'], { namespaced: false }),
  row('nodes', 'Node', ['no'], { namespaced: false }),
  row('pods', 'Pod', ['po'], { inAll: true }),
  row('secrets', 'Secret', []),
  row('serviceaccounts', 'ServiceAccount', ['sa']),
  row('services', 'Service', ['svc'], { inAll: true }),
  row('daemonsets', 'DaemonSet', ['ds'], { group: 'apps', inAll: true }),
  row('deployments', 'Deployment', ['deploy'], { group: 'apps', inAll: true }),
  row('replicasets', 'ReplicaSet', ['rs'], { group: 'apps', inAll: true }),
  row('jobs', 'Job', [], { group: 'batch', inAll: true }),
]

/** By any name that kubectl takes: plural, singular, short, with or without group, in any case. */
export function findResource(word: string): Resource | undefined {
  const name = word.toLowerCase()
  return resources.find((resource) => {
    const names = [resource.name, resource.singular, ...resource.shortNames]
    if (names.includes(name)) return true
    const full = resource.group === '' ? [] : [`.${resource.group}`, `.${resource.version}.${resource.group}`]
    return full.some((end) => names.some((each) => `${each}${end}` === name))
  })
}

export function resourceOfKind(apiVersion: string, kind: string): Resource | undefined {
  return resources.find((resource) => resource.kind === kind && apiVersionOf(resource) === apiVersion)
}

/** `v1`, `apps/v1`. */
export function apiVersionOf(resource: Resource): string {
  return resource.group === '' ? resource.version : `${resource.group}/${resource.version}`
}

/** As messages of kubectl name it: `pod`, `deployment.apps`. */
export function singularWithGroup(resource: Resource): string {
  return resource.group === '' ? resource.singular : `${resource.singular}.${resource.group}`
}

/** As messages of the API server name it: `pods`, `deployments.apps`. */
export function pluralWithGroup(resource: Resource): string {
  return resource.group === '' ? resource.name : `${resource.name}.${resource.group}`
}
