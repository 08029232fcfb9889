// Help pages, laid out as docker's templates lay them out; all that they list comes from the tables.
import { bool, type FlagRow, flagUsages, string } from '../../text/flags.ts'
import type { Command, CommandGroup } from './command.ts'
import { type FlagDefinition, flagsFor, helpFlags, list } from './flag-types.ts'
import { isAtLeast, type Release, textFor } from './release.ts'

/** Docker wraps at the terminal's width less one; without a terminal that is 80. */
const columns = 79

const certificates = ['ca', 'cert', 'key'] as const
const certificateUsage = {
  ca: 'Trust certs signed only by this CA',
  cert: 'Path to TLS certificate file',
  key: 'Path to TLS key file',
}

const knownGlobals = new Map<string, readonly FlagRow[]>()

/** The flags before the command. `home` is the user's home directory. */
export function globalFlags(release: Release, home: string): readonly FlagRow[] {
  const key = `${release} ${home}`
  const rows = knownGlobals.get(key) ?? globalRows(release, home)
  knownGlobals.set(key, rows)
  return rows
}

function globalRows(release: Release, home: string): readonly FlagRow[] {
  const directory = `${home}/.docker`
  const definitions: FlagDefinition[] = [
    { name: 'config', type: string, default: directory, usage: 'Location of client config files' },
    {
      name: 'context',
      shorthand: 'c',
      type: string,
      usage:
        'Name of the context to use to connect to the daemon (overrides DOCKER_HOST env var and default context set with "docker context use")',
    },
    { name: 'debug', shorthand: 'D', type: bool, usage: 'Enable debug mode' },
    {
      name: 'host',
      shorthand: 'H',
      type: list,
      until: '26.1',
      usage: { '20.10': 'Daemon socket(s) to connect to', now: 'Daemon socket to connect to' },
    },
    { name: 'host', shorthand: 'H', type: { name: 'string' }, since: '28.5', usage: 'Daemon socket to connect to' },
    {
      name: 'log-level',
      shorthand: 'l',
      type: string,
      default: 'info',
      usage: {
        '20.10': 'Set the logging level ("debug"|"info"|"warn"|"error"|"fatal")',
        now: 'Set the logging level ("debug", "info", "warn", "error", "fatal")',
      },
    },
    { name: 'tls', type: bool, usage: 'Use TLS; implied by --tlsverify' },
    ...certificates.map(
      (kind): FlagDefinition => ({
        name: `tls${kind === 'ca' ? 'cacert' : kind}`,
        type: string,
        default: `${directory}/${kind}.pem`,
        usage: certificateUsage[kind],
      }),
    ),
    { name: 'tlsverify', type: bool, usage: 'Use TLS and verify the remote' },
    { name: 'version', shorthand: 'v', type: bool, usage: 'Print version information and quit' },
    ...helpFlags,
  ]
  return flagsFor(definitions, release)
}

/** The page of one command. `name` is the way it was called, without `docker`. */
export function commandHelp(release: Release, command: Command, name: string): string {
  const rows = flagsFor(command.flags ?? [], release)
  const options = flagUsages(rows, columns)
  const aliases = aliasText(release, command, name)
  return page(release, [
    `Usage:  docker ${name}${command.usage === '' ? '' : ` ${command.usage}`}`,
    command.description ?? textFor(command.summary, release),
    ...(aliases === '' ? [] : [`Aliases:\n  ${aliases}`]),
    ...(options === '' ? [] : [`Options:\n${options.trimEnd()}`]),
  ])
}

/** The page of a word that groups commands. */
export function groupHelp(release: Release, group: CommandGroup, commands: readonly Command[]): string {
  const members = commands.flatMap((command) => {
    const first = command.names.find((name) => name.startsWith(`${group.name} `))
    return first === undefined
      ? []
      : [{ name: first.slice(group.name.length + 1), summary: textFor(command.summary, release) }]
  })
  return page(release, [
    `Usage:  docker ${group.name} COMMAND`,
    group.summary,
    `Commands:\n${entries(members)}`,
    `Run 'docker ${group.name} COMMAND --help' for more information on a command.`,
  ])
}

/** The commands that `docker --help` lists first, in this order. */
const common = ['run', 'exec', 'ps', 'build', 'pull', 'push', 'images', 'login', 'logout', 'search', 'version', 'info']

/**
 * The page of docker itself.
 * @param options.completion 20.10 lists its `completion` command except after a wrong flag
 */
export function rootHelp(
  release: Release,
  tables: { commands: readonly Command[]; groups: readonly CommandGroup[]; globals: readonly FlagRow[] },
  options: { completion?: boolean } = {},
): string {
  const old = release === '20.10'
  const flags = flagUsages(tables.globals, columns).trimEnd()
  const top = tables.commands.flatMap((command) => {
    const name = command.names.find((candidate) => !candidate.includes(' '))
    return name === undefined || (command.since && !isAtLeast(release, command.since))
      ? []
      : [{ name, summary: textFor(command.summary, release) }]
  })
  const groups = tables.groups.filter((group) => group.until === undefined || group.until === release)
  const management = groups.filter((group) => old || group.list === undefined)
  const completion = { name: 'completion', summary: 'Generate the autocompletion script for the specified shell' }
  const managementEntries = [...management, ...(old && options.completion !== false ? [completion] : [])]
  const swarm = groups.filter((group) => group.list === 'swarm')
  const isCommon = (name: string) => !old && common.includes(name)
  return page(release, [
    'Usage:  docker [OPTIONS] COMMAND',
    'A self-sufficient runtime for containers',
    ...(old ? [`Options:\n${flags}`] : []),
    ...(old
      ? []
      : [
          `Common Commands:\n${entries(
            common.flatMap((name) => top.filter((row) => row.name === name)),
            false,
          )}`,
        ]),
    `Management Commands:\n${entries(managementEntries)}`,
    ...(old ? [] : [`Swarm Commands:\n${entries(swarm)}`]),
    `Commands:\n${entries(top.filter((row) => !isCommon(row.name)))}`,
    ...(old ? [] : [`Global Options:\n${flags}`]),
    "Run 'docker COMMAND --help' for more information on a command.",
    old
      ? 'To get more help with docker, check out our guides at https://docs.docker.com/go/guides/'
      : 'For more help on how to use Docker, head to https://docs.docker.com/go/guides/',
  ])
}

function aliasText(release: Release, command: Command, name: string): string {
  if (release === '20.10') return command.oldAliases?.[name] ?? ''
  return command.names.length > 1 ? command.names.map((alias) => `docker ${alias}`).join(', ') : ''
}

function page(release: Release, parts: readonly string[]): string {
  return `${release === '28.5' ? '' : '\n'}${parts.join('\n\n')}\n`
}

function entries(rows: readonly { name: string; summary: string }[], sorted = true): string {
  const ordered = sorted ? rows.toSorted((a, b) => (a.name < b.name ? -1 : 1)) : rows
  return ordered.map((row) => `  ${row.name.padEnd(11)} ${row.summary}`).join('\n')
}
