// The lesson as the notebook's cells now are, unsaved edits included.

import * as vscode from 'vscode'
import type { Cell } from '../src/notebook/cell.ts'
import type { Lesson } from '../src/notebook/lesson.ts'
import { notebookBytes } from './serializer.ts'

export interface NotebookLesson {
  lesson: Lesson
  /** The lesson's cell at this place of the notebook; undefined for text. */
  cellAt(index: number): Cell | undefined
}

interface Cached {
  version: number
  read: Promise<NotebookLesson>
}

const cache = new WeakMap<vscode.NotebookDocument, Cached>()

/** Reads the lesson; once for each version of the notebook. */
export function readNotebook(notebook: vscode.NotebookDocument): Promise<NotebookLesson> {
  const known = cache.get(notebook)
  // An edit of a cell's text is a new version of the cell's document, not of the notebook's.
  const version = notebook.getCells().reduce((sum, cell) => sum + cell.document.version, notebook.version)
  if (known?.version === version) return known.read
  const read = readCells(notebook)
  cache.set(notebook, { version, read })
  return read
}

async function readCells(notebook: vscode.NotebookDocument): Promise<NotebookLesson> {
  const { readLesson } = await import('./lesson.ts')
  const cells = notebook.getCells().map((cell) => ({
    kind: cell.kind === vscode.NotebookCellKind.Code ? ('code' as const) : ('markdown' as const),
    language: cell.document.languageId,
    value: cell.document.getText(),
    metadata: cell.metadata,
  }))
  const lesson = readLesson(await notebookBytes({ metadata: notebook.metadata, cells }))
  return { lesson, cellAt: matchCells(cells, lesson) }
}

/** Code cells stand in the notebook in the lesson's order; text that was typed may hold further cells between them. */
function matchCells(cells: readonly { kind: string; value: string }[], lesson: Lesson): NotebookLesson['cellAt'] {
  const found = new Map<number, Cell>()
  let from = 0
  cells.forEach(({ kind, value }, index) => {
    if (kind !== 'code') return
    const text = value.replaceAll('\r\n', '\n')
    const at = lesson.cells.findIndex((cell, i) => i >= from && cell.text === text)
    // Solutions are text in the notebook, so they are passed over.
    const next = lesson.cells.findIndex((cell, i) => i >= from && cell.attributes.solution === undefined)
    const place = at === -1 ? next : at
    const cell = lesson.cells[place]
    if (cell === undefined) return
    found.set(index, cell)
    from = place + 1
  })
  return (index) => found.get(index)
}
