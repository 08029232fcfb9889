// `return` with a value: its conversion to the function's type, and the address of what ends with the function.
import { convertForAssignment } from './assign.ts'
import { rangeOf } from './binary.ts'
import type { Context } from './context.ts'
import { isError, type Operand, read, rvalue } from './operand.ts'
import { warnSequence } from './sequence.ts'
import type { Location } from './tokenize.ts'
import type { Expression, Statement } from './tree.ts'
import { errorType } from './type-rules.ts'

/** The statement for a value that begins at `at`. */
export function returnStatement(c: Context, value: Operand, at: Location, place: Location): Statement {
  const state = c.currentFunction
  const returns = state?.type.returns ?? errorType
  const where = value.placed ? value.caret : at
  if (returns.kind === 'void' && state !== undefined) {
    if (!isError(value) && value.node.type.kind !== 'void') {
      const option = c.reporter.isEnabled('return-type') ? 'return-type' : undefined
      c.reporter.warning(where, option, '‘return’ with a value, in function returning void', {
        ranges: value.placed ? [rangeOf(value)] : [],
      })
      c.reporter.note(state.at, 'declared here')
    }
    const effect: Statement = { kind: 'expression', expression: rvalue(value).node, place }
    return { kind: 'block', statements: [effect, { kind: 'return', value: undefined, place }], place }
  }
  if (isError(value) || returns === errorType) return { kind: 'empty', place }
  warnSequence(c.reporter, read(value).node)
  const node = convertForAssignment(c, value, returns, { kind: 'return' }, where)
  if (node === undefined) return { kind: 'empty', place }
  if (state !== undefined) state.returnsValue = true
  warnLocalAddress(c, node, value, where)
  return { kind: 'return', value: node, place }
}

/** The address of a variable that ends with the function. */
function warnLocalAddress(c: Context, node: Expression, value: Operand, at: Location): void {
  let inner = node
  while (inner.kind === 'convert' || inner.kind === 'pointer-add')
    inner = inner.kind === 'convert' ? inner.operand : inner.pointer
  if (inner.kind !== 'address' && inner.kind !== 'decay') return
  let object: Expression = inner.operand
  while (object.kind === 'member') object = object.object
  if (object.kind !== 'variable' || object.variable.storage !== 'automatic') return
  c.reporter.warning(at, 'return-local-addr', 'function returns address of local variable', {
    ranges: value.placed ? [rangeOf(value)] : [],
  })
}
