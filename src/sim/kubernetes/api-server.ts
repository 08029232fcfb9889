// The API server: requests about objects, with names, defaults, validation, graceful deletion and garbage collection.
import type { ApiError as Refusal } from './errors.ts'
import { ApiError, invalid, notFound } from './errors.ts'
import { applyDefaults } from './defaults.ts'
import { apiTime, copyOf, type KubernetesObject, type Pod } from './objects.ts'
import { isEqual, isRecord, jsonPatch, type JsonRecord, mergePatch, strategicMerge } from './patch.ts'
import { apiVersionOf, type Resource } from './resources.ts'
import { fieldMatcher, matchesLabels, parseLabelSelector } from './selectors.ts'
import { resource, Store, type Watch } from './store.ts'
import { validateCreate, validateUpdate } from './validation.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Random } from '../kernel/random.ts'

export interface ListOptions {
  readonly namespace?: string
  readonly labelSelector?: string
  readonly fieldSelector?: string
}

export interface DeleteOptions {
  /** Seconds; 0 removes a pod's object at once. */
  readonly gracePeriodSeconds?: number
  readonly propagation?: 'Background' | 'Foreground' | 'Orphan'
}

export type PatchType = 'strategic' | 'merge' | 'json'

/** Named for the documentation of what a request may throw. */
export type ApiFailure = Refusal

/** Characters of random suffixes: no vowels, no look-alikes. apimachinery/pkg/util/rand */
const suffixCharacters = 'bcdfghjklmnpqrstvwxz2456789'

export class ApiServer {
  readonly store: Store
  readonly #clock: Clock
  readonly #random: Random

  constructor(clock: Clock, random: Random) {
    this.#clock = clock
    this.#random = random
    this.store = new Store(200)
  }

  now(): string {
    return apiTime(this.#clock.now())
  }

  /** The virtual clock's time since the epoch. */
  microseconds(): number {
    return this.#clock.now()
  }

  /** Five characters as `kubectl get pods` shows them after a ReplicaSet's name. */
  suffix(): string {
    let text = ''
    while (text.length < 5) text += suffixCharacters[this.#random.integer(suffixCharacters.length)] ?? ''
    return text
  }

  uid(): string {
    const hex = this.#random.hex(32)
    const variant = '89ab'[this.#random.integer(4)] ?? '8'
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
  }

  /**
   * Creates an object.
   * @param given as in a manifest; the argument stays as it is
   * @throws ApiError AlreadyExists, Invalid, NotFound (namespace), BadRequest
   */
  create(kind: Resource, given: KubernetesObject, options: { dryRun?: boolean } = {}): KubernetesObject {
    const object = copyOf(given)
    const { metadata } = object
    if (metadata.generateName !== undefined && !metadata.name) metadata.name = metadata.generateName + this.suffix()
    if (kind.namespaced) {
      metadata.namespace ??= 'default'
      const namespace = this.store.peek(resource('namespaces'), '', metadata.namespace)
      if (namespace === undefined) throw notFound(resource('namespaces'), metadata.namespace)
      if (namespace.metadata.deletionTimestamp !== undefined) {
        throw new ApiError(
          'Forbidden',
          `${kind.name} "${metadata.name}" is forbidden: unable to create new content in namespace ${metadata.namespace} because it is being terminated`,
        )
      }
    }
    metadata.uid = this.uid()
    metadata.creationTimestamp = this.now()
    if ('spec' in object && !['Pod', 'Service', 'Namespace', 'Node'].includes(object.kind)) metadata.generation = 1
    admit(object)
    applyDefaults(object)
    const errors = validateCreate(object)
    if (errors.length > 0) throw invalid(kind, metadata.name, errors)
    if (kind.name === 'pods') this.#mountServiceAccount(object as Pod)
    if (options.dryRun) {
      if (this.store.peek(kind, metadata.namespace ?? '', metadata.name) !== undefined) {
        throw new ApiError('AlreadyExists', `${kind.name} "${metadata.name}" already exists`)
      }
      return object
    }
    return copyOf(this.store.create(kind, object))
  }

  /** @throws ApiError NotFound */
  get(kind: Resource, namespace: string, name: string): KubernetesObject {
    return this.store.get(kind, namespace, name)
  }

  /** @throws ApiError BadRequest for a selector that cannot be read */
  list(kind: Resource, options: ListOptions = {}): KubernetesObject[] {
    return this.store.list(kind, options.namespace, this.matcher(kind, options))
  }

  /** Whether an object is among those that the options ask for. @throws ApiError BadRequest */
  matcher(kind: Resource, options: ListOptions): (object: KubernetesObject) => boolean {
    const labels = parseLabelSelector(options.labelSelector ?? '')
    const fields = fieldMatcher(kind.kind, options.fieldSelector ?? '')
    return (object) =>
      (options.namespace === undefined || !kind.namespaced || object.metadata.namespace === options.namespace) &&
      matchesLabels(labels, object.metadata.labels) &&
      fields(object)
  }

  watch(kind: Resource): Watch {
    return this.store.watch(kind)
  }

  /** Replaces an object; the generation grows when its spec changes. @throws ApiError NotFound, Conflict, Invalid */
  update(kind: Resource, given: KubernetesObject, options: { dryRun?: boolean } = {}): KubernetesObject {
    const before = this.store.get(kind, given.metadata.namespace ?? '', given.metadata.name)
    const object = copyOf(given)
    applyDefaults(object)
    const errors = validateUpdate(before, object)
    if (errors.length > 0) throw invalid(kind, object.metadata.name, errors)
    if (before.metadata.generation !== undefined && !isEqual(before['spec'], object['spec'])) {
      object.metadata.generation = before.metadata.generation + 1
    }
    if (options.dryRun) return object
    const stored = this.store.update(kind, object)
    return copyOf(this.#finalized(kind, stored))
  }

  /**
   * The same for what a controller knows: status and its own annotations; no generation, no validation.
   * @returns the stored object, frozen
   */
  updateStatus(kind: Resource, object: KubernetesObject): KubernetesObject {
    return this.store.update(kind, object)
  }

  /** @throws ApiError NotFound, Invalid, BadRequest */
  patch(
    kind: Resource,
    namespace: string,
    name: string,
    type: PatchType,
    patch: unknown,
    options: { dryRun?: boolean } = {},
  ): KubernetesObject {
    if (type !== 'json' && !isRecord(patch)) {
      const what = Array.isArray(patch) ? 'array' : typeof patch === 'boolean' ? 'bool' : typeof patch
      throw new ApiError('BadRequest', `json: cannot unmarshal ${what} into Go value of type map[string]interface {}`)
    }
    const before = this.store.get(kind, namespace, name)
    const after = patchers[type](before, patch) as KubernetesObject
    after.metadata = { ...after.metadata, name, ...(kind.namespaced ? { namespace } : {}) }
    return this.update(kind, after, options)
  }

  /**
   * Deletes an object: a pod on a node first gets a deletion time, and the kubelet takes it away; what it
   * owned goes later, by the garbage collector.
   * @throws ApiError NotFound
   */
  delete(kind: Resource, namespace: string, name: string, options: DeleteOptions = {}): KubernetesObject {
    const object = this.store.get(kind, namespace, name)
    if (kind.name === 'pods' && this.#terminates(object as Pod, options.gracePeriodSeconds)) {
      const grace = options.gracePeriodSeconds ?? (object as Pod).spec.terminationGracePeriodSeconds
      const known = object.metadata.deletionGracePeriodSeconds
      if (known !== undefined && known <= grace) return object
      object.metadata.deletionGracePeriodSeconds = grace
      object.metadata.deletionTimestamp = apiTime(this.#clock.now() + grace * 1e6)
      return copyOf(this.store.update(kind, object))
    }
    if (kind.name === 'namespaces') {
      object.metadata.deletionTimestamp = this.now()
      object['status'] = { phase: 'Terminating' }
      return copyOf(this.store.update(kind, object))
    }
    if ((object.metadata.finalizers ?? []).length > 0) {
      object.metadata.deletionTimestamp ??= this.now()
      return copyOf(this.store.update(kind, object))
    }
    const removed = this.store.remove(kind, namespace, name)
    if (options.propagation === 'Orphan') this.#orphan(removed)
    return removed
  }

  /** Whether the kubelet has to end the pod before its object may go. */
  #terminates(pod: Pod, grace: number | undefined): boolean {
    return grace !== 0 && pod.spec.nodeName !== undefined && !['Succeeded', 'Failed'].includes(pod.status.phase)
  }

  /** What the object owned stays, and nobody's. */
  #orphan(owner: KubernetesObject): void {
    for (const { resource: kind, object: stored } of this.store.owned(owner.metadata.uid)) {
      const object = copyOf(stored)
      const rest = object.metadata.ownerReferences?.filter(({ uid }) => uid !== owner.metadata.uid) ?? []
      if (rest.length === 0) delete object.metadata.ownerReferences
      else object.metadata.ownerReferences = rest
      this.store.update(kind, object)
    }
  }

  #finalized(kind: Resource, object: KubernetesObject): KubernetesObject {
    const { deletionTimestamp, finalizers = [], namespace = '', name } = object.metadata
    if (kind.name === 'pods' || kind.name === 'namespaces') return object
    if (deletionTimestamp === undefined || finalizers.length > 0) return object
    return this.store.remove(kind, namespace, name)
  }

  /** The admission plug-in of service accounts: the account's name, and a volume with its token in each container. */
  #mountServiceAccount(pod: Pod): void {
    const { spec } = pod
    spec.serviceAccountName ??= 'default'
    spec['serviceAccount'] ??= spec.serviceAccountName
    if (spec['automountServiceAccountToken'] === false) return
    const name = `kube-api-access-${this.suffix()}`
    spec.volumes = [...(spec.volumes ?? []), { name, projected: tokenSources() }]
    for (const container of [...(spec.initContainers ?? []), ...spec.containers]) {
      const mountPath = '/var/run/secrets/kubernetes.io/serviceaccount'
      container.volumeMounts = [...(container.volumeMounts ?? []), { mountPath, name, readOnly: true }]
    }
  }
}

function tokenSources(): JsonRecord {
  return {
    defaultMode: 420,
    sources: [
      { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
      { configMap: { items: [{ key: 'ca.crt', path: 'ca.crt' }], name: 'kube-root-ca.crt' } },
      {
        downwardAPI: {
          items: [{ fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' }, path: 'namespace' }],
        },
      },
    ],
  }
}

/** What the built-in admission plug-ins add: tolerations, priority. */
function admit(object: KubernetesObject): void {
  if (object.kind !== 'Pod') return
  const { spec } = object as Pod
  spec['priority'] ??= 0
  spec['preemptionPolicy'] ??= 'PreemptLowerPriority'
  spec['enableServiceLinks'] ??= true
  const taints = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']
  spec.tolerations ??= []
  for (const key of taints) {
    if (spec.tolerations.some((toleration) => toleration.key === key)) continue
    spec.tolerations.push({ effect: 'NoExecute', key, operator: 'Exists', tolerationSeconds: 300 })
  }
}

const patchers: Readonly<Record<PatchType, (before: unknown, patch: unknown) => unknown>> = {
  strategic: strategicMerge,
  merge: mergePatch,
  json: (before, patch) => jsonPatch(before, patch as JsonRecord[]),
}

/** An object's reference, as events name what they are about. */
export function referenceTo(kind: Resource, object: KubernetesObject, fieldPath?: string) {
  const { name, namespace, uid = '', resourceVersion } = object.metadata
  return {
    kind: kind.kind,
    apiVersion: apiVersionOf(kind),
    name,
    ...(namespace === undefined ? {} : { namespace }),
    uid,
    ...(resourceVersion === undefined ? {} : { resourceVersion }),
    ...(fieldPath === undefined ? {} : { fieldPath }),
  }
}
