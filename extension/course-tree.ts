// The course in the side bar: its lessons in order, how far the learner is, and the tasks of each.

import * as vscode from 'vscode'
import { type CourseLesson, listLessons } from './course.ts'
import { lessonName, type ProgressStore } from './progress.ts'

export const courseViewId = 'pause-lab.course'

/** What stands below a lesson: a line of facts, or one of its checks. */
interface Detail {
  label: string
  icon: string
  /** The icon in words. */
  state?: string
}

type Element = CourseLesson | Detail

export class CourseTree implements vscode.TreeDataProvider<Element> {
  readonly #progress: ProgressStore
  readonly #changed = new vscode.EventEmitter<undefined>()
  readonly onDidChangeTreeData = this.#changed.event

  constructor(progress: ProgressStore) {
    this.#progress = progress
    progress.onDidChange(() => this.#changed.fire(undefined))
  }

  async getChildren(element?: Element): Promise<Element[]> {
    if (element === undefined) return await listLessons(vscode.env.language)
    return 'lesson' in element ? await this.#details(element) : []
  }

  async getTreeItem(element: Element): Promise<vscode.TreeItem> {
    if (!('lesson' in element)) return detailItem(element)
    const { uri, lesson } = element
    const name = lessonName(uri)
    const { title = name, summary = '', minutes } = lesson.frontMatter
    const percent = await this.#percent(element)
    const item = new vscode.TreeItem(title, vscode.TreeItemCollapsibleState.Collapsed)
    item.id = name
    item.tooltip = [title, summary, factsOf(percent, minutes)].filter((part) => part !== '').join('\n\n')
    item.iconPath = new vscode.ThemeIcon(iconOf(percent))
    item.command = { command: 'pause-lab.openLesson', title: vscode.l10n.t('Open'), arguments: [uri] }
    item.accessibilityInformation = { label: `${title}, ${factsOf(percent, minutes)}` }
    return item
  }

  async #details(element: CourseLesson): Promise<Detail[]> {
    const { uri, lesson } = element
    const { checks } = this.#progress.of(lessonName(uri))
    const { headingsOf } = await import('./lesson.ts')
    const headings = headingsOf(lesson)
    const tasks = lesson.cells
      .filter(({ attributes }) => attributes.check)
      .map(({ name }): Detail => {
        const isReached = checks.includes(name)
        const state = isReached ? vscode.l10n.t('reached') : vscode.l10n.t('not reached yet')
        return { label: headings.get(name) ?? name, icon: isReached ? 'pass-filled' : 'circle-large-outline', state }
      })
    return [{ label: factsOf(await this.#percent(element), lesson.frontMatter.minutes), icon: 'watch' }, ...tasks]
  }

  async #percent({ uri, lesson }: CourseLesson): Promise<number> {
    const { shareDone } = await import('./lesson.ts')
    const share = shareDone(this.#progress.of(lessonName(uri)), lesson)
    // Neither end is shown before it is reached.
    return share > 0 && share < 1 ? Math.max(1, Math.min(99, Math.round(share * 100))) : share * 100
  }
}

function detailItem({ label, icon, state }: Detail): vscode.TreeItem {
  const item = new vscode.TreeItem(label)
  item.iconPath = new vscode.ThemeIcon(icon)
  if (state !== undefined) {
    item.tooltip = `${label}: ${state}`
    item.accessibilityInformation = { label: `${label}, ${state}` }
  }
  return item
}

function factsOf(percent: number, minutes: number | undefined): string {
  const time = minutes === undefined ? [] : [vscode.l10n.t('{0} min', minutes)]
  return [progressText(percent), ...time].join(' · ')
}

function progressText(percent: number): string {
  if (percent === 0) return vscode.l10n.t('not begun')
  return percent === 100 ? vscode.l10n.t('done') : vscode.l10n.t('{0} % done', percent)
}

function iconOf(percent: number): string {
  if (percent === 0) return 'circle-large-outline'
  return percent === 100 ? 'pass-filled' : 'color-mode'
}
