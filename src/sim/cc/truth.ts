// Values as conditions.
import type { Expression } from './tree.ts'
import { intType } from './type-rules.ts'

/** A floating value as a condition is compared with zero; other scalars are conditions as they are. */
export function truth(node: Expression): Expression {
  if (node.type.kind !== 'floating') return node
  if (node.kind === 'constant')
    return { kind: 'constant', value: node.value === 0 ? 0n : 1n, type: intType, place: node.place }
  const zero: Expression = { kind: 'constant', value: 0, type: node.type, place: node.place }
  return { kind: 'binary', operator: '!=', left: node, right: zero, type: intType, place: node.place }
}
