// Read-only documents of our own making, shown as VS Code shows markdown.

import * as vscode from 'vscode'

export const textDocumentScheme = 'pause-lab-text'

export class TextDocuments implements vscode.TextDocumentContentProvider {
  readonly #texts = new Map<string, string>()
  readonly #changed = new vscode.EventEmitter<vscode.Uri>()
  readonly onDidChange = this.#changed.event

  /** Shows a markdown text, drawn; a later one under the same name takes its place. */
  async showPreview(name: string, markdown: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme: textDocumentScheme, path: `/${name}` })
    this.#texts.set(uri.path, markdown)
    this.#changed.fire(uri)
    await vscode.commands.executeCommand('markdown.showPreview', uri)
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.path) ?? ''
  }
}
