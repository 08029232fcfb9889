// Operators with one operand, member access, subscripts, casts, and `?:`.
import { incompleteText, pointerAdd, elementSize, rangeOf, isNonNegative } from './binary.ts'
import { isModifiable } from './assign.ts'
import { fitInteger } from './constants.ts'
import type { Context } from './context.ts'
import { findMember, memberNames, textOf } from './members.ts'
import { convert, errorAt, isError, isLvalue, isNullConstant, markRead, type Operand, read, rvalue } from './operand.ts'
import { suggest } from './spelling.ts'
import type { Location } from './tokenize.ts'
import { truth } from './truth.ts'
import type { Expression } from './tree.ts'
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
  pointerTo,
  promoted,
  qualified,
  quotedType,
  typeName,
  unqualified,
  voidType,
} from './type-rules.ts'
import { type CType, sizeOf } from './types.ts'

/** `-x`, `+x`, `~x`, `!x`. */
export function buildUnary(c: Context, operator: '-' | '+' | '~' | '!', value: Operand, at: Location): Operand {
  const operand = read(value)
  const place = {
    caret: at,
    start: at,
    finish: value.finish,
    placed: true,
    operator: operator === '!' ? '!' : `unary ${operator}`,
    literal: operand.literal ?? false,
  }
  const { type } = operand.node
  if (isError(operand)) return { ...errorAt(at, value.finish), caret: at }
  const fine = operator === '!' ? isScalar(type) : operator === '~' ? isInteger(type) : isArithmetic(type)
  if (!fine) {
    if (type.kind === 'void') c.reporter.error(operand.caret, 'void value not ignored as it ought to be')
    else c.reporter.error(at, `wrong type argument to ${unaryNames[operator]}`)
    return { ...errorAt(at, value.finish), caret: at }
  }
  if (operator === '!') {
    if (operand.node.kind === 'constant') {
      const isZero = operand.node.value === 0n || operand.node.value === 0
      return { node: { kind: 'constant', value: isZero ? 1n : 0n, type: intType, place: at }, ...place }
    }
    if (type.kind === 'floating') {
      const zero: Expression = { kind: 'constant', value: 0, type, place: at }
      return {
        node: { kind: 'binary', operator: '==', left: operand.node, right: zero, type: intType, place: at },
        ...place,
      }
    }
    return { node: { kind: 'unary', operator, operand: operand.node, type: intType, place: at }, ...place }
  }
  const to = promoted(type)
  const node = convert(operand.node, to)
  if (operator === '+') return { node, ...place }
  if (node.kind === 'constant') {
    if (typeof node.value === 'number') return { node: { ...node, value: -node.value, place: at }, ...place }
    const exact = operator === '-' ? -node.value : ~node.value
    const result = fitInteger(exact, to)
    if (result !== exact && !isUnsigned(to) && c.unevaluated === 0) {
      const message = `integer overflow in expression of type ${quotedType(to)} results in ‘${result}’`
      c.reporter.warning(at, 'overflow', message, { ranges: [{ start: at, finish: value.finish }] })
    }
    return { node: { kind: 'constant', value: result, type: to, place: at }, ...place }
  }
  return { node: { kind: 'unary', operator, operand: node, type: to, place: at }, ...place }
}

const unaryNames = {
  '-': 'unary minus',
  '+': 'unary plus',
  '~': 'bit-complement',
  '!': 'unary exclamation mark',
} as const

/** `++` and `--` before or after an operand. */
export function buildIncrement(
  c: Context,
  target: Operand,
  sign: 1 | -1,
  form: 'prefix' | 'postfix',
  at: Location,
): Operand {
  const place = {
    caret: at,
    start: form === 'prefix' ? at : target.start,
    finish: form === 'prefix' ? target.finish : at,
    placed: true,
    operator: form === 'prefix' ? '++' : 'x++',
  }
  const failed = { ...errorAt(place.start, place.finish), caret: at }
  if (isError(target)) return failed
  markRead(target)
  const { type } = target.node
  const purpose = sign > 0 ? 'increment' : 'decrement'
  if (!isScalar(type) && type.kind !== 'array' && type.kind !== 'function') {
    c.reporter.error(at, `wrong type argument to ${purpose}`)
    return failed
  }
  if (!isModifiable(c, target, at, purpose)) return failed
  const by = sign * (type.kind === 'pointer' ? elementSize(c, type, at) : 1)
  const node: Expression = { kind: 'increment', target: target.node, by, form, type: unqualified(type), place: at }
  return { node, ...place }
}

/** `&x`. */
export function buildAddress(c: Context, operand: Operand, at: Location): Operand {
  const place = { caret: at, start: at, finish: operand.finish, placed: true, symbol: operand.symbol }
  if (isError(operand)) return { ...errorAt(at, operand.finish), caret: at }
  const { node } = operand
  markRead(operand)
  if (node.type.kind === 'function' || isLvalue(node)) {
    if (node.kind === 'member' && node.member.bits !== undefined) {
      c.reporter.error(at, `cannot take address of bit-field ‘${node.member.name ?? ''}’`)
      return { ...errorAt(at, operand.finish), caret: at }
    }
    const type = pointerTo(node.type)
    // `&*p` is p.
    if (node.kind === 'dereference' && node.type.kind !== 'function') {
      return { node: { ...node.pointer, type, place: at }, ...place }
    }
    const fixed = fixedAddress(node)
    if (fixed !== undefined) return { node: { kind: 'constant', value: fixed, type, place: at }, ...place }
    return { node: { kind: 'address', operand: node, type, place: at }, ...place }
  }
  c.reporter.error(at, 'lvalue required as unary ‘&’ operand')
  return { ...errorAt(at, operand.finish), caret: at }
}

/** The address of `((struct s *)0)->member`, as offsetof asks for it. */
function fixedAddress(node: Expression): bigint | undefined {
  if (node.kind === 'dereference') {
    const { pointer } = node
    if (pointer.kind === 'constant' && typeof pointer.value === 'bigint') return pointer.value
    if (pointer.kind === 'decay') return fixedAddress(pointer.operand)
    if (pointer.kind === 'pointer-add' && pointer.index.kind === 'constant') {
      const base =
        pointer.pointer.kind === 'decay' ? fixedAddress(pointer.pointer.operand) : constantAddress(pointer.pointer)
      return base === undefined ? undefined : base + BigInt(pointer.index.value) * BigInt(pointer.elementSize)
    }
    return undefined
  }
  if (node.kind !== 'member') return undefined
  const base = fixedAddress(node.object)
  return base === undefined ? undefined : base + BigInt(node.member.offset)
}

function constantAddress(node: Expression): bigint | undefined {
  return node.kind === 'constant' && typeof node.value === 'bigint' ? node.value : undefined
}

/** `*p`. */
export function buildDereference(c: Context, value: Operand, at: Location): Operand {
  const operand = read(value)
  const place = { caret: at, start: at, finish: value.finish, placed: true }
  if (isError(operand)) return { ...errorAt(at, value.finish), caret: at }
  const { type } = operand.node
  if (type.kind !== 'pointer') {
    c.reporter.error(at, `invalid type argument of unary ‘*’ (have ${quotedType(value.node.type)})`, {
      ranges: [{ start: at, finish: value.finish, caret: at }],
    })
    return { ...errorAt(at, value.finish), caret: at }
  }
  if (type.to.kind === 'record' && isIncomplete(type.to)) {
    c.reporter.error(at, incompleteText(type.to, 'dereferencing pointer to incomplete type'))
    return { ...errorAt(at, value.finish), caret: at }
  }
  if (type.to.kind === 'void') {
    c.reporter.warning(at, undefined, 'dereferencing ‘void *’ pointer', {
      ranges: [{ start: at, finish: value.finish, caret: at }],
    })
  }
  // `*&x` is x.
  if (operand.node.kind === 'address') {
    return { node: operand.node.operand, ...place, placed: false, symbol: operand.symbol }
  }
  if (type.to.kind === 'function') {
    // A designator: it becomes the pointer again at once.
    const { node } = operand
    if (node.kind === 'decay' && node.operand.kind === 'function')
      return { node: node.operand, ...place, symbol: operand.symbol }
  }
  return { node: { kind: 'dereference', pointer: operand.node, type: type.to, place: at }, ...place }
}

/** `a[i]`, where `[` stands at `at` and `]` at `close`. */
export function buildSubscript(c: Context, array: Operand, index: Operand, at: Location, close: Location): Operand {
  const place = { caret: at, start: array.start, finish: close, placed: true, symbol: array.symbol }
  const failed = { ...errorAt(array.start, close), caret: at }
  // An element of an array may be written only.
  if (array.node.type.kind !== 'array') markRead(array)
  markRead(index)
  let base = rvalue(array)
  let offset = read(index)
  if (isError(base) || isError(offset)) return failed
  if (base.node.type.kind !== 'pointer' && offset.node.type.kind === 'pointer') [base, offset] = [offset, base]
  const { type } = base.node
  if (type.kind !== 'pointer') {
    c.reporter.error(at, 'subscripted value is neither array nor pointer nor vector')
    return failed
  }
  if (type.to.kind === 'function') {
    c.reporter.error(at, 'subscripted value is pointer to function')
    return failed
  }
  if (!isInteger(offset.node.type)) {
    c.reporter.error(at, 'array subscript is not an integer')
    return failed
  }
  if (offset.node.type.kind === 'integer' && offset.node.type.name === 'char' && index.node.kind !== 'constant') {
    c.reporter.warning(at, 'char-subscripts', 'array subscript has type ‘char’')
  }
  if (isIncomplete(type.to) && type.to.kind !== 'void') {
    c.reporter.error(at, incompleteText(type.to, 'invalid use of array with unspecified bounds'))
    return failed
  }
  const pointer = pointerAdd(c, base.node, offset.node, '+', at)
  if (type.to.kind === 'void') c.reporter.warning(at, undefined, 'dereferencing ‘void *’ pointer')
  return { node: { kind: 'dereference', pointer, type: type.to, place: at }, ...place }
}

/** `object.name` or `object->name`; the operator stands at `at`, the name at `nameAt`. */
export function buildMember(
  c: Context,
  value: Operand,
  operator: '.' | '->',
  name: string,
  at: Location,
  nameAt: Location,
): Operand {
  const place = { caret: at, start: value.start, finish: nameAt, placed: true, symbol: value.symbol }
  const failed = { ...errorAt(value.start, nameAt), caret: at }
  if (isError(value)) return failed
  let object: Expression
  if (operator === '->') {
    const pointer = read(value)
    const { type } = pointer.node
    if (type.kind !== 'pointer') {
      c.reporter.error(at, `invalid type argument of ‘->’ (have ${quotedType(value.node.type)})`)
      return failed
    }
    object = { kind: 'dereference', pointer: pointer.node, type: type.to, place: at }
  } else object = value.node
  const { type } = object
  if (type.kind !== 'record') {
    if (type.kind === 'pointer' && type.to.kind === 'record' && operator === '.') {
      const words =
        value.symbol !== undefined && value.placed !== true ? `‘${value.symbol.name}’ is a pointer` : undefined
      c.reporter.error(at, `${words ?? `‘${textOf(value)}’ is a pointer`}; did you mean to use ‘->’?`, {
        fixits: [{ kind: 'replace', at, text: '->' }],
      })
      return failed
    }
    if (type.kind === 'array' && type.of.kind === 'record' && operator === '.') {
      const pointer = typeName(pointerTo(type.of))
      c.reporter.error(at, `‘(${pointer})&${textOf(value)}’ is a pointer; did you mean to use ‘->’?`, {
        fixits: [{ kind: 'replace', at, text: '->' }],
      })
      return failed
    }
    c.reporter.error(at, `request for member ‘${name}’ in something not a structure or union`)
    return failed
  }
  if (type.record.members === undefined) {
    c.reporter.error(at, `invalid use of undefined type ${quotedType(unqualified(type))}`)
    return failed
  }
  const way = findMember(type.record, name)
  if (way === undefined) {
    const hint = suggest(name, memberNames(type.record))
    const message = `${quotedType(type)} has no member named ‘${name}’`
    if (hint === undefined) c.reporter.error(at, message)
    else {
      c.reporter.error(nameAt, `${message}; did you mean ‘${hint}’?`, {
        fixits: [{ kind: 'replace', at: nameAt, text: hint }],
      })
    }
    return failed
  }
  let node = object
  for (const member of way) {
    const inner = qualified(member.type, node.type.isConst === true, node.type.isVolatile === true)
    node = { kind: 'member', object: node, member, type: inner, place: at }
  }
  return { node, ...place, bits: way.at(-1)?.bits?.width }
}

/** `(type)value`; the opening parenthesis stands at `at`. */
export function buildCast(c: Context, type: CType, value: Operand, at: Location): Operand {
  const place = { caret: at, start: at, finish: value.finish, placed: true }
  const failed = { ...errorAt(at, value.finish), caret: at }
  const operand = read(value)
  if (isError(operand)) return failed
  const from = operand.node.type
  if (type.kind === 'void') {
    return { node: { kind: 'convert', operand: operand.node, type: voidType, implied: false, place: at }, ...place }
  }
  if (type.kind === 'array' || type.kind === 'function') {
    c.reporter.error(at, `cast specifies ${type.kind} type`)
    return failed
  }
  if (type.kind === 'record') {
    if (from.kind === 'record' && from.record === type.record) return { ...operand, ...place }
    c.reporter.error(at, 'conversion to non-scalar type requested')
    return failed
  }
  if (from.kind === 'void') {
    c.reporter.error(value.caret, 'void value not ignored as it ought to be')
    return failed
  }
  if (from.kind === 'record') {
    const target = type.kind === 'pointer' ? 'pointer' : type.kind === 'floating' ? 'floating-point' : 'integer'
    c.reporter.error(
      at,
      type.kind === 'pointer'
        ? 'cannot convert to a pointer type'
        : target === 'integer'
          ? `aggregate value used where an integer was expected`
          : `aggregate value used where a floating-point was expected`,
    )
    return failed
  }
  if ((type.kind === 'pointer' && from.kind === 'floating') || (type.kind === 'floating' && from.kind === 'pointer')) {
    c.reporter.error(
      at,
      type.kind === 'pointer'
        ? 'cannot convert to a pointer type'
        : 'pointer value used where a floating-point was expected',
    )
    return failed
  }
  if (
    isInteger(type) &&
    from.kind === 'pointer' &&
    sizeOf(type) < 8 &&
    !(type.kind === 'integer' && type.name === '_Bool')
  ) {
    c.reporter.warning(at, 'pointer-to-int-cast', 'cast from pointer to integer of different size')
  }
  if (type.kind === 'pointer' && isInteger(from) && sizeOf(from) < 8 && operand.node.kind !== 'constant') {
    c.reporter.warning(at, 'int-to-pointer-cast', 'cast to pointer from integer of different size')
  }
  const node = convert(operand.node, type, false)
  const literal = operand.literal === true && isArithmetic(type)
  return {
    node: node === operand.node ? { ...node } : node,
    ...place,
    literal: literal || (isNullConstant(operand) && isVoidPointer(type)),
  }
}

/** `condition ? then : otherwise`; without `then` it is GNU's `?:`. `question` and `colon` are the places of the marks. */
export function buildConditional(
  c: Context,
  condition: Operand,
  then: Operand,
  otherwise: Operand,
  colon: Location,
): Operand {
  const place = { caret: colon, start: condition.start, finish: otherwise.finish, placed: true, operator: '?:' }
  const failed = { ...errorAt(condition.start, otherwise.finish), caret: colon }
  const a = read(then)
  const b = read(otherwise)
  if (isError(condition) || isError(a) || isError(b)) return failed
  const x = a.node.type
  const y = b.node.type
  const type = conditionalType(c, a, b, x, y, then, otherwise, colon)
  if (type === undefined) {
    c.reporter.error(colon, 'type mismatch in conditional expression')
    return failed
  }
  const [left, right] = type.kind === 'record' ? [a.node, b.node] : [convert(a.node, type), convert(b.node, type)]
  const literal = condition.literal === true && a.literal === true && b.literal === true
  if (condition.node.kind === 'constant') {
    const isTrue = condition.node.value !== 0n && condition.node.value !== 0
    const chosen = isTrue ? left : right
    if (chosen.kind === 'constant') return { node: { ...chosen, place: colon }, ...place, literal }
  }
  return {
    // oxlint-disable-next-line unicorn/no-thenable -- the tree's own word for the branch
    node: { kind: 'conditional', condition: condition.node, then: left, otherwise: right, type, place: colon },
    ...place,
  }
}

function conditionalType(
  c: Context,
  a: Operand,
  b: Operand,
  x: CType,
  y: CType,
  then: Operand,
  otherwise: Operand,
  colon: Location,
): CType | undefined {
  if (isArithmetic(x) && isArithmetic(y)) {
    const type = commonType(x, y)
    if (isUnsigned(type) && isUnsigned(promoted(x)) !== isUnsigned(promoted(y))) {
      const [signed, operand] = isUnsigned(promoted(x)) ? [b, otherwise] : [a, then]
      if (!isNonNegative(signed.node)) {
        c.reporter.warning(
          operand.placed ? operand.caret : operand.start,
          'sign-compare',
          `operand of ‘?:’ changes signedness from ${quotedType(signed.node.type)} to ${quotedType(type)} due to unsignedness of other operand`,
          operand.placed ? { ranges: [rangeOf(operand)] } : {},
        )
      }
    }
    return type
  }
  if (x.kind === 'void' || y.kind === 'void') return voidType
  if (x.kind === 'record' && y.kind === 'record' && x.record === y.record) return x
  if (x.kind === 'pointer' && y.kind === 'pointer') {
    if (isNullConstant(a)) return y
    if (isNullConstant(b)) return x
    const isConst = x.to.isConst === true || y.to.isConst === true
    const isVolatile = x.to.isVolatile === true || y.to.isVolatile === true
    if (compatible(unqualified(x.to), unqualified(y.to))) return pointerTo(qualified(x.to, isConst, isVolatile))
    if (isVoidPointer(x) || isVoidPointer(y)) return pointerTo(qualified(voidType, isConst, isVolatile))
    c.reporter.warning(colon, undefined, 'pointer type mismatch in conditional expression')
    return pointerTo(voidType)
  }
  const [pointer, integer] = x.kind === 'pointer' ? [a, b] : [b, a]
  if (pointer.node.type.kind === 'pointer' && isInteger(integer.node.type)) {
    if (!isNullConstant(integer)) {
      c.reporter.warning(colon, undefined, 'pointer/integer type mismatch in conditional expression')
    }
    return pointer.node.type
  }
  return undefined
}

/** A value used as a condition: any scalar. Says what is wrong at `at`. */
export function condition(c: Context, value: Operand, at: Location): Operand {
  if (value.operator === '=' && value.grouped !== true && value.node.kind === 'assign') {
    c.reporter.warning(at, 'parentheses', 'suggest parentheses around assignment used as truth value')
  }
  if (value.symbol?.kind === 'object') value.symbol.read = true
  const operand = read(value)
  if (isError(operand)) return operand
  const { type } = operand.node
  if (isScalar(type)) {
    warnAlwaysTrue(c, value, operand, at)
    return { ...operand, node: truth(operand.node) }
  }
  if (type.kind === 'void') c.reporter.error(at, 'void value not ignored as it ought to be')
  else
    c.reporter.error(
      at,
      `used ${type.kind === 'record' ? type.record.form : type.kind} type value where scalar is required`,
    )
  return { ...errorAt(value.start, value.finish), caret: value.caret }
}

/** The address of a function or variable as a condition. */
function warnAlwaysTrue(c: Context, value: Operand, operand: Operand, at: Location): void {
  const { node } = operand
  if (node.kind !== 'address' && node.kind !== 'decay') return
  const { operand: place } = node
  const name =
    place.kind === 'variable' ? place.variable.name : place.kind === 'function' ? place.symbol.name : undefined
  if (name === undefined) return
  const message = `the address of ‘${name}’ will always evaluate as ‘true’`
  if (c.reporter.warning(at, 'address', message) && value.symbol !== undefined) {
    c.reporter.note(value.symbol.at, `‘${name}’ declared here`)
  }
}
