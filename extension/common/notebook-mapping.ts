// Between the lesson's own notebook and VS Code's: the front matter becomes a first cell, which the renderer draws as the
// lesson's head; our metadata moves under one key, beside what VS Code keeps there itself.

import type { Notebook, NotebookCell, NotebookMetadata } from '../../src/notebook/notebook-cells.ts'

/** A cell as VS Code has it, without its types. */
export interface EditorCell {
  kind: 'markdown' | 'code'
  language: string
  value: string
  metadata: Readonly<Record<string, unknown>>
}

export interface EditorNotebook {
  metadata: Readonly<Record<string, unknown>>
  cells: readonly EditorCell[]
}

const key = 'pauseLab'
const hintKey = 'pauseLabHint'
const solutionKey = 'pauseLabSolution'
const headMetadata = { [key]: { head: true } }

/** The lesson's notebook as VS Code shows it. */
export function toEditor({ metadata, cells }: Notebook): EditorNotebook {
  const head = metadata.frontMatterSource
  const own = cells.map((cell): EditorCell => {
    const check = attributesOf(cell)?.solution
    if (check !== undefined) return foldedSolution(cell, check)
    return { ...cell, metadata: { [key]: cell.metadata, ...hintPlace(cell, cells) } }
  })
  const headCell: EditorCell = {
    kind: 'markdown',
    language: 'markdown',
    value: shownHead(head),
    metadata: headMetadata,
  }
  return { metadata: { [key]: metadata }, cells: head === '' ? own : [headCell, ...own] }
}

/**
 * And back. An untouched head gives its own bytes, an edited one its new text; without it the front matter is gone.
 * A notebook that `toEditor` did not make, a new one, has cells only.
 */
export function fromEditor(notebook: EditorNotebook, emptyMetadata: NotebookMetadata): Notebook {
  const metadata = isMetadata(notebook.metadata[key]) ? notebook.metadata[key] : emptyMetadata
  const [first, ...rest] = notebook.cells
  const head = first !== undefined && isHead(first) ? first : undefined
  const cells = (head === undefined ? notebook.cells : rest).map(toCell)
  return { metadata: { ...metadata, frontMatterSource: headSource(head, metadata) }, cells }
}

/** The check's name, and a hint's place among its hints, from 1; undefined for a cell that is none. */
export function hintPlaceOf(metadata: EditorCell['metadata']): HintPlace | undefined {
  const place = metadata[hintKey]
  return typeof place === 'object' && place !== null ? (place as HintPlace) : undefined
}

/** A folded solution, as its text now is; undefined for a cell that is none. */
export function solutionOf({ metadata, value }: Pick<EditorCell, 'metadata' | 'value'>): Solution | undefined {
  const solution = metadata[solutionKey]
  const code = solutionCode(value)
  if (typeof solution !== 'object' || solution === null || code === undefined) return undefined
  return { ...(solution as Omit<Solution, 'code'>), code }
}

export interface HintPlace {
  check: string
  number: number
  count: number
}

export interface Solution {
  check: string
  code: string
  language: string
}

/** A solution shows as text that the renderer folds: its code is not to be seen before the learner wants to. */
function foldedSolution(cell: NotebookCell, check: string): EditorCell {
  const { value: code, language, metadata } = cell
  return {
    kind: 'markdown',
    language: 'markdown',
    value: solutionText(code),
    metadata: { [key]: metadata, [solutionKey]: { check, language } satisfies Omit<Solution, 'code'> },
  }
}

/** The fence is longer than any in the code. */
function solutionText(code: string): string {
  const longest = Math.max(0, ...[...code.matchAll(/^ {0,3}(`{3,})/gm)].map(([, ticks = '']) => ticks.length))
  const fence = '`'.repeat(Math.max(3, longest + 1))
  return `${fence}solution\n${code}\n${fence}`
}

/** The code in a solution's text; undefined when there is anything around the fence. */
function solutionCode(text: string): string | undefined {
  const match = /^(`{3,})solution\n(?:([^]*)\n)?\1\s*$/.exec(text.replaceAll('\r\n', '\n'))
  return match === null ? undefined : (match[2] ?? '')
}

function attributesOf({ kind, metadata }: NotebookCell): { solution?: string } | undefined {
  const attributes = metadata?.['attributes']
  return kind === 'code' && typeof attributes === 'object' && attributes !== null ? attributes : undefined
}

/** A hint cell's place among the hints of its check: the renderer draws one cell at a time and cannot count them. */
function hintPlace(cell: NotebookCell, cells: readonly NotebookCell[]): Readonly<Record<string, unknown>> {
  if (cell.metadata?.['kind'] !== 'hint') return {}
  const check = cell.metadata['for']
  const siblings = cells.filter(({ metadata }) => metadata?.['kind'] === 'hint' && metadata['for'] === check)
  return { [hintKey]: { check, number: siblings.indexOf(cell) + 1, count: siblings.length } }
}

function headSource(head: EditorCell | undefined, { frontMatterSource, lineEnd }: NotebookMetadata): string {
  if (head === undefined) return ''
  const text = head.value.replaceAll('\r\n', '\n')
  if (text === shownHead(frontMatterSource)) return frontMatterSource
  return `${text.trimEnd()}\n`.replaceAll('\n', lineEnd)
}

function shownHead(source: string): string {
  return source.replaceAll('\r\n', '\n').replace(/\n$/, '')
}

function isHead(cell: EditorCell): boolean {
  const own = cell.metadata[key]
  return cell.kind === 'markdown' && typeof own === 'object' && own !== null && 'head' in own
}

function toCell({ kind, language, value, metadata }: EditorCell): NotebookCell {
  const own = metadata[key]
  const solution = solutionOf({ metadata, value })
  const cell: NotebookCell =
    solution === undefined
      ? { kind, language, value }
      : { kind: 'code', language: solution.language, value: solution.code }
  return typeof own === 'object' && own !== null ? { ...cell, metadata: { ...own } } : cell
}

function isMetadata(value: unknown): value is NotebookMetadata {
  return typeof value === 'object' && value !== null && 'frontMatterSource' in value
}
