// The nodes that a pod's affinity names, as the pods of a DaemonSet do. https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/
import type { Pod } from './objects.ts'

interface NodeAffinity {
  requiredDuringSchedulingIgnoredDuringExecution?: {
    nodeSelectorTerms?: { matchFields?: { key: string; values?: string[] }[] }[]
  }
}

/** Names of the nodes of which it wants one; undefined when it names none. */
export function namedNodes(pod: Pod): readonly string[] | undefined {
  const affinity = (pod.spec['affinity'] as { nodeAffinity?: NodeAffinity } | undefined)?.nodeAffinity
  const terms = affinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? []
  const named = terms.flatMap(({ matchFields = [] }) => matchFields).filter(({ key }) => key === 'metadata.name')
  return named.length === 0 ? undefined : named.flatMap(({ values = [] }) => values)
}
