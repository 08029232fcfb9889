// Links in a lesson's prose, and the anchors that a page's headings give: what a reader can follow, here or on GitHub.
import type { Lesson } from './lesson.ts'
import { withLf } from './lines.ts'

/** A stretch of prose: one line with its code taken out, blanks in its place. */
export interface ProseLine {
  readonly text: string
  /** The line in the file, from 1. */
  readonly line: number
}

export interface Link {
  /** As written: `glossary.md#zombie`, `https://…`. */
  readonly target: string
  readonly line: number
  /** Where the target stands, from 1. */
  readonly column: number
}

/** The lines of a lesson's own text, notes included, without cells, listings, questions and code. */
export function proseLines(lesson: Pick<Lesson, 'segments'>): readonly ProseLine[] {
  return lesson.segments
    .filter((segment) => segment.kind === 'markdown')
    .flatMap(({ source, line }) => withoutCode(source).map((text, index) => ({ text, line: line + index })))
}

/** All inline links, in order. */
export function linksOf(lesson: Pick<Lesson, 'segments'>): readonly Link[] {
  return proseLines(lesson).flatMap(({ text, line }) =>
    [...text.matchAll(/\]\(([^()\s]+)\)/g)].map(({ 1: target = '', index }) => ({ target, line, column: index + 3 })),
  )
}

/** The anchors of a markdown page: one for each heading. */
export function anchorsOf(page: string): ReadonlySet<string> {
  const anchors = new Set<string>()
  for (const line of withoutCode(page, false)) {
    const heading = /^ {0,3}#{1,6}[ \t]+(.+?)[ \t]*#*$/.exec(line)?.[1]
    if (heading === undefined) continue
    const anchor = anchorOf(heading)
    let free = anchor
    for (let count = 1; anchors.has(free); count += 1) free = `${anchor}-${count}`
    anchors.add(free)
  }
  return anchors
}

/** The anchor of a heading, as GitHub and VS Code make it: `PID 1` gives `pid-1`. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\-_ ]/gu, '')
    .replaceAll(' ', '-')
}

/** Lines of markdown. Fenced blocks become empty lines, and code spans, unless they are to stay, become blanks. */
function withoutCode(markdown: string, spans = true): string[] {
  let fence = ''
  return withLf(markdown)
    .split('\n')
    .map((line) => {
      const marker = /^[\s>]*(`{3,}|~{3,})/.exec(line)?.[1] ?? ''
      if (fence === '' && marker === '')
        return spans ? line.replace(/`[^`]*`/g, (span) => ' '.repeat(span.length)) : line
      if (fence === '') fence = marker
      else if (marker.startsWith(fence)) fence = ''
      return ''
    })
}
