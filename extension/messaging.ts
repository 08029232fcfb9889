// Talking with the renderers: answers to questions come in and go out, "open all" opens an output in an editor.

import * as vscode from 'vscode'
import { markdownRendererId, outputRendererId, readMessage } from './common/messages.ts'
import type { FullOutputs } from './full-outputs.ts'
import type { Questions } from './questions.ts'
import { lessonWords } from './words.ts'

/** Connects both renderers; dispose of it with the extension. */
export function connectRenderers(questions: Questions, fullOutputs: FullOutputs): vscode.Disposable {
  const output = vscode.notebooks.createRendererMessaging(outputRendererId)
  const markdown = vscode.notebooks.createRendererMessaging(markdownRendererId)
  const tell = (editor: vscode.NotebookEditor) =>
    markdown.postMessage(
      { type: 'answers', answers: questions.answersOf(editor.notebook), words: lessonWords() },
      editor,
    )
  return vscode.Disposable.from(
    output.onDidReceiveMessage(({ message }) => {
      const request = readMessage(message)
      if (request?.type === 'open-all') void fullOutputs.open(request.key)
    }),
    markdown.onDidReceiveMessage(({ editor, message }) => {
      const request = readMessage(message)
      if (request?.type === 'answers-wanted') void tell(editor)
      if (request?.type === 'answer') void questions.answer(editor.notebook, request.quiz, request.option)
    }),
    questions.onDidChange((notebook) => {
      for (const editor of vscode.window.visibleNotebookEditors) {
        if (editor.notebook === notebook) void tell(editor)
      }
    }),
  )
}
