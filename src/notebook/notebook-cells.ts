// A lesson as an editor's notebook, and back. The editor has two kinds of cells, each with LF text and plain JSON
// metadata; that JSON holds the exact source, so that what was not edited is written as it was.
//
// A code cell owns the listings directly behind it: they do not show as cells of their own. What the notes
// of a listing or a cell need of it comes with the text that follows and begins with them. A quiz and a hint are
// markdown cells whose text is their fence: the markdown renderer draws it. Source blocks and stray listings stay part of
// the text around them, next to their notes. Text between two cells is one markdown cell.
import { type CellAttributes, isCell } from './cell.ts'
import { displayText, encodeText } from './bytes.ts'
import { frameOf, freeName, listingsBehind, type NewCell, newInfo } from './edit.ts'
import { excerptOf } from './excerpt.ts'
import type { FrontMatter } from './front-matter.ts'
import { parseInfoString, valueOf, withAttribute } from './info-string.ts'
import { type Lesson, lessonText, type Segment } from './lesson.ts'
import { isBlank, type LineEnd, withLf, withoutLastLineEnd } from './lines.ts'
import { chooseListing, conditionText, type Listing } from './listing.ts'
import type { Notes } from './notes.ts'
import { type FileFrame, joinPieces, type Piece } from './pieces.ts'
import type { Question } from './quiz.ts'
import { fenceOf, fenceSource, fenceText, newFence, rewriteFence, rewriteText } from './rewrite.ts'

export interface Notebook {
  readonly metadata: NotebookMetadata
  readonly cells: readonly NotebookCell[]
}

export interface NotebookCell {
  readonly kind: 'markdown' | 'code'
  /** The editor's language id: `shellscript`, `markdown`, … */
  readonly language: string
  /** Any line ends on the way back. */
  readonly value: string
  /** What `toNotebookCells` gave; anything else, or nothing, makes it a new cell. */
  readonly metadata?: NotebookCellMetadata | Readonly<Record<string, unknown>>
}

/** Plain JSON. */
export interface NotebookMetadata extends FileFrame {
  /** Tells a cell of this file from one pasted from another. */
  readonly file: string
  /** Front matter, exactly, with the blank lines behind it; empty if there is none. */
  readonly frontMatterSource: string
  readonly frontMatterAfter: string
  /** For the lesson's head. */
  readonly frontMatter: Omit<FrontMatter, 'data' | 'problems'>
}

/** Plain JSON. `source + hidden + after` is what the cell has in the file. */
export interface NotebookCellMetadata {
  readonly kind: 'markdown' | 'cell' | 'quiz' | 'hint'
  readonly file: string
  /** Its segments in the file, `[from, to)`. */
  readonly from: number
  readonly to: number
  readonly source: string
  /** Blank lines and listings behind the source. */
  readonly hidden: string
  readonly after: string
  /** Line in the file of its first line, from 1. */
  readonly line: number
  /** Of a cell or a quiz. */
  readonly name?: string
  readonly named?: boolean
  readonly attributes?: CellAttributes
  readonly notes?: Notes
  readonly listings?: readonly RecordedListing[]
  /** Of a text that begins with the notes of the block before it: that block, or an excerpt of it, fenced. */
  readonly annotates?: string
  /** The listing to show before the first run: that of the newest engines. */
  readonly recorded?: string
  readonly question?: Question
  /** The cell whose result a quiz asks to predict. */
  readonly before?: string
  /** The check that a hint belongs to. */
  readonly for?: string
}

export interface RecordedListing {
  readonly when: string
  readonly text: string
  readonly proved: readonly string[]
  readonly notes: Notes
}

/** Language ids of VS Code by the word in the info string, where they differ. */
const languageIds: Readonly<Record<string, string>> = {
  sh: 'shellscript',
  bash: 'shellscript',
  shell: 'shellscript',
  text: 'plaintext',
  '': 'plaintext',
}
const languageWords: Readonly<Record<string, string>> = { shellscript: 'sh', plaintext: 'text' }

/** The lesson as a notebook. */
export function toNotebookCells(lesson: Lesson): Notebook {
  const { segments } = lesson
  const file = fingerprint(lessonText(lesson))
  const head = segments[0]?.kind === 'front-matter' ? segments[0] : undefined
  const { data: _data, problems: _problems, ...frontMatter } = lesson.frontMatter
  const metadata = {
    ...frameOf(lesson),
    file,
    frontMatterSource: head?.source ?? '',
    frontMatterAfter: head?.after ?? '',
    frontMatter,
  }
  const cells: NotebookCell[] = []
  for (let from = head ? 1 : 0; from < segments.length; ) {
    const to = from + cellLength(segments, from)
    const segment = segments[from]
    const annotates = segment?.kind === 'markdown' ? annotatedBefore(segments[from - 1]) : undefined
    const place = { file, from, to, ...(annotates === undefined ? {} : { annotates: displayText(annotates) }) }
    if (segment) cells.push(toNotebookCell(segment, segments.slice(from, to), place))
    from = to
  }
  return { metadata, cells }
}

/**
 * The file's bytes. A cell that was not edited gives its own bytes; one that was moved takes the blank lines behind it
 * along. Cells without our metadata, and copies of a cell, are new ones.
 */
export function fromNotebookCells(notebook: {
  readonly metadata?: NotebookMetadata | Readonly<Record<string, unknown>>
  readonly cells: readonly NotebookCell[]
}): Uint8Array {
  const metadata = { ...newFile, ...notebook.metadata } as NotebookMetadata
  const head: Piece[] = []
  if (metadata.frontMatterSource !== '') {
    const { frontMatterSource: source, frontMatterAfter: after } = metadata
    head.push({ source, after, from: 0, to: 1, closed: true })
  }
  const names = new NewNames(notebook.cells)
  const seen = new Set<number>()
  const pieces = notebook.cells.flatMap((cell): Piece[] => {
    const own = isOurs(cell.metadata) && fits(cell, cell.metadata) ? cell.metadata : undefined
    const original = own?.file === metadata.file && !seen.has(own.from) ? own : undefined
    if (original) seen.add(original.from)
    if (cell.kind === 'markdown') {
      return isBlank(cell.value) ? [] : [markdownPiece(cell.value, original, metadata.lineEnd)]
    }
    if (original) return [codePiece(cell, original)]
    return [{ source: newFence(names.info(cell, own), cell.value, metadata.lineEnd), after: '', closed: true }]
  })
  return encodeText(joinPieces([...head, ...pieces], metadata))
}

const newFile: NotebookMetadata = {
  lead: '',
  lineEnd: '\n',
  count: 0,
  tail: '',
  file: '',
  frontMatterSource: '',
  frontMatterAfter: '',
  frontMatter: { needs: [], creates: [], objectives: [] },
}

/** Gives info strings to cells that are new, under names that no cell of the notebook has. */
class NewNames {
  readonly #used = new Set<string>()
  readonly #named: boolean

  constructor(cells: readonly NotebookCell[]) {
    const own = cells.flatMap(({ metadata }) => (isOurs(metadata) ? [metadata] : []))
    for (const { name } of own) if (name) this.#used.add(name)
    this.#named = own.some(({ named }) => named === true)
  }

  info(cell: NotebookCell, copied: NotebookCellMetadata | undefined): string {
    const info = copiedInfo(copied, cell, this.#used) ?? newInfo(newCell(cell), this.#used, this.#named)
    const name = valueOf(parseInfoString(info, { line: 1, column: 1 }), 'name')
    if (name !== undefined) this.#used.add(name)
    return info
  }
}

/** How many segments make one cell of the notebook. */
function cellLength(segments: readonly Segment[], from: number): number {
  if (segments[from]?.kind === 'cell') return 1 + listingsBehind(segments, from)
  let to = from
  while (isText(segments[to])) to += 1
  return Math.max(1, to - from)
}

function isText(segment: Segment | undefined): boolean {
  return segment?.kind === 'markdown' || segment?.kind === 'source' || segment?.kind === 'listing'
}

function toNotebookCell(
  first: Segment,
  all: readonly Segment[],
  place: Pick<NotebookCellMetadata, 'file' | 'from' | 'to' | 'annotates'>,
): NotebookCell {
  const after = all.at(-1)?.after ?? ''
  const whole = all.map((segment) => segment.source + segment.after).join('')
  const text = whole.slice(0, whole.length - after.length)
  const source = first.kind === 'cell' ? first.source : text
  const base = { ...place, source, hidden: text.slice(source.length), after, line: first.line }
  const value = shownText(source)
  if (first.kind === 'cell') {
    const listings = all.filter((segment) => segment.kind === 'listing')
    const recorded = chooseListing(listings, {})?.expected.text
    const { name, named, attributes, notes } = first
    const metadata: NotebookCellMetadata = {
      ...base,
      kind: 'cell',
      name,
      named,
      attributes,
      notes,
      listings: listings.map(recordedListing),
      ...(recorded === undefined ? {} : { recorded }),
    }
    return { kind: 'code', language: languageId(first.language), value: displayText(first.text), metadata }
  }
  if (first.kind === 'quiz') {
    const { name, before, question } = first
    const asked = { ...(before === undefined ? {} : { before }), ...(question === undefined ? {} : { question }) }
    return { kind: 'markdown', language: 'markdown', value, metadata: { ...base, kind: 'quiz', name, ...asked } }
  }
  if (first.kind === 'hint') {
    return { kind: 'markdown', language: 'markdown', value, metadata: { ...base, kind: 'hint', for: first.for } }
  }
  return { kind: 'markdown', language: 'markdown', value, metadata: { ...base, kind: 'markdown' } }
}

/** Of a recorded listing and of a script the lines with notes; a file that a cell writes is shown as a whole. */
function annotatedBefore(segment: Segment | undefined): string | undefined {
  if (segment?.kind === 'listing') return excerptOf(segment)
  return segment?.kind === 'cell' ? excerptOf(segment, segment.attributes.file !== undefined) : undefined
}

function recordedListing({ when, expected, proved, notes }: Listing): RecordedListing {
  return { when: when.map(conditionText).join(','), text: expected.text, proved, notes }
}

function markdownPiece(value: string, original: NotebookCellMetadata | undefined, lineEnd: LineEnd): Piece {
  if (!original) return { source: rewriteText(lineEnd, value.replace(/[\r\n]+$/, ''), lineEnd), after: '' }
  const { source, after, from, to } = original
  if (withLf(value) === shownText(source)) return { source, after, from, to }
  return { source: rewriteText(source, value, lineEnd), after, from, to, changed: true }
}

function codePiece(cell: NotebookCell, original: NotebookCellMetadata): Piece {
  const { hidden, after, from, to } = original
  let source = original.source
  if (withLf(cell.value) !== codeOf(source)) source = fenceSource(rewriteFence(fenceOf(source), cell.value))
  if (cell.language !== languageOf(original.source)) source = withLanguage(source, cell.language, original.name)
  return { source: source + hidden, after, from, to, closed: true }
}

/** A copied cell keeps its attributes, under a name of its own. */
function copiedInfo(
  own: NotebookCellMetadata | undefined,
  cell: NotebookCell,
  used: ReadonlySet<string>,
): string | undefined {
  if (own?.kind !== 'cell' || own.named !== true || cell.language !== languageOf(own.source)) return undefined
  const { open, indent, marker } = fenceOf(own.source)
  const info = withoutLastLineEnd(open.slice(indent + marker.length))
  if (marker.startsWith('~') && info.includes('`')) return undefined
  return withAttribute(info, 'name', freeName(own.name ?? '', used))
}

/** A fence with another language. If it would be no cell any more, its name is written out. */
function withLanguage(source: string, language: string, name: string | undefined): string {
  const fence = fenceOf(source)
  const infoAt = fence.indent + fence.marker.length
  const line = withoutLastLineEnd(fence.open)
  let info = line.slice(infoAt).replace(/^([ \t]*)[^\s{]*/, `$1${languageWord(language)}`)
  if (!isCell(parseInfoString(info, { line: 1, column: 1 }))) info = withAttribute(info, 'name', name)
  return fenceSource({ ...fence, open: line.slice(0, infoAt) + info + fence.open.slice(line.length) })
}

function newCell(cell: NotebookCell): NewCell {
  const name = isOurs(cell.metadata) ? undefined : cell.metadata?.name
  const wanted = typeof name === 'string' && name !== '' ? { name } : {}
  return { language: languageWord(cell.language), text: cell.value, ...wanted }
}

function isOurs(metadata: NotebookCell['metadata']): metadata is NotebookCellMetadata {
  if (!metadata) return false
  const { source, hidden, after, from, to, file, kind } = metadata
  const texts = [source, hidden, after, file, kind].every((value) => typeof value === 'string')
  return texts && typeof from === 'number' && typeof to === 'number'
}

/** The editor can turn text into code and back, and leaves the metadata. */
function fits(cell: NotebookCell, metadata: NotebookCellMetadata): boolean {
  return (cell.kind === 'code') === (metadata.kind === 'cell')
}

function shownText(source: string): string {
  return displayText(withoutLastLineEnd(withLf(source)))
}

function codeOf(source: string): string {
  const fence = fenceOf(source)
  return displayText(fenceText(fence.body, fence.indent))
}

function languageOf(source: string): string {
  const { open, indent, marker } = fenceOf(source)
  return languageId(parseInfoString(open.slice(indent + marker.length), { line: 1, column: 1 }).language)
}

function languageId(word: string): string {
  return Object.hasOwn(languageIds, word) ? (languageIds[word] ?? word) : word
}

function languageWord(id: string): string {
  const word = Object.hasOwn(languageWords, id) ? (languageWords[id] ?? id) : id
  return word.replace(/[^\w+#.-]/g, '') || 'sh'
}

/** FNV-1a, 32 bits. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return (hash >>> 0).toString(16).padStart(8, '0')
}
