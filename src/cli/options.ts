// Reads a command's options by the rows of its table, with messages in the user's own words.
import { parseArgs } from 'node:util'
import { UsageError } from './errors.ts'

export interface OptionRow {
  name: string
  /** One letter. */
  short?: string
  /** What the value is called in the usage text; an option without it is a flag. */
  value?: string
  choices?: readonly string[]
  help: string
}

export interface Parsed {
  /** Values by option name; a flag that was given is `true`. */
  values: ReadonlyMap<string, string | true>
  operands: readonly string[]
}

/** Every command has it. */
export const helpOption: OptionRow = { name: 'help', short: 'h', help: 'show this help' }

/** @throws {UsageError} for what the rows do not allow */
export function parseOptions(args: readonly string[], rows: readonly OptionRow[]): Parsed {
  const all = [...rows, helpOption]
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      all.map((row) => [
        row.name,
        {
          type: row.value === undefined ? 'boolean' : 'string',
          ...(row.short === undefined ? {} : { short: row.short }),
        },
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const values = new Map<string, string | true>()
  const operands: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value)
    if (token.kind !== 'option') continue
    const row = all.find((each) => each.name === token.name)
    if (!row) throw new UsageError(`unknown option ${token.rawName}`)
    values.set(row.name, valueOf(row, token.rawName, token.value))
  }
  return { values, operands }
}

function valueOf(row: OptionRow, written: string, value: string | undefined): string | true {
  if (row.value === undefined) {
    if (value !== undefined) throw new UsageError(`option ${written} takes no value`)
    return true
  }
  const choices = row.choices === undefined ? '' : `: ${row.choices.join(' or ')}`
  if (value === undefined) throw new UsageError(`option ${written} needs a value${choices}`)
  if (row.choices && !row.choices.includes(value))
    throw new UsageError(`option ${written} cannot be ${value}${choices}`)
  return value
}

/** The value of an option that has one. */
export function textOption(parsed: Parsed, name: string): string | undefined {
  const value = parsed.values.get(name)
  return typeof value === 'string' ? value : undefined
}
