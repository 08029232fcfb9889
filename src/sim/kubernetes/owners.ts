// Who controls an object: owner references with `controller: true`.
import type { KubernetesObject, OwnerReference } from './objects.ts'
import { apiVersionOf, type Resource } from './resources.ts'
import type { Store } from './store.ts'

export function controllerOf(object: KubernetesObject): OwnerReference | undefined {
  return object.metadata.ownerReferences?.find((owner) => owner.controller)
}

export function isControlledBy(object: KubernetesObject, owner: KubernetesObject): boolean {
  return controllerOf(object)?.uid === owner.metadata.uid
}

export function controllerReference(kind: Resource, owner: KubernetesObject): OwnerReference {
  return {
    apiVersion: apiVersionOf(kind),
    blockOwnerDeletion: true,
    controller: true,
    kind: kind.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid ?? '',
  }
}

/** The objects of a kind that an object controls, as they stand in the store, by name. */
export function controlledBy<T extends KubernetesObject>(store: Store, kind: Resource, owner: KubernetesObject): T[] {
  return store
    .owned(owner.metadata.uid)
    .filter(({ resource, object }) => resource === kind && isControlledBy(object, owner))
    .map(({ object }) => object as T)
    .toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
}

/** The key of an object's controller, if that is of this kind. */
export function controllerKey(object: KubernetesObject, kind: Resource): string | undefined {
  const owner = controllerOf(object)
  return owner?.kind === kind.kind ? `${object.metadata.namespace ?? ''}/${owner.name}` : undefined
}
