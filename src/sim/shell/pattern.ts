// Shell patterns, glob(7) with bash's extended ones, as regular expressions. Quoted characters come with a backslash.

const cache = new Map<string, RegExp>()

/** A regular expression that matches a whole text as the pattern does. */
export function patternToRegExp(pattern: string, ignoreCase = false): RegExp {
  const key = `${ignoreCase ? 'i' : 'c'}${pattern}`
  const known = cache.get(key)
  if (known) return known
  const made = new RegExp(`^(?:${translate(pattern)})$`, ignoreCase ? 'sui' : 'su')
  if (cache.size > 500) cache.clear()
  cache.set(key, made)
  return made
}

/** The pattern as the source of a regular expression, unanchored. */
export function translate(pattern: string): string {
  let source = ''
  for (let at = 0; at < pattern.length; ) {
    const char = pattern[at] ?? ''
    const group = '?*+@!'.includes(char) && pattern[at + 1] === '(' ? extendedGroup(pattern, at) : undefined
    if (group) {
      source += group.source
      at = group.end
    } else if (char === '\\') {
      source += escape(pattern.slice(at + 1, at + 1 + codeLength(pattern, at + 1)) || '\\')
      at += 1 + codeLength(pattern, at + 1)
    } else if (char === '*') {
      source += '.*'
      at += 1
    } else if (char === '?') {
      source += '.'
      at += 1
    } else if (char === '[') {
      const bracket = bracketExpression(pattern, at)
      source += bracket?.source ?? '\\['
      at = bracket?.end ?? at + 1
    } else {
      const length = codeLength(pattern, at)
      source += escape(pattern.slice(at, at + length))
      at += length
    }
  }
  return source
}

/** Whether a pattern has an active special character, so that it must be matched against file names. */
export function hasMagic(pattern: string): boolean {
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern[at] ?? ''
    if (char === '\\') at += 1
    else if (char === '*' || char === '?') return true
    else if (char === '[' && bracketExpression(pattern, at)) return true
    else if ('+@!'.includes(char) && pattern[at + 1] === '(') return true
  }
  return false
}

/** The text that a pattern without active characters stands for. */
export function unescapePattern(pattern: string): string {
  return pattern.replace(/\\(.)/gsu, '$1')
}

/** A text as a pattern that matches just it. */
export function escapePattern(text: string): string {
  return text.replace(/[\\*?[\]()|+@!]/g, '\\$&')
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}

function codeLength(text: string, at: number): number {
  return at >= text.length ? 0 : (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
}

const classes: Readonly<Record<string, string>> = {
  alnum: '\\p{L}\\p{N}',
  alpha: '\\p{L}',
  ascii: '\\x00-\\x7f',
  blank: ' \\t',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '!-~',
  lower: '\\p{Ll}',
  print: ' -~',
  punct: '!-\\/:-@\\[-`\\{-~',
  space: '\\s',
  upper: '\\p{Lu}',
  word: '\\w',
  xdigit: '0-9a-fA-F',
}

function bracketExpression(pattern: string, start: number): { source: string; end: number } | undefined {
  let at = start + 1
  let source = '['
  if (pattern[at] === '!' || pattern[at] === '^') {
    source += '^'
    at += 1
  }
  for (let first = true; at < pattern.length; first = false) {
    const char = pattern[at] ?? ''
    if (char === ']' && !first) return { source: `${source}]`, end: at + 1 }
    const named = /^\[:(\w+):\]/.exec(pattern.slice(at))
    if (named) {
      source += classes[named[1] ?? ''] ?? ''
      at += named[0].length
      continue
    }
    if (char === '/') return undefined
    const escaped = char === '\\'
    const from = escaped ? at + 1 : at
    const length = codeLength(pattern, from)
    const isRange = char === '-' && !escaped && !first && pattern[at + 1] !== ']'
    source += isRange ? '-' : pattern.slice(from, from + length).replace(/[\\^\]\-[/{}()|]/, '\\$&')
    at = from + length
  }
  return undefined
}

function extendedGroup(pattern: string, start: number): { source: string; end: number } | undefined {
  const alternatives: string[] = []
  let depth = 0
  let from = start + 2
  for (let at = start + 1; at < pattern.length; at += 1) {
    const char = pattern[at]
    if (char === '\\') at += 1
    else if (char === '(') depth += 1
    else if (char === '|' && depth === 1) {
      alternatives.push(translate(pattern.slice(from, at)))
      from = at + 1
    } else if (char === ')') {
      depth -= 1
      if (depth > 0) continue
      alternatives.push(translate(pattern.slice(from, at)))
      return { source: quantified(pattern[start] ?? '', alternatives.join('|'), pattern.slice(at + 1)), end: at + 1 }
    }
  }
  return undefined
}

function quantified(operator: string, body: string, rest: string): string {
  if (operator === '!') return `(?:(?!(?:${body})(?:${translate(rest)})$).*)`
  return operator === '@' ? `(?:${body})` : `(?:${body})${operator}`
}
