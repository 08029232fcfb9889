// Numbered notes: `# (1)` or `// (1)` at the end of a line in a fenced block, explained by item 1 of the ordered list
// directly after the block. It is the convention of MkDocs Material's code annotations.
import type { Diagnostic } from './diagnostics.ts'

export interface Notes {
  /** The block's text without markers and the blanks before them: what is run, compared and copied. */
  readonly code: string
  readonly markers: readonly Marker[]
  /** The items of the list after the block; empty if the block has no marker: then the list is just a list. */
  readonly notes: readonly Note[]
}

export interface Marker {
  readonly number: number
  /** Index of its line in the block's text, from 0. */
  readonly line: number
  /** Column in the line of text at which the comment starts, from 1. */
  readonly column: number
}

export interface Note {
  readonly number: number
  /** Markdown, without the list's number and indentation. */
  readonly text: string
  /** Line in the file, from 1. */
  readonly line: number
}

const markerAtEnd = /(?<=^|[ \t])(?:#|\/\/) \((\d{1,3})\)[ \t]*$/

/** Takes the markers out of a text with LF line ends. */
export function takeMarkers(text: string): { readonly code: string; readonly markers: readonly Marker[] } {
  if (!text.includes('# (') && !text.includes('// (')) return { code: text, markers: [] }
  const markers: Marker[] = []
  const lines = text.split('\n').map((line, index) => {
    const found = markerAtEnd.exec(line)
    if (!found) return line
    markers.push({ number: Number(found[1]), line: index, column: found.index + 1 })
    return line.slice(0, found.index).trimEnd()
  })
  return { code: lines.join('\n'), markers }
}

/** The note markers of a block and what explains them. Text blocks have none. */
export function notesOf(segment: { readonly notes?: Notes }): Notes {
  return segment.notes ?? { code: '', markers: [], notes: [] }
}

/**
 * Markers and notes that do not fit, and markers that plain bash could not run.
 *
 * @param firstLine the line in the file of the text's first line, from 1
 * @param indent how many columns the fence is indented
 * @param runs whether the text is a program, in which a backslash continues the line
 */
export function noteProblems(notes: Notes, firstLine: number, indent: number, runs: boolean): Diagnostic[] {
  if (notes.markers.length === 0) return []
  const explained = new Set(notes.notes.map((note) => note.number))
  const marked = new Set(notes.markers.map((marker) => marker.number))
  const code = notes.code.split('\n')
  const problems: Diagnostic[] = []
  for (const marker of notes.markers) {
    const place = { line: firstLine + marker.line, column: indent + marker.column, found: `(${marker.number})` }
    if (!explained.has(marker.number)) problems.push({ code: 'marker-without-note', severity: 'error', ...place })
    if (runs && code[marker.line]?.endsWith('\\')) {
      problems.push({ code: 'marker-after-backslash', severity: 'error', ...place })
    }
  }
  for (const note of notes.notes) {
    if (marked.has(note.number)) continue
    problems.push({
      code: 'note-without-marker',
      severity: 'error',
      line: note.line,
      column: 1,
      found: String(note.number),
    })
  }
  return problems
}
