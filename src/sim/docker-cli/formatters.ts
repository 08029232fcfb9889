// How docker prints tables: one list of columns per kind of object, which the default table, --format, JSON and -q read.
import { alignColumns, dockerColumns } from '../../text/columns.ts'
import { dockerFunctions, GoMap, type GoMethod, GoStruct, GoTemplate, headerFunctions } from '../../text/go-template.ts'
import type { Release } from './release.ts'

/** What a column may need besides the object. */
export interface View {
  readonly release: Release
  /** Cut ids and long texts. */
  readonly truncate: boolean
  /** Seconds since the epoch. */
  readonly now: number
}

export interface Column<T> {
  /** The template's field: `{{.Names}}`. */
  readonly name: string
  readonly header: string
  readonly value: (subject: T, view: View) => unknown
  /** Releases that have it; by default all. */
  readonly only?: readonly Release[]
}

/** A kind of object that is listed. */
export interface TableKind<T> {
  /** The type of Go that error messages name. */
  readonly type: string
  readonly columns: readonly Column<T>[]
  /** The columns of the table without --format. */
  readonly table: readonly string[]
  /** The column that -q prints. */
  readonly quiet: string
  readonly methods?: (subject: T) => ReadonlyMap<string, GoMethod>
}

/**
 * Prints a list.
 * @param options.format what was given with --format, or empty
 * @param options.extra columns that a flag adds to the table
 * @throws TemplateParseError, TemplateExecError
 */
export function renderList<T>(
  kind: TableKind<T>,
  subjects: readonly T[],
  view: View,
  options: { format: string; quiet?: boolean; table?: readonly string[] },
): string {
  const columns = kind.columns.filter((column) => column.only === undefined || column.only.includes(view.release))
  const { table, source } = templateOf(kind, options, view.release)
  const template = new GoTemplate(source, dockerFunctions)
  const rows = subjects.map((subject) => `${template.execute(structOf(kind, columns, subject, view))}\n`)
  if (!table) return rows.join('')
  const headers = new GoMap(
    'formatter.SubHeaderContext',
    new Map(columns.map((column) => [column.name, column.header])),
  )
  const labelled = source.replaceAll(/\.Label\s+"([^"]*)"/g, (_, name: string) => JSON.stringify(headingOf(name)))
  const headings = labelled === source ? template : new GoTemplate(labelled, dockerFunctions)
  const header = headings.execute(headers, { functions: headerFunctions })
  return alignColumns([`${header}\n`, ...rows].join(''), dockerColumns)
}

/** A label's name as the heading of its column: its last part, with blanks. */
function headingOf(label: string): string {
  return (label.split('.').at(-1) ?? '').replaceAll(/[-_]/g, ' ')
}

/** Whether a template asks for a field, also by printing all of them as JSON. */
export function usesField(format: string, name: string): boolean {
  return new RegExp(`\\.${name}\\b`).test(format) || /\bjson\s+[.$]\s*(\||\)|\}|-)/.test(format)
}

function templateOf<T>(
  kind: TableKind<T>,
  options: { format: string; quiet?: boolean; table?: readonly string[] },
  release: Release,
): { table: boolean; source: string } {
  const format = options.format.trim()
  if (format === '' || format === 'table') {
    if (options.quiet) return { table: false, source: `{{.${kind.quiet}}}` }
    const names = options.table ?? kind.table
    return { table: true, source: names.map((name) => `{{.${name}}}`).join('\t') }
  }
  if (format === 'json' && release !== '20.10') return { table: false, source: '{{json .}}' }
  const escaped = format.replaceAll('\\t', '\t').replaceAll('\\n', '\n')
  if (escaped.startsWith('table')) return { table: true, source: escaped.slice('table'.length).trim() }
  return { table: false, source: escaped }
}

function structOf<T>(kind: TableKind<T>, columns: readonly Column<T>[], subject: T, view: View): GoStruct {
  const fields = new Map(columns.map((column) => [column.name, column.value(subject, view)]))
  const sorted = [...fields].toSorted(([a], [b]) => (a < b ? -1 : 1))
  const methods = kind.methods?.(subject)
  return new GoStruct(kind.type, fields, { json: new Map(sorted), ...(methods && { methods }) })
}

// Texts that columns share ---------------------------------------------------------------------------------------------

/** The first twelve digits of an id, without its `sha256:`. */
export function shortId(id: string): string {
  return id.replace(/^sha256:/, '').slice(0, 12)
}

/** A text of at most `width` characters, the last one an ellipsis when it was cut. */
export function ellipsis(text: string, width: number): string {
  const characters = [...text]
  return characters.length <= width ? text : `${characters.slice(0, width - 1).join('')}…`
}

/** As Go's time.Time.String in UTC: `2026-11-23 14:50:49 +0000 UTC`. */
export function goTime(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')} +0000 UTC`
}

/** Labels in order, as one text. */
export function labelText(labels: Readonly<Record<string, string>> | null | undefined): string {
  return Object.entries(labels ?? {})
    .map(([name, value]) => `${name}=${value}`)
    .toSorted()
    .join(',')
}

/** The method `.Label "name"`. */
export function labelMethod(
  labels: Readonly<Record<string, string>> | null | undefined,
): ReadonlyMap<string, GoMethod> {
  return new Map([['Label', { parameters: 1, call: (name: string) => labels?.[name] ?? '' }]])
}
