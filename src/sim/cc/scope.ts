// Scopes: what each identifier and each tag means where, and what is known of a declared thing.
import type { Location } from './tokenize.ts'
import type { FunctionSymbol, Initializer, Variable } from './tree.ts'
import type { CType, RecordType } from './types.ts'

/** A variable while its declarations are read: its type may become complete. */
export interface DeclaredVariable extends Variable {
  type: CType
  storage: Variable['storage']
  initializer: readonly Initializer[] | undefined
}

interface SymbolBase {
  readonly name: string
  type: CType
  at: Location
  /** Named anywhere in an expression. */
  used: boolean
}

export interface ObjectSymbol extends SymbolBase {
  readonly kind: 'object'
  readonly variable: DeclaredVariable
  readonly role: 'file' | 'local' | 'parameter'
  /** Its value is used. */
  read: boolean
  /** It has an initializer, or is a definition with one. */
  initialized: boolean
  readonly isStatic: boolean
  /** Declared `extern` only, so far. */
  isExtern: boolean
  readonly attributeUnused: boolean
}

export interface FunctionSymbolEntry extends SymbolBase {
  readonly kind: 'function'
  readonly symbol: FunctionSymbol
  defined: boolean
  /** Made by a call without a declaration. */
  implicit: boolean
  isStatic: boolean
  readonly attributeUnused: boolean
  noreturn: boolean
  /** Position of the format string and of the first value, from 1: `format(printf, 1, 2)`. */
  format?: { readonly style: string; readonly string: number; readonly first: number } | undefined
  isInline: boolean
  /** Where each parameter is declared, for notes. */
  parameterRanges: readonly (
    | { readonly start: Location; readonly caret: Location; readonly finish: Location }
    | undefined
  )[]
}

export interface TypedefSymbol extends SymbolBase {
  readonly kind: 'typedef'
}

export interface EnumeratorSymbol extends SymbolBase {
  readonly kind: 'enumerator'
  readonly value: bigint
  readonly of: CType
}

export type Symbol = ObjectSymbol | FunctionSymbolEntry | TypedefSymbol | EnumeratorSymbol

export interface Tag {
  readonly form: 'struct' | 'union' | 'enum'
  type: CType
  at: Location
  defined: boolean
}

export interface Scope {
  readonly parent: Scope | undefined
  readonly names: Map<string, Symbol>
  readonly tags: Map<string, Tag>
  /** File, function prototype, block. The outermost block of a function has its parameters in `parent`. */
  readonly kind: 'file' | 'prototype' | 'block'
}

export function newScope(kind: Scope['kind'], parent?: Scope): Scope {
  return { kind, parent, names: new Map(), tags: new Map() }
}

export function lookupName(scope: Scope | undefined, name: string): Symbol | undefined {
  for (let current = scope; current !== undefined; current = current.parent) {
    const symbol = current.names.get(name)
    if (symbol !== undefined) return symbol
  }
  return undefined
}

export function lookupTag(scope: Scope | undefined, name: string): Tag | undefined {
  for (let current = scope; current !== undefined; current = current.parent) {
    const tag = current.tags.get(name)
    if (tag !== undefined) return tag
  }
  return undefined
}

/** A struct or union type's own record type, for members. */
export function recordOf(type: CType): RecordType | undefined {
  return type.kind === 'record' ? type : undefined
}
