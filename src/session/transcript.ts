// A run of a lesson as text to read, and as plain data.
import type { Cell } from '../notebook/cell.ts'
import { excerptOf } from '../notebook/excerpt.ts'
import type { Lesson, Segment } from '../notebook/lesson.ts'
import type { Quiz } from '../notebook/quiz.ts'
import type { CellResult } from './result.ts'

/** What a transcript shows, in the order of the file: the text, the questions, and the cells that run. */
export type TranscriptPart =
  | { kind: 'text'; markdown: string }
  | { kind: 'question'; quiz: Quiz }
  | { kind: 'cell'; cell: Cell }

/**
 * The parts of a lesson up to and including the last cell that runs; behind the lesson's last one the rest of the text.
 * @param cells the cells that run, as `LessonSession.cellsUntil` gives them
 */
export function transcriptParts(lesson: Lesson, cells: readonly Cell[]): TranscriptPart[] {
  const names = new Set(cells.map((cell) => cell.name))
  const last = lesson.segments.findLastIndex((segment) => segment.kind === 'cell' && names.has(segment.name))
  const isWhole = !lesson.cells.some((cell) => lesson.segments.indexOf(cell) > last && isShown(cell))
  const end = isWhole ? lesson.segments.length : last + 1
  const parts: TranscriptPart[] = []
  for (const part of lesson.segments.slice(0, end).flatMap((segment) => partOf(segment, names))) {
    const previous = parts.at(-1)
    // A block and the list of its notes are one text.
    if (part.kind === 'text' && previous?.kind === 'text') {
      parts[parts.length - 1] = { kind: 'text', markdown: `${previous.markdown}\n\n${part.markdown}` }
    } else parts.push(part)
  }
  return parts
}

function isShown(cell: Cell): boolean {
  return !cell.attributes.check && cell.attributes.solution === undefined
}

function partOf(segment: Segment, names: ReadonlySet<string>): TranscriptPart[] {
  if (segment.kind === 'cell') return names.has(segment.name) ? [{ kind: 'cell', cell: segment }] : []
  if (segment.kind === 'quiz') return segment.question ? [{ kind: 'question', quiz: segment }] : []
  if (segment.kind === 'markdown') return [{ kind: 'text', markdown: segment.source.trimEnd() }]
  if (segment.kind === 'source') return [{ kind: 'text', markdown: segment.source.trimEnd() }]
  if (segment.kind === 'listing') {
    // What was recorded has made way for what came, but its notes need the lines that they explain.
    const markdown = excerptOf(segment)
    return markdown === undefined ? [] : [{ kind: 'text', markdown }]
  }
  return []
}

/** A cell's script as typed at a prompt; a file cell as what it does. */
export function promptLines(cell: Pick<Cell, 'script' | 'attributes'>): string[] {
  const lines = cell.script.split('\n')
  const { file } = cell.attributes
  if (file !== undefined) return [`$ cat > ${file}`, ...lines]
  return lines.map((line, index) => (index === 0 ? `$ ${line}` : `> ${line}`))
}

/** A cell's result as plain data, with the fields that a recording of an engine has too. */
export interface TranscriptRecord {
  cell: string
  script: string
  stdout: string
  stderr: string
  exitCode: number
  ok: boolean
  status: CellResult['status']
  durationMs: number
  listing?: 'matches' | 'differs'
}

export function transcriptRecord(cell: Pick<Cell, 'script'>, result: CellResult): TranscriptRecord {
  const { stdout, stderr, exitCode, ok, status, durationMs, listing } = result
  return {
    cell: result.cell,
    script: `${cell.script}\n`,
    stdout,
    stderr,
    exitCode,
    ok,
    status,
    durationMs: Math.round(durationMs),
    ...(listing ? { listing: listing.matches ? 'matches' : 'differs' } : {}),
  }
}
