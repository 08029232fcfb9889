// Draws a cell's output: the text as a terminal shows it, whose run it is, and what is to be said about it.
// Everything goes into the page as text nodes; no markup ever comes from the output.

import type { ActivationFunction } from 'vscode-notebook-renderer'
import { identitiesOf, type Identity } from '../common/identity.ts'
import { type FactsMessage, readFacts } from '../common/messages.ts'
import type { OutputData, OutputNote, RunFacts } from '../common/output-data.ts'
import { type Line, terminalLines } from '../common/terminal-screen.ts'
import { child } from './dom.ts'
import { describe, renderLine } from './line.ts'
import { outputStyles } from './output-styles.ts'
import { currentTheme, onThemeChange } from './theme.ts'

export const activate: ActivationFunction = (context) => {
  const views = new Map<HTMLElement, OutputView>()
  const elements = new Map<string, HTMLElement>()
  let facts: FactsMessage['runs'] = {}
  context.onDidReceiveMessage?.((message) => {
    facts = { ...facts, ...readFacts(message) }
    for (const view of views.values()) view.showFacts(facts)
  })
  context.postMessage?.({ type: 'facts-wanted' })
  onThemeChange(() => {
    for (const view of views.values()) view.redraw()
  })
  return {
    renderOutputItem(item, element) {
      let view = views.get(element)
      if (view === undefined) {
        view = new OutputView(element, (key) => context.postMessage?.({ type: 'open-all', key }))
        views.set(element, view)
      }
      elements.set(item.id, element)
      view.showFacts(facts)
      view.show(item.json())
    },
    disposeOutputItem(id) {
      const gone = id === undefined ? [...elements.keys()] : [id]
      for (const key of gone) {
        const element = elements.get(key)
        if (element !== undefined) views.delete(element)
        elements.delete(key)
      }
    },
  }
}

const noFacts: RunFacts = {}

class OutputView {
  readonly #openAll: (key: string) => void
  readonly #section: HTMLElement
  readonly #heading: HTMLElement
  readonly #status: HTMLElement
  readonly #stale: HTMLElement
  readonly #omitted: HTMLElement
  readonly #text: HTMLElement
  readonly #predictions: HTMLElement
  readonly #owners: HTMLElement
  readonly #notes: HTMLElement
  #drawn: string[] = []
  #data: OutputData | undefined
  #facts: FactsMessage['runs'] = {}

  constructor(element: HTMLElement, openAll: (key: string) => void) {
    this.#openAll = openAll
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' })
    root.replaceChildren()
    child(root, 'style').textContent = outputStyles
    this.#section = child(root, 'section')
    const head = child(this.#section, 'header')
    this.#heading = child(head, 'h3')
    this.#status = child(head, 'p', { class: 'facts', role: 'status' })
    this.#stale = child(this.#section, 'p', { class: 'stale', role: 'status' })
    this.#omitted = child(this.#section, 'div', { class: 'omitted' })
    this.#text = child(this.#section, 'pre')
    this.#predictions = child(this.#section, 'div', { class: 'predictions' })
    this.#owners = child(this.#section, 'details', { class: 'owners' })
    this.#notes = child(this.#section, 'div', { class: 'notes' })
    root.addEventListener('mouseover', (event) => markEqual(root, event))
    root.addEventListener('mouseout', (event) => markEqual(root, event))
  }

  show(data: OutputData): void {
    this.#data = data
    this.#section.setAttribute('aria-label', data.heading)
    setText(this.#heading, data.heading)
    setText(this.#status, data.facts.join(' · '))
    this.#showStale(data)
    this.#showOmitted(data)
    this.#showText(data)
    this.#predictions.replaceChildren()
    this.#notes.replaceChildren()
    for (const note of data.notes) showNote(note.kind === 'prediction' ? this.#predictions : this.#notes, note)
  }

  /** Takes what became known of runs; of its own one it shows it. */
  showFacts(facts: FactsMessage['runs']): void {
    const before = this.#own(this.#data)
    this.#facts = facts
    const now = this.#own(this.#data)
    if (this.#data === undefined || before === now) return
    this.#showStale(this.#data)
    if (before.owners !== now.owners) this.redraw()
  }

  #own(data: OutputData | undefined): RunFacts {
    return this.#facts[data?.run ?? ''] ?? noFacts
  }

  #showStale(data: OutputData): void {
    const { stale } = this.#own(data)
    this.#section.className = data.state
    this.#section.classList.toggle('stale', stale !== undefined)
    this.#section.classList.toggle(
      'guessed',
      data.notes.some(({ kind }) => kind === 'prediction'),
    )
    this.#stale.hidden = stale === undefined
    setText(this.#stale, stale === undefined ? '' : `${data.words.stale} ${stale}`)
  }

  /** Draws all lines anew: the theme's colours have changed. */
  redraw(): void {
    this.#drawn = []
    this.#text.replaceChildren()
    if (this.#data !== undefined) this.show(this.#data)
  }

  #showText(data: OutputData): void {
    const lines = terminalLines(data.chunks)
    const wasAtEnd = this.#text.scrollTop + this.#text.clientHeight >= this.#text.scrollHeight - 4
    const drawing = { words: data.words, theme: currentTheme(), owners: this.#own(data).owners ?? {} }
    const texts = lines.map((line) => line.map((run) => run.text).join(''))
    const identities = identitiesOf(texts, data.state === 'recorded')
    lines.forEach((line, i) => {
      const key = JSON.stringify([line, identities[i]])
      if (this.#drawn[i] === key) return
      this.#drawn[i] = key
      const drawn = renderLine(line, identities[i] ?? [], startsErrors(lines, i), drawing)
      const old = this.#text.children[i]
      if (old === undefined) this.#text.append(drawn)
      else old.replaceWith(drawn)
    })
    this.#drawn.length = lines.length
    this.#showOwners(data, identities.flat())
    while (this.#text.children.length > lines.length) this.#text.lastElementChild?.remove()
    const isEmpty = lines.length === 0
    // Of a cell that did not run, its note says all.
    this.#text.hidden = isEmpty && (data.state === 'running' || data.notes.some(({ kind }) => kind === 'refusal'))
    this.#text.classList.toggle('empty', isEmpty)
    if (isEmpty) this.#text.replaceChildren(data.state === 'running' ? '' : data.words.noOutput)
    // Like a terminal, it follows the newest line unless the reader has gone back.
    if (wasAtEnd && data.state !== 'recorded') this.#text.scrollTop = this.#text.scrollHeight
    // What scrolls must be reachable without a mouse.
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = this.#text
    if (scrollWidth > clientWidth || scrollHeight > clientHeight) this.#text.tabIndex = 0
    else this.#text.removeAttribute('tabindex')
    this.#text.setAttribute('role', 'group')
    this.#text.setAttribute('aria-label', data.heading)
  }

  /** What hovering tells, for who does not hover. */
  #showOwners(data: OutputData, identities: readonly Identity[]): void {
    const { owners = {} } = this.#own(data)
    const lines = identities.flatMap((identity) => {
      const owner = owners[`${identity.kind}:${identity.key}`]
      return owner === undefined ? [] : [describe(identity, data.words, owner)]
    })
    const known = [...new Set(lines)]
    this.#owners.hidden = known.length === 0
    if (this.#owners.dataset['lines'] === known.join('\n')) return
    this.#owners.dataset['lines'] = known.join('\n')
    this.#owners.replaceChildren()
    child(this.#owners, 'summary').textContent = data.words.owners
    const list = child(this.#owners, 'ul')
    for (const line of known) child(list, 'li').textContent = line
  }

  #showOmitted(data: OutputData): void {
    const { omitted } = data
    this.#omitted.hidden = omitted === undefined
    if (omitted === undefined) return
    // The button stays the same element while output comes in, so that the focus is not lost.
    const text = this.#omitted.querySelector('span') ?? child(this.#omitted, 'span')
    const button = this.#omitted.querySelector('button') ?? this.#addOpenButton()
    setText(text, omitted.text)
    setText(button, omitted.open)
  }

  #addOpenButton(): HTMLButtonElement {
    const button = child(this.#omitted, 'button', { type: 'button' })
    button.addEventListener('click', () => {
      const key = this.#data?.omitted?.key
      if (key !== undefined) this.#openAll(key)
    })
    return button
  }
}

function showNote(parent: HTMLElement, note: OutputNote): void {
  const aside = child(parent, 'div', { class: `note ${note.kind}` })
  child(aside, 'h4').textContent = note.title
  for (const line of note.lines) child(aside, 'p').textContent = line
  if (note.details === undefined) return
  const details = child(aside, 'details')
  child(details, 'summary').textContent = note.details.summary
  child(details, 'pre', { tabindex: '0' }).textContent = note.details.text
}

/** Whether standard error begins on this line: the line says so in words. */
function startsErrors(lines: readonly Line[], i: number): boolean {
  return hasErrors(lines[i]) && !hasErrors(lines[i - 1])
}

function hasErrors(line: Line | undefined): boolean {
  return line?.some((run) => run.fd === 2) ?? false
}

/** Lights up every other place that names the same container, process or namespace. */
function markEqual(root: ShadowRoot, event: Event): void {
  const target = event.target
  if (!(target instanceof HTMLElement) || target.dataset['identity'] === undefined) return
  for (const element of root.querySelectorAll<HTMLElement>('[data-identity]')) {
    const isSame = element.dataset['identity'] === target.dataset['identity']
    element.classList.toggle('same', isSame && event.type === 'mouseover')
  }
}

function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text
}
