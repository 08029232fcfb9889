// Declared things enter their scope here: objects, functions, typedefs; what an earlier declaration says against it.
import type { Context } from './context.ts'
import type { Declarator, ParameterList } from './declarator.ts'
import type { FunctionSymbolEntry, ObjectSymbol, Symbol } from './scope.ts'
import type { Attributes, Specifiers } from './specifiers.ts'
import type { Location } from './tokenize.ts'
import { compatible, composite, errorType, quotedType, sameQualifiers } from './type-rules.ts'
import type { CType, FunctionType } from './types.ts'

/** Makes a name known in the current scope, after comparing it with an earlier declaration of the same scope. */
export function declareTypedef(c: Context, name: string, type: CType, at: Location): void {
  const old = c.scope.names.get(name)
  if (old !== undefined) {
    if (old.kind === 'typedef') {
      if (!compatible(old.type, type) || !sameQualifiers(old.type, type)) {
        c.reporter.error(at, `conflicting types for ‘${name}’; have ${quotedType(type)}`)
        c.reporter.note(old.at, `previous declaration of ‘${name}’ with type ${quotedType(old.type)}`)
      }
      return
    }
    differentKind(c, old, name, at)
    return
  }
  // A typedef names a struct, union or enumeration that has no tag.
  if (type.kind === 'record' && type.record.tag === undefined) type.record.alias ??= name
  if (type.kind === 'enum' && type.tag === undefined && type.enumeration !== undefined) type.enumeration.alias ??= name
  c.scope.names.set(name, { kind: 'typedef', name, type, at, used: false })
}

function differentKind(c: Context, old: Symbol, name: string, at: Location): void {
  c.reporter.error(at, `‘${name}’ redeclared as different kind of symbol`)
  noteOld(c, old, name)
}

function noteOld(c: Context, old: Symbol, name: string): void {
  const type = old.kind === 'enumerator' ? old.of : old.type
  const isDefinition =
    old.kind === 'enumerator' ||
    (old.kind === 'function' && old.defined) ||
    (old.kind === 'object' && (old.initialized || old.role === 'parameter'))
  const word =
    old.kind === 'function' && old.implicit ? 'implicit declaration' : isDefinition ? 'definition' : 'declaration'
  c.reporter.note(old.at, `previous ${word} of ‘${name}’ with type ${quotedType(type)}`)
}

/** Where a function declarator declares its parameters, for notes. */
export function parameterRanges(list: ParameterList | undefined): FunctionSymbolEntry['parameterRanges'] {
  return (list?.parameters ?? []).map(({ start, at, finish }) => ({ start, caret: at, finish }))
}

/** Declares a function, or defines it when `defines`. Undefined when the name means something else. */
export function declareFunction(
  c: Context,
  name: string,
  type: FunctionType,
  declarator: Declarator,
  { storage, isInline }: Specifiers,
  attributes: Attributes,
  defines: boolean,
): FunctionSymbolEntry {
  const { at } = declarator
  const old = c.scope.names.get(name) ?? (c.scope.kind === 'file' ? undefined : c.externals.get(name))
  const fresh = (): FunctionSymbolEntry => ({
    kind: 'function',
    name,
    type,
    at,
    used: false,
    symbol: { name, type, isStatic: storage === 'static' },
    defined: defines,
    implicit: false,
    isStatic: storage === 'static',
    attributeUnused: attributes.unused,
    noreturn: attributes.noreturn,
    format: attributes.format,
    isInline,
    parameterRanges: parameterRanges(declarator.list),
  })
  if (old === undefined) return bind(c, fresh(), defines)
  if (old.kind !== 'function') {
    differentKind(c, old, name, at)
    return fresh()
  }
  if (!compatible(old.type, type)) {
    c.reporter.error(at, `conflicting types for ‘${name}’; have ${quotedType(type)}`)
    noteOld(c, old, name)
    const entry = fresh()
    c.scope.names.set(name, entry)
    c.externals.set(name, entry)
    return entry
  }
  if (defines && old.defined) {
    c.reporter.error(at, `redefinition of ‘${name}’`)
    noteOld(c, old, name)
    return { ...fresh(), used: old.used }
  }
  if (storage === 'static' && !old.isStatic) {
    c.reporter.error(at, `static declaration of ‘${name}’ follows non-static declaration`)
    noteOld(c, old, name)
  }
  old.type = composite(type, old.type)
  if (old.implicit || defines || !old.defined) {
    old.at = at
    if (declarator.list?.hasPrototype || defines) old.parameterRanges = parameterRanges(declarator.list)
  }
  old.implicit = false
  old.defined ||= defines
  old.noreturn ||= attributes.noreturn
  old.format ??= attributes.format
  if (c.scope.kind !== 'file') c.scope.names.set(name, old)
  return old
}

function bind(c: Context, entry: FunctionSymbolEntry, defines: boolean): FunctionSymbolEntry {
  c.scope.names.set(entry.name, entry)
  // A function inside another one is its own, as a static one is.
  if (defines && c.scope.kind === 'block') entry.isStatic = true
  c.externals.set(entry.name, entry)
  c.declared.push(entry)
  return entry
}

/** A symbol for an object, of which nothing has been used yet. */
export function newObject(
  variable: ObjectSymbol['variable'],
  about: Pick<ObjectSymbol, 'at' | 'role' | 'initialized' | 'isStatic' | 'isExtern' | 'attributeUnused'>,
): ObjectSymbol {
  return { kind: 'object', name: variable.name, type: variable.type, used: false, read: false, variable, ...about }
}

/** Declares an object of file scope, or an `extern` one of a block. */
export function declareGlobal(
  c: Context,
  name: string,
  type: CType,
  at: Location,
  specifiers: Specifiers,
  attributes: Attributes,
  initialized: boolean,
): ObjectSymbol {
  const { storage } = specifiers
  const isExtern = storage === 'extern' && !initialized
  const isStatic = storage === 'static'
  const old = c.scope.names.get(name) ?? (c.scope.kind === 'file' ? undefined : c.externals.get(name))
  const fresh = (): ObjectSymbol =>
    newObject(
      { name, type, storage: isExtern ? 'external' : isStatic ? 'static' : 'global', initializer: undefined },
      { at, role: 'file', initialized, isStatic, isExtern, attributeUnused: attributes.unused },
    )
  if (old === undefined) {
    const symbol = fresh()
    c.scope.names.set(name, symbol)
    if (!isStatic) c.externals.set(name, symbol)
    c.objects.push(symbol.variable)
    c.declared.push(symbol)
    return symbol
  }
  if (old.kind !== 'object') {
    differentKind(c, old, name, at)
    return fresh()
  }
  if (old.role === 'file' && (!compatible(old.type, type) || !sameQualifiers(old.type, type))) {
    if (compatible(old.type, type)) c.reporter.error(at, `conflicting type qualifiers for ‘${name}’`)
    else c.reporter.error(at, `conflicting types for ‘${name}’; have ${quotedType(type)}`)
    noteOld(c, old, name)
    return fresh()
  }
  if (old.initialized && initialized) {
    c.reporter.error(at, `redefinition of ‘${name}’`)
    noteOld(c, old, name)
    return fresh()
  }
  if (isStatic && !old.isStatic) {
    c.reporter.error(at, `static declaration of ‘${name}’ follows non-static declaration`)
    noteOld(c, old, name)
  } else if (!isStatic && old.isStatic && storage !== 'extern') {
    c.reporter.error(at, `non-static declaration of ‘${name}’ follows static declaration`)
    noteOld(c, old, name)
  }
  old.type = composite(old.type, type)
  old.variable.type = old.type
  if (!isExtern && old.isExtern) {
    old.isExtern = false
    if (old.variable.storage === 'external') old.variable.storage = 'global'
  }
  old.initialized ||= initialized
  if (initialized) old.at = at
  if (c.scope.kind !== 'file') c.scope.names.set(name, old)
  return old
}

/** Declares an object of a block: automatic, or static. */
export function declareLocal(
  c: Context,
  name: string,
  type: CType,
  at: Location,
  specifiers: Specifiers,
  attributes: Attributes,
  initialized: boolean,
): ObjectSymbol {
  const isStatic = specifiers.storage === 'static'
  const symbol = newObject(
    { name, type, storage: isStatic ? 'static' : 'automatic', initializer: undefined },
    { at, role: 'local', initialized, isStatic, isExtern: false, attributeUnused: attributes.unused },
  )
  const old = c.scope.names.get(name)
  if (old !== undefined) {
    if (old.kind !== 'object') differentKind(c, old, name, at)
    else if (!compatible(old.type, type)) {
      c.reporter.error(at, `conflicting types for ‘${name}’; have ${quotedType(type)}`)
      noteLocal(c, old, name)
    } else {
      c.reporter.error(
        at,
        old.role === 'parameter'
          ? `‘${name}’ redeclared as different kind of symbol`
          : initialized || old.initialized || type !== errorType
            ? redeclaredText(name, initialized, old)
            : '',
      )
      noteLocal(c, old, name)
    }
    symbol.used = true
    symbol.read = true
  } else {
    const outer = c.scope.parent
    if (outer?.kind === 'prototype') {
      const parameter = outer.names.get(name)
      if (parameter !== undefined) {
        c.reporter.error(at, `‘${name}’ redeclared as different kind of symbol`)
        c.reporter.note(parameter.at, `previous definition of ‘${name}’ with type ${quotedType(parameter.type)}`)
      }
    }
  }
  c.scope.names.set(name, symbol)
  if (isStatic) c.objects.push(symbol.variable)
  else c.currentFunction?.locals.push(symbol.variable)
  return symbol
}

function redeclaredText(name: string, initialized: boolean, old: ObjectSymbol): string {
  return initialized || old.initialized ? `redefinition of ‘${name}’` : `redeclaration of ‘${name}’ with no linkage`
}

function noteLocal(c: Context, old: ObjectSymbol, name: string): void {
  const word = old.initialized ? 'definition' : 'declaration'
  c.reporter.note(old.at, `previous ${word} of ‘${name}’ with type ${quotedType(old.type)}`)
}
