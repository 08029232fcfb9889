// Changes to a lesson. Each gives a new lesson in which only the bytes of what was changed differ: see `pieces.ts` for
// the blank lines between, `rewrite.ts` for the lines within.
import { displayText } from './bytes.ts'
import { isCell, type Cell } from './cell.ts'
import { parseInfoString, withAttribute } from './info-string.ts'
import { withLf } from './lines.ts'
import { type Lesson, readLessonText, type Segment } from './lesson.ts'
import { conditionText, type Listing, listingsFor } from './listing.ts'
import { type FileFrame, joinPieces, type Piece } from './pieces.ts'
import { renewedText } from './renew.ts'
import { fenceSource, newFence, rewriteFence } from './rewrite.ts'

export interface NewCell {
  /** The fence's language, `sh` by default. */
  readonly language?: string
  readonly text: string
  /** Without blanks. By default a free `cell-N`, if the file's other cells have names or the language needs one. */
  readonly name?: string
}

/**
 * Puts other text into a cell. Only bytes inside its fence change; the fence gets longer if the text would close it.
 *
 * @param text any line ends; the lines get those of the fence
 * @throws Error if no cell has that name
 */
export function editCell(lesson: Lesson, name: string, text: string): Lesson {
  const { index, cell } = cellAt(lesson, name)
  const same = withLf(text) === cell.text || withLf(text) === displayText(cell.text)
  return same ? lesson : withSource(lesson, index, fenceSource(rewriteFence(cell.fence, text)))
}

/**
 * Puts a new cell before the segment with that index, or at the end. Blank lines around it are added where there are none.
 */
export function insertCell(lesson: Lesson, index: number, cell: NewCell): Lesson {
  const source = newFence(
    newInfo(
      cell,
      usedNames(lesson),
      lesson.cells.some((cell) => cell.named),
    ),
    cell.text,
    lesson.lineEnd,
  )
  const pieces = piecesOf(lesson)
  const at = Math.max(index, firstFree(lesson))
  return joined(lesson, [...pieces.slice(0, at), { source, after: '', closed: true }, ...pieces.slice(at)])
}

/**
 * Takes a cell out, with the listings directly behind it and the blank lines behind these (before them, at the end).
 *
 * @throws Error if no cell has that name
 */
export function removeCell(lesson: Lesson, name: string): Lesson {
  const { index } = cellAt(lesson, name)
  const pieces = piecesOf(lesson)
  return joined(lesson, [
    ...pieces.slice(0, index),
    ...pieces.slice(index + 1 + listingsBehind(lesson.segments, index)),
  ])
}

/**
 * Moves a cell, with the listings directly behind it.
 *
 * @param to the index among the segments, once the cell and its listings are taken out, before which it will stand
 * @throws Error if no cell has that name
 */
export function moveCell(lesson: Lesson, name: string, to: number): Lesson {
  const { index } = cellAt(lesson, name)
  const pieces = piecesOf(lesson)
  const moved = pieces.splice(index, 1 + listingsBehind(lesson.segments, index))
  const at = Math.max(to, firstFree(lesson))
  return joined(lesson, [...pieces.slice(0, at), ...moved, ...pieces.slice(at)])
}

/**
 * Renews a cell's listing from what was printed now: lines that still agree stay as they are written, with their
 * captures; markers stay with their lines. A listing that is not there yet is put behind the cell.
 *
 * @param when the listing's conditions as written, `docker<26.1`; empty for the one without
 * @param text what was printed, any line ends; a last line end does not count
 * @param proved the value for `proved=`: where it was recorded; by default the attribute stays as it is
 * @throws Error if no cell has that name
 */
export function replaceListing(
  lesson: Lesson,
  cellName: string,
  when: string,
  text: string,
  proved?: readonly string[],
): Lesson {
  const { index } = cellAt(lesson, cellName)
  const printed = withLf(text).replace(/\n$/, '')
  const provedBy = proved?.join(',')
  const present = listingsFor(lesson, cellName).find((listing) => listing.when.map(conditionText).join(',') === when)
  if (present) {
    const at = lesson.segments.indexOf(present)
    return withSource(lesson, at, listingSource(present, printed, provedBy))
  }
  const attributes = [
    `output=${cellName}`,
    ...(when === '' ? [] : [`when=${when}`]),
    'ignore=true',
    ...(provedBy === undefined ? [] : [`proved=${provedBy}`]),
  ]
  const source = newFence(`text { ${attributes.join(' ')} }`, printed, lesson.lineEnd)
  const pieces = piecesOf(lesson)
  const at = index + 1 + listingsBehind(lesson.segments, index)
  return joined(lesson, [...pieces.slice(0, at), { source, after: '', closed: true }, ...pieces.slice(at)])
}

/** How many listings of the cell with that index stand directly behind it. */
export function listingsBehind(segments: readonly Segment[], index: number): number {
  const cell = segments[index]
  if (cell?.kind !== 'cell') return 0
  let count = 0
  for (let next = segments[index + 1]; next?.kind === 'listing' && next.output === cell.name; ) {
    count += 1
    next = segments[index + 1 + count]
  }
  return count
}

/**
 * The info string of a new cell.
 *
 * @param used names that are taken
 * @param named whether it is to have a name even where it would be a cell without
 */
export function newInfo({ language = 'sh', name }: NewCell, used: ReadonlySet<string>, named: boolean): string {
  const word = language.replace(/[^\w+#.-]/g, '') || 'sh'
  if (name === undefined && !named && isCell(parseInfoString(word, { line: 1, column: 1 }))) return word
  const wanted = (name ?? '').replace(/[\s{}`]/g, '') || `cell-${used.size + 1}`
  return withAttribute(word, 'name', freeName(wanted, used))
}

/** A name that is not in use: the wanted one, or that with a number. */
export function freeName(wanted: string, used: ReadonlySet<string>): string {
  let name = wanted
  for (let count = 2; used.has(name); count += 1) name = `${wanted}-${count}`
  return name
}

function cellAt(lesson: Lesson, name: string): { readonly index: number; readonly cell: Cell } {
  const cell = lesson.cells.find((cell) => cell.name === name)
  if (!cell) throw new Error(`no cell named ${name}`)
  return { index: lesson.segments.indexOf(cell), cell }
}

function listingSource(listing: Listing, printed: string, proved: string | undefined): string {
  const { fence } = listing
  const text = renewedText(listing, printed)
  const renewed = text === listing.text ? fence : rewriteFence(fence, text)
  if (proved === undefined) return fenceSource(renewed)
  const infoAt = renewed.indent + renewed.marker.length
  const [, info = '', lineEnd = ''] = /^(.*?)([\r\n]*)$/s.exec(renewed.open.slice(infoAt)) ?? []
  const open = renewed.open.slice(0, infoAt) + withAttribute(info, 'proved', proved) + lineEnd
  return fenceSource({ ...renewed, open })
}

function usedNames(lesson: Lesson): Set<string> {
  return new Set(lesson.segments.flatMap((segment) => ('name' in segment && segment.name ? [segment.name] : [])))
}

/** Nothing can stand before front matter. */
function firstFree(lesson: Lesson): number {
  return lesson.segments[0]?.kind === 'front-matter' ? 1 : 0
}

function piecesOf(lesson: Lesson): Piece[] {
  return lesson.segments.map(({ kind, source, after }, index) => {
    return { source, after, from: index, to: index + 1, closed: kind !== 'markdown' }
  })
}

function withSource(lesson: Lesson, at: number, source: string): Lesson {
  const pieces = piecesOf(lesson)
  const piece = pieces[at]
  if (piece) pieces[at] = { ...piece, source }
  return joined(lesson, pieces)
}

function joined(lesson: Lesson, pieces: readonly Piece[]): Lesson {
  return readLessonText(joinPieces(pieces, frameOf(lesson)))
}

/** What stays of a file whatever its pieces become. */
export function frameOf(lesson: Lesson): FileFrame {
  const { lead, lineEnd, segments } = lesson
  return { lead, lineEnd, count: segments.length, tail: segments.at(-1)?.after ?? '' }
}
