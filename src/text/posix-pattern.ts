// Regular expressions of regex(7), basic and extended, as the source of a JavaScript one.

export type PatternKind = 'basic' | 'extended' | 'fixed'

/** What is wrong with a pattern, in regerror(3)'s words. */
export class PatternError extends Error {}

const classes: Readonly<Record<string, string>> = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  blank: ' \\t',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\s',
  upper: 'A-Z',
  xdigit: '0-9A-Fa-f',
}

/** GNU's escapes that JavaScript writes otherwise. */
const escapes: Readonly<Record<string, string>> = {
  '<': '\\b(?=\\w)',
  '>': '\\b(?<=\\w)',
  '`': '^',
  "'": '$',
  w: '\\w',
  W: '\\W',
  s: '\\s',
  S: '\\S',
  b: '\\b',
  B: '\\B',
}

/**
 * The source of an equal JavaScript expression.
 * @throws PatternError for unmatched brackets, parentheses, braces or a trailing backslash
 */
export function compilePattern(pattern: string, kind: PatternKind): string {
  if (kind === 'fixed') return quoted(pattern)
  const extended = kind === 'extended'
  let source = ''
  let depth = 0
  let at = 0
  /** Nothing stands before, so that `*` means itself. */
  let first = true
  while (at < pattern.length) {
    const character = pattern[at] ?? ''
    const escaped = character === '\\'
    const next = pattern[at + 1]
    if (character === '[') {
      const { text, end } = bracket(pattern, at)
      source += text
      at = end
      first = false
      continue
    }
    if (escaped && next === undefined) throw new PatternError('Trailing backslash')
    // In a basic expression the escaped form is the operator, in an extended one the bare form.
    const operator = extended ? (escaped ? undefined : character) : escaped ? next : undefined
    const width = escaped ? 2 : 1
    if (operator !== undefined && '(){}|+?'.includes(operator)) {
      if (operator === '(') depth++
      if (operator === ')') {
        if (depth === 0) {
          if (!extended) throw new PatternError('Unmatched ) or \\)')
          source += '\\)'
          at += width
          continue
        }
        depth--
      }
      if (operator === '{') {
        const { text, end } = interval(pattern, at + width, extended)
        source += first ? quoted(pattern.slice(at, end)) : text
        at = end
        continue
      }
      const means =
        operator === '}' ? '\\}' : first && (operator === '+' || operator === '?') ? `\\${operator}` : operator
      source += means
      first = operator === '(' || operator === '|'
      at += width
      continue
    }
    if (escaped) {
      source += escapes[next ?? ''] ?? (/[1-9]/.test(next ?? '') ? `\\${next}` : quoted(next ?? ''))
      first = false
      at += 2
      continue
    }
    if (character === '*') source += first ? '\\*' : '*'
    else if (character === '^') source += extended || first ? '^' : '\\^'
    else if (character === '$') source += extended || isAtEnd(pattern, at + 1) ? '$' : '\\$'
    else if (character === '.') source += '.'
    else source += quoted(character)
    first = character === '^' && first
    at++
  }
  if (depth > 0) throw new PatternError('Unmatched ( or \\(')
  return source
}

function isAtEnd(pattern: string, at: number): boolean {
  return at === pattern.length || pattern.startsWith('\\)', at) || pattern.startsWith('\\|', at)
}

function quoted(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}

/** `[…]` at a place: `]` first is itself, `[:digit:]` a class, a backslash nothing special. */
function bracket(pattern: string, start: number): { text: string; end: number } {
  let at = start + 1
  const negated = pattern[at] === '^'
  if (negated) at++
  let text = ''
  for (let position = 0; ; position++) {
    const character = pattern[at]
    if (character === undefined) throw new PatternError('Unmatched [, [^, [:, [., or [=')
    if (character === ']' && position > 0) break
    const name = /^\[:(\w+):\]/.exec(pattern.slice(at))
    if (name !== null) {
      const members = classes[name[1] ?? '']
      if (members === undefined) throw new PatternError('Invalid character class name')
      text += members
      at += name[0].length
      continue
    }
    text += character === '-' ? '-' : character.replace(/[\\\]^[]/, '\\$&')
    at++
  }
  // A dash at either end is itself.
  const safe = text.replace(/^-/, '\\-').replace(/-$/, '\\-')
  return { text: `[${negated ? '^' : ''}${safe}]`, end: at + 1 }
}

/** `{m,n}` whose opening brace has been read. */
function interval(pattern: string, start: number, extended: boolean): { text: string; end: number } {
  const match = (extended ? /^(\d*)(,?)(\d*)\}/ : /^(\d*)(,?)(\d*)\\\}/).exec(pattern.slice(start))
  if (match === null) {
    if (extended) return { text: '\\{', end: start }
    throw new PatternError('Unmatched \\{')
  }
  const [whole, least = '', comma = '', most = ''] = match
  if (least === '' && most === '') throw new PatternError('Invalid content of \\{\\}')
  return { text: `{${least === '' ? '0' : least}${comma}${most}}`, end: start + whole.length }
}
