// Putting a file together from pieces of which some are new, moved or gone. What stays keeps its bytes; between pieces
// that were not neighbours a blank line is put if there is none, and what the piece before leaves open is closed.
import { openBlockAt } from './blocks.ts'
import { joinLines, lineEndOf, type LineEnd, lineStarts, withoutLastLineEnd } from './lines.ts'

export interface Piece {
  readonly source: string
  /** The blank lines behind it. */
  readonly after: string
  /** Which segments of the file it was, `[from, to)`; absent if it is new. */
  readonly from?: number
  readonly to?: number
  /** It leaves nothing open at its end, as a fenced block or front matter. */
  readonly closed?: boolean
  /** Its text is not what it was, so that it may now leave something open. */
  readonly changed?: boolean
}

export interface FileFrame {
  readonly lead: string
  readonly lineEnd: LineEnd
  /** The number of segments that the file had. */
  readonly count: number
  /** The blank lines at its end. They stay there, whichever piece comes last. */
  readonly tail: string
}

/**
 * The file's text. A piece takes the blank lines behind it along; the last piece of the file has none, there the blank
 * line before it goes.
 */
export function joinPieces(pieces: readonly Piece[], frame: FileFrame): string {
  const { lineEnd } = frame
  let text = frame.lead
  // Blanks without a line end would indent what comes.
  if (/[ \t]$/.test(text) && pieces[0] && pieces[0].from !== 0) text += lineEnd
  for (const [index, piece] of pieces.entries()) {
    const next = pieces[index + 1]
    if (!next) return text + joinLines([piece.source, piece.to === frame.count ? piece.after : frame.tail])
    text += piece.source
    const neighbours = piece.to !== undefined && piece.to === next.from
    text += neighbours && piece.changed !== true ? piece.after : separator(piece, next, lineEnd)
  }
  return text
}

function separator(piece: Piece, next: Piece, lineEnd: LineEnd): string {
  const ended = lineEndOf(piece.source) === '' ? lineEnd : ''
  const opening = withoutLastLineEnd(next.source.slice(0, lineStarts(next.source)[1] ?? 0))
  const closed = piece.closed === true ? '' : closing(piece.source, opening, lineEnd)
  const after = lineEndOf(piece.after) === '' ? piece.after + lineEnd : piece.after
  return joinLines([piece.source, ended, closed, after]).slice(piece.source.length)
}

const htmlEnds: readonly (readonly [start: RegExp, end: string])[] = [
  [/^<!--/, '-->'],
  [/^<\?/, '?>'],
  [/^<!\[CDATA\[/, ']]>'],
  [/^<![A-Za-z]/, '>'],
  [/^<script/i, '</script>'],
  [/^<pre/i, '</pre>'],
  [/^<style/i, '</style>'],
  [/^<textarea/i, '</textarea>'],
]

/** The lines that end what a text leaves open, so that the next block is one of its own. */
function closing(source: string, opening: string, lineEnd: LineEnd): string {
  const open = openBlockAt(source, opening)
  if (!open) return ''
  if (open.kind === 'fence') return open.marker + lineEnd
  // The comment that CommonMark 5.3 shows: it ends a list.
  if (open.kind === 'list') return `${lineEnd}<!-- -->${lineEnd}`
  const end = htmlEnds.find(([start]) => start.test(open.start))?.[1]
  return end === undefined ? '' : end + lineEnd
}
