// Reads kubectl's JSONPath templates: text with actions in braces, as k8s.io/client-go/util/jsonpath takes them.

export type JsonPathNode =
  | { readonly kind: 'text'; readonly text: string }
  /** One action: its parts are applied one after another. */
  | { readonly kind: 'list'; readonly nodes: readonly JsonPathNode[] }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'recursive' }
  /** `[2]`, `[1:3]`, `[::2]`; an index is a slice of one. */
  | {
      readonly kind: 'slice'
      readonly start?: number
      readonly end?: number
      readonly step?: number
      readonly isIndex: boolean
    }
  | { readonly kind: 'union'; readonly parts: readonly (readonly JsonPathNode[])[] }
  | {
      readonly kind: 'filter'
      readonly left: readonly JsonPathNode[]
      readonly operator: string
      readonly right: readonly JsonPathNode[]
    }
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | { readonly kind: 'range' }
  | { readonly kind: 'end' }

/** Why a template could not be read; `message` is client-go's text. */
export class JsonPathError extends Error {}

/** @throws JsonPathError */
export function parseJsonPath(text: string): readonly JsonPathNode[] {
  const nodes: JsonPathNode[] = []
  let at = 0
  while (at < text.length) {
    const open = text.indexOf('{', at)
    if (open < 0) {
      nodes.push({ kind: 'text', text: text.slice(at) })
      break
    }
    if (open > at) nodes.push({ kind: 'text', text: text.slice(at, open) })
    const reader = new ActionReader(text, open + 1)
    nodes.push({ kind: 'list', nodes: reader.readAction() })
    at = reader.at
  }
  return nodes
}

class ActionReader {
  at: number
  private readonly text: string

  constructor(text: string, at: number) {
    this.text = text
    this.at = at
  }

  /** Up to and with the closing brace. */
  readAction(): JsonPathNode[] {
    const nodes: JsonPathNode[] = []
    for (;;) {
      const rest = this.text.slice(this.at)
      if (rest === '' || rest.startsWith('\n')) throw new JsonPathError('unclosed action')
      if (rest.startsWith('}')) {
        this.at++
        return nodes
      }
      if (/^[ \t@$]/.test(rest)) {
        this.at++
        continue
      }
      nodes.push(...this.readStep(rest))
    }
  }

  private readStep(rest: string): JsonPathNode[] {
    if (rest.startsWith('..')) {
      this.at += 2
      const next = this.text[this.at]
      const name = next === '[' || next === '.' ? undefined : this.readName()
      const recursive: JsonPathNode = { kind: 'recursive' }
      return name === undefined || name === '' ? [recursive] : [recursive, fieldOrWildcard(name)]
    }
    if (rest.startsWith('.')) {
      this.at++
      return [fieldOrWildcard(this.readName())]
    }
    if (rest.startsWith('[')) return [this.readBracket()]
    if (rest.startsWith('"') || rest.startsWith("'")) return [{ kind: 'literal', value: this.readQuoted() }]
    const number = /^[-+]?\d+(\.\d+)?/.exec(rest)?.[0]
    if (number !== undefined) {
      this.at += number.length
      return [{ kind: 'literal', value: Number(number) }]
    }
    const word = /^[A-Za-z_][\w-]*/.exec(rest)?.[0]
    if (word === undefined) throw new JsonPathError(`unrecognized character in action: ${goChar(rest)}`)
    this.at += word.length
    if (word === 'range') return [{ kind: 'range' }]
    if (word === 'end') return [{ kind: 'end' }]
    if (word === 'true' || word === 'false') return [{ kind: 'literal', value: word === 'true' }]
    throw new JsonPathError(`unrecognized identifier ${word}`)
  }

  /** A field's name; a backslash keeps the next character. */
  private readName(): string {
    let name = ''
    for (; this.at < this.text.length; this.at++) {
      const character = this.text[this.at] ?? ''
      if (character === '\\') {
        this.at++
        name += this.text[this.at] ?? ''
      } else if (/[\s.,[\](){}@$&|!=<>]/.test(character)) break
      else name += character
    }
    return name
  }

  private readQuoted(): string {
    const quote = this.text[this.at]
    let value = ''
    for (this.at++; this.at < this.text.length; this.at++) {
      const character = this.text[this.at] ?? ''
      if (character === quote) {
        this.at++
        return value
      }
      if (character === '\\') {
        this.at++
        value += escapes[this.text[this.at] ?? ''] ?? this.text[this.at] ?? ''
      } else value += character
    }
    throw new JsonPathError('unterminated quoted string')
  }

  private readBracket(): JsonPathNode {
    const inside = this.readBalanced()
    if (inside.startsWith('?(')) {
      if (!inside.endsWith(')')) throw new JsonPathError('unclosed array expect ]')
      return parseFilter(inside.slice(2, -1))
    }
    const parts = splitOutside(inside, ',')
    const nodes = parts.map(parseSubscript)
    const [only] = nodes
    return nodes.length === 1 && only !== undefined ? only : { kind: 'union', parts: nodes.map((node) => [node]) }
  }

  /** The text between a bracket and the one that closes it. */
  private readBalanced(): string {
    let depth = 0
    let quote = ''
    const begin = this.at + 1
    for (; this.at < this.text.length; this.at++) {
      const character = this.text[this.at] ?? ''
      if (quote !== '') {
        if (character === '\\') this.at++
        else if (character === quote) quote = ''
      } else if (character === '"' || character === "'") quote = character
      else if (character === '[') depth++
      else if (character === ']' && --depth === 0) return this.text.slice(begin, this.at++)
    }
    throw new JsonPathError('unterminated array')
  }
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' }

function fieldOrWildcard(name: string): JsonPathNode {
  return name === '*' ? { kind: 'wildcard' } : { kind: 'field', name }
}

function parseSubscript(text: string): JsonPathNode {
  const trimmed = text.trim()
  if (trimmed === '*') return { kind: 'wildcard' }
  const quoted = /^(['"])(.*)\1$/s.exec(trimmed)
  if (quoted) return { kind: 'field', name: (quoted[2] ?? '').replace(/\\(.)/g, '$1') }
  const slice = /^(-?\d*)(?:(:)(-?\d*))?(?:(:)(-?\d*))?$/.exec(trimmed)
  if (!slice) throw new JsonPathError(`invalid array index ${trimmed}`)
  const [, start = '', colon, end = '', , step = ''] = slice
  const isIndex = colon === undefined
  if (isIndex && start === '') throw new JsonPathError(`invalid array index ${trimmed}`)
  return {
    kind: 'slice',
    isIndex,
    ...(start === '' ? {} : { start: Number(start) }),
    ...(end === '' ? {} : { end: Number(end) }),
    ...(step === '' ? {} : { step: Number(step) }),
  }
}

function parseFilter(text: string): JsonPathNode {
  const match = /^(.*?)(==|!=|<=|>=|<|>)(.*)$/s.exec(text)
  const operand = (part: string): readonly JsonPathNode[] => {
    const [list] = parseJsonPath(`{${part.trim()}}`)
    return list?.kind === 'list' ? list.nodes : []
  }
  if (!match) return { kind: 'filter', left: operand(text), operator: 'exists', right: [] }
  const [, left = '', operator = '', right = ''] = match
  return { kind: 'filter', left: operand(left), operator, right: operand(right) }
}

function splitOutside(text: string, separator: string): string[] {
  const parts: string[] = ['']
  let quote = ''
  for (const character of text) {
    if (quote === '' && character === separator) {
      parts.push('')
      continue
    }
    if (quote === '' && (character === '"' || character === "'")) quote = character
    else if (character === quote) quote = ''
    parts.push((parts.pop() ?? '') + character)
  }
  return parts
}

/** A character as Go's %#U writes it. */
function goChar(text: string): string {
  const point = text.codePointAt(0) ?? 0
  return `U+${point.toString(16).toUpperCase().padStart(4, '0')} '${String.fromCodePoint(point)}'`
}
