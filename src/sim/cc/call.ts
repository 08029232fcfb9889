// Calls of functions: the number of arguments, their conversion to the parameters, and what formats say of them.
import { convertForAssignment } from './assign.ts'
import { rangeOf } from './binary.ts'
import type { Context } from './context.ts'
import { expressionText } from './expression-text.ts'
import { checkFormat } from './format-check.ts'
import { convert, errorAt, isError, type Operand, read, rvalue } from './operand.ts'
import type { FunctionSymbolEntry } from './scope.ts'
import type { Location } from './tokenize.ts'
import type { Expression } from './tree.ts'
import { argumentPromoted, isIncomplete, quotedType, unqualified } from './type-rules.ts'
import type { CType, FunctionType } from './types.ts'

/** One argument with the pieces of its string literal, for formats. */
export type Argument = Operand

/** `callee(list)`; `)` stands at `close`. */
export function buildCall(c: Context, callee: Operand, list: readonly Argument[], close: Location): Operand {
  const at = callee.start
  const place = { caret: at, start: at, finish: close, placed: true }
  const failed = { ...errorAt(at, close), caret: at }
  const operand = read(callee)
  if (isError(operand)) {
    for (const argument of list) read(argument)
    return failed
  }
  const { type } = operand.node
  if (type.kind !== 'pointer' || type.to.kind !== 'function') {
    for (const argument of list) read(argument)
    reportNotFunction(c, callee)
    return failed
  }
  const functionType = type.to
  const entry = callee.symbol?.kind === 'function' ? callee.symbol : undefined
  const name = entry?.name ?? nameOf(callee)
  const converted = convertArguments(c, functionType, list, callee, entry, name, close)
  if (converted === undefined) return failed
  const result = unqualified(functionType.returns)
  if (result.kind !== 'void' && isIncomplete(result)) {
    c.reporter.error(at, `invalid use of incomplete type ${quotedType(result)}`)
    return failed
  }
  if (entry !== undefined) checkFormat(c, entry, list)
  const { node } = operand
  const target = node.kind === 'decay' && node.operand.kind === 'function' ? node.operand : node
  return { node: { kind: 'call', callee: target, arguments: converted, type: result, place: at }, ...place }
}

function nameOf(callee: Operand): string | undefined {
  const text = expressionText(callee.node)
  return text === '<expression>' ? undefined : text
}

function reportNotFunction(c: Context, callee: Operand): void {
  const name = callee.symbol !== undefined && callee.placed !== true ? ` ‘${callee.symbol.name}’` : ''
  const extras = callee.placed ? { ranges: [rangeOf(callee)] } : {}
  c.reporter.error(
    callee.placed ? callee.caret : callee.start,
    `called object${name} is not a function or function pointer`,
    extras,
  )
  if (name !== '' && callee.symbol !== undefined) c.reporter.note(callee.symbol.at, 'declared here')
}

function convertArguments(
  c: Context,
  type: FunctionType,
  list: readonly Argument[],
  callee: Operand,
  entry: FunctionSymbolEntry | undefined,
  name: string | undefined,
  close: Location,
): Expression[] | undefined {
  const of = name === undefined ? '' : ` ‘${name}’`
  const result: Expression[] = []
  let failed = false
  for (const [index, argument] of list.entries()) {
    const parameter = type.hasPrototype ? type.parameters[index] : undefined
    const where = argument.placed ? argument.caret : argument.start
    if (type.hasPrototype && parameter === undefined && !type.variadic) {
      read(argument)
      const extras = callee.placed ? { ranges: [rangeOf(callee)] } : {}
      c.reporter.error(callee.placed ? callee.caret : callee.start, `too many arguments to function${of}`, extras)
      if (entry !== undefined) c.reporter.note(entry.at, 'declared here')
      return undefined
    }
    if (parameter !== undefined) {
      const node = convertForAssignment(
        c,
        argument,
        parameter.type,
        {
          kind: 'argument',
          number: index + 1,
          name,
          note: (expected, given) => noteParameter(c, entry, { ...argument, caret: where }, index, expected, given),
        },
        where,
      )
      if (node === undefined) failed = true
      else {
        if (isError(read(argument))) failed = true
        result.push(node)
      }
      continue
    }
    const operand = read(argument)
    if (isError(operand)) failed = true
    else if (operand.node.type.kind === 'void') {
      c.reporter.error(where, 'invalid use of void expression', { ranges: [rangeOf(argument)] })
      failed = true
    } else result.push(convert(operand.node, argumentPromoted(operand.node.type)))
  }
  if (type.hasPrototype && list.length < type.parameters.length) {
    const extras = callee.placed ? { ranges: [rangeOf(callee)] } : {}
    c.reporter.error(callee.placed ? callee.caret : callee.start, `too few arguments to function${of}`, extras)
    if (entry !== undefined) c.reporter.note(entry.at, 'declared here')
    return undefined
  }
  void close
  return failed ? undefined : result
}

/** Where a parameter is declared, and what it wants. */
function noteParameter(
  c: Context,
  entry: FunctionSymbolEntry | undefined,
  argument: Operand,
  index: number,
  expected: CType,
  given: CType,
): void {
  const message = `expected ${quotedType(expected)} but argument is of type ${quotedType(given)}`
  const range = entry?.parameterRanges[index]
  if (range !== undefined) c.reporter.note(range.caret, message, { ranges: [range] })
  else if (entry !== undefined) c.reporter.note(entry.at, message)
  else c.reporter.note(argument.caret, message, { ranges: [rangeOf(argument)] })
}

/** Of the value of a call argument: what a format sees. */
export function argumentType(argument: Operand): CType {
  return rvalue(argument).node.type
}
