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
  /** Takes away what the lesson has made on the learner's machine. */
  readonly leave: () => Promise<void>
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
      await leave(opening)
    }
  }

  dispose(): void {
    for (const notebook of this.#opened.keys()) void this.close(notebook)
  }
}

/** Ends a session and what its lesson has made; one that never opened has made nothing. */
async function leave(opening: Promise<Opened>): Promise<void> {
  try {
    const opened = await opening
    await opened.session.dispose()
    await opened.leave()
  } catch {
    return
  }
}

async function open(notebook: vscode.NotebookDocument, kind: MachineKind): Promise<Opened> {
  const { LessonSession } = await import('./lesson.ts')
  const { lesson } = await readNotebook(notebook)
  const file = vscode.workspace.asRelativePath(notebook.uri)
  const make: MakeSession = (backend, options) => new LessonSession(lesson, backend, { file, ...options })
  return { ...(await backends[kind](notebook, make)), order: 0 }
}

/** A session and what must be done when its lesson is closed. */
type Leavable = Pick<Opened, 'session' | 'leave'>

type MakeSession = (backend: Backend, options: SessionOptions) => LessonSession

const backends: Record<MachineKind, (notebook: vscode.NotebookDocument, make: MakeSession) => Promise<Leavable>> = {
  sim: async (_notebook, make) => {
    const { createSimulatedBackend } = await import('./sim.ts')
    return {
      session: make(createSimulatedBackend(), { reopen: async () => createSimulatedBackend() }),
      leave: async () => {},
    }
  },
  machine: async (_notebook, make) => {
    if (!vscode.workspace.isTrusted) throw new Error(vscode.l10n.t('This workspace is not trusted.'))
    const { openLessonMachine } = await import('./machine.ts')
    let machine = openLessonMachine()
    return {
      session: make(machine.backend, {
        guard: (creates) => machine.guard(creates),
        async reopen() {
          await machine.removeOwn()
          machine = openLessonMachine()
          return machine.backend
        },
      }),
      // A closed lesson leaves nothing: what it made is labelled, and goes.
      async leave() {
        await machine.removeOwn()
      },
    }
  },
}
