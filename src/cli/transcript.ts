// Prints a lesson's run as a text to read: what the lesson says, what was typed, what came.
import type { Quiz } from '../notebook/quiz.ts'
import { describeOutcome, type Language } from '../session/messages.ts'
import type { CellResult } from '../session/result.ts'
import type { LessonSession } from '../session/session.ts'
import { transcriptParts, transcriptRecord, type TranscriptRecord } from '../session/transcript.ts'
import type { CellIo } from '../session/capture.ts'
import type { CliIo } from './io.ts'
import { typedLines } from './listing-text.ts'
import { renderMarkdown } from './markdown-text.ts'
import { styleOf } from './style.ts'
import { wrapText } from './wrap.ts'

export interface TranscriptOptions {
  until?: string
  language: Language
}

/** Runs the lesson and prints all of it. @returns whether every cell went well */
export async function printTranscript(session: LessonSession, io: CliIo, options: TranscriptOptions): Promise<boolean> {
  const style = styleOf(io)
  let hasNotes = false
  for (const part of transcriptParts(session.lesson, session.cellsUntil(options.until))) {
    if (part.kind === 'text') io.write(`${renderMarkdown(part.markdown, style, io.columns, hasNotes)}\n\n`)
    else if (part.kind === 'question') printQuestion(part.quiz, io)
    else {
      for (const line of typedLines(part.cell, style)) io.write(`${line}\n`)
      const output = new OutputWriter(io)
      const result = await session.runCell(part.cell.name, output)
      output.endLine()
      printOutcome(result, io, options.language)
      for (const quiz of session.questionsBefore(part.cell.name)) printAnswer(quiz, io, options.language)
      io.write('\n')
      if (!result.ok) return false
    }
    hasNotes = part.kind === 'cell' && part.cell.notes.notes.length > 0
  }
  return true
}

/** Runs the lesson and gives its records. */
export async function recordTranscript(session: LessonSession, until: string | undefined): Promise<TranscriptRecord[]> {
  const records: TranscriptRecord[] = []
  for (const cell of session.cellsUntil(until)) {
    const result = await session.runCell(cell.name)
    records.push({ ...transcriptRecord(cell, result), ...(result.refusal ? { refusal: result.refusal } : {}) })
    if (!result.ok) break
  }
  return records
}

/** Writes a cell's output as it comes, and knows whether a line is left open. */
export class OutputWriter implements CellIo {
  private readonly io: CliIo
  private lastByte = 0x0a

  constructor(io: CliIo) {
    this.io = io
  }

  stdout(chunk: Uint8Array): void {
    this.lastByte = chunk.at(-1) ?? this.lastByte
    this.io.write(chunk)
  }

  /** A transcript is one text: what came on descriptor 2 stands where it came. */
  stderr(chunk: Uint8Array): void {
    this.stdout(chunk)
  }

  endLine(): void {
    if (this.lastByte !== 0x0a) this.io.write('\n')
    this.lastByte = 0x0a
  }
}

/** How a cell ended, if there is anything to say, and what the machine has to tell. */
export function printOutcome(result: CellResult, io: CliIo, language: Language): void {
  const style = styleOf(io)
  const outcome = describeOutcome(result, language)
  const paint = result.ok ? style.dim : style.red
  if (outcome !== '') for (const line of wrapText(`[${outcome}]`, io.columns)) io.write(`${paint(line)}\n`)
  for (const hint of result.hints) for (const line of wrapText(hint, io.columns)) io.write(`${style.yellow(line)}\n`)
}

export function printQuestion(quiz: Quiz, io: CliIo): void {
  const style = styleOf(io)
  if (!quiz.question) return
  io.write(`${style.bold('?')} ${renderMarkdown(quiz.question.ask, style, io.columns - 2)}\n`)
  for (const [index, option] of quiz.question.options.entries()) {
    io.write(`  ${style.bold(String(index + 1))} ${renderMarkdown(option, style, io.columns - 4)}\n`)
  }
  io.write('\n')
}

const answerWord: Readonly<Record<Language, string>> = { en: 'Answer:', ru: 'Ответ:' }

/** The right options of a question, and why. */
export function printAnswer(quiz: Quiz, io: CliIo, language: Language): void {
  const style = styleOf(io)
  if (!quiz.question) return
  const { options, right, why } = quiz.question
  const answer = right.map((number) => `${number}, ${options[number - 1] ?? ''}`).join('; ')
  io.write(`${renderMarkdown(`${answerWord[language]} ${answer}. ${why}`, style, io.columns)}\n`)
}
