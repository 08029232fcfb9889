// Colours the code of a listing in the editor's theme, so that it can be read on the listing's own background and on a lit
// line, and anew when the theme changes.

import {
  grammarOf,
  loadHighlighter,
  type Piece,
  type ThemeKind,
  themeKinds,
  warmUp,
} from '../../src/notebook/highlight.ts'
import { contrast, cssColour, mixed, parseColour, readable, type Rgb } from '../common/contrast.ts'

/** The colours that a listing has on this page. */
export interface Surface {
  readonly background: Rgb
  readonly lit: Rgb
  readonly ratio: number
}

/** The editor's theme by VS Code's own names; on another page what the system prefers. */
export function editorTheme(): { readonly id: string; readonly kind: ThemeKind } {
  const { vscodeThemeId = '', vscodeThemeKind } = document.body.dataset
  const kind = themeKinds.find((name) => `vscode-${name}` === vscodeThemeKind)
  const preferred = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
  return { id: vscodeThemeId, kind: kind ?? preferred }
}

/** Sets the colours that depend on others, and says which they are. */
export function prepareSurface(figure: HTMLElement): Surface {
  const { kind } = editorTheme()
  const isDark = kind === 'dark' || kind === 'high-contrast'
  const style = getComputedStyle(figure)
  const background = parseColour(style.backgroundColor) ?? (isDark ? [31, 31, 31] : [255, 255, 255])
  const accent =
    parseColour(getComputedStyle(document.documentElement).getPropertyValue('--vscode-focusBorder')) ??
    (isDark ? [77, 170, 252] : [0, 95, 184])
  const lit = mixed(background, accent, isDark ? 0.22 : 0.14)
  const onAccent: Rgb = contrast(accent, [255, 255, 255]) >= 4.5 ? [255, 255, 255] : [0, 0, 0]
  figure.style.setProperty('--accent', cssColour(accent))
  figure.style.setProperty('--on-accent', cssColour(onAccent))
  figure.style.setProperty('--lit', cssColour(lit))
  return { background, lit, ratio: kind.startsWith('high-contrast') ? 7 : 4.5 }
}

/** Puts pieces of text into each line, before what else the line holds. Text stays text. */
export async function colourLines(
  language: string,
  lines: readonly { readonly element: HTMLElement; readonly text: string }[],
  surface: Surface,
): Promise<void> {
  if (grammarOf(language) === undefined) return
  const highlight = await loadHighlighter(language, editorTheme())
  const coloured = highlight(lines.map(({ text }) => text).join('\n'))
  const readableColours = new Map<string, string>()
  lines.forEach(({ element, text }, index) => {
    const pieces = coloured[index] ?? [{ text }]
    const kept = [...element.children].filter((child) => child.matches('button, .marker'))
    element.replaceChildren(...pieces.map((piece) => drawPiece(piece, surface, readableColours)), ...kept)
  })
  requestIdleCallback(() => void warmUp(language, editorTheme()))
}

function drawPiece(
  { text, colour, bold, italic, underline }: Piece,
  surface: Surface,
  known: Map<string, string>,
): Node {
  if (colour === undefined && !bold && !italic && !underline) return document.createTextNode(text)
  const span = document.createElement('span')
  span.textContent = text
  if (colour !== undefined) {
    const readableColour = known.get(colour) ?? makeReadable(colour, surface)
    known.set(colour, readableColour)
    span.style.color = readableColour
  }
  if (bold) span.style.fontWeight = 'bold'
  if (italic) span.style.fontStyle = 'italic'
  if (underline) span.style.textDecoration = 'underline'
  return span
}

function makeReadable(colour: string, { background, lit, ratio }: Surface): string {
  const parsed = parseColour(colour)
  if (parsed === undefined) return ''
  return cssColour(readable(readable(parsed, background, ratio), lit, ratio))
}
