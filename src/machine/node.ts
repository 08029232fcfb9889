// Cells with `on=node` run on the Linux machine that runs the containers. Where that is another machine than this, the cell
// goes there through a command; which one is a table.
import type { Backend, Shell } from '../session/backend.ts'
import { command, docker } from './docker.ts'
import { MachineError } from './errors.ts'
import { quote } from './quote.ts'

export interface NodeWay {
  id: 'here' | 'docker-desktop' | 'kind' | 'minikube'
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
}

/** Enters the namespaces of PID 1 of the engine's machine; nsenter(1). */
const privileged = 'docker run --rm --interactive --privileged --pid=host alpine nsenter -t 1 -m -u -n -i sh -s'

// Tried: `here`. The others are written after the documentation of their tools and have not been run yet.
export const nodeWays: readonly NodeWay[] = [
  {
    id: 'kind',
    applies: ({ kubeContext }) => kubeContext.startsWith('kind-'),
    command: ({ kubeContext }) =>
      `docker exec --interactive ${kubeContext.slice('kind-'.length)}-control-plane bash -s`,
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
  { id: 'here', applies: () => true, command: () => '' },
]

/**
 * The way to the node.
 *
 * @param needs the lesson's: only one that needs `kubectl` has its node where the cluster is
 */
export function chooseWay(facts: NodeFacts, needs: readonly string[]): NodeWay {
  const known = needs.includes('kubectl') ? facts : { ...facts, kubeContext: '' }
  const way = nodeWays.find(({ applies }) => applies(known))
  if (way === undefined) throw new Error('the last way to a node applies always')
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
  const facts = await nodeFacts()
  const way = chooseWay(facts, needs)
  if (way.id === 'here') return undefined
  const shell = await backend.open({})
  return { run: (script, io) => shell.run(onNode(script, way, facts), io) }
}

/** What there is to know for the choice; asks docker and kubectl once. */
export async function nodeFacts(): Promise<NodeFacts> {
  const context = await command('kubectl', ['config', 'current-context'])
  return {
    platform: process.platform,
    engineSystem: await engineSystem(),
    kubeContext: context.exitCode === 0 ? context.stdout.trim() : '',
  }
}

async function engineSystem(): Promise<string> {
  try {
    return (await docker('info', '--format', '{{.OperatingSystem}}')).stdout.trim()
  } catch (error) {
    if (error instanceof MachineError) return ''
    throw error
  }
}
