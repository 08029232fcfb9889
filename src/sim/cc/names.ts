// Names that are not declared: what they may be meant for, which header has them, and functions declared by being called.
import type { Context } from './context.ts'
import type { FixIt } from './diagnostics.ts'
import { builtinHeaders, knownHeaders } from './known-names.ts'
import type { FunctionSymbolEntry, Symbol } from './scope.ts'
import { BestMatch } from './spelling.ts'
import type { Location } from './tokenize.ts'
import { compatible, intType } from './type-rules.ts'
import type { FunctionType } from './types.ts'

export type FuzzyKind = 'any' | 'function' | 'type'

const typeWords = [
  'void',
  '_Bool',
  'char',
  'int',
  'float',
  'double',
  'long',
  'short',
  'signed',
  'unsigned',
  'struct',
  'union',
  'enum',
  'typeof',
  'const',
  'volatile',
  'static',
  'extern',
  'inline',
  'typedef',
  'register',
  'auto',
]

/** The names of types that are declared before anything else. */
const builtinTypes = ['int', 'char', 'float', 'double', 'void', 'long int', 'short int', 'signed char']

/** The nearest name that is visible, a macro, or a keyword. */
export function suggestName(c: Context, name: string, kind: FuzzyKind): string | undefined {
  const match = new BestMatch(name)
  const isReserved = (text: string) => /^_[_A-Z]/.test(text)
  for (let { scope } = c; ; ) {
    for (const [candidate, symbol] of [...scope.names].toReversed()) {
      if (!isWanted(symbol, kind)) continue
      if (isReserved(candidate) && !isReserved(name)) continue
      match.consider(candidate)
    }
    if (scope.parent === undefined) break
    scope = scope.parent
  }
  for (const macro of c.preprocessor.macros.keys()) {
    if (isReserved(macro) && !isReserved(name)) continue
    match.consider(macro)
  }
  if (kind === 'any') for (const tag of c.fileScope.tags.keys()) if (!isReserved(tag)) match.consider(tag)
  if (kind !== 'function') for (const word of kind === 'type' ? typeWords : builtinTypes) match.consider(word)
  return match.result
}

function isWanted(symbol: Symbol, kind: FuzzyKind): boolean {
  if (symbol.kind === 'function' && symbol.implicit) return false
  if (kind === 'type') return symbol.kind === 'typedef'
  if (kind === 'any') return true
  if (symbol.kind === 'function') return true
  return symbol.kind === 'object' && symbol.type.kind === 'pointer' && symbol.type.to.kind === 'function'
}

/** A fix-it that adds a header after the last `#include`; once for each header. */
export function includeFixit(c: Context, header: string, at: Location): { at: Location; fixits: FixIt[] } {
  const { file } = at
  if (c.headersHinted.has(header) || at.via !== undefined) return { at, fixits: [] }
  c.headersHinted.add(header)
  const line = c.reporter.includeLine(file)
  return {
    at: { file, line, column: 1, end: 1 },
    fixits: [{ kind: 'new-line', line, text: `#include <${header}>` }],
  }
}

/** `‘NULL’ is defined in header …`, when a header is known to have the name. */
export function noteKnownHeader(c: Context, name: string, at: Location): void {
  const header = knownHeaders.get(name)
  if (header === undefined) return
  const place = includeFixit(c, header, at)
  c.reporter.note(place.at, `‘${name}’ is defined in header ‘<${header}>’; did you forget to ‘#include <${header}>’?`, {
    fixits: place.fixits,
  })
}

/** ‘x’ undeclared: once in each function. */
export function reportUndeclared(c: Context, name: string, at: Location): void {
  const known = c.currentFunction?.undeclared ?? c.undeclaredAtFile
  if (known.has(name)) return
  known.add(name)
  const where = c.currentFunction === undefined ? 'here (not in a function)' : '(first use in this function)'
  const header = c.preprocessor.macros.has(name) ? undefined : knownHeaders.get(name)
  const hint = header === undefined ? suggestName(c, name, 'any') : undefined
  c.reporter.error(
    at,
    `‘${name}’ undeclared ${where}${hint === undefined ? '' : `; did you mean ‘${hint}’?`}`,
    hint === undefined ? {} : { fixits: [{ kind: 'replace', at, text: hint }] },
  )
  if (header !== undefined) noteKnownHeader(c, name, at)
  if (c.currentFunction !== undefined && c.currentFunction.undeclared.size === 1 && !c.reporter.onceNoted) {
    c.reporter.onceNoted = true
    c.reporter.note(at, 'each undeclared identifier is reported only once for each function it appears in')
  }
}

/** `unknown type name ‘pidt’`. */
export function reportUnknownType(c: Context, name: string, at: Location): void {
  const header = knownHeaders.get(name)
  const hint = header === undefined ? suggestName(c, name, 'type') : undefined
  const message = `unknown type name ‘${name}’`
  if (hint !== undefined) {
    c.reporter.error(at, `${message}; did you mean ‘${hint}’?`, { fixits: [{ kind: 'replace', at, text: hint }] })
    return
  }
  c.reporter.error(at, message)
  noteKnownHeader(c, name, at)
}

/** Declares a function that is called without a declaration, with gcc's warnings. */
export function declareImplicitly(
  c: Context,
  name: string,
  at: Location,
  builtinType: (prototype: string) => FunctionType | undefined,
): FunctionSymbolEntry {
  const old = c.externals.get(name)
  if (old?.kind === 'function') {
    warnImplicit(c, name, at, undefined)
    c.fileScope.names.set(name, old)
    return old
  }
  const builtin = builtinHeaders.get(name)
  let type: FunctionType = { kind: 'function', returns: intType, parameters: [], variadic: false, hasPrototype: false }
  warnImplicit(c, name, at, builtin?.header)
  const known = builtin === undefined ? undefined : builtinType(builtin.prototype)
  if (builtin !== undefined && known !== undefined && !compatible(type, known)) {
    type = known
    const message = `incompatible implicit declaration of built-in function ‘${name}’`
    if (c.reporter.warning(at, 'builtin-declaration-mismatch', message)) {
      const place = includeFixit(c, builtin.header, at)
      c.reporter.note(place.at, `include ‘<${builtin.header}>’ or provide a declaration of ‘${name}’`, {
        fixits: place.fixits,
      })
    }
  }
  const entry: FunctionSymbolEntry = {
    kind: 'function',
    name,
    type,
    at,
    used: true,
    symbol: { name, type, isStatic: false },
    defined: false,
    implicit: true,
    isStatic: false,
    attributeUnused: false,
    noreturn: ['exit', '_exit', 'abort'].includes(name),
    isInline: false,
    parameterRanges: [],
  }
  c.externals.set(name, entry)
  c.fileScope.names.set(name, entry)
  return entry
}

function warnImplicit(c: Context, name: string, at: Location, header: string | undefined): void {
  const option = 'implicit-function-declaration'
  const message = `implicit declaration of function ‘${name}’`
  if (header !== undefined) {
    if (!c.reporter.warning(at, option, message)) return
    const place = includeFixit(c, header, at)
    c.reporter.note(place.at, `include ‘<${header}>’ or provide a declaration of ‘${name}’`, { fixits: place.fixits })
    return
  }
  const known = knownHeaders.get(name)
  const hint = known === undefined ? suggestName(c, name, 'function') : undefined
  const reported = c.reporter.warning(
    at,
    option,
    `${message}${hint === undefined ? '' : `; did you mean ‘${hint}’?`}`,
    hint === undefined ? {} : { fixits: [{ kind: 'replace', at, text: hint }] },
  )
  if (reported && known !== undefined) noteKnownHeader(c, name, at)
}
