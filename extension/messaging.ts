// Talking with the renderers: answers to questions come in and go out, "open all" opens an output in an editor.

import * as vscode from 'vscode'
import type { Checks } from './checks.ts'
import {
  type AnswersMessage,
  type FactsMessage,
  markdownRendererId,
  outputRendererId,
  readMessage,
} from './common/messages.ts'
import type { FullOutputs } from './full-outputs.ts'
import type { Questions } from './questions.ts'
import type { RunFactsStore } from './run-facts.ts'
import { lessonWords } from './words.ts'

interface Services {
  questions: Questions
  checks: Checks
  facts: RunFactsStore
  fullOutputs: FullOutputs
}

/** Connects both renderers; dispose of it with the extension. */
export function connectRenderers({ questions, checks, facts, fullOutputs }: Services): vscode.Disposable {
  const output = vscode.notebooks.createRendererMessaging(outputRendererId)
  const markdown = vscode.notebooks.createRendererMessaging(markdownRendererId)
  const tell = ({ notebook }: vscode.NotebookEditor): AnswersMessage => ({
    type: 'answers',
    answers: questions.answersOf(notebook),
    hints: checks.hintsRead(notebook),
    words: lessonWords(),
  })
  const tellFacts = ({ notebook }: vscode.NotebookEditor): FactsMessage => ({ type: 'facts', runs: facts.of(notebook) })
  return vscode.Disposable.from(
    output.onDidReceiveMessage(({ editor, message }) => {
      const request = readMessage(message)
      if (request?.type === 'facts-wanted') void output.postMessage(tellFacts(editor), editor)
      if (request?.type === 'open-all') void fullOutputs.open(request.key)
    }),
    markdown.onDidReceiveMessage(({ editor, message }) => {
      const request = readMessage(message)
      if (request?.type === 'answers-wanted') void markdown.postMessage(tell(editor), editor)
      if (request?.type === 'answer') void questions.answer(editor.notebook, request.quiz, request.option)
      if (request?.type === 'hint-read') checks.noteHint(editor.notebook, request.check, request.number)
      if (request?.type === 'put-solution') void checks.putSolutionOf(editor.notebook, request.check)
    }),
    questions.onDidChange((notebook) => {
      for (const editor of editorsOf(notebook)) void markdown.postMessage(tell(editor), editor)
    }),
    checks.onDidChange((notebook) => {
      for (const editor of editorsOf(notebook)) void markdown.postMessage(tell(editor), editor)
    }),
    facts.onDidChange((notebook) => {
      for (const editor of editorsOf(notebook)) void output.postMessage(tellFacts(editor), editor)
    }),
  )
}

function editorsOf(notebook: vscode.NotebookDocument): readonly vscode.NotebookEditor[] {
  return vscode.window.visibleNotebookEditors.filter((editor) => editor.notebook === notebook)
}
