// Values while they are checked: an expression of the tree with its place in the source, and the conversions that every use makes.
import { fitFloating, fitInteger } from './constants.ts'
import { rangeOfNode, rememberRange } from './ranges.ts'
import type { Symbol } from './scope.ts'
import type { Location } from './tokenize.ts'
import type { Expression } from './tree.ts'
import { errorType, intType, isInteger, isScalar, pointerTo, unqualified } from './type-rules.ts'
import type { CType } from './types.ts'

/** An expression as the parser knows it. */
export interface Operand {
  readonly node: Expression
  /** Where messages about it point to. */
  readonly caret: Location
  readonly start: Location
  readonly finish: Location
  /** The operator that it is written with, while no parentheses stand around it: for -Wparentheses. */
  readonly operator?: string | undefined
  /** The declared thing that it names. */
  readonly symbol?: Symbol | undefined
  /** In parentheses. */
  readonly grouped?: boolean
  /** Its place is its own, as that of a call or an operator; that of constants and names depends on who asks. */
  readonly placed?: boolean
  /** Of a member that is a bit-field: its width. */
  readonly bits?: number | undefined
  /** An integer constant expression, 6.6: of literals, not of what the compiler happens to know. */
  readonly literal?: boolean
}

export function isError(operand: Operand): boolean {
  return operand.node.type === errorType
}

export function errorAt(at: Location, finish = at): Operand {
  return {
    node: { kind: 'constant', value: 0n, type: errorType, place: at },
    caret: at,
    start: at,
    finish,
  }
}

/** Marks a value as wrong; its place stays. */
export function wrong(operand: Operand): Operand {
  return {
    node: { kind: 'constant', value: 0n, type: errorType, place: operand.caret },
    caret: operand.caret,
    start: operand.start,
    finish: operand.finish,
  }
}

export function integerConstant(value: bigint, type: CType, at: Location): Operand {
  return {
    node: { kind: 'constant', value: fitInteger(value, type), type, place: at },
    caret: at,
    start: at,
    finish: at,
    literal: true,
  }
}

export function isLvalue(node: Expression): boolean {
  switch (node.kind) {
    case 'variable':
    case 'string':
    case 'compound-literal':
      return true
    case 'dereference':
      return node.type.kind !== 'function'
    case 'member':
      return isLvalue(node.object)
    default:
      return false
  }
}

/** A value out of an lvalue: arrays and functions become pointers, objects are read. */
export function rvalue(operand: Operand): Operand {
  const { node, start, finish } = operand
  rememberRange(node, { start, finish, caret: operand.placed ? operand.caret : start })
  if (node.type.kind === 'array') {
    // `&string` never changes; what it points at is as const as the array's elements.
    return { ...operand, node: { kind: 'decay', operand: node, type: pointerTo(node.type.of), place: node.place } }
  }
  if (node.type.kind === 'function') {
    return { ...operand, node: { kind: 'decay', operand: node, type: pointerTo(node.type), place: node.place } }
  }
  if (isError(operand) || !isLvalue(node)) {
    return node.type.isConst || node.type.isVolatile
      ? { ...operand, node: retyped(node, unqualified(node.type)) }
      : operand
  }
  return { ...operand, node: { kind: 'load', operand: node, type: unqualified(node.type), place: node.place } }
}

/** Notes that a variable's value is used, for -Wunused-but-set-variable. */
export function markRead(operand: Operand): void {
  // The target of an assignment is written only.
  if (operand.node.kind === 'assign') return
  if (operand.symbol?.kind === 'object') operand.symbol.read = true
}

/** `rvalue` of what is read. */
export function read(operand: Operand): Operand {
  markRead(operand)
  return rvalue(operand)
}

/** The node converted to a type; constants are converted at once. */
export function convert(node: Expression, type: CType, implied = true): Expression {
  const to = unqualified(type)
  if (node.type === errorType || to === errorType) return node
  if (node.kind === 'constant') {
    const folded = convertConstant(node.value, to)
    if (folded !== undefined) return { kind: 'constant', value: folded, type: to, place: node.place }
  }
  if (isSameScalar(node.type, to)) return node.type === to ? node : retyped(node, to)
  if (node.type.kind === 'record' && to.kind === 'record') return node
  return { kind: 'convert', operand: node, type: to, implied, place: node.place }
}

/** The same expression with another name for its type. */
function retyped(node: Expression, type: CType): Expression {
  const copy: Expression = { ...node, type }
  const range = rangeOfNode(node)
  if (range !== undefined) rememberRange(copy, range)
  return copy
}

function convertConstant(value: bigint | number, to: CType): bigint | number | undefined {
  if (to.kind === 'floating') return fitFloating(Number(value), to)
  if (isInteger(to) || to.kind === 'pointer') {
    if (to.kind === 'integer' && to.name === '_Bool') return value === 0 || value === 0n ? 0n : 1n
    if (typeof value === 'bigint') return fitInteger(value, to)
    if (!Number.isFinite(value)) return fitInteger(0n, to)
    return fitInteger(BigInt(Math.trunc(value)), to)
  }
  return undefined
}

function isSameScalar(a: CType, b: CType): boolean {
  if (a.kind === 'pointer' && b.kind === 'pointer') return true
  if (a.kind === 'integer' && b.kind === 'integer') return a.name === b.name
  if (a.kind === 'floating' && b.kind === 'floating') return a.name === b.name
  if (a.kind === 'void' && b.kind === 'void') return true
  if (a.kind === 'enum' || b.kind === 'enum') {
    const other = a.kind === 'enum' ? b : a
    return other.kind === 'enum' || (other.kind === 'integer' && other.name === 'unsigned int')
  }
  return false
}

/** The value as a condition: int 0 or 1 is not needed, any scalar will do for the generator of code. */
export function isTruthScalar(type: CType): boolean {
  return isScalar(type)
}

/** A null pointer constant: 0, or 0 cast to `void *`. */
export function isNullConstant({ node, literal }: Operand): boolean {
  if (node.kind !== 'constant' || node.value !== 0n) return false
  if (node.type.kind === 'pointer')
    return node.type.to.kind === 'void' && !node.type.to.isConst && !node.type.to.isVolatile
  return isInteger(node.type) && literal === true
}

/** Integer value of a constant. */
export function constantOf({ node }: Operand): bigint | undefined {
  return node.kind === 'constant' && typeof node.value === 'bigint' && isInteger(node.type) ? node.value : undefined
}

export const truthType = intType
