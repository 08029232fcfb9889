// Divisions of integers that gcc knows the result of without dividing, at every level of optimization: they never trap.
import { hasEffect } from './effects.ts'
import type { BinaryOperator, Expression } from './tree.ts'
import { compatible, isInteger } from './type-rules.ts'
import type { CType } from './types.ts'

/** `unit`: one divided by something, which is 1 or -1 for those, and 0 for all else. */
export type KnownDivision = 'zero' | 'one' | 'unit'

/**
 * As the patterns of gcc's match.pd: 0 / X, 0 % X, 1 / X, X / X, X % X; not for a divisor that is the constant zero.
 *
 * @returns undefined where the machine divides
 */
export function knownDivision(
  operator: BinaryOperator,
  left: Expression,
  right: Expression,
): KnownDivision | undefined {
  if ((operator !== '/' && operator !== '%') || !isInteger(left.type)) return undefined
  if (right.kind === 'constant') return undefined
  if (left.kind === 'constant' && left.value === 0n) return 'zero'
  if (left.kind === 'constant' && left.value === 1n) return operator === '/' ? 'unit' : undefined
  if (!isSame(left, right) || hasEffect(left)) return undefined
  return operator === '/' ? 'one' : 'zero'
}

/** Whether two expressions are written alike, but for their place. What is volatile may differ each time. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (!isRecord(a) || !isRecord(b)) return false
  const names = Object.keys(a).filter((name) => name !== 'place')
  if (names.length !== Object.keys(b).filter((name) => name !== 'place').length) return false
  return names.every((name) => {
    if (name !== 'type') return isSame(a[name], b[name])
    return isSameType(a['type'] as CType, b['type'] as CType)
  })
}

function isSameType(a: CType, b: CType): boolean {
  return !a.isVolatile && !b.isVolatile && compatible(a, b)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}
