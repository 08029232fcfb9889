// What is wrong with a cluster, by what kubectl printed: in words, with a way out.
import type { MachineFault } from './errors.ts'

export const noCluster: MachineFault = {
  kind: 'cluster-none',
  message: 'kubectl is not set up for any cluster: it has no current context.',
  advice:
    'Make a cluster, for example with `kind create cluster`, or choose one with `kubectl config use-context NAME`; the simulated machine needs none.',
}

interface FaultRow {
  pattern: RegExp
  kind: MachineFault['kind']
  message: (cluster: string) => string
  advice: string
}

const rows: readonly FaultRow[] = [
  {
    pattern: /forbidden|cannot create resource/i,
    kind: 'cluster-denied',
    message: (cluster) =>
      `The cluster ${cluster} does not allow you to make a namespace, in which a lesson keeps to itself.`,
    advice:
      'Choose a cluster of your own (`kind create cluster`), or ask its owner for the right to create namespaces; `kubectl auth can-i create namespaces` tells.',
  },
  {
    pattern: /unauthorized|must be logged in|provide credentials/i,
    kind: 'cluster-denied',
    message: (cluster) =>
      `The cluster ${cluster} does not know you: the credentials in the kubeconfig are wrong or too old.`,
    advice: 'Log in to it again, or choose another cluster with `kubectl config use-context NAME`.',
  },
]

/** @param stderr kubectl's own words, which stand in the message when no row knows them */
export function clusterFault(cluster: string, stderr: string): MachineFault {
  const row = rows.find(({ pattern }) => pattern.test(stderr))
  if (row !== undefined) return { kind: row.kind, message: row.message(cluster), advice: row.advice }
  return {
    kind: 'cluster-down',
    message: `The cluster ${cluster} does not answer as it should: ${lastLine(stderr)}`,
    advice: 'Start it, or choose another one with `kubectl config use-context NAME`; the simulated machine needs none.',
  }
}

/** The cluster would take a namespace, but not the pods of the lessons. */
export function restricted(cluster: string, stderr: string): MachineFault {
  return {
    kind: 'cluster-restricted',
    message: `The cluster ${cluster} does not admit the pods of the lessons, which run as root: ${lastLine(stderr)}`,
    advice:
      'Its policy (Pod Security Admission, or one like it) is stricter than `baseline`: choose a cluster of your own, for example `kind create cluster`.',
  }
}

function lastLine(text: string): string {
  const line = text.trim().split('\n').at(-1) ?? ''
  return /[.?!]$/.test(line) ? line : `${line}.`
}
