// YAML front matter: the lines between a first line `---` and the next one.
import { isMap, parseDocument } from 'yaml'
import type { Diagnostic } from './diagnostics.ts'
import { withLf, withoutLastLineEnd } from './lines.ts'
import type { SegmentBase } from './segment.ts'

export interface FrontMatterSegment extends SegmentBase {
  readonly kind: 'front-matter'
}

/** What the front matter says. Without one, and for what is missing or broken, the lists are empty. */
export interface FrontMatter {
  readonly title?: string
  readonly summary?: string
  /** How long the lesson takes. */
  readonly minutes?: number
  /** `docker`, `kubectl`, `cc`. */
  readonly needs: readonly string[]
  /** What the real engines will hold after it: `container/alp1`. */
  readonly creates: readonly string[]
  readonly objectives: readonly string[]
  /** All keys, known or not, as plain data. */
  readonly data: Readonly<Record<string, unknown>>
  readonly problems: readonly Diagnostic[]
}

export const noFrontMatter: FrontMatter = { needs: [], creates: [], objectives: [], data: {}, problems: [] }

const tools = ['docker', 'kubectl', 'crictl', 'cc']

/** How a key's value is checked; texts say what is expected. */
const keys: Readonly<Record<string, { readonly expected: string; fits(value: unknown): boolean }>> = {
  title: { expected: 'text', fits: isText },
  summary: { expected: 'text', fits: isText },
  minutes: { expected: 'a number of minutes', fits: (value) => typeof value === 'number' && value > 0 },
  needs: {
    expected: `a list of ${tools.join(', ')}`,
    fits: (value) => isTexts(value) && value.every((tool) => tools.includes(tool)),
  },
  creates: {
    expected: 'a list of kind/name, such as container/alp1',
    fits: (value) => isTexts(value) && value.every((made) => /^[a-z]+\/[^/\s]+$/.test(made)),
  },
  objectives: { expected: 'a list of texts', fits: isTexts },
}

/**
 * Where front matter ends.
 *
 * @param lineAt the text of line `n`, from 0, or `undefined` behind the last
 * @returns the number of its lines, 0 if there is none, -1 if it is not closed
 */
export function frontMatterLines(lineAt: (line: number) => string | undefined): number {
  if (!/^---[ \t]*$/.test(lineAt(0) ?? '')) return 0
  for (let line = 1; ; line += 1) {
    const text = lineAt(line)
    if (text === undefined) break
    if (/^(?:---|\.\.\.)[ \t]*$/.test(text)) return line + 1
  }
  // A file may as well start with a thematic break; only what looks like a key makes it front matter.
  return /^[A-Za-z][\w-]*:(?:[ \t]|$)/.test(lineAt(1) ?? '') ? -1 : 0
}

/** Reads front matter. Never fails: what is broken is a problem, and the rest holds. */
export function readFrontMatter(segment: FrontMatterSegment): FrontMatter {
  const yaml = withoutLastLineEnd(withLf(segment.source)).split('\n').slice(1, -1).join('\n')
  // Line 1 of the YAML is the line behind the opening `---`.
  const offset = segment.line
  const { data, root, errors } = parseYaml(yaml)
  const problems: Diagnostic[] = errors.map(({ line, column, found }) => {
    return { code: 'front-matter-yaml', severity: 'error', line: offset + line, column, found }
  })
  if (!data) {
    if (errors.length === 0 && root !== null) {
      const place = { line: offset + 1, column: 1, found: 'text', expected: 'keys and values' }
      problems.push({ code: 'front-matter-value', severity: 'error', ...place })
    }
    return { ...noFrontMatter, problems }
  }
  const good: Record<string, unknown> = {}
  for (const [key, row] of Object.entries(keys)) {
    const value = data[key]
    if (value === undefined) continue
    if (row.fits(value)) {
      good[key] = value
      continue
    }
    const place = keyPlace(root, key, yaml)
    problems.push({
      code: 'front-matter-value',
      severity: 'error',
      line: offset + place.line,
      column: place.column,
      found: key,
      expected: row.expected,
    })
  }
  return { ...noFrontMatter, ...good, data, problems }
}

export interface YamlProblem {
  /** Both from 1, within the YAML. */
  readonly line: number
  readonly column: number
  readonly found: string
}

/** Parses a YAML mapping. The library's first error, also one that it throws, comes back as a record; more only follow from it. */
export function parseYaml(text: string): {
  readonly data: Readonly<Record<string, unknown>> | undefined
  readonly root: unknown
  readonly errors: readonly YamlProblem[]
} {
  try {
    const document = parseDocument(text, { prettyErrors: false, logLevel: 'silent' })
    const [error] = document.errors
    const root = document.contents
    if (error) return { data: undefined, root, errors: [{ ...placeAt(text, error.pos[0]), found: error.message }] }
    if (!isMap(root)) return { data: undefined, root, errors: [] }
    const data: unknown = document.toJS({ maxAliasCount: 100 })
    return { data: data as Readonly<Record<string, unknown>>, root, errors: [] }
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error)
    return { data: undefined, root: undefined, errors: [{ line: 1, column: 1, found }] }
  }
}

/** Where a key stands in a parsed mapping, both from 1. */
export function keyPlace(root: unknown, key: string, yaml: string): { line: number; column: number } {
  const pair = isMap(root) ? root.items.find((item) => String(item.key) === key) : undefined
  const start = (pair?.key as { range?: readonly number[] } | undefined)?.range?.[0]
  return placeAt(yaml, start ?? 0)
}

function placeAt(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 }
}

export function isText(value: unknown): value is string {
  return typeof value === 'string'
}

export function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isText)
}
