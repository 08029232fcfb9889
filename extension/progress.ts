// How far the learner has come in each lesson, kept from one day to the next, on every machine that VS Code syncs.

import * as vscode from 'vscode'
import type { Lesson } from '../src/notebook/lesson.ts'
import {
  type CourseProgress,
  noProgress,
  type Progress,
  readCourseProgress,
  withResult,
} from '../src/session/progress.ts'
import type { CellResult } from '../src/session/result.ts'

const key = 'progress'

export class ProgressStore {
  readonly #store: vscode.Memento
  readonly #changed = new vscode.EventEmitter<string>()
  /** Tells the lesson's name. */
  readonly onDidChange = this.#changed.event

  constructor(store: vscode.Memento) {
    this.#store = store
  }

  of(lesson: string): Progress {
    return this.#read()[lesson] ?? noProgress
  }

  /** Notes what a cell's run adds. The same lesson in another language goes on where this one was. */
  async note(notebook: vscode.NotebookDocument, lesson: Lesson, result: CellResult): Promise<void> {
    const name = lessonName(notebook.uri)
    const before = this.of(name)
    const after = withResult(before, lesson, result)
    if (after === before) return
    await this.#store.update(key, { ...this.#read(), [name]: after })
    this.#changed.fire(name)
  }

  /** Forgets all lessons. */
  async reset(): Promise<void> {
    await this.#store.update(key, undefined)
    this.#changed.fire('')
  }

  #read(): CourseProgress {
    return readCourseProgress(this.#store.get(key))
  }
}

/** `05-alp1-alp2` of `…/05-alp1-alp2.lab.md`. */
export function lessonName(uri: vscode.Uri): string {
  return (uri.path.split('/').at(-1) ?? '').replace(/\.lab\.md$/, '')
}
