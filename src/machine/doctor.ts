// What can run here, and what to install or allow if not.
import { type Probe, type ProbeResult, probes } from './probes.ts'

export interface Readiness {
  ready: boolean
  /** What keeps the lesson from running, each with its way out; empty when it is ready. */
  missing: readonly ProbeResult[]
}

// What each entry of a lesson's `needs` asks of this machine.
const requirements: Readonly<Record<string, readonly string[]>> = {
  docker: ['bash', 'docker-client', 'docker-engine'],
  kubectl: ['bash', 'kubectl', 'kubectl-context'],
  crictl: ['bash', 'kubectl', 'kubectl-context'],
  cc: ['bash', 'compiler'],
}

const always = ['system', 'bash']

/** Asks all that there is to ask; plain data, in the order of the table. It may start one container, and removes it. */
export function examine(table: readonly Probe[] = probes): Promise<ProbeResult[]> {
  return Promise.all(table.map(async ({ id, run }) => ({ id, ...(await run()) })))
}

/**
 * Whether a lesson with these `needs` can run here.
 *
 * @param results what `examine` has found; without them, only what the lesson needs is asked
 */
export async function lessonReadiness(needs: readonly string[], results?: readonly ProbeResult[]): Promise<Readiness> {
  const ids = new Set([...always, ...needs.flatMap((need) => requirements[need] ?? [])])
  const answers = results ?? (await examine(probes.filter(({ id }) => ids.has(id))))
  const missing = answers.filter(({ id, status }) => ids.has(id) && (status === 'fail' || status === 'missing'))
  return { ready: missing.length === 0, missing }
}
