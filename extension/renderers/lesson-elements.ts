// The elements that stand in markdown cells for a lesson's head, its questions, its hints and its solutions. Their data comes as JSON in
// one attribute, and what they show are text nodes. They draw themselves anew when answers or words arrive.

import type { HintData, LessonHead, LessonWords, QuizData, SolutionData } from '../common/lesson-data.ts'
import type { QuizAnswer } from '../common/messages.ts'
import { child } from './dom.ts'
import { markdownStyles } from './markdown-styles.ts'

/** What all elements of one notebook share. */
export interface LessonState {
  words: LessonWords | undefined
  answers: Readonly<Record<string, QuizAnswer>>
  /** How many hints of each check were read. */
  hints: Readonly<Record<string, number>>
  answer(quiz: string, option: number): void
  readHint(check: string, number: number): void
  putSolution(check: string): void
}

const shown = new Set<LessonElement>()
let state: LessonState = {
  words: undefined,
  answers: {},
  hints: {},
  answer: () => undefined,
  readHint: () => undefined,
  putSolution: () => undefined,
}

/** Sets what the elements know, and draws them anew. */
export function updateLesson(next: LessonState): void {
  state = next
  for (const element of shown) element.draw()
}

abstract class LessonElement extends HTMLElement {
  readonly #root = this.attachShadow({ mode: 'open' })

  connectedCallback(): void {
    shown.add(this)
    this.draw()
  }

  disconnectedCallback(): void {
    shown.delete(this)
  }

  draw(): void {
    const { words } = state
    if (words === undefined) return
    const focused = this.#root.activeElement?.id
    this.#root.replaceChildren()
    child(this.#root, 'style').textContent = markdownStyles
    this.fill(this.#root, JSON.parse(this.dataset['lesson'] ?? '{}'), words)
    if (focused !== undefined) this.#root.getElementById(focused)?.focus()
  }

  protected abstract fill(root: ShadowRoot, data: unknown, words: LessonWords): void
}

class LessonHeadElement extends LessonElement {
  protected override fill(root: ShadowRoot, head: LessonHead, words: LessonWords): void {
    const section = child(root, 'section', { 'aria-label': head.title })
    if (head.summary !== '') appendText(child(section, 'p'), head.summary)
    const needs = head.needs.length === 0 ? words.needsNothing : format(words.needs, head.needs.join(', '))
    const minutes = head.minutes === undefined ? [] : [format(words.minutes, String(head.minutes))]
    child(section, 'p').textContent = [...minutes, needs].join(' · ')
    if (head.objectives.length === 0) return
    child(section, 'p', { class: 'kind' }).textContent = words.objectives
    const list = child(section, 'ul')
    for (const objective of head.objectives) appendText(child(list, 'li'), objective)
  }
}

class QuizElement extends LessonElement {
  protected override fill(root: ShadowRoot, quiz: QuizData, words: LessonWords): void {
    const answer = state.answers[quiz.name]
    const fieldset = child(root, 'fieldset')
    child(fieldset, 'legend').textContent =
      quiz.before === undefined ? words.recall : format(words.predict, quiz.before)
    const ask = child(fieldset, 'p', { id: 'ask' })
    appendText(ask, quiz.ask)
    fieldset.setAttribute('aria-describedby', 'ask')
    quiz.options.forEach((option, i) => {
      const number = i + 1
      const label = child(fieldset, 'label')
      const input = child(label, 'input', { type: 'radio', name: quiz.name, id: `option-${number}` })
      input.checked = answer?.option === number
      input.disabled = answer?.locked === true
      input.addEventListener('change', () => state.answer(quiz.name, number))
      const text = child(label, 'span')
      appendText(text, option)
      if (answer?.revealed === true && quiz.right.includes(number)) {
        text.append(' ')
        child(text, 'span', { class: 'mark' }).textContent = `(${words.rightOption})`
      }
    })
    const status = child(fieldset, 'div', { role: 'status' })
    if (answer === undefined) return
    if (!answer.revealed) {
      child(status, 'p').textContent = format(answer.locked ? words.locked : words.open, quiz.before ?? '')
      return
    }
    const isRight = quiz.right.includes(answer.option)
    child(status, 'p', { class: 'verdict' }).textContent = isRight ? words.right : words.wrong
    appendText(child(status, 'p'), quiz.why)
  }
}

class HintElement extends LessonElement {
  protected override fill(root: ShadowRoot, hint: HintData, words: LessonWords): void {
    const read = state.hints[hint.check] ?? 0
    const details = child(root, 'details')
    details.open = hint.number <= read
    child(details, 'summary', { id: 'summary' }).textContent = format(
      words.hint,
      String(hint.number),
      String(hint.count),
    )
    for (const paragraph of hint.text.split(/\n{2,}/)) appendText(child(details, 'p'), paragraph)
    // The next hint is offered once this one was read.
    this.hidden = hint.number > read + 1
    details.addEventListener('toggle', () => {
      if (!details.open || hint.number <= (state.hints[hint.check] ?? 0)) return
      // The extension keeps it and tells all elements.
      state.readHint(hint.check, hint.number)
    })
  }
}

class SolutionElement extends LessonElement {
  protected override fill(root: ShadowRoot, solution: SolutionData, words: LessonWords): void {
    const details = child(root, 'details')
    child(details, 'summary', { id: 'summary' }).textContent = words.solution
    child(details, 'pre', { tabindex: '0' }).textContent = solution.code
    const button = child(details, 'button', { type: 'button', id: 'put' })
    button.textContent = words.putSolution
    button.addEventListener('click', () => state.putSolution(solution.check))
  }
}

export const lessonElements = {
  head: 'pause-lab-head',
  quiz: 'pause-lab-quiz',
  hint: 'pause-lab-hint',
  solution: 'pause-lab-solution',
} as const

export function defineLessonElements(): void {
  customElements.define(lessonElements.head, LessonHeadElement)
  customElements.define(lessonElements.quiz, QuizElement)
  customElements.define(lessonElements.hint, HintElement)
  customElements.define(lessonElements.solution, SolutionElement)
}

/** Text with `code` between backticks; nothing else of markdown is read. */
function appendText(parent: HTMLElement, text: string): void {
  text.split(/`([^`]+)`/).forEach((part, i) => {
    if (i % 2 === 1) child(parent, 'code').textContent = part
    else parent.append(part)
  })
}

function format(sentence: string, ...values: readonly string[]): string {
  return sentence.replaceAll(/\{(\d)\}/g, (_, index) => values[Number(index)] ?? '')
}
