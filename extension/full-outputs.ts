// Read-only documents with the whole of an output that is too long for the notebook.

import * as vscode from 'vscode'
import type { OutputLog } from './common/output-log.ts'
import { terminalText } from './common/terminal-screen.ts'

export const fullOutputScheme = 'pause-lab-output'

export class FullOutputs implements vscode.TextDocumentContentProvider {
  readonly #logs = new Map<string, { name: string; log: OutputLog }>()

  /** Keeps a cell's newest output; the one before it goes. Returns the key to open it by. */
  keep(cell: vscode.NotebookCell, name: string, log: OutputLog): string {
    const key = cell.document.uri.toString()
    this.#logs.set(key, { name, log })
    return key
  }

  /** Drops what a closed notebook has left. */
  forget(notebook: vscode.NotebookDocument): void {
    for (const cell of notebook.getCells()) this.#logs.delete(cell.document.uri.toString())
  }

  async open(key: string): Promise<void> {
    const kept = this.#logs.get(key)
    if (kept === undefined) return
    // The query holds the key, the fragment makes a later opening a new document with newer text.
    const uri = vscode.Uri.from({
      scheme: fullOutputScheme,
      path: `/${kept.name}.output.txt`,
      query: key,
      fragment: String(kept.log.units),
    })
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true })
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return terminalText(this.#logs.get(uri.query)?.log.all() ?? [])
  }
}
