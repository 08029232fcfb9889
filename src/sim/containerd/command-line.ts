// Command lines in the manner of urfave/cli, which crictl and ctr are built with: commands in a tree, flags before operands, help.
import { FlagError, type FlagRow, type ParsedFlags, parseFlags } from '../../text/flags.ts'
import type { DockerEngine } from '../docker/engine.ts'
import type { Environment, Program, System } from '../kernel/system.ts'

/** What a command gets. */
export interface Invocation {
  readonly system: System
  readonly environment: Environment
  readonly engine: DockerEngine
  readonly flags: ParsedFlags
  readonly globals: ParsedFlags
  readonly operands: readonly string[]
}

/** A command, or a word that only groups commands. */
export interface Command {
  /** As typed; the first is the name, the others are aliases. */
  readonly names: readonly string[]
  /** One line, as lists of commands have it. */
  readonly usage: string
  /** After the options in the usage line. */
  readonly operands?: string
  readonly flags?: readonly FlagRow[]
  readonly commands?: readonly Command[]
  /** Gives the exit code. Absent in a command without subcommands: the tool has it, the simulated machine does not. */
  readonly run?: (invocation: Invocation) => Program<number>
}

/** What a command line asks for. */
export interface Found {
  readonly path: readonly string[]
  readonly command: Command
  readonly flags: ParsedFlags
  readonly globals: ParsedFlags
}

/** Wrong usage: the text is for stdout, the reason for the tool's own way to say so. */
export class UsageError extends Error {
  readonly help: string

  constructor(message: string, help: string) {
    super(message)
    this.help = help
  }
}

const help: FlagRow = { name: 'help', shorthand: 'h', type: { name: '', alone: 'true' }, usage: 'show help' }

/**
 * Finds the command and reads its flags.
 * @returns a text where help was asked for or no command was given
 * @throws UsageError
 */
export function readCommandLine(root: Command, args: readonly string[]): Found | { readonly text: string } {
  const path = [root.names[0] ?? '']
  let command = root
  let globals: ParsedFlags | undefined
  let rest = args
  for (;;) {
    const flags = read(path, command, rest)
    globals ??= flags
    if (flags.bool('help')) return { text: helpText(path, command) }
    if (command.commands === undefined) return { path, command, flags, globals }
    const [word, ...more] = flags.operands
    if (command === root && flags.changed('version')) return { path, command, flags, globals }
    if (word === undefined || word === 'help' || word === 'h') return { text: helpText(path, command) }
    const next = command.commands.find(({ names }) => names.includes(word))
    if (next === undefined) throw new UsageError(`No help topic for '${word}'`, '')
    path.push(next.names[0] ?? '')
    command = next
    rest = more
  }
}

function read(path: readonly string[], command: Command, args: readonly string[]): ParsedFlags {
  try {
    return parseFlags([...(command.flags ?? []), help], args, { interspersed: false })
  } catch (error) {
    if (!(error instanceof FlagError)) throw error
    const unknown = /^unknown (?:shorthand )?flag: '?-{0,2}([^' ]+)'?/.exec(error.message)?.[1]
    const text = unknown === undefined ? error.message : `flag provided but not defined: -${unknown}`
    throw new UsageError(text, `Incorrect Usage: ${text}\n\n${helpText(path, command)}`)
  }
}

/** The page of a command: NAME, USAGE, COMMANDS, OPTIONS. */
export function helpText(path: readonly string[], command: Command): string {
  const name = path.join(' ')
  const { commands, flags = [], operands = '[arguments...]' } = command
  const sections = [
    `NAME:\n   ${name} - ${command.usage}\n`,
    commands === undefined
      ? `USAGE:\n   ${name} [command options] ${operands}\n`
      : `USAGE:\n   ${name} [global options] command [command options] [arguments...]\n`,
    ...(commands === undefined ? [] : [`COMMANDS:\n${indented(commands.map(commandCells))}`]),
    `OPTIONS:\n${indented([...flags, help].map(flagCells))}`,
  ]
  return sections.join('\n')
}

function commandCells({ names, usage }: Command): readonly [string, string] {
  return [names.join(', '), usage]
}

function flagCells({ name, shorthand, type, usage, default: preset }: FlagRow): readonly [string, string] {
  const value = type.alone === undefined ? ' value' : ''
  const words = [`--${name}`, ...(shorthand === undefined ? [] : [`-${shorthand}`])].map((word) => `${word}${value}`)
  return [words.join(', '), preset === undefined ? usage : `${usage} (default: ${preset})`]
}

function indented(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([head]) => head.length))
  return rows.map(([head, text]) => `   ${head.padEnd(width)}  ${text}\n`).join('')
}
