// The course in the side bar: its lessons in order, how long they take, and how far the learner is.

import * as vscode from 'vscode'
import { type CourseLesson, listLessons } from './course.ts'
import { lessonName, type ProgressStore } from './progress.ts'

export const courseViewId = 'pause-lab.course'

export class CourseTree implements vscode.TreeDataProvider<CourseLesson> {
  readonly #progress: ProgressStore
  readonly #changed = new vscode.EventEmitter<undefined>()
  readonly onDidChangeTreeData = this.#changed.event

  constructor(progress: ProgressStore) {
    this.#progress = progress
    progress.onDidChange(() => this.#changed.fire(undefined))
  }

  async getChildren(element?: CourseLesson): Promise<CourseLesson[]> {
    return element === undefined ? await listLessons(vscode.env.language) : []
  }

  async getTreeItem({ uri, lesson }: CourseLesson): Promise<vscode.TreeItem> {
    const { shareDone } = await import('./lesson.ts')
    const name = lessonName(uri)
    const { title = name, summary, minutes } = lesson.frontMatter
    const percent = Math.round(shareDone(this.#progress.of(name), lesson) * 100)
    const item = new vscode.TreeItem(title)
    item.id = name
    item.description = [progressText(percent), minutes === undefined ? '' : vscode.l10n.t('{0} min', minutes)]
      .filter((part) => part !== '')
      .join(' · ')
    item.tooltip = [title, summary ?? ''].filter((part) => part !== '').join('\n\n')
    item.iconPath = new vscode.ThemeIcon(iconOf(percent))
    item.command = { command: 'pause-lab.openLesson', title: vscode.l10n.t('Open'), arguments: [uri] }
    item.accessibilityInformation = { label: `${title}, ${item.description}` }
    return item
  }
}

function progressText(percent: number): string {
  if (percent === 0) return vscode.l10n.t('not begun')
  return percent === 100 ? vscode.l10n.t('done') : vscode.l10n.t('{0} % done', percent)
}

function iconOf(percent: number): string {
  if (percent === 0) return 'circle-large-outline'
  return percent === 100 ? 'pass-filled' : 'circle-large-filled'
}
