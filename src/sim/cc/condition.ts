// The constant expressions of `#if` and `#elif`, in 64-bit integers.
import type { Expansion } from './macro-expansion.ts'
import type { Reporter } from './reporter.ts'
import { type Location, placeAfter, type Token } from './tokenize.ts'

interface Value {
  readonly value: bigint
  readonly unsigned: boolean
}

/** Ends an evaluation after its message. */
class Wrong extends Error {}

const levels: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<', '>', '<=', '>='],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
]

/** Whether the condition holds; false after a message when it is none. */
export function evaluateCondition(tokens: readonly Token[], directive: Token, reporter: Reporter): boolean {
  let index = 0
  const last = tokens.at(-1)?.at ?? directive.at
  const endPlace: Location = { ...last, column: last.end + 1, end: last.end + 1 }
  const peek = () => tokens[index]?.text
  const place = () => tokens[index]?.at ?? endPlace
  const wrong = (message: string, at = place()): never => {
    reporter.error(at, message)
    throw new Wrong()
  }
  if (tokens.length === 0) {
    reporter.error(directive.at, `#${directive.text} with no expression`)
    return false
  }
  try {
    const result = conditional()
    const more = tokens[index]
    if (more !== undefined) {
      if (more.text === ')') wrong("missing '(' in expression")
      if (more.text === ':') wrong("':' without preceding '?'")
      wrong(`missing binary operator before token "${more.text}"`)
    }
    return result.value !== 0n
  } catch (error) {
    if (error instanceof Wrong) return false
    throw error
  }

  function conditional(): Value {
    const condition = binary(0)
    if (peek() !== '?') return condition
    index += 1
    const then = conditional()
    if (peek() !== ':') wrong("'?' without following ':'")
    index += 1
    const otherwise = conditional()
    return condition.value === 0n ? otherwise : then
  }

  function binary(level: number): Value {
    const operators = levels[level]
    if (operators === undefined) return unary()
    let left = binary(level + 1)
    for (;;) {
      const operator = peek()
      if (operator === undefined || !operators.includes(operator)) return left
      const at = place()
      index += 1
      const before = reporter.errors
      const right = binary(level + 1)
      if (reporter.errors > before) throw new Wrong()
      left = apply(operator, left, right, at)
    }
  }

  function apply(operator: string, left: Value, right: Value, at: Location): Value {
    const unsigned = left.unsigned || right.unsigned
    const sized = (value: bigint): Value => ({
      value: unsigned ? BigInt.asUintN(64, value) : BigInt.asIntN(64, value),
      unsigned,
    })
    const truth = (holds: boolean): Value => ({ value: holds ? 1n : 0n, unsigned: false })
    const a = sized(left.value).value
    const b = sized(right.value).value
    switch (operator) {
      case '||':
        return truth(a !== 0n || b !== 0n)
      case '&&':
        return truth(a !== 0n && b !== 0n)
      case '|':
        return sized(a | b)
      case '^':
        return sized(a ^ b)
      case '&':
        return sized(a & b)
      case '==':
        return truth(a === b)
      case '!=':
        return truth(a !== b)
      case '<':
        return truth(a < b)
      case '>':
        return truth(a > b)
      case '<=':
        return truth(a <= b)
      case '>=':
        return truth(a >= b)
      case '<<':
        return sized(b < 64n && b >= 0n ? a << b : 0n)
      case '>>':
        return sized(b < 64n && b >= 0n ? a >> b : 0n)
      case '+':
        return sized(a + b)
      case '-':
        return sized(a - b)
      case '*':
        return sized(a * b)
      default:
        if (b === 0n) wrong('division by zero in #if', at)
        return sized(operator === '/' ? a / b : a % b)
    }
  }

  function unary(): Value {
    const token = tokens[index]
    const text = token?.text
    if (token === undefined) {
      const before = tokens[index - 1]
      return before === undefined || before.text === '('
        ? wrong(`missing expression between '(' and ')'`)
        : wrong(`operator '${before.text}' has no right operand`, before.at)
    }
    index += 1
    switch (text) {
      case '!':
        return { value: unary().value === 0n ? 1n : 0n, unsigned: false }
      case '~': {
        const { value, unsigned } = unary()
        return { value: unsigned ? BigInt.asUintN(64, ~value) : ~value, unsigned }
      }
      case '-': {
        const { value, unsigned } = unary()
        return { value: unsigned ? BigInt.asUintN(64, -value) : BigInt.asIntN(64, -value), unsigned }
      }
      case '+':
        return unary()
      case '(': {
        if (peek() === ')') wrong("missing expression between '(' and ')'")
        const value = conditional()
        if (peek() !== ')') wrong("missing ')' in expression")
        index += 1
        return value
      }
      default:
        return primary(token)
    }
  }

  function primary(token: Token): Value {
    if (token.kind === 'number') {
      const match = /^(0[xX][\da-fA-F]+|0[bB][01]+|0[0-7]*|[1-9]\d*)([uUlL]*)$/.exec(token.text)
      if (match?.[1] === undefined) {
        return /^[\d.]+([eE][-+]?\d+)?[fFlL]?$/.test(token.text)
          ? wrong('floating constant in preprocessor expression', token.at)
          : wrong(`invalid suffix "${token.text.replace(/^\d+/, '')}" on integer constant`, token.at)
      }
      const digits = /^0[0-7]+$/.test(match[1]) ? `0o${match[1].slice(1)}` : match[1]
      const value = BigInt.asUintN(64, BigInt(digits))
      return { value, unsigned: /u/i.test(match[2] ?? '') || value >= 1n << 63n }
    }
    if (token.kind === 'identifier') return { value: 0n, unsigned: false }
    if (token.kind === 'character') {
      const body = token.text.slice(token.text.indexOf("'") + 1, -1)
      const escapes: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, a: 7, b: 8, f: 12, v: 11 }
      const code = body.startsWith('\\')
        ? /^\\[0-7]+$/.test(body)
          ? Number.parseInt(body.slice(1), 8)
          : body.startsWith('\\x')
            ? Number.parseInt(body.slice(2), 16)
            : (escapes[body[1] ?? ''] ?? body.charCodeAt(1))
        : body.charCodeAt(0)
      return { value: BigInt(code || 0), unsigned: false }
    }
    if (token.kind === 'string' || token.kind === 'stray') {
      return wrong(`token "${token.text.replaceAll('"', '\\"')}" is not valid in preprocessor expressions`, token.at)
    }
    const before = tokens[index - 2]
    if (token.text === ')') return wrong("missing expression between '(' and ')'", token.at)
    if (before === undefined) return wrong(`operator '${token.text}' has no left operand`, token.at)
    return wrong(`operator '${before.text}' has no right operand`, before.at)
  }
}

/** The tokens of a condition with macros replaced, `defined X` before them; undefined after a message. */
export function replaceDefined(
  tokens: readonly Token[],
  name: Token,
  expansion: Expansion,
  isDefined: (macro: string) => boolean,
): Token[] | undefined {
  const prepared: Token[] = []
  // `defined X` and `__has_include` are looked at before macros are replaced.
  const plain: Token[] = []
  const flush = () => {
    if (plain.length > 0) prepared.push(...expansion.expandList(plain.splice(0)))
  }
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]
    if (token === undefined) continue
    if (token.text !== 'defined') {
      plain.push(token)
      continue
    }
    flush()
    const open = tokens[index + 1]?.text === '('
    const macro = tokens[index + (open ? 2 : 1)]
    if (macro?.kind !== 'identifier') {
      expansion.reporter.error(
        macro?.at ?? placeAfter(tokens.at(-1)?.at ?? name.at),
        'operator "defined" requires an identifier',
      )
      return undefined
    }
    if (open && tokens[index + 3]?.text !== ')') {
      expansion.reporter.error(tokens[index + 3]?.at ?? placeAfter(macro.at), 'missing \')\' after "defined"')
      return undefined
    }
    const known = isDefined(macro.text) || ['__LINE__', '__FILE__', '__COUNTER__'].includes(macro.text)
    prepared.push({ ...token, kind: 'number', text: known ? '1' : '0' })
    index += open ? 3 : 1
  }
  flush()
  return prepared
}
