// -Wmisleading-indentation: a statement that looks guarded by `if`, `else`, `for` or `while` and is not.
import type { Context } from './context.ts'
import { showLine } from './diagnostics.ts'
import type { Location, Token } from './tokenize.ts'

/**
 * Warns by gcc's rules, which go by lines and columns alone.
 * @param guard the word `if`, `else`, `for` or `while`
 * @param body first token of what it guards
 * @param next first token after that
 */
export function warnMisleading(c: Context, guard: Token, body: Token, next: Token): void {
  if (body.text === '{' || next.kind === 'end' || next.text === '}' || next.text === ';' || next.text === 'else') return
  const tokens = [guard, body, next]
  if (tokens.some(({ at }) => at.via !== undefined) || new Set(tokens.map(({ at }) => at.file)).size > 1) return
  if (!c.reporter.isEnabled('misleading-indentation') || !isMisleading(c, guard.at, body, next)) return
  const name = guard.text
  if (!c.reporter.warning(guard.at, 'misleading-indentation', `this ‘${name}’ clause does not guard...`)) return
  c.reporter.note(
    next.at,
    `...this statement, but the latter is misleadingly indented as if it were guarded by the ‘${name}’`,
  )
}

function isMisleading(c: Context, guard: Location, body: Token, next: Token): boolean {
  const column = (at: Location) => showLine(c.reporter.lineOf(at)).column(at.column)
  const indent = (at: Location) => {
    const { text } = showLine(c.reporter.lineOf(at))
    return text.length - text.trimStart().length + 1
  }
  const isSemicolon = body.text === ';'
  if (next.at.line === body.at.line) {
    if (guard.line < body.at.line) return true
    return guard.line === body.at.line && column(guard) === indent(guard)
  }
  if (next.at.line < body.at.line) return false
  const guardIndent = indent(guard)
  const bodyColumn = column(body.at)
  const nextColumn = column(next.at)
  const isHidden =
    isSemicolon && body.at.line > guard.line && indent(body.at) !== bodyColumn && nextColumn > guardIndent
  if ((!isSemicolon && nextColumn === bodyColumn) || isHidden) return guardIndent < bodyColumn
  if (!isSemicolon || body.at.line !== guard.line) return false
  return nextColumn > guardIndent || (next.text === '{' && nextColumn === guardIndent)
}
