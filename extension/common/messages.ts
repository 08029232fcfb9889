// Messages between the renderers, which run in the notebook's web view, and the extension. Both sides validate what comes.

import type { LessonWords } from './lesson-data.ts'
import type { RunFacts } from './output-data.ts'

export const outputRendererId = 'pause-lab.output'
export const markdownRendererId = 'pause-lab.markdown'

/** From the output renderer. */
export interface OpenAllMessage {
  type: 'open-all'
  key: string
}

/** From the markdown renderer. `option` counts from 1, as `right` does in the lesson. */
export interface AnswerMessage {
  type: 'answer'
  quiz: string
  option: number
}

/** From the markdown renderer, when it starts: it knows no answers yet. */
export interface AnswersWantedMessage {
  type: 'answers-wanted'
}

/** From the markdown renderer: a hint was unfolded. */
export interface HintReadMessage {
  type: 'hint-read'
  check: string
  /** Its place among the hints of its check, from 1. */
  number: number
}

/** From the markdown renderer: a solution is to stand in a cell of its own. */
export interface PutSolutionMessage {
  type: 'put-solution'
  /** The name of the check. */
  check: string
}

/** From the output renderer, when it starts: it knows nothing of the runs yet. */
export interface FactsWantedMessage {
  type: 'facts-wanted'
}

/** To the output renderer: what became known of runs, by their names. */
export interface FactsMessage {
  type: 'facts'
  runs: Readonly<Record<string, RunFacts>>
}

/** To the markdown renderer: all answers of the notebook, whenever one changes, and the words to draw them with. */
export interface AnswersMessage {
  type: 'answers'
  answers: Readonly<Record<string, QuizAnswer>>
  /** How many hints of each check were read. */
  hints: Readonly<Record<string, number>>
  words: LessonWords
}

export interface QuizAnswer {
  /** Counted from 1. */
  option: number
  /** A prediction cannot change any more, its cell has run; a recall question is answered once. */
  locked: boolean
  /** Whether the learner may see which option is right, and why. */
  revealed: boolean
}

export type ToExtension =
  | OpenAllMessage
  | AnswerMessage
  | AnswersWantedMessage
  | FactsWantedMessage
  | HintReadMessage
  | PutSolutionMessage

/** Reads a message that came from a web view; undefined when it is none of ours. */
export function readMessage(message: unknown): ToExtension | undefined {
  if (typeof message !== 'object' || message === null || !('type' in message)) return undefined
  const { type } = message
  if (type === 'answers-wanted' || type === 'facts-wanted') return { type }
  if (type === 'put-solution' && 'check' in message && typeof message.check === 'string') {
    return { type, check: message.check }
  }
  if (
    type === 'hint-read' &&
    'check' in message &&
    typeof message.check === 'string' &&
    'number' in message &&
    Number.isInteger(message.number)
  ) {
    return { type, check: message.check, number: Number(message.number) }
  }
  if (message.type === 'open-all' && 'key' in message && typeof message.key === 'string') {
    return { type: 'open-all', key: message.key }
  }
  if (
    message.type === 'answer' &&
    'quiz' in message &&
    typeof message.quiz === 'string' &&
    'option' in message &&
    Number.isInteger(message.option)
  ) {
    return { type: 'answer', quiz: message.quiz, option: Number(message.option) }
  }
  return undefined
}

/** Reads what the extension sent to the markdown renderer. Only the extension can send there, so its shape is known. */
export function readAnswers(message: unknown): Omit<AnswersMessage, 'type'> | undefined {
  if (typeof message !== 'object' || message === null || !('type' in message) || message.type !== 'answers') {
    return undefined
  }
  const { answers, hints, words } = message as AnswersMessage
  return { answers, hints, words }
}

/** Reads what the extension sent to the output renderer. */
export function readFacts(message: unknown): FactsMessage['runs'] | undefined {
  if (typeof message !== 'object' || message === null || !('type' in message) || message.type !== 'facts') {
    return undefined
  }
  return (message as FactsMessage).runs
}
