// Assignment and what follows its rules: initialization, passing arguments, returning (C17 6.5.16.1).
import { incompleteText, negated, elementSize, buildBinary, rangeOf } from './binary.ts'
import { fits, fitInteger } from './constants.ts'
import type { Context } from './context.ts'
import { expressionText } from './expression-text.ts'
import {
  constantOf,
  convert,
  errorAt,
  isError,
  isLvalue,
  isNullConstant,
  markRead,
  type Operand,
  read,
} from './operand.ts'
import type { Location } from './tokenize.ts'
import type { BinaryOperator, Expression } from './tree.ts'
import {
  commonType,
  compatible,
  errorType,
  hasConstMember,
  isArithmetic,
  isInteger,
  isIncomplete,
  isUnsigned,
  isVoidPointer,
  longType,
  promoted,
  quotedType,
  typeName,
  unqualified,
} from './type-rules.ts'
import { type CType, isSigned, sizeOf } from './types.ts'

/** What a value is converted for: the words of messages. */
export type ConversionPurpose =
  | { readonly kind: 'assign' }
  | { readonly kind: 'initialize' }
  | { readonly kind: 'return' }
  | {
      readonly kind: 'argument'
      readonly number: number
      readonly name: string | undefined
      /** Says where the parameter is declared. */
      note(expected: CType, given: CType): void
    }

/**
 * Converts a value to the type of what takes it, with gcc's messages.
 * @param at where messages point to
 * @returns the converted node; undefined after an error
 */
export function convertForAssignment(
  c: Context,
  value: Operand,
  type: CType,
  purpose: ConversionPurpose,
  at: Location,
): Expression | undefined {
  const operand = read(value)
  const to = unqualified(type)
  const from = operand.node.type
  if (isError(operand) || type === errorType) return operand.node
  if (from.kind === 'void') {
    const message =
      purpose.kind === 'argument' ? 'invalid use of void expression' : 'void value not ignored as it ought to be'
    c.reporter.error(at, message, ranged(value, purpose))
    return undefined
  }
  if (isArithmetic(to) && isArithmetic(from)) {
    warnOfChange(c, value, operand, to, at)
    return convert(operand.node, to)
  }
  if (to.kind === 'record' && from.kind === 'record' && to.record === from.record) return operand.node
  if (to.kind === 'pointer' && from.kind === 'pointer') return pointers(c, value, operand, to, from, purpose, at)
  if (to.kind === 'pointer' && isInteger(from)) {
    if (!isNullConstant(operand))
      report(c, value, to, from, purpose, at, 'int-conversion', 'makes pointer from integer without a cast')
    return convert(operand.node, to)
  }
  if (isInteger(to) && from.kind === 'pointer') {
    if (to.kind === 'integer' && to.name === '_Bool') return convert(operand.node, to)
    report(c, value, to, from, purpose, at, 'int-conversion', 'makes integer from pointer without a cast')
    return convert(operand.node, to)
  }
  incompatibleTypes(c, value, type, from, purpose, at)
  return undefined
}

function ranged(value: Operand, purpose: ConversionPurpose, label?: string) {
  if (purpose.kind !== 'argument') return {}
  return label === undefined ? { ranges: [rangeOf(value)] } : { ranges: [{ ...rangeOf(value), label }], label }
}

function incompatibleTypes(
  c: Context,
  value: Operand,
  to: CType,
  from: CType,
  purpose: ConversionPurpose,
  at: Location,
): void {
  switch (purpose.kind) {
    case 'argument':
      c.reporter.error(
        at,
        `incompatible type for argument ${purpose.number}${purpose.name === undefined ? '' : ` of ‘${purpose.name}’`}`,
        ranged(value, purpose, labelOf(from)),
      )
      purpose.note(to, from)
      return
    case 'assign':
      c.reporter.error(
        value.placed ? value.caret : value.start,
        `incompatible types when assigning to type ${quotedType(to)} from type ${quotedType(from)}`,
      )
      return
    case 'return':
      c.reporter.error(
        at,
        `incompatible types when returning type ${quotedType(from)} but ${quotedType(to)} was expected`,
      )
      return
    case 'initialize':
      if (to.kind === 'record' || to.kind === 'array') c.reporter.error(at, 'invalid initializer')
      else {
        c.reporter.error(
          at,
          `incompatible types when initializing type ${quotedType(to)} using type ${quotedType(from)}`,
        )
      }
  }
}

function labelOf(type: CType): string {
  const name = typeName(type)
  const plain = typeName(type, false)
  return name === plain ? name : `${name} {aka ${plain}}`
}

/** A warning about a conversion, in the words of its purpose. */
function report(
  c: Context,
  value: Operand,
  to: CType,
  from: CType,
  purpose: ConversionPurpose,
  at: Location,
  option: string,
  what: string,
): void {
  const [a, b] = [quotedType(to), quotedType(from)]
  const isIncompatible = option === 'incompatible-pointer-types'
  switch (purpose.kind) {
    case 'argument': {
      const of = purpose.name === undefined ? '' : ` of ‘${purpose.name}’`
      const isLabelled = option !== 'discarded-qualifiers' && option !== 'pointer-sign'
      const words = isIncompatible ? 'from incompatible pointer type' : what
      const extras = ranged(value, purpose, isLabelled ? labelOf(from) : undefined)
      if (c.reporter.warning(at, option, `passing argument ${purpose.number}${of} ${words}`, extras))
        purpose.note(to, from)
      return
    }
    case 'assign': {
      const words = isIncompatible
        ? `assignment to ${a} from incompatible pointer type ${b}`
        : `assignment to ${a} from ${b} ${what}`
      c.reporter.warning(at, option, words)
      return
    }
    case 'initialize': {
      const words = isIncompatible
        ? `initialization of ${a} from incompatible pointer type ${b}`
        : `initialization of ${a} from ${b} ${what}`
      c.reporter.warning(at, option, words)
      return
    }
    case 'return': {
      const words = isIncompatible
        ? `returning ${b} from a function with incompatible return type ${a}`
        : `returning ${b} from a function with return type ${a} ${what}`
      c.reporter.warning(at, option, words, value.placed ? { ranges: [rangeOf(value)] } : {})
    }
  }
}

const purposeWords = { assign: 'assignment', initialize: 'initialization', return: 'return' } as const

function pointers(
  c: Context,
  value: Operand,
  operand: Operand,
  to: CType & { kind: 'pointer' },
  from: CType & { kind: 'pointer' },
  purpose: ConversionPurpose,
  at: Location,
): Expression {
  const result = convert(operand.node, to)
  if (isNullConstant(operand)) return result
  const target = unqualified(to.to)
  const source = unqualified(from.to)
  const anyVoid = target.kind === 'void' || source.kind === 'void'
  const signOnly =
    target.kind === 'integer' &&
    source.kind === 'integer' &&
    sizeOf(target) === sizeOf(source) &&
    target.name.replace(/^(un)?signed /, '') === source.name.replace(/^(un)?signed /, '') &&
    isInteger(target)
  if (anyVoid || compatible(target, source) || signOnly) {
    const lost = [
      ...(from.to.isConst && !to.to.isConst ? ['const'] : []),
      ...(from.to.isVolatile && !to.to.isVolatile ? ['volatile'] : []),
    ]
    // An array's qualifiers are those of its elements.
    if (lost.length > 0 && target.kind !== 'function') {
      const words = `discards ‘${lost.join(' ')}’ qualifier from pointer target type`
      if (purpose.kind === 'argument') report(c, value, to, from, purpose, at, 'discarded-qualifiers', words)
      else {
        c.reporter.warning(
          at,
          'discarded-qualifiers',
          `${purposeWords[purpose.kind]} ${words}`,
          placedRange(value, purpose),
        )
      }
    } else if (signOnly && !compatible(target, source) && !anyVoid) {
      const [a, b] = [quotedType(to), quotedType(from)]
      if (purpose.kind === 'argument') {
        const of = purpose.name === undefined ? '' : ` of ‘${purpose.name}’`
        const message = `pointer targets in passing argument ${purpose.number}${of} differ in signedness`
        if (c.reporter.warning(at, 'pointer-sign', message, ranged(value, purpose, labelOf(from))))
          purpose.note(to, from)
      } else {
        const words =
          purpose.kind === 'assign'
            ? `pointer targets in assignment from ${b} to ${a} differ in signedness`
            : purpose.kind === 'initialize'
              ? `pointer targets in initialization of ${a} from ${b} differ in signedness`
              : `pointer targets in returning ${b} from a function with return type ${a} differ in signedness`
        c.reporter.warning(at, 'pointer-sign', words, placedRange(value, purpose))
      }
    }
    return result
  }
  report(c, value, to, from, purpose, at, 'incompatible-pointer-types', '')
  return result
}

function placedRange(value: Operand, purpose: ConversionPurpose) {
  return purpose.kind === 'return' && value.placed ? { ranges: [rangeOf(value)] } : {}
}

/** -Woverflow: a constant that the type cannot hold. */
function warnOfChange(c: Context, value: Operand, operand: Operand, to: CType, at: Location): void {
  if (c.unevaluated > 0) return
  const known = constantOf(operand)
  const from = operand.node.type
  const where = value.placed ? value.caret : value.start
  const extras = value.placed ? { ranges: [rangeOf(value)] } : {}
  void at
  if (known === undefined || !isInteger(to) || !isInteger(from)) {
    if (operand.node.kind === 'constant' && typeof operand.node.value === 'number' && isInteger(to)) {
      const { value: number } = operand.node
      const whole = BigInt(Number.isFinite(number) ? Math.trunc(number) : 0)
      if (!fits(whole, to) && !(to.kind === 'integer' && to.name === '_Bool')) {
        const limit = isSigned(to) ? (1n << BigInt(sizeOf(to) * 8 - 1)) - 1n : (1n << BigInt(sizeOf(to) * 8)) - 1n
        const changed = number < 0 ? (isSigned(to) ? -limit - 1n : 0n) : limit
        c.reporter.warning(
          where,
          'overflow',
          `overflow in conversion from ${quotedType(from)} to ${quotedType(to)} changes value from ‘${floatingText(number)}’ to ‘${changed}’`,
          extras,
        )
      }
    }
    return
  }
  if (fits(known, to) || (to.kind === 'integer' && to.name === '_Bool')) return
  const changed = fitInteger(known, to)
  const words = `from ${quotedType(from)} to ${quotedType(to)} changes value from ‘${known}’ to ‘${changed}’`
  if (isUnsigned(to)) {
    // Negative values become large ones silently, unless even the bits do not fit.
    if (known < 0n && known >= -(1n << BigInt(sizeOf(to) * 8 - 1))) return
    c.reporter.warning(where, 'overflow', `unsigned conversion ${words}`, extras)
    return
  }
  const bits = BigInt(sizeOf(to) * 8)
  // Constants that fit as unsigned are left alone when the source is unsigned, or of the same width.
  if (isUnsigned(from) && sizeOf(from) === sizeOf(to)) return
  if (known >= 1n << bits || !fits(known, to))
    c.reporter.warning(where, 'overflow', `overflow in conversion ${words}`, extras)
}

function floatingText(value: number): string {
  const text = value.toExponential().replace('e+', 'e+')
  const [mantissa = '', exponent = ''] = text.split('e')
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}e${exponent}`
}

// Targets ------------------------------------------------------------------------------------------------------------

/** Whether the target may be changed; says what is wrong with it. `purpose`: `assignment`, `increment`, `decrement`. */
export function isModifiable(
  c: Context,
  target: Operand,
  at: Location,
  purpose: 'assignment' | 'increment' | 'decrement',
): boolean {
  const { node } = target
  if (!isLvalue(node) || node.type.kind === 'function') {
    const operand = purpose === 'assignment' ? 'left operand of assignment' : `${purpose} operand`
    c.reporter.error(at, `lvalue required as ${operand}`)
    return false
  }
  if (node.type.kind === 'array') {
    c.reporter.error(
      at,
      purpose === 'assignment' ? 'assignment to expression with array type' : `lvalue required as ${purpose} operand`,
    )
    return false
  }
  if (node.type.isConst || hasConstMember(node.type)) {
    c.reporter.error(at, `${purpose} of ${readOnlyText(node)}`)
    return false
  }
  return true
}

function readOnlyText(node: Expression): string {
  if (node.kind === 'member') {
    const { object, member } = node
    return member.type.isConst
      ? `read-only member ‘${member.name ?? ''}’`
      : `member ‘${member.name ?? ''}’ in read-only object${object.kind === 'dereference' ? '' : ''}`
  }
  if (node.kind === 'variable') return `read-only variable ‘${node.variable.name}’`
  return `read-only location ‘${expressionText(node)}’`
}

/** `target operator value`; the operator is `=` or a compound one without its `=`. */
export function buildAssignment(
  c: Context,
  target: Operand,
  operator: BinaryOperator | '=',
  value: Operand,
  at: Location,
): Operand {
  const { symbol } = target
  const place = { caret: at, start: target.start, finish: value.finish, placed: true, operator: '=', symbol }
  const failed = { ...errorAt(target.start, value.finish), caret: at }
  if (isError(target) || isError(value)) {
    markRead(value)
    return failed
  }
  if (
    operator === '=' &&
    target.node.type.kind !== 'array' &&
    isLvalue(target.node) &&
    isIncomplete(target.node.type)
  ) {
    c.reporter.error(at, incompleteText(target.node.type, 'invalid use of void expression'))
    return failed
  }
  if (operator !== '=') return buildCompound(c, target, operator, value, at, place) ?? failed
  if (!isModifiable(c, target, at, 'assignment')) return failed
  const converted = convertForAssignment(c, value, target.node.type, { kind: 'assign' }, at)
  if (converted === undefined) return failed
  const type = unqualified(target.node.type)
  return { node: { kind: 'assign', target: target.node, value: converted, type, place: at }, ...place }
}

function buildCompound(
  c: Context,
  target: Operand,
  operator: BinaryOperator,
  value: Operand,
  at: Location,
  place: Omit<Operand, 'node'>,
): Operand | undefined {
  markRead(target)
  if (!isModifiable(c, target, at, 'assignment')) return undefined
  const right = read(value)
  const type = unqualified(target.node.type)
  if (type.kind === 'pointer' && (operator === '+' || operator === '-') && isInteger(right.node.type)) {
    const index = convert(right.node, longType)
    return {
      node: {
        kind: 'pointer-assign',
        target: target.node,
        index: operator === '-' ? negated(index) : index,
        elementSize: elementSize(c, type, at),
        type,
        place: at,
      },
      ...place,
    }
  }
  // The operation itself says what is wrong with its operands.
  const before = c.reporter.errors
  const trial = buildBinary(c, operator, { ...target, operator: undefined }, { ...value, operator: undefined }, at)
  if (c.reporter.errors > before || isError(trial)) return undefined
  const stored = convertForAssignment(c, { ...trial, placed: true }, type, { kind: 'assign' }, at)
  if (stored === undefined) return undefined
  const isShift = operator === '<<' || operator === '>>'
  const operationType = isShift ? promoted(type) : commonType(type, right.node.type)
  return {
    node: {
      kind: 'compound-assign',
      operator,
      target: target.node,
      value: convert(right.node, isShift ? promoted(right.node.type) : operationType),
      operationType,
      type,
      place: at,
    },
    ...place,
  }
}

export { isVoidPointer }
