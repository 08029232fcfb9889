// Arithmetic in the shell's words: the text is expanded as in double quotes first, then evaluated over its variables.
import type { WordPart } from 'unbash'
import type { Program } from '../kernel/system.ts'
import type { ArithmeticVariables } from './arithmetic.ts'
import { evaluate } from './arithmetic.ts'
import { FatalError } from './control.ts'
import { refreshDynamic, specialParameter } from './special-parameters.ts'
import type { Shell } from './shell.ts'
import { parseQuotedText } from './syntax.ts'

type ExpandQuoted = (shell: Shell, parts: readonly WordPart[]) => Program<string>

/** The value of the text between `((` and `))`. Throws FatalError with the shell's message. */
export function* expandArithmetic(shell: Shell, text: string, expandQuoted: ExpandQuoted): Program<bigint> {
  const expanded = /[$`\\]/.test(text) ? (yield* expandQuoted(shell, parseQuotedText(text))).replace(/\n$/, '') : text
  return yield* evaluateText(shell, expanded.replaceAll('"', ''))
}

/** The value of an expression without further expansion. */
export function* evaluateText(shell: Shell, expression: string): Program<bigint> {
  for (const name of expression.match(/\b(?:SECONDS|RANDOM|EPOCHSECONDS|EPOCHREALTIME|SRANDOM)\b/g) ?? []) {
    yield* refreshDynamic(shell, name)
  }
  try {
    return evaluate(expression, shellVariables(shell))
  } catch (error) {
    if (!(error instanceof FatalError) || shell.dialect.kind === 'bash') throw error
    throw new FatalError(shell.dialect.arithmeticError(expression, error.message.includes('division by 0')), 2, true)
  }
}

/** The shell's variables as arithmetic sees them. */
function shellVariables(shell: Shell): ArithmeticVariables {
  const { variables } = shell
  const keyOf = (name: string, subscript: string): number | string =>
    variables.find(name)?.associative ? subscript : Number(evaluate(subscript, adapter))
  const adapter: ArithmeticVariables = {
    get(name, subscript) {
      if (subscript === undefined) return specialParameter(shell, name) ?? variables.get(name)
      const variable = variables.find(name)
      const key = keyOf(name, subscript)
      if (typeof key === 'string') return variable?.associative?.get(key)
      return variable?.indexed?.get(key) ?? (key === 0 ? variable?.value : undefined)
    },
    set(name, subscript, value) {
      if (subscript === undefined) variables.set(name, value)
      else variables.setElement(name, keyOf(name, subscript), value)
    },
  }
  return adapter
}
