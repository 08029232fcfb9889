// The docker command: global flags, the table of commands, and what comes out when something is wrong.
import { FlagError, type FlagRow, type ParsedFlags, parseFlags } from '../../text/flags.ts'
import { TemplateExecError, TemplateParseError } from '../../text/go-template.ts'
import { digestOf } from '../docker/build-failure.ts'
import { EngineError } from '../docker/errors.ts'
import type { EngineVersion } from '../docker/versions.ts'
import { type Environment, type Main, type Program, SystemCallError, type System } from '../kernel/system.ts'
import { writeError, writeOut } from '../programs/stdio.ts'
import type { Command, CommandGroup } from './command.ts'
import { commands, groups } from './commands.ts'
import { flagError, operandError, StatusError, unknownCommand } from './errors.ts'
import { type FlagDefinition, flagsFor, helpFlags } from './flag-types.ts'
import { commandHelp, globalFlags, groupHelp, rootHelp } from './help.ts'
import { Invocation } from './invocation.ts'
import { type ClientVersion, clients, isAtLeast, type Release, textFor } from './release.ts'

/** The docker command of a version, as a program. Exit codes are docker's. */
export function dockerMainOf(version: EngineVersion): Main {
  const client = clients[version]
  return function* docker(system, argv, environment) {
    try {
      return yield* new DockerCommand(client, system, environment).run(argv.slice(1))
    } catch (error) {
      if (error instanceof StatusError) {
        if (error.message !== '') yield* writeError(system, `${error.message}\n`)
        return error.code
      }
      yield* writeError(system, `${failureText(error)}\n`)
      return 1
    }
  }
}

/** The docker command that a learner has today. */
export const dockerMain: Main = dockerMainOf('today')

function failureText(error: unknown): string {
  if (error instanceof EngineError) return `Error response from daemon: ${error.message}`
  if (error instanceof TemplateParseError || error instanceof TemplateExecError) {
    return `template parsing error: ${error.message}`
  }
  if (error instanceof SystemCallError) return error.message
  throw error
}

const withHelp = new WeakMap<Command, readonly FlagDefinition[]>()

/** A command's flags and the hidden help, where it has no help flag of its own. */
function commandFlags(command: Command, release: Release): readonly FlagRow[] {
  const definitions = command.flags ?? []
  const own = definitions.some((flag) => flag.name === 'help')
  const all = own ? definitions : (withHelp.get(command) ?? [...definitions, ...helpFlags])
  withHelp.set(command, all)
  return flagsFor(all, release)
}

const levels = new Set(['debug', 'info', 'warn', 'warning', 'error', 'fatal', 'panic', 'trace'])
const schemes = new Set(['unix', 'tcp', 'fd', 'npipe', 'ssh', 'http', 'https'])

/** What is wrong with the flags before the command. */
function checkGlobals(release: Release, flags: ParsedFlags, host: string): void {
  const level = flags.text('log-level')
  if (!levels.has(level.toLowerCase())) throw new StatusError(`Unable to parse logging level: ${level}`)
  const begin = `${release === '20.10' ? '' : 'Failed to initialize: '}unable to resolve docker endpoint: `
  const scheme = /^(\w+):\/\//.exec(host)?.[1]
  if (scheme !== undefined && !schemes.has(scheme)) {
    throw new StatusError(`${begin}${release === '20.10' ? 'Invalid' : 'invalid'} bind address format: ${host}`)
  }
  const context = flags.text('context')
  if (context === '' || context === 'default') return
  if (release === '20.10') throw new StatusError(`${begin}context ${JSON.stringify(context)} does not exist`)
  const path = `${flags.text('config')}/contexts/meta/${digestOf(context)}/meta.json`
  const missing = `context not found: open ${path}: no such file or directory`
  throw new StatusError(`${begin}context ${JSON.stringify(context)}: ${missing}`)
}

/** What the engine says to commands about a swarm, which this machine is no part of. */
function swarmAnswer([group = '', word = '']: readonly string[]): string | undefined {
  if (group === 'swarm' && word === 'leave') return 'This node is not part of a swarm'
  const asks: Readonly<Record<string, readonly string[]>> = {
    node: ['ls', 'list', 'inspect', 'rm', 'ps', 'update', 'promote', 'demote'],
    service: ['ls', 'list', 'inspect', 'rm', 'ps'],
    stack: ['ls', 'list', 'ps', 'services'],
    secret: ['ls', 'list', 'inspect', 'rm'],
    config: ['ls', 'list', 'inspect', 'rm'],
  }
  if (!asks[group]?.includes(word)) return undefined
  return 'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.'
}

class DockerCommand {
  private readonly client: ClientVersion
  private readonly system: System
  private readonly environment: Environment
  private readonly globals: readonly FlagRow[]
  private readonly groups: readonly CommandGroup[]
  private readonly commands: readonly Command[]

  constructor(client: ClientVersion, system: System, environment: Environment) {
    const { release } = client
    this.client = client
    this.system = system
    this.environment = environment
    this.globals = globalFlags(release, environment.get('HOME') ?? '/root')
    this.groups = groups.filter((group) => group.until === undefined || group.until === release)
    this.commands = commands.filter((command) => command.since === undefined || isAtLeast(release, command.since))
  }

  *run(args: readonly string[]): Program<number> {
    const flags = yield* this.parse('docker', '[OPTIONS] COMMAND [ARG...]', this.globals, args, false)
    if (flags.bool('version')) {
      yield* writeOut(this.system, `Docker version ${this.client.version}, build ${this.client.gitCommit}\n`)
      return 0
    }
    const host = flags.text('host') || this.environment.get('DOCKER_HOST') || 'unix:///var/run/docker.sock'
    checkGlobals(this.client.release, flags, host)
    const [word, ...rest] = flags.operands
    if (flags.bool('help')) return yield* this.help(word === undefined ? [] : flags.operands)
    if (word === undefined) {
      yield* writeError(this.system, this.rootHelp())
      return 0
    }
    if (word === 'help') return yield* this.help(rest)
    const outsideOfSwarm = swarmAnswer(flags.operands)
    if (outsideOfSwarm !== undefined) throw new EngineError(503, outsideOfSwarm)
    const group = this.groups.find((candidate) => candidate.name === word)
    if (group) return yield* this.runGroup(group, rest, host)
    const command = this.find(word)
    if (!command) throw unknownCommand(this.client.release, word)
    return yield* this.runCommand(command, word, rest, host)
  }

  private find(name: string): Command | undefined {
    return this.commands.find((command) => command.names.includes(name))
  }

  private *runGroup(group: CommandGroup, args: readonly string[], host: string): Program<number> {
    const { release } = this.client
    const flags = yield* this.parse(`docker ${group.name}`, '', flagsFor(helpFlags, release), args, false)
    const [word, ...rest] = flags.operands
    const page = groupHelp(release, group, this.commands)
    if (flags.bool('help')) {
      yield* writeOut(this.system, page)
      return 0
    }
    if (word === undefined) {
      yield* writeError(this.system, page)
      return 0
    }
    const name = `${group.name} ${word}`
    const command = this.find(name)
    if (command) return yield* this.runCommand(command, name, rest, host)
    if (release === '28.5') {
      throw new StatusError(
        `docker: unknown command: docker ${name}\n\nUsage:  docker ${group.name}${group.usage ?? ''}\n\nRun 'docker ${group.name} --help' for more information`,
      )
    }
    yield* writeError(this.system, page)
    return 1
  }

  private *runCommand(command: Command, name: string, args: readonly string[], host: string): Program<number> {
    const { release } = this.client
    const rows = commandFlags(command, release)
    const notice = command.notice?.(this.client) ?? ''
    if (notice !== '') yield* writeError(this.system, notice)
    const called = `docker ${name}`
    const flags = yield* this.parse(called, command.usage, rows, args, command.interspersed !== false)
    if (flags.bool('help')) {
      yield* writeOut(this.system, commandHelp(release, command, name))
      return 0
    }
    const { least, most = Number.POSITIVE_INFINITY } = command.operands
    if (flags.operands.length < least || flags.operands.length > most) {
      throw operandError(release, called, command, textFor(command.summary, release))
    }
    if (!command.run) throw new StatusError(`${called}: the simulated machine does not have this command`)
    yield* this.noteWithoutEffect(command, flags.given())
    const { system, environment, client } = this
    return yield* command.run(new Invocation({ system, environment, client, name: called, flags, host }))
  }

  /** A flag that docker has and the simulation ignores is named, so that nobody takes it for simulated. */
  private *noteWithoutEffect(command: Command, given: readonly string[]): Program<void> {
    for (const name of given) {
      if (command.flags?.some((flag) => flag.name === name && flag.noEffect)) {
        yield* writeError(this.system, `pause-lab: --${name} has no effect in the simulated machine\n`)
      }
    }
  }

  /** Reads flags; what is deprecated is warned of on stdout, as cobra does. */
  private *parse(
    name: string,
    usage: string,
    rows: readonly FlagRow[],
    args: readonly string[],
    interspersed: boolean,
  ) {
    const { release } = this.client
    try {
      const flags = parseFlags(rows, args, { interspersed })
      if (flags.warnings.length > 0) yield* writeOut(this.system, `${flags.warnings.join('\n')}\n`)
      return flags
    } catch (error) {
      if (!(error instanceof FlagError)) throw error
      const failure = flagError(release, name, usage, error.message)
      if (name !== 'docker' || release === '28.5') throw failure
      throw new StatusError(`${failure.message}\n${this.rootHelp({ completion: false })}`, failure.code)
    }
  }

  private rootHelp(options: { completion?: boolean } = {}): string {
    const { commands, groups, globals } = this
    return rootHelp(this.client.release, { commands, groups, globals }, options)
  }

  /** `docker help …` and `docker --help …`. */
  private *help(words: readonly string[]): Program<number> {
    const { release } = this.client
    const [word] = words
    if (word === undefined) {
      yield* writeOut(this.system, this.rootHelp())
      return 0
    }
    const name = this.find(words.slice(0, 2).join(' ')) ? words.slice(0, 2).join(' ') : word
    const command = this.find(name)
    const group = this.groups.find((candidate) => candidate.name === word)
    if (command) {
      yield* writeOut(this.system, commandHelp(release, command, name))
      return 0
    }
    if (group) {
      yield* writeOut(this.system, groupHelp(release, group, this.commands))
      return 0
    }
    throw new StatusError(`unknown help topic: ${words.join(' ')}`)
  }
}
