// Shell arithmetic, the section ARITHMETIC EVALUATION of bash(1): 64-bit integers, C's operators, variables by name.
import { FatalError } from './control.ts'

/** What an expression may read and change. */
export interface ArithmeticVariables {
  /** The value of a variable or element as text; undefined when unset. */
  get(name: string, subscript: string | undefined): string | undefined
  set(name: string, subscript: string | undefined, value: string): void
}

/** Lowest binding first; each row is one level of left-associative operators. */
const levels: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<=', '>=', '<', '>'],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
]

const assignments = new Set(['=', '*=', '/=', '%=', '+=', '-=', '<<=', '>>=', '&=', '^=', '|='])

const token =
  /\s*(\d[\w@#]*|[A-Za-z_]\w*|<<=|>>=|\*\*|<<|>>|<=|>=|==|!=|&&|\|\||\+\+|--|[-+*/%&^|]=|[-+*/%&^|~!<>=?:,()[\]])/y

/** The value of an expression; an empty one is 0. Throws FatalError with bash's text. */
export function evaluate(expression: string, variables: ArithmeticVariables, depth = 0): bigint {
  if (expression.trim() === '') return 0n
  if (depth > 100)
    throw new FatalError(`${expression}: expression recursion level exceeded (error token is "${expression}")`)
  return new Evaluator(expression, variables, depth).whole()
}

type Place = { name: string; subscript: string | undefined }

class Evaluator {
  readonly #text: string
  readonly #variables: ArithmeticVariables
  readonly #depth: number
  #at = 0
  #token = ''
  #tokenStart = 0
  /** Greater than 0 inside the operand that `&&`, `||` or `?:` does not take: nothing is evaluated for its effect. */
  #skipping = 0

  constructor(text: string, variables: ArithmeticVariables, depth: number) {
    this.#text = text
    this.#variables = variables
    this.#depth = depth
    this.#next()
  }

  whole(): bigint {
    const value = this.#comma()
    if (this.#token !== '') throw this.#error('syntax error in expression')
    return value
  }

  #comma(): bigint {
    let value = this.#assignment()
    while (this.#take(',')) value = this.#assignment()
    return value
  }

  #assignment(): bigint {
    const start = this.#at
    const startToken = this.#token
    const startOfToken = this.#tokenStart
    if (/^[A-Za-z_]/.test(this.#token)) {
      const place = this.#place()
      if (assignments.has(this.#token)) return this.#assign(place)
      this.#at = start
      this.#token = startToken
      this.#tokenStart = startOfToken
    }
    const value = this.#conditional()
    if (assignments.has(this.#token)) throw this.#error('attempted assignment to non-variable')
    return value
  }

  #assign(place: Place): bigint {
    const operator = this.#token
    this.#next()
    const right = this.#assignment()
    if (this.#skipping > 0) return 0n
    const value = operator === '=' ? right : this.#binary(operator.slice(0, -1), this.#read(place), right)
    this.#variables.set(place.name, place.subscript, String(value))
    return value
  }

  #conditional(): bigint {
    const condition = this.#level(0)
    if (!this.#take('?')) return condition
    const consequent = this.#skipUnless(condition !== 0n, () => this.#comma())
    if (!this.#take(':')) throw this.#error("`:' expected for conditional expression")
    const alternate = this.#skipUnless(condition === 0n, () => this.#assignment())
    return condition === 0n ? alternate : consequent
  }

  #level(index: number): bigint {
    const operators = levels[index]
    if (!operators) return this.#power()
    let left = this.#level(index + 1)
    while (operators.includes(this.#token)) {
      const operator = this.#token
      this.#next()
      if (operator === '&&') {
        const right = this.#skipUnless(left !== 0n, () => this.#level(index + 1))
        left = left !== 0n && right !== 0n ? 1n : 0n
      } else if (operator === '||') {
        const right = this.#skipUnless(left === 0n, () => this.#level(index + 1))
        left = left !== 0n || right !== 0n ? 1n : 0n
      } else {
        left = this.#binary(operator, left, this.#level(index + 1))
      }
    }
    return left
  }

  #power(): bigint {
    const base = this.#unary()
    if (!this.#take('**')) return base
    const exponent = this.#power()
    if (exponent < 0n) throw this.#error('exponent less than 0', this.#lastOperand())
    return BigInt.asIntN(64, base ** exponent)
  }

  #unary(): bigint {
    const operator = this.#token
    if (operator === '++' || operator === '--') {
      this.#next()
      if (!/^[A-Za-z_]/.test(this.#token)) return this.#unary()
      const place = this.#place()
      return this.#step(place, operator, true)
    }
    if (!['!', '~', '-', '+'].includes(operator)) return this.#primary()
    this.#next()
    const value = this.#unary()
    if (operator === '!') return value === 0n ? 1n : 0n
    if (operator === '~') return ~value
    return operator === '-' ? BigInt.asIntN(64, -value) : value
  }

  #primary(): bigint {
    if (this.#take('(')) {
      const value = this.#comma()
      if (!this.#take(')')) throw this.#error("missing `)'")
      return value
    }
    if (/^\d/.test(this.#token)) return this.#number()
    if (!/^[A-Za-z_]/.test(this.#token)) throw this.#error('syntax error: operand expected')
    const place = this.#place()
    const operator = this.#token
    if (operator !== '++' && operator !== '--') return this.#skipping > 0 ? 0n : this.#read(place)
    this.#next()
    return this.#step(place, operator, false)
  }

  #step(place: Place, operator: string, before: boolean): bigint {
    if (this.#skipping > 0) return 0n
    const old = this.#read(place)
    const value = BigInt.asIntN(64, operator === '++' ? old + 1n : old - 1n)
    this.#variables.set(place.name, place.subscript, String(value))
    return before ? value : old
  }

  #place(): Place {
    const name = this.#token
    if (this.#text[this.#at] !== '[') {
      this.#next()
      return { name, subscript: undefined }
    }
    let depth = 0
    const start = this.#at + 1
    for (let at = this.#at; at < this.#text.length; at += 1) {
      if (this.#text[at] === '[') depth += 1
      if (this.#text[at] === ']') depth -= 1
      if (depth > 0) continue
      this.#at = at + 1
      this.#next()
      return { name, subscript: this.#text.slice(start, at) }
    }
    throw this.#error('bad array subscript')
  }

  #read(place: Place): bigint {
    const text = this.#variables.get(place.name, place.subscript)
    return text === undefined ? 0n : evaluate(text, this.#variables, this.#depth + 1)
  }

  #number(): bigint {
    const text = this.#token
    const based = /^(\d+)#([\w@]+)$/.exec(text)
    const base = based ? Number(based[1]) : /^0[xX]/.test(text) ? 16 : /^0\d/.test(text) ? 8 : 10
    const digits = based ? (based[2] ?? '') : base === 16 ? text.slice(2) : text
    if (base < 2 || base > 64) throw this.#error('invalid arithmetic base')
    let value = 0n
    for (const digit of digits) {
      const worth = digitValue(digit, base)
      if (worth >= base)
        throw new FatalError(
          `${this.#text.trim() === this.#token ? this.#text.trimStart() : this.#token}: value too great for base (error token is "${this.#token}")`,
        )
      value = BigInt.asIntN(64, value * BigInt(base) + BigInt(worth))
    }
    this.#next()
    return value
  }

  #binary(operator: string, left: bigint, right: bigint): bigint {
    if (this.#skipping > 0) return 0n
    const isDivision = operator === '/' || operator === '%'
    if (isDivision && right === 0n) throw this.#error('division by 0', this.#lastOperand())
    const result = binaryOperators[operator]?.(left, right) ?? 0n
    return typeof result === 'boolean' ? BigInt(result) : BigInt.asIntN(64, result)
  }

  #lastOperand(): string {
    return /[^-+*/%]*$/.exec(this.#text.slice(0, this.#tokenStart))?.[0].trimStart() ?? ''
  }

  #skipUnless(wanted: boolean, parse: () => bigint): bigint {
    if (wanted) return parse()
    this.#skipping += 1
    try {
      return parse()
    } finally {
      this.#skipping -= 1
    }
  }

  #take(expected: string): boolean {
    if (this.#token !== expected) return false
    this.#next()
    return true
  }

  #next(): void {
    token.lastIndex = this.#at
    const match = token.exec(this.#text)
    const rest = this.#text.slice(this.#at)
    if (!match && rest.trim() !== '') {
      this.#tokenStart = this.#at + (rest.length - rest.trimStart().length)
      throw this.#error('syntax error: invalid arithmetic operator')
    }
    this.#token = match?.[1] ?? ''
    this.#tokenStart = match ? token.lastIndex - this.#token.length : this.#text.length
    this.#at = match ? token.lastIndex : this.#text.length
  }

  #error(message: string, at = this.#text.slice(this.#tokenStart)): FatalError {
    const near =
      at === '' ? (/\S+\s*$/.exec(this.#text)?.[0] ?? '').replace(/^.*?([-+*/%&|^<>=!~?:(,]+\s*)$/, '$1') : at
    return new FatalError(`${this.#text.trimStart()}: ${message} (error token is "${near}")`)
  }
}

const binaryOperators: Readonly<Record<string, (left: bigint, right: bigint) => bigint | boolean>> = {
  '|': (left, right) => left | right,
  '^': (left, right) => left ^ right,
  '&': (left, right) => left & right,
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '<=': (left, right) => left <= right,
  '>=': (left, right) => left >= right,
  '<': (left, right) => left < right,
  '>': (left, right) => left > right,
  '<<': (left, right) => left << (right & 63n),
  '>>': (left, right) => left >> (right & 63n),
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => left % right,
}

function digitValue(digit: string, base: number): number {
  if (/\d/.test(digit)) return Number(digit)
  if (digit === '@') return 62
  if (digit === '_') return 63
  const lower = digit.toLowerCase().charCodeAt(0) - 87
  return base <= 36 || digit === digit.toLowerCase() ? lower : lower + 26
}
