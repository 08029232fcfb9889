// What a command of docker is: a row with its names, usage, flags and the function that runs it.
import type { FlagDefinition } from './flag-types.ts'
import type { Invocation } from './invocation.ts'
import type { Release, Text } from './release.ts'
import type { Program } from '../kernel/system.ts'

export interface Command {
  /** As typed after `docker`, all ways to type it, in the order in which the help lists them: `container rm`, `rm`. */
  readonly names: readonly string[]
  /** What the help of 20.10 lists under Aliases for a name: only that name's own siblings. */
  readonly oldAliases?: Readonly<Record<string, string>>
  /** The usage after the name: `[OPTIONS] CONTAINER [CONTAINER...]`. */
  readonly usage: string
  /** One line, as lists of commands have it. */
  readonly summary: Text
  /** What the help page has instead, when it says more. */
  readonly description?: string
  /** How many operands it takes; no `most`: any number. */
  readonly operands: { readonly least: number; readonly most?: number }
  readonly flags?: readonly FlagDefinition[]
  /** False: the first operand ends the flags, since a command line follows. */
  readonly interspersed?: false
  readonly since?: Release
  /** Printed on stderr before all else, also before a wrong flag. */
  readonly notice?: (client: { readonly release: Release }) => string
  /**
   * Gives the exit code. Absent: the command is docker's, but the simulated machine does not have it.
   * May throw StatusError, EngineError, ConnectionError, TemplateParseError.
   */
  readonly run?: (invocation: Invocation) => Program<number>
}

/** A word that only groups commands: `docker container`. */
export interface CommandGroup {
  readonly name: string
  readonly summary: string
  /** In which list of `docker --help` it stands. */
  readonly list?: 'swarm'
  readonly until?: Release
  /** What stands after its name where an unknown command is told. */
  readonly usage?: string
}
