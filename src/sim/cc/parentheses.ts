// -Wparentheses: operators whose precedence is easily mistaken.
import type { Context } from './context.ts'
import type { Operand } from './operand.ts'
import type { Location } from './tokenize.ts'
import { isInteger } from './type-rules.ts'

const comparisons: ReadonlySet<string> = new Set(['==', '!=', '<', '>', '<=', '>='])

/** Warns as gcc does of `a && b || c`, `a & b == c`, `a << b + c`, `a < b < c`. */
export function warnAboutParentheses(c: Context, operator: string, left: Operand, right: Operand, at: Location): void {
  if (!c.reporter.isEnabled('parentheses')) return
  const suggest = (operand: Operand, message: string) =>
    c.reporter.warning(operand.placed ? operand.caret : at, 'parentheses', message, {
      ranges: [{ start: operand.start, finish: operand.finish, caret: operand.caret }],
    })
  const sides = [left, right]
  const within = (operators: readonly string[], message: (found: string) => string, limit = sides): boolean => {
    for (const operand of limit) {
      const found = operand.operator
      if (found === undefined || !operators.includes(found)) continue
      suggest(operand, message(found))
      return true
    }
    return false
  }
  const comparison = () =>
    within([...comparisons], () => `suggest parentheses around comparison in operand of ‘${operator}’`)
  switch (operator) {
    case '<<':
    case '>>':
      for (const sign of ['+', '-']) {
        if (within([sign], () => `suggest parentheses around ‘${sign}’ inside ‘${operator}’`)) return
      }
      return
    case '||':
      within(['&&'], () => 'suggest parentheses around ‘&&’ within ‘||’')
      return
    case '|':
      if (within(['&', '^', '+', '-'], () => 'suggest parentheses around arithmetic in operand of ‘|’')) return
      comparison()
      return
    case '^':
      if (within(['&', '+', '-'], () => 'suggest parentheses around arithmetic in operand of ‘^’')) return
      comparison()
      return
    case '&':
      for (const sign of ['+', '-']) {
        if (within([sign], () => `suggest parentheses around ‘${sign}’ in operand of ‘&’`)) return
      }
      if (comparison()) return
      return
    case '==':
    case '!=':
      comparison()
      return
    case '<':
    case '>':
    case '<=':
    case '>=': {
      const order = ['<', '>', '<=', '>=']
      const both = sides.filter(({ node }) => isInteger(node.type))
      if (within(order, () => 'comparisons like ‘X<=Y<=Z’ do not have their mathematical meaning', both)) return
      within(['==', '!='], () => `suggest parentheses around comparison in operand of ‘${operator}’`)
      return
    }
    default:
  }
}
