// The commands of package.json, by their ids. What a command needs beyond what is open already is imported when it runs.

import * as vscode from 'vscode'
import type { Checks } from './checks.ts'
import { openCourse, openLesson } from './course.ts'
import type { CourseFileSystem } from './course-file-system.ts'
import type { KernelServices } from './kernel.ts'
import type { Kernels } from './kernels.ts'
import { openTerminal, restartMachine, restoreLesson, startHere } from './lesson-commands.ts'
import { stepNotes } from './listings.ts'
import { cleanUp, doctor } from './machine-commands.ts'
import type { TextDocuments } from './text-documents.ts'

interface Services extends KernelServices {
  course: CourseFileSystem
  checks: Checks
  documents: TextDocuments
}

/** Registers all of them. Where a command takes a cell, it takes the selected one when called from the palette. */
export function registerCommands(kernels: Kernels, services: Services): vscode.Disposable {
  const { course, checks, questions, progress, documents } = services
  type Cell = vscode.NotebookCell | undefined
  const commands: Readonly<Record<string, (...args: never[]) => unknown>> = {
    cleanUp,
    doctor: () => doctor(documents),
    openCourse,
    openLesson,
    openTerminal: () => openTerminal(kernels, services),
    predict: (cell: vscode.NotebookCell) => questions.ask(cell),
    putSolution: (cell: Cell) => checks.putSolution(cell),
    resetProgress: () => progress.reset(),
    restart: () => restartMachine(services),
    restoreLesson: () => restoreLesson(course),
    showHint: (cell: Cell) => checks.showHint(cell),
    startHere: (cell: Cell) => startHere(kernels, cell),
    stepNotes,
  }
  return vscode.Disposable.from(
    ...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(`pause-lab.${name}`, run)),
  )
}
