// The cluster of a lesson: a namespace of our own in the one that kubectl is set up for, and a copy of the learner's kubeconfig
// in which it is the current one. The learner's own file is read, never written.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { clusterFault, noCluster, restricted } from './cluster-faults.ts'
import { command, type CommandResult } from './docker.ts'
import type { Environment } from './environment.ts'
import { MachineError } from './errors.ts'
import { ours, sessionLabel } from './labels.ts'
import { findProgram } from './platform.ts'

/** What kubectl is set up for. */
export interface Cluster {
  context: string
  /** The name of its cluster in the kubeconfig. */
  name: string
  /** Its API server's address. */
  server: string
}

/** Where the session's namespace is. */
export interface LessonNamespace {
  name: string
  /** The learner's context that leads to its cluster. */
  context: string
}

/** A kubeconfig as `kubectl config view --minify` prints it: one context, with what it names. */
interface Kubeconfig {
  'current-context'?: string
  contexts?: { name: string; context: { cluster?: string; namespace?: string } }[]
  clusters?: { name: string; cluster: { server?: string } }[]
}

// A cluster that is far away, or asleep, gets this much time for an answer.
const requestTimeout = '--request-timeout=15s'

/** Is there a kubectl at all? */
export async function hasKubectl(): Promise<boolean> {
  return (await findProgram('kubectl', process.env['PATH'] ?? '')) !== undefined
}

/** The cluster of the current context; undefined without one. Nothing is asked of the cluster itself. */
export async function currentCluster(): Promise<Cluster | undefined> {
  if (!(await hasKubectl())) return undefined
  const { exitCode, stdout } = await command('kubectl', ['config', 'view', '--minify', '-o', 'json'])
  return exitCode === 0 ? clusterIn(JSON.parse(stdout) as Kubeconfig) : undefined
}

/** In words what a kubectl lacks that is set up for no cluster; undefined when it lacks nothing, or is not there itself. */
export async function missingCluster(): Promise<string | undefined> {
  return (await hasKubectl()) && (await currentCluster()) === undefined ? 'a cluster for kubectl' : undefined
}

/** The cluster in words, for a question or a report: `kind-lab (https://127.0.0.1:6443)`. */
export function clusterName({ context, server }: Cluster): string {
  return `${context} (${server})`
}

/**
 * Makes the session's namespace, and the kubeconfig whose current namespace it is.
 *
 * @param directory goes with the session; the kubeconfig, which may hold keys, is written there for this user alone
 * @param sessionId on the namespace's label, and in its name
 * @returns the namespace, and KUBECONFIG for the session's environment
 * @throws MachineError when there is no cluster, when it does not answer, or when it does not allow namespaces or pods
 */
export async function openNamespace(
  directory: string,
  sessionId: string,
): Promise<{ namespace: LessonNamespace; environment: Environment }> {
  const config = await readKubeconfig()
  const cluster = clusterIn(config)
  if (cluster === undefined) throw new MachineError(noCluster)
  const namespace = { name: namespaceName(sessionId), context: cluster.context }
  for (const { context } of config.contexts ?? []) context.namespace = namespace.name
  const path = join(directory, 'kubeconfig')
  await writeFile(path, JSON.stringify(config), { mode: 0o600 })
  const manifest = {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: namespace.name, labels: { [ours.name]: ours.value, [sessionLabel]: sessionId } },
  }
  const manifestPath = join(directory, 'namespace.json')
  await writeFile(manifestPath, JSON.stringify(manifest))
  orThrow(await kubectl(path, 'create', '-f', manifestPath), cluster)
  try {
    await requirePods(path, cluster)
  } catch (error) {
    await removeNamespace(namespace)
    throw error
  }
  return { namespace, environment: { KUBECONFIG: path } }
}

/**
 * Names of namespaces have small letters, digits and `-` (RFC 1123). This one stands in the names of containers, so it must not
 * hold `pause`: `docker ps | grep pause` is to find the pause containers alone.
 */
export function namespaceName(sessionId: string): string {
  return `lesson-${sessionId.toLowerCase().replaceAll('_', '-')}`
}

/** Removes a namespace with all that is in it, and waits for its end. Right to call when it is gone. */
export async function removeNamespace({ name, context }: LessonNamespace): Promise<CommandResult> {
  const there = ['--context', context]
  const asked = await command('kubectl', [...there, 'delete', 'namespace', name, '--wait=false', requestTimeout])
  if (asked.exitCode !== 0) return asked
  // No new pod can come any more; those that are left are not given the half minute that they may ask for.
  const now = ['--all', '--grace-period=1', '--wait=false', '--namespace', name]
  await command('kubectl', [...there, 'delete', 'pods', ...now, requestTimeout])
  const ended = await command(
    'kubectl',
    [...there, 'wait', '--for=delete', `namespace/${name}`, '--timeout=120s'],
    '130s',
  )
  // It was gone before the wait began.
  return /NotFound/.test(ended.stderr) ? { ...ended, exitCode: 0 } : ended
}

/** Namespaces that lessons have left in the current context's cluster; empty when it does not answer. */
export async function listNamespaces(sessionId?: string): Promise<LessonNamespace[]> {
  const cluster = await currentCluster()
  if (cluster === undefined) return []
  const label = sessionId === undefined ? `${ours.name}=${ours.value}` : `${sessionLabel}=${sessionId}`
  const args = ['get', 'namespaces', '--selector', label, '-o', 'name', '--request-timeout=5s']
  const { exitCode, stdout } = await command('kubectl', ['--context', cluster.context, ...args])
  if (exitCode !== 0) return []
  const names = stdout.split('\n').filter((line) => line !== '')
  return names.map((name) => ({ name: name.replace(/^namespace\//, ''), context: cluster.context }))
}

async function readKubeconfig(): Promise<Kubeconfig> {
  // Certificates come into the copy: paths in the learner's file may be relative to it.
  const view = ['config', 'view', '--minify', '--flatten', '--raw', '-o', 'json']
  const { exitCode, stdout } = await command('kubectl', view)
  if (exitCode !== 0) throw new MachineError(noCluster)
  return JSON.parse(stdout) as Kubeconfig
}

function clusterIn(config: Kubeconfig): Cluster | undefined {
  const context = config['current-context'] ?? ''
  const name = config.contexts?.find((each) => each.name === context)?.context.cluster
  const server = config.clusters?.find((each) => each.name === name)?.cluster.server
  if (name === undefined || server === undefined) return undefined
  return { context, name, server }
}

// The lessons' pods share a PID namespace and run as root: a policy that forbids that would stop them one cell later.
const trialPod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'trial' },
  spec: { shareProcessNamespace: true, containers: [{ name: 'trial', image: 'alpine', command: ['sleep', '1'] }] },
}

/** Asks the cluster to admit a pod, without making one. @throws MachineError when it would not */
async function requirePods(path: string, cluster: Cluster): Promise<void> {
  const file = `${path}.trial.json`
  await writeFile(file, JSON.stringify(trialPod))
  for (let attempt = 0; ; attempt++) {
    const answer = await kubectl(path, 'create', '--dry-run=server', '-f', file)
    if (answer.exitCode === 0) return
    // A controller gives a namespace its service account a moment after the namespace is there.
    if (attempt < accountAttempts && /serviceaccount "default" not found|no API token/.test(answer.stderr)) {
      await kubectl(path, 'get', 'serviceaccount', 'default')
      await new Promise((resolve) => setTimeout(resolve, accountPauseMs))
      continue
    }
    if (/PodSecurity|security ?context constraint|PodSecurityPolicy|denied the request/i.test(answer.stderr))
      throw new MachineError(restricted(clusterName(cluster), answer.stderr))
    orThrow(answer, cluster)
  }
}

const accountAttempts = 50
const accountPauseMs = 200

function kubectl(path: string, ...args: string[]): Promise<CommandResult> {
  return command('kubectl', ['--kubeconfig', path, requestTimeout, ...args])
}

function orThrow(result: CommandResult, cluster: Cluster): void {
  if (result.exitCode !== 0) throw new MachineError(clusterFault(clusterName(cluster), result.stderr))
}
