// The parts of markdown-it that VS Code's renderer hands to its extensions, as far as they are used here.

export interface MarkdownRenderer {
  extendMarkdownIt(plugin: (md: MarkdownIt) => void): void
}

export interface MarkdownIt {
  readonly block: {
    readonly ruler: { before(name: string, ruleName: string, rule: BlockRule, options: { alt: string[] }): void }
  }
  readonly renderer: { readonly rules: Record<string, RenderRule | undefined> }
  readonly utils: { escapeHtml(text: string): string }
}

export interface Token {
  type: string
  info: string
  content: string
  map: [number, number] | null
}

/** What VS Code adds: the cell that is drawn. */
export interface Env {
  outputItem?: { metadata?: unknown }
}

interface BlockState {
  readonly src: string
  readonly env: Env | undefined
  line: number
  push(type: string, tag: string, nesting: number): Token
}

type BlockRule = (state: BlockState, startLine: number, endLine: number, isSilent: boolean) => boolean

type RenderRule = (
  tokens: readonly Token[],
  index: number,
  options: unknown,
  env: Env | undefined,
  self: { renderToken(tokens: readonly Token[], index: number, options: unknown): string },
) => string
