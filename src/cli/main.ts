// From the command line to a command, and from its errors to words and an exit code.
import { editDistance } from '../text/edit-distance.ts'
import { type CommandRow, commands } from './commands.ts'
import { CliError, UsageError } from './errors.ts'
import type { CliIo } from './io.ts'
import { parseOptions } from './options.ts'
import { commandUsage, generalUsage } from './usage.ts'

/**
 * Runs the program.
 * @param args the command line without the program's own name
 * @returns the exit code: 0 right, 1 a lesson is not as it says, 2 it could not be done; for `sh` the script's own
 */
export async function main(args: readonly string[], io: CliIo): Promise<number> {
  const [name, ...rest] = args
  const command = commands.find((each) => each.name === name)
  try {
    if (name === undefined || name === '--help' || name === '-h' || name === 'help') return help(rest, name, io)
    if (name === '--version' || name === '-V') {
      io.write(`${io.version}\n`)
      return 0
    }
    if (!command) throw new UsageError(unknownCommand(name))
    const parsed = parseOptions(rest, command.options)
    if (parsed.values.has('help')) {
      io.write(commandUsage(command, io.columns))
      return 0
    }
    checkOperands(command, parsed.operands)
    const { run } = await command.load()
    return await run(parsed, io)
  } catch (error) {
    io.writeError(errorText(error, command))
    return 2
  }
}

function help(rest: readonly string[], name: string | undefined, io: CliIo): number {
  const command = commands.find((each) => each.name === rest[0])
  const text = command ? commandUsage(command, io.columns) : generalUsage(io.columns)
  if (name !== undefined) io.write(text)
  else io.writeError(text)
  return name === undefined ? 2 : 0
}

function checkOperands(command: CommandRow, operands: readonly string[]): void {
  const extra = operands[command.maximum]
  if (extra !== undefined) throw new UsageError(`unexpected operand ${extra}`)
  if (operands.length < command.minimum) throw new UsageError(`missing operand ${command.operands}`)
}

function unknownCommand(name: string): string {
  const what = name.startsWith('-') ? `unknown option ${name}` : `unknown command ${name}`
  const close = commands.find((command) => editDistance(command.name, name) <= 2)
  return close && !name.startsWith('-') ? `${what}, did you mean ${close.name}?` : what
}

/** What is printed of an error: one paragraph, never a stack. */
function errorText(error: unknown, command: CommandRow | undefined): string {
  if (error instanceof UsageError) {
    const usage = command ? `pause-lab ${command.name} --help` : 'pause-lab --help'
    return `pause-lab: ${error.message}\nRun '${usage}' for usage.\n`
  }
  if (error instanceof CliError) return `pause-lab: ${error.message}\n`
  return `pause-lab: ${error instanceof Error ? error.message : String(error)}\n`
}
