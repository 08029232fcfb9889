// What all segments of a lesson share: exact source text, place, and for a fenced block its parts.
import type { Diagnostic } from './diagnostics.ts'
import type { InfoString } from './info-string.ts'
import type { Notes } from './notes.ts'

/** A stretch of the file. The segments' `source + after`, in order, behind the lesson's `lead`, are the whole file. */
export interface SegmentBase {
  /** The block exactly as it stands in the file, its last line end included. */
  readonly source: string
  /** The blank lines that follow it, exactly. */
  readonly after: string
  /** The number of its first line in the file, from 1. */
  readonly line: number
  /** The number of its last line. */
  readonly endLine: number
}

/** Text that is neither a cell nor anything else of the format. Fences in lists, quotes and comments are part of it. */
export interface MarkdownSegment extends SegmentBase {
  readonly kind: 'markdown'
}

/** A fenced block at the file's top level, closed, with its info string read. */
export interface FencedSegment extends SegmentBase {
  /** The first word of the info string, as written. */
  readonly language: string
  readonly info: InfoString
  readonly fence: Fence
  /** What the fence holds: LF line ends, no last one, the fence's indentation taken off. */
  readonly text: string
  /** Note markers in the text, and the ordered list directly after the block. */
  readonly notes: Notes
  /** What is wrong within this block alone. */
  readonly problems: readonly Diagnostic[]
}

/** A fenced block with attributes that is no cell: source or a listing to read. */
export interface SourceSegment extends FencedSegment {
  readonly kind: 'source'
  readonly name?: string
}

/** The parts of a fenced block; `open + body + close` is its source. */
export interface Fence {
  /** Number of spaces before the opening fence, 0 to 3. */
  readonly indent: number
  /** The run of backticks or tildes that opens it. */
  readonly marker: string
  /** The opening line. */
  readonly open: string
  /** The lines within. */
  readonly body: string
  /** The closing line. */
  readonly close: string
}
