// What became known of runs after they were drawn, for the output renderer and the status bar: stale, and whose is what.

import * as vscode from 'vscode'
import type { RunFacts } from './common/output-data.ts'

export class RunFactsStore {
  readonly #known = new Map<vscode.NotebookDocument, Map<string, RunFacts>>()
  readonly #changed = new vscode.EventEmitter<vscode.NotebookDocument>()
  readonly onDidChange = this.#changed.event

  /** All that is known of a notebook's runs, by the run's name. */
  of(notebook: vscode.NotebookDocument): Readonly<Record<string, RunFacts>> {
    return Object.fromEntries(this.#known.get(notebook) ?? [])
  }

  get(notebook: vscode.NotebookDocument, run: string): RunFacts {
    return this.#known.get(notebook)?.get(run) ?? {}
  }

  /** Notes why runs are stale, all of a notebook at once; undefined for one that is not. */
  setStale(notebook: vscode.NotebookDocument, reasons: ReadonlyMap<string, string | undefined>): void {
    let isChanged = false
    for (const [run, stale] of reasons) {
      const { stale: before, ...rest } = this.get(notebook, run)
      if (before === stale) continue
      this.#set(notebook, run, stale === undefined ? rest : { ...rest, stale })
      isChanged = true
    }
    if (isChanged) this.#changed.fire(notebook)
  }

  setOwners(notebook: vscode.NotebookDocument, run: string, owners: Readonly<Record<string, string>>): void {
    this.#set(notebook, run, { ...this.get(notebook, run), owners })
    this.#changed.fire(notebook)
  }

  /** A run that nothing shows any more. */
  drop(notebook: vscode.NotebookDocument, run: string): void {
    this.#known.get(notebook)?.delete(run)
  }

  forget(notebook: vscode.NotebookDocument): void {
    this.#known.delete(notebook)
  }

  #set(notebook: vscode.NotebookDocument, run: string, facts: RunFacts): void {
    const runs = this.#known.get(notebook) ?? new Map<string, RunFacts>()
    this.#known.set(notebook, runs.set(run, facts))
  }
}
