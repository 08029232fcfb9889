// The recordings of real engines: one cell a line, in the order in which they ran.
import { readFileSync } from 'node:fs'

export interface GoldenCell {
  cell: string
  script: string
  stdout: string
  stderr: string
  exitCode: number
}

/** The names that exist: `SCRIPT.ENGINE`, ENGINE being a persona's name. */
export const goldenScripts = [
  'docker-help',
  'alp1-alp2',
  'pod-by-hand',
  'docker-basics',
  'proc-views',
  'pause-source',
] as const
/** Those of a node of Kubernetes. */
export const kubernetesScripts = [
  'k8s-basics',
  'k8s-run',
  'k8s-pause',
  'k8s-kill-app',
  'k8s-kill-pause',
  'k8s-pause-ip',
  'k8s-crashloop',
  'k8s-ports',
  'k8s-zombies',
] as const
/** Those of the same node with containerd. */
export const containerdScripts = ['k8s-containerd'] as const
export const goldenEngines = [
  'docker-20.10',
  'docker-26.1',
  'docker-28.5',
  'kubernetes-1.20',
  'kubernetes-1.20-containerd',
] as const

export type GoldenScript =
  | (typeof goldenScripts)[number]
  | (typeof kubernetesScripts)[number]
  | (typeof containerdScripts)[number]
export type GoldenEngine = (typeof goldenEngines)[number]

/** The scripts that were recorded on an engine. */
export function scriptsOf(engine: GoldenEngine): readonly GoldenScript[] {
  if (engine === 'kubernetes-1.20-containerd') return containerdScripts
  return engine === 'kubernetes-1.20' ? kubernetesScripts : goldenScripts
}

export function readGolden(script: GoldenScript, engine: GoldenEngine): GoldenCell[] {
  const file = new URL(`golden/${script}.${engine}.jsonl`, import.meta.url)
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as GoldenCell)
}
