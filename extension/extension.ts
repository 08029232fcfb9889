// The extension's entry: registrations only. What takes time to load (lessons, machines) is imported when first used.

import * as vscode from 'vscode'
import { Answers } from './common/answers.ts'
import { openCourse } from './course.ts'
import { CourseFileSystem, courseScheme } from './course-file-system.ts'
import { FullOutputs, fullOutputScheme } from './full-outputs.ts'
import { registerKernels } from './kernels.ts'
import { connectRenderers } from './messaging.ts'
import { notebookType } from './notebook-type.ts'
import { Questions } from './questions.ts'
import { restartMachine, restoreLesson } from './lesson-commands.ts'
import { LessonSerializer, serializerOptions } from './serializer.ts'
import { Sessions } from './sessions.ts'
import { LessonStatusBar, RunRecords } from './status.ts'

let sessions: Sessions | undefined

export function activate({
  subscriptions,
  extension,
  globalState,
  extensionUri,
  globalStorageUri,
}: vscode.ExtensionContext): void {
  const originals = vscode.Uri.joinPath(extensionUri, 'notebooks')
  const course = new CourseFileSystem(originals, vscode.Uri.joinPath(globalStorageUri, 'course'))
  const questions = new Questions(new Answers(globalState))
  sessions = new Sessions()
  const services = { sessions, questions, records: new RunRecords(), fullOutputs: new FullOutputs() }
  const { records, fullOutputs } = services
  subscriptions.push(
    vscode.workspace.registerFileSystemProvider(courseScheme, course, { isCaseSensitive: true }),
    vscode.workspace.registerTextDocumentContentProvider(fullOutputScheme, fullOutputs),
    vscode.workspace.registerNotebookSerializer(notebookType, new LessonSerializer(), serializerOptions),
    vscode.notebooks.registerNotebookCellStatusBarItemProvider(notebookType, new LessonStatusBar(records, questions)),
    connectRenderers(questions, fullOutputs),
    registerKernels(extension.id, services),
    vscode.commands.registerCommand('pause-lab.openCourse', openCourse),
    vscode.commands.registerCommand('pause-lab.predict', (cell: vscode.NotebookCell) => questions.ask(cell)),
    vscode.commands.registerCommand('pause-lab.restart', () => restartMachine(services)),
    vscode.commands.registerCommand('pause-lab.restoreLesson', () => restoreLesson(course)),
    vscode.workspace.onDidCloseNotebookDocument((notebook) => {
      fullOutputs.forget(notebook)
      void services.sessions.close(notebook)
    }),
  )
}

/** VS Code waits some seconds for the machines to end and for what the lessons made to be removed. */
export async function deactivate(): Promise<void> {
  await sessions?.closeAll()
}
