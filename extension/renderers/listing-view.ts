// An annotated listing that can be stepped through: markers become buttons, and a marker's line and its note light up
// together, by click, under the pointer, or by the keyboard: j, k, arrows, Home, End, Escape. One marker at a time is in
// the order of tabs. All is made of elements and text; the notes stay as the markdown renderer made them.

import { fillIn, type ListingWords } from '../common/listing-words.ts'
import { child } from './dom.ts'
import { colourLines, prepareSurface } from './listing-colours.ts'

/** A line of the code, without its marker. */
export interface Line {
  readonly element: HTMLElement
  readonly text: string
}

interface Marker {
  readonly note: string
  readonly line: HTMLElement
  readonly button: HTMLButtonElement
}

const titles: Readonly<Record<string, string>> = {
  bash: 'Shell',
  c: 'C',
  json: 'JSON',
  sh: 'Shell',
  shell: 'Shell',
  yaml: 'YAML',
  yml: 'YAML',
}

/** How far a key goes among the markers. */
const steps: Readonly<Record<string, (at: number, last: number) => number>> = {
  j: (at) => at + 1,
  ArrowDown: (at) => at + 1,
  ArrowRight: (at) => at + 1,
  k: (at) => at - 1,
  ArrowUp: (at) => at - 1,
  ArrowLeft: (at) => at - 1,
  Home: () => 0,
  End: (_at, last) => last,
}

let viewCount = 0

export class ListingView {
  readonly #figure: HTMLElement
  readonly #words: ListingWords
  /** Tells its notes from those of other listings of the page. */
  readonly #number: number
  readonly #code: HTMLElement
  readonly #notes: HTMLElement
  readonly #position: HTMLElement
  readonly #status: HTMLElement
  readonly #lines: readonly Line[]
  readonly #markers: readonly Marker[]
  readonly #listeners = new AbortController()
  /** The marker that is reached by Tab, and lit unless Escape was pressed. */
  #at = 0
  #isLit = false

  /** @param figure as the markdown-it plugin writes it */
  constructor(figure: HTMLElement, code: HTMLElement, notes: HTMLElement, words: ListingWords) {
    this.#figure = figure
    this.#words = words
    this.#code = code
    this.#notes = notes
    viewCount += 1
    this.#number = viewCount
    const lines = [...code.querySelectorAll<HTMLElement>('.line')]
    const written = lines.map((line) => line.querySelector<HTMLElement>('.marker'))
    this.#lines = lines.map((element, index) => {
      const marker = written[index]
      marker?.remove()
      return { element, text: element.textContent }
    })
    this.#markers = written.flatMap((marker, index) => {
      const line = lines[index]
      const note = marker?.dataset['note']
      return line === undefined || note === undefined ? [] : [this.#addMarker(line, note)]
    })
    const { position, status } = this.#addBar()
    this.#position = position
    this.#status = status
    this.#label(notes)
    const panes = document.createElement('div')
    panes.className = 'panes'
    panes.append(code, notes)
    figure.append(panes)
    this.#listen()
    this.#show()
  }

  /** Draws the code in the colours of the theme that the page has now. */
  async colour(): Promise<void> {
    await colourLines(this.#figure.dataset['language'] ?? '', this.#lines, prepareSurface(this.#figure))
  }

  get lines(): readonly Line[] {
    return this.#lines
  }

  /** Lights the note of a line that runs now, or none if it has none. Scrolls the code alone. */
  follow(line: HTMLElement): void {
    const index = this.#markers.findIndex((marker) => marker.line === line)
    if (index >= 0) {
      this.#select(index)
      return
    }
    this.#isLit = false
    this.#show()
    const code = this.#code
    const top = line.offsetTop
    const isInView = top >= code.scrollTop && top + line.offsetHeight <= code.scrollTop + code.clientHeight
    if (!isInView) code.scrollTop = Math.max(0, top - code.clientHeight / 3)
  }

  get isConnected(): boolean {
    return this.#figure.isConnected
  }

  /** Takes the focus to the marker that is next in line. */
  enter(): void {
    this.#markers[this.#at]?.button.focus({ preventScroll: true })
  }

  dispose(): void {
    this.#listeners.abort()
  }

  #addMarker(line: HTMLElement, note: string): Marker {
    line.classList.add('noted')
    line.dataset['note'] = note
    const button = child(line, 'button', {
      type: 'button',
      class: 'marker',
      'data-note': note,
      'aria-label': fillIn(this.#words.marker, note, line.dataset['line'] ?? ''),
      'aria-describedby': this.#noteId(note),
    })
    return { note, line, button }
  }

  #addBar(): { position: HTMLElement; status: HTMLElement } {
    const words = this.#words
    const bar = document.createElement('div')
    bar.className = 'bar'
    this.#figure.prepend(bar)
    child(bar, 'span', { class: 'title' }).textContent = this.#title()
    const position = child(bar, 'span', { class: 'position' })
    const stepTo = (key: 'k' | 'j', label: string, sign: string): void => {
      const button = child(bar, 'button', {
        type: 'button',
        'aria-label': label,
        title: label,
        'aria-keyshortcuts': key,
      })
      button.textContent = sign
      button.addEventListener('click', () => this.#step(key, false))
    }
    stepTo('k', words.previous, '↑')
    stepTo('j', words.next, '↓')
    const copy = child(bar, 'button', { type: 'button' })
    copy.textContent = words.copy
    copy.addEventListener('click', () => void this.#copy(copy))
    return { position, status: child(bar, 'span', { class: 'status', role: 'status' }) }
  }

  #title(): string {
    const { language = '', output, file } = this.#figure.dataset
    if (output !== undefined) return fillIn(this.#words.recorded, output)
    return file ?? (Object.hasOwn(titles, language) ? (titles[language] ?? '') : this.#words.plain)
  }

  #label(notes: HTMLElement): void {
    this.#figure.setAttribute('role', 'group')
    this.#figure.setAttribute('aria-label', fillIn(this.#words.listing, this.#title()))
    notes.setAttribute('role', 'list')
    notes.setAttribute('aria-label', this.#words.notes)
    for (const item of this.#items()) item.id = this.#noteId(item.dataset['note'] ?? '')
  }

  #noteId(note: string): string {
    return `listing-${this.#number}-note-${note}`
  }

  #items(): HTMLElement[] {
    return [...this.#notes.querySelectorAll<HTMLElement>(':scope > li[data-note]')]
  }

  #listen(): void {
    const { signal } = this.#listeners
    const noteAt = (event: Event): string | undefined =>
      event.target instanceof Element
        ? event.target.closest<HTMLElement>('.line[data-note], li[data-note]')?.dataset['note']
        : undefined
    const figure = this.#figure
    figure.addEventListener('keydown', (event) => this.#onKey(event), { signal })
    figure.addEventListener('mouseover', (event) => this.#light(noteAt(event)), { signal })
    figure.addEventListener('mouseleave', () => this.#light(undefined), { signal })
    figure.addEventListener(
      'click',
      (event) => {
        const index = this.#markers.findIndex(({ note }) => note === noteAt(event))
        const target = event.target instanceof Element ? event.target : undefined
        if (index < 0 || target?.closest('a') || this.#hasSelection()) return
        const exact = this.#markers.findIndex(({ line }) => line === target?.closest('.line'))
        this.#select(exact < 0 ? index : exact)
      },
      { signal },
    )
    this.#markers.forEach(({ button }, index) =>
      button.addEventListener('focus', () => this.#select(index), { signal }),
    )
    // A pane that scrolls must be reachable without a mouse; the code is, by its markers.
    const observer = new ResizeObserver(() => this.#fit())
    observer.observe(this.#code)
    observer.observe(this.#notes)
    signal.addEventListener('abort', () => observer.disconnect())
  }

  #onKey(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    if (event.key === 'Escape') {
      if (!this.#isLit) return
      this.#isLit = false
      this.#show()
    } else {
      if (!Object.hasOwn(steps, event.key)) return
      this.#step(event.key, true)
    }
    // The editor has uses of its own for these keys.
    event.preventDefault()
    event.stopPropagation()
  }

  #step(key: string, takesFocus: boolean): void {
    const last = this.#markers.length - 1
    const isEdge = key === 'Home' || key === 'End'
    const next = this.#isLit || isEdge ? (steps[key]?.(this.#at, last) ?? this.#at) : this.#at
    const index = Math.max(0, Math.min(last, next))
    if (takesFocus) this.#markers[index]?.button.focus({ preventScroll: true })
    this.#select(index)
  }

  #select(index: number): void {
    this.#at = index
    this.#isLit = true
    this.#show()
    this.#reveal()
  }

  /** Lights what belongs to the note under the pointer; without one, to the selected marker. */
  #light(note: string | undefined): void {
    const lit = note ?? (this.#isLit ? this.#markers[this.#at]?.note : undefined)
    for (const { line } of this.#markers) line.classList.toggle('lit', line.dataset['note'] === lit)
    for (const item of this.#items()) item.classList.toggle('lit', item.dataset['note'] === lit)
  }

  #show(): void {
    this.#light(undefined)
    this.#markers.forEach(({ button }, index) => {
      button.tabIndex = index === this.#at ? 0 : -1
      if (this.#isLit && index === this.#at) button.setAttribute('aria-current', 'true')
      else button.removeAttribute('aria-current')
    })
    const { position, count: total } = this.#words
    this.#position.textContent = this.#isLit
      ? fillIn(position, this.#at + 1, this.#markers.length)
      : fillIn(total, this.#markers.length)
  }

  /** Scrolls both panes, and nothing else, until the marker's line and its note stand in view, side by side if they can. */
  #reveal(): void {
    const marker = this.#markers[this.#at]
    const item = this.#items().find(({ dataset }) => dataset['note'] === marker?.note)
    if (marker === undefined || item === undefined) return
    const code = this.#code
    const line = { top: marker.line.offsetTop, height: marker.line.offsetHeight }
    let scrolled = code.scrollTop
    const isInView = line.top >= scrolled + line.height && line.top + 2 * line.height <= scrolled + code.clientHeight
    if (!isInView) {
      const most = code.scrollHeight - code.clientHeight
      scrolled = Math.max(0, Math.min(most, line.top - code.clientHeight / 3))
      code.scrollTop = scrolled
    }
    const isBeside = this.#notes.offsetLeft > code.offsetLeft
    const aligned = isBeside ? item.offsetTop - (line.top - scrolled) : item.offsetTop
    const lowest = item.offsetTop + item.offsetHeight - this.#notes.clientHeight
    this.#notes.scrollTop = Math.min(item.offsetTop, Math.max(aligned, lowest))
  }

  #fit(): void {
    const notes = this.#notes
    if (notes.scrollHeight > notes.clientHeight) notes.tabIndex = 0
    else notes.removeAttribute('tabindex')
    if (this.#isLit) this.#reveal()
  }

  /** Whether the click ended a selection of text by the pointer. In a shadow root Chromium keeps that there. */
  #hasSelection(): boolean {
    const root = this.#figure.getRootNode() as Document | (ShadowRoot & { getSelection?(): Selection | null })
    return root.getSelection?.()?.type === 'Range'
  }

  async #copy(button: HTMLButtonElement): Promise<void> {
    const text = `${this.#lines.map((line) => line.text).join('\n')}\n`
    try {
      await navigator.clipboard.writeText(text)
    } catch {
      copyBySelection(text)
    }
    button.textContent = this.#words.copied
    this.#status.textContent = this.#words.copied
    setTimeout(() => {
      button.textContent = this.#words.copy
      this.#status.textContent = ''
    }, 2000)
  }
}

/** Where a page may not write to the clipboard by itself. */
function copyBySelection(text: string): void {
  const area = child(document.body, 'textarea')
  area.value = text
  area.select()
  document.execCommand('copy')
  area.remove()
}
