// test and `[`, with the rules of POSIX for how many arguments mean what, and a parser for more than four.
import type { Program } from '../../kernel/system.ts'
import { writeError } from '../../programs/stdio.ts'
import type { Builtin, Shell } from '../shell.ts'
import { numberOperators, testFiles, testUnary, unaryOperators } from '../test-operators.ts'

class TestError extends Error {}

const textOperators: Readonly<Record<string, (left: string, right: string) => boolean>> = {
  '=': (left, right) => left === right,
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '<': (left, right) => left < right,
  '>': (left, right) => left > right,
}

const fileOperators: readonly string[] = ['-nt', '-ot', '-ef']

function isBinary(word: string | undefined): word is string {
  return word !== undefined && (word in textOperators || word in numberOperators || fileOperators.includes(word))
}

/** Recursive descent over the words: -o, -a, !, parentheses, primaries. */
class TestParser {
  readonly #shell: Shell
  readonly #words: readonly string[]
  #at = 0

  constructor(shell: Shell, words: readonly string[]) {
    this.#shell = shell
    this.#words = words
  }

  *parse(): Program<boolean> {
    const value = yield* this.or()
    if (this.#at < this.#words.length)
      throw new TestError(this.#words.length > 3 ? 'too many arguments' : `${this.#words[1]}: binary operator expected`)
    return value
  }

  *or(): Program<boolean> {
    let value = yield* this.and()
    while (this.#words[this.#at] === '-o') {
      this.#at++
      const right = yield* this.and()
      value ||= right
    }
    return value
  }

  *and(): Program<boolean> {
    let value = yield* this.not()
    while (this.#words[this.#at] === '-a') {
      this.#at++
      const right = yield* this.not()
      value &&= right
    }
    return value
  }

  *not(): Program<boolean> {
    const left = this.#words.length - this.#at
    if (this.#words[this.#at] === '!' && left > 1 && !(left === 3 && isBinary(this.#words[this.#at + 1]))) {
      this.#at++
      return !(yield* this.not())
    }
    return yield* this.primary()
  }

  *primary(): Program<boolean> {
    const word = this.#words[this.#at]
    if (word === undefined) throw new TestError('argument expected')
    const operator = this.#words[this.#at + 1]
    if (isBinary(operator) && this.#at + 2 < this.#words.length) {
      const right = this.#words[this.#at + 2] ?? ''
      this.#at += 3
      return yield* binary(this.#shell, word, operator, right)
    }
    if (word === '(') {
      this.#at++
      const value = yield* this.or()
      if (this.#words[this.#at++] !== ')') throw new TestError("`)' expected")
      return value
    }
    if (unaryOperators.has(word) && this.#at + 1 < this.#words.length) {
      this.#at += 2
      return yield* testUnary(this.#shell, word, operator ?? '')
    }
    if (word.startsWith('-') && word.length === 2 && this.#words.length === 2 && this.#at === 0) {
      throw new TestError(`${word}: unary operator expected`)
    }
    this.#at++
    return word !== ''
  }
}

function* binary(shell: Shell, left: string, operator: string, right: string): Program<boolean> {
  const text = textOperators[operator]
  if (text !== undefined) return text(left, right)
  if (fileOperators.includes(operator)) return yield* testFiles(shell, left, operator, right)
  return numberOperators[operator]?.(integer(left), integer(right)) ?? false
}

function integer(word: string): bigint {
  if (!/^\s*[-+]?\d+\s*$/.test(word)) throw new TestError(`${word}: integer expression expected`)
  return BigInt(word.trim().replace(/^\+/, ''))
}

const test: Builtin = function* test(shell, argv) {
  const name = argv[0] ?? 'test'
  const words = argv.slice(1)
  try {
    if (name === '[' && words.pop() !== ']') throw new TestError("missing `]'")
    if (words.length === 0) return 1
    return (yield* new TestParser(shell, words).parse()) ? 0 : 1
  } catch (error) {
    if (!(error instanceof TestError)) throw error
    if (shell.dialect.kind === 'ash')
      yield* writeError(
        shell.system,
        `${shell.state.name}: ${error.message.replace(/^(.*): integer expression expected$/, 'bad number $1')}\n`,
      )
    else yield* shell.complain(`${name}: ${error.message}`)
    return 2
  }
}

export const testBuiltins: readonly (readonly [string, Builtin])[] = [
  ['test', test],
  ['[', test],
]
