// The markdown-it plugin for annotated listings: a fenced block with markers, `// (1)`, and the ordered list directly after
// it become one figure of code and notes. Its HTML is plain, reads well without a script or a style, and holds nothing
// that runs: what a listing, an info string or a note says comes out as text.
//
//   <figure class="annotated-listing" data-language="c">
//     <pre><code><span class="line" data-line="1">pause();<span class="marker" data-note="1">(1)</span></span>…</code></pre>
//     <ol class="notes"><li data-note="1" value="1">…</li></ol>
//   </figure>
import type { MarkdownIt, StateCore, Token } from 'markdown-it'
import { parseInfoString, valueOf } from './info-string.ts'
import { takeMarkers } from './notes.ts'

export interface AnnotatedListingOptions {
  /**
   * Whether the listings of this document are drawn so; all are if it is left out. Asked when tokens become HTML.
   *
   * @param env what the caller of `render` passed
   * @param info the fence's info string
   */
  isWanted?(env: unknown, info: string): boolean
  /** Markdown to put before the text: a listing whose notes the text begins with. */
  before?(env: unknown): string | undefined
  /** Further attributes of the figure, `data-…`. */
  attributes?(): Readonly<Record<string, string>>
  /** Called for each listing that becomes HTML. */
  onDraw?(env: unknown): void
}

/** `meta` of a token `annotated_listing_code`. */
export interface ListingCode {
  readonly language: string
  /** `output=`: the name of the cell that printed it. */
  readonly output?: string
  /** `file=`, or the name of a listing that has one. */
  readonly file?: string
  /** `step=` of a listing in C: its program and arguments, with commas between. */
  readonly step?: string
  readonly lines: readonly ListingLine[]
}

export interface ListingLine {
  /** Without the marker and the blanks before it. */
  readonly text: string
  /** The number of the note that explains it. */
  readonly note?: number
}

/** The token types of an annotated listing: open, code, then the tokens of an ordered list, close. */
export const annotatedTokens = {
  open: 'annotated_listing_open',
  code: 'annotated_listing_code',
  close: 'annotated_listing_close',
} as const

/** The plugin, for `md.use(annotatedListings())`. Works with any markdown-it from version 12 on. */
export function annotatedListings(options: AnnotatedListingOptions = {}): (md: MarkdownIt) => void {
  return (md) => {
    const { rules } = md.renderer
    if (options.before) {
      md.core.ruler.before('normalize', 'annotated_listing_before', (state) => {
        const before = options.before?.(state.env)
        if (before !== undefined) state.src = `${before}\n\n${state.src}`
      })
    }
    md.core.ruler.push('annotated_listing', (state) => {
      state.tokens = withListings(state.tokens, state.Token)
    })
    const isWanted = (env: unknown, token: Token): boolean => options.isWanted?.(env, token.info) ?? true
    rules[annotatedTokens.open] = (tokens, index, renderOptions, env, self) => {
      const token = tokens[index]
      if (!token || !isWanted(env, token)) return ''
      prepareNotes(tokens, index)
      for (const [name, value] of Object.entries(options.attributes?.() ?? {})) token.attrSet(name, value)
      options.onDraw?.(env)
      return self.renderToken(tokens, index, renderOptions)
    }
    rules[annotatedTokens.close] = (tokens, index, renderOptions, env, self) => {
      const token = tokens[index]
      return token && isWanted(env, token) ? self.renderToken(tokens, index, renderOptions) : ''
    }
    rules[annotatedTokens.code] = (tokens, index, renderOptions, env, self) => {
      const token = tokens[index]
      if (!token) return ''
      if (!isWanted(env, token)) return rules['fence']?.(tokens, index, renderOptions, env, self) ?? ''
      return codeHtml(listingCode(token), md.utils.escapeHtml)
    }
  }
}

/** The code of a token `annotated_listing_code`. */
export function listingCode(token: Token): ListingCode {
  return token.meta as unknown as ListingCode
}

function withListings(tokens: readonly Token[], TokenClass: StateCore['Token']): Token[] {
  const result: Token[] = []
  let closeAt: number | undefined
  let closing: Token | undefined
  tokens.forEach((token, index) => {
    const last = token.type === 'fence' && token.level === 0 ? listEnd(tokens, index + 1) : undefined
    const code = last === undefined ? undefined : readCode(token, notesIn(tokens, index + 1, last))
    if (code && last !== undefined) {
      const open = new TokenClass(annotatedTokens.open, 'figure', 1)
      closing = new TokenClass(annotatedTokens.close, 'figure', -1)
      closeAt = last
      for (const edge of [open, closing]) Object.assign(edge, { block: true, info: token.info, map: token.map })
      open.attrs = [['class', 'annotated-listing'], ...dataAttributes(code), ...placeOf(token)]
      Object.assign(token, { type: annotatedTokens.code, meta: code })
      result.push(open)
    }
    result.push(token)
    if (index === closeAt && closing) result.push(closing)
  })
  return result
}

/** Where the ordered list that starts at `from` ends. */
function listEnd(tokens: readonly Token[], from: number): number | undefined {
  if (tokens[from]?.type !== 'ordered_list_open' || tokens[from]?.level !== 0) return undefined
  const end = tokens.findIndex((token, index) => index > from && token.level === 0 && token.nesting === -1)
  return end < 0 ? undefined : end
}

/** The items of a list, by their numbers. */
function notesIn(tokens: readonly Token[], from: number, to: number): ReadonlyMap<number, Token> {
  const first = Number(tokens[from]?.attrGet('start') ?? 1)
  const items = tokens.slice(from, to).filter(({ type, level }) => type === 'list_item_open' && level === 1)
  return new Map(items.map((token, index) => [first + index, token]))
}

function readCode(token: Token, notes: ReadonlyMap<number, Token>): ListingCode | undefined {
  const text = token.content.replace(/\n$/, '')
  const { code, markers } = takeMarkers(text)
  const explained = new Map(markers.filter(({ number }) => notes.has(number)).map(({ line, number }) => [line, number]))
  if (explained.size === 0) return undefined
  const written = text.split('\n')
  const lines = code.split('\n').map((line, index): ListingLine => {
    const note = explained.get(index)
    // A marker that nothing explains is a comment like any other.
    return note === undefined ? { text: written[index] ?? '' } : { text: line, note }
  })
  const info = parseInfoString(token.info, { line: 1, column: 1 })
  const output = valueOf(info, 'output')
  const file = valueOf(info, 'file') ?? valueOf(info, 'name')
  const step = info.language.toLowerCase() === 'c' ? valueOf(info, 'step') : undefined
  return {
    language: info.language.toLowerCase(),
    lines,
    ...(output === undefined ? {} : { output }),
    ...(file === undefined ? {} : { file }),
    ...(step === undefined ? {} : { step }),
  }
}

function dataAttributes({ language, output, file, step }: ListingCode): [string, string][] {
  const attributes: [string, string][] = [['data-language', language]]
  if (output !== undefined) attributes.push(['data-output', output])
  else if (file !== undefined) attributes.push(['data-file', file])
  if (step !== undefined) attributes.push(['data-step', step])
  return attributes
}

/** VS Code's preview keeps the source line of each block in attributes, by which it scrolls. */
function placeOf(token: Token): [string, string][] {
  const line = token.attrGet('data-line')
  return line === null ? [] : [['data-line', String(line)]]
}

/** Numbers the notes, and makes text of HTML in them. Doing it twice changes nothing. */
function prepareNotes(tokens: readonly Token[], open: number): void {
  const list = open + 2
  const end = listEnd(tokens, list) ?? list
  tokens[list]?.attrSet('class', 'notes')
  for (const [number, item] of notesIn(tokens, list, end)) {
    item.attrSet('data-note', String(number))
    item.attrSet('value', String(number))
  }
  for (const token of tokens.slice(list, end)) {
    if (token.type === 'html_block') Object.assign(token, { type: 'code_block', content: token.content.trimEnd() })
    for (const child of token.children ?? []) {
      if (child.type === 'html_inline' && !harmlessTag.test(child.content)) child.type = 'text'
    }
  }
}

/** Tags that people write in notes, without attributes. */
const harmlessTag = /^<\/?(?:b|br|em|i|kbd|mark|s|small|strong|sub|sup|u|wbr)\s*\/?>$/i

function codeHtml({ lines }: ListingCode, escape: (text: string) => string): string {
  const html = lines.map(({ text, note }, index) => {
    const marker = note === undefined ? '' : `<span class="marker" data-note="${note}">(${note})</span>`
    return `<span class="line" data-line="${index + 1}">${escape(text)}${marker}</span>`
  })
  return `<pre><code>${html.join('\n')}\n</code></pre>\n`
}
