// What is built into the compiler: varargs, offsetof, the name of the function.
import { rangeOf } from './binary.ts'
import type { Context } from './context.ts'
import { parseGeneric } from './generic.ts'
import { findMember } from './members.ts'
import { errorAt, integerConstant, isError, markRead, type Operand, read } from './operand.ts'
import { declarationParser, parseAssignment, parseExpression, setBuiltins } from './parse-expression.ts'
import type { Token } from './tokenize.ts'
import type { Expression } from './tree.ts'
import { charType, compatible, errorType, intType, quotedType, sizeType, unqualified, voidType } from './type-rules.ts'
import { type CType, sizeOf } from './types.ts'

const builtinTable: Readonly<Record<string, (c: Context, token: Token) => Operand>> = {
  _Generic: parseGeneric,
  __func__: functionName,
  __FUNCTION__: functionName,
  __PRETTY_FUNCTION__: functionName,
  __builtin_va_start: (c, token) =>
    withArguments(c, token, (list) => {
      const [argument] = list
      if (argument === undefined) return undefined
      return { kind: 'va_start', list: vaList(c, argument), type: voidType, place: token.at }
    }),
  __builtin_va_end: (c, token) =>
    withArguments(c, token, ([argument]) => {
      if (argument === undefined) return undefined
      return { kind: 'convert', operand: vaList(c, argument), type: voidType, implied: false, place: token.at }
    }),
  __builtin_va_copy: (c, token) =>
    withArguments(c, token, ([target, source]) => {
      if (target === undefined || source === undefined) return undefined
      return { kind: 'va_copy', list: vaList(c, target), source: vaList(c, source), type: voidType, place: token.at }
    }),
  __builtin_va_arg: (c, token) => {
    if (!c.require('(', 'expected ‘(’')) return errorAt(token.at)
    const open = c.last
    const argument = parseAssignment(c)
    c.require(',', 'expected ‘,’')
    const name = declarationParser().typeName(c)
    c.skipUntil(')', 'expected ‘)’', open)
    if (isError(argument) || name === undefined || name.type === errorType) return errorAt(token.at, c.last)
    const node: Expression = {
      kind: 'va_arg',
      list: vaList(c, argument),
      type: unqualified(name.type),
      place: token.at,
    }
    return { node, caret: token.at, start: token.at, finish: c.last, placed: true }
  },
  __builtin_expect: (c, token) =>
    withArguments(c, token, ([value]) => (value === undefined ? undefined : read(value).node)),
  __builtin_constant_p: (c, token) =>
    withArguments(c, token, ([value]) => ({
      kind: 'constant',
      value: value !== undefined && read(value).node.kind === 'constant' ? 1n : 0n,
      type: intType,
      place: token.at,
    })),
  __builtin_offsetof: (c, token) => {
    if (!c.require('(', 'expected ‘(’')) return errorAt(token.at)
    const open = c.last
    const name = declarationParser().typeName(c)
    c.require(',', 'expected ‘,’')
    let type = name?.type ?? errorType
    let offset = 0
    for (;;) {
      const member = c.peek()
      if (!c.isName(member)) {
        c.syntaxError('expected identifier')
        break
      }
      c.next()
      if (type.kind !== 'record') break
      const way = findMember(type.record, member.text)
      if (way === undefined) {
        c.reporter.error(member.at, `${quotedType(type)} has no member named ‘${member.text}’`)
        type = errorType
        break
      }
      for (const step of way) {
        offset += step.offset
        type = step.type
      }
      while (c.accept('[')) {
        const index = parseExpression(c).node
        c.skipUntil(']', 'expected ‘]’')
        if (type.kind === 'array') {
          if (index.kind === 'constant') offset += Number(index.value) * sizeOf(type.of)
          type = type.of
        }
      }
      if (!c.accept('.')) break
    }
    c.skipUntil(')', 'expected ‘)’', open)
    return { ...integerConstant(BigInt(offset), sizeType, token.at), finish: c.last, placed: true }
  },
  __builtin_types_compatible_p: (c, token) => {
    if (!c.require('(', 'expected ‘(’')) return errorAt(token.at)
    const open = c.last
    const a = declarationParser().typeName(c)?.type ?? errorType
    c.require(',', 'expected ‘,’')
    const b = declarationParser().typeName(c)?.type ?? errorType
    c.skipUntil(')', 'expected ‘)’', open)
    return integerConstant(compatible(unqualified(a), unqualified(b)) ? 1n : 0n, intType, token.at)
  },
}

function withArguments(c: Context, token: Token, build: (list: readonly Operand[]) => Expression | undefined): Operand {
  if (!c.require('(', 'expected ‘(’')) return errorAt(token.at)
  const open = c.last
  const list: Operand[] = []
  if (!c.is(')')) {
    do list.push(parseAssignment(c))
    while (c.accept(','))
  }
  c.skipUntil(')', 'expected ‘)’', open)
  for (const argument of list) markRead(argument)
  if (list.some((argument) => isError(argument))) return errorAt(token.at, c.last)
  const node = build(list)
  if (node === undefined) {
    c.reporter.error(token.at, `too few arguments to function ‘${token.text.replace('__builtin_', '')}’`)
    return errorAt(token.at, c.last)
  }
  return { node, caret: token.at, start: token.at, finish: c.last, placed: true }
}

/** A va_list as the address of its structure; as a parameter it is that already. */
function vaList(c: Context, argument: Operand): Expression {
  const value = read(argument).node
  const isList =
    value.type.kind === 'pointer' && value.type.to.kind === 'record' && value.type.to.record.tag === '__va_list_tag'
  if (!isList) {
    c.reporter.error(argument.start, 'incompatible type for argument 1 of ‘va_start’', { ranges: [rangeOf(argument)] })
  }
  return value
}

function functionName(c: Context, token: Token): Operand {
  const name = c.currentFunction?.entry.name
  const bytes = new TextEncoder().encode(`${name ?? ''}\0`)
  const type: CType = { kind: 'array', of: { ...charType, isConst: true }, length: bytes.length }
  const place = { caret: token.at, start: token.at, finish: token.at }
  return { node: { kind: 'string', bytes, type, place: token.at }, ...place }
}

setBuiltins(new Map(Object.entries(builtinTable)))
