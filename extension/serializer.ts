// Opens and saves lessons without touching a byte that was not edited. Recorded listings show as outputs until a run.

import * as vscode from 'vscode'
import type { Capture } from '../src/notebook/listing.ts'
import type { NotebookCellMetadata } from '../src/notebook/notebook-cells.ts'
import { showCaptures } from './common/captures.ts'
import { type EditorCell, fromEditor, toEditor } from './common/notebook-mapping.ts'
import type { OutputData } from './common/output-data.ts'
import { outputItems } from './output.ts'
import { captureWords, outputWords } from './words.ts'

/** Outputs are not part of the file: a run does not make it dirty. */
export const serializerOptions: vscode.NotebookDocumentContentOptions = { transientOutputs: true }

export class LessonSerializer implements vscode.NotebookSerializer {
  async deserializeNotebook(bytes: Uint8Array): Promise<vscode.NotebookData> {
    const { parseCaptures, readLesson, toNotebookCells } = await import('./lesson.ts')
    const { metadata, cells } = toEditor(toNotebookCells(readLesson(bytes)))
    const data = new vscode.NotebookData(cells.map((cell) => toCellData(cell, parseCaptures)))
    data.metadata = metadata
    return data
  }

  async serializeNotebook(data: vscode.NotebookData): Promise<Uint8Array> {
    return notebookBytes({ metadata: data.metadata ?? {}, cells: data.cells.map(fromCellData) })
  }
}

/** The file's bytes for these cells. */
export async function notebookBytes(notebook: Parameters<typeof fromEditor>[0]): Promise<Uint8Array> {
  const { fromNotebookCells, readLesson, toNotebookCells } = await import('./lesson.ts')
  const { metadata } = toNotebookCells(readLesson(new Uint8Array()))
  return fromNotebookCells(fromEditor(notebook, metadata))
}

type ParseCaptures = (text: string) => readonly Capture[]

function toCellData({ kind, language, value, metadata }: EditorCell, parse: ParseCaptures): vscode.NotebookCellData {
  const cellKind = kind === 'code' ? vscode.NotebookCellKind.Code : vscode.NotebookCellKind.Markup
  const data = new vscode.NotebookCellData(cellKind, value, language)
  data.metadata = metadata
  const recorded = kind === 'code' ? recordedOutput(metadata['pauseLab'] as NotebookCellMetadata, parse) : undefined
  if (recorded !== undefined) data.outputs = [recorded]
  return data
}

function fromCellData({ kind, languageId, value, metadata }: vscode.NotebookCellData): EditorCell {
  const isCode = kind === vscode.NotebookCellKind.Code
  return { kind: isCode ? 'code' : 'markdown', language: languageId, value, metadata: metadata ?? {} }
}

function recordedOutput(
  { name, recorded, listings }: NotebookCellMetadata,
  parse: ParseCaptures,
): vscode.NotebookCellOutput | undefined {
  if (recorded === undefined) return undefined
  const proved = listings?.find(({ text }) => text === recorded)?.proved ?? []
  const facts = [vscode.l10n.t('not your run')]
  if (proved.length > 0) facts.push(vscode.l10n.t('proved on {0}', proved.join(', ')))
  const data: OutputData = {
    state: 'recorded',
    heading: vscode.l10n.t('{0}: recorded listing', name ?? ''),
    facts,
    chunks: [[1, recorded === '' ? '' : `${showCaptures(recorded, parse(recorded), captureWords())}\n`]],
    notes: [],
    words: outputWords(),
  }
  return new vscode.NotebookCellOutput(outputItems(data))
}
