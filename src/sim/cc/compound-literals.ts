// Compound literals, `(struct point){1, 2}`; and what expressions need of declarations, handed to their parser.
import type { Context } from './context.ts'
import { parseTypeName } from './declarator.ts'
import { parseInitializer } from './initializers.ts'
import { errorAt, type Operand } from './operand.ts'
import { setDeclarationParser } from './parse-expression.ts'
import { prototypeType } from './prototypes.ts'
import { startsTypeName } from './specifiers.ts'
import type { Location } from './tokenize.ts'
import type { Expression, Variable } from './tree.ts'
import { errorType, isIncomplete, quotedType } from './type-rules.ts'
import type { CType } from './types.ts'

function compoundLiteral(c: Context, type: CType, open: Location): Operand {
  if (type.kind === 'function' || type.kind === 'void' || (type.kind === 'record' && isIncomplete(type))) {
    c.reporter.error(
      open,
      type.kind === 'function'
        ? 'compound literal has function type'
        : `invalid use of undefined type ${quotedType(type)}`,
    )
    parseInitializer(c, errorType, '', false)
    return errorAt(open, c.last)
  }
  const isStatic = c.currentFunction === undefined
  const result = parseInitializer(c, type, '(anonymous)', isStatic)
  const variable: Variable = {
    name: `(literal ${c.nextNumber()})`,
    type: result.type,
    storage: isStatic ? 'static' : 'automatic',
    initializer: isStatic ? result.list : undefined,
  }
  const place = { caret: open, start: open, finish: c.last, placed: true }
  if (type === errorType) return errorAt(open, c.last)
  if (isStatic) {
    c.objects.push(variable)
    return { node: { kind: 'variable', variable, type: result.type, place: open }, ...place }
  }
  c.currentFunction?.locals.push(variable)
  const node: Expression = {
    kind: 'compound-literal',
    variable,
    initializer: result.list,
    type: result.type,
    place: open,
  }
  return { node, ...place }
}

setDeclarationParser({
  typeName: parseTypeName,
  startsTypeName: (c) => startsTypeName(c),
  compoundLiteral,
  prototype: prototypeType,
})
