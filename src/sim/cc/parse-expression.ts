// Expressions, by descent as in C17 6.5; each is checked as it is read.
import { buildAssignment } from './assign.ts'
import { buildBinary } from './binary.ts'
import { buildCall } from './call.ts'
import { fitInteger } from './constants.ts'
import type { Context } from './context.ts'
import { hasEffect } from './effects.ts'
import { literalBytes } from './literals.ts'
import { declareImplicitly, reportUndeclared } from './names.ts'
import { errorAt, integerConstant, isError, markRead, type Operand, read, rvalue } from './operand.ts'
import type { Symbol } from './scope.ts'
import { rememberPieces, type StringPiece } from './string-pieces.ts'
import type { Location, Token } from './tokenize.ts'
import type { BinaryOperator, Expression } from './tree.ts'
import {
  charType,
  errorType,
  intType,
  isIncomplete,
  isScalar,
  quotedType,
  sizeType,
  unqualified,
} from './type-rules.ts'
import {
  buildAddress,
  buildCast,
  buildConditional,
  buildDereference,
  buildIncrement,
  buildMember,
  buildSubscript,
  buildUnary,
  condition,
} from './unary.ts'
import { alignmentOf, type CType, type FunctionType, sizeOf } from './types.ts'

/** What expressions need of declarations; set when the parser is put together, since each reads the other. */
export interface DeclarationParser {
  /** `(` of a cast, sizeof or compound literal has been read: a type name and `)`. Undefined after an error. */
  typeName(c: Context): { type: CType; start: Location } | undefined
  startsTypeName(c: Context): boolean
  /** `{…}` of a compound literal of the type. */
  compoundLiteral(c: Context, type: CType, open: Location): Operand
  /** The type of a function by its prototype. */
  prototype(text: string): FunctionType | undefined
}

let declarations: DeclarationParser | undefined

export function setDeclarationParser(parser: DeclarationParser): void {
  declarations = parser
}

export function declarationParser(): DeclarationParser {
  if (declarations === undefined) throw new Error('the parser of declarations is not set')
  return declarations
}

/** Reads what follows a name that is built into the compiler. */
type BuiltinParser = (c: Context, token: Token) => Operand

let builtins: ReadonlyMap<string, BuiltinParser> = new Map()

export function setBuiltins(table: ReadonlyMap<string, BuiltinParser>): void {
  builtins = table
}

/** Binary operators by precedence: higher binds tighter. */
const precedences: Readonly<Record<string, number>> = {
  '||': 1,
  '&&': 2,
  '|': 3,
  '^': 4,
  '&': 5,
  '==': 6,
  '!=': 6,
  '<': 7,
  '>': 7,
  '<=': 7,
  '>=': 7,
  '<<': 8,
  '>>': 8,
  '+': 9,
  '-': 9,
  '*': 10,
  '/': 10,
  '%': 10,
}

/** An expression with its commas. */
export function parseExpression(c: Context): Operand {
  let left = parseAssignment(c)
  while (c.is(',') && c.peek().kind === 'punctuator') {
    const { at } = c.next()
    warnNoEffect(c, left, at)
    const start = c.peek().at
    const right = read(parseAssignment(c))
    const first = rvalue(left)
    if (isError(right)) {
      left = { ...errorAt(left.start, right.finish) }
      continue
    }
    const node: Expression = {
      kind: 'comma',
      left: first.node,
      right: right.node,
      type: unqualified(right.node.type),
      place: at,
    }
    void start
    left = { node, caret: at, start: left.start, finish: right.finish, placed: true, operator: ',' }
  }
  return left
}

function warnNoEffect(c: Context, left: Operand, at: Location): void {
  markRead(left)
  if (!hasEffect(left.node) && left.node.type.kind !== 'void') {
    c.reporter.warning(at, 'unused-value', 'left-hand operand of comma expression has no effect')
  }
}

const assignments: ReadonlySet<string> = new Set(['=', '+=', '-=', '*=', '/=', '%=', '<<=', '>>=', '&=', '|=', '^='])

/** An expression without commas. */
export function parseAssignment(c: Context): Operand {
  return c.nested(() => {
    const left = parseConditional(c)
    const token = c.peek()
    if (token.kind !== 'punctuator' || !assignments.has(token.text)) return left
    c.next()
    const right = parseAssignment(c)
    const operator = token.text === '=' ? '=' : (token.text.slice(0, -1) as BinaryOperator)
    return buildAssignment(c, left, operator, right, token.at)
  })
}

export function parseConditional(c: Context): Operand {
  const start = c.peek().at
  const first = parseBinary(c, 1)
  if (!c.is('?') || c.peek().kind !== 'punctuator') return first
  const question = c.next().at
  void start
  const test = condition(c, first, question)
  let then: Operand
  if (c.is(':')) then = first
  else then = parseExpression(c)
  const colon = c.peek().at
  if (!c.require(':', 'expected ‘:’')) {
    parseConditional(c)
    return errorAt(first.start, c.last)
  }
  const otherwise = c.nested(() => parseConditional(c))
  return buildConditional(c, { ...test, start: first.start }, then, otherwise, colon)
}

function parseBinary(c: Context, level: number): Operand {
  let left = parseCast(c)
  for (;;) {
    const token = c.peek()
    const own = token.kind === 'punctuator' ? precedences[token.text] : undefined
    if (own === undefined || own < level) return left
    c.next()
    const operator = token.text as BinaryOperator | '&&' | '||'
    if (operator === '&&' || operator === '||') left = test(c, left, token.at)
    let right = c.nested(() => parseBinary(c, own + 1))
    if (operator === '&&' || operator === '||') right = test(c, right, token.at)
    left = buildBinary(c, operator, left, right, token.at)
  }
}

/** A side of `&&` and `||`. */
function test(c: Context, operand: Operand, at: Location): Operand {
  const value = rvalue(operand)
  markRead(operand)
  if (!isError(value) && !isScalar(value.node.type) && value.node.type.kind !== 'void') {
    const { type } = value.node
    c.reporter.error(
      at,
      `used ${type.kind === 'record' ? type.record.form : type.kind} type value where scalar is required`,
    )
    return errorAt(operand.start, operand.finish)
  }
  if (operand.operator === '=' && operand.grouped !== true && operand.node.kind === 'assign') {
    c.reporter.warning(at, 'parentheses', 'suggest parentheses around assignment used as truth value')
  }
  return operand
}

function parseCast(c: Context): Operand {
  return c.nested(() => {
    if (!c.is('(') || c.peek().kind !== 'punctuator' || !startsTypeAt(c, 1)) return parseUnary(c)
    const open = c.next().at
    const name = declarationParser().typeName(c)
    c.skipUntil(')', 'expected ‘)’', open)
    if (c.is('{')) {
      const literal = declarationParser().compoundLiteral(c, name?.type ?? errorType, open)
      return parsePostfix(c, literal)
    }
    const value = parseCast(c)
    if (name === undefined || name.type === errorType) return errorAt(open, value.finish)
    return buildCast(c, name.type, value, open)
  })
}

/** Whether a type name begins at the token after some. */
function startsTypeAt(c: Context, ahead: number): boolean {
  const token = c.peek(ahead)
  if (token.kind !== 'identifier') return false
  return typeKeywords.has(token.text) || c.isTypedefName(token)
}

export const typeKeywords: ReadonlySet<string> = new Set(
  (
    'void char short int long float double signed unsigned _Bool _Complex struct union enum const volatile restrict ' +
    '__const __const__ __volatile __volatile__ __restrict __restrict__ __signed __signed__ typeof __typeof __typeof__ ' +
    '_Atomic __attribute__ __attribute __extension__ _Alignas __complex__'
  ).split(' '),
)

function parseUnary(c: Context): Operand {
  const token = c.peek()
  if (token.kind === 'punctuator') {
    switch (token.text) {
      case '++':
      case '--': {
        c.next()
        const target = parseCast(c)
        return buildIncrement(c, target, token.text === '++' ? 1 : -1, 'prefix', token.at)
      }
      case '&': {
        c.next()
        return buildAddress(c, parseCast(c), token.at)
      }
      case '*': {
        c.next()
        return buildDereference(c, parseCast(c), token.at)
      }
      case '-':
      case '+':
      case '~':
      case '!': {
        c.next()
        const value = parseCast(c)
        if (token.text === '!' && value.operator === '=' && value.node.kind === 'assign' && value.grouped !== true) {
          c.reporter.warning(token.at, 'parentheses', 'suggest parentheses around assignment used as truth value')
        }
        return buildUnary(c, token.text, value, token.at)
      }
      case '&&':
        c.next()
        if (!c.isName()) c.syntaxError('expected identifier')
        else {
          c.next()
          c.reporter.sorry(token.at, 'addresses of labels')
        }
        return errorAt(token.at)
    }
  }
  switch (token.text) {
    case 'sizeof':
      return parseSizeof(c)
    case '_Alignof':
    case '__alignof':
    case '__alignof__':
      return parseSizeof(c)
    case '__extension__':
      c.next()
      return parseCast(c)
    default:
      return parsePostfix(c, parsePrimary(c))
  }
}

function parseSizeof(c: Context): Operand {
  const word = c.next()
  c.unevaluated += 1
  try {
    if (c.is('(') && startsTypeAt(c, 1)) {
      const open = c.next().at
      const name = declarationParser().typeName(c)
      c.skipUntil(')', 'expected ‘)’', open)
      if (c.is('{')) {
        const literal = declarationParser().compoundLiteral(c, name?.type ?? errorType, open)
        return sizeOfType(c, parsePostfix(c, literal).node.type, word, open)
      }
      return sizeOfType(c, name?.type ?? errorType, word, name?.start ?? open)
    }
    const operand = parseUnaryOperand(c)
    markRead(operand)
    if (operand.bits !== undefined && !isError(operand)) {
      c.reporter.error(word.at, `‘sizeof’ applied to a bit-field`)
      return errorAt(word.at, operand.finish)
    }
    const sized = sizeOfType(c, operand.node.type, word, word.at)
    return { ...sized, finish: operand.finish }
  } finally {
    c.unevaluated -= 1
  }
}

function parseUnaryOperand(c: Context): Operand {
  return c.nested(() => parseUnary(c))
}

function sizeOfType(c: Context, type: CType, word: Token, where: Location): Operand {
  const finish = c.last
  const isSizeof = word.text === 'sizeof'
  if (type === errorType) return errorAt(word.at, finish)
  if (type.kind === 'function' || type.kind === 'void') {
    if (c.pedantic) c.reporter.warning(where, 'pointer-arith', `invalid application of ‘sizeof’ to a ${type.kind} type`)
  } else if (isIncomplete(type)) {
    c.reporter.error(where, `invalid application of ‘${word.text}’ to incomplete type ${quotedType(type)}`)
    return errorAt(word.at, finish)
  }
  const size = isSizeof ? sizeOf(type) : alignmentOf(type)
  return { ...integerConstant(BigInt(size), sizeType, word.at), finish, placed: true }
}

// Primary expressions ------------------------------------------------------------------------------------------------

function parsePrimary(c: Context): Operand {
  const token = c.peek()
  switch (token.kind) {
    case 'number': {
      c.next()
      const number = c.numberOf(token)
      if (number === undefined) return errorAt(token.at)
      const node: Expression = { kind: 'constant', value: number.value, type: number.type, place: token.at }
      return { node, caret: token.at, start: token.at, finish: token.at, literal: true }
    }
    case 'character': {
      c.next()
      const value = c.characterOf(token)
      return value === undefined ? errorAt(token.at) : integerConstant(value, intType, token.at)
    }
    case 'string':
      return parseString(c)
    case 'identifier':
      return parseIdentifier(c, token)
    default:
      break
  }
  if (token.text === '(' && token.kind === 'punctuator') {
    const open = c.next().at
    if (c.is('{')) {
      c.reporter.sorry(open, 'statements inside expressions')
      c.skipUntil(')', undefined)
      return errorAt(open, c.last)
    }
    const inner = parseExpression(c)
    c.skipUntil(')', 'expected ‘)’', open)
    return { ...inner, start: open, finish: c.last, grouped: true, operator: undefined }
  }
  c.syntaxError('expected expression')
  return errorAt(token.at)
}

function parseString(c: Context): Operand {
  const first = c.peek().at
  const pieces: StringPiece[] = []
  const bytes: number[] = []
  let finish = first
  while (c.peek().kind === 'string') {
    const token = c.next()
    if (/^[LuU]"/.test(token.text)) c.reporter.sorry(token.at, 'wide string literals')
    const own = literalBytes(token, c.reporter)
    pieces.push({ start: bytes.length, at: token.at, bytes: own })
    for (const { byte } of own) bytes.push(byte)
    finish = token.at
  }
  const content = new Uint8Array(bytes.length + 1)
  content.set(bytes)
  const type: CType = { kind: 'array', of: charType, length: content.length }
  const node: Expression = { kind: 'string', bytes: content, type, place: first }
  rememberPieces(node, pieces)
  return { node, caret: first, start: first, finish }
}

function parseIdentifier(c: Context, token: Token): Operand {
  const { text, at } = token
  const builtin = builtins.get(text)
  if (builtin !== undefined) {
    c.next()
    return builtin(c, token)
  }
  if (!c.isOrdinary(token)) {
    c.syntaxError('expected expression')
    return errorAt(at)
  }
  c.next()
  const symbol = c.lookup(text)
  if (symbol === undefined) {
    if (c.is('(') && c.peek().kind === 'punctuator') {
      const parser = declarationParser()
      const entry = declareImplicitly(c, text, at, (prototype) => parser.prototype(prototype))
      return reference(entry, at)
    }
    reportUndeclared(c, text, at)
    return errorAt(at)
  }
  return reference(symbol, at)
}

/** A use of a declared name. */
function reference(symbol: Symbol, at: Location): Operand {
  symbol.used = true
  const place = { caret: at, start: at, finish: at, symbol }
  if (symbol.type === errorType) return { ...errorAt(at), symbol }
  switch (symbol.kind) {
    case 'enumerator':
      return {
        node: {
          kind: 'constant',
          value: fitInteger(symbol.value, intType),
          type: enumeratorType(symbol.value),
          place: at,
        },
        ...place,
        literal: true,
      }
    case 'function':
      return { node: { kind: 'function', symbol: symbol.symbol, type: symbol.type, place: at }, ...place }
    case 'object':
      return { node: { kind: 'variable', variable: symbol.variable, type: symbol.type, place: at }, ...place }
    case 'typedef':
      return errorAt(at)
  }
}

function enumeratorType(value: bigint): CType {
  return value > 0x7fffffffn ? { kind: 'integer', name: 'unsigned int' } : intType
}

// What follows a primary ---------------------------------------------------------------------------------------------

function parsePostfix(c: Context, primary: Operand): Operand {
  let value = primary
  for (;;) {
    const token = c.peek()
    if (token.kind !== 'punctuator') return value
    switch (token.text) {
      case '[': {
        c.next()
        const index = parseExpression(c)
        c.skipUntil(']', 'expected ‘]’')
        value = buildSubscript(c, value, index, token.at, c.last)
        break
      }
      case '(': {
        c.next()
        const list: Operand[] = []
        if (!c.is(')') || c.peek().kind !== 'punctuator') {
          do list.push(parseAssignment(c))
          while (c.peek().kind === 'punctuator' && c.accept(','))
        }
        c.skipUntil(')', 'expected ‘)’', token.at)
        value = buildCall(c, value, list, c.last)
        break
      }
      case '.':
      case '->': {
        c.next()
        const name = c.peek()
        if (name.kind !== 'identifier' || c.isKeyword(name)) {
          c.syntaxError('expected identifier')
          return errorAt(value.start, c.last)
        }
        c.next()
        value = buildMember(c, value, token.text, name.text, token.at, name.at)
        break
      }
      case '++':
      case '--':
        c.next()
        value = buildIncrement(c, value, token.text === '++' ? 1 : -1, 'postfix', token.at)
        break
      default:
        return value
    }
  }
}

/** An expression that must be an integer constant; undefined when it is none, without a message. */
export function parseConstant(c: Context): { value: bigint | undefined; operand: Operand } {
  const operand = parseConditional(c)
  const { node } = read(operand)
  const value = node.kind === 'constant' && typeof node.value === 'bigint' ? node.value : undefined
  return { value, operand }
}
