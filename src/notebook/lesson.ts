// A lesson: a markdown file as a list of segments that add up to it byte by byte. Reading never fails.
import { fenceBlocks, type FenceBlock } from './blocks.ts'
import { decodeText, encodeText } from './bytes.ts'
import { type Cell, isCell, makeCell } from './cell.ts'
import { byPlace, type Diagnostic } from './diagnostics.ts'
import {
  type FrontMatter,
  frontMatterLines,
  type FrontMatterSegment,
  noFrontMatter,
  readFrontMatter,
} from './front-matter.ts'
import { isSet, parseInfoString, valueOf } from './info-string.ts'
import { isBlank, lineStarts, type LineEnd, mainLineEnd, outdented, withLf, withoutLastLineEnd } from './lines.ts'
import { type Listing, makeListing } from './listing.ts'
import { nameProblems } from './names.ts'
import { noteProblems, type Note, takeMarkers } from './notes.ts'
import { type Hint, makeHint, makeQuiz, type Quiz } from './quiz.ts'
import { fenceText } from './rewrite.ts'
import type { FencedSegment, MarkdownSegment, SourceSegment } from './segment.ts'

export type Segment = FrontMatterSegment | MarkdownSegment | Cell | Listing | Quiz | Hint | SourceSegment

export interface Lesson {
  /** The byte order mark and the blank lines before the first segment, exactly. */
  readonly lead: string
  readonly segments: readonly Segment[]
  /** The segments that run, in order. */
  readonly cells: readonly Cell[]
  readonly frontMatter: FrontMatter
  /** The line end that most lines have; new lines get it. */
  readonly lineEnd: LineEnd
  /** What is wrong, in the order of the file. Worked out when first asked for. */
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads any file. `writeLesson(readLesson(bytes))` equals `bytes`; what is not a lesson is markdown. Never throws. */
export function readLesson(bytes: Uint8Array): Lesson {
  return readLessonText(decodeText(bytes))
}

/** The file's bytes: all segments as they stand in it. */
export function writeLesson(lesson: Lesson): Uint8Array {
  return encodeText(lessonText(lesson))
}

/** The file's text, byte order mark included. */
export function lessonText(lesson: Lesson): string {
  return lesson.lead + lesson.segments.map((segment) => segment.source + segment.after).join('')
}

/** Reads a file's text, in which bytes that are no UTF-8 are escaped as `decodeText` does it. */
export function readLessonText(text: string): Lesson {
  const file = new FileLines(text)
  const head = frontMatterLines((line) => file.line(line))
  const problems: Diagnostic[] = []
  if (head < 0) problems.push({ code: 'front-matter-not-closed', severity: 'error', line: 1, column: 1 })
  const first = Math.max(head, 0)
  const spans: Span[] = first > 0 ? [{ kind: 'front-matter', start: 0, end: first }] : []
  let textFrom = first
  for (const block of fenceBlocks(file.text(first, file.count), (line) => file.line(first + line) ?? '')) {
    const start = first + block.start
    const end = first + block.end
    const opening = file.line(start) ?? ''
    if (!block.closed) {
      const column = opening.indexOf(block.marker) + 1
      problems.push({ code: 'fence-not-closed', severity: 'error', line: start + 1, column, found: block.marker })
      continue
    }
    const infoAt = opening.indexOf(block.marker) + block.marker.length
    const info = parseInfoString(opening.slice(infoAt), { line: start + 1, column: infoAt + 1 })
    if (!isCell(info) && info.attributes.size === 0 && !isOwnLanguage(info.language)) continue
    file.addMarkdown(spans, textFrom, start)
    spans.push({ kind: 'fence', start, end, block, info, first })
    textFrom = end
  }
  file.addMarkdown(spans, textFrom, file.count)
  return makeLesson(file, spans, problems)
}

type Span =
  | { readonly kind: 'front-matter'; readonly start: number; readonly end: number }
  | { readonly kind: 'markdown'; readonly start: number; readonly end: number }
  | {
      readonly kind: 'fence'
      readonly start: number
      readonly end: number
      readonly block: FenceBlock
      readonly info: FencedSegment['info']
      /** The line from which the block's own line numbers count. */
      readonly first: number
    }

/** A file's text by lines, numbered from 0; the byte order mark is no part of the first. */
class FileLines {
  readonly bom: string
  readonly count: number
  readonly #text: string
  readonly #starts: readonly number[]

  constructor(text: string) {
    this.bom = text.startsWith('\uFEFF') ? '\uFEFF' : ''
    this.#text = text.slice(this.bom.length)
    this.#starts = lineStarts(this.#text)
    this.count = this.#starts.length - 1
  }

  /** Lines `[start, end)`, exactly. */
  text(start: number, end: number): string {
    return this.#text.slice(this.#starts[start] ?? this.#text.length, this.#starts[end] ?? this.#text.length)
  }

  /** One line without its line end. */
  line(line: number): string | undefined {
    return line < this.count ? withoutLastLineEnd(this.text(line, line + 1)) : undefined
  }

  /** Adds the lines `[start, end)` as markdown, without the blank lines around it, if anything is left. */
  addMarkdown(spans: Span[], start: number, end: number): void {
    let from = start
    let to = end
    while (from < to && isBlank(this.text(from, from + 1))) from += 1
    while (to > from && isBlank(this.text(to - 1, to))) to -= 1
    if (from < to) spans.push({ kind: 'markdown', start: from, end: to })
  }
}

function makeLesson(file: FileLines, spans: readonly Span[], problems: readonly Diagnostic[]): Lesson {
  const usedNames = new Set(spans.map((span) => (span.kind === 'fence' ? valueOf(span.info, 'name') : undefined)))
  let cellCount = 0
  const segments = spans.map((span, index): Segment => {
    const after = file.text(span.end, spans[index + 1]?.start ?? file.count)
    const source = file.text(span.start, span.end)
    const place = { source, after, line: span.start + 1, endLine: span.end }
    if (span.kind !== 'fence') return Object.assign(place, { kind: span.kind })
    if (kindOf(span.info) === 'cell') cellCount += 1
    return makeFenced(file, span, place, () => freeName(`cell-${cellCount}`, usedNames))
  })

  const text = file.text(0, file.count)
  const head = segments[0]
  const cells = segments.filter((segment) => segment.kind === 'cell')
  const frontMatter = once(() => (head?.kind === 'front-matter' ? readFrontMatter(head) : noFrontMatter))
  const diagnostics = once(() => {
    const own = segments.flatMap((segment) => ('problems' in segment ? segment.problems : []))
    const questions = segments.flatMap((segment) => (segment.kind === 'quiz' ? segment.questionProblems : []))
    const all = [...problems, ...frontMatter().problems, ...own, ...questions, ...nameProblems(segments)]
    return all.toSorted(byPlace)
  })
  return {
    lead: file.bom + file.text(0, spans[0]?.start ?? file.count),
    segments,
    cells,
    lineEnd: mainLineEnd(text),
    get frontMatter() {
      return frontMatter()
    },
    get diagnostics() {
      return diagnostics()
    },
  }
}

function makeFenced(
  file: FileLines,
  span: Extract<Span, { kind: 'fence' }>,
  place: Pick<FencedSegment, 'source' | 'after' | 'line' | 'endLine'>,
  cellName: () => string,
): Segment {
  const { info, block } = span
  const open = file.text(span.start, span.start + 1)
  const body = file.text(span.start + 1, span.end - 1)
  const indent = open.indexOf(block.marker)
  const fence = { indent, marker: block.marker, open, body, close: file.text(span.end - 1, span.end) }
  const text = fenceText(body, indent)
  const { code, markers } = takeMarkers(text)
  const notes = { code, markers, notes: markers.length > 0 ? notesFrom(file, span) : [] }
  const kind = kindOf(info)
  const problems = [
    ...info.problems,
    ...ignoreProblems(info, kind, place.line, indent),
    ...noteProblems(notes, place.line + 1, indent, kind !== 'listing'),
  ]
  // `Object.assign`, here and where cells are made: on Node 20 a spread takes ten times as long, 8 µs a block.
  const fenced = Object.assign(place, { language: info.language, info, fence, text, notes, problems })
  if (kind === 'cell') return makeCell(fenced, cellName)
  if (kind === 'listing') return makeListing(fenced)
  if (kind === 'quiz') return makeQuiz(fenced)
  if (kind === 'hint') return makeHint(fenced)
  const name = valueOf(info, 'name')
  return Object.assign(fenced, { kind: 'source' as const }, name === undefined ? {} : { name })
}

function isOwnLanguage(language: string): boolean {
  return language === 'quiz' || language === 'hint'
}

function kindOf(info: FencedSegment['info']): 'cell' | 'listing' | 'quiz' | 'hint' | 'source' {
  if (info.language === 'quiz' || info.language === 'hint') return info.language
  if (info.attributes.has('output')) return 'listing'
  return isCell(info) ? 'cell' : 'source'
}

/** Runme makes a cell of every fenced block that does not say `ignore=true`. */
function ignoreProblems(info: FencedSegment['info'], kind: string, line: number, indent: number): Diagnostic[] {
  if (kind === 'cell' || kind === 'source' || isSet(info, 'ignore')) return []
  return [{ code: 'ignore-missing', severity: 'warning', line, column: indent + 1, found: kind }]
}

function notesFrom(file: FileLines, span: Extract<Span, { kind: 'fence' }>): Note[] {
  const list = span.block.list
  if (!list) return []
  return list.items.map(([start, end], index) => {
    const lines = withLf(file.text(span.first + start, span.first + end))
      .trimEnd()
      .split('\n')
    const mark = /^ {0,3}\d{1,9}[.)][ \t]*/.exec(lines[0] ?? '')?.[0] ?? ''
    const rest = lines.slice(1).map((line) => outdented(line, mark.length))
    const text = [(lines[0] ?? '').slice(mark.length), ...rest].join('\n')
    return { number: list.first + index, text, line: span.first + start + 1 }
  })
}

/** A name that nothing in the file has, and nothing derived so far. */
function freeName(wanted: string, used: Set<string | undefined>): string {
  let name = wanted
  for (let count = 2; used.has(name); count += 1) name = `${wanted}-${count}`
  used.add(name)
  return name
}

function once<T>(work: () => T): () => T {
  let result: { readonly value: T } | undefined
  return () => (result ??= { value: work() }).value
}
