// What is declared and not used: told where gcc tells it, at the end of a block, of a function, and of the file.
import type { Context, FunctionState } from './context.ts'
import type { Scope, Symbol } from './scope.ts'

/** At the end of a block: its variables, the last one first. */
export function leaveBlock(c: Context, scope: Scope, kind: 'block' | 'parameters' = 'block'): void {
  for (const symbol of [...scope.names.values()].toReversed()) {
    if (symbol.kind !== 'object' || symbol.role === 'file' || symbol.attributeUnused) continue
    const { name, at, used, read } = symbol
    if (kind === 'parameters') {
      if (used && !read) {
        c.reporter.warning(at, 'unused-but-set-parameter', `parameter ‘${name}’ set but not used`)
      }
      continue
    }
    if (!used) c.reporter.warning(at, 'unused-variable', `unused variable ‘${name}’`)
    else if (!read && !symbol.isStatic) {
      c.reporter.warning(at, 'unused-but-set-variable', `variable ‘${name}’ set but not used`)
    }
  }
  for (const symbol of scope.names.values()) {
    if (symbol.kind === 'typedef' && !symbol.used && kind === 'block') {
      c.reporter.warning(symbol.at, 'unused-local-typedefs', `typedef ‘${symbol.name}’ locally defined but not used`)
    }
  }
}

/** Parameters that are not used, in order. */
export function reportUnusedParameters(c: Context, scope: Scope): void {
  for (const symbol of scope.names.values()) {
    if (symbol.kind !== 'object' || symbol.role !== 'parameter' || symbol.used || symbol.attributeUnused) continue
    const range = c.currentFunction?.entry.parameterRanges.find((each) => each?.caret === symbol.at)
    c.reporter.warning(symbol.at, 'unused-parameter', `unused parameter ‘${symbol.name}’`, {
      ranges: range === undefined ? [] : [range],
    })
  }
}

/** Labels: used but not defined is an error, defined but not used a warning. */
export function warnLabels(c: Context, state: FunctionState): void {
  for (const [name, { at, defined, used, attributeUnused }] of state.labels) {
    if (defined === undefined) c.reporter.error(at, `label ‘${name}’ used but not defined`)
    else if (!used && !attributeUnused) {
      c.reporter.warning(defined, 'unused-label', `label ‘${name}’ defined but not used`)
    }
  }
}

/** At the end of the file: static functions without a body. */
export function reportUndefinedStatics(c: Context): void {
  for (const symbol of c.declared) {
    if (symbol.kind !== 'function' || !symbol.isStatic || symbol.defined) continue
    if (symbol.used) c.reporter.warning(symbol.at, undefined, `‘${symbol.name}’ used but never defined`)
    else c.reporter.warning(symbol.at, 'unused-function', `‘${symbol.name}’ declared ‘static’ but never defined`)
  }
}

/** At the very end: static things that nothing uses, the last one first. */
export function reportUnusedStatics(c: Context): void {
  const unused = (symbol: Symbol) =>
    (symbol.kind === 'function' && symbol.isStatic && symbol.defined && !symbol.isInline && !symbol.attributeUnused) ||
    (symbol.kind === 'object' &&
      symbol.isStatic &&
      !symbol.attributeUnused &&
      !symbol.type.isConst &&
      !symbol.type.isVolatile)
  for (const symbol of c.declared.toReversed()) {
    if (symbol.used || !unused(symbol)) continue
    c.reporter.warning(
      symbol.at,
      symbol.kind === 'function' ? 'unused-function' : 'unused-variable',
      `‘${symbol.name}’ defined but not used`,
    )
  }
}
