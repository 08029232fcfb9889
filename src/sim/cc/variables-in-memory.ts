// Which scalars of a function must lie in memory: those whose address is taken. All others are registers.
import type { Expression, Initializer, Statement, Variable } from './tree.ts'

/** The variables under an `&` in a function's body. */
export function variablesInMemory(body: Statement): ReadonlySet<Variable> {
  const found = new Set<Variable>()
  // The tree is plain data: whatever node stands anywhere in it is visited, so that no kind can be forgotten.
  const visit = (node: Expression | Statement | readonly (Expression | Statement | Initializer)[]): void => {
    if ('kind' in node && (node.kind === 'address' || node.kind === 'decay')) {
      const { operand } = node
      if (operand.kind === 'variable') found.add(operand.variable)
      if (operand.kind === 'compound-literal') found.add(operand.variable)
    }
    for (const [key, value] of Object.entries(node) as [string, unknown][]) {
      if (skipped.has(key) || typeof value !== 'object' || value === null || value instanceof Uint8Array) continue
      visit(value as Expression)
    }
  }
  visit(body)
  return found
}

/** Fields that hold no code. */
const skipped = new Set(['type', 'place', 'variable', 'member', 'symbol', 'bits', 'operationType'])
