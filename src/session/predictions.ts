// Guesses: kept until the cell that they are about runs, locked from then on, and shown beside its result.
import type { Lesson } from '../notebook/lesson.ts'
import type { Quiz } from '../notebook/quiz.ts'
import type { PredictionResult } from './result.ts'

export class Predictions {
  private readonly guesses = new Map<string, { option: number; isLocked: boolean }>()

  questionsBefore(lesson: Lesson, cell: string): readonly Quiz[] {
    return lesson.segments.filter((segment) => segment.kind === 'quiz').filter((quiz) => quiz.before === cell)
  }

  predict(quiz: Quiz, option: number): boolean {
    const isOption = quiz.question !== undefined && quiz.question.options[option - 1] !== undefined
    if (!isOption || this.guesses.get(keyOf(quiz))?.isLocked === true) return false
    this.guesses.set(keyOf(quiz), { option, isLocked: false })
    return true
  }

  get(quiz: Quiz): { option: number; isLocked: boolean } | undefined {
    return this.guesses.get(keyOf(quiz))
  }

  /** Locks the guesses about a cell that has run, and tells how they were. */
  resolve(lesson: Lesson, cell: string): PredictionResult[] {
    const results: PredictionResult[] = []
    for (const quiz of this.questionsBefore(lesson, cell)) {
      const guess = this.guesses.get(keyOf(quiz))
      if (!guess || !quiz.question) continue
      guess.isLocked = true
      const { ask, options, right, why } = quiz.question
      results.push({
        question: ask,
        chosen: options[guess.option - 1] ?? '',
        right: right.map((number) => options[number - 1] ?? ''),
        correct: right.includes(guess.option),
        why,
      })
    }
    return results
  }
}

/** A question without a name is known by what it asks. */
function keyOf(quiz: Quiz): string {
  return quiz.name === '' ? `${quiz.before ?? ''} ${quiz.text}` : quiz.name
}
