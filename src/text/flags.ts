// Command-line flags as rows of a table, read and explained as Go's pflag does: `-itp 80:80`, `-it=false`, `--x=y`, `--`.
import { parseDuration } from './duration.ts'

/** What a flag's value is: the word that the help prints for it, and how one given text is read. */
export interface FlagType {
  /** Printed after the flag's name in the help; empty for a flag without a value. */
  readonly name: string
  /** The value of a flag that stands alone, pflag's NoOptDefVal: `true` for a bool. */
  readonly alone?: string
  /** Whether the help puts the default in quotes. */
  readonly quoted?: boolean
  /** Splits one occurrence into values; by default it is one value. */
  readonly split?: (text: string) => readonly string[]
  /** Checks one value, and gives it as it is kept. Throws an Error whose message ends pflag's sentence. */
  readonly read?: (text: string) => string
}

/** One flag of a command. */
export interface FlagRow {
  readonly name: string
  readonly shorthand?: string
  readonly type: FlagType
  /** As the help prints it. Absent: the type's zero value, which the help does not print. */
  readonly default?: string
  /** The help's text. A word in back quotes is printed after the flag's name instead of the type's. */
  readonly usage: string
  readonly hidden?: boolean
  /** What to use instead; using the flag warns. It is not in the help. */
  readonly deprecated?: string
  readonly shorthandDeprecated?: string
}

/** Why a command line could not be read. `message` is pflag's text. */
export class FlagError extends Error {}

/** The flags that a command line has set, the operands, and what to warn of before anything else. */
export class ParsedFlags {
  readonly operands: string[] = []
  /** Where `--` stood among the operands, -1 when there was none. */
  dashAt = -1
  /** pflag's lines about deprecated flags, for stderr. */
  readonly warnings: string[] = []
  private readonly values = new Map<string, string[]>()
  private readonly rows: ReadonlyMap<string, FlagRow>

  constructor(rows: readonly FlagRow[]) {
    this.rows = new Map(rows.map((row) => [row.name, row]))
  }

  /** Adds what one occurrence of a flag says. */
  add(row: FlagRow, values: readonly string[]): void {
    const before = this.values.get(row.name)
    if (before) before.push(...values)
    else this.values.set(row.name, [...values])
  }

  /** Whether the flag was given, whatever its value. */
  changed(name: string): boolean {
    return this.values.has(this.row(name).name)
  }

  /** The value that was given last, or the default, or an empty text. */
  text(name: string): string {
    return this.values.get(name)?.at(-1) ?? this.row(name).default ?? ''
  }

  bool(name: string): boolean {
    return this.text(name) === 'true'
  }

  /** A number; 0 when it was not given and has no default. */
  number(name: string): number {
    return Number(this.text(name) || '0')
  }

  /** All values that were given, in order. */
  list(name: string): readonly string[] {
    return this.values.get(this.row(name).name) ?? []
  }

  /** The names of the flags that were given, in the order in which they came first. */
  given(): readonly string[] {
    return [...this.values.keys()]
  }

  private row(name: string): FlagRow {
    const row = this.rows.get(name)
    if (!row) throw new RangeError(`no row for the flag --${name}`)
    return row
  }
}

/**
 * Reads a command line as pflag's FlagSet.Parse does.
 * @param args the arguments after the command's name
 * @param options.interspersed false when the first operand ends the flags, as for `docker run IMAGE`
 * @throws FlagError with pflag's text
 */
export function parseFlags(
  rows: readonly FlagRow[],
  args: readonly string[],
  options: { interspersed?: boolean } = {},
): ParsedFlags {
  const parsed = new ParsedFlags(rows)
  const rest = [...args]
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (!arg.startsWith('-') || arg === '-') {
      parsed.operands.push(arg)
      if (options.interspersed === false) {
        parsed.operands.push(...rest)
        break
      }
    } else if (arg === '--') {
      parsed.dashAt = parsed.operands.length
      parsed.operands.push(...rest)
      break
    } else if (arg.startsWith('--')) {
      readLong(rows, parsed, arg, rest)
    } else {
      readShort(rows, parsed, arg.slice(1), rest)
    }
  }
  return parsed
}

/** The help's lines about the flags, sorted, aligned on the longest and wrapped, as pflag's FlagUsagesWrapped writes them. */
export function flagUsages(rows: readonly FlagRow[], columns: number): string {
  const shown = rows.filter((row) => !row.hidden && row.deprecated === undefined).toSorted(byName)
  const heads = shown.map((row) => {
    const short = row.shorthand !== undefined && row.shorthandDeprecated === undefined
    const head = short ? `  -${row.shorthand}, --${row.name}` : `      --${row.name}`
    const value = /`([^`]*)`/.exec(row.usage)?.[1] ?? row.type.name
    return value === '' ? head : `${head} ${value}`
  })
  const width = Math.max(0, ...heads.map((head) => head.length))
  return shown
    .map((row, i) => {
      const usage = row.usage.replaceAll('`', '') + defaultText(row)
      return `${(heads[i] ?? '').padEnd(width)}   ${wrap(width + 3, columns, usage)}\n`
    })
    .join('')
}

function byName(a: FlagRow, b: FlagRow): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0
}

function defaultText(row: FlagRow): string {
  if (row.default === undefined) return ''
  return ` (default ${row.type.quoted ? JSON.stringify(row.default) : row.default})`
}

function readLong(rows: readonly FlagRow[], parsed: ParsedFlags, arg: string, rest: string[]): void {
  const body = arg.slice(2)
  if (body.startsWith('-') || body.startsWith('=')) throw new FlagError(`bad flag syntax: ${arg}`)
  const equals = body.indexOf('=')
  const name = equals < 0 ? body : body.slice(0, equals)
  const row = rows.find((candidate) => candidate.name === name)
  if (!row) throw new FlagError(`unknown flag: --${name}`)
  if (equals >= 0) return set(parsed, row, body.slice(equals + 1))
  if (row.type.alone !== undefined) return set(parsed, row, row.type.alone)
  const value = rest.shift()
  if (value === undefined) throw new FlagError(`flag needs an argument: --${name}`)
  set(parsed, row, value)
}

function readShort(rows: readonly FlagRow[], parsed: ParsedFlags, letters: string, rest: string[]): void {
  while (letters !== '') {
    const letter = letters.charAt(0)
    const row = rows.find((candidate) => candidate.shorthand === letter)
    // pflag quotes what is left of the cluster, not the whole argument.
    if (!row) throw new FlagError(`unknown shorthand flag: '${letter}' in -${letters}`)
    const tail = letters.slice(1)
    letters = ''
    let value: string
    if (tail.length > 1 && tail.startsWith('=')) {
      value = tail.slice(1)
    } else if (row.type.alone !== undefined) {
      value = row.type.alone
      letters = tail
    } else if (tail !== '') {
      value = tail
    } else {
      const next = rest.shift()
      if (next === undefined) throw new FlagError(`flag needs an argument: '${letter}' in -${letter}`)
      value = next
    }
    if (row.shorthandDeprecated !== undefined) {
      parsed.warnings.push(`Flag shorthand -${letter} has been deprecated, ${row.shorthandDeprecated}`)
    }
    set(parsed, row, value)
  }
}

function set(parsed: ParsedFlags, row: FlagRow, text: string): void {
  const read = row.type.read ?? String
  try {
    parsed.add(row, (row.type.split?.(text) ?? [text]).map(read))
  } catch (error) {
    const short = row.shorthand !== undefined && row.shorthandDeprecated === undefined
    const name = short ? `-${row.shorthand}, --${row.name}` : `--${row.name}`
    throw new FlagError(`invalid argument ${quote(text)} for "${name}" flag: ${(error as Error).message}`)
  }
  if (row.deprecated !== undefined) parsed.warnings.push(`Flag --${row.name} has been deprecated, ${row.deprecated}`)
}

function quote(text: string): string {
  return JSON.stringify(text)
}

// Types that Go's pflag has itself --------------------------------------------------------------------------------------

export const bool: FlagType = { name: '', alone: 'true', read: readBool }
export const string: FlagType = { name: 'string', quoted: true }
export const int: FlagType = { name: 'int', read: integerReader('ParseInt', 64, true) }
export const uint16: FlagType = { name: 'uint16', read: integerReader('ParseUint', 16, false) }
export const uint: FlagType = { name: 'uint', read: integerReader('ParseUint', 64, false) }
export const float: FlagType = { name: 'float', read: readFloat }
/** Comma-separated values, pflag's stringSlice. */
export const strings: FlagType = { name: 'strings', split: (text) => (text === '' ? [] : text.split(',')) }
/** One value an occurrence, commas are part of it. */
export const stringArray: FlagType = { name: 'stringArray' }
export const duration: FlagType = {
  name: 'duration',
  read: (text) => {
    parseDuration(text)
    return text
  },
}

function readBool(text: string): string {
  if (/^(1|t|T|TRUE|true|True)$/.test(text)) return 'true'
  if (/^(0|f|F|FALSE|false|False)$/.test(text)) return 'false'
  throw new Error(`strconv.ParseBool: parsing ${quote(text)}: invalid syntax`)
}

function readFloat(text: string): string {
  if (!/^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(text)) {
    throw new Error(`strconv.ParseFloat: parsing ${quote(text)}: invalid syntax`)
  }
  return String(Number(text))
}

/** Reads an integer of `bits` bits as strconv does with base 0: `0x1f`, `0b1`, `0o17`, `017`. */
function integerReader(call: string, bits: number, signed: boolean): (text: string) => string {
  const bound = 2n ** BigInt(signed ? bits - 1 : bits)
  return (text) => {
    const match = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|\d+)$/.exec(text)
    const digits = match?.[2]
    if (digits === undefined || (!signed && match?.[1])) {
      throw new Error(`strconv.${call}: parsing ${quote(text)}: invalid syntax`)
    }
    const size = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits)
    const value = match?.[1] === '-' ? -size : size
    if (value >= bound || value < (signed ? -bound : 0n)) {
      throw new Error(`strconv.${call}: parsing ${quote(text)}: value out of range`)
    }
    return value.toString()
  }
}

// Wrapping -----------------------------------------------------------------------------------------------------------

/** pflag's wrap: lines of `columns` minus the indent, five columns less when the text goes on after them. */
function wrap(indent: number, columns: number, text: string): string {
  if (columns === 0) return text.replaceAll('\n', `\n${' '.repeat(indent)}`)
  let result = ''
  let room = columns - indent
  if (room < 24) {
    // Too narrow beside the flag's name: a block of its own below it.
    indent = 16
    room = columns - indent
    result = `\n${' '.repeat(indent)}`
  }
  if (room < 24) return text.replaceAll('\n', result)
  const slop = 5
  room -= slop
  const margin = `\n${' '.repeat(indent)}`
  let rest = text
  for (let first = true; first || rest !== ''; first = false) {
    const [line, after] = cutLine(room, slop, rest)
    result += (first ? '' : margin) + line.replaceAll('\n', margin)
    rest = after
  }
  return result
}

function cutLine(room: number, slop: number, text: string): [string, string] {
  if (room + slop > text.length) return [text, '']
  const head = text.slice(0, room)
  const blank = Math.max(head.lastIndexOf(' '), head.lastIndexOf('\t'), head.lastIndexOf('\n'))
  if (blank <= 0) return [text, '']
  const newline = head.lastIndexOf('\n')
  const at = newline > 0 && newline < blank ? newline : blank
  return [text.slice(0, at), text.slice(at + 1)]
}
