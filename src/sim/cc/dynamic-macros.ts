// Macros whose text depends on where and when they are used: __LINE__, __FILE__, __DATE__ and their like.
import { outermost } from './macro-expansion.ts'
import type { Token } from './tokenize.ts'

export interface DynamicValues {
  readonly date: string
  readonly time: string
  /** The source that is compiled. */
  readonly file: string
  /** How many includes deep. */
  readonly depth: number
  counter(): number
}

/** What the token stands for; undefined when it is no such macro. */
export function dynamicMacro(token: Token, values: DynamicValues): Token | undefined {
  const { line, file } = outermost(token.at)
  const text = (value: string): Token => ({ ...token, kind: 'string', text: quoted(value) })
  const number = (value: number): Token => ({ ...token, kind: 'number', text: String(value) })
  switch (token.text) {
    case '__LINE__':
      return number(line)
    case '__FILE__':
      return text(file)
    case '__BASE_FILE__':
      return text(values.file)
    case '__DATE__':
      return text(values.date)
    case '__TIME__':
      return text(values.time)
    case '__INCLUDE_LEVEL__':
      return number(values.depth)
    case '__COUNTER__':
      return number(values.counter())
    default:
      return undefined
  }
}

function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`
}
