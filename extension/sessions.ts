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
  /** The machine as it now is; a restart makes another one. */
  machine(): Backend
  /** Removes what the lesson has made on the machine, by its label. */
  removeOwn(): Promise<unknown>
}

export class Sessions {
  readonly #opened = new Map<vscode.NotebookDocument, Map<MachineKind, Promise<Opened>>>()
  readonly #ready = new Map<Promise<Opened>, Opened>()

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
    this.#ready.set(opening, opened)
    opened.session.updateLesson((await readNotebook(notebook)).lesson)
    return opened
  }

  /** The session of a notebook on this kind of machine, if it is open. */
  opened(notebook: vscode.NotebookDocument, kind: MachineKind): LessonSession | undefined {
    const opening = this.#opened.get(notebook)?.get(kind)
    return opening && this.#ready.get(opening)?.session
  }

  /** Makes the notebook's machines anew. */
  async restart(notebook: vscode.NotebookDocument): Promise<void> {
    for (const opening of this.#opened.get(notebook)?.values() ?? []) {
      const opened = await opening
      await opened.session.restart()
      opened.order = 0
    }
  }

  /** Ends what a closed notebook has left, and removes what its lesson has made. */
  async close(notebook: vscode.NotebookDocument): Promise<void> {
    const kinds = this.#opened.get(notebook)
    this.#opened.delete(notebook)
    for (const opening of kinds?.values() ?? []) {
      this.#ready.delete(opening)
      try {
        const { session, removeOwn } = await opening
        await session.dispose()
        await removeOwn()
      } catch {
        // It never opened, or docker went away: there is nothing that could be done here.
      }
    }
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#opened.keys()].map((notebook) => this.close(notebook)))
  }
}

async function open(notebook: vscode.NotebookDocument, kind: MachineKind): Promise<Opened> {
  const { LessonSession } = await import('./lesson.ts')
  const { lesson } = await readNotebook(notebook)
  const file = vscode.workspace.asRelativePath(notebook.uri)
  const { backend, removeOwn, reopen, ...options } = await machines[kind](lesson.frontMatter.needs)
  let current = backend
  const begin = async (): Promise<Backend> => {
    current = await reopen()
    return current
  }
  const session = new LessonSession(lesson, backend, { file, ...options, reopen: begin })
  return { session, order: 0, machine: () => current, removeOwn }
}

/** A machine, how a session asks whether it may start there and begins anew, and how its traces go. */
interface Machine extends Pick<SessionOptions, 'guard' | 'openNode'> {
  backend: Backend
  reopen(): Promise<Backend>
  removeOwn(): Promise<unknown>
}

const machines: Record<MachineKind, (needs: readonly string[]) => Promise<Machine>> = {
  async sim(needs) {
    const { createSimulatedBackend } = await import('./sim.ts')
    return {
      backend: createSimulatedBackend({ needs }),
      reopen: async () => createSimulatedBackend({ needs }),
      removeOwn: () => Promise.resolve(),
    }
  },
  async machine(needs) {
    if (!vscode.workspace.isTrusted) throw new Error(vscode.l10n.t('This workspace is not trusted.'))
    const { openLessonMachine } = await import('./machine.ts')
    let current = openLessonMachine(needs)
    return {
      backend: current.backend,
      guard: (creates) => current.guard(creates),
      openNode: (wanted) => current.openNode(wanted),
      async reopen() {
        await current.removeOwn()
        current = openLessonMachine(needs)
        return current.backend
      },
      removeOwn: () => current.removeOwn(),
    }
  },
}
