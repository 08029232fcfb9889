// Colours for code, by shiki with the JavaScript regex engine. The core, each grammar and each theme are modules of their
// own, loaded when first asked for. An unknown language is plain text, an unknown theme the usual one of its kind.
import type { LanguageRegistration, ThemeRegistration } from 'shiki/core'

/** The kinds of themes that VS Code has, as it names them on the body of a web view. */
export const themeKinds = ['light', 'dark', 'high-contrast', 'high-contrast-light'] as const
export type ThemeKind = (typeof themeKinds)[number]

/** Text of one look; the pieces of a line are the line. */
export interface Piece {
  readonly text: string
  /** `#rrggbb`; undefined for the text colour of the page. */
  readonly colour?: string
  readonly italic?: true
  readonly bold?: true
  readonly underline?: true
}

type Module<T> = () => Promise<{ readonly default: T }>

const grammars: Readonly<Record<string, Module<LanguageRegistration[]>>> = {
  c: () => import('shiki/langs/c.mjs'),
  json: () => import('shiki/langs/json.mjs'),
  shellscript: () => import('shiki/langs/shellscript.mjs'),
  yaml: () => import('shiki/langs/yaml.mjs'),
}

/** Words in an info string that mean one of the grammars. */
const languageNames: ReadonlyMap<string, string> = new Map([
  ['c', 'c'],
  ['h', 'c'],
  ['json', 'json'],
  ['jsonc', 'json'],
  ['bash', 'shellscript'],
  ['console', 'shellscript'],
  ['sh', 'shellscript'],
  ['shell', 'shellscript'],
  ['shellscript', 'shellscript'],
  ['zsh', 'shellscript'],
  ['yaml', 'yaml'],
  ['yml', 'yaml'],
])

const lightPlus: Module<ThemeRegistration> = () => import('shiki/themes/light-plus.mjs')
const darkPlus: Module<ThemeRegistration> = () => import('shiki/themes/dark-plus.mjs')

/** By kind; for the default themes of VS Code, their ids, and all that are not known. */
const usualThemes: Readonly<Record<ThemeKind, Module<ThemeRegistration>>> = {
  light: lightPlus,
  dark: darkPlus,
  'high-contrast': darkPlus,
  'high-contrast-light': lightPlus,
}

/** By VS Code's id of the theme, `data-vscode-theme-id`, in lower case. */
const knownThemes: ReadonlyMap<string, Module<ThemeRegistration>> = new Map<string, Module<ThemeRegistration>>([
  ['monokai', () => import('shiki/themes/monokai.mjs')],
  ['solarized dark', () => import('shiki/themes/solarized-dark.mjs')],
  ['solarized light', () => import('shiki/themes/solarized-light.mjs')],
  ['dracula theme', () => import('shiki/themes/dracula.mjs')],
  ['github dark default', () => import('shiki/themes/github-dark-default.mjs')],
  ['github light default', () => import('shiki/themes/github-light-default.mjs')],
  ['nord', () => import('shiki/themes/nord.mjs')],
  ['one dark pro', () => import('shiki/themes/one-dark-pro.mjs')],
])

/** The grammar that a word of an info string means; undefined for plain text and for what is not known. */
export function grammarOf(language: string): string | undefined {
  return languageNames.get(language.toLowerCase())
}

/**
 * Gets ready what a language and a theme need, and gives a function that colours code at once.
 *
 * @param language the first word of an info string
 * @param theme VS Code's id of the editor's theme, and its kind
 * @returns from LF text to lines of pieces
 */
export async function loadHighlighter(
  language: string,
  theme: { readonly id: string; readonly kind: ThemeKind },
): Promise<(code: string) => Piece[][]> {
  const name = grammarOf(language)
  const loadGrammar = name === undefined ? undefined : grammars[name]
  if (name === undefined || loadGrammar === undefined) return plainLines
  const [{ codeToTokensBase, core }, grammar, look] = await Promise.all([
    import('./highlight-core.ts'),
    loadGrammar(),
    (knownThemes.get(theme.id.toLowerCase()) ?? usualThemes[theme.kind])(),
  ])
  core.loadLanguageSync(grammar.default)
  core.loadThemeSync(look.default)
  return (code) =>
    codeToTokensBase(core, code, { ...limits, lang: name, theme: look.default.name ?? 'none' }).map((line) =>
      line.map(({ content, color, fontStyle }) => piece(content, color, fontStyle ?? 0)),
    )
}

/** Makes a language's further listings quick to draw; to be called when one was drawn and nothing else is to be done. */
export async function warmUp(language: string, theme: Parameters<typeof loadHighlighter>[1]): Promise<void> {
  const name = grammarOf(language)
  if (name === undefined || warm.has(name)) return
  warm.add(name)
  const [{ samples }, highlight] = await Promise.all([import('./highlight-samples.ts'), loadHighlighter(name, theme)])
  highlight(samples[name] ?? '')
}

const warm = new Set<string>()

/**
 * A line beyond them stays plain. The first line of all has its grammar's rules translated: on a slow machine that takes
 * longer than shiki's own limit.
 */
const limits = { tokenizeMaxLineLength: 2000, tokenizeTimeLimit: 4000 }

function plainLines(code: string): Piece[][] {
  return code.split('\n').map((text) => (text === '' ? [] : [{ text }]))
}

/** @param fontStyle bits of vscode-textmate: 1 italic, 2 bold, 4 underline; -1 for none set */
function piece(text: string, colour: string | undefined, fontStyle: number): Piece {
  const style = Math.max(fontStyle, 0)
  return {
    text,
    ...(colour === undefined ? {} : { colour: colour.slice(0, 7).toLowerCase() }),
    ...(style & 1 ? { italic: true as const } : {}),
    ...(style & 2 ? { bold: true as const } : {}),
    ...(style & 4 ? { underline: true as const } : {}),
  }
}
