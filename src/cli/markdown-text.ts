// Markdown as a terminal shows it: wrapped, headings and code told apart, links by their text.
import MarkdownIt, { type Token } from 'markdown-it'
import { annotatedListings, annotatedTokens, listingCode } from '../notebook/annotated-listing.ts'
import { listingLines } from './listing-text.ts'
import type { Style } from './style.ts'
import { wrapText } from './wrap.ts'

// Blanks within code must survive wrapping.
const hardBlank = '\u00a0'
const widestText = 100

/**
 * Renders a lesson's markdown; without its last line end.
 *
 * @param beginsWithNotes the list that it begins with explains markers in what stands before it
 */
export function renderMarkdown(markdown: string, style: Style, columns: number, beginsWithNotes = false): string {
  const tokens = new MarkdownIt().use(annotatedListings()).parse(markdown, {})
  const areNotes = beginsWithNotes && tokens[0]?.type === 'ordered_list_open'
  return new Renderer(style, Math.min(columns, widestText), areNotes).render(tokens)
}

class Renderer {
  private readonly style: Style
  private readonly columns: number
  private readonly blocks: string[] = []
  /** What stands before each line of what is being rendered; the first line of a list item has its mark instead. */
  private readonly indents: string[] = []
  private mark = ''
  private readonly counters: (number | undefined)[] = []
  /** The outermost list explains the markers of the listing before it. */
  private areNotes: boolean

  constructor(style: Style, columns: number, areNotes: boolean) {
    this.style = style
    this.columns = columns
    this.areNotes = areNotes
  }

  render(tokens: readonly Token[]): string {
    for (const [index, token] of tokens.entries()) this.block(token, tokens[index - 1])
    return this.blocks.join('\n\n')
  }

  private block(token: Token, previous: Token | undefined): void {
    switch (token.type) {
      case 'inline':
        if (previous?.type === 'heading_open') this.heading(this.inline(token.children ?? []), previous.tag)
        else this.add(wrapText(this.inline(token.children ?? []), this.columns - this.indent().length))
        break
      case 'fence':
      case 'code_block':
        this.add(
          token.content
            .replace(/\n$/, '')
            .split('\n')
            .map((line) => this.style.cyan(`    ${line}`)),
        )
        break
      case annotatedTokens.code:
        this.add(listingLines(listingCode(token), this.style))
        this.areNotes = true
        break
      case 'hr':
        this.add([this.style.dim('-'.repeat(Math.min(40, this.columns)))])
        break
      case 'bullet_list_open':
      case 'ordered_list_open':
        this.counters.push(token.type === 'ordered_list_open' ? Number(token.attrGet('start') ?? 1) : undefined)
        break
      case 'bullet_list_close':
      case 'ordered_list_close':
        this.counters.pop()
        if (this.counters.length === 0) this.areNotes = false
        break
      case 'list_item_open': {
        const counter = this.counters.at(-1)
        this.mark =
          counter === undefined ? '- ' : this.areNotes && this.counters.length === 1 ? `(${counter}) ` : `${counter}. `
        if (counter !== undefined) this.counters[this.counters.length - 1] = counter + 1
        this.indents.push(' '.repeat(this.mark.length))
        break
      }
      case 'blockquote_open':
        this.indents.push('  ')
        break
      case 'list_item_close':
      case 'blockquote_close':
        this.indents.pop()
        this.mark = ''
        break
    }
  }

  private heading(text: string, tag: string): void {
    if (tag === 'h1') this.add([this.style.bold(text), this.style.dim('='.repeat(Math.min(text.length, this.columns)))])
    else this.add([this.style.bold(`${'#'.repeat(Number(tag.slice(1)))} ${text}`)])
  }

  private add(lines: readonly string[]): void {
    const indent = this.indent()
    const first = this.mark === '' ? indent : indent.slice(0, indent.length - this.mark.length) + this.mark
    const isTightItem =
      this.mark !== '' && /^\s*(?:- |\d+\. |\(\d+\) )/.test(this.blocks.at(-1)?.split('\n').at(0) ?? '')
    this.mark = ''
    const text = lines.map((line, index) => (index === 0 ? first : indent) + line.replaceAll(hardBlank, ' ')).join('\n')
    if (isTightItem) this.blocks[this.blocks.length - 1] += `\n${text}`
    else this.blocks.push(text)
  }

  private indent(): string {
    return this.indents.join('')
  }

  private inline(tokens: readonly Token[]): string {
    let text = ''
    const open: { paint: (text: string) => string; before: string }[] = []
    const begin = (paint: (text: string) => string): void => {
      open.push({ paint, before: text })
      text = ''
    }
    for (const token of tokens) {
      if (token.type === 'text') text += token.content
      else if (token.type === 'code_inline') text += this.code(token.content)
      else if (token.type === 'softbreak' || token.type === 'hardbreak') text += ' '
      else if (token.type === 'strong_open') begin(this.style.bold)
      else if (token.type === 'em_open') begin(this.style.italic)
      else if (token.type === 'strong_close' || token.type === 'em_close') {
        const started = open.pop()
        if (started) text = started.before + started.paint(text)
      } else if (token.type === 'image') text += token.content
    }
    return text
  }

  /** Without colours, code needs its backticks to be told from text. */
  private code(content: string): string {
    const painted = this.style.cyan(content)
    return (painted === content ? `\`${content}\`` : painted).replaceAll(' ', hardBlank)
  }
}
