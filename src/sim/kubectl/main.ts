// The kubectl command: finds what a command line asks for, reads its flags, and says what is wrong.
import { editDistance } from '../../text/edit-distance.ts'
import { bool, FlagError, type FlagRow, parseFlags, type ParsedFlags } from '../../text/flags.ts'
import { JsonPathError } from '../../text/jsonpath.ts'
import { type Environment, type Main, type Program, SystemCallError, type System } from '../kernel/system.ts'
import { WaitQueue } from '../kernel/wait-queue.ts'
import type { Cluster } from '../kubernetes/cluster.ts'
import { ApiError } from '../kubernetes/errors.ts'
import { writeError, writeOut } from '../programs/stdio.ts'
import type { Command } from './command.ts'
import { commands } from './commands.ts'
import { apiErrorText, StatusError } from './errors.ts'
import { globalFlags } from './flags.ts'
import { type Help, loadHelp } from './help.ts'
import { Invocation } from './invocation.ts'
import { Kubeconfig } from './kubeconfig.ts'

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
  if (word === undefined || word.startsWith('-'))
    return yield* withoutCommand(system, word === undefined ? before : words)
  if (word === 'help') return yield* helpAbout(system, words.slice(1))
  const found = find(words)
  if (found === undefined || (yield* isSubcommand(system, words, found.length))) {
    return yield* notSimulated(system, words)
  }
  const { command, length } = found
  const flags = yield* flagsOf(system, command, [...before, ...words.slice(length)])
  if (flags.bool('help')) {
    yield* writeOut(system, pageOf(yield* loadHelp(system), command))
    return 0
  }
  const missing = (command.required ?? []).filter((each) => !flags.changed(each))
  if (missing.length > 0)
    throw new StatusError(`Error: required flag(s) ${missing.map((each) => `"${each}"`).join(', ')} not set`)
  const name = `kubectl ${command.name}`
  const kubeconfig = yield* Kubeconfig.read(system, environment, flags.text('kubeconfig'), flags.text('context'))
  if (flags.changed('context') && kubeconfig.context === undefined) {
    throw new StatusError(`error: context "${flags.text('context')}" does not exist`)
  }
  const invocation = new Invocation({ system, environment, cluster: clusterOf(), name, flags, kubeconfig })
  return yield* command.run(invocation)
}

// --- flags

const helpFlag: FlagRow = {
  name: 'help',
  shorthand: 'h',
  type: { ...bool, name: '' },
  usage: 'help',
  hidden: true,
}

/** Flags of kubectl that change nothing in the simulated machine. */
const withoutEffect: ReadonlySet<string> = new Set([
  'allow-missing-template-keys',
  'cache-dir',
  'chunk-size',
  'field-manager',
  'logtostderr',
  'match-server-version',
  'openapi-patch',
  'pod-running-timeout',
  'record',
  'server-print',
  'use-openapi-print-columns',
  'warnings-as-errors',
])

/**
 * Reads the flags of a command.
 * @throws StatusError with pflag's text, and a line of ours for a flag that kubectl has and the simulation has not
 */
function* flagsOf(system: System, command: Command, args: readonly string[]): Program<ParsedFlags> {
  const rows: readonly FlagRow[] = [
    ...(command.flags ?? []),
    ...globalFlags.filter((row) => !command.flags?.some(({ name }) => name === row.name)),
    helpFlag,
  ]
  const name = `kubectl ${command.name}`
  try {
    return parseFlags(rows, args)
  } catch (error) {
    if (!(error instanceof FlagError)) throw error
  }
  const real = (yield* loadHelp(system)).flagsOf(command.name)
  const others = real.filter((row) => !rows.some((each) => each.name === row.name))
  try {
    return parseFlags([...rows, ...others.filter((row) => withoutEffect.has(row.name))], args)
  } catch (error) {
    if (!(error instanceof FlagError)) throw error
    const hint = isKnown([...rows, ...others], args) ? '\nThe simulated kubectl does not have this flag.' : ''
    const where = command.name === 'options' ? `Run '${name}' without flags.` : `See '${name} --help' for usage.`
    throw new StatusError(`Error: ${error.message}\n${where}${hint}`)
  }
}

function isKnown(rows: readonly FlagRow[], args: readonly string[]): boolean {
  try {
    parseFlags(rows, args)
    return true
  } catch (error) {
    if (error instanceof FlagError) return false
    throw error
  }
}

function leadingFlags(args: readonly string[]): { before: readonly string[]; words: readonly string[] } {
  let at = 0
  while (at < args.length) {
    const arg = args[at] ?? ''
    const [, name, value] = /^-{1,2}([a-z-]+)(=.*)?$/.exec(arg) ?? []
    const row = name === undefined ? undefined : globalFlags.find((each) => [each.name, each.shorthand].includes(name))
    const isShortWithValue = /^-[nsv]./.test(arg)
    if (row === undefined && !isShortWithValue) break
    at += isShortWithValue || value !== undefined || row?.type.alone !== undefined ? 1 : 2
  }
  return { before: args.slice(0, at), words: args.slice(at) }
}

// --- commands

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

/** Whether the words go on to a subcommand that only kubectl has: `kubectl create role …`. */
function* isSubcommand(system: System, words: readonly string[], length: number): Program<boolean> {
  const next = words[length]
  if (next === undefined || next.startsWith('-') || !withSubcommands.has(words.slice(0, length).join(' '))) return false
  return ((yield* loadHelp(system)).find(words)?.length ?? 0) > length
}

/** Commands that do something by themselves and have subcommands as well. */
const withSubcommands: ReadonlySet<string> = new Set(['apply', 'cluster-info', 'create'])

function* withoutCommand(system: System, args: readonly string[]): Program<number> {
  try {
    parseFlags([...globalFlags, helpFlag], args)
  } catch (error) {
    if (!(error instanceof FlagError)) throw error
    throw new StatusError(`Error: ${error.message}\nSee 'kubectl --help' for usage.`)
  }
  yield* writeOut(system, (yield* loadHelp(system)).page(''))
  return 0
}

/** `kubectl help …`. pkg/cmd/help */
function* helpAbout(system: System, words: readonly string[]): Program<number> {
  const help = yield* loadHelp(system)
  const names = words.filter((word) => !word.startsWith('-'))
  if (names.length === 0) {
    yield* writeOut(system, help.page('help'))
    return 0
  }
  const own = find(names)
  const found = help.find(names)
  if (found === undefined && own === undefined) {
    yield* writeError(system, `Unknown help topic ${unknownTopic(names)}\n${help.usage('')}`)
    return 0
  }
  yield* writeOut(
    system,
    found === undefined && own !== undefined ? pageOf(help, own.command) : help.page(found?.name ?? ''),
  )
  return 0
}

function unknownTopic(names: readonly string[]): string {
  return `[${names.map((name) => `\`${name}\``).join(' ')}]`
}

/** A page, also of a command that only newer kubectls have. */
function pageOf(help: Help, { name, summary, usage }: Command): string {
  return help.has(name) ? help.page(name) : `${summary}\n\nUsage:\n  kubectl ${name} ${usage}\n`
}

/** Commands that only list others, those that kubectl has and the simulation has not, and those that nobody has. */
function* notSimulated(system: System, words: readonly string[]): Program<number> {
  const help = yield* loadHelp(system)
  const found = help.find(words)
  if (found === undefined) throw new StatusError(unknownCommand(help, words[0] ?? ''))
  const { name, length } = found
  const rest = words.slice(length)
  const flags = yield* flagsOf(system, { name, flags: [], run: nothing }, rest)
  if (flags.bool('help')) {
    yield* writeOut(system, help.page(name))
    return 0
  }
  if (name === 'options') {
    yield* writeOut(system, help.options())
    return 0
  }
  if (help.children(name).length > 0) return yield* listOnly(system, help, name, flags.operands)
  throw new StatusError(`kubectl ${name}: the simulated machine does not have this command`)
}

function* nothing(): Program<number> {
  return 0
}

/** `kubectl rollout`, which is no command by itself. */
function* listOnly(system: System, help: Help, name: string, operands: readonly string[]): Program<number> {
  if (name === 'certificate') {
    yield* writeOut(system, help.page(name))
    return 0
  }
  if (operands.length > 0) {
    const typed = operands.join(' ')
    throw new StatusError(`error: unknown command "${typed}"\nSee 'kubectl ${name} -h' for help and examples`)
  }
  yield* name === 'rollout' ? writeOut(system, help.page(name)) : writeError(system, help.page(name))
  return 1
}

/** cobra's suggestions: at most two letters away, or a beginning, or what other tools call it. */
function unknownCommand(help: Help, word: string): string {
  const lower = word.toLowerCase()
  const close = help.names.flatMap((name) => [
    ...(editDistance(name, lower) <= 2 || name.startsWith(lower) ? [name] : []),
    ...(otherNames[name]?.includes(lower) ? [name] : []),
  ])
  const hint = close.length === 0 ? '' : `\n\nDid you mean this?\n${close.map((each) => `\t${each}\n`).join('')}`
  return `Error: unknown command "${word}" for "kubectl"${hint}\nRun 'kubectl --help' for usage.`
}

const otherNames: Readonly<Record<string, readonly string[]>> = {
  delete: ['rm'],
  get: ['list', 'ps'],
  wait: ['list', 'ps'],
}
