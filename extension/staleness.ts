// Marks outputs that no longer follow from the state of the machine. Nothing runs again by itself: the learner decides.

import * as vscode from 'vscode'
import { readNotebook } from './notebook-lesson.ts'
import { notebookType } from './notebook-type.ts'
import type { RunFactsStore } from './run-facts.ts'
import type { RunRecords } from './run-records.ts'
import type { Sessions } from './sessions.ts'

/** An edit is looked at when typing pauses. */
const pauseMilliseconds = 300

interface Services {
  sessions: Sessions
  records: RunRecords
  facts: RunFactsStore
}

/** Looks at all shown outputs of a notebook after each run, each restart and each edit. */
export function watchStaleness(services: Services): vscode.Disposable {
  const waiting = new Map<vscode.NotebookDocument, ReturnType<typeof setTimeout>>()
  return vscode.Disposable.from(
    services.records.onDidChange((notebook) => void markStale(notebook, services)),
    vscode.workspace.onDidChangeNotebookDocument(({ notebook, cellChanges, contentChanges }) => {
      const isEdit = contentChanges.length > 0 || cellChanges.some(({ document }) => document !== undefined)
      if (notebook.notebookType !== notebookType || !isEdit) return
      clearTimeout(waiting.get(notebook))
      const look = (): void => void markStale(notebook, services)
      waiting.set(notebook, setTimeout(look, pauseMilliseconds))
    }),
  )
}

async function markStale(notebook: vscode.NotebookDocument, { sessions, records, facts }: Services): Promise<void> {
  const shown = notebook.getCells().filter((cell) => records.get(cell) !== undefined)
  if (notebook.isClosed || shown.length === 0) return
  const { lesson, cellAt } = await readNotebook(notebook)
  const reasons = new Map<string, string | undefined>()
  for (const cell of shown) {
    const record = records.get(cell)
    if (record === undefined) continue
    const now = cellAt(cell.index)
    const session = sessions.opened(notebook, record.kind)
    session?.updateLesson(lesson)
    let reason: string | undefined
    if (!record.isOfThisMachine) reason = vscode.l10n.t('The machine has been made anew since.')
    else if (now !== undefined && now.script !== record.script)
      reason = vscode.l10n.t('The cell has been edited since.')
    else if (now?.name === record.name && session?.state(record.name) === 'stale')
      reason = vscode.l10n.t('An earlier cell has run again since.')
    reasons.set(record.run, reason)
  }
  facts.setStale(notebook, reasons)
}
