// The machines under the open lessons: for each notebook and kernel one backend with one session, opened at the first run.

import * as vscode from 'vscode'
import type { Backend } from '../src/session/backend.ts'
import type { LessonSession, SessionOptions } from '../src/session/session.ts'
import { readNotebook } from './notebook-lesson.ts'

/** `sim` is the simulated machine, `machine` the learner's own: DESIGN's names of the two backends. */
export type MachineKind = 'sim' | 'machine'

interface Opened {
  readonly session: LessonSession
  /** How many runs the machine has seen: the number beside a cell. */
  order: number
}

export class Sessions implements vscode.Disposable {
  readonly #opened = new Map<vscode.NotebookDocument, Map<MachineKind, Promise<Opened>>>()

  /** The session of a notebook on one kind of machine; a first call opens it. Its lesson is as the cells now are. */
  async of(notebook: vscode.NotebookDocument, kind: MachineKind): Promise<Opened> {
    const kinds = this.#opened.get(notebook) ?? new Map<MachineKind, Promise<Opened>>()
    this.#opened.set(notebook, kinds)
    let opening = kinds.get(kind)
    if (opening === undefined) {
      opening = open(notebook, kind)
      kinds.set(kind, opening)
      // What did not open may be tried again: docker may run by then.
      opening.catch(() => kinds.delete(kind))
    }
    const opened = await opening
    opened.session.updateLesson((await readNotebook(notebook)).lesson)
    return opened
  }

  isOpen(notebook: vscode.NotebookDocument, kind: MachineKind): boolean {
    return this.#opened.get(notebook)?.has(kind) ?? false
  }

  /** Makes the notebook's machines anew. */
  async restart(notebook: vscode.NotebookDocument): Promise<void> {
    for (const opening of this.#opened.get(notebook)?.values() ?? []) {
      const opened = await opening
      await opened.session.restart()
      opened.order = 0
    }
  }

  /** Ends what a closed notebook has left. */
  async close(notebook: vscode.NotebookDocument): Promise<void> {
    const kinds = this.#opened.get(notebook)
    this.#opened.delete(notebook)
    for (const opening of kinds?.values() ?? []) {
      await opening.then(({ session }) => session.dispose()).catch(() => undefined)
    }
  }

  dispose(): void {
    for (const notebook of this.#opened.keys()) void this.close(notebook)
  }
}

async function open(notebook: vscode.NotebookDocument, kind: MachineKind): Promise<Opened> {
  const { LessonSession } = await import('./lesson.ts')
  const { lesson } = await readNotebook(notebook)
  const file = vscode.workspace.asRelativePath(notebook.uri)
  return {
    session: await backends[kind](
      notebook,
      (backend, options) => new LessonSession(lesson, backend, { file, ...options }),
    ),
    order: 0,
  }
}

type MakeSession = (backend: Backend, options: SessionOptions) => LessonSession

const backends: Record<MachineKind, (notebook: vscode.NotebookDocument, make: MakeSession) => Promise<LessonSession>> =
  {
    sim: async (_notebook, make) => {
      const { createSimulatedBackend } = await import('./sim.ts')
      return make(createSimulatedBackend(), { reopen: async () => createSimulatedBackend() })
    },
    machine: async (_notebook, make) => {
      if (!vscode.workspace.isTrusted) throw new Error(vscode.l10n.t('This workspace is not trusted.'))
      const { createMachineBackend } = await import('./machine.ts')
      return make(createMachineBackend(), { reopen: async () => createMachineBackend() })
    },
  }
