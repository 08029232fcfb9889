// One cell's output while it runs: a single output item, shown anew about once a frame, and all its text kept for a
// look at the whole. A background job's late text comes under the cell that started it.

import * as vscode from 'vscode'
import { Batcher } from './common/batcher.ts'
import { identitiesOf, type Identity } from './common/identity.ts'
import { type OutputData, type OutputNote, type OutputState, outputMime } from './common/output-data.ts'
import { OutputLog } from './common/output-log.ts'
import { terminalLines, terminalText } from './common/terminal-screen.ts'
import type { FullOutputs } from './full-outputs.ts'
import { omittedText, outputWords } from './words.ts'

/** What the notebook shows of a long output: a few screens. The rest is one click away. */
const shownLines = 1000
const shownUnits = 100_000

export interface Ending {
  state: OutputState
  facts: readonly string[]
  notes: readonly OutputNote[]
}

export class CellOutput {
  readonly #cell: vscode.NotebookCell
  readonly #name: string
  readonly #heading: string
  readonly #fullOutputs: FullOutputs
  /** Names this run, for what becomes known of it later. */
  readonly run = crypto.randomUUID()
  readonly #output = new vscode.NotebookCellOutput([], { run: this.run })
  readonly #log = new OutputLog()
  readonly #decoders = { 1: new TextDecoder(), 2: new TextDecoder() }
  readonly #batcher: Batcher
  readonly #newExecution: () => vscode.NotebookCellExecution
  #execution: vscode.NotebookCellExecution | undefined
  #ending: Ending = { state: 'running', facts: [], notes: [] }
  #shownUnits = 0

  /**
   * @param execution the cell's running execution
   * @param name the cell's name
   * @param heading whose output this is, in words
   * @param newExecution makes a short execution for what comes after this one has ended
   */
  constructor(
    execution: vscode.NotebookCellExecution,
    name: string,
    heading: string,
    fullOutputs: FullOutputs,
    newExecution: () => vscode.NotebookCellExecution,
  ) {
    this.#cell = execution.cell
    this.#execution = execution
    this.#name = name
    this.#heading = heading
    this.#fullOutputs = fullOutputs
    this.#newExecution = newExecution
    // The longer the text, the longer it takes to show it anew.
    this.#batcher = new Batcher(
      () => this.#show(),
      () => 16 + this.#shownUnits / 1500,
    )
  }

  /** Takes the place of what stood under the cell. */
  async begin(): Promise<void> {
    await this.#execution?.replaceOutput(this.#output)
    this.#batcher.request()
    await this.#batcher.flush()
  }

  write(fd: 1 | 2, bytes: Uint8Array): void {
    this.#log.append(fd, this.#decoders[fd].decode(bytes, { stream: true }))
    this.#batcher.request()
  }

  /** Shows all that came and how it ended. The execution may end afterwards. */
  async end(ending: Ending): Promise<void> {
    this.#ending = ending
    this.#batcher.request()
    await this.#batcher.flush()
    this.#execution = undefined
  }

  /** What the shown text names by number. */
  identities(): Identity[] {
    const { chunks } = this.#log.visible(shownLines, shownUnits)
    const lines = terminalLines(chunks).map((line) => line.map(({ text }) => text).join(''))
    return identitiesOf(lines, false).flat()
  }

  async #show(): Promise<void> {
    const { chunks, omittedLines } = this.#log.visible(shownLines, shownUnits)
    this.#shownUnits = chunks.reduce((sum, [, text]) => sum + text.length, 0)
    const data: OutputData = { ...this.#ending, heading: this.#heading, run: this.run, chunks, words: outputWords() }
    if (omittedLines > 0 || this.#log.droppedUnits > 0) {
      const key = this.#fullOutputs.keep(this.#cell, this.#name, this.#log)
      data.omitted = { ...omittedText(omittedLines, this.#log.droppedUnits), key }
    }
    const items = outputItems(data)
    if (this.#execution !== undefined) {
      await this.#execution.replaceOutputItems(items, this.#output)
    } else {
      await this.#showLate(items)
    }
  }

  async #showLate(items: vscode.NotebookCellOutputItem[]): Promise<void> {
    const isShown = this.#cell.outputs.some((output) => output.metadata?.['run'] === this.run)
    if (this.#cell.notebook.isClosed || !isShown) return
    const summary = this.#cell.executionSummary
    const execution = this.#newExecution()
    execution.executionOrder = summary?.executionOrder
    execution.start(summary?.timing?.startTime)
    await execution.replaceOutputItems(items, this.#output)
    execution.end(summary?.success, summary?.timing?.endTime)
  }
}

/** The renderer's item, and the same as text for every reader without the renderer. */
export function outputItems(data: OutputData): vscode.NotebookCellOutputItem[] {
  const notes = data.notes.flatMap((note) => ['', note.title, ...note.lines])
  const text = terminalText(data.chunks) + notes.map((line) => `${line}\n`).join('')
  return [vscode.NotebookCellOutputItem.json(data, outputMime), vscode.NotebookCellOutputItem.text(text, 'text/plain')]
}
