// An annotated listing in a terminal: the code with its markers; the notes follow as a list.
import type { ListingCode } from '../notebook/annotated-listing.ts'
import type { Style } from './style.ts'

/** The lines of the code, indented, a marker at the end of each that has a note. */
export function listingLines({ lines }: ListingCode, style: Style): string[] {
  return lines.map(({ text, note }) => {
    const marker = note === undefined ? '' : `  ${style.bold(`(${note})`)}`
    return `    ${style.cyan(text)}${marker}`.trimEnd()
  })
}
