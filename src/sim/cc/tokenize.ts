// Source text into preprocessing tokens: comments, line splices, literals. What is wrong stays with its token until it is read.
import type { Place } from './tree.ts'

/** A token's or an expression's place in a source file, and the macros through which it came. */
export interface Location extends Place {
  /** Column of its last character. */
  readonly end: number
  readonly via?: Via | undefined
  /** It came through a macro of a system header, whose inside is not shown. */
  readonly isSystemMacro?: boolean
  /** It is an argument of such a macro. */
  readonly isMacroArgument?: boolean
}

/** One macro that stands between a token and where it is spelled, innermost first. */
export interface Via {
  readonly macro: string
  /** 'body': spelled in the macro's body, `place` is the use. 'argument': `place` is the parameter in the body. */
  readonly kind: 'body' | 'argument'
  readonly place: Location
  /** Where the macro is used, for either kind. */
  readonly use: Location
}

export type TokenKind =
  | 'identifier'
  | 'number'
  | 'character'
  | 'string'
  | 'punctuator'
  | 'stray'
  | 'placemarker'
  | 'end'

export interface Token {
  readonly kind: TokenKind
  readonly text: string
  readonly at: Location
  /** White space stands before it. */
  readonly space: boolean
  /** It is the first of its line. */
  readonly first: boolean
  /** Of a macro that was being replaced: never replaced again. */
  readonly painted?: boolean
  readonly problems?: readonly LexicalProblem[]
  /** A comment that says "fall through" stands before it. */
  readonly fallsThrough?: boolean
}

export interface LexicalProblem {
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly at: Location
  readonly option?: string
  /** Characters beyond ASCII are shown as `<U+201C>`. */
  readonly escape?: boolean
}

const tokenPattern =
  /([A-Za-z_$][\w$]*|[\p{XID_Start}][\p{XID_Continue}$]*)|(\.?\d(?:[eEpP][+-]|[\w.])*)|(%:%:|<<=|>>=|\.\.\.|->|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|##|[[\](){}.&*+\-~!/%<>^|?:;=,#])/uy
const whitePattern = /[ \t\f\v\r]+/y
/** What gcc takes for a comment that says that falling through is meant. */
const fallthroughComment =
  /^[ \t]*(?:(?:ELSE,? |INTENTIONAL(?:LY)? )?FALL(?:S | |-)?THR(?:OUGH|U)|@fallthrough@|-fallthrough|lint -fallthrough)[ \t.!]*(?:-[^\n]*)?\s*$/i

const stringPrefix = /^(?:L|u8|u|U)$/

/** What a text is made of: its lines, for messages, and its tokens, the last one of kind `end`. */
export interface TokenizedFile {
  readonly file: string
  readonly text: string
  readonly lines: readonly string[]
  readonly tokens: readonly Token[]
}

/** Never throws: what is no token is of kind `stray`, or carries its problem. */
export function tokenize(text: string, file: string): TokenizedFile {
  const lines = text.split('\n')
  const splices = spliced(text)
  const source = splices?.text ?? text
  const tokens: Token[] = []
  const starts = lineStarts(lines)
  let line = 0
  const locate = (from: number, to: number): Location => {
    const offset = splices === undefined ? from : (splices.offsets[from] ?? text.length)
    while (line + 1 < starts.length && (starts[line + 1] ?? 0) <= offset) line += 1
    while (line > 0 && (starts[line] ?? 0) > offset) line -= 1
    const column = offset - (starts[line] ?? 0) + 1
    return { file, line: line + 1, column, end: Math.max(column, column + to - from - 1) }
  }
  let space = false
  let first = true
  let position = 0
  let pending: LexicalProblem[] = []
  let fallsThrough = false
  const push = (kind: TokenKind, from: number, to: number, problems?: readonly LexicalProblem[]) => {
    const at = locate(from, to)
    const all = [...pending, ...(problems ?? [])]
    pending = []
    tokens.push({
      kind,
      text: source.slice(from, to),
      at,
      space,
      first,
      ...(all.length > 0 ? { problems: all } : {}),
      ...(fallsThrough ? { fallsThrough } : {}),
    })
    fallsThrough = false
    space = false
    first = false
    position = to
  }
  while (position < source.length) {
    const character = source[position] ?? ''
    if (character === '\n') {
      position += 1
      first = true
      space = true
      continue
    }
    whitePattern.lastIndex = position
    if (whitePattern.test(source)) {
      position = whitePattern.lastIndex
      space = true
      continue
    }
    if (character === '/' && source[position + 1] === '/') {
      const end = source.indexOf('\n', position)
      fallsThrough ||= fallthroughComment.test(source.slice(position + 2, end < 0 ? undefined : end))
      position = end < 0 ? source.length : end
      continue
    }
    if (character === '/' && source[position + 1] === '*') {
      const end = source.indexOf('*/', position + 2)
      if (end < 0) {
        pending.push({ severity: 'error', message: 'unterminated comment', at: locate(position, position + 1) })
        position = source.length
        break
      }
      const body = source.slice(position, end)
      fallsThrough ||= fallthroughComment.test(body.slice(2))
      if (body.indexOf('/*', 2) >= 0) {
        const at = position + body.indexOf('/*', 2)
        pending.push({
          severity: 'warning',
          message: '"/*" within comment',
          at: locate(at, at + 1),
          option: 'comment',
        })
      }
      // A comment is one blank, but a token after one that ends on a later line is not at that line's start for `#`.
      if (body.includes('\n') && tokens.length > 0 && !first) first = true
      position = end + 2
      space = true
      continue
    }
    tokenPattern.lastIndex = position
    const match = tokenPattern.exec(source)
    const quoteAt = match?.[1] !== undefined && stringPrefix.test(match[1]) ? tokenPattern.lastIndex : position
    const quote = source[quoteAt]
    if ((quoteAt > position || match === null) && (quote === '"' || quote === "'")) {
      literal(quoteAt, quote)
      continue
    }
    if (match !== null) {
      push(
        match[1] !== undefined ? 'identifier' : match[2] !== undefined ? 'number' : 'punctuator',
        position,
        tokenPattern.lastIndex,
      )
      continue
    }
    const code = source.codePointAt(position) ?? 0
    push('stray', position, position + (code > 0xffff ? 2 : 1), [strayProblem(code, position)])
  }
  space = true
  first = true
  // As gcc's lexer has it, the end stands at the first token of the last line that has one.
  const atEnd = tokens.findLast((token) => token.first)?.at ?? { file, line: 1, column: 1, end: 1 }
  tokens.push({
    kind: 'end',
    text: '',
    at: atEnd,
    space,
    first,
    ...(pending.length > 0 ? { problems: pending } : {}),
  })
  return { file, text, lines, tokens }

  function literal(quoteAt: number, quote: string): void {
    let end = quoteAt + 1
    while (end < source.length && source[end] !== quote && source[end] !== '\n') end += source[end] === '\\' ? 2 : 1
    if (source[end] === quote) {
      push(quote === '"' ? 'string' : 'character', position, end + 1)
      return
    }
    end = Math.min(end, source.length)
    const newline = source.indexOf('\n', position)
    if (newline >= 0) end = Math.min(end, newline)
    const message = `missing terminating ${quote} character`
    push('stray', position, end, [
      { severity: 'warning', message, at: locate(position, position + 1) },
      { severity: 'error', message, at: locate(position, end) },
    ])
  }

  function strayProblem(code: number, at: number): LexicalProblem {
    const wide = code > 127
    const shown = wide ? `\\${(new TextEncoder().encode(String.fromCodePoint(code))[0] ?? 0).toString(8)}` : ''
    const name = wide ? shown : code < 32 || code === 127 ? `\\${code.toString(8)}` : String.fromCodePoint(code)
    return {
      severity: 'error',
      message: `stray ‘${name}’ in program`,
      at: locate(at, at + (code > 0xffff ? 2 : 1)),
      ...(wide ? { escape: true } : {}),
    }
  }
}

function lineStarts(lines: readonly string[]): number[] {
  const starts: number[] = []
  let offset = 0
  for (const line of lines) {
    starts.push(offset)
    offset += line.length + 1
  }
  return starts
}

/** Takes out each backslash before a line's end; tells for each character where it stood. */
function spliced(text: string): { text: string; offsets: number[] } | undefined {
  if (!/\\[ \t]*\r?\n/.test(text)) return undefined
  const offsets: number[] = []
  let result = ''
  const pattern = /\\[ \t]*\r?\n/y
  for (let index = 0; index < text.length; ) {
    pattern.lastIndex = index
    if (pattern.test(text)) {
      index = pattern.lastIndex
      continue
    }
    offsets.push(index)
    result += text[index]
    index += 1
  }
  return { text: result, offsets }
}

/** The place right after a token, where a line ends. */
export function placeAfter({ file, line, end }: Location): Location {
  return { file, line, column: end + 1, end: end + 1 }
}
