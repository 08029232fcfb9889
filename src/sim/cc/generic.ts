// `_Generic(selector, type: value, …, default: value)`, C17 6.5.1.1: the value whose type is the selector's own.
import type { Context } from './context.ts'
import { errorAt, isError, type Operand, read } from './operand.ts'
import { declarationParser, parseAssignment } from './parse-expression.ts'
import type { Location, Token } from './tokenize.ts'
import { compatible, errorType, isIncomplete, quotedType, sameQualifiers, unqualified } from './type-rules.ts'
import type { CType } from './types.ts'

interface Association {
  /** Undefined for `default`. */
  readonly type: CType | undefined
  readonly at: Location
  readonly value: Operand
}

/** What stands behind the word `_Generic`. Only the chosen value is evaluated. */
export function parseGeneric(c: Context, word: Token): Operand {
  if (!c.require('(', 'expected ‘(’')) return errorAt(word.at)
  const open = c.last
  const selector = unevaluated(c, () => parseAssignment(c))
  const wanted = unqualified(read(selector).node.type)
  c.require(',', 'expected ‘,’')
  const associations: Association[] = []
  do {
    const association = parseAssociation(c, wanted, associations)
    if (association === undefined) {
      c.skipUntil(')', undefined, open)
      return errorAt(word.at, c.last)
    }
    associations.push(association)
  } while (c.peek().kind === 'punctuator' && c.accept(','))
  c.skipUntil(')', 'expected ‘)’', open)
  if (isError(selector)) return errorAt(word.at, c.last)
  const chosen =
    associations.find(({ type }) => type !== undefined && isSame(type, wanted)) ??
    associations.find(({ type }) => type === undefined)
  const other =
    chosen?.type && associations.find(({ type }) => type !== undefined && type !== chosen.type && isSame(type, wanted))
  if (other !== undefined && chosen !== undefined) {
    c.reporter.error(other.at, '‘_Generic’ selector matches multiple associations')
    c.reporter.note(chosen.at, 'other match is here')
  }
  if (chosen !== undefined) return chosen.value
  const message = `‘_Generic’ selector of type ${quotedType(wanted)} is not compatible with any association`
  c.reporter.error(selector.start, message)
  return errorAt(word.at, c.last)
}

function parseAssociation(c: Context, wanted: CType, before: readonly Association[]): Association | undefined {
  const at = c.peek().at
  const isDefault = c.accept('default')
  const type = isDefault ? undefined : declarationParser().typeName(c)?.type
  if (!isDefault && type === undefined) return undefined
  if (!c.require(':', 'expected ‘:’')) return undefined
  const double = before.find((other) =>
    type === undefined ? other.type === undefined : other.type !== undefined && isSame(other.type, type),
  )
  if (double !== undefined) {
    if (type === undefined) {
      c.reporter.error(at, 'duplicate ‘default’ case in ‘_Generic’')
      c.reporter.note(double.at, 'original ‘default’ is here')
    } else {
      c.reporter.error(at, '‘_Generic’ specifies two compatible types')
      c.reporter.note(double.at, 'compatible type is here')
    }
  }
  if (type?.kind === 'function') c.reporter.error(at, '‘_Generic’ association has function type')
  else if (type !== undefined && type !== errorType && isIncomplete(type)) {
    c.reporter.error(at, '‘_Generic’ association has incomplete type')
  }
  const mayBeChosen = type === undefined || isSame(type, wanted)
  const value = mayBeChosen ? parseAssignment(c) : unevaluated(c, () => parseAssignment(c))
  return { type, at, value }
}

/** A type with qualifiers is none that a value has: values lose theirs. */
function isSame(a: CType, b: CType): boolean {
  return compatible(a, b) && sameQualifiers(a, b)
}

function unevaluated(c: Context, parse: () => Operand): Operand {
  c.unevaluated += 1
  try {
    return parse()
  } finally {
    c.unevaluated -= 1
  }
}
