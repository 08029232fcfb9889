// The frame of a program with options: reads them, says what is wrong in GNU's words, and runs.
import type { Environment, Main, Program, System } from '../kernel/system.ts'
import { SystemCallError } from '../kernel/system.ts'
import type { OptionRow, ParsedOptions } from './getopt.ts'
import { complain, getopt, OptionError } from './getopt.ts'
import { writeError } from './stdio.ts'

/** What a program's body works with. */
export interface Invocation extends ParsedOptions {
  readonly system: System
  readonly environment: Environment
  /** The program's name for its messages. */
  readonly name: string
  has(option: string): boolean
  /** The last value given for an option. */
  value(option: string): string | undefined
}

export interface CommandSettings {
  /** Exit status for wrong options; 1 by default. */
  readonly usageStatus?: number
  /** The first operand ends the options: for programs that run another one. */
  readonly stopAtOperand?: boolean
}

/** A failure that ends a program: its message is printed behind the program's name. */
export class ProgramError extends Error {
  readonly status: number

  constructor(message: string, status = 1) {
    super(message)
    this.status = status
  }
}

/** A program from its options' rows and its body, which may throw OptionError, ProgramError, or EPIPE of a write. */
export function command(
  name: string,
  rows: readonly OptionRow[],
  run: (invocation: Invocation) => Program<number>,
  settings: CommandSettings = {},
): Main {
  return function* main(system, argv, environment) {
    try {
      const parsed = getopt(argv, rows, { stopAtOperand: settings.stopAtOperand ?? false })
      return yield* run({
        ...parsed,
        system,
        environment,
        name,
        has: (option) => parsed.given.has(option),
        value: (option) => parsed.given.get(option)?.at(-1),
      })
    } catch (error) {
      if (error instanceof OptionError) return yield* complain(system, name, error, settings.usageStatus ?? 1)
      if (error instanceof SystemCallError && error.errno === 'EPIPE') return 1
      if (!(error instanceof ProgramError)) throw error
      yield* writeError(system, `${name}: ${error.message}\n`)
      return error.status
    }
  }
}

/** Opens each operand in turn, `-` or none being standard input, and says which cannot be read. Gives the status. */
export function* eachInput(
  { system, name }: Pick<Invocation, 'system' | 'name'>,
  operands: readonly string[],
  read: (fd: number, path: string) => Program<void>,
  describe: (path: string, reason: string) => string = (path, reason) => `${path}: ${reason}`,
): Program<number> {
  let status = 0
  for (const path of operands.length === 0 ? ['-'] : operands) {
    try {
      const fd = path === '-' ? 0 : yield* system.open(path)
      yield* read(fd, path)
      if (path !== '-') yield* system.close(fd)
    } catch (error) {
      if (!(error instanceof SystemCallError) || error.errno === 'EPIPE') throw error
      yield* writeError(system, `${name}: ${describe(path, error.message)}\n`)
      status = 1
    }
  }
  return status
}
