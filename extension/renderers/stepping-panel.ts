// The part of an annotated listing that steps through its program while it runs: buttons and keys (s, r, x), the line that
// runs, and what the process is doing there. Each change is one sentence, seen and read aloud.

import type { SteppingView } from '../../src/session/stepping.ts'
import { fillIn, type ListingWords } from '../common/listing-words.ts'
import { type SteppingAction, type SteppingAnswer, steppingSignals } from '../common/stepping-messages.ts'
import { child } from './dom.ts'
import type { ListingView } from './listing-view.ts'
import type { SteppingLink } from './stepping-link.ts'

const keys: Readonly<Record<string, SteppingAction>> = { s: 'step', r: 'run', x: 'signal' }

/** Numbers of the signals that a shell tells apart from an exit code by 128, signal(7). */
const signalNumbers: Readonly<Record<number, string>> = {
  1: 'HUP',
  2: 'INT',
  6: 'ABRT',
  8: 'FPE',
  9: 'KILL',
  10: 'USR1',
  11: 'SEGV',
  13: 'PIPE',
  15: 'TERM',
}

export class SteppingPanel {
  readonly #listing: ListingView
  readonly #words: ListingWords
  readonly #link: SteppingLink
  readonly #file: string
  readonly #command: readonly string[]
  /** No two listings of a page, and no two pages, have the same. */
  readonly #id = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`
  readonly #panel: HTMLElement
  readonly #buttons = new Map<SteppingAction, HTMLButtonElement>()
  readonly #signal: HTMLSelectElement
  readonly #status: HTMLElement
  readonly #output: HTMLElement
  readonly #listeners = new AbortController()
  #isStarted = false
  #hasEnded = false

  /** @param figure with `data-step`: the program's name and arguments, with commas between */
  constructor(figure: HTMLElement, listing: ListingView, words: ListingWords, link: SteppingLink) {
    this.#listing = listing
    this.#words = words
    this.#link = link
    this.#command = (figure.dataset['step'] ?? '').split(',')
    this.#file = figure.dataset['file'] ?? `${this.#command[0]}.c`
    this.#panel = document.createElement('div')
    this.#panel.className = 'stepping'
    this.#panel.setAttribute('role', 'group')
    this.#panel.setAttribute('aria-label', words.stepping)
    figure.querySelector('.panes')?.before(this.#panel)
    const bar = child(this.#panel, 'div', { class: 'controls' })
    child(bar, 'span', { class: 'stepping-title', 'aria-hidden': 'true' }).textContent = words.stepping
    this.#addButton(bar, 'step', words.step, 's')
    this.#addButton(bar, 'run', words.run, 'r')
    const label = child(bar, 'label')
    child(label, 'span').textContent = words.signal
    this.#signal = child(label, 'select')
    for (const name of steppingSignals) child(this.#signal, 'option', { value: name }).textContent = name
    this.#addButton(bar, 'signal', words.send, 'x')
    this.#addButton(bar, 'restart', words.restart)
    this.#addButton(bar, 'stop', words.stop)
    this.#status = child(this.#panel, 'p', { class: 'process', role: 'status', 'aria-atomic': 'true' })
    this.#output = child(this.#panel, 'pre', { class: 'said', role: 'log', 'aria-label': words.printed, tabindex: '0' })
    figure.addEventListener('keydown', (event) => this.#onKey(event), { signal: this.#listeners.signal })
    const listening = link.onAnswer((answer) => {
      if (answer.listing === this.#id) this.#take(answer)
    })
    this.#listeners.signal.addEventListener('abort', () => listening.dispose())
    this.#show(undefined, words.notStarted)
  }

  /** Ends the program. */
  dispose(): void {
    if (this.#isStarted) this.#send('stop')
    this.#listeners.abort()
  }

  #addButton(bar: HTMLElement, action: SteppingAction, label: string, key?: string): void {
    const button = child(bar, 'button', {
      type: 'button',
      'data-action': action,
      ...(key === undefined ? {} : { 'aria-keyshortcuts': key, title: `${label} (${key})` }),
    })
    button.textContent = label
    button.addEventListener('click', () => this.#ask(action))
    this.#buttons.set(action, button)
  }

  #onKey(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const target = event.composedPath()[0]
    const inPanel = target instanceof Node && this.#panel.contains(target)
    const isTyping = target instanceof HTMLSelectElement
    const action = isTyping || !Object.hasOwn(keys, event.key) ? undefined : keys[event.key]
    if (action !== undefined) {
      this.#ask(action)
      event.preventDefault()
    }
    // What is pressed on a button or in the list is theirs: the editor would take Enter, the space bar and letters.
    if (action !== undefined || (inPanel && event.key !== 'Tab' && event.key !== 'Escape')) event.stopPropagation()
  }

  #ask(action: SteppingAction): void {
    if (this.#buttons.get(action)?.getAttribute('aria-disabled') === 'true') return
    this.#isStarted = action !== 'stop'
    this.#send(action)
  }

  #send(action: SteppingAction): void {
    const source = `${this.#listing.lines.map(({ text }) => text).join('\n')}\n`
    this.#link.send({
      type: 'stepping',
      listing: this.#id,
      action,
      program: { file: this.#file, source, command: this.#command },
      ...(action === 'signal' ? { signal: this.#signal.value } : {}),
    })
  }

  #take({ view, problem }: SteppingAnswer): void {
    this.#isStarted = view !== undefined
    if (problem !== undefined) {
      this.#show(undefined, problem.isOfCompiler ? this.#words.notCompiled : problem.text)
      this.#print(problem.isOfCompiler ? problem.text : '')
    } else this.#show(view, view === undefined ? this.#words.stopped : this.#sentence(view))
  }

  #show(view: SteppingView | undefined, sentence: string): void {
    this.#hasEnded = view?.process !== undefined && view.process.state === undefined
    this.#status.textContent = sentence
    this.#panel.dataset['state'] = view === undefined ? '' : (view.process?.state ?? (this.#hasEnded ? '' : 'R'))
    this.#print(view?.output ?? '')
    for (const { element } of this.#listing.lines) {
      element.classList.remove('current')
      element.removeAttribute('aria-current')
    }
    const line = this.#hasEnded ? undefined : this.#listing.lines[(view?.current?.line ?? 0) - 1]?.element
    line?.classList.add('current')
    line?.setAttribute('aria-current', 'step')
    if (line !== undefined) this.#listing.follow(line)
    const isRunning = view !== undefined && !this.#hasEnded
    this.#enable('step', view === undefined || (isRunning && (view.ahead > 0 || view.current === undefined)))
    this.#enable('run', view === undefined || isRunning)
    this.#enable('signal', isRunning)
    this.#enable('restart', view !== undefined)
    this.#enable('stop', isRunning)
  }

  /** A button that has the focus keeps it, also when there is nothing more for it to do. */
  #enable(action: SteppingAction, isEnabled: boolean): void {
    this.#buttons.get(action)?.setAttribute('aria-disabled', String(!isEnabled))
  }

  #print(text: string): void {
    this.#output.hidden = text === ''
    if (this.#output.textContent === text) return
    this.#output.textContent = text
    this.#output.scrollTop = this.#output.scrollHeight
  }

  #sentence({ pid, current, ahead, process, signal }: SteppingView): string {
    const words = this.#words
    const place = current === undefined ? words.beforeFirstLine : fillIn(words.line, current.line, current.functionName)
    const parts = [place, fillIn(words.process, pid)]
    if (process === undefined) parts.push(words.stateR, fillIn(words.ahead, ahead))
    else if (process.state === undefined) parts.splice(0, 1, endText(process.exitCode ?? 0, words))
    else {
      const states: Readonly<Record<string, string>> = {
        R: words.stateR,
        S: words.stateS,
        T: words.stateT,
        Z: words.stateZ,
      }
      const { systemCall, wchan } = process
      const call = systemCall && fillIn(words.inCall, systemCall.name ?? systemCall.number, wchan ?? '0')
      parts.push([states[process.state] ?? fillIn(words.stateOther, process.state), call ?? ''].join(' ').trim())
    }
    if (signal !== undefined) parts.push(fillIn(words.lastSignal, signal))
    return parts.join(' · ')
  }
}

function endText(exitCode: number, words: ListingWords): string {
  const signal = signalNumbers[exitCode - 128]
  return signal === undefined ? fillIn(words.ended, exitCode) : fillIn(words.endedBySignal, exitCode, signal)
}
