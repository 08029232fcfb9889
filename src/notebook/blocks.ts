// The file's top-level fenced blocks, and the ordered list behind each, by markdown-it's line maps. Only its block rules
// run: nobody needs inline tokens here.
import MarkdownIt from 'markdown-it'

/** Lines are numbered from 0 within the text that was given; `end` is the line behind the last. */
export interface FenceBlock {
  readonly start: number
  readonly end: number
  readonly marker: string
  readonly closed: boolean
  readonly list?: ListBlock
}

export interface ListBlock {
  readonly start: number
  /** The number of the first item. */
  readonly first: number
  readonly items: readonly (readonly [start: number, end: number])[]
}

/** What a text leaves open at its end, so that a fence behind it would be part of it. */
export type OpenBlock =
  | { readonly kind: 'fence'; readonly marker: string }
  | { readonly kind: 'html'; readonly start: string }
  | { readonly kind: 'list' }

// `html`, since without it fences in comments would look like fences of the file.
const markdown = new MarkdownIt({ html: true })
markdown.core.ruler.enableOnly(['normalize', 'block'])

type Token = ReturnType<typeof markdown.block.State.prototype.push>

/** Tokens that nobody reads here are not made: it is a quarter of the time. The rules only write to what `push` gives. */
class OutlineState extends markdown.block.State {
  readonly #unread = new MarkdownIt.Token('inline', '', 0)

  override push(type: string, tag: string, nesting: -1 | 0 | 1): Token {
    const inParagraph = type === 'inline' || type === 'paragraph_close'
    if (!inParagraph && (type !== 'paragraph_open' || this.level === 0)) return super.push(type, tag, nesting)
    this.level += nesting
    return this.#unread
  }
}
markdown.block.State = OutlineState

/**
 * Finds fenced blocks that stand in no list, quote or comment.
 *
 * @param text markdown without byte order mark and front matter
 * @param lineAt the text of a line, without line end
 */
export function fenceBlocks(text: string, lineAt: (line: number) => string): readonly FenceBlock[] {
  const tokens = markdown.parse(text, {})
  const fences: FenceBlock[] = []
  let previous: FenceBlock | undefined
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]
    if (token?.level !== 0 || token.nesting < 0 || !token.map) continue
    const [start, end] = token.map
    if (token.type === 'fence') {
      const closed = end - 1 > start && isClosing(lineAt(end - 1), token.markup)
      previous = { start, end, marker: token.markup, closed }
      fences.push(previous)
    } else {
      if (token.type === 'ordered_list_open' && previous?.closed) {
        const list = { start, first: Number(token.attrGet('start') ?? 1), items: itemsFrom(tokens, index) }
        fences[fences.length - 1] = { ...previous, list }
      }
      previous = undefined
    }
  }
  return fences
}

/**
 * What a text leaves open, a blank line behind it notwithstanding.
 *
 * @param next the line that is to follow: an indented fence could belong to a list before it
 */
export function openBlockAt(text: string, next: string): OpenBlock | undefined {
  const indent = /^ {0,3}(?=```|~~~)/.exec(next)?.[0] ?? ''
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  const probe = [...lines, '', `${indent}\`\`\``, `${indent}\`\`\``, '']
  const last = markdown.parse(probe.join('\n'), {}).findLast((token) => token.level === 0 && token.map)
  const start = last?.map?.[0] ?? 0
  if (!last || start === lines.length + 1) return undefined
  if (last.type === 'fence') return { kind: 'fence', marker: last.markup }
  if (last.type === 'html_block') return { kind: 'html', start: (lines[start] ?? '').trimStart() }
  return { kind: 'list' }
}

/** Would this line close a fence that the marker opened? */
export function isClosing(line: string, marker: string): boolean {
  const run = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(line)?.[1] ?? ''
  return run.length >= marker.length && run[0] === marker[0]
}

type Tokens = ReturnType<typeof markdown.parse>

function itemsFrom(tokens: Tokens, list: number): [number, number][] {
  const items: [number, number][] = []
  for (let index = list + 1; index < tokens.length; index += 1) {
    const token = tokens[index]
    if (token?.level === 0) break
    if (token?.type === 'list_item_open' && token.level === 1 && token.map) items.push(token.map)
  }
  return items
}
