// Binary operators: operand types, conversions, gcc's warnings, and folding of constants.
import { fits, fitInteger, floatingResult, integerResult, fitFloating } from './constants.ts'
import type { Context } from './context.ts'
import { constantOf, convert, errorAt, isError, isNullConstant, type Operand, read } from './operand.ts'
import { warnAboutParentheses } from './parentheses.ts'
import type { Extras } from './reporter.ts'
import type { Location } from './tokenize.ts'
import { truth } from './truth.ts'
import type { BinaryOperator, Expression } from './tree.ts'
import {
  commonType,
  compatible,
  intType,
  isArithmetic,
  isIncomplete,
  isInteger,
  isScalar,
  isUnsigned,
  isVoidPointer,
  longType,
  promoted,
  quotedType,
  typeName,
  unqualified,
} from './type-rules.ts'
import { type CType, isSigned, sizeOf } from './types.ts'

const relational: ReadonlySet<string> = new Set(['<', '>', '<=', '>='])
const equality: ReadonlySet<string> = new Set(['==', '!='])

/** The value of `left operator right`, where the operator stands at `at`. */
export function buildBinary(
  c: Context,
  operator: BinaryOperator | '&&' | '||',
  left: Operand,
  right: Operand,
  at: Location,
): Operand {
  const a = read(left)
  const b = read(right)
  const place = { caret: at, start: left.start, finish: right.finish, placed: true, operator }
  if (isError(a) || isError(b)) return { ...errorAt(left.start, right.finish), caret: at }
  for (const each of [a, b]) {
    if (each.node.type.kind !== 'void') continue
    c.reporter.error(each.caret, 'void value not ignored as it ought to be', {
      ranges: each.placed ? [rangeOf(each)] : [],
    })
    return { ...errorAt(left.start, right.finish), caret: at }
  }
  const literal = a.literal === true && b.literal === true
  const node =
    operator === '&&' || operator === '||'
      ? logical(operator, a, b, at)
      : arithmetic(c, operator, a, b, left, right, at)
  if (node === undefined) {
    const have = `(have ${quotedType(promoted(a.node.type))} and ${quotedType(promoted(b.node.type))})`
    c.reporter.error(at, `invalid operands to binary ${operator} ${have}`, operandLabels(a, b, at))
    return { ...errorAt(left.start, right.finish), caret: at }
  }
  warnAboutParentheses(c, operator, left, right, at)
  return { node, ...place, literal: literal && node.kind === 'constant' }
}

/** The types of operands below them, when one of them is an expression with a place of its own. */
function operandLabels(a: Operand, b: Operand, at: Location): Extras {
  const isPlaced = ({ placed, node }: Operand) => placed === true && node.kind !== 'decay'
  if (!isPlaced(a) && !isPlaced(b)) return {}
  const labelled = (operand: Operand) => ({ ...rangeOf(operand), label: typeName(operand.node.type) })
  const own = isPlaced(a) ? (isPlaced(b) ? undefined : typeName(b.node.type)) : typeName(a.node.type)
  const operator = { start: at, finish: at, caret: at, label: own }
  return { ranges: [operator, ...[a, b].filter(isPlaced).map(labelled)], label: own }
}

export function rangeOf(operand: Operand): { start: Location; finish: Location; caret: Location } {
  return { start: operand.start, finish: operand.finish, caret: operand.caret }
}

function logical(operator: '&&' | '||', a: Operand, b: Operand, at: Location): Expression | undefined {
  if (!isScalar(a.node.type) || !isScalar(b.node.type)) return undefined
  if (a.node.kind === 'constant') {
    const truth = a.node.value !== 0n && a.node.value !== 0
    if (truth !== (operator === '&&')) return { kind: 'constant', value: truth ? 1n : 0n, type: intType, place: at }
    if (b.node.kind === 'constant') {
      const second = b.node.value !== 0n && b.node.value !== 0
      return { kind: 'constant', value: second ? 1n : 0n, type: intType, place: at }
    }
  }
  return { kind: 'logical', operator, left: truth(a.node), right: truth(b.node), type: intType, place: at }
}

function arithmetic(
  c: Context,
  operator: BinaryOperator,
  a: Operand,
  b: Operand,
  left: Operand,
  right: Operand,
  at: Location,
): Expression | undefined {
  const x = a.node.type
  const y = b.node.type
  if (operator === '+' || operator === '-') {
    if (x.kind === 'pointer' && isInteger(y)) return pointerAdd(c, a.node, b.node, operator, at)
    if (operator === '+' && isInteger(x) && y.kind === 'pointer') return pointerAdd(c, b.node, a.node, operator, at)
    if (operator === '-' && x.kind === 'pointer' && y.kind === 'pointer') {
      if (!compatible(unqualified(x.to), unqualified(y.to))) return undefined
      return pointerDifference(c, a.node, b.node, at)
    }
  }
  if (equality.has(operator) || relational.has(operator)) {
    if (!isScalar(x) || !isScalar(y)) return undefined
    if (x.kind === 'pointer' || y.kind === 'pointer') return comparePointers(c, operator, a, b, at)
  }
  const integersOnly = !['+', '-', '*', '/'].includes(operator) && !equality.has(operator) && !relational.has(operator)
  if (integersOnly ? !isInteger(x) || !isInteger(y) : !isArithmetic(x) || !isArithmetic(y)) return undefined
  const divisor = b.node.kind === 'constant' ? b.node.value : undefined
  if ((operator === '/' || operator === '%') && isInteger(y) && isInteger(x) && divisor === 0n) {
    warn(c, at, 'div-by-zero', 'division by zero')
  }
  if (operator === '<<' || operator === '>>') return shift(c, operator, a.node, b.node, at)
  const common = commonType(x, y)
  if (equality.has(operator) || relational.has(operator)) warnComparison(c, operator, a, b, left, right, common, at)
  const l = convert(a.node, common)
  const r = convert(b.node, common)
  const type = equality.has(operator) || relational.has(operator) ? intType : common
  return fold(c, operator, l, r, type, at) ?? { kind: 'binary', operator, left: l, right: r, type, place: at }
}

function warn(c: Context, at: Location, option: string, message: string): void {
  if (c.unevaluated === 0) c.reporter.warning(at, option, message)
}

/** The result of constant operands. */
function fold(
  c: Context,
  operator: BinaryOperator,
  left: Expression,
  right: Expression,
  type: CType,
  at: Location,
): Expression | undefined {
  if (left.kind !== 'constant' || right.kind !== 'constant') return undefined
  if (typeof left.value === 'number' && typeof right.value === 'number') {
    const value = floatingResult(operator, left.value, right.value)
    if (value === undefined) return undefined
    return { kind: 'constant', value: typeof value === 'number' ? fitFloating(value, type) : value, type, place: at }
  }
  if (typeof left.value !== 'bigint' || typeof right.value !== 'bigint') return undefined
  const value = integerResult(operator, left.value, right.value)
  if (value === undefined) return undefined
  const result = fitInteger(value, type)
  if (result !== value && isInteger(type) && isSigned(type)) {
    const message = `integer overflow in expression of type ${quotedType(type)} results in ‘${result}’`
    warn(c, at, 'overflow', message)
  }
  return { kind: 'constant', value: result, type, place: at }
}

function shift(c: Context, operator: '<<' | '>>', left: Expression, right: Expression, at: Location): Expression {
  const type = promoted(left.type)
  const l = convert(left, type)
  const r = convert(right, promoted(right.type))
  const side = operator === '<<' ? 'left' : 'right'
  if (r.kind === 'constant' && typeof r.value === 'bigint') {
    const signed = fitInteger(r.value, r.type)
    if (signed < 0n) warn(c, at, 'shift-count-negative', `${side} shift count is negative`)
    else if (signed >= BigInt(sizeOf(type) * 8)) {
      warn(c, at, 'shift-count-overflow', `${side} shift count >= width of type`)
    } else if (l.kind === 'constant' && typeof l.value === 'bigint') {
      const value = operator === '<<' ? l.value << signed : l.value >> signed
      return { kind: 'constant', value: fitInteger(value, type), type, place: at }
    }
  }
  return { kind: 'binary', operator, left: l, right: r, type, place: at }
}

/** pointer ± index. */
export function pointerAdd(
  c: Context,
  pointer: Expression,
  index: Expression,
  operator: '+' | '-',
  at: Location,
): Expression {
  const size = elementSize(c, pointer.type, at)
  const long = convert(index, longType)
  const signed = operator === '-' ? negated(long) : long
  return { kind: 'pointer-add', pointer, index: signed, elementSize: size, type: unqualified(pointer.type), place: at }
}

export function negated(node: Expression): Expression {
  if (node.kind === 'constant' && typeof node.value === 'bigint') {
    return { ...node, value: BigInt.asIntN(64, -node.value) }
  }
  return { kind: 'unary', operator: '-', operand: node, type: node.type, place: node.place }
}

/** Bytes of what a pointer points to; an error when that is not known. */
export function elementSize(c: Context, type: CType, at: Location): number {
  if (type.kind !== 'pointer') return 1
  const { to } = type
  if (to.kind !== 'void' && to.kind !== 'function' && isIncomplete(to)) {
    c.reporter.error(at, incompleteText(to, 'arithmetic on a pointer to an incomplete type'))
    return 1
  }
  return Math.max(sizeOf(to), to.kind === 'void' || to.kind === 'function' ? 1 : 0)
}

export function incompleteText(type: CType, otherwise: string): string {
  return type.kind === 'record' && type.record.tag !== undefined
    ? `invalid use of undefined type ‘${type.record.form} ${type.record.tag}’`
    : otherwise
}

function pointerDifference(c: Context, left: Expression, right: Expression, at: Location): Expression {
  return {
    kind: 'pointer-difference',
    left,
    right,
    elementSize: Math.max(1, elementSize(c, left.type, at)),
    type: { kind: 'integer', name: 'long' },
    place: at,
  }
}

function comparePointers(c: Context, operator: BinaryOperator, a: Operand, b: Operand, at: Location): Expression {
  const x = a.node.type
  const y = b.node.type
  const isEquality = equality.has(operator)
  if (isEquality) {
    const isText = [a, b].some(({ node }) => node.kind === 'decay' && node.operand.kind === 'string')
    const withNull = isNullConstant(a) || isNullConstant(b)
    if (x.kind === 'pointer' && y.kind === 'pointer' && isText && !withNull) warnText(c, at)
    warnAddress(c, operator, a, b, at)
  }
  if (x.kind === 'pointer' && y.kind === 'pointer') {
    const fine =
      compatible(unqualified(x.to), unqualified(y.to)) ||
      (isEquality && (isVoidPointer(x) || isVoidPointer(y) || isNullConstant(a) || isNullConstant(b)))
    if (!fine) c.reporter.warning(at, undefined, 'comparison of distinct pointer types lacks a cast')
  } else {
    const integer = x.kind === 'pointer' ? b : a
    if (!isNullConstant(integer)) {
      c.reporter.warning(at, undefined, 'comparison between pointer and integer')
      const isText = [a, b].some(({ node }) => node.kind === 'decay' && node.operand.kind === 'string')
      if (isEquality && isText) warnText(c, at)
    } else if (!isEquality) {
      c.reporter.warning(at, 'extra', 'ordered comparison of pointer with integer zero')
    }
  }
  const type = x.kind === 'pointer' && !(isNullConstant(a) && y.kind === 'pointer') ? x : y
  const left = convert(a.node, type)
  const right = convert(b.node, type)
  return (
    fold(c, operator, left, right, intType, at) ?? { kind: 'binary', operator, left, right, type: intType, place: at }
  )
}

function warnText(c: Context, at: Location): void {
  c.reporter.warning(at, 'address', 'comparison with string literal results in unspecified behavior')
}

/** The address of a variable or function is never null. */
function warnAddress(c: Context, operator: BinaryOperator, a: Operand, b: Operand, at: Location): void {
  const [address, other] = isNullConstant(b) ? [a, b] : [b, a]
  if (!isNullConstant(other)) return
  const { node } = address
  const place = node.kind === 'address' || node.kind === 'decay' ? node.operand : undefined
  const name =
    place?.kind === 'variable' ? place.variable.name : place?.kind === 'function' ? place.symbol.name : undefined
  if (name === undefined) return
  const truth = operator === '==' ? 'false' : 'true'
  const reported = c.reporter.warning(
    at,
    'address',
    place?.kind === 'function'
      ? `the comparison will always evaluate as ‘${truth}’ for the address of ‘${name}’ will never be NULL`
      : `the comparison will always evaluate as ‘${truth}’ for the address of ‘${name}’ will never be NULL`,
  )
  if (reported && address.symbol !== undefined) c.reporter.note(address.symbol.at, `‘${name}’ declared here`)
}

// Signs --------------------------------------------------------------------------------------------------------------

function warnComparison(
  c: Context,
  operator: BinaryOperator,
  a: Operand,
  b: Operand,
  left: Operand,
  right: Operand,
  common: CType,
  at: Location,
): void {
  if (c.unevaluated > 0) return
  warnNot(c, left, right, at)
  if (!isUnsigned(common) || !isInteger(a.node.type) || !isInteger(b.node.type)) return
  const zeroRight = constantOf(b) === 0n && isUnsigned(promoted(a.node.type))
  const zeroLeft = constantOf(a) === 0n && isUnsigned(promoted(b.node.type))
  if (zeroRight && (operator === '<' || operator === '>=') && a.node.kind !== 'constant') {
    const truth = operator === '<' ? 'false' : 'true'
    c.reporter.warning(at, 'type-limits', `comparison of unsigned expression in ‘${operator} 0’ is always ${truth}`)
    return
  }
  if (zeroLeft && (operator === '>' || operator === '<=') && b.node.kind !== 'constant') {
    const truth = operator === '>' ? 'false' : 'true'
    c.reporter.warning(at, 'type-limits', `comparison of unsigned expression in ‘0 ${operator}’ is always ${truth}`)
    return
  }
  const leftSigned = !isUnsigned(promoted(a.node.type))
  const rightSigned = !isUnsigned(promoted(b.node.type))
  if (leftSigned === rightSigned) return
  const [signed, unsigned] = leftSigned ? [a, b] : [b, a]
  if (isNonNegative(signed.node)) return
  const known = constantOf(unsigned)
  const signedType = promoted(signed.node.type)
  if (equality.has(operator) && known !== undefined && isInteger(signedType) && fits(known, signedType)) return
  c.reporter.warning(
    at,
    'sign-compare',
    `comparison of integer expressions of different signedness: ${quotedType(left.node.type.kind === 'array' ? a.node.type : unqualified(left.node.type))} and ${quotedType(right.node.type.kind === 'array' ? b.node.type : unqualified(right.node.type))}`,
  )
}

/** `!a == b` looks like `!(a == b)`. */
function warnNot(c: Context, left: Operand, right: Operand, at: Location): void {
  if (left.operator !== '!' || isTruth(right.node)) return
  if (
    !c.reporter.warning(
      at,
      'logical-not-parentheses',
      'logical not is only applied to the left hand side of comparison',
    )
  )
    return
  c.reporter.note(left.caret, 'add parentheses around left hand side expression to silence this warning', {
    ranges: [rangeOf(left)],
    fixits: [
      {
        kind: 'insert',
        line: left.start.line,
        column: left.start.column,
        text: `(${' '.repeat(Math.max(0, left.finish.end - left.start.column))})`,
      },
    ],
  })
}

function isTruth(node: Expression): boolean {
  if (node.kind === 'binary') return equality.has(node.operator) || relational.has(node.operator)
  if (node.kind === 'unary') return node.operator === '!'
  return node.kind === 'logical' || (node.type.kind === 'integer' && node.type.name === '_Bool')
}

/** Values of a signed type that cannot be negative. */
export function isNonNegative(node: Expression): boolean {
  switch (node.kind) {
    case 'constant':
      return node.value >= 0
    case 'binary':
      if (equality.has(node.operator) || relational.has(node.operator)) return true
      if (node.operator === '&') return isNonNegative(node.left) || isNonNegative(node.right)
      if (['/', '%', '>>', '|', '^'].includes(node.operator)) {
        return isNonNegative(node.left) && (node.operator === '>>' || isNonNegative(node.right))
      }
      return false
    case 'logical':
      return true
    case 'unary':
      return node.operator === '!'
    case 'convert': {
      const from = node.operand.type
      return (isUnsigned(from) && sizeOf(from) < sizeOf(node.type)) || (isInteger(from) && isNonNegative(node.operand))
    }
    case 'conditional':
      return isNonNegative(node.then) && isNonNegative(node.otherwise)
    case 'load':
      return isUnsigned(node.type) && sizeOf(node.type) < 4
    default:
      return false
  }
}
