// The questions of the open lessons: what was answered, and the ways to answer without a mouse.

import * as vscode from 'vscode'
import type { Quiz } from '../src/notebook/quiz.ts'
import type { LessonSession } from '../src/session/session.ts'
import type { Answerable, Answers } from './common/answers.ts'
import type { QuizAnswer } from './common/messages.ts'
import { readNotebook } from './notebook-lesson.ts'

/** A question whose YAML is right, with what answering needs. */
interface Asked {
  name: string
  ask: string
  options: readonly string[]
  quiz: Quiz
}

export class Questions {
  readonly #answers: Answers
  readonly #changed = new vscode.EventEmitter<vscode.NotebookDocument>()
  readonly onDidChange = this.#changed.event

  constructor(answers: Answers) {
    this.#answers = answers
  }

  answersOf(notebook: vscode.NotebookDocument): Readonly<Record<string, QuizAnswer>> {
    return this.#answers.of(notebook.uri.toString())
  }

  /** The questions that ask for a prediction of this cell. */
  async before(notebook: vscode.NotebookDocument, cell: string): Promise<Asked[]> {
    return (await allOf(notebook)).filter(({ quiz }) => quiz.before === cell)
  }

  /** Notes an answer that was chosen in the text. */
  async answer(notebook: vscode.NotebookDocument, name: string, option: number): Promise<void> {
    const asked = (await allOf(notebook)).find((question) => question.name === name)
    if (asked === undefined) return
    await this.#answers.give(notebook.uri.toString(), answerable(asked), option)
    this.#changed.fire(notebook)
  }

  /** Asks in a quick pick: the way by keyboard from the cell itself. */
  async ask(cell: vscode.NotebookCell): Promise<void> {
    const name = (await readNotebook(cell.notebook)).cellAt(cell.index)?.name
    if (name === undefined) return
    for (const asked of await this.before(cell.notebook, name)) {
      const options = asked.options.map((label, i) => ({ label: label.replaceAll('`', ''), option: i + 1 }))
      const chosen = await vscode.window.showQuickPick(options, {
        title: vscode.l10n.t('Before you run {0}', name),
        placeHolder: asked.ask.replaceAll('`', ''),
      })
      if (chosen !== undefined) await this.answer(cell.notebook, asked.name, chosen.option)
    }
  }

  /** The cell runs now: its predictions stand. The session gets them, so that the result tells how they were. */
  async beforeRun(notebook: vscode.NotebookDocument, session: LessonSession, cell: string): Promise<void> {
    const questions = await this.before(notebook, cell)
    const answers = this.answersOf(notebook)
    for (const { name, quiz } of questions) {
      const answer = answers[name]
      if (answer !== undefined) session.predict(quiz, answer.option)
    }
  }

  /** The cell has run: what was predicted is locked, and what is right may be seen. */
  async afterRun(notebook: vscode.NotebookDocument, cell: string): Promise<void> {
    const questions = await this.before(notebook, cell)
    await this.#answers.lock(notebook.uri.toString(), questions.map(answerable), cell)
    this.#changed.fire(notebook)
  }

  async forget(notebook: vscode.NotebookDocument): Promise<void> {
    await this.#answers.forget(notebook.uri.toString())
    this.#changed.fire(notebook)
  }
}

async function allOf(notebook: vscode.NotebookDocument): Promise<Asked[]> {
  const { lesson } = await readNotebook(notebook)
  return lesson.segments.flatMap((quiz): Asked[] => {
    if (quiz.kind !== 'quiz' || quiz.name === '' || quiz.question === undefined) return []
    return [{ name: quiz.name, ask: quiz.question.ask, options: quiz.question.options, quiz }]
  })
}

function answerable({ name, options, quiz }: Asked): Answerable {
  const base = { name, options: options.length }
  return quiz.before === undefined ? base : { ...base, before: quiz.before }
}
