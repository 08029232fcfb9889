// What a learner has done of a lesson, as plain data that an editor or a file can keep.
import type { Lesson } from '../notebook/lesson.ts'
import type { CellResult } from './result.ts'

export interface Progress {
  /** Names of cells that went well at least once. */
  readonly done: readonly string[]
  /** Names of checks that were green at least once. */
  readonly checks: readonly string[]
  /** Guesses made, and how many of them were right. */
  readonly guesses: number
  readonly rightGuesses: number
}

export const noProgress: Progress = { done: [], checks: [], guesses: 0, rightGuesses: 0 }

/** Of all lessons, by name: `05-alp1-alp2`. It is stored as this JSON, by the editor and by whoever else keeps it. */
export type CourseProgress = Readonly<Record<string, Progress>>

/** What was stored; a lesson whose entry is not understood begins anew. */
export function readCourseProgress(stored: unknown): CourseProgress {
  if (typeof stored !== 'object' || stored === null) return {}
  return Object.fromEntries(Object.entries(stored).filter((entry): entry is [string, Progress] => isProgress(entry[1])))
}

function isProgress(value: unknown): value is Progress {
  if (typeof value !== 'object' || value === null) return false
  const { done, checks, guesses, rightGuesses } = value as Partial<Record<keyof Progress, unknown>>
  const isNames = (list: unknown): boolean => Array.isArray(list) && list.every((name) => typeof name === 'string')
  return isNames(done) && isNames(checks) && Number.isInteger(guesses) && Number.isInteger(rightGuesses)
}

/** Progress after one more result. A guess counts once, at the first run of its cell. */
export function withResult(progress: Progress, lesson: Lesson, result: CellResult): Progress {
  if (result.status === 'refused' || result.status === 'cancelled') return progress
  const isFirst = !progress.done.includes(result.cell)
  const isCheck = lesson.cells.some((cell) => cell.name === result.cell && cell.attributes.check)
  return {
    done: result.ok && isFirst ? [...progress.done, result.cell] : progress.done,
    checks: result.ok && isCheck && isFirst ? [...progress.checks, result.cell] : progress.checks,
    guesses: progress.guesses + (isFirst ? result.predictions.length : 0),
    rightGuesses: progress.rightGuesses + (isFirst ? result.predictions.filter((each) => each.correct).length : 0),
  }
}

/** How much of a lesson is done, from 0 to 1: its cells and checks, without solutions. A lesson without any is at 1. */
export function shareDone(progress: Progress, lesson: Lesson): number {
  const wanted = lesson.cells.filter((cell) => cell.attributes.solution === undefined)
  if (wanted.length === 0) return 1
  return wanted.filter((cell) => progress.done.includes(cell.name)).length / wanted.length
}
