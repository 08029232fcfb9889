// Messages between the renderers, which run in the notebook's web view, and the extension. Both sides validate what comes.

import type { LessonWords } from './lesson-data.ts'

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

/** To the markdown renderer: all answers of the notebook, whenever one changes, and the words to draw them with. */
export interface AnswersMessage {
  type: 'answers'
  answers: Readonly<Record<string, QuizAnswer>>
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

export type ToExtension = OpenAllMessage | AnswerMessage | AnswersWantedMessage

/** Reads a message that came from a web view; undefined when it is none of ours. */
export function readMessage(message: unknown): ToExtension | undefined {
  if (typeof message !== 'object' || message === null || !('type' in message)) return undefined
  if (message.type === 'answers-wanted') return { type: 'answers-wanted' }
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
export function readAnswers(message: unknown): Pick<AnswersMessage, 'answers' | 'words'> | undefined {
  if (typeof message !== 'object' || message === null || !('type' in message) || message.type !== 'answers') {
    return undefined
  }
  const { answers, words } = message as AnswersMessage
  return { answers, words }
}
