// Opening the course: the lessons that come with the extension, in the learner's language, through our own file system,
// so that no folder needs to be opened or trusted first.

import * as vscode from 'vscode'
import type { Lesson } from '../src/notebook/lesson.ts'
import { courseScheme } from './course-file-system.ts'
import { notebookType } from './notebook-type.ts'

export interface CourseLesson {
  uri: vscode.Uri
  lesson: Lesson
}

/** Lets the learner choose a lesson, when there are several, and opens it. */
export async function openCourse(): Promise<void> {
  const lessons = (await listLessons(vscode.env.language)).map(quickPickItem)
  const only = lessons.length === 1 ? lessons[0] : undefined
  const chosen =
    only ??
    (await vscode.window.showQuickPick(lessons, {
      title: vscode.l10n.t('Pause Lab: lessons'),
      placeHolder: vscode.l10n.t('Choose a lesson'),
      matchOnDetail: true,
    }))
  if (chosen !== undefined) await openLesson(chosen.uri)
}

/** Opens a lesson and puts its beginning into view. */
export async function openLesson(uri: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand('vscode.openWith', uri, notebookType)
}

/** The lessons in this language, or in English where there are none, in order. */
export async function listLessons(language: string): Promise<CourseLesson[]> {
  const { readLesson } = await import('./lesson.ts')
  const files = await lessonFiles(language.split('-')[0] ?? 'en')
  return Promise.all(files.map(async (uri) => ({ uri, lesson: readLesson(await vscode.workspace.fs.readFile(uri)) })))
}

function quickPickItem({ uri, lesson: { frontMatter } }: CourseLesson): vscode.QuickPickItem & { uri: vscode.Uri } {
  const { title, summary, minutes } = frontMatter
  const item = { uri, label: title ?? uri.path.split('/').at(-1) ?? '', detail: summary ?? '' }
  return minutes === undefined ? item : { ...item, description: vscode.l10n.t('{0} min', minutes) }
}

async function lessonFiles(language: string): Promise<vscode.Uri[]> {
  const folder = vscode.Uri.from({ scheme: courseScheme, path: `/${language}` })
  try {
    const entries = await vscode.workspace.fs.readDirectory(folder)
    const names = entries.map(([name]) => name).filter((name) => name.endsWith('.lab.md'))
    if (names.length > 0) return names.toSorted().map((name) => vscode.Uri.joinPath(folder, name))
  } catch {
    // No lessons in this language.
  }
  return language === 'en' ? [] : lessonFiles('en')
}
