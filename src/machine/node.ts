// Cells with `on=node` run on the Linux machine that runs the containers. Where that is another machine than this, the cell
// goes there through a command; which one is a table.
import { networkInterfaces } from 'node:os'
import type { Backend, Shell } from '../session/backend.ts'
import { type Cluster, currentCluster } from './cluster.ts'
import { command, docker } from './docker.ts'
import { MachineError } from './errors.ts'
import { quote } from './quote.ts'

export interface NodeWay {
  id: 'here' | 'docker-desktop' | 'kind' | 'k3d' | 'minikube'
  /** Whether the containers run there; asked in the order of the table. */
  applies: (facts: NodeFacts) => boolean
  /** The command that takes a script on its stdin and runs it there; empty when nothing is needed. */
  command: (facts: NodeFacts) => string
}

export interface NodeFacts {
  platform: NodeJS.Platform
  /** `docker info`'s operating system, empty without docker. */
  engineSystem: string
  /** Current context of kubectl, empty without one. */
  kubeContext: string
  /** Whether a node of its cluster has an address of this machine. */
  isNode: boolean
}

/** Enters the namespaces of PID 1 of the engine's machine; nsenter(1). */
const privileged = 'docker run --rm --interactive --privileged --pid=host alpine nsenter -t 1 -m -u -n -i sh -s'

// Tried: `here`, with docker and as the node of a cluster. The others are written after the documentation of their tools and have not been run yet.
export const nodeWays: readonly NodeWay[] = [
  {
    id: 'kind',
    applies: ({ kubeContext }) => kubeContext.startsWith('kind-'),
    command: ({ kubeContext }) =>
      `docker exec --interactive ${kubeContext.slice('kind-'.length)}-control-plane bash -s`,
  },
  {
    id: 'k3d',
    applies: ({ kubeContext }) => kubeContext.startsWith('k3d-'),
    command: ({ kubeContext }) => `docker exec --interactive ${kubeContext}-server-0 sh -s`,
  },
  {
    id: 'minikube',
    applies: ({ kubeContext }) => kubeContext === 'minikube',
    command: () => 'minikube ssh -- bash -s',
  },
  {
    id: 'docker-desktop',
    applies: ({ platform, engineSystem }) => platform !== 'linux' || /docker desktop/i.test(engineSystem),
    command: () => privileged,
  },
  { id: 'here', applies: ({ kubeContext, isNode }) => kubeContext === '' || isNode, command: () => '' },
]

/**
 * The way to the node.
 *
 * @param needs the lesson's: only one that needs `kubectl` has its node where the cluster is
 * @throws MachineError when the cluster's nodes are machines that no row of the table reaches
 */
export function chooseWay(facts: NodeFacts, needs: readonly string[]): NodeWay {
  const known = needs.includes('kubectl') ? facts : { ...facts, kubeContext: '' }
  const way = nodeWays.find(({ applies }) => applies(known))
  if (way === undefined) {
    throw new MachineError({
      kind: 'node-elsewhere',
      message: `The nodes of the cluster ${facts.kubeContext} are other machines, and there is no known way to them.`,
      advice: 'Use a cluster on this machine (`kind create cluster`), or run the command on the node yourself.',
    })
  }
  return way
}

/** The script as the session's bash has to run it so that it runs on the node; unchanged when that is here. */
export function onNode(script: string, way: NodeWay, facts: NodeFacts): string {
  const words = way.command(facts)
  return words === '' ? script : `${words} <<<${quote(script)}`
}

/**
 * A shell whose scripts run on the node; undefined when that is this machine. Each script is a shell of its own there:
 * variables and directory do not persist from cell to cell.
 *
 * @param backend opens the shell here that the scripts go through
 * @param needs the lesson's, as in its front matter
 */
export async function openNodeShell(backend: Backend, needs: readonly string[]): Promise<Shell | undefined> {
  const facts = await nodeFacts(needs)
  const way = chooseWay(facts, needs)
  if (way.id === 'here') return undefined
  const shell = await backend.open({})
  return { run: (script, io) => shell.run(onNode(script, way, facts), io) }
}

/** What there is to know for the choice; asks docker, and the cluster of a lesson that needs one, once. */
export async function nodeFacts(needs: readonly string[]): Promise<NodeFacts> {
  const cluster = needs.includes('kubectl') ? await currentCluster() : undefined
  return {
    platform: process.platform,
    engineSystem: await engineSystem(),
    kubeContext: cluster?.context ?? '',
    isNode: cluster !== undefined && (await isNodeOf(cluster)),
  }
}

async function isNodeOf({ context }: Cluster): Promise<boolean> {
  const addresses = 'jsonpath={.items[*].status.addresses[?(@.type=="InternalIP")].address}'
  const asked = await command('kubectl', [
    '--context',
    context,
    'get',
    'nodes',
    '-o',
    addresses,
    '--request-timeout=10s',
  ])
  if (asked.exitCode !== 0) return false
  const here = new Set(Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address)))
  return asked.stdout.split(/\s+/).some((address) => here.has(address))
}

async function engineSystem(): Promise<string> {
  try {
    return (await docker('info', '--format', '{{.OperatingSystem}}')).stdout.trim()
  } catch (error) {
    if (error instanceof MachineError) return ''
    throw error
  }
}
