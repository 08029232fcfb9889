// One line of output as an element: SGR colours through anser, identities coloured by their number.

import Anser from 'anser'
import { colourOfHue, cssColour, paletteColour, parseColour, readable, type Rgb } from '../common/contrast.ts'
import type { Identity } from '../common/identity.ts'
import { IdentityHues } from '../common/identity-hues.ts'
import type { OutputWords } from '../common/output-data.ts'
import type { Line, Run } from '../common/terminal-screen.ts'
import { child } from './dom.ts'
import type { Theme } from './theme.ts'

/** All outputs of a notebook are drawn by one renderer, so they share this. */
const hues = new IdentityHues()

/** What the lines of one output share. */
export interface Drawing {
  words: OutputWords
  theme: Theme
  /** Whose an identity is, by `KIND:KEY`. */
  owners: Readonly<Record<string, string>>
}

/** Draws a line; `startsErrors` puts the words "standard error" before it. */
export function renderLine(
  line: Line,
  identities: readonly Identity[],
  startsErrors: boolean,
  drawing: Drawing,
): HTMLElement {
  const element = document.createElement('div')
  element.className = line.some((run) => run.fd === 2) ? 'line stderr' : 'line'
  if (startsErrors) child(element, 'span', { class: 'stream' }).textContent = drawing.words.stderr
  let at = 0
  for (const run of line) {
    appendRun(element, run, at, identities, drawing)
    at += run.text.length
  }
  element.append('\n')
  return element
}

function appendRun(
  parent: HTMLElement,
  run: Run,
  at: number,
  identities: readonly Identity[],
  { words, theme, owners }: Drawing,
): void {
  const target = run.pen === '' ? parent : child(parent, 'span')
  if (run.pen !== '') paint(target, run.pen, theme)
  const end = at + run.text.length
  let done = at
  for (const identity of identities) {
    if (identity.start < at || identity.end > end) continue
    target.append(run.text.slice(done - at, identity.start - at))
    const span = child(target, 'span', { class: `identity ${identity.kind}` })
    const name = `${identity.kind}:${identity.key}`
    span.dataset['identity'] = name
    span.title = describe(identity, words, owners[name])
    span.textContent = run.text.slice(identity.start - at, identity.end - at)
    const colour = readable(colourOfHue(hues.of(identity.kind, identity.key)), theme.background, theme.ratio)
    span.style.setProperty('--identity', cssColour(colour))
    done = identity.end
  }
  target.append(run.text.slice(done - at))
}

/** What a number is, and whose, in words. */
export function describe(identity: Identity, words: OutputWords, owner: string | undefined): string {
  const word = words[identity.kind]
  if (identity.kind === 'capture') return word
  const what = identity.type === undefined ? `${word} ${identity.key}` : `${word} (${identity.type}) ${identity.key}`
  return owner === undefined ? what : `${what}: ${owner}`
}

/** Applies SGR parameters, with colours made readable on the theme's background. */
function paint(element: HTMLElement, pen: string, theme: Theme): void {
  const [entry] = Anser.ansiToJson(`\x1b[${pen}mx`, { json: true, use_classes: true, remove_empty: true })
  if (entry === undefined) return
  const has = (name: string) => entry.decorations.some((decoration) => decoration === name)
  let colour = colourOf(entry.fg, entry.fg_truecolor, theme)
  let background = colourOf(entry.bg, entry.bg_truecolor, theme)
  if (has('reverse')) {
    const swapped = colour ?? theme.colour('editor-foreground') ?? [128, 128, 128]
    colour = background ?? theme.background
    background = swapped
  }
  if (background !== undefined) element.style.backgroundColor = cssColour(background)
  if (colour !== undefined || background !== undefined) {
    const foreground = colour ?? theme.colour('editor-foreground') ?? [128, 128, 128]
    element.style.color = cssColour(readable(foreground, background ?? theme.background, theme.ratio))
  }
  if (has('bold')) element.style.fontWeight = 'bold'
  if (has('italic')) element.style.fontStyle = 'italic'
  const lines = [has('underline') ? 'underline' : '', has('strikethrough') ? 'line-through' : ''].join(' ').trim()
  if (lines !== '') element.style.textDecoration = lines
}

/** anser's class names: ansi-red, ansi-bright-red, ansi-palette-123, ansi-truecolor. */
function colourOf(name: string | null, trueColour: string | null, theme: Theme): Rgb | undefined {
  if (name === null || name === '') return undefined
  if (name === 'ansi-truecolor') return parseColour(trueColour ?? '')
  const palette = /^ansi-palette-(\d+)$/.exec(name)
  if (palette !== null) return paletteColour(Number(palette[1]))
  const words = name.replace(/^ansi-/, '').split('-')
  return theme.colour(`terminal-ansi${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}`)
}
