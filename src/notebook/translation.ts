// A lesson and its translation: the same cells, listings, questions and hints, in other words.
import type { Diagnostic } from './diagnostics.ts'
import type { Lesson, Segment } from './lesson.ts'

/** What a translation must keep of a segment; a cell's own text may speak the lesson's language. */
interface Kept {
  /** `cell run-alp1`. */
  readonly what: string
  readonly value: string
  readonly line: number
}

/**
 * What a lesson has that its translation has not, or has otherwise.
 *
 * @param otherName the translation's file, as the reader knows it
 */
export function translationProblems(
  lesson: Pick<Lesson, 'segments'>,
  other: Pick<Lesson, 'segments'>,
  otherName: string,
): readonly Diagnostic[] {
  const own = keptOf(lesson)
  const others = keptOf(other)
  const theirs = new Map(others.map((kept) => [kept.what, kept]))
  const common = others.filter(({ what }) => own.some((kept) => kept.what === what)).map(({ what }) => what)
  const problems: Diagnostic[] = []
  let place = 0
  for (const { what, value, line } of own) {
    const problem = (code: Diagnostic['code']): void => {
      problems.push({ code, severity: 'error', line, column: 1, found: what, expected: otherName })
    }
    const counterpart = theirs.get(what)
    if (!counterpart) problem('translation-lacks')
    else if (counterpart.value !== value) problem('translation-differs')
    else if (common[place] !== what) problem('translation-order')
    if (counterpart) place += 1
  }
  return problems
}

function keptOf(lesson: Pick<Lesson, 'segments'>): readonly Kept[] {
  const counts = new Map<string, number>()
  return lesson.segments.flatMap((segment): Kept[] => {
    const [kind, value] = kept(segment)
    if (kind === '') return []
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    return [{ what: count === 1 ? kind : `${kind}, number ${count}`, value: JSON.stringify(value), line: segment.line }]
  })
}

function kept(segment: Segment): [kind: string, value: unknown] {
  switch (segment.kind) {
    case 'cell':
      return [`cell ${segment.name}`, segment.attributes]
    case 'listing':
      return [`listing of ${segment.output}`, [segment.when, segment.expected.text]]
    case 'hint':
      return [`hint for ${segment.for}`, '']
    case 'quiz': {
      const { name, before, question } = segment
      return [`quiz ${name}`, [before, question?.options.length, question?.right]]
    }
    default:
      return ['', '']
  }
}
