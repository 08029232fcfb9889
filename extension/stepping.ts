// Steps through the programs of annotated listings. Each runs in a simulated machine of its own, also where the lesson's
// cells run on a real one and where the workspace is not trusted: nothing real runs here.

import * as vscode from 'vscode'
import type { Backend } from '../src/session/backend.ts'
import { ListingNotCompiled, SourceStepper, type SteppingView } from '../src/session/stepping.ts'
import type { SteppingAnswer, SteppingRequest } from './common/stepping-messages.ts'
import { readNotebook } from './notebook-lesson.ts'

interface Running {
  readonly stepper: SourceStepper
  readonly backend: Backend
}

export class ListingStepping implements vscode.Disposable {
  readonly #answer: (answer: SteppingAnswer, editor: vscode.NotebookEditor) => void
  readonly #running = new Map<vscode.NotebookDocument, Map<string, Running>>()
  /** Requests are served one after the other: keys may come faster than the machine answers. */
  #queue: Promise<void> = Promise.resolve()
  readonly #closing = vscode.workspace.onDidCloseNotebookDocument((notebook) => {
    this.#enqueue(() => this.#forgetAll(notebook))
  })

  /** @param answer tells the renderer of an editor how a program stands */
  constructor(answer: (answer: SteppingAnswer, editor: vscode.NotebookEditor) => void) {
    this.#answer = answer
  }

  handle(request: SteppingRequest, editor: vscode.NotebookEditor): void {
    this.#enqueue(async () => {
      if (editor.notebook.isClosed) return
      this.#answer({ type: 'stepping-view', listing: request.listing, ...(await this.#serve(request, editor)) }, editor)
    })
  }

  dispose(): void {
    this.#closing.dispose()
    for (const notebook of this.#running.keys()) this.#enqueue(() => this.#forgetAll(notebook))
  }

  #enqueue(work: () => Promise<void>): void {
    this.#queue = this.#queue.then(work).catch(() => undefined)
  }

  async #serve(
    request: SteppingRequest,
    { notebook }: vscode.NotebookEditor,
  ): Promise<Pick<SteppingAnswer, 'view' | 'problem'>> {
    const { listing, action } = request
    try {
      if (action === 'stop' || action === 'restart') await this.#forget(notebook, listing)
      if (action === 'stop') return {}
      const running = this.#running.get(notebook)?.get(listing) ?? (await this.#start(request, notebook))
      return { view: await take(running.stepper, request) }
    } catch (error) {
      await this.#forget(notebook, listing)
      const text = error instanceof Error ? error.message : String(error)
      return { problem: { isOfCompiler: error instanceof ListingNotCompiled, text } }
    }
  }

  async #start({ listing, program }: SteppingRequest, notebook: vscode.NotebookDocument): Promise<Running> {
    const [{ createSimulatedBackend, traceLines }, { lesson }] = await Promise.all([
      import('./sim.ts'),
      readNotebook(notebook),
    ])
    const backend = createSimulatedBackend({ needs: lesson.frontMatter.needs })
    try {
      const stepper = await SourceStepper.open(await backend.open({}), traceLines, program)
      const running = { stepper, backend }
      const listings = this.#running.get(notebook) ?? new Map<string, Running>()
      this.#running.set(notebook, listings.set(listing, running))
      return running
    } catch (error) {
      await backend.dispose()
      throw error
    }
  }

  async #forget(notebook: vscode.NotebookDocument, listing: string): Promise<void> {
    const running = this.#running.get(notebook)?.get(listing)
    this.#running.get(notebook)?.delete(listing)
    running?.stepper.dispose()
    await running?.backend.dispose()
  }

  async #forgetAll(notebook: vscode.NotebookDocument): Promise<void> {
    for (const listing of this.#running.get(notebook)?.keys() ?? []) await this.#forget(notebook, listing)
    this.#running.delete(notebook)
  }
}

function take(stepper: SourceStepper, { action, signal }: SteppingRequest): Promise<SteppingView> | SteppingView {
  if (action === 'step') return stepper.step()
  if (action === 'run') return stepper.runOn()
  return signal === undefined ? stepper.view : stepper.signal(signal)
}
