// Which expressions change anything, and -Wunused-value of those whose result nobody takes.
import { rangeOf } from './binary.ts'
import type { Context } from './context.ts'
import type { Operand } from './operand.ts'
import type { Location } from './tokenize.ts'
import type { Expression } from './tree.ts'

/** Whether evaluating it changes anything. */
export function hasEffect(node: Expression): boolean {
  switch (node.kind) {
    case 'assign':
    case 'compound-assign':
    case 'pointer-assign':
    case 'increment':
    case 'call':
    case 'va_start':
    case 'va_arg':
    case 'va_copy':
      return true
    case 'unary':
    case 'convert':
    case 'decay':
    case 'address':
      return hasEffect(node.operand)
    case 'load':
      return node.operand.type.isVolatile === true || hasEffect(node.operand)
    case 'dereference':
      return hasEffect(node.pointer) || node.type.isVolatile === true
    case 'member':
      return hasEffect(node.object)
    case 'binary':
    case 'logical':
    case 'pointer-difference':
    case 'comma':
      return hasEffect(node.left) || hasEffect(node.right)
    case 'pointer-add':
      return hasEffect(node.pointer) || hasEffect(node.index)
    case 'conditional':
      return hasEffect(node.condition) || hasEffect(node.then) || hasEffect(node.otherwise)
    case 'compound-literal':
      return true
    default:
      return false
  }
}

/** -Wunused-value of an expression whose result nobody takes. */
export function warnNoEffect(c: Context, value: Operand, at: Location): void {
  const { node } = value
  if (node.type.kind === 'void') return
  if (!hasEffect(node)) {
    const folded = node.kind === 'comma' || node.kind === 'constant' || (node.kind === 'variable' && value.placed)
    const isPlaced = value.placed === true && !folded
    c.reporter.warning(
      isPlaced ? value.caret : value.grouped || folded ? at : value.start,
      'unused-value',
      'statement with no effect',
      {
        ranges: isPlaced ? [rangeOf(value)] : [],
      },
    )
    return
  }
  if (node.kind === 'comma' && !hasEffect(node.right) && node.right.type.kind !== 'void') {
    c.reporter.warning(value.caret, 'unused-value', 'right-hand operand of comma expression has no effect')
    return
  }
  if (lastValue(node) === undefined) return
  c.reporter.warning(value.placed ? value.caret : value.start, 'unused-value', 'value computed is not used', {
    ranges: value.placed && node.kind !== 'logical' ? [rangeOf(value)] : [],
  })
}

/** The operation whose value is lost although its operands have effects. */
function lastValue(node: Expression): Expression | undefined {
  switch (node.kind) {
    case 'comma':
      return lastValue(node.right)
    case 'binary':
    case 'unary':
    case 'dereference':
    case 'pointer-add':
    case 'pointer-difference':
    case 'load':
    case 'address':
      return node
    case 'member':
      return node
    case 'logical':
      return node.right.kind === 'assign' ? undefined : node
    case 'convert':
      return node.implied ? lastValue(node.operand) : node.operand.kind === 'call' ? undefined : node
    default:
      return undefined
  }
}
