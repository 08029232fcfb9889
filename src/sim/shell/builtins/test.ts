// `test` and `[`: the rules of POSIX by the number of arguments, and for more of them the old grammar.
import type { Program } from '../../kernel/system.ts'
import { writeError } from '../../programs/stdio.ts'
import type { TestProblem } from '../dialect.ts'
import type { Builtin, Shell } from '../shell.ts'
import { numberOperators, testFiles, testUnary, unaryOperators } from '../test-operators.ts'

class TestError extends Error {
  readonly problem: TestProblem
  readonly word: string

  constructor(problem: TestProblem, word: string) {
    super(problem)
    this.problem = problem
    this.word = word
  }
}

const textOperators: Readonly<Record<string, (left: string, right: string) => boolean>> = {
  '=': (left, right) => left === right,
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '<': (left, right) => left < right,
  '>': (left, right) => left > right,
}

const fileOperators = new Set(['-nt', '-ot', '-ef'])

function isBinary(word: string): boolean {
  return word in textOperators || word in numberOperators || fileOperators.has(word)
}

const test: Builtin = function* test(shell, argv) {
  const [name = 'test', ...args] = argv
  try {
    if (name === '[' && args.pop() !== ']') throw new TestError('missing bracket', '')
    return args.length > 0 && (yield* new TestParser(shell, args).run()) ? 0 : 1
  } catch (error) {
    if (!(error instanceof TestError)) throw error
    const { text, bare } = shell.dialect.testProblem(error.problem, error.word)
    if (bare) yield* writeError(shell.system, `sh: ${text}\n`)
    else yield* shell.complain(`${name}: ${text}`)
    return 2
  }
}

class TestParser {
  readonly #shell: Shell
  readonly #args: readonly string[]
  #at = 0

  constructor(shell: Shell, args: readonly string[]) {
    this.#shell = shell
    this.#args = args
  }

  *run(): Program<boolean> {
    const [first = '', second = '', third = ''] = this.#args
    if (this.#args.length === 1) return first !== ''
    if (this.#args.length === 2) {
      if (first === '!') return second === ''
      if (!unaryOperators.has(first)) {
        throw new TestError('unary operator expected', this.#shell.dialect.name === 'ash' ? second : first)
      }
    }
    if (this.#args.length === 3) {
      if (isBinary(second) || second === '-a' || second === '-o') return yield* this.#binary(first, second, third)
      if (first === '!') return !(yield* new TestParser(this.#shell, this.#args.slice(1)).run())
      if (first === '(' && third === ')') return second !== ''
      throw new TestError('binary operator expected', second)
    }
    if (this.#args.length === 4 && first === '!') {
      return !(yield* new TestParser(this.#shell, this.#args.slice(1)).run())
    }
    const value = yield* this.#or()
    if (this.#at < this.#args.length) throw new TestError('too many arguments', this.#args[this.#at] ?? '')
    return value
  }

  *#or(): Program<boolean> {
    let value = yield* this.#and()
    while (this.#take('-o')) {
      const right = yield* this.#and()
      value ||= right
    }
    return value
  }

  *#and(): Program<boolean> {
    let value = yield* this.#not()
    while (this.#take('-a')) {
      const right = yield* this.#not()
      value &&= right
    }
    return value
  }

  *#not(): Program<boolean> {
    if (this.#take('!')) return !(yield* this.#not())
    if (this.#args[this.#at] === '(' && !isBinary(this.#args[this.#at + 1] ?? '')) {
      this.#at += 1
      const value = yield* this.#or()
      if (!this.#take(')')) throw new TestError('closing parenthesis expected', this.#args[this.#at] ?? '')
      return value
    }
    const [left, operator, right] = this.#args.slice(this.#at, this.#at + 3)
    if (left === undefined) throw new TestError('argument expected', '')
    if (operator !== undefined && right !== undefined && isBinary(operator)) {
      this.#at += 3
      return yield* this.#binary(left, operator, right)
    }
    if (unaryOperators.has(left) && operator !== undefined) {
      this.#at += 2
      return yield* testUnary(this.#shell, left, operator)
    }
    this.#at += 1
    return left !== ''
  }

  *#binary(left: string, operator: string, right: string): Program<boolean> {
    if (operator === '-a') return left !== '' && right !== ''
    if (operator === '-o') return left !== '' || right !== ''
    const compareTexts = textOperators[operator]
    if (compareTexts) return compareTexts(left, right)
    if (fileOperators.has(operator)) return yield* testFiles(this.#shell, left, operator, right)
    return numberOperators[operator]?.(numberOf(left), numberOf(right)) ?? false
  }

  #take(word: string): boolean {
    if (this.#args[this.#at] !== word) return false
    this.#at += 1
    return true
  }
}

function numberOf(text: string): bigint {
  if (!/^\s*[-+]?\d+\s*$/.test(text)) throw new TestError('integer expected', text)
  const value = BigInt(text.trim().replace(/^\+/, ''))
  if (BigInt.asIntN(64, value) !== value) throw new TestError('integer expected', text)
  return value
}

export const testBuiltins: readonly (readonly [string, Builtin])[] = [
  ['test', test],
  ['[', test],
]
