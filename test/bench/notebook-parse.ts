// How long reading a lesson takes against markdown-it alone, on 1 MB of lessons.
import { readFileSync } from 'node:fs'
import MarkdownIt from 'markdown-it'
import { readLesson } from '../../src/notebook/lesson.ts'

// From the root of the checkout, where npm scripts run: the benchmarks are bundled elsewhere.
const sample = 'test/notebook/fixtures/00-who-buries-the-dead.en.lab.md'
const runs = 30

/** Both take turns, and the median of the ratios counts, so that both sides meet the same machine. */
export async function notebookParseRatio(): Promise<{
  name: 'notebook_parse_ratio'
  value: number
  unit: 'ratio'
  limit: 1.3
}> {
  const lesson = readFileSync(sample, 'utf8')
  const text = lesson.repeat(Math.ceil(1_000_000 / lesson.length))
  const bytes = new TextEncoder().encode(text)
  const markdown = new MarkdownIt({ html: true })
  const own: number[] = []
  const alone: number[] = []
  for (let run = 0; run < runs; run += 1) {
    // Each meets the other's garbage as often as its own.
    const first = run % 2 === 0
    if (first) alone.push(milliseconds(() => markdown.parse(text, {})))
    own.push(milliseconds(() => readLesson(bytes)))
    if (!first) alone.push(milliseconds(() => markdown.parse(text, {})))
  }
  return {
    name: 'notebook_parse_ratio',
    value: median(own.map((value, run) => value / (alone[run] ?? Number.NaN))),
    unit: 'ratio',
    limit: 1.3,
  }
}

function milliseconds(work: () => unknown): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
