// Statements, by descent as in C17 6.8, with gcc's recovery after errors.
import type { Context, SwitchState } from './context.ts'
import { warnNoEffect } from './effects.ts'
import { fitInteger } from './constants.ts'
import { warnMisleading } from './indentation.ts'
import { convert, errorAt, isError, markRead, type Operand, read, rvalue } from './operand.ts'
import { parseConstant, parseExpression } from './parse-expression.ts'
import { parseDeclaration } from './parse-declaration.ts'
import { returnStatement } from './return.ts'
import { rememberRange } from './ranges.ts'
import { noAttributes, parseAttributes, startsDeclaration } from './specifiers.ts'
import { warnSequence } from './sequence.ts'
import type { Location, Token } from './tokenize.ts'
import type { Expression, Statement } from './tree.ts'
import { errorType, intType, isInteger, promoted, quotedType } from './type-rules.ts'
import { leaveBlock, warnLabels } from './unused.ts'
import { condition } from './unary.ts'

/** A block; `isBody` when it is a function's, whose `{` has been read. */
export function parseBlock(c: Context, isBody = false): Statement {
  return c.nested(() => {
    const { at } = isBody ? { at: c.last } : c.next()
    const scope = c.enter('block')
    const statements = parseStatements(c)
    if (isBody && c.currentFunction !== undefined) warnLabels(c, c.currentFunction)
    leaveBlock(c, scope)
    c.scope = scope.parent ?? c.fileScope
    return { kind: 'block', statements, place: at }
  })
}

/** Up to the block's `}`, which is consumed. */
function parseStatements(c: Context): Statement[] {
  const statements: Statement[] = []
  for (;;) {
    const token = c.peek()
    if (token.text === '}' && token.kind === 'punctuator') {
      c.next()
      return statements
    }
    if (token.kind === 'end') {
      c.syntaxError('expected declaration or statement')
      return statements
    }
    if (isLabel(c)) parseLabel(c, statements)
    else if (startsDeclaration(c) || c.is('_Static_assert')) {
      parseDeclaration(c, { nested: true, mayDefine: true, mayBeEmpty: true }, statements)
    } else if (token.text === 'else') {
      if (c.inIfBlock) {
        c.reporter.error(token.at, 'expected ‘}’ before ‘else’')
        return statements
      }
      c.reporter.error(token.at, '‘else’ without a previous ‘if’')
      c.next()
      continue
    } else statements.push(parseUnlabeled(c))
    c.hasError = false
  }
}

function isLabel(c: Context): boolean {
  const token = c.peek()
  if (token.kind !== 'identifier') return false
  if (token.text === 'case' || token.text === 'default') return true
  return c.isName(token) && c.is(':', 1)
}

/** A statement with its labels. */
function parseStatement(c: Context): Statement {
  return c.nested(() => {
    const statements: Statement[] = []
    const { at } = c.peek()
    while (isLabel(c)) parseLabel(c, statements)
    if (statements.length > 0 && (c.is('}') || startsDeclaration(c))) {
      if (startsDeclaration(c)) parseDeclaration(c, { nested: true, mayDefine: false }, statements)
      return { kind: 'block', statements, place: at }
    }
    const statement = parseUnlabeled(c)
    return statements.length === 0 ? statement : { kind: 'block', statements: [...statements, statement], place: at }
  })
}

function parseLabel(c: Context, into: Statement[]): void {
  const token = c.next()
  if (token.text === 'case') {
    parseCase(c, token, into)
    return
  }
  if (token.text === 'default') {
    c.require(':', 'expected ‘:’')
    const state = c.currentFunction?.switches.at(-1)
    if (state === undefined) c.reporter.error(token.at, '‘default’ label not within a switch statement')
    else if (state.defaultAt !== undefined) {
      c.reporter.error(token.at, 'multiple default labels in one switch')
      c.reporter.note(state.defaultAt, 'this is the first default label')
    } else state.defaultAt = token.at
    addCaseStatement(c, { kind: 'case', value: undefined, place: token.at }, token, into)
    return
  }
  c.next()
  const attributes = noAttributes()
  parseAttributes(c, attributes)
  const labels = c.currentFunction?.labels
  const known = labels?.get(token.text)
  if (known?.defined !== undefined) {
    c.reporter.error(token.at, `duplicate label ‘${token.text}’`)
    c.reporter.note(known.defined, `previous definition of ‘${token.text}’ with type ‘void’`)
    return
  }
  if (known === undefined) {
    labels?.set(token.text, { at: token.at, defined: token.at, used: false, attributeUnused: attributes.unused })
  } else known.defined = token.at
  into.push({ kind: 'label', name: token.text, place: token.at })
}

function parseCase(c: Context, token: Token, into: Statement[]): void {
  const low = parseConstant(c)
  let high = low
  if (c.accept('...')) high = parseConstant(c)
  if (!c.accept(':')) c.syntaxError(high === low ? 'expected ‘:’ or ‘...’' : 'expected ‘:’')
  const state = c.currentFunction?.switches.at(-1)
  if (state === undefined) {
    c.reporter.error(token.at, 'case label not within a switch statement')
    return
  }
  if (isError(low.operand) || isError(high.operand)) return
  if (low.value === undefined || high.value === undefined) {
    const isPointer = !isInteger(rvalue(low.operand).node.type)
    c.reporter.error(
      token.at,
      isPointer ? 'pointers are not permitted as case values' : 'case label does not reduce to an integer constant',
    )
    return
  }
  const first = fitInteger(low.value, state.type)
  const last = fitInteger(high.value, state.type)
  addCase(c, state, first, last, token.at)
  const range = last === first ? {} : { high: last }
  addCaseStatement(c, { kind: 'case', value: first, ...range, place: token.at }, token, into)
}

function addCaseStatement(c: Context, statement: Statement, token: Token, into: Statement[]): void {
  if (token.fallsThrough) c.meantFallthroughs.add(statement)
  into.push(statement)
}

function addCase(c: Context, state: SwitchState, low: bigint, high: bigint, at: Location): void {
  const old = state.cases.find((each) => low <= each.high && each.low <= high)
  if (old !== undefined) {
    c.reporter.error(
      at,
      low === high && old.low === old.high ? 'duplicate case value' : 'duplicate (or overlapping) case value',
    )
    c.reporter.note(
      old.at,
      low === high && old.low === old.high ? 'previously used here' : 'this is the first entry overlapping that value',
    )
    return
  }
  state.cases.push({ low, high, at })
}

function parseUnlabeled(c: Context): Statement {
  const token = c.peek()
  const { at } = token
  const empty: Statement = { kind: 'empty', place: at }
  if (token.kind === 'punctuator') {
    if (token.text === '{') return parseBlock(c)
    if (token.text === ';') {
      c.next()
      return empty
    }
    if (token.text === ')' || token.text === ']') {
      c.syntaxError('expected statement')
      c.next()
      return empty
    }
  }
  if (token.kind === 'identifier') {
    switch (token.text) {
      case 'if':
        return c.nested(() => parseIf(c))
      case 'switch':
        return parseSwitch(c)
      case 'while':
        return c.nested(() => parseWhile(c))
      case 'do':
        return c.nested(() => parseDo(c))
      case 'for':
        return c.nested(() => parseFor(c))
      case 'goto':
        return parseGoto(c)
      case 'break':
      case 'continue':
        return parseJump(c, token.text)
      case 'return':
        return parseReturn(c)
      case '__attribute__':
      case '__attribute':
        // `__attribute__((fallthrough));`
        parseAttributes(c, noAttributes())
        if (c.accept(';')) c.meantFallthroughs.add(empty)
        return empty
      case 'asm':
      case '__asm__':
      case '__asm':
        c.next()
        c.reporter.sorry(at, 'inline assembly')
        while (!c.is(';') && !c.is('}') && c.peek().kind !== 'end') c.next()
        c.accept(';')
        return empty
    }
  }
  const value = parseExpression(c)
  markRead(value)
  const statement = expressionStatement(c, value, at)
  c.skipUntil(';', 'expected ‘;’')
  return statement
}

function expressionStatement(c: Context, value: Operand, at: Location): Statement {
  if (!isError(value)) warnSequence(c.reporter, rvalue(value).node)
  if (!isError(value)) warnNoEffect(c, value, at)
  rvalue(value)
  const node = value.node.type.kind === 'array' || value.node.type.kind === 'function' ? rvalue(value).node : value.node
  return { kind: 'expression', expression: node, place: at }
}

// Conditions and loops -----------------------------------------------------------------------------------------------

function parseCondition(c: Context, isIf = false): Expression {
  const fallback: Expression = { kind: 'constant', value: 1n, type: intType, place: c.peek().at }
  if (!c.require('(', 'expected ‘(’')) return fallback
  const open = c.last
  const at = c.peek().at
  const value = parseExpression(c)
  const result = condition(c, value, at)
  c.skipUntil(')', 'expected ‘)’', open)
  if (isError(result)) return fallback
  warnSequence(c.reporter, result.node)
  // What is wrong with an `if`'s values is told at its bracket.
  if (isIf) rememberRange(unwrapped(result.node), { start: open, finish: open, caret: open })
  return result.node
}

function unwrapped(node: Expression): Expression {
  return node.kind === 'load' || (node.kind === 'convert' && node.implied) ? unwrapped(node.operand) : node
}

/** The body of `if`, `else` and loops: its own scope, and a warning about an empty one. */
function parseBody(c: Context, emptyWarning: string | undefined): Statement {
  const token = c.peek()
  if (c.is('{')) return parseBlock(c)
  const scope = c.enter('block')
  let statement: Statement
  if (c.is(';') && emptyWarning !== undefined) {
    c.next()
    statement = { kind: 'empty', place: token.at }
    const isMeant = emptyWarning.includes('‘if’') && c.is('else')
    if (!isMeant) c.reporter.warning(token.at, 'empty-body', emptyWarning)
  } else statement = parseStatement(c)
  leaveBlock(c, scope)
  c.scope = scope.parent ?? c.fileScope
  return statement
}

function parseIf(c: Context): Statement {
  const word = c.next()
  const open = c.peek().at
  const test = parseCondition(c, true)
  const wasInIf = c.inIfBlock
  c.inIfBlock = true
  const bodyToken = c.peek()
  const then = parseBody(c, 'suggest braces around empty body in an ‘if’ statement')
  c.inIfBlock = wasInIf
  warnMisleading(c, word, bodyToken, c.peek())
  let otherwise: Statement | undefined
  if (c.is('else')) {
    const elseWord = c.next()
    const elseToken = c.peek()
    otherwise = parseBody(c, 'suggest braces around empty body in an ‘else’ statement')
    warnMisleading(c, elseWord, elseToken, c.peek())
  }
  if (then.kind === 'if' && bodyToken.text === 'if' && then.otherwise !== undefined && otherwise === undefined) {
    c.reporter.warning(open, 'dangling-else', 'suggest explicit braces to avoid ambiguous ‘else’')
  }
  // oxlint-disable-next-line unicorn/no-thenable -- the tree's own word for the branch
  return { kind: 'if', condition: test, then, otherwise, place: word.at }
}

function loop<T>(c: Context, parse: () => T): T {
  const state = c.currentFunction
  if (state === undefined) return parse()
  state.loops += 1
  state.breakable += 1
  try {
    return parse()
  } finally {
    state.loops -= 1
    state.breakable -= 1
  }
}

function parseWhile(c: Context): Statement {
  const word = c.next()
  const test = parseCondition(c)
  const bodyToken = c.peek()
  const body = loop(c, () => parseBody(c, undefined))
  warnMisleading(c, word, bodyToken, c.peek())
  return { kind: 'while', condition: test, body, place: word.at }
}

function parseDo(c: Context): Statement {
  const word = c.next()
  const bodyToken = c.peek()
  if (bodyToken.text === ';') {
    c.reporter.warning(bodyToken.at, 'empty-body', 'suggest braces around empty body in ‘do’ statement')
  }
  const body = loop(c, () => parseBody(c, undefined))
  if (!c.accept('while')) c.syntaxError('expected ‘while’')
  const test = parseCondition(c)
  if (!c.require(';', 'expected ‘;’')) c.skipStatement()
  return { kind: 'do', body, condition: test, place: word.at }
}

function parseFor(c: Context): Statement {
  const word = c.next()
  const scope = c.enter('block')
  let start: Statement | undefined
  let test: Expression | undefined
  let step: Expression | undefined
  if (c.require('(', 'expected ‘(’')) {
    const open = c.last
    if (c.is(';')) c.next()
    else if (startsDeclaration(c)) {
      const statements: Statement[] = []
      const { at } = c.peek()
      parseDeclaration(c, { nested: true, mayDefine: false }, statements)
      start = { kind: 'block', statements, place: at }
    } else {
      const { at } = c.peek()
      const value = parseExpression(c)
      markRead(value)
      start = expressionStatement(c, value, at)
      c.skipUntil(';', 'expected ‘;’')
    }
    if (c.is(';')) c.next()
    else {
      const { at } = c.peek()
      const value = condition(c, parseExpression(c), at)
      if (!isError(value)) test = value.node
      c.skipUntil(';', 'expected ‘;’')
    }
    if (!c.is(')')) {
      const { at } = c.peek()
      const value = parseExpression(c)
      markRead(value)
      if (!isError(value)) {
        warnSequence(c.reporter, rvalue(value).node)
        warnNoEffect(c, value, at)
        rvalue(value)
        step = value.node
      }
    }
    c.skipUntil(')', 'expected ‘)’', open)
  }
  const bodyToken = c.peek()
  const body = loop(c, () => parseBody(c, undefined))
  warnMisleading(c, word, bodyToken, c.peek())
  leaveBlock(c, scope)
  c.scope = scope.parent ?? c.fileScope
  return { kind: 'for', start, condition: test, step, body, place: word.at }
}

// switch -------------------------------------------------------------------------------------------------------------

function parseSwitch(c: Context): Statement {
  return c.nested(() => {
    const word = c.next()
    let value: Operand = errorAt(word.at)
    let written: Operand = value
    let at = word.at
    if (c.require('(', 'expected ‘(’')) {
      const open = c.last
      at = c.peek().at
      written = parseExpression(c)
      value = read(written)
      c.skipUntil(')', 'expected ‘)’', open)
    }
    const { type } = value.node
    let node: Expression = { kind: 'constant', value: 0n, type: intType, place: at }
    if (!isError(value)) {
      if (isInteger(type)) {
        if (type.kind === 'integer' && type.name === '_Bool')
          c.reporter.warning(at, 'switch-bool', 'switch condition has boolean value')
        node = convert(value.node, promoted(type))
      } else if (type.kind === 'void') c.reporter.error(at, 'switch quantity not an integer')
      else c.reporter.error(at, 'switch quantity not an integer')
    }
    const state: SwitchState = { type: node.type, at: word.at, cases: [], defaultAt: undefined }
    const current = c.currentFunction
    current?.switches.push(state)
    if (current !== undefined) current.breakable += 1
    const body = parseBody(c, undefined)
    if (current !== undefined) current.breakable -= 1
    current?.switches.pop()
    if (!isError(value)) warnUnhandled(c, value, state, word.at)
    return { kind: 'switch', value: node, body, place: word.at }
  })
}

/** -Wswitch: enumerators without a case. */
function warnUnhandled(c: Context, value: Operand, state: SwitchState, at: Location): void {
  const { type } = value.node
  if (type.kind !== 'enum' || type.enumeration === undefined) return
  const { enumerators } = type.enumeration
  const covered = (number: bigint) => {
    const fitted = fitInteger(number, state.type)
    return state.cases.some(({ low, high }) => low <= fitted && fitted <= high)
  }
  for (const { low, high, at: caseAt } of state.cases) {
    if (low === high && !enumerators.some((each) => fitInteger(each.value, state.type) === low)) {
      c.reporter.warning(caseAt, 'switch', `case value ‘${low}’ not in enumerated type ${quotedType(type)}`)
    }
  }
  if (state.defaultAt !== undefined) return
  for (const { name, value: number } of enumerators) {
    if (!covered(number)) c.reporter.warning(at, 'switch', `enumeration value ‘${name}’ not handled in switch`)
  }
}

// Jumps --------------------------------------------------------------------------------------------------------------

function parseGoto(c: Context): Statement {
  const word = c.next()
  const name = c.peek()
  let statement: Statement = { kind: 'empty', place: word.at }
  if (c.isName(name)) {
    c.next()
    const labels = c.currentFunction?.labels
    const known = labels?.get(name.text)
    if (known === undefined) labels?.set(name.text, { at: word.at, defined: undefined, used: true })
    else known.used = true
    statement = { kind: 'goto', label: name.text, place: word.at }
  } else if (c.is('*')) {
    c.reporter.sorry(word.at, 'computed goto')
    c.next()
    parseExpression(c)
  } else c.syntaxError('expected identifier or ‘*’')
  c.skipUntil(';', 'expected ‘;’')
  return statement
}

function parseJump(c: Context, kind: 'break' | 'continue'): Statement {
  const word = c.next()
  const state = c.currentFunction
  let statement: Statement = { kind, place: word.at }
  if (kind === 'break' ? (state?.breakable ?? 0) === 0 : (state?.loops ?? 0) === 0) {
    c.reporter.error(
      word.at,
      kind === 'break' ? 'break statement not within loop or switch' : 'continue statement not within a loop',
    )
    statement = { kind: 'empty', place: word.at }
  }
  c.skipUntil(';', 'expected ‘;’')
  return statement
}

function parseReturn(c: Context): Statement {
  const word = c.next()
  const state = c.currentFunction
  const returns = state?.type.returns ?? errorType
  if (c.is(';')) {
    c.next()
    if (returns.kind !== 'void' && returns !== errorType && state !== undefined) {
      state.returnsNothing = true
      const option = c.reporter.isEnabled('return-type') ? 'return-type' : undefined
      c.reporter.warning(word.at, option, '‘return’ with no value, in function returning non-void')
      c.reporter.note(state.at, 'declared here')
    }
    return { kind: 'return', value: undefined, place: word.at }
  }
  const { at } = c.peek()
  const value = parseExpression(c)
  markRead(value)
  const statement = returnStatement(c, value, at, word.at)
  c.skipUntil(';', 'expected ‘;’')
  return statement
}
