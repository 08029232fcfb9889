// Expressions as messages quote them: `*s`, `a[1]`, `p->next`.
import type { Expression } from './tree.ts'
import { typeName } from './type-rules.ts'

/** The text of an expression, as gcc rebuilds it from its tree. */
export function expressionText(node: Expression): string {
  switch (node.kind) {
    case 'variable':
      return node.variable.name
    case 'function':
      return node.symbol.name
    case 'load':
    case 'decay':
      return expressionText(node.operand)
    case 'convert':
      return node.implied ? expressionText(node.operand) : `(${typeName(node.type)})${operandText(node.operand)}`
    case 'constant':
      return String(node.value)
    case 'string':
      return JSON.stringify(new TextDecoder().decode(node.bytes.subarray(0, -1)))
    case 'member': {
      const { object, member } = node
      const name = member.name ?? '<anonymous>'
      if (object.kind === 'dereference' && object.pointer.kind !== 'pointer-add') {
        return `${operandText(object.pointer)}->${name}`
      }
      return `${operandText(object)}.${name}`
    }
    case 'dereference':
      return dereferenceText(node.pointer)
    case 'address':
      return `&${operandText(node.operand)}`
    case 'pointer-add': {
      const { index, elementSize } = node
      const offset =
        index.kind === 'constant' ? String(BigInt(index.value) * BigInt(elementSize)) : offsetText(index, elementSize)
      return `${operandText(node.pointer)} + ${offset}`
    }
    case 'unary':
      return `${node.operator}${operandText(node.operand)}`
    case 'binary':
    case 'logical':
      return `${operandText(node.left)} ${node.operator} ${operandText(node.right)}`
    case 'call':
      return `${expressionText(node.callee)}(${node.arguments.map(expressionText).join(', ')})`
    case 'conditional':
      return `${operandText(node.condition)} ? ${operandText(node.then)} : ${operandText(node.otherwise)}`
    default:
      return '<expression>'
  }
}

function offsetText(index: Expression, elementSize: number): string {
  const text = `(sizetype)${operandText(index)}`
  return elementSize === 1 ? text : `${text} * ${elementSize}`
}

function dereferenceText(pointer: Expression): string {
  if (pointer.kind === 'pointer-add' && pointer.pointer.kind === 'decay') {
    return `${operandText(pointer.pointer.operand)}[${expressionText(pointer.index)}]`
  }
  if (pointer.kind === 'pointer-add' && pointer.index.kind === 'constant' && BigInt(pointer.index.value) === 0n) {
    return `*${operandText(pointer.pointer)}`
  }
  return `*${operandText(pointer)}`
}

function operandText(node: Expression): string {
  const text = expressionText(node)
  const inner =
    node.kind === 'load' || node.kind === 'decay' || (node.kind === 'convert' && node.implied) ? node.operand : node
  return ['binary', 'logical', 'pointer-add', 'conditional', 'assign'].includes(inner.kind) ? `(${text})` : text
}
