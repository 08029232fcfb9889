// Constants: values cut to their types, the arithmetic of constant operands, and what may initialize a static object.
import type { BinaryOperator, Expression } from './tree.ts'
import { type CType, type EnumType, isSigned, type IntegerType, sizeOf } from './types.ts'

/** An integer value as the type holds it. */
export function fitInteger(value: bigint, type: CType): bigint {
  if (type.kind === 'integer' && type.name === '_Bool') return value === 0n ? 0n : 1n
  const bits = sizeOf(type) * 8
  if ((type.kind === 'integer' || type.kind === 'enum') && isSigned(type)) return BigInt.asIntN(bits, value)
  return BigInt.asUintN(bits, value)
}

export function fitFloating(value: number, type: CType): number {
  return type.kind === 'floating' && type.name === 'float' ? Math.fround(value) : value
}

/** The exact result of an operation on integers, before it is cut; undefined where C leaves it undefined. */
export function integerResult(operator: BinaryOperator, a: bigint, b: bigint): bigint | undefined {
  switch (operator) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return b === 0n ? undefined : a / b
    case '%':
      return b === 0n ? undefined : a % b
    case '<<':
      return b < 0n || b > 63n ? undefined : a << b
    case '>>':
      return b < 0n || b > 63n ? undefined : a >> b
    case '&':
      return a & b
    case '|':
      return a | b
    case '^':
      return a ^ b
    default:
      return compare(operator, a, b)
  }
}

function compare(operator: BinaryOperator, a: bigint | number, b: bigint | number): bigint {
  switch (operator) {
    case '==':
      return a === b ? 1n : 0n
    case '!=':
      return a !== b ? 1n : 0n
    case '<':
      return a < b ? 1n : 0n
    case '<=':
      return a <= b ? 1n : 0n
    case '>':
      return a > b ? 1n : 0n
    default:
      return a >= b ? 1n : 0n
  }
}

/** The result of an operation on floating values: a number, or a bigint of a comparison. */
export function floatingResult(operator: BinaryOperator, a: number, b: number): number | bigint | undefined {
  switch (operator) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return a / b
    case '%':
    case '<<':
    case '>>':
    case '&':
    case '|':
    case '^':
      return undefined
    default:
      return compare(operator, a, b)
  }
}

/** Whether a type holds the value as it is. */
export function fits(value: bigint, type: IntegerType | EnumType): boolean {
  return fitInteger(value, type) === value
}

/** Whether the expression may initialize an object of static storage: a constant, or an address and an offset. */
export function isConstantInitializer(node: Expression): boolean {
  switch (node.kind) {
    case 'constant':
      return true
    case 'address':
    case 'decay':
      return isStaticPlace(node.operand)
    case 'convert':
      return sizeOf(node.operand.type) === sizeOf(node.type) || node.operand.type.kind === node.type.kind
        ? isConstantInitializer(node.operand)
        : node.operand.kind === 'constant'
    case 'pointer-add':
      return isConstantInitializer(node.pointer) && node.index.kind === 'constant'
    case 'conditional':
      return (
        isConstantInitializer(node.condition) &&
        isConstantInitializer(node.then) &&
        isConstantInitializer(node.otherwise)
      )
    case 'unary':
      return isConstantInitializer(node.operand)
    case 'binary':
    case 'logical':
      return isConstantInitializer(node.left) && isConstantInitializer(node.right) && !hasAddress(node)
    default:
      return false
  }
}

function hasAddress(node: Expression): boolean {
  if (node.kind === 'binary' || node.kind === 'logical') return hasAddress(node.left) || hasAddress(node.right)
  if (node.kind === 'convert' || node.kind === 'unary') return hasAddress(node.operand)
  return node.kind === 'address' || node.kind === 'decay'
}

/** The place is known before the program runs. */
function isStaticPlace(node: Expression): boolean {
  switch (node.kind) {
    case 'string':
    case 'function':
      return true
    case 'variable':
      return node.variable.storage !== 'automatic'
    case 'member':
      return isStaticPlace(node.object)
    case 'dereference':
      return isConstantInitializer(node.pointer)
    default:
      return false
  }
}
