// The tree of a parsed Go template, and the text that error messages quote of it.
import { quoteJson } from './json.ts'

export interface TextNode {
  readonly kind: 'text'
  readonly at: number
  readonly text: string
}
export interface ActionNode {
  readonly kind: 'action'
  readonly at: number
  readonly pipe: PipeNode
}
export interface BranchNode {
  readonly kind: 'if' | 'range' | 'with'
  readonly at: number
  readonly pipe: PipeNode
  readonly body: ListNode
  readonly otherwise: ListNode | undefined
}
export interface TemplateNode {
  readonly kind: 'template'
  readonly at: number
  readonly name: string
  readonly pipe: PipeNode | undefined
}
export interface JumpNode {
  readonly kind: 'break' | 'continue'
  readonly at: number
}
export type StatementNode = TextNode | ActionNode | BranchNode | TemplateNode | JumpNode
export interface ListNode {
  readonly kind: 'list'
  readonly at: number
  readonly nodes: readonly StatementNode[]
}

export interface PipeNode {
  readonly kind: 'pipe'
  readonly at: number
  readonly assigns: boolean
  /** Variables that get the value, each with its `$`. */
  readonly variables: readonly string[]
  readonly commands: readonly CommandNode[]
}
export interface CommandNode {
  readonly kind: 'command'
  readonly at: number
  readonly args: readonly OperandNode[]
}
export type OperandNode =
  | PipeNode
  | { readonly kind: 'identifier'; readonly at: number; readonly name: string }
  | { readonly kind: 'field'; readonly at: number; readonly names: readonly string[] }
  | { readonly kind: 'variable'; readonly at: number; readonly name: string; readonly names: readonly string[] }
  | { readonly kind: 'chain'; readonly at: number; readonly node: OperandNode; readonly names: readonly string[] }
  | { readonly kind: 'dot' | 'nil'; readonly at: number }
  | { readonly kind: 'bool'; readonly at: number; readonly value: boolean }
  | {
      readonly kind: 'number'
      readonly at: number
      readonly text: string
      readonly value: number | bigint
      readonly float: boolean
    }
  | { readonly kind: 'string'; readonly at: number; readonly quoted: string; readonly value: string }

export type TemplateTreeNode = StatementNode | ListNode | PipeNode | CommandNode | OperandNode

/** The node as Go's parser would print it again. */
export function nodeText(node: TemplateTreeNode): string {
  switch (node.kind) {
    case 'pipe': {
      const declared = node.variables.length > 0 ? `${node.variables.join(', ')} ${node.assigns ? '=' : ':='} ` : ''
      return declared + node.commands.map(nodeText).join(' | ')
    }
    case 'command':
      return node.args.map((arg) => (arg.kind === 'pipe' ? `(${nodeText(arg)})` : nodeText(arg))).join(' ')
    case 'identifier':
      return node.name
    case 'field':
      return node.names.map((name) => `.${name}`).join('')
    case 'variable':
      return [node.name, ...node.names].join('.')
    case 'chain': {
      const inner = node.node.kind === 'pipe' ? `(${nodeText(node.node)})` : nodeText(node.node)
      return inner + node.names.map((name) => `.${name}`).join('')
    }
    case 'dot':
      return '.'
    case 'nil':
      return 'nil'
    case 'bool':
      return String(node.value)
    case 'number':
      return node.text
    case 'string':
      return node.quoted
    case 'text':
      return node.text
    case 'action':
      return `{{${nodeText(node.pipe)}}}`
    case 'template':
      return `{{template ${quoteJson(node.name)}${node.pipe ? ` ${nodeText(node.pipe)}` : ''}}}`
    case 'break':
    case 'continue':
      return `{{${node.kind}}}`
    case 'list':
      return node.nodes.map(nodeText).join('')
    default: {
      const otherwise = node.otherwise ? `{{else}}${nodeText(node.otherwise)}` : ''
      return `{{${node.kind} ${nodeText(node.pipe)}}}${nodeText(node.body)}${otherwise}{{end}}`
    }
  }
}
