// What stretch of source an expression of the tree covers: for warnings that are found when the tree is whole.
import type { SourceRange } from './diagnostics.ts'
import type { Expression } from './tree.ts'

const ranges = new WeakMap<Expression, SourceRange>()

export function rememberRange(node: Expression, range: SourceRange): void {
  ranges.set(node, range)
}

export function rangeOfNode(node: Expression): SourceRange | undefined {
  return ranges.get(node)
}
