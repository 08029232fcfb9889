// The kubectl command: the table of commands, flags, and what comes out when something is wrong.
import { editDistance } from '../../text/edit-distance.ts'
import { FlagError, type FlagRow, flagUsages, parseFlags, type ParsedFlags } from '../../text/flags.ts'
import { JsonPathError } from '../../text/jsonpath.ts'
import { type Environment, type Main, type Program, SystemCallError, type System } from '../kernel/system.ts'
import { WaitQueue } from '../kernel/wait-queue.ts'
import type { Cluster } from '../kubernetes/cluster.ts'
import { ApiError } from '../kubernetes/errors.ts'
import { writeError, writeOut } from '../programs/stdio.ts'
import { applyCommand, patchCommand, replaceCommand, scaleCommand } from './change.ts'
import * as cluster from './cluster-commands.ts'
import type { Command } from './command.ts'
import {
  createCommand,
  createConfigMap,
  createDeployment,
  createNamespace,
  createSecret,
  exposeCommand,
  runCommand,
} from './create.ts'
import { deleteCommand } from './delete.ts'
import { describeCommand } from './describe.ts'
import { apiErrorText, StatusError } from './errors.ts'
import { explainCommand } from './explain.ts'
import { globalFlags } from './flags.ts'
import { getCommand } from './get.ts'
import { Invocation } from './invocation.ts'
import { Kubeconfig } from './kubeconfig.ts'
import { annotateCommand, labelCommand } from './metadata.ts'
import {
  rolloutHistory,
  rolloutPause,
  rolloutRestart,
  rolloutResume,
  rolloutStatus,
  rolloutUndo,
  setImage,
  waitCommand,
} from './rollout.ts'
import { attachCommand, execCommand, logsCommand } from './streams.ts'

/** In the order of `kubectl --help`. */
const commands: readonly Command[] = [
  createCommand,
  exposeCommand,
  runCommand,
  explainCommand,
  getCommand,
  deleteCommand,
  scaleCommand,
  cluster.clusterInfoCommand,
  cluster.topCommand,
  describeCommand,
  logsCommand,
  attachCommand,
  execCommand,
  cluster.eventsCommand,
  applyCommand,
  patchCommand,
  replaceCommand,
  waitCommand,
  labelCommand,
  annotateCommand,
  cluster.apiResourcesCommand,
  cluster.apiVersionsCommand,
  cluster.versionCommand,
  createDeployment,
  createNamespace,
  createConfigMap,
  createSecret,
  rolloutHistory,
  rolloutPause,
  rolloutRestart,
  rolloutResume,
  rolloutStatus,
  rolloutUndo,
  setImage,
  cluster.authCanI,
  cluster.configCurrentContext,
  cluster.configGetContexts,
  cluster.configSetContext,
  cluster.configUseContext,
  cluster.configView,
]

const groupTitles = {
  beginner: 'Basic Commands (Beginner):',
  intermediate: 'Basic Commands (Intermediate):',
  deploy: 'Deploy Commands:',
  cluster: 'Cluster Management Commands:',
  troubleshooting: 'Troubleshooting and Debugging Commands:',
  advanced: 'Advanced Commands:',
  settings: 'Settings Commands:',
  other: 'Other Commands:',
} as const

/** Microseconds that a start of kubectl and its first request take. */
const startUp = 45_000

/** @param clusterOf the machine's cluster; undefined where there is none */
export function kubectlMain(clusterOf: () => Cluster | undefined): Main {
  return function* kubectl(system, argv, environment) {
    yield* system.sleep_on(new WaitQueue(), 'futex', startUp)
    try {
      return yield* run(system, argv.slice(1), environment, clusterOf)
    } catch (error) {
      const [text, code] = failure(error)
      if (text !== '') yield* writeError(system, `${text}\n`)
      return code
    }
  }
}

function failure(error: unknown): [text: string, code: number] {
  if (error instanceof StatusError) return [error.message, error.code]
  if (error instanceof ApiError) return [apiErrorText(error), 1]
  if (error instanceof JsonPathError || error instanceof SystemCallError) return [`error: ${error.message}`, 1]
  throw error
}

function* run(
  system: System,
  args: readonly string[],
  environment: Environment,
  clusterOf: () => Cluster | undefined,
): Program<number> {
  // Global flags may stand before the command: `kubectl -n lab get pods`.
  const { before, words } = leadingFlags(args)
  const [word] = words
  if (word === undefined || word === 'help' || word === '--help' || word === '-h') {
    const topic = find(words.slice(1))
    yield* writeOut(system, topic === undefined ? rootHelp() : commandHelp(topic.command))
    return 0
  }
  const found = find(words)
  if (found === undefined) return yield* unknown(system, words)
  const { command, length } = found
  const rows: readonly FlagRow[] = [
    ...(command.flags ?? []),
    ...globalFlags.filter((row) => !command.flags?.some(({ name }) => name === row.name)),
    helpFlag,
  ]
  const name = `kubectl ${command.name}`
  let flags: ParsedFlags
  try {
    flags = parseFlags(rows, [...before, ...words.slice(length)])
  } catch (error) {
    if (!(error instanceof FlagError)) throw error
    throw new StatusError(`Error: ${error.message}\nSee '${name} --help' for usage.`)
  }
  if (flags.bool('help')) {
    yield* writeOut(system, commandHelp(command))
    return 0
  }
  const missing = (command.required ?? []).filter((each) => !flags.changed(each))
  if (missing.length > 0)
    throw new StatusError(`Error: required flag(s) ${missing.map((each) => `"${each}"`).join(', ')} not set`)
  const kubeconfig = yield* Kubeconfig.read(system, environment, flags.text('kubeconfig'), flags.text('context'))
  if (flags.changed('context') && kubeconfig.context === undefined) {
    throw new StatusError(`error: context "${flags.text('context')}" does not exist`)
  }
  const machine = clusterOf()
  if (machine === undefined || (kubeconfig.context === undefined && !command.name.startsWith('config'))) {
    throw new StatusError(
      'The connection to the server localhost:8080 was refused - did you specify the right host or port?',
    )
  }
  return yield* command.run(new Invocation({ system, environment, cluster: machine, name, flags, kubeconfig }))
}

const helpFlag: FlagRow = {
  name: 'help',
  shorthand: 'h',
  type: { name: '', alone: 'true' },
  usage: 'help',
  hidden: true,
}

function leadingFlags(args: readonly string[]): { before: readonly string[]; words: readonly string[] } {
  let at = 0
  while (at < args.length) {
    const arg = args[at] ?? ''
    if (!arg.startsWith('-') || arg === '--help' || arg === '-h') break
    const name = arg.replace(/^-+/, '')
    const row = globalFlags.find((each) => each.name === name || each.shorthand === name)
    at += row !== undefined ? 2 : 1
  }
  return { before: args.slice(0, at), words: args.slice(at) }
}

/** The command with the longest name that the words begin with. */
function find(words: readonly string[]): { command: Command; length: number } | undefined {
  for (const length of [3, 2, 1]) {
    const name = words.slice(0, length).join(' ')
    if (words.length < length) continue
    const command = commands.find((each) => each.name === name || each.aliases?.includes(name))
    if (command !== undefined) return { command, length }
  }
  return undefined
}

const groups: Readonly<Record<string, string>> = {
  rollout: 'Manage the rollout of a resource.',
  config: 'Modify kubeconfig files using subcommands like "kubectl config set current-context my-context"',
  auth: 'Inspect authorization',
  set: 'Configure application resources',
}

/** Commands that kubectl has, and the simulation does not. */
const notSimulated = [
  'autoscale',
  'certificate',
  'completion',
  'cordon',
  'cp',
  'debug',
  'diff',
  'drain',
  'edit',
  'kustomize',
  'plugin',
  'port-forward',
  'proxy',
  'taint',
  'uncordon',
]

function* unknown(system: System, words: readonly string[]): Program<number> {
  const [word = '', second] = words
  const summary = groups[word]
  if (summary !== undefined) {
    if (second !== undefined && !second.startsWith('-')) {
      throw new StatusError(
        `error: unknown command "${words.join(' ')}"\nSee 'kubectl ${word} -h' for help and examples`,
      )
    }
    const members = commands.filter(({ name }) => name.startsWith(`${word} `))
    const list = members
      .map(({ name, summary: text }) => `  ${name.slice(word.length + 1).padEnd(15)} ${text}\n`)
      .join('')
    yield* writeOut(
      system,
      `${summary}\n\nAvailable Commands:\n${list}\nUsage:\n  kubectl ${word} SUBCOMMAND [options]\n`,
    )
    return 0
  }
  if (notSimulated.includes(word))
    throw new StatusError(`kubectl ${word}: the simulated machine does not have this command`)
  const close = closest(word)
  const hint = close.length === 0 ? '' : `\n\nDid you mean this?\n${close.map((each) => `\t${each}\n`).join('')}`
  throw new StatusError(`Error: unknown command "${word}" for "kubectl"${hint}\nRun 'kubectl --help' for usage.`)
}

/** cobra's suggestions: at most two letters away, or a beginning. */
function closest(word: string): string[] {
  const names = commands.map(({ name }) => name).filter((name) => !name.includes(' '))
  return names.filter((name) => editDistance(name, word) <= 2 || name.startsWith(word)).toSorted()
}

function rootHelp(): string {
  const sections = Object.entries(groupTitles).map(([group, title]) => {
    const members = commands.filter((command) => command.group === group)
    const list = members.map(({ name, summary }) => `  ${name.padEnd(13)} ${summary}\n`).join('')
    return members.length === 0 ? '' : `${title}\n${list}\n`
  })
  return `kubectl controls the Kubernetes cluster manager.

 Find more information at: https://kubernetes.io/docs/reference/kubectl/overview/

${sections.join('')}Usage:
  kubectl [flags] [options]

Use "kubectl <command> --help" for more information about a given command.
Use "kubectl options" for a list of global command-line options (applies to all commands).
`
}

function commandHelp({ name, summary, examples, flags = [], usage }: Command): string {
  const example =
    examples === undefined
      ? ''
      : `Examples:\n${examples
          .split('\n')
          .map((line) => (line === '' ? '' : `  ${line}`))
          .join('\n')}\n\n`
  const options = flags.length === 0 ? '' : `Options:\n${flagUsages(flags, 0)}\n`
  return `${summary}\n\n${example}${options}Usage:\n  kubectl ${name} ${usage}\n\nUse "kubectl options" for a list of global command-line options (applies to all commands).\n`
}
