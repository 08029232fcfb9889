// Under which heading of the lesson each cell stands: a name for people where the cell's own is one for machines.

import type { Lesson } from '../../src/notebook/lesson.ts'

/** The last heading before each cell, by the cell's name; of markdown in it only the text. */
export function headingsOf({ segments }: Pick<Lesson, 'segments'>): ReadonlyMap<string, string> {
  const headings = new Map<string, string>()
  let heading = ''
  for (const segment of segments) {
    if (segment.kind === 'markdown') {
      const last = [...segment.source.matchAll(/^#{1,6} +(.*?)[ #]*\r?$/gm)].at(-1)?.[1]
      heading = last === undefined ? heading : last.replaceAll(/[`*_]/g, '')
    } else if (segment.kind === 'cell' && heading !== '') {
      headings.set(segment.name, heading)
    }
  }
  return headings
}
