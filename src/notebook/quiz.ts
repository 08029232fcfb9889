// Questions, ```` ```quiz ```` with YAML in it, and hints, ```` ```hint { for=CHECK } ````.
import type { Diagnostic } from './diagnostics.ts'
import { isText, keyPlace, parseYaml } from './front-matter.ts'
import { valueOf } from './info-string.ts'
import type { FencedSegment } from './segment.ts'

export interface Quiz extends FencedSegment {
  readonly kind: 'quiz'
  /** Empty if it has none. */
  readonly name: string
  /** The cell whose result it asks to predict; absent if it asks to recall. */
  readonly before?: string
  /** What it asks; `undefined` if its YAML is broken or a key is missing. Read when first asked for. */
  readonly question: Question | undefined
  /** Problems of the YAML. Read when first asked for. */
  readonly questionProblems: readonly Diagnostic[]
}

/** All texts are markdown. */
export interface Question {
  readonly ask: string
  readonly options: readonly string[]
  /** Numbers of the right options, from 1, at least one. */
  readonly right: readonly number[]
  readonly why: string
}

export interface Hint extends FencedSegment {
  readonly kind: 'hint'
  /** The check that it helps with; empty if it has none. */
  readonly for: string
}

/** Makes a quiz of a fenced block in the language `quiz`. */
export function makeQuiz(block: FencedSegment): Quiz {
  const before = valueOf(block.info, 'before')
  let read: ReturnType<typeof readQuestion> | undefined
  // YAML takes longer than all the rest of reading a lesson, and not everyone asks.
  const once = (): ReturnType<typeof readQuestion> => (read ??= readQuestion(block.text, block.line))
  const own = {
    kind: 'quiz' as const,
    name: valueOf(block.info, 'name') ?? '',
    ...(before === undefined ? {} : { before }),
    get question() {
      return once().question
    },
    get questionProblems() {
      return once().problems
    },
  }
  return Object.assign(own, block)
}

/** Makes a hint of a fenced block in the language `hint`. */
export function makeHint(block: FencedSegment): Hint {
  return Object.assign({ kind: 'hint' as const, for: valueOf(block.info, 'for') ?? '' }, block)
}

/**
 * Reads a quiz's YAML: `ask`, `options`, `right` (a number or a list of numbers), `why`.
 *
 * @param fenceLine the line of the opening fence in the file, from 1
 */
export function readQuestion(
  yaml: string,
  fenceLine: number,
): { readonly question: Question | undefined; readonly problems: readonly Diagnostic[] } {
  const { data, root, errors } = parseYaml(yaml)
  const problems: Diagnostic[] = errors.map(({ line, column, found }) => {
    return { code: 'quiz-yaml', severity: 'error', line: fenceLine + line, column, found }
  })
  if (problems.length > 0) return { question: undefined, problems }
  const report = (key: string, expected: string): void => {
    const { line, column } = keyPlace(root, key, yaml)
    problems.push({ code: 'quiz-value', severity: 'error', line: fenceLine + line, column, found: key, expected })
  }
  const missing = ['ask', 'options', 'right', 'why'].filter((key) => data?.[key] === undefined || data[key] === null)
  for (const found of missing) {
    problems.push({ code: 'quiz-key-missing', severity: 'error', line: fenceLine, column: 1, found })
  }
  if (!data || missing.length > 0) return { question: undefined, problems }

  const { ask, options, right, why } = data
  // YAML reads an option `0` or `true` as a number or a truth value; here it is a text.
  const texts = Array.isArray(options) && options.every(isScalar) ? options.map(String) : []
  const numbers: readonly unknown[] = Array.isArray(right) ? right : [right]
  if (!isText(ask)) report('ask', 'text')
  if (texts.length < 2) report('options', 'a list of two or more texts')
  if (!isText(why)) report('why', 'text')
  const inRange = numbers.length > 0 && numbers.every((number) => isOptionNumber(number, texts.length))
  if (!inRange && texts.length >= 2) report('right', `numbers from 1 to ${texts.length}`)
  if (problems.length > 0 || !isText(ask) || !isText(why)) return { question: undefined, problems }
  return {
    question: { ask, options: texts, right: numbers.filter((number) => typeof number === 'number'), why },
    problems,
  }
}

function isScalar(value: unknown): boolean {
  return value !== null && typeof value !== 'object'
}

function isOptionNumber(value: unknown, options: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= options
}
