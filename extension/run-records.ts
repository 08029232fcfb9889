// How the last run of each cell ended, and the numbers that stand beside it.

import * as vscode from 'vscode'
import type { CellResult } from '../src/session/result.ts'
import type { MachineKind } from './sessions.ts'

export interface RunRecord {
  readonly kind: MachineKind
  /** The cell as it was when it ran. */
  readonly name: string
  readonly script: string
  /** Names the run: its output carries the same name. */
  readonly run: string
  /** Absent when nothing ran. */
  readonly result: CellResult | undefined
  /** What VS Code shows of it. */
  readonly summary: vscode.NotebookCellExecutionSummary
  /** Whether its machine is still there, or has been made anew since. */
  readonly isOfThisMachine: boolean
}

export class RunRecords {
  readonly #records = new WeakMap<vscode.NotebookCell, RunRecord>()
  readonly #changed = new vscode.EventEmitter<vscode.NotebookDocument>()
  readonly onDidChange = this.#changed.event

  get(cell: vscode.NotebookCell): RunRecord | undefined {
    return this.#records.get(cell)
  }

  set(cell: vscode.NotebookCell, record: Omit<RunRecord, 'isOfThisMachine'>): void {
    this.#records.set(cell, { ...record, isOfThisMachine: true })
    this.#changed.fire(cell.notebook)
  }

  /** The notebook's machines are new ones: nothing has run on them. What is shown, is of the old ones. */
  restart(notebook: vscode.NotebookDocument): void {
    for (const cell of notebook.getCells()) {
      const record = this.#records.get(cell)
      if (record !== undefined) this.#records.set(cell, { ...record, isOfThisMachine: false })
    }
    this.#changed.fire(notebook)
  }
}
