// A pod as a controller makes it from the template of its object.
import type { KubernetesObject, OwnerReference, PodSpec, PodTemplate } from './objects.ts'
import { copyOf } from './objects.ts'

/** A pod that has not been created yet; its name comes from the owner's. */
export function podFromTemplate(
  owner: KubernetesObject,
  template: PodTemplate,
  ownerReferences: OwnerReference[],
): KubernetesObject & { spec: PodSpec } {
  const { labels, annotations } = template.metadata
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: '',
      generateName: `${owner.metadata.name}-`,
      namespace: owner.metadata.namespace ?? 'default',
      ...(labels === undefined ? {} : { labels }),
      ...(annotations === undefined ? {} : { annotations }),
      ownerReferences,
    },
    spec: copyOf(template.spec),
  }
}
