// Extended regular expressions of regex(7) as JavaScript's: bracket expressions with classes are what differs.

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

/** The expression in JavaScript's syntax; undefined when it is not a right one. */
export function posixToRegExp(source: string, flags = ''): RegExp | undefined {
  try {
    return new RegExp(translateRegex(source), flags)
  } catch {
    return undefined
  }
}

/** The same as text, to be put into another expression. */
export function translateRegex(source: string): string {
  let result = ''
  for (let at = 0; at < source.length; ) {
    const char = source[at] ?? ''
    if (char === '\\') {
      const escaped = source[at + 1] ?? '\\'
      result += escaped === '<' ? '\\b(?=\\w)' : escaped === '>' ? '\\b(?<=\\w)' : `\\${escaped}`
      at += 2
    } else if (char === '[') {
      const bracket = readBracket(source, at)
      result += bracket.source
      at = bracket.end
    } else if (char === '{' && !/^\{\d*,?\d*\}/.test(source.slice(at))) {
      result += '\\{'
      at += 1
    } else {
      result += char
      at += 1
    }
  }
  return result
}

function readBracket(source: string, start: number): { source: string; end: number } {
  let at = start + 1
  let result = '['
  if (source[at] === '^') {
    result += '^'
    at += 1
  }
  for (let first = true; at < source.length; first = false) {
    const char = source[at] ?? ''
    if (char === ']' && !first) return { source: `${result}]`, end: at + 1 }
    const named = /^\[:(\w+):\]/.exec(source.slice(at))
    if (named) {
      result += classes[named[1] ?? ''] ?? ''
      at += named[0].length
      continue
    }
    result += char === '-' ? char : char.replace(/[\\\][^]/, '\\$&')
    at += 1
  }
  throw new SyntaxError('Unmatched [')
}
