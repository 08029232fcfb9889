// Commands on the lesson that is open: a new machine, the text as it came.

import * as vscode from 'vscode'
import { type CourseFileSystem, courseScheme } from './course-file-system.ts'
import { openLesson } from './course.ts'
import type { KernelServices } from './kernel.ts'
import { notebookType } from './notebook-type.ts'

/** Makes the machines of the lesson in the active editor anew. */
export async function restartMachine({ sessions, records }: KernelServices): Promise<void> {
  const notebook = activeLesson()
  if (notebook === undefined) return
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Restarting the machine') },
    () => sessions.restart(notebook),
  )
  records.clear(notebook)
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
