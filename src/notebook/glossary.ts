// The glossary: a page whose headings of the third level are terms. Lessons link a term where they first use it.
import type { Diagnostic } from './diagnostics.ts'
import type { Lesson } from './lesson.ts'
import { anchorOf, linksOf, proseLines } from './links.ts'
import { withLf } from './lines.ts'

/** The page's file name, beside the lessons. */
export const glossaryFile = 'glossary.md'

export interface Term {
  /** As the heading writes it. */
  readonly name: string
  readonly anchor: string
}

/** The terms of a glossary page, in order. The pages of all languages have the same terms in the same order. */
export function readGlossary(page: string): readonly Term[] {
  return withLf(page)
    .split('\n')
    .flatMap((line) => /^### +(.+?) *$/.exec(line)?.[1] ?? [])
    .map((name) => ({ name, anchor: anchorOf(name) }))
}

/** The anchors of the glossary that a lesson links. */
export function linkedTerms(lesson: Pick<Lesson, 'segments'>): ReadonlySet<string> {
  const links = linksOf(lesson).map(({ target }) => /^(?:\.\/)?glossary\.md#(.+)$/.exec(target)?.[1] ?? '')
  return new Set(links.filter((anchor) => anchor !== '').map(decoded))
}

/**
 * Terms that an English lesson uses and never links, each where it stands first; headings and tables do not count.
 * Words of other languages change too much for this: there `linkedTerms` is compared with that of the English lesson.
 */
export function unlinkedTerms(lesson: Pick<Lesson, 'segments'>, terms: readonly Term[]): readonly Diagnostic[] {
  const linked = linkedTerms(lesson)
  const found = new Map<string, Diagnostic>()
  // The longest first, so that "PID namespace" is not also taken for "namespace".
  const byLength = terms.toSorted((left, right) => right.name.length - left.name.length)
  for (const { text, line } of proseLines(lesson)) {
    if (/^\s*[#|]/.test(text)) continue
    let rest = text.replace(/\]\([^()]*\)/g, (target) => ' '.repeat(target.length))
    for (const { name, anchor } of byLength) {
      rest = rest.replace(wordPattern(name), (word: string, index: number) => {
        if (!linked.has(anchor) && !found.has(anchor)) {
          found.set(anchor, { code: 'term-not-linked', severity: 'warning', line, column: index + 1, found: name })
        }
        return ' '.repeat(word.length)
      })
    }
  }
  return [...found.values()]
}

function wordPattern(name: string): RegExp {
  const words = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const ending = /\d$/.test(name) ? '' : '(?:s|es|ed|ing|d)?'
  return new RegExp(`(?<![\\w/.-])${words}${ending}(?![\\w/-])`, 'gi')
}

function decoded(anchor: string): string {
  try {
    return decodeURIComponent(anchor)
  } catch {
    return anchor
  }
}
