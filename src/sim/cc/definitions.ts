// `#define NAME text` and `#define NAME(parameters) text`.
import type { Macro } from './macros.ts'
import { isSystemHeader, type Reporter } from './reporter.ts'
import { type Location, placeAfter, type Token } from './tokenize.ts'

/** Reads a definition, its directive's name read; undefined after a message. */
export function readDefinition(directive: Token, tokens: readonly Token[], reporter: Reporter): Macro | undefined {
  const wrong = (at: Location, message: string): undefined => {
    reporter.error(at, message)
    return undefined
  }
  const [name, ...rest] = tokens
  if (name === undefined) {
    return wrong(placeAfter(directive.at), 'no macro name given in #define directive')
  }
  if (name.kind !== 'identifier') return wrong(name.at, 'macro names must be identifiers')
  if (name.text === 'defined') return wrong(name.at, 'cannot use "defined" as a macro name')
  let body = rest
  let parameters: string[] | undefined
  let variadic = false
  if (rest[0]?.text === '(' && !rest[0].space) {
    parameters = []
    let index = 1
    let wants = true
    for (; ; index += 1) {
      const token = rest[index]
      if (token === undefined) {
        const at = placeAfter(rest.at(-1)?.at ?? name.at)
        return wrong(at, 'expected parameter name, found end of line')
      }
      if (token.text === ')' && (!wants || parameters.length === 0)) break
      if (token.text === ',' && !wants) wants = true
      else if (token.text === '...' && (wants || !variadic)) {
        variadic = true
        if (wants) parameters.push('__VA_ARGS__')
        wants = false
      } else if (token.kind === 'identifier' && wants && !variadic) {
        if (parameters.includes(token.text)) {
          return wrong(token.at, `duplicate macro parameter "${token.text}"`)
        }
        parameters.push(token.text)
        wants = false
      } else if (wants) return wrong(token.at, `expected parameter name, found "${token.text}"`)
      else return wrong(token.at, `expected ',' or ')', found "${token.text}"`)
    }
    body = rest.slice(index + 1)
  } else if (rest[0] !== undefined && !rest[0].space) {
    reporter.warning(rest[0].at, undefined, 'ISO C99 requires whitespace after the macro name')
  }
  const [head] = body
  if (head?.text === '##' || (body.length > 0 && body.at(-1)?.text === '##')) {
    const at = head?.text === '##' ? head.at : (body.at(-1)?.at ?? name.at)
    return wrong(at, "'##' cannot appear at either end of a macro expansion")
  }
  if (parameters !== undefined) {
    for (const [index, token] of body.entries()) {
      const operand = body[index + 1]
      if (token.text === '#' && !(operand?.kind === 'identifier' && parameters.includes(operand.text))) {
        return wrong(token.at, "'#' is not followed by a macro parameter")
      }
    }
  }
  const system = isSystemHeader(name.at.file)
  return { name: name.text, parameters, variadic, body, at: name.at, system, active: 0 }
}
