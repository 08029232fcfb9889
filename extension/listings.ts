// Annotated listings on the extension's side: their words for the notebook's renderer, and the plugin for VS Code's
// markdown preview, which runs here.

import type { MarkdownIt } from 'markdown-it'
import * as vscode from 'vscode'
import { annotatedListings } from '../src/notebook/annotated-listing.ts'
import { isSet, parseInfoString } from '../src/notebook/info-string.ts'
import { takeMarkers } from '../src/notebook/notes.ts'
import type { ListingWords, StepNotesMessage } from './common/listing-words.ts'
import { readSteppingRequest } from './common/stepping-messages.ts'
import { ListingStepping } from './stepping.ts'
import { steppingWords } from './stepping-words.ts'

const rendererId = 'pause-lab.listings'

/** Tells the renderer its words whenever it asks, and steps through programs; dispose of it with the extension. */
export function connectListings(): vscode.Disposable {
  const messaging = vscode.notebooks.createRendererMessaging(rendererId)
  const stepping = new ListingStepping((answer, editor) => void messaging.postMessage(answer, editor))
  const listening = messaging.onDidReceiveMessage(({ editor, message }) => {
    const isAsked = typeof message === 'object' && message !== null && message.type === 'listing-words-wanted'
    if (isAsked) void messaging.postMessage(JSON.stringify(listingWords()), editor)
    const request = readSteppingRequest(message)
    if (request !== undefined) stepping.handle(request, editor)
  })
  return vscode.Disposable.from(listening, stepping)
}

/** Takes the focus into the next listing, from the selected cell on. No key of the notebook's own goes there. */
export function stepNotes(): void {
  const editor = vscode.window.activeNotebookEditor
  const cell = editor === undefined ? undefined : nextAnnotated(editor)
  if (editor === undefined || cell === undefined) return
  const range = new vscode.NotebookRange(cell.index, cell.index + 1)
  editor.selection = range
  editor.revealRange(range)
  const message: StepNotesMessage = { type: 'step-notes', from: Number(cell.metadata['pauseLab']?.from) }
  void vscode.notebooks.createRendererMessaging(rendererId).postMessage(message, editor)
}

/** The first cell with notes, from the selected one on. */
function nextAnnotated({ notebook, selection }: vscode.NotebookEditor): vscode.NotebookCell | undefined {
  return notebook.getCells().find((cell) => {
    if (cell.index < selection.start || cell.kind !== vscode.NotebookCellKind.Markup) return false
    const text = cell.document.getText().replaceAll('\r\n', '\n')
    return cell.metadata['pauseLab']?.annotates !== undefined || takeMarkers(text).markers.length > 0
  })
}

/** What VS Code's markdown preview takes from `activate`, for `markdown.markdownItPlugins`. */
export const markdownPreview = {
  extendMarkdownIt(md: MarkdownIt): MarkdownIt {
    return md.use(
      annotatedListings({
        isWanted: isLesson,
        attributes: () => ({ 'data-words': JSON.stringify(listingWords()) }),
      }),
    )
  },
}

/** Lessons, and blocks that other markdown files mark as the lessons do. All else is drawn as it always was. */
function isLesson(env: unknown, info: string): boolean {
  const path = (env as { currentDocument?: vscode.Uri } | undefined)?.currentDocument?.path
  return path?.endsWith('.lab.md') === true || isSet(parseInfoString(info, { line: 1, column: 1 }), 'ignore')
}

function listingWords(): ListingWords {
  return {
    listing: vscode.l10n.t('Listing with notes: {0}', '{0}'),
    recorded: vscode.l10n.t('Recorded output of {0}', '{0}'),
    plain: vscode.l10n.t('Text'),
    notes: vscode.l10n.t('Notes'),
    count: vscode.l10n.t('Notes: {0}', '{0}'),
    position: vscode.l10n.t('{0} of {1}', '{0}', '{1}'),
    marker: vscode.l10n.t('Note {0}, line {1}', '{0}', '{1}'),
    previous: vscode.l10n.t('Previous note (k)'),
    next: vscode.l10n.t('Next note (j)'),
    copy: vscode.l10n.t('Copy'),
    copied: vscode.l10n.t('Copied'),
    ...steppingWords(),
  }
}
