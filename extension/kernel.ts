// The two kernels of a lesson. Both run cells the same way; they differ in the machine beneath, and in whether it asks.

import * as vscode from 'vscode'
import type { Cell } from '../src/notebook/cell.ts'
import type { CellResult } from '../src/session/result.ts'
import type { LessonSession } from '../src/session/session.ts'
import { notebookType } from './notebook-type.ts'
import { readNotebook } from './notebook-lesson.ts'
import { CellOutput, type Ending } from './output.ts'
import type { FullOutputs } from './full-outputs.ts'
import { ownersOf } from './common/identity-owner.ts'
import type { ProgressStore } from './progress.ts'
import type { Questions } from './questions.ts'
import { endingOf } from './result-words.ts'
import type { RunFactsStore } from './run-facts.ts'
import type { RunRecord, RunRecords } from './run-records.ts'
import type { MachineKind, Sessions } from './sessions.ts'
import { ownerWords } from './words.ts'

/** What both kernels share. */
export interface KernelServices {
  sessions: Sessions
  questions: Questions
  records: RunRecords
  facts: RunFactsStore
  progress: ProgressStore
  fullOutputs: FullOutputs
}

export interface KernelOptions {
  kind: MachineKind
  label: string
  description: string
  /** What an output's heading says of a run here: "your run on the simulated machine". */
  whose: string
  /** Asked before the first run in a notebook; a run that may not be is cancelled. */
  confirm?(notebook: vscode.NotebookDocument, cells: readonly Cell[]): Promise<boolean>
}

export const simulatedControllerId = 'pause-lab.sim'

export class LessonKernel implements vscode.Disposable {
  readonly controller: vscode.NotebookController
  readonly #options: KernelOptions
  readonly #services: KernelServices
  readonly #queues = new Map<vscode.NotebookDocument, Promise<void>>()
  readonly #confirmed = new WeakSet<vscode.NotebookDocument>()

  constructor(options: KernelOptions, services: KernelServices) {
    this.#options = options
    this.#services = services
    this.controller = vscode.notebooks.createNotebookController(
      `pause-lab.${options.kind}`,
      notebookType,
      options.label,
    )
    this.controller.description = options.description
    this.controller.supportsExecutionOrder = true
    this.controller.executeHandler = (cells, notebook) => this.#enqueue(cells, notebook)
  }

  get kind(): MachineKind {
    return this.#options.kind
  }

  get label(): string {
    return this.#options.label
  }

  dispose(): void {
    this.controller.dispose()
  }

  /**
   * Brings a new machine to the state in which a cell finds it: all that stands before the cell runs, but for checks,
   * solutions and what run all leaves out.
   */
  async startHere(target: vscode.NotebookCell): Promise<void> {
    const { notebook } = target
    const { sessions, records } = this.#services
    const [{ isOrdinary }, { cellAt }] = await Promise.all([import('./lesson.ts'), readNotebook(notebook)])
    const earlier = notebook.getCells().filter((cell) => {
      const known = isCode(cell) && cell.index < target.index ? cellAt(cell.index) : undefined
      return known !== undefined && isOrdinary(known)
    })
    if (
      !(await this.#mayRun(
        notebook,
        [...earlier, target].map(({ index }) => cellAt(index)),
      ))
    )
      return
    await sessions.restart(notebook)
    records.restart(notebook)
    if (earlier.length > 0) await this.#enqueue(earlier, notebook)
  }

  /** One batch of cells at a time in a notebook; VS Code shows all as pending at once. */
  async #enqueue(cells: readonly vscode.NotebookCell[], notebook: vscode.NotebookDocument): Promise<void> {
    const executions = cells.map((cell) => new PendingCell(cell, this.controller, this.#services.records))
    const before = this.#queues.get(notebook) ?? Promise.resolve()
    const run = this.#runAll(before, executions, notebook)
    this.#queues.set(notebook, run)
    await run
  }

  async #runAll(
    before: Promise<void>,
    pending: readonly PendingCell[],
    notebook: vscode.NotebookDocument,
  ): Promise<void> {
    await before
    const { isOrdinary } = await import('./lesson.ts')
    const { cellAt } = await readNotebook(notebook)
    const isRunAll = pending.length > 1 && pending.length === notebook.getCells().filter(isCode).length
    const cells = pending.map(({ execution }) => {
      const cell = cellAt(execution.cell.index)
      return cell !== undefined && isRunAll && !isOrdinary(cell) ? undefined : cell
    })
    let goesOn = await this.#mayRun(notebook, cells)
    for (const [i, { execution, abort, before }] of pending.entries()) {
      const cell = cells[i]
      if (!goesOn || cell === undefined || abort.signal.aborted) {
        leaveOut(execution, before)
        continue
      }
      const wentWell = await this.#run(cell, execution, abort.signal, before)
      // A check whose goal is not reached yet stops nothing.
      goesOn = wentWell || cell.attributes.check
    }
  }

  async #mayRun(notebook: vscode.NotebookDocument, cells: readonly (Cell | undefined)[]): Promise<boolean> {
    if (this.#options.confirm === undefined || this.#confirmed.has(notebook)) return true
    const runnable = cells.filter((cell) => cell !== undefined)
    const confirmed = await this.#options.confirm(notebook, runnable)
    if (confirmed) this.#confirmed.add(notebook)
    return confirmed
  }

  async #run(
    cell: Cell,
    execution: vscode.NotebookCellExecution,
    signal: AbortSignal,
    before: RunRecord | undefined,
  ): Promise<boolean> {
    const { sessions, questions, records, facts, progress, fullOutputs } = this.#services
    const notebook = execution.cell.notebook
    const start = Date.now()
    execution.start(start)
    const heading = vscode.l10n.t('{0}: {1}', cell.name, this.#options.whose)
    const output = new CellOutput(execution, cell.name, heading, fullOutputs, () =>
      this.controller.createNotebookCellExecution(execution.cell),
    )
    await output.begin()
    if (before !== undefined) facts.drop(notebook, before.run)
    let result: CellResult | undefined
    let ending: Ending
    try {
      const opened = await sessions.of(notebook, this.#options.kind)
      execution.executionOrder = opened.order += 1
      await questions.beforeRun(notebook, opened.session, cell.name)
      const io = {
        stdout: (bytes: Uint8Array) => output.write(1, bytes),
        stderr: (bytes: Uint8Array) => output.write(2, bytes),
      }
      result = await opened.session.runCell(cell, io, { signal })
      const { describeRefusal } = await import('./lesson.ts')
      const language = vscode.env.language.startsWith('ru') ? 'ru' : 'en'
      ending = endingOf(cell, result, result.refusal && describeRefusal(result.refusal, language))
      if (result.status !== 'refused') await questions.afterRun(notebook, cell.name)
      await progress.note(notebook, opened.session.lesson, result)
      void this.#tellOwners(notebook, output, opened.session)
      void vscode.commands.executeCommand('setContext', 'pause-lab.hasRun', true)
    } catch (error) {
      ending = failedEnding(error)
    }
    await output.end(ending)
    const success = result?.ok ?? false
    const endTime = start + (result?.durationMs ?? 0)
    execution.end(success, endTime)
    const { kind } = this.#options
    const { executionOrder } = execution
    records.set(execution.cell, {
      ...{ kind, name: cell.name, script: cell.script, run: output.run },
      result: result?.status === 'refused' ? undefined : result,
      summary: {
        success,
        timing: { startTime: start, endTime },
        ...(executionOrder === undefined ? {} : { executionOrder }),
      },
    })
    return success
  }

  /** Asks the machine whose the numbers in an output are. Nothing waits for the answer. */
  async #tellOwners(notebook: vscode.NotebookDocument, output: CellOutput, session: LessonSession): Promise<void> {
    const identities = output.identities()
    if (identities.length === 0) return
    try {
      const owners = ownersOf(identities, await session.snapshot(), ownerWords())
      if (!notebook.isClosed) this.#services.facts.setOwners(notebook, output.run, owners)
    } catch {
      // The machine went away: nobody is there to ask.
    }
  }
}

/** VS Code marks a cell as waiting until its execution has begun and ended; what it showed before stays. */
function leaveOut(execution: vscode.NotebookCellExecution, before: RunRecord | undefined): void {
  const summary = before?.isOfThisMachine === true ? before.summary : undefined
  execution.executionOrder = summary?.executionOrder
  execution.start(summary?.timing?.startTime)
  execution.end(summary?.success, summary?.timing?.endTime)
}

function isCode(cell: vscode.NotebookCell): boolean {
  return cell.kind === vscode.NotebookCellKind.Code
}

/** An execution that may be cancelled before it begins. */
class PendingCell {
  readonly abort = new AbortController()
  readonly execution: vscode.NotebookCellExecution
  /** How the run before ended. VS Code itself forgets it as soon as a run is asked for. */
  readonly before: RunRecord | undefined

  constructor(cell: vscode.NotebookCell, controller: vscode.NotebookController, records: RunRecords) {
    this.before = records.get(cell)
    this.execution = controller.createNotebookCellExecution(cell)
    this.execution.token.onCancellationRequested(() => this.abort.abort())
  }
}

/** The machine did not open, or went away. */
function failedEnding(error: unknown): Ending {
  const lines = [error instanceof Error ? error.message : String(error)]
  return {
    state: 'wrong',
    facts: [],
    notes: [{ kind: 'refusal', title: vscode.l10n.t('The cell did not run'), lines }],
  }
}
