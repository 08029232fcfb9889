// What is wrong in a lesson, as records; the words are written here, at the edge, and nowhere else.

export type Severity = 'error' | 'warning'

export interface Diagnostic {
  readonly code: DiagnosticCode
  readonly severity: Severity
  /** Line in the file, from 1. */
  readonly line: number
  /** Column in UTF-16 units, from 1, as editors count. */
  readonly column: number
  /** What stands there. */
  readonly found?: string
  /** What should. */
  readonly expected?: string
}

type Words = (diagnostic: { readonly found: string; readonly expected: string }) => string

const messages = {
  'fence-not-closed': ({ found }) => `fenced block is not closed: a line ${found} is missing`,
  'attributes-not-closed': () => 'attributes are not closed: } is missing',
  'text-after-attributes': ({ found }) => `text after the attributes: ${found}`,
  'attribute-malformed': ({ found }) => `malformed attribute: ${found}, expected key=value or key`,
  'attribute-without-value': ({ found }) => `attribute has no value: ${found}`,
  'attribute-quoted': ({ found, expected }) => `quotes have no meaning in attributes: ${found}, write ${expected}`,
  'attribute-twice': ({ found }) => `attribute is given twice: ${found}`,
  'attribute-value': ({ found, expected }) => `invalid value: ${found}, expected ${expected}`,
  'ignore-missing': ({ found }) => `${found} block is not a cell: add ignore=true, so that Runme does not run it`,
  'cell-without-name': () => 'cell has no name: add name=…, or ignore=true if it is not to be run',
  'name-twice': ({ found, expected }) => `name is used twice: ${found}, first in line ${expected}`,
  'name-unknown': ({ found, expected }) => `no such cell: ${found}${expected === '' ? '' : `, expected ${expected}`}`,
  'not-a-check': ({ found }) => `cell is not a check: ${found}`,
  'listing-twice': ({ found }) => `second listing for the same cell and the same versions: ${found}`,
  'marker-without-note': ({ found }) => `marker ${found} has no item in an ordered list directly after the block`,
  'note-without-marker': ({ found }) => `note ${found} has no marker in the block before`,
  'marker-after-backslash': ({ found }) => `marker ${found} on a line that ends in a backslash: bash cannot run it`,
  'front-matter-not-closed': () => 'front matter is not closed: a line --- is missing',
  'front-matter-yaml': ({ found }) => `front matter is not valid YAML: ${found}`,
  'front-matter-value': ({ found, expected }) => `invalid front matter: ${found}, expected ${expected}`,
  'quiz-yaml': ({ found }) => `quiz is not valid YAML: ${found}`,
  'quiz-key-missing': ({ found }) => `quiz has no ${found}`,
  'quiz-value': ({ found, expected }) => `invalid quiz: ${found}, expected ${expected}`,
  'link-dead': ({ found }) => `link leads nowhere: there is no file ${found}`,
  'anchor-dead': ({ found, expected }) => `link leads nowhere: ${expected} has no heading for #${found}`,
  'term-missing': ({ found, expected }) => `term is not in the glossary: ${expected} has no heading for #${found}`,
  'term-not-linked': ({ found }) => `term of the glossary is used and never linked: ${found}`,
  'term-linked-there': ({ found, expected }) => `term is linked in ${expected} and not here: ${found}`,
  'translation-missing': ({ found }) => `lesson has no translation: there is no file ${found}`,
  'translation-lacks': ({ found, expected }) => `translation ${expected} has no ${found}`,
  'translation-differs': ({ found, expected }) => `translation ${expected} has another ${found}`,
  'translation-order': ({ found, expected }) => `translation ${expected} has it in another place: ${found}`,
} satisfies Record<string, Words>

export type DiagnosticCode = keyof typeof messages

/** The message of a diagnostic, one line, lower case, without its place. */
export function diagnosticMessage(diagnostic: Diagnostic): string {
  const words: Words = messages[diagnostic.code]
  return words({ found: diagnostic.found ?? '', expected: diagnostic.expected ?? '' })
}

/**
 * A diagnostic for a terminal: `file:line:column: message`, the line, a caret under the column.
 *
 * @param file the file's name, as the reader knows it
 * @param sourceLine the line that the diagnostic is about; its line end is ignored
 */
export function formatDiagnostic(diagnostic: Diagnostic, file: string, sourceLine: string): string {
  const line = sourceLine.replace(/[\r\n]+$/, '')
  // Tabs stay tabs, so that the caret stands right whatever their width.
  const margin = line.slice(0, diagnostic.column - 1).replace(/[^\t]/g, ' ')
  const place = `${file}:${diagnostic.line}:${diagnostic.column}`
  const warning = diagnostic.severity === 'warning' ? 'warning: ' : ''
  return `${place}: ${warning}${diagnosticMessage(diagnostic)}\n${line}\n${margin}^`
}

/** In the order of the file. */
export function byPlace(left: Diagnostic, right: Diagnostic): number {
  return left.line - right.line || left.column - right.column
}
