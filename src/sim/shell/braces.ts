// Brace expansion of bash(1), on the source text of a word and before anything else: `a{b,c}d` and `{1..5..2}`.

/** The texts that a word's text becomes; just itself when it has no brace expression. */
export function expandBraces(text: string): string[] {
  for (let at = 0; at < text.length; at = skip(text, at)) {
    if (text[at] !== '{') continue
    const group = readGroup(text, at)
    if (!group) continue
    const before = text.slice(0, at)
    const rests = expandBraces(text.slice(group.end))
    return group.items.flatMap((item) => rests.map((rest) => before + item + rest))
  }
  return [text]
}

function readGroup(text: string, start: number): { items: string[]; end: number } | undefined {
  const pieces: string[] = []
  let depth = 0
  let from = start + 1
  for (let at = start; at < text.length; at = skip(text, at)) {
    const char = text[at]
    if (char === '{') depth += 1
    else if (char === ',' && depth === 1) {
      pieces.push(text.slice(from, at))
      from = at + 1
    } else if (char === '}') {
      depth -= 1
      if (depth > 0) continue
      pieces.push(text.slice(from, at))
      const [only = ''] = pieces
      const items = pieces.length > 1 ? pieces.flatMap(expandBraces) : sequence(only)
      return items && { items, end: at + 1 }
    }
  }
  return undefined
}

/** The next position: one on, or behind a quoted part, an escape or an expansion, in which braces mean nothing. */
function skip(text: string, at: number): number {
  const char = text[at]
  if (char === '\\') return at + 2
  if (char === "'") return closing(text, at + 1, "'")
  if (char === '"' || char === '`') return closing(text, at + 1, char)
  if (char === '$' && text[at + 1] === '{') return balanced(text, at + 1, '{', '}')
  if (char === '$' && text[at + 1] === '(') return balanced(text, at + 1, '(', ')')
  return at + 1
}

function closing(text: string, from: number, quote: string): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\' && quote !== "'") at += 1
    else if (text[at] === quote) return at + 1
  }
  return text.length
}

function balanced(text: string, from: number, open: string, close: string): number {
  let depth = 0
  for (let at = from; at < text.length; at += 1) {
    const char = text[at]
    if (char === '\\') at += 1
    else if (char === "'" || char === '"') at = closing(text, at + 1, char) - 1
    else if (char === open) depth += 1
    else if (char === close) {
      depth -= 1
      if (depth === 0) return at + 1
    }
  }
  return text.length
}

function sequence(body: string): string[] | undefined {
  const numbers = /^(-?\d+)\.\.(-?\d+)(?:\.\.(-?\d+))?$/.exec(body)
  if (numbers) {
    const [, first = '', last = '', step] = numbers
    const width = /^-?0\d/.test(first) || /^-?0\d/.test(last) ? Math.max(first.length, last.length) : 0
    return range(Number(first), Number(last), Number(step ?? 1)).map((value) => padded(value, width))
  }
  const letters = /^([a-zA-Z])\.\.([a-zA-Z])(?:\.\.(-?\d+))?$/.exec(body)
  if (!letters) return undefined
  const [, first = '', last = '', step] = letters
  return range(first.charCodeAt(0), last.charCodeAt(0), Number(step ?? 1)).map((code) => String.fromCharCode(code))
}

function range(first: number, last: number, step: number): number[] {
  const by = Math.abs(step) || 1
  const count = Math.floor(Math.abs(last - first) / by) + 1
  return Array.from({ length: count }, (_, index) => first + (last < first ? -by : by) * index)
}

function padded(value: number, width: number): string {
  return value < 0 ? `-${String(-value).padStart(width - 1, '0')}` : String(value).padStart(width, '0')
}
