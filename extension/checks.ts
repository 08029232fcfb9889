// Help with a check: its hints one by one, and its solution, which goes into a cell and does not run by itself.

import * as vscode from 'vscode'
import type { Cell } from '../src/notebook/cell.ts'
import { hintPlaceOf, type Solution, solutionOf } from './common/notebook-mapping.ts'
import { readNotebook } from './notebook-lesson.ts'
import { notebookType } from './notebook-type.ts'

/** Set while the selected cell is a check: its commands show in the palette then. */
const contextKey = 'pause-lab.isCheck'

export class Checks implements vscode.Disposable {
  readonly #read = new WeakMap<vscode.NotebookDocument, Record<string, number>>()
  readonly #changed = new vscode.EventEmitter<vscode.NotebookDocument>()
  readonly #listeners: vscode.Disposable[]
  readonly onDidChange = this.#changed.event

  constructor() {
    this.#listeners = [
      vscode.window.onDidChangeNotebookEditorSelection(({ notebookEditor }) => void tellSelection(notebookEditor)),
      vscode.window.onDidChangeActiveNotebookEditor((editor) => void tellSelection(editor)),
    ]
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose()
  }

  /** How many hints of each check were read. */
  hintsRead(notebook: vscode.NotebookDocument): Readonly<Record<string, number>> {
    return this.#read.get(notebook) ?? {}
  }

  /** How many hints a check has. */
  hintCount(notebook: vscode.NotebookDocument, check: string): number {
    return hintCells(notebook, check).length
  }

  hasSolution(notebook: vscode.NotebookDocument, check: string): boolean {
    return solutionCells(notebook, check).length > 0
  }

  /** A hint was unfolded in the text. */
  noteHint(notebook: vscode.NotebookDocument, check: string, number: number): void {
    const read = this.#read.get(notebook) ?? {}
    if (number <= (read[check] ?? 0)) return
    this.#read.set(notebook, { ...read, [check]: number })
    this.#changed.fire(notebook)
  }

  /** Unfolds the next hint and brings it into view; after the last one, that one again. */
  async showHint(cell?: vscode.NotebookCell): Promise<void> {
    const found = await findCheck(cell)
    if (found === undefined) return
    const { notebook, check } = found
    const hints = hintCells(notebook, check.name)
    const number = Math.min((this.hintsRead(notebook)[check.name] ?? 0) + 1, hints.length)
    const hint = hints[number - 1]
    if (hint === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t('This check has no hints.'))
      return
    }
    this.noteHint(notebook, check.name, number)
    select(notebook, hint.index)
  }

  /** Puts a check's solution into cells before the folded one. They run when the learner runs them. */
  async putSolution(cell?: vscode.NotebookCell): Promise<void> {
    const found = await findCheck(cell)
    if (found !== undefined) await this.putSolutionOf(found.notebook, found.check.name)
  }

  async putSolutionOf(notebook: vscode.NotebookDocument, check: string): Promise<void> {
    const solutions = solutionCells(notebook, check)
    const first = solutions[0]
    if (first === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t('This check has no solution.'))
      return
    }
    const data = solutions.flatMap((cell) => {
      const solution = readSolution(cell)
      if (solution === undefined) return []
      return [new vscode.NotebookCellData(vscode.NotebookCellKind.Code, solution.code, solution.language)]
    })
    const edit = new vscode.WorkspaceEdit()
    edit.set(notebook.uri, [vscode.NotebookEdit.insertCells(first.index, data)])
    await vscode.workspace.applyEdit(edit)
    select(notebook, first.index - data.length)
  }
}

async function findCheck(
  cell: vscode.NotebookCell | undefined,
): Promise<{ notebook: vscode.NotebookDocument; check: Cell } | undefined> {
  const chosen = cell ?? selectedCell(vscode.window.activeNotebookEditor)
  if (chosen === undefined) return undefined
  const check = (await readNotebook(chosen.notebook)).cellAt(chosen.index)
  if (check?.attributes.check === true) return { notebook: chosen.notebook, check }
  void vscode.window.showInformationMessage(vscode.l10n.t('Choose a cell that checks what you have done.'))
  return undefined
}

async function tellSelection(editor: vscode.NotebookEditor | undefined): Promise<void> {
  const cell = selectedCell(editor)
  const name = cell && (await readNotebook(cell.notebook)).cellAt(cell.index)
  await vscode.commands.executeCommand('setContext', contextKey, name?.attributes.check === true)
}

function selectedCell(editor: vscode.NotebookEditor | undefined): vscode.NotebookCell | undefined {
  if (editor?.notebook.notebookType !== notebookType || editor.selection.isEmpty) return undefined
  return editor.notebook.cellAt(editor.selection.start)
}

function select(notebook: vscode.NotebookDocument, index: number): void {
  const editor = vscode.window.visibleNotebookEditors.find((each) => each.notebook === notebook)
  if (editor === undefined) return
  const range = new vscode.NotebookRange(index, index + 1)
  editor.selection = range
  editor.revealRange(range, vscode.NotebookEditorRevealType.InCenterIfOutsideViewport)
}

function hintCells(notebook: vscode.NotebookDocument, check: string): vscode.NotebookCell[] {
  return notebook.getCells().filter(({ metadata }) => hintPlaceOf(metadata)?.check === check)
}

function solutionCells(notebook: vscode.NotebookDocument, check: string): vscode.NotebookCell[] {
  return notebook.getCells().filter((cell) => readSolution(cell)?.check === check)
}

function readSolution({ metadata, document }: vscode.NotebookCell): Solution | undefined {
  return solutionOf({ metadata, value: document.getText() })
}
