// The extension's entry: registrations only. What takes time to load (lessons, machines) is imported when first used.

import * as vscode from 'vscode'
import { Checks } from './checks.ts'
import { registerCommands } from './commands.ts'
import { Answers } from './common/answers.ts'
import { CourseFileSystem, courseScheme } from './course-file-system.ts'
import { CourseTree, courseViewId } from './course-tree.ts'
import { FullOutputs, fullOutputScheme } from './full-outputs.ts'
import { registerKernels } from './kernels.ts'
import { connectListings, markdownPreview } from './listings.ts'
import { connectRenderers } from './messaging.ts'
import { notebookType } from './notebook-type.ts'
import { ProgressStore } from './progress.ts'
import { Questions } from './questions.ts'
import { RunFactsStore } from './run-facts.ts'
import { RunRecords } from './run-records.ts'
import { LessonSerializer, serializerOptions } from './serializer.ts'
import { Sessions } from './sessions.ts'
import { watchStaleness } from './staleness.ts'
import { LessonStatusBar } from './status.ts'
import { TextDocuments, textDocumentScheme } from './text-documents.ts'

let sessions: Sessions | undefined

export function activate({
  subscriptions,
  extension,
  globalState,
  extensionUri,
  globalStorageUri,
}: vscode.ExtensionContext): typeof markdownPreview {
  const originals = vscode.Uri.joinPath(extensionUri, 'notebooks')
  const course = new CourseFileSystem(originals, vscode.Uri.joinPath(globalStorageUri, 'course'))
  sessions = new Sessions()
  globalState.setKeysForSync(['progress'])
  const services = {
    sessions,
    course,
    questions: new Questions(new Answers(globalState)),
    checks: new Checks(),
    progress: new ProgressStore(globalState),
    records: new RunRecords(),
    facts: new RunFactsStore(),
    fullOutputs: new FullOutputs(),
    documents: new TextDocuments(),
  }
  const kernels = registerKernels(extension.id, services)
  subscriptions.push(
    vscode.workspace.registerFileSystemProvider(courseScheme, course, { isCaseSensitive: true }),
    vscode.workspace.registerTextDocumentContentProvider(fullOutputScheme, services.fullOutputs),
    vscode.workspace.registerTextDocumentContentProvider(textDocumentScheme, services.documents),
    vscode.workspace.registerNotebookSerializer(notebookType, new LessonSerializer(), serializerOptions),
    vscode.notebooks.registerNotebookCellStatusBarItemProvider(notebookType, new LessonStatusBar(services)),
    vscode.window.registerTreeDataProvider(courseViewId, new CourseTree(services.progress)),
    services.checks,
    connectRenderers(services),
    connectListings(),
    watchStaleness(services),
    kernels,
    registerCommands(kernels, services),
    vscode.workspace.onDidCloseNotebookDocument((notebook) => {
      services.fullOutputs.forget(notebook)
      services.facts.forget(notebook)
      void services.sessions.close(notebook)
    }),
  )
  return markdownPreview
}

/** VS Code waits some seconds for the machines to end and for what the lessons made to be removed. */
export async function deactivate(): Promise<void> {
  await sessions?.closeAll()
}
