// What the markdown renderer draws in place of a lesson's own blocks.

/** From the front matter. */
export interface LessonHead {
  title: string
  summary: string
  minutes?: number
  needs: readonly string[]
  objectives: readonly string[]
}

export interface QuizData {
  name: string
  /** The cell before which it asks for a prediction; absent for a question that asks to recall. */
  before?: string
  ask: string
  options: readonly string[]
  /** Right options, counted from 1. */
  right: readonly number[]
  why: string
}

export interface HintData {
  text: string
  /** The check that it helps with. */
  check: string
  /** Place among the hints of its check, from 1, and how many there are. */
  number: number
  count: number
}

export interface SolutionData {
  code: string
  /** The check that it brings to green. */
  check: string
}

/** Sentences for all of these, in the learner's language; `{0}`, `{1}` stand for what is put in. */
export interface LessonWords {
  minutes: string
  needs: string
  needsNothing: string
  objectives: string
  predict: string
  recall: string
  open: string
  locked: string
  right: string
  wrong: string
  rightOption: string
  hint: string
  solution: string
  putSolution: string
}
