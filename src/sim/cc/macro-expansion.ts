// A macro's use becomes its body: arguments put in, `#` and `##` carried out, and each token's place kept.
import type { Macro } from './macros.ts'
import type { Reporter } from './reporter.ts'
import { type Location, type Token, tokenize, type Via } from './tokenize.ts'

/** What a replacement needs of the preprocessor. */
export interface Expansion {
  /** All tokens of a list, macros replaced. */
  readonly expandList: (tokens: readonly Token[]) => Token[]
  readonly reporter: Reporter
}

/** A macro's replacement for one use. */
export function substitute(
  macro: Macro,
  use: Token,
  list: readonly (readonly Token[])[],
  { expandList, reporter }: Expansion,
): Token[] {
  const result: Token[] = []
  const { parameters = [], body } = macro
  const expanded = new Map<number, readonly Token[]>()
  const parameter = (token: Token | undefined) => (token?.kind === 'identifier' ? parameters.indexOf(token.text) : -1)
  const own = (token: Token): Token => ({ ...token, first: false, at: through(token.at, macro, 'body', use) })
  const argument = (token: Token, by: Token): Token => ({
    ...token,
    first: false,
    at: through(token.at, macro, 'argument', use, by),
  })
  for (let index = 0; index < body.length; index += 1) {
    const token = body[index]
    if (token === undefined) continue
    const next = body[index + 1]
    if (token.text === '#' && macro.parameters !== undefined && next !== undefined) {
      result.push({ ...own(token), kind: 'string', text: stringized(list[parameter(next)] ?? []) })
      index += 1
      continue
    }
    if (token.text === '##' && token.kind === 'punctuator' && next !== undefined) {
      index += 1
      const which = parameter(next)
      const right = which < 0 ? [own(next)] : (list[which] ?? []).map((each) => argument(each, next))
      const left = result.at(-1)
      // GNU: `, ## __VA_ARGS__` takes the comma away with an empty list, and glues nothing.
      if (left?.text === ',' && macro.variadic && which === parameters.length - 1) {
        if (right.length === 0) result.pop()
        else result.push(...(expanded.get(which) ?? expandList(list[which] ?? [])).map((each) => argument(each, next)))
        continue
      }
      const [head, ...tail] = right
      if (head === undefined) continue
      if (left === undefined || left.kind === 'placemarker') {
        if (left !== undefined) result.pop()
        result.push(head, ...tail)
        continue
      }
      result.pop()
      result.push(...paste(left, head, use, reporter), ...tail)
      continue
    }
    const which = parameter(token)
    if (which < 0) {
      result.push(own(token))
      continue
    }
    const raw = list[which] ?? []
    if (next?.text === '##' && next.kind === 'punctuator') {
      if (raw.length === 0) result.push({ ...own(token), kind: 'placemarker', text: '' })
      else result.push(...raw.map((each) => argument(each, token)))
      continue
    }
    let replacement = expanded.get(which)
    if (replacement === undefined) {
      replacement = expandList(raw)
      expanded.set(which, replacement)
    }
    result.push(
      ...replacement.map((each, place) =>
        place === 0 ? { ...argument(each, token), space: token.space } : argument(each, token),
      ),
    )
  }
  const [head] = result
  if (head !== undefined) result[0] = { ...head, space: use.space, first: use.first }
  return result
}

/** A token's place with one more macro around it. */
function through(at: Location, macro: Macro, kind: Via['kind'], use: Token, parameter?: Token): Location {
  if (macro.system) return kind === 'body' ? { ...use.at, isSystemMacro: true } : { ...at, isMacroArgument: true }
  if (kind === 'body') return { ...at, via: { macro: macro.name, kind, place: use.at, use: use.at } }
  // What the argument came through comes next; else what the use of this macro came through.
  const place = withVia((parameter ?? use).at, at.via ?? use.at.via)
  return { ...at, via: { macro: macro.name, kind, place, use: use.at } }
}

function paste(left: Token, right: Token, use: Token, reporter: Reporter): Token[] {
  const text = left.text + right.text
  const [token, end] = tokenize(text, '').tokens
  if (token !== undefined && end?.kind === 'end' && token.kind !== 'stray') {
    return [{ ...token, at: left.at, space: left.space, first: false }]
  }
  const message = `pasting "${left.text}" and "${right.text}" does not give a valid preprocessing token`
  reporter.error(left.at.via === undefined ? use.at : left.at, message)
  return [left, right]
}

function withVia(at: Location, via: Via | undefined): Location {
  const { file, line, column, end } = at
  return via === undefined ? { file, line, column, end } : { file, line, column, end, via }
}

/** Where the outermost macro is used that a token came from. */
export function outermost(at: Location): Location {
  let place = at
  while (place.via !== undefined) place = place.via.use
  return place
}

function stringized(tokens: readonly Token[]): string {
  const text = tokens
    .map(({ kind, text, space }, index) => {
      const escaped = kind === 'string' || kind === 'character' ? text.replaceAll(/["\\]/g, '\\$&') : text
      return `${space && index > 0 ? ' ' : ''}${escaped}`
    })
    .join('')
  return `"${text}"`
}
