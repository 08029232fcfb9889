// The editor's theme, as the web view gets it: CSS variables on the root element, the kind on the body.

import { parseColour, type Rgb } from '../common/contrast.ts'

export interface Theme {
  background: Rgb
  /** The contrast ratio that text must reach: WCAG 2.2 AA, or AAA under high contrast. */
  ratio: number
  /** A colour of the theme by its id in dashes, `terminal-ansiRed`; undefined when the theme has none. */
  colour(id: string): Rgb | undefined
}

export function currentTheme(): Theme {
  const style = getComputedStyle(document.documentElement)
  const colour = (id: string) => parseColour(style.getPropertyValue(`--vscode-${id}`))
  const isDark = /vscode-dark|vscode-high-contrast(?!-light)/.test(document.body.className)
  return {
    background: colour('editor-background') ?? (isDark ? [31, 31, 31] : [255, 255, 255]),
    ratio: document.body.className.includes('high-contrast') ? 7 : 4.5,
    colour,
  }
}

export function onThemeChange(callback: () => void): void {
  new MutationObserver(callback).observe(document.body, {
    attributes: true,
    attributeFilter: ['class', 'data-vscode-theme-id'],
  })
}
