// An annotated listing or cell in a terminal: the code with its markers; the notes follow as a list.
import type { Cell } from '../notebook/cell.ts'
import type { ListingCode } from '../notebook/annotated-listing.ts'
import { promptLines } from '../session/transcript.ts'
import type { Style } from './style.ts'

/** The lines of the code, indented, a marker at the end of each that has a note. */
export function listingLines({ lines }: ListingCode, style: Style): string[] {
  return lines.map(({ text, note }) => {
    return `    ${style.cyan(text)}${marker(note, style)}`.trimEnd()
  })
}

/** A cell's script as typed at a prompt, a marker at the end of each line that has a note. */
export function typedLines(cell: Cell, style: Style): string[] {
  const { markers, notes } = cell.notes
  const lines = promptLines(cell)
  // A cell that writes a file has a line above its text that says so.
  const first = lines.length - cell.script.split('\n').length
  return lines.map((line, index) => {
    const note = markers.find((marker) => marker.line === index - first)?.number
    return style.bold(line) + marker(notes.some(({ number }) => number === note) ? note : undefined, style)
  })
}

function marker(note: number | undefined, style: Style): string {
  return note === undefined ? '' : `  ${style.bold(`(${note})`)}`
}
