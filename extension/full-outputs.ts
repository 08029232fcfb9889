// Read-only documents with the whole of an output that is too long for the notebook.

import * as vscode from 'vscode'
import type { OutputLog } from './common/output-log.ts'
import { terminalText } from './common/terminal-screen.ts'

export const fullOutputScheme = 'pause-lab-output'

export class FullOutputs implements vscode.TextDocumentContentProvider {
  readonly #logs = new Map<string, OutputLog>()

  /** Keeps a cell's newest output; the one before it goes. Returns the key to open it by. */
  keep(cell: vscode.NotebookCell, log: OutputLog): string {
    const key = cell.document.uri.toString()
    this.#logs.set(key, log)
    return key
  }

  /** Drops what a closed notebook has left. */
  forget(notebook: vscode.NotebookDocument): void {
    for (const cell of notebook.getCells()) this.#logs.delete(cell.document.uri.toString())
  }

  async open(key: string): Promise<void> {
    if (!this.#logs.has(key)) return
    const name = vscode.Uri.parse(key).path.split('/').at(-1) ?? 'output'
    // The query holds the key, the fragment makes a later opening a new document with newer text.
    const uri = vscode.Uri.from({
      scheme: fullOutputScheme,
      path: `/${name}.output.txt`,
      query: key,
      fragment: String(this.#logs.get(key)?.units ?? 0),
    })
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true })
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return terminalText(this.#logs.get(uri.query)?.all() ?? [])
  }
}
