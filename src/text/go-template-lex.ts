// Cuts the text of a Go template into items: text between actions, and the tokens of an action, blanks among them.

export type ItemType =
  | 'text'
  | 'left delimiter'
  | 'right delimiter'
  | 'space'
  | 'field' // .Name
  | 'variable' // $name or $
  | 'identifier' // a function
  | 'keyword'
  | 'dot'
  | 'nil'
  | 'bool'
  | 'number'
  | 'character'
  | 'string' // "…" or `…`, as written
  | 'declare' // :=
  | 'assign' // =
  | 'pipe'
  | '('
  | ')'
  | 'char' // any other sign, such as a comma
  | 'error' // its text is the message
  | 'EOF'

export interface Item {
  readonly type: ItemType
  readonly text: string
  /** Offset in the template, from 0. */
  readonly at: number
  readonly line: number
}

const keywords = new Set(['block', 'break', 'continue', 'define', 'else', 'end', 'if', 'range', 'template', 'with'])

/** All items; the last one is an EOF or an error. */
export function lexTemplate(template: string): Item[] {
  return new Lexer(template).items
}

class Lexer {
  readonly items: Item[] = []
  private readonly input: string
  private at = 0
  private depth = 0

  constructor(input: string) {
    this.input = input
    while (this.lexText() && this.lexAction());
  }

  private emit(type: ItemType, start: number, text = this.input.slice(start, this.at)): void {
    const line = this.input.slice(0, start).split('\n').length
    this.items.push({ type, text, at: start, line })
  }

  private error(message: string, at = this.at): false {
    this.emit('error', Math.min(at, this.input.length), message)
    return false
  }

  /** Text up to the next action, trimmed as its `{{-` says. False at the end. */
  private lexText(): boolean {
    const start = this.at
    const open = this.input.indexOf('{{', start)
    const end = open < 0 ? this.input.length : open
    let text = this.input.slice(start, end)
    if (open >= 0 && /^-[ \t\r\n]/.test(this.input.slice(open + 2))) text = text.replace(/[ \t\r\n]+$/, '')
    if (text !== '') this.emit('text', start, text)
    this.at = end
    if (open >= 0) return true
    this.emit('EOF', end, '')
    return false
  }

  /** One action with its delimiters, or a comment, which gives nothing. */
  private lexAction(): boolean {
    const start = this.at
    this.at += 2
    if (/^-[ \t\r\n]/.test(this.input.slice(this.at))) this.at += 2
    if (this.input.startsWith('/*', this.at)) return this.lexComment()
    this.emit('left delimiter', start)
    this.depth = 0
    for (;;) {
      const trim = /^[ \t\r\n]-\}\}/.test(this.input.slice(this.at))
      if (trim || this.input.startsWith('}}', this.at)) {
        if (this.depth > 0) return this.error('unclosed left paren')
        return this.lexRightDelimiter(trim)
      }
      if (!this.lexInside()) return false
    }
  }

  private lexComment(): boolean {
    const end = this.input.indexOf('*/', this.at)
    if (end < 0) return this.error('unclosed comment')
    this.at = end + 2
    const trim = /^[ \t\r\n]-\}\}/.test(this.input.slice(this.at))
    if (!trim && !this.input.startsWith('}}', this.at)) return this.error('comment ends before closing delimiter')
    this.at += trim ? 4 : 2
    if (trim) this.skipBlanks()
    return true
  }

  private lexRightDelimiter(trim: boolean): boolean {
    if (trim) this.at += 2
    const start = this.at
    this.at += 2
    this.emit('right delimiter', start)
    if (trim) this.skipBlanks()
    return true
  }

  private skipBlanks(): void {
    this.at += /^[ \t\r\n]*/.exec(this.input.slice(this.at))?.[0].length ?? 0
  }

  private lexInside(): boolean {
    const start = this.at
    const rest = this.input.slice(start)
    const sign = rest.charAt(0)
    if (sign === '') return this.error('unclosed action')
    if (/^[ \t\r\n]/.test(rest)) {
      this.skipBlanksBeforeTrim(rest)
      this.emit('space', start)
      return true
    }
    if (sign === ':') {
      if (rest.charAt(1) !== '=') return this.error('expected :=')
      return this.take('declare', 2)
    }
    if (sign === '=') return this.take('assign', 1)
    if (sign === '|') return this.take('pipe', 1)
    if (sign === '"' || sign === '`' || sign === "'") return this.lexQuoted(sign)
    if (sign === '$') return this.lexName('variable', /^\$[\p{L}\p{Nd}_]*/u)
    if (sign === '.' && !/^\.\d/.test(rest)) {
      return /^\.[\p{L}\p{Nd}_]/u.test(rest) ? this.lexName('field', /^\.[\p{L}\p{Nd}_]+/u) : this.lexName('dot', /^\./)
    }
    if (/^[+\-.\d]/.test(rest)) return this.lexNumber(rest)
    if (/^[\p{L}_]/u.test(rest)) return this.lexWord(rest)
    if (sign === '(') {
      this.depth++
      return this.take('(', 1)
    }
    if (sign === ')') {
      this.depth--
      if (this.depth < 0) return this.error('unexpected right paren')
      return this.take(')', 1)
    }
    if (/^[\x21-\x7e]/.test(rest)) return this.take('char', 1)
    return this.error(`unrecognized character in action: ${codePoint(rest)}`)
  }

  /** The blank of ` -}}` belongs to the delimiter. */
  private skipBlanksBeforeTrim(rest: string): void {
    const blanks = /^[ \t\r\n]+/.exec(rest)?.[0].length ?? 0
    const trims = rest.slice(blanks).startsWith('-}}')
    this.at += trims ? blanks - 1 : blanks
  }

  private take(type: ItemType, length: number): true {
    const start = this.at
    this.at += length
    this.emit(type, start)
    return true
  }

  private lexQuoted(sign: string): boolean {
    const pattern = sign === '`' ? /^`[^`]*`/ : sign === '"' ? /^"(?:\\.|[^"\\\n])*"/ : /^'(?:\\.|[^'\\\n])*'/
    const match = pattern.exec(this.input.slice(this.at))
    if (match) return this.take(sign === "'" ? 'character' : 'string', match[0].length)
    const names: Record<string, string> = { '`': 'raw quoted string', '"': 'quoted string', "'": 'character constant' }
    return this.error(`unterminated ${names[sign]}`)
  }

  private lexName(type: ItemType, pattern: RegExp): boolean {
    const length = pattern.exec(this.input.slice(this.at))?.[0].length ?? 0
    const after = this.input.slice(this.at + length)
    if (!atTerminator(after)) return this.error(`bad character ${codePoint(after)}`, this.at + length)
    return this.take(type, length)
  }

  private lexWord(rest: string): boolean {
    const word = /^[\p{L}\p{Nd}_]+/u.exec(rest)?.[0] ?? ''
    const after = rest.slice(word.length)
    if (!atTerminator(after)) return this.error(`bad character ${codePoint(after)}`, this.at + word.length)
    if (keywords.has(word)) return this.take('keyword', word.length)
    if (word === 'true' || word === 'false') return this.take('bool', word.length)
    return this.take(word === 'nil' ? 'nil' : 'identifier', word.length)
  }

  private lexNumber(rest: string): boolean {
    const pattern = /^[+-]?(0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(\d[\d_]*)?(\.\d*)?([eE][+-]?\d+)?)/
    const text = pattern.exec(rest)?.[0] ?? ''
    const bad = /^[\p{L}\p{Nd}_]/u.test(rest.slice(text.length))
    if (bad || !/\d/.test(text))
      return this.error(`bad number syntax: ${JSON.stringify(text + (bad ? rest.charAt(text.length) : ''))}`)
    return this.take('number', text.length)
  }
}

function atTerminator(after: string): boolean {
  return after === '' || /^[ \t\r\n.,|:()]/.test(after) || after.startsWith('}}')
}

/** %#U of Go. */
function codePoint(text: string): string {
  const point = text.codePointAt(0) ?? 0
  return `U+${point.toString(16).toUpperCase().padStart(4, '0')} '${String.fromCodePoint(point)}'`
}
