// `[[ … ]]`: the tree of a test, with patterns for `==` and regular expressions for `=~`.
import type { TestExpression } from 'unbash'
import type { Program } from '../kernel/system.ts'
import { evaluateText } from './arithmetic-text.ts'
import { compilePattern, PatternError } from '../../text/posix-pattern.ts'
import { CommandError, FatalError } from './control.ts'
import { expandPattern, expandRegex, expandString } from './expand-word.ts'
import { patternToRegExp } from './pattern.ts'
import type { Shell } from './shell.ts'
import { traceText } from './xtrace.ts'
import { numberOperators, testFiles, testUnary } from './test-operators.ts'

/** Whether the test holds. Throws CommandError with status 2 for a wrong regular expression. */
export function* evaluateTest(shell: Shell, test: TestExpression, negation = ''): Program<boolean> {
  switch (test.type) {
    case 'TestGroup':
      return yield* evaluateTest(shell, test.expression)
    case 'TestNot': {
      const negated = test.negations.length % 2 === 1
      const value = yield* evaluateTest(shell, test.operand, negated ? '! ' : '')
      return negated ? !value : value
    }
    case 'TestLogical':
      for (const operand of test.operands) {
        const value = yield* evaluateTest(shell, operand)
        if (value !== (test.operator === '&&')) return value
      }
      return test.operator === '&&'
    case 'TestUnary': {
      const operand = yield* expandString(shell, test.operand)
      yield* traceText(shell, `[[ ${negation}${test.operator} ${traced(operand)} ]]`)
      return yield* testUnary(shell, test.operator, operand)
    }
    case 'TestBinary':
      return yield* evaluateBinary(shell, test, negation)
  }
}

/** As `set -x` shows an operand: what it has become, an empty one as quotes. */
function traced(operand: string): string {
  return operand === '' ? "''" : operand
}

function* evaluateBinary(
  shell: Shell,
  test: TestExpression & { type: 'TestBinary' },
  negation: string,
): Program<boolean> {
  const { operator } = test
  const left = yield* expandString(shell, test.left)
  const right = yield* rightOf(shell, test)
  yield* traceText(shell, `[[ ${negation}${traced(left)} ${operator} ${traced(right)} ]]`)
  const ignoreCase = shell.state.shopt.get('nocasematch') ?? false
  switch (operator) {
    case '=':
    case '==':
      return patternToRegExp(right, ignoreCase).test(left)
    case '!=':
      return !patternToRegExp(right, ignoreCase).test(left)
    case '=~':
      return matchRegex(shell, left, right, ignoreCase)
    case '<':
      return left < right
    case '>':
      return left > right
    case '-nt':
    case '-ot':
    case '-ef':
      return yield* testFiles(shell, left, operator, right)
    default: {
      const compare = numberOperators[operator]
      if (!compare) throw new CommandError(`conditional binary operator expected`, 2)
      return compare(yield* number(shell, left), yield* number(shell, right))
    }
  }
}

/** The right side: a pattern, a regular expression, or a text. */
function rightOf(shell: Shell, { operator, right }: TestExpression & { type: 'TestBinary' }): Program<string> {
  if (operator === '=' || operator === '==' || operator === '!=') return expandPattern(shell, right)
  return operator === '=~' ? expandRegex(shell, right) : expandString(shell, right)
}

/** An operand of `-eq` and its kin; a wrong one makes the test fail. */
function* number(shell: Shell, text: string): Program<bigint> {
  try {
    return yield* evaluateText(shell, text)
  } catch (error) {
    if (error instanceof FatalError && !error.exits) throw new CommandError(`[[: ${error.message}`)
    throw error
  }
}

/** Also sets BASH_REMATCH. */
function matchRegex(shell: Shell, text: string, regex: string, ignoreCase: boolean): boolean {
  const expression = compiled(regex, ignoreCase)
  const match = expression.exec(text)
  shell.variables.clearArray('BASH_REMATCH', 'indexed')
  for (const [index, group] of match?.entries() ?? []) shell.variables.setElement('BASH_REMATCH', index, group ?? '')
  return match !== null
}

function compiled(regex: string, ignoreCase: boolean): RegExp {
  // regcomp(3) refuses what grep takes for plain text: an operator without anything before it, a brace that is none.
  if (/(?:^|[(|])[*+?{]|[^\\[]\{(?!\d*,?\d*\})/.test(regex.replace(/\[[^\]]*\]/g, 'x'))) throw new CommandError('', 2)
  try {
    return new RegExp(compilePattern(regex, 'extended'), ignoreCase ? 'is' : 's')
  } catch (error) {
    if (error instanceof PatternError || error instanceof SyntaxError) throw new CommandError('', 2)
    throw error
  }
}
