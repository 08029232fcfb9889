// getopt_long(3): options of programs that are neither docker nor kubectl, with the messages of glibc and of musl.
import type { Program, System } from '../kernel/system.ts'
import { writeError } from './stdio.ts'

/** One option of a program. */
export interface OptionRow {
  /** Letters and long names that mean it, without dashes: `['n', 'lines']`. */
  readonly names: readonly string[]
  /** Whether a value follows; `optional`: only in the same word, `-i.bak`, `--color=always`. */
  readonly value?: 'required' | 'optional'
}

/** Whose library prints the messages: Debian's programs use glibc's, Alpine's busybox musl's. */
export type OptionMessages = 'glibc' | 'musl'

export interface ParsedOptions {
  /** By the first name of the row: the values in order, `''` for an option without a value. */
  readonly given: ReadonlyMap<string, readonly string[]>
  /** Options in the order in which they stood, by the first name of the row. */
  readonly order: readonly { readonly name: string; readonly value: string }[]
  readonly operands: readonly string[]
}

/** The message of a wrong option, without the program's name. */
export class OptionError extends Error {}

const texts: Readonly<
  Record<
    OptionMessages,
    Record<'unknownLetter' | 'unknownName' | 'letterNeedsValue' | 'nameNeedsValue', (name: string) => string>
  >
> = {
  glibc: {
    unknownLetter: (name) => `invalid option -- '${name}'`,
    unknownName: (name) => `unrecognized option '--${name}'`,
    letterNeedsValue: (name) => `option requires an argument -- '${name}'`,
    nameNeedsValue: (name) => `option '--${name}' requires an argument`,
  },
  musl: {
    unknownLetter: (name) => `unrecognized option: ${name}`,
    unknownName: (name) => `unrecognized option: ${name}`,
    letterNeedsValue: (name) => `option requires an argument: ${name}`,
    nameNeedsValue: (name) => `option requires an argument: ${name}`,
  },
}

/**
 * Reads `argv` after its first word. Operands and options may be mixed, as GNU's getopt allows, unless
 * `stopAtOperand`: then the first operand ends the options, as for programs that run another one.
 * @throws OptionError
 */
export function getopt(
  argv: readonly string[],
  rows: readonly OptionRow[],
  settings: { messages?: OptionMessages; stopAtOperand?: boolean } = {},
): ParsedOptions {
  const message = texts[settings.messages ?? 'glibc']
  const order: { name: string; value: string }[] = []
  const operands: string[] = []
  const words = argv.slice(1)
  const byName = new Map(rows.flatMap((row) => row.names.map((name) => [name, row] as const)))
  const note = (row: OptionRow, value: string) => order.push({ name: row.names[0] ?? '', value })
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '--') {
      operands.push(...words)
      break
    }
    if (word === '-' || !word.startsWith('-')) {
      operands.push(word)
      if (!settings.stopAtOperand) continue
      operands.push(...words)
      break
    }
    if (word.startsWith('--')) readLong(word.slice(2))
    else readLetters(word.slice(1))
  }
  return { given: collect(order), order, operands }

  function readLong(text: string): void {
    const [name = '', ...rest] = text.split('=')
    const row = findLong(name)
    if (row === undefined) throw new OptionError(message.unknownName(name))
    const attached = rest.length > 0 ? rest.join('=') : undefined
    if (row.value === 'required') {
      const value = attached ?? words.shift()
      if (value === undefined) throw new OptionError(message.nameNeedsValue(name))
      note(row, value)
      return
    }
    if (attached !== undefined && row.value === undefined) {
      throw new OptionError(`option '--${name}' doesn't allow an argument`)
    }
    note(row, attached ?? '')
  }

  /** A long name, or the start of exactly one. */
  function findLong(name: string): OptionRow | undefined {
    if (name.length > 1 && byName.has(name)) return byName.get(name)
    const starting = new Set(
      [...byName].filter(([each]) => each.length > 1 && each.startsWith(name)).map(([, row]) => row),
    )
    return starting.size === 1 ? [...starting][0] : undefined
  }

  function readLetters(letters: string): void {
    for (let at = 0; at < letters.length; at++) {
      const letter = letters[at] ?? ''
      const row = byName.get(letter)
      if (row === undefined) throw new OptionError(message.unknownLetter(letter))
      const attached = letters.slice(at + 1)
      if (row.value === undefined) {
        note(row, '')
        continue
      }
      const value = row.value === 'required' && attached === '' ? words.shift() : attached
      if (value === undefined) throw new OptionError(message.letterNeedsValue(letter))
      note(row, value)
      return
    }
  }
}

function collect(order: readonly { name: string; value: string }[]): Map<string, string[]> {
  const given = new Map<string, string[]>()
  for (const { name, value } of order) {
    const values = given.get(name)
    if (values === undefined) given.set(name, [value])
    else values.push(value)
  }
  return given
}

/** Prints what is wrong as GNU's programs do, with the pointer to --help, and gives the exit status. */
export function* complain(system: System, program: string, error: OptionError, status = 1): Program {
  yield* writeError(system, `${program}: ${error.message}\nTry '${program} --help' for more information.\n`)
  return status
}
