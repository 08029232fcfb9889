// The types of docker's own flags, and rows of flags that differ between versions.
import { bool, type FlagRow, type FlagType, int, string, strings } from '../../text/flags.ts'
import { parseRamSize } from '../../text/size.ts'
import { isAtLeast, type Release, type Text, textFor } from './release.ts'

/** A row of a command's flags: pflag's, and in which versions it stands. */
export interface FlagDefinition extends Omit<FlagRow, 'usage' | 'default' | 'type'> {
  /** A type, or the one of a release, where its words have changed. */
  readonly type: FlagType | ((release: Release) => FlagType)
  readonly usage: Text
  readonly default?: Text
  /** The first release that has it, and the last one. */
  readonly since?: Release
  readonly until?: Release
  /** The flag is real, but nothing is simulated of it: using it says so. */
  readonly noEffect?: true
}

const known = new WeakMap<readonly FlagDefinition[], Map<Release, readonly FlagRow[]>>()

/** The rows of one release, made once. */
export function flagsFor(definitions: readonly FlagDefinition[], release: Release): readonly FlagRow[] {
  const rows = known.get(definitions)?.get(release) ?? rowsFor(definitions, release)
  known.set(definitions, (known.get(definitions) ?? new Map<Release, readonly FlagRow[]>()).set(release, rows))
  return rows
}

/** An empty default is none. */
function rowsFor(definitions: readonly FlagDefinition[], release: Release): FlagRow[] {
  const rows: FlagRow[] = []
  for (const { usage, default: given, since, until, noEffect: _, type, ...row } of definitions) {
    if (since !== undefined && !isAtLeast(release, since)) continue
    if (until !== undefined && until !== release && isAtLeast(release, until)) continue
    const preset = given === undefined ? '' : textFor(given, release)
    rows.push({
      ...row,
      type: typeof type === 'function' ? type(release) : type,
      usage: textFor(usage, release),
      ...(preset !== '' && { default: preset }),
    })
  }
  return rows
}

/** Repeated, one value an occurrence. */
export const list: FlagType = { name: 'list' }
/** `key=value`, repeated. */
export const map: FlagType = { name: 'map' }
export const filter: FlagType = {
  name: 'filter',
  read: (text) => {
    if (text === '') return text
    if (!text.includes('=')) throw new Error('bad format of filter (expected name=value)')
    const [name = '', ...value] = text.split('=')
    return `${name.trim().toLowerCase()}=${value.join('=').trim()}`
  },
}
/** Repeated or separated by commas. */
export const stringList: FlagType = strings

/** A size in bytes with a unit; kept as a number. Older versions say only that it is invalid. */
export function bytesType(style: 'size' | 'suffix'): FlagType {
  return { name: 'bytes', read: (text) => String(parseRamSize(text, style)) }
}

/** `--memory-swap`: a size or -1. */
export function swapType(style: 'size' | 'suffix'): FlagType {
  return { name: 'bytes', read: (text) => (text === '-1' ? text : String(parseRamSize(text, style))) }
}

/** `--cpus`: a decimal number, kept as billionths. */
export const decimal: FlagType = {
  name: 'decimal',
  read: (text) => {
    if (!/^-?\d*\.?\d+$/.test(text)) throw new Error(`failed to parse ${text} as a rational number`)
    return String(Math.round(Number(text) * 1e9))
  },
}

/** A file of `KEY=value` lines or a label: checked by the commands. */
export { bool, int, string }

// Rows that many commands have -----------------------------------------------------------------------------------------

const reference =
  '\nRefer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates'

/** `--format` of a command that prints a table. */
export function tableFormat(objects: string): FlagDefinition {
  return {
    name: 'format',
    type: string,
    usage: {
      '20.10': `Pretty-print ${objects} using a Go template`,
      now: `Format output using a custom template:
'table':            Print output in table format with column headers (default)
'table TEMPLATE':   Print output in table format using the given Go template
'json':             Print in JSON format
'TEMPLATE':         Print output using the given Go template.${reference}`,
    },
  }
}

/** `-f, --format` of a command that prints objects. */
export const inspectFormat: FlagDefinition = {
  name: 'format',
  shorthand: 'f',
  type: string,
  usage: {
    '20.10': 'Format the output using the given Go template',
    now: `Format output using a custom template:
'json':             Print in JSON format
'TEMPLATE':         Print output using the given Go template.${reference}`,
  },
}

/** The hidden `-h`, `--help` of every command. */
export const helpFlags: readonly FlagDefinition[] = (['please use --help', 'use --help'] as const).map((advice, i) => ({
  name: 'help',
  shorthand: 'h',
  type: bool,
  usage: 'Print usage',
  hidden: true,
  shorthandDeprecated: advice,
  ...(i === 0 ? { until: '26.1' } : { since: '28.5' }),
}))

export const detachKeys: FlagDefinition = {
  name: 'detach-keys',
  type: string,
  usage: 'Override the key sequence for detaching a container',
}

export const stopFlags: readonly FlagDefinition[] = [
  { name: 'signal', shorthand: 's', type: string, usage: 'Signal to send to the container', since: '26.1' },
  {
    name: 'time',
    shorthand: 't',
    type: int,
    usage: 'Seconds to wait before killing the container',
    since: '26.1',
    until: '26.1',
  },
  { name: 'timeout', shorthand: 't', type: int, usage: 'Seconds to wait before killing the container', since: '28.5' },
  { name: 'time', type: int, usage: '', since: '28.5', deprecated: 'use --timeout instead' },
]
