// The status bar under each cell: how the last run ended, and an invitation to predict before it.

import * as vscode from 'vscode'
import type { CellResult } from '../src/session/result.ts'
import { readNotebook } from './notebook-lesson.ts'
import type { Questions } from './questions.ts'
import { duration, exitCode } from './words.ts'

/** How the last run of each cell ended. */
export class RunRecords {
  readonly #results = new WeakMap<vscode.NotebookCell, CellResult>()
  readonly #changed = new vscode.EventEmitter<void>()
  readonly onDidChange = this.#changed.event

  get(cell: vscode.NotebookCell): CellResult | undefined {
    return this.#results.get(cell)
  }

  set(cell: vscode.NotebookCell, result: CellResult | undefined): void {
    if (result === undefined || result.status === 'refused') this.#results.delete(cell)
    else this.#results.set(cell, result)
    this.#changed.fire()
  }

  /** The notebook's machines are new ones: nothing has run on them. */
  clear(notebook: vscode.NotebookDocument): void {
    for (const cell of notebook.getCells()) this.#results.delete(cell)
    this.#changed.fire()
  }
}

export class LessonStatusBar implements vscode.NotebookCellStatusBarItemProvider {
  readonly #records: RunRecords
  readonly #questions: Questions
  readonly #changed = new vscode.EventEmitter<void>()
  readonly onDidChangeCellStatusBarItems = this.#changed.event

  constructor(records: RunRecords, questions: Questions) {
    this.#records = records
    this.#questions = questions
    records.onDidChange(() => this.#changed.fire())
    questions.onDidChange(() => this.#changed.fire())
  }

  async provideCellStatusBarItems(cell: vscode.NotebookCell): Promise<vscode.NotebookCellStatusBarItem[]> {
    if (cell.kind !== vscode.NotebookCellKind.Code) return []
    const items: vscode.NotebookCellStatusBarItem[] = []
    const result = this.#records.get(cell)
    if (result !== undefined) items.push(resultItem(result))
    const name = (await readNotebook(cell.notebook)).cellAt(cell.index)?.name
    if (name !== undefined) items.push(...(await this.#predictionItems(cell, name)))
    return items
  }

  async #predictionItems(cell: vscode.NotebookCell, name: string): Promise<vscode.NotebookCellStatusBarItem[]> {
    const questions = await this.#questions.before(cell.notebook, name)
    const answers = this.#questions.answersOf(cell.notebook)
    return questions.map((question) => {
      const answer = answers[question.name]
      const option = question.options[(answer?.option ?? 0) - 1]?.replaceAll('`', '')
      const right = vscode.NotebookCellStatusBarAlignment.Right
      if (answer?.locked === true && option !== undefined) {
        const item = new vscode.NotebookCellStatusBarItem(vscode.l10n.t('$(lock) predicted: {0}', option), right)
        return labelled(item, vscode.l10n.t('You predicted: {0}', option))
      }
      const text =
        option === undefined ? vscode.l10n.t('$(question) Predict') : vscode.l10n.t('$(edit) predicted: {0}', option)
      const item = new vscode.NotebookCellStatusBarItem(text, right)
      item.command = { command: 'pause-lab.predict', title: vscode.l10n.t('Predict'), arguments: [cell] }
      return labelled(
        item,
        option === undefined
          ? vscode.l10n.t('Predict what this cell will show, before you run it')
          : vscode.l10n.t('You predicted: {0}. It can be changed until the cell runs.', option),
      )
    })
  }
}

function resultItem(result: CellResult): vscode.NotebookCellStatusBarItem {
  const left = vscode.NotebookCellStatusBarAlignment.Left
  const time = duration(result.durationMs)
  if (result.status === 'cancelled') {
    return labelled(
      new vscode.NotebookCellStatusBarItem(vscode.l10n.t('cancelled'), left),
      vscode.l10n.t('Cancelled after {0}', time),
    )
  }
  const code = exitCode(result.exitCode, result.expectedExitCode)
  return labelled(
    new vscode.NotebookCellStatusBarItem(code, left),
    vscode.l10n.t('Ended with {0}, after {1}', code, time),
  )
}

function labelled(item: vscode.NotebookCellStatusBarItem, label: string): vscode.NotebookCellStatusBarItem {
  item.tooltip = label
  item.accessibilityInformation = { label }
  return item
}
