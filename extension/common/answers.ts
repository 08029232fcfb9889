// The learner's answers to a lesson's questions: kept from one day to the next, locked once the cell has run.

import type { QuizAnswer } from './messages.ts'

/** Where answers are kept: VS Code's Memento has this shape. */
export interface AnswerStore {
  get(key: string): unknown
  update(key: string, value: unknown): PromiseLike<void>
}

/** A question as far as answering it goes. */
export interface Answerable {
  name: string
  /** The cell before which it asks for a prediction. */
  before?: string
  /** How many options there are. */
  options: number
}

type Kept = Record<string, { option: number; locked: boolean }>

export class Answers {
  readonly #store: AnswerStore

  constructor(store: AnswerStore) {
    this.#store = store
  }

  /** All answers of one lesson, by the question's name. A prediction's right option is hidden until its cell has run. */
  of(lesson: string): Record<string, QuizAnswer> {
    const answers = Object.entries(this.#read(lesson))
    return Object.fromEntries(
      answers.map(([name, { option, locked }]): [string, QuizAnswer] => [name, { option, locked, revealed: locked }]),
    )
  }

  /**
   * Notes an answer, if it can still be given.
   *
   * @param option counted from 1
   * @returns whether it was noted
   */
  async give(lesson: string, question: Answerable, option: number): Promise<boolean> {
    const kept = this.#read(lesson)
    if (kept[question.name]?.locked === true || option < 1 || option > question.options) return false
    // To recall has one try; a prediction may change until its cell runs.
    const locked = question.before === undefined
    await this.#store.update(keyOf(lesson), { ...kept, [question.name]: { option, locked } })
    return true
  }

  /** A cell runs now: what was predicted about it stands from here on. */
  async lock(lesson: string, questions: readonly Answerable[], cell: string): Promise<void> {
    const kept = { ...this.#read(lesson) }
    for (const { name, before } of questions) {
      const answer = kept[name]
      if (before === cell && answer !== undefined) kept[name] = { ...answer, locked: true }
    }
    await this.#store.update(keyOf(lesson), kept)
  }

  async forget(lesson: string): Promise<void> {
    await this.#store.update(keyOf(lesson), undefined)
  }

  #read(lesson: string): Kept {
    const kept = this.#store.get(keyOf(lesson))
    return typeof kept === 'object' && kept !== null ? (kept as Kept) : {}
  }
}

function keyOf(lesson: string): string {
  return `answers ${lesson}`
}
