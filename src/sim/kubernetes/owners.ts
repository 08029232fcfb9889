// Who controls an object: owner references with `controller: true`.
import type { KubernetesObject, OwnerReference } from './objects.ts'
import { apiVersionOf, type Resource } from './resources.ts'

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
