// `[[ … ]]`: the tree of a test, with patterns for `==` and regular expressions for `=~`.
import type { TestExpression } from 'unbash'
import type { Program } from '../kernel/system.ts'
import { evaluateText } from './arithmetic-text.ts'
import { compilePattern, PatternError } from '../../text/posix-pattern.ts'
import { CommandError, FatalError } from './control.ts'
import { expandPattern, expandRegex, expandString } from './expand-word.ts'
import { patternToRegExp } from './pattern.ts'
import type { Shell } from './shell.ts'
import { numberOperators, testFiles, testUnary } from './test-operators.ts'

/** Whether the test holds. Throws CommandError with status 2 for a wrong regular expression. */
export function* evaluateTest(shell: Shell, test: TestExpression): Program<boolean> {
  switch (test.type) {
    case 'TestGroup':
      return yield* evaluateTest(shell, test.expression)
    case 'TestNot': {
      const value = yield* evaluateTest(shell, test.operand)
      return test.negations.length % 2 === 1 ? !value : value
    }
    case 'TestLogical':
      for (const operand of test.operands) {
        const value = yield* evaluateTest(shell, operand)
        if (value !== (test.operator === '&&')) return value
      }
      return test.operator === '&&'
    case 'TestUnary':
      return yield* testUnary(shell, test.operator, yield* expandString(shell, test.operand))
    case 'TestBinary':
      return yield* evaluateBinary(shell, test)
  }
}

function* evaluateBinary(shell: Shell, test: TestExpression & { type: 'TestBinary' }): Program<boolean> {
  const left = yield* expandString(shell, test.left)
  const ignoreCase = shell.state.shopt.get('nocasematch') ?? false
  switch (test.operator) {
    case '=':
    case '==':
      return patternToRegExp(yield* expandPattern(shell, test.right), ignoreCase).test(left)
    case '!=':
      return !patternToRegExp(yield* expandPattern(shell, test.right), ignoreCase).test(left)
    case '=~':
      return matchRegex(shell, left, yield* expandRegex(shell, test.right), ignoreCase)
    case '<':
      return left < (yield* expandString(shell, test.right))
    case '>':
      return left > (yield* expandString(shell, test.right))
    case '-nt':
    case '-ot':
    case '-ef':
      return yield* testFiles(shell, left, test.operator, yield* expandString(shell, test.right))
    default: {
      const right = yield* expandString(shell, test.right)
      const compare = numberOperators[test.operator]
      if (!compare) throw new CommandError(`conditional binary operator expected`, 2)
      return compare(yield* number(shell, left), yield* number(shell, right))
    }
  }
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
