// How pages of `describe` are laid out: tab-separated lines, aligned at the end. pkg/describe uses a tabwriter (0, 8, 2).
import { alignColumns, type ColumnLayout } from '../../text/columns.ts'
import type { EventObject, KubernetesObject } from '../kubernetes/objects.ts'
import { requireResource } from './targets.ts'
import { byLastTimestamp, eventAge } from './age.ts'
import type { Invocation } from './invocation.ts'

const layout: ColumnLayout = { minimumWidth: 0, padding: 2 }

export class Page {
  readonly #lines: string[] = []

  /** @param level indent, two blanks each; cells are separated by tabs */
  line(level: number, ...cells: readonly string[]): void {
    this.#lines.push(`${'  '.repeat(level)}${cells.join('\t')}`)
  }

  /** `Labels:` and the like: one `key=value` a line. */
  map(title: string, map: Readonly<Record<string, string>> | undefined, separator = '='): void {
    const entries = Object.entries(map ?? {})
      .filter(([key]) => key !== 'kubectl.kubernetes.io/last-applied-configuration')
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
    if (entries.length === 0) return this.line(0, title, '<none>')
    for (const [at, [key, value]] of entries.entries())
      this.line(0, at === 0 ? title : '', `${key}${separator}${value}`)
  }

  get text(): string {
    return `${alignColumns(this.#lines.join('\n'), layout)}\n`
  }
}

/** The events of an object as the last part of its page. */
export function eventLines(page: Page, object: KubernetesObject, invocation: Invocation, now: number): void {
  if (!invocation.flags.bool('show-events')) return
  const events = invocation.api
    .list(requireResource('events'), { namespace: object.metadata.namespace ?? 'default' })
    .map((each) => each as EventObject)
    .filter(({ involvedObject }) => involvedObject.uid === object.metadata.uid)
    .toSorted(byLastTimestamp)
  if (events.length === 0) return page.line(0, 'Events:', '<none>')
  page.line(0, 'Events:')
  page.line(1, 'Type', 'Reason', 'Age', 'From', 'Message')
  page.line(1, '----', '------', '----', '----', '-------')
  for (const event of events) {
    page.line(
      1,
      event.type,
      event.reason,
      eventAge(event, now),
      event.source.component ?? event.reportingComponent,
      event.message.trim(),
    )
  }
}
