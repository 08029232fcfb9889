// Parses Go's text/template: one function a production, Go's own error texts. The order of checks is Go's, since a text
// with two errors shows the first.
import { type Item, type ItemType, lexTemplate } from './go-template-lex.ts'
import type { BranchNode, CommandNode, ListNode, OperandNode, PipeNode, StatementNode } from './go-template-nodes.ts'
import { nodeText } from './go-template-nodes.ts'
import { quoteJson } from './json.ts'

/** Why a template could not be parsed. `message` is Go's, from `template: ` on. */
export class TemplateParseError extends Error {}

const operandStart = new Set<ItemType>([
  'bool',
  'character',
  'dot',
  'field',
  'identifier',
  'number',
  'nil',
  'string',
  'variable',
  '(',
])

/**
 * Parses a template.
 * @param name stands in error messages; docker's is empty
 * @param functions the names that may be called
 * @returns its own list and what it defines, by name
 */
export function parseTemplate(
  name: string,
  text: string,
  functions: ReadonlySet<string>,
): { main: ListNode; definitions: ReadonlyMap<string, ListNode> } {
  const parser = new Parser(name, text, functions)
  return { main: parser.parse(), definitions: parser.definitions }
}

class Parser {
  readonly definitions = new Map<string, ListNode>()
  private readonly items: readonly Item[]
  private readonly name: string
  private readonly functions: ReadonlySet<string>
  private position = 0
  private variables = ['$']
  private rangeDepth = 0
  /** Line of the item that was read last, which messages name. */
  private line = 1

  constructor(name: string, text: string, functions: ReadonlySet<string>) {
    this.name = name
    this.functions = functions
    this.items = lexTemplate(text)
  }

  parse(): ListNode {
    const nodes: StatementNode[] = []
    for (;;) {
      const item = this.peek()
      if (item.type === 'EOF') return { kind: 'list', at: 0, nodes }
      if (item.type === 'left delimiter' && this.isDefine()) {
        this.define()
        continue
      }
      const node = this.textOrAction()
      if (typeof node === 'string') this.fail(`unexpected ${node}`)
      nodes.push(node)
    }
  }

  // Items

  private next(): Item {
    const item = this.peek()
    if (this.position < this.items.length - 1 || item.type === 'error') this.position++
    this.line = item.line
    return item
  }

  private peek(): Item {
    const item = this.items[Math.min(this.position, this.items.length - 1)]
    if (!item) throw new RangeError('a template has at least one item')
    return item
  }

  private nextNonSpace(): Item {
    let item = this.next()
    while (item.type === 'space') item = this.next()
    return item
  }

  private peekNonSpace(): Item {
    while (this.peek().type === 'space') this.position++
    return this.peek()
  }

  private fail(message: string): never {
    throw new TemplateParseError(`template: ${this.name}:${this.line}: ${message}`)
  }

  private unexpected(item: Item, context: string): never {
    this.line = item.line
    if (item.type === 'error') this.fail(item.text)
    this.fail(`unexpected ${itemText(item)} in ${context}`)
  }

  private expect(type: ItemType, context: string): Item {
    const item = this.nextNonSpace()
    if (item.type !== type) this.unexpected(item, context)
    return item
  }

  private isDefine(): boolean {
    const rest = this.items.slice(this.position + 1).find((item) => item.type !== 'space')
    return rest?.type === 'keyword' && rest.text === 'define'
  }

  // Statements

  private define(): void {
    this.next()
    this.nextNonSpace()
    const context = 'define clause'
    const name = this.nextNonSpace()
    if (name.type !== 'string') this.unexpected(name, context)
    this.expect('right delimiter', context)
    const outer = this.variables
    this.variables = ['$']
    const { list, end } = this.itemList()
    if (end !== '{{end}}') this.fail(`unexpected ${end} in ${context}`)
    this.variables = outer
    this.definitions.set(unquote(name.text), list)
  }

  /** Statements up to `{{end}}` or `{{else}}`. */
  private itemList(): { list: ListNode; end: string } {
    const nodes: StatementNode[] = []
    const at = this.peekNonSpace().at
    while (this.peekNonSpace().type !== 'EOF') {
      const node = this.textOrAction()
      if (typeof node === 'string') return { list: { kind: 'list', at, nodes }, end: node }
      nodes.push(node)
    }
    return this.fail('unexpected EOF')
  }

  /** A statement, or `{{end}}` or `{{else}}`, which end a list. */
  private textOrAction(): StatementNode | '{{end}}' | '{{else}}' {
    const item = this.nextNonSpace()
    if (item.type === 'text') return { kind: 'text', at: item.at, text: item.text }
    if (item.type !== 'left delimiter') return this.unexpected(item, 'input')
    const first = this.peekNonSpace()
    if (first.type !== 'keyword')
      return { kind: 'action', at: first.at, pipe: this.pipeline('command', 'right delimiter') }
    this.nextNonSpace()
    switch (first.text) {
      case 'end':
        this.expect('right delimiter', 'end')
        return '{{end}}'
      case 'else':
        return this.elseClause()
      case 'if':
      case 'range':
      case 'with':
        return this.branch(first.text)
      case 'break':
      case 'continue':
        this.expect('right delimiter', `{{${first.text}}}`)
        if (this.rangeDepth === 0) this.fail(`{{${first.text}}} outside {{range}}`)
        return { kind: first.text, at: first.at }
      case 'template':
        return this.call()
      case 'block':
        return this.block()
      default:
        return this.unexpected(first, 'command')
    }
  }

  private elseClause(): '{{else}}' {
    const item = this.peekNonSpace()
    // `{{else if …}}` and `{{else with …}}`: the branch that reads the list parses the rest.
    if (item.type === 'keyword' && (item.text === 'if' || item.text === 'with')) return '{{else}}'
    this.expect('right delimiter', 'else')
    return '{{else}}'
  }

  private branch(kind: BranchNode['kind']): BranchNode {
    const outer = this.variables.length
    const pipe = this.pipeline(kind, 'right delimiter')
    if (kind === 'range') this.rangeDepth++
    const { list: body, end } = this.itemList()
    if (kind === 'range') this.rangeDepth--
    let otherwise: ListNode | undefined
    if (end === '{{else}}') {
      const item = this.peek()
      if (item.type === 'keyword' && kind !== 'range' && item.text === kind) {
        this.next()
        otherwise = { kind: 'list', at: item.at, nodes: [this.branch(kind)] }
      } else {
        if (item.type === 'keyword') this.unexpected(item, 'else')
        const rest = this.itemList()
        if (rest.end !== '{{end}}') this.fail(`expected end; found ${rest.end}`)
        otherwise = rest.list
      }
    }
    this.variables = this.variables.slice(0, outer)
    return { kind, at: pipe.at, pipe, body, otherwise }
  }

  private call(): StatementNode {
    const context = 'template clause'
    const name = this.nextNonSpace()
    if (name.type !== 'string') this.unexpected(name, context)
    let pipe: PipeNode | undefined
    if (this.peekNonSpace().type === 'right delimiter') this.nextNonSpace()
    else pipe = this.pipeline(context, 'right delimiter')
    return { kind: 'template', at: name.at, name: unquote(name.text), pipe }
  }

  private block(): StatementNode {
    const context = 'block clause'
    const name = this.nextNonSpace()
    if (name.type !== 'string') this.unexpected(name, context)
    const pipe = this.pipeline(context, 'right delimiter')
    const outer = this.variables
    this.variables = ['$']
    const { list, end } = this.itemList()
    if (end !== '{{end}}') this.fail(`unexpected ${end} in ${context}`)
    this.variables = outer
    this.definitions.set(unquote(name.text), list)
    return { kind: 'template', at: name.at, name: unquote(name.text), pipe }
  }

  // Pipelines

  private pipeline(context: string, end: ItemType): PipeNode {
    const at = this.peekNonSpace().at
    const { variables, assigns } = this.declarations(context)
    const commands: CommandNode[] = []
    for (;;) {
      const item = this.peekNonSpace()
      if (item.type === end) {
        this.next()
        break
      }
      if (!operandStart.has(item.type)) this.unexpected(this.next(), context)
      commands.push(this.command())
    }
    if (commands.length === 0) this.fail(`missing value for ${context}`)
    for (const [i, command] of commands.slice(1).entries()) {
      const kind = command.args[0]?.kind
      if (kind === 'bool' || kind === 'dot' || kind === 'nil' || kind === 'number' || kind === 'string') {
        this.fail(`non executable command in pipeline stage ${i + 2}`)
      }
    }
    return { kind: 'pipe', at, assigns, variables, commands }
  }

  private declarations(context: string): { variables: string[]; assigns: boolean } {
    const variables: string[] = []
    for (;;) {
      const variable = this.peekNonSpace()
      if (variable.type !== 'variable') return { variables, assigns: false }
      const start = this.position
      this.next()
      const sign = this.peekNonSpace()
      if (sign.type === 'assign' || sign.type === 'declare') {
        this.next()
        variables.push(variable.text)
        this.variables.push(variable.text)
        return { variables, assigns: sign.type === 'assign' }
      }
      if (sign.type !== 'char' || sign.text !== ',') {
        this.position = start
        return { variables, assigns: false }
      }
      this.next()
      variables.push(variable.text)
      this.variables.push(variable.text)
      if (context !== 'range' || variables.length >= 2) this.fail(`too many declarations in ${context}`)
      const after = this.peekNonSpace().type
      if (after !== 'variable' && after !== 'right delimiter' && after !== ')') {
        this.fail('range can only initialize variables')
      }
    }
  }

  private command(): CommandNode {
    const at = this.peekNonSpace().at
    const args: OperandNode[] = []
    for (;;) {
      this.peekNonSpace()
      const operand = this.operand()
      if (operand) args.push(operand)
      const item = this.peek()
      if (item.type === 'space') {
        this.next()
        continue
      }
      if (item.type === 'pipe') this.next()
      else if (item.type !== 'right delimiter' && item.type !== ')') this.unexpected(this.next(), 'operand')
      break
    }
    if (args.length === 0) this.fail('empty command')
    return { kind: 'command', at, args }
  }

  private operand(): OperandNode | undefined {
    const node = this.term()
    if (!node || this.peek().type !== 'field') return node
    const at = this.peek().at
    const names: string[] = []
    while (this.peek().type === 'field') names.push(this.next().text.slice(1))
    switch (node.kind) {
      case 'field':
        return { kind: 'field', at, names: [...node.names, ...names] }
      case 'variable':
        return { kind: 'variable', at, name: node.name, names }
      case 'bool':
      case 'string':
      case 'number':
      case 'nil':
      case 'dot':
        return this.fail(`unexpected . after term ${quoteJson(nodeText(node))}`)
      default:
        return { kind: 'chain', at, node, names }
    }
  }

  private term(): OperandNode | undefined {
    const item = this.peekNonSpace()
    if (!operandStart.has(item.type)) return undefined
    this.next()
    const { at, text } = item
    switch (item.type) {
      case 'identifier':
        if (!this.functions.has(text)) this.fail(`function ${quoteJson(text)} not defined`)
        return { kind: 'identifier', at, name: text }
      case 'dot':
      case 'nil':
        return { kind: item.type, at }
      case 'variable':
        if (!this.variables.includes(text)) this.fail(`undefined variable ${quoteJson(text)}`)
        return { kind: 'variable', at, name: text, names: [] }
      case 'field':
        return { kind: 'field', at, names: [text.slice(1)] }
      case 'bool':
        return { kind: 'bool', at, value: text === 'true' }
      case 'number':
        return { kind: 'number', at, text, ...numberValue(text) }
      case 'character':
        return { kind: 'number', at, text, value: unquote(text).codePointAt(0) ?? 0, float: false }
      case 'string':
        return { kind: 'string', at, quoted: text, value: unquote(text) }
      default:
        return this.pipeline('parenthesized pipeline', ')')
    }
  }
}

/** An item as Go's messages show it. */
function itemText(item: Item): string {
  if (item.type === 'EOF') return 'EOF'
  if (item.type === 'keyword') return `<${item.text}>`
  const characters = [...item.text]
  return characters.length > 10 ? `${quoteJson(characters.slice(0, 10).join(''))}...` : quoteJson(item.text)
}

function numberValue(text: string): { value: number | bigint; float: boolean } {
  const plain = text.replaceAll('_', '')
  const digits = plain.replace(/^[-+]/, '')
  if (/^(0[xX]|0[bB]|0[oO])/.test(digits) || /^\d+$/.test(digits)) {
    const octal = /^0[0-7]+$/.test(digits)
    const size = BigInt(octal ? `0o${digits.slice(1)}` : digits)
    const value = plain.startsWith('-') ? -size : size
    return { value: value >= -(2n ** 53n) && value <= 2n ** 53n ? Number(value) : value, float: false }
  }
  return { value: Number(plain), float: true }
}

const escapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

/** The text that a Go literal means; `…` stays as it is. */
function unquote(literal: string): string {
  const body = literal.slice(1, -1)
  if (literal.startsWith('`')) return body
  return body.replace(
    /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{3})|(.))/gs,
    (_, x: string, u: string, U: string, octal: string, other: string) => {
      const hex = x ?? u ?? U
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16))
      if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8))
      return escapes[other] ?? other
    },
  )
}
