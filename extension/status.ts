// The status bar under each cell: how the last run ended, whether it still holds, an invitation to predict
// before it, and help with a check.

import * as vscode from 'vscode'
import type { CellResult } from '../src/session/result.ts'
import type { Checks } from './checks.ts'
import { readNotebook } from './notebook-lesson.ts'
import type { Questions } from './questions.ts'
import type { RunFactsStore } from './run-facts.ts'
import type { RunRecords } from './run-records.ts'
import { duration, exitCode } from './words.ts'

interface Services {
  records: RunRecords
  questions: Questions
  checks: Checks
  facts: RunFactsStore
}

export class LessonStatusBar implements vscode.NotebookCellStatusBarItemProvider {
  readonly #services: Services
  readonly #changed = new vscode.EventEmitter<void>()
  readonly onDidChangeCellStatusBarItems = this.#changed.event

  constructor(services: Services) {
    this.#services = services
    const { records, questions, checks, facts } = services
    for (const source of [records, questions, checks, facts]) source.onDidChange(() => this.#changed.fire())
  }

  async provideCellStatusBarItems(cell: vscode.NotebookCell): Promise<vscode.NotebookCellStatusBarItem[]> {
    if (cell.kind !== vscode.NotebookCellKind.Code) return []
    const items: vscode.NotebookCellStatusBarItem[] = []
    const { records, facts } = this.#services
    const record = records.get(cell)
    if (record?.result !== undefined && record.isOfThisMachine) items.push(resultItem(record.result))
    const stale = record && facts.get(cell.notebook, record.run).stale
    if (stale !== undefined) items.push(staleItem(stale))
    const known = (await readNotebook(cell.notebook)).cellAt(cell.index)
    if (known !== undefined) items.push(...(await this.#predictionItems(cell, known.name)))
    if (known?.attributes.check === true) items.push(...this.#helpItems(cell, known.name))
    return items
  }

  #helpItems(cell: vscode.NotebookCell, check: string): vscode.NotebookCellStatusBarItem[] {
    const { checks } = this.#services
    const items: vscode.NotebookCellStatusBarItem[] = []
    const count = checks.hintCount(cell.notebook, check)
    if (count > 0) {
      const next = Math.min((checks.hintsRead(cell.notebook)[check] ?? 0) + 1, count)
      const label = vscode.l10n.t('Show hint {0} of {1}', next, count)
      items.push(commandItem('$(lightbulb)', label, 'pause-lab.showHint', cell))
    }
    if (checks.hasSolution(cell.notebook, check)) {
      items.push(commandItem('$(key)', vscode.l10n.t('Put solution into a cell'), 'pause-lab.putSolution', cell))
    }
    return items
  }

  async #predictionItems(cell: vscode.NotebookCell, name: string): Promise<vscode.NotebookCellStatusBarItem[]> {
    const questions = await this.#services.questions.before(cell.notebook, name)
    const answers = this.#services.questions.answersOf(cell.notebook)
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

function staleItem(reason: string): vscode.NotebookCellStatusBarItem {
  const left = vscode.NotebookCellStatusBarAlignment.Left
  const item = new vscode.NotebookCellStatusBarItem(vscode.l10n.t('$(history) stale'), left)
  return labelled(item, vscode.l10n.t('Stale: {0}', reason))
}

function commandItem(
  icon: string,
  label: string,
  command: string,
  cell: vscode.NotebookCell,
): vscode.NotebookCellStatusBarItem {
  const right = vscode.NotebookCellStatusBarAlignment.Right
  const item = new vscode.NotebookCellStatusBarItem(`${icon} ${label}`, right)
  item.command = { command, title: label, arguments: [cell] }
  return labelled(item, label)
}

function labelled(item: vscode.NotebookCellStatusBarItem, label: string): vscode.NotebookCellStatusBarItem {
  item.tooltip = label
  item.accessibilityInformation = { label }
  return item
}
