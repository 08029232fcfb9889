// Gives each lesson the simulated machine as its kernel, unless the learner has chosen one. VS Code by itself selects
// none of two kernels, whatever their affinity says, and would ask on the first run.

import * as vscode from 'vscode'
import { notebookType } from './notebook-type.ts'

export class KernelSelection implements vscode.Disposable {
  readonly #controllerId: string
  readonly #extensionId: string
  readonly #chosen = new WeakSet<vscode.NotebookDocument>()
  readonly #listeners: vscode.Disposable[]

  constructor(extensionId: string, controllerId: string) {
    this.#extensionId = extensionId
    this.#controllerId = controllerId
    this.#listeners = [vscode.window.onDidChangeActiveNotebookEditor((editor) => this.#later(editor))]
    this.#later(vscode.window.activeNotebookEditor)
  }

  /** Tells of every kernel of ours that a notebook gets, by the learner's hand or by VS Code's memory. */
  watch(controller: vscode.NotebookController): void {
    this.#listeners.push(
      controller.onDidChangeSelectedNotebooks(({ notebook, selected }) => {
        if (selected) this.#chosen.add(notebook)
      }),
    )
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose()
  }

  /** VS Code tells of a remembered kernel right after the notebook shows; only then is it known that there is none. */
  #later(editor: vscode.NotebookEditor | undefined): void {
    if (editor?.notebook.notebookType !== notebookType) return
    setTimeout(() => void this.#select(editor), 0)
  }

  async #select(editor: vscode.NotebookEditor): Promise<void> {
    if (this.#chosen.has(editor.notebook) || vscode.window.activeNotebookEditor !== editor) return
    this.#chosen.add(editor.notebook)
    await vscode.commands.executeCommand('notebook.selectKernel', {
      id: this.#controllerId,
      extension: this.#extensionId,
    })
  }
}
