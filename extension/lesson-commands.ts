// Commands on the lesson that is open: a new machine, a cell's state, a terminal into the machine, the text as it came.

import * as vscode from 'vscode'
import type { Backend } from '../src/session/backend.ts'
import { type CourseFileSystem, courseScheme } from './course-file-system.ts'
import { openLesson } from './course.ts'
import type { KernelServices } from './kernel.ts'
import type { Kernels } from './kernels.ts'
import { notebookType } from './notebook-type.ts'

/** Makes the machines of the lesson in the active editor anew. */
export async function restartMachine({ sessions, records }: KernelServices): Promise<void> {
  const notebook = activeLesson()
  if (notebook === undefined) return
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Restarting the machine') },
    () => sessions.restart(notebook),
  )
  records.restart(notebook)
}

/** Brings the lesson's machine to the state in which this cell, or the selected one, finds it. */
export async function startHere(kernels: Kernels, cell?: vscode.NotebookCell): Promise<void> {
  const editor = vscode.window.activeNotebookEditor
  const target = cell ?? (activeLesson() && editor?.notebook.cellAt(editor.selection.start))
  if (target !== undefined) await kernels.of(target.notebook).startHere(target)
}

/** Opens a shell on the machine that the lesson's cells see. */
export async function openTerminal(kernels: Kernels, { sessions }: KernelServices): Promise<void> {
  const notebook = activeLesson()
  if (notebook === undefined) return
  const { MachineTerminal } = await import('./terminal.ts')
  const { kind, label } = kernels.of(notebook)
  const machineNow = async (): Promise<Backend> => {
    if (notebook.isClosed) throw new Error(vscode.l10n.t('The lesson is closed, and its machine is gone.'))
    return (await sessions.of(notebook, kind)).machine()
  }
  const greeting = vscode.l10n.t('{0}: the one that the cells of the lesson see. Ctrl+D closes this terminal.', label)
  vscode.window.createTerminal({ name: `Pause Lab: ${label}`, pty: new MachineTerminal(machineNow, greeting) }).show()
}

/** Drops the learner's changes to a lesson of the course. */
export async function restoreLesson(course: CourseFileSystem): Promise<void> {
  const notebook = activeLesson()
  if (notebook?.uri.scheme !== courseScheme) return
  const isUnchanged = !notebook.isDirty && !(await course.isChanged(notebook.uri))
  if (isUnchanged) {
    void vscode.window.showInformationMessage(vscode.l10n.t('This lesson is as it came.'))
    return
  }
  const restore = vscode.l10n.t('Restore')
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Restore this lesson as it came?'),
    { modal: true, detail: vscode.l10n.t('Your changes to its text are lost.') },
    restore,
  )
  if (answer !== restore) return
  const { uri } = notebook
  if (await course.isChanged(uri)) await course.delete(uri)
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor')
  await openLesson(uri)
}

function activeLesson(): vscode.NotebookDocument | undefined {
  const notebook = vscode.window.activeNotebookEditor?.notebook
  return notebook?.notebookType === notebookType ? notebook : undefined
}
