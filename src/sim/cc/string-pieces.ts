// Where each byte of a string literal is spelled: a string may be joined of several tokens.
import type { LiteralByte } from './literals.ts'
import type { Location } from './tokenize.ts'
import type { Expression } from './tree.ts'

/** The bytes that one token gives to a string. */
export interface StringPiece {
  /** Index of its first byte in the whole string. */
  readonly start: number
  readonly at: Location
  readonly bytes: readonly LiteralByte[]
}

const pieces = new WeakMap<Expression, readonly StringPiece[]>()

export function rememberPieces(node: Expression, list: readonly StringPiece[]): void {
  pieces.set(node, list)
}

export function stringPieces(node: Expression): readonly StringPiece[] | undefined {
  return pieces.get(node)
}
