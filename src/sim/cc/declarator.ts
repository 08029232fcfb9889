// Declarators: pointers, arrays, functions and parameter lists around a name, as functions that build a type of a base type.
import type { Context } from './context.ts'
import { keywords } from './context.ts'
import { reportUnknownType } from './names.ts'
import { isError } from './operand.ts'
import { parseAssignment, parseConditional } from './parse-expression.ts'
import { read } from './operand.ts'
import {
  type Attributes,
  noAttributes,
  parseAttributes,
  parseSpecifiers,
  startsSpecifiers,
  startsTypeName,
} from './specifiers.ts'
import type { Location } from './tokenize.ts'
import { adjustedParameter, compatible, errorType, isIncomplete, isInteger, quotedType } from './type-rules.ts'
import { type CType, type PointerType, sizeOf } from './types.ts'
import type { Scope } from './scope.ts'
import { newScope } from './scope.ts'

/** One parameter of a list. */
export interface ParameterDeclaration {
  readonly name: string | undefined
  readonly type: CType
  readonly at: Location
  readonly start: Location
  readonly finish: Location
  readonly attributes: Attributes
}

export interface ParameterList {
  readonly parameters: readonly ParameterDeclaration[]
  readonly variadic: boolean
  readonly hasPrototype: boolean
  /** Names of an old-style list, `f(a, b)`. */
  readonly names: readonly { readonly name: string; readonly at: Location }[] | undefined
  /** Tags that were declared inside it. */
  readonly scope: Scope
}

export interface Declarator {
  readonly name: string | undefined
  readonly at: Location
  /** The list that stands next to the name: of a function that is defined here. */
  readonly list: ParameterList | undefined
  readonly attributes: Attributes
  build(c: Context, base: CType): CType
}

type Layer = (c: Context, base: CType, name: string | undefined, at: Location) => CType

export type DeclaratorKind = 'normal' | 'abstract' | 'parameter'

/** Undefined after an error of syntax. */
export function parseDeclarator(c: Context, typeSeen: boolean, kind: DeclaratorKind): Declarator | undefined {
  return c.nested(() => {
    const pointers: Layer[] = []
    while (c.is('*') && c.peek().kind === 'punctuator') {
      c.next()
      pointers.push(parseQualifiers(c))
    }
    const direct = parseDirect(c, typeSeen, kind)
    if (direct === undefined) return undefined
    if (pointers.length === 0) return direct
    return {
      ...direct,
      build: (context, base) => {
        let type = base
        for (const layer of pointers) type = layer(context, type, direct.name, direct.at)
        return direct.build(context, type)
      },
    }
  })
}

function parseQualifiers(c: Context): Layer {
  let isConst = false
  let isVolatile = false
  let isRestrict = false
  for (;;) {
    const { text } = c.peek()
    if (text === 'const' || text === '__const' || text === '__const__') isConst = true
    else if (text === 'volatile' || text === '__volatile' || text === '__volatile__') isVolatile = true
    else if (text === 'restrict' || text === '__restrict' || text === '__restrict__') isRestrict = true
    else if (text === '__attribute__') {
      parseAttributes(c, noAttributes())
      continue
    } else break
    c.next()
  }
  return (_c, base) => {
    if (base === errorType) return base
    const type: PointerType = {
      kind: 'pointer',
      to: base,
      ...(isConst ? { isConst } : {}),
      ...(isVolatile ? { isVolatile } : {}),
      ...(isRestrict ? { isRestrict } : {}),
    }
    return type
  }
}

function parseDirect(c: Context, typeSeen: boolean, kind: DeclaratorKind): Declarator | undefined {
  const token = c.peek()
  if (kind !== 'abstract' && c.isName(token) && (typeSeen || !c.isTypedefName(token))) {
    c.next()
    return parseSuffixes(c, {
      name: token.text,
      at: token.at,
      list: undefined,
      attributes: noAttributes(),
      build: (_c, base) => base,
    })
  }
  if (kind !== 'normal' && c.is('[')) return parseSuffixes(c, nameless(token.at))
  if (c.is('(') && token.kind === 'punctuator') {
    const open = c.next().at
    const attributes = noAttributes()
    parseAttributes(c, attributes)
    if (kind !== 'normal' && (c.is(')') || startsSpecifiers(c))) {
      const list = parseParameters(c)
      if (list === undefined) return undefined
      return parseSuffixes(c, functionOf(nameless(token.at), list))
    }
    const inner = parseDeclarator(c, typeSeen, kind)
    if (inner === undefined) return undefined
    if (c.accept(')')) return parseSuffixes(c, inner)
    c.skipUntil(')', 'expected ‘)’', open)
    return undefined
  }
  if (kind === 'normal') {
    c.syntaxError('expected identifier or ‘(’')
    return undefined
  }
  return nameless(token.at)
}

function nameless(at: Location): Declarator {
  return { name: undefined, at, list: undefined, attributes: noAttributes(), build: (_c, base) => base }
}

/** `[…]` and `(…)` behind a declarator, innermost first. */
function parseSuffixes(c: Context, inner: Declarator): Declarator | undefined {
  if (c.is('[') && c.peek().kind === 'punctuator') {
    const array = parseArray(c, inner)
    return array === undefined ? undefined : parseSuffixes(c, array)
  }
  if (c.is('(') && c.peek().kind === 'punctuator') {
    c.next()
    const list = parseParameters(c)
    if (list === undefined) return undefined
    return parseSuffixes(c, functionOf(inner, list))
  }
  return inner
}

function functionOf(inner: Declarator, list: ParameterList): Declarator {
  return {
    ...inner,
    list: inner.list ?? list,
    build: (c, base) => inner.build(c, functionType(c, base, list, inner)),
  }
}

function functionType(c: Context, base: CType, list: ParameterList, { name, at }: Declarator): CType {
  let returns = base
  if (base.kind === 'function') {
    c.reporter.error(at, `‘${name ?? 'type name'}’ declared as function returning a function`)
    returns = errorType
  } else if (base.kind === 'array') {
    c.reporter.error(at, `‘${name ?? 'type name'}’ declared as function returning an array`)
    returns = errorType
  }
  return {
    kind: 'function',
    returns,
    parameters: list.parameters.map((parameter) => ({ name: parameter.name, type: parameter.type })),
    variadic: list.variadic,
    hasPrototype: list.hasPrototype,
  }
}

function parseArray(c: Context, inner: Declarator): Declarator | undefined {
  c.next()
  for (;;) {
    const { text } = c.peek()
    if (text === 'static' || text === 'const' || text === 'restrict' || text === 'volatile' || text === '__restrict')
      c.next()
    else break
  }
  let length: { value: bigint | undefined; at: Location; type: CType; isError: boolean } | undefined
  if (c.is('*') && c.is(']', 1)) {
    c.reporter.sorry(c.next().at, 'variable-length arrays')
    length = { value: 1n, at: inner.at, type: errorType, isError: true }
  } else if (!c.is(']')) {
    const operand = parseAssignment(c)
    const { node } = read(operand)
    const value = node.kind === 'constant' && typeof node.value === 'bigint' ? node.value : undefined
    length = { value, at: operand.start, type: node.type, isError: isError(operand) }
  }
  c.skipUntil(']', 'expected ‘]’')
  return { ...inner, build: (context, base) => inner.build(context, arrayType(context, base, length, inner)) }
}

function arrayType(
  c: Context,
  base: CType,
  length: { value: bigint | undefined; at: Location; type: CType; isError: boolean } | undefined,
  { name, at }: Declarator,
): CType {
  const named = name === undefined ? 'type name' : `‘${name}’`
  if (base === errorType || length?.isError) return errorType
  if (base.kind === 'void') {
    c.reporter.error(at, `declaration of ${named} as array of voids`)
    return errorType
  }
  if (base.kind === 'function') {
    c.reporter.error(at, `declaration of ${named} as array of functions`)
    return errorType
  }
  if (isIncomplete(base)) {
    c.reporter.error(at, `array type has incomplete element type ${quotedType(base)}`)
    return errorType
  }
  if (length === undefined) return { kind: 'array', of: base, length: undefined }
  if (!isInteger(length.type)) {
    c.reporter.error(at, `size of array ${named} has non-integer type`)
    return errorType
  }
  if (length.value === undefined) {
    if (c.currentFunction === undefined && c.scope.kind === 'file') {
      c.reporter.error(at, `variably modified ${named} at file scope`)
      return errorType
    }
    // A parameter's size says nothing.
    if (c.scope.kind === 'prototype') return { kind: 'array', of: base, length: undefined }
    c.reporter.sorry(at, 'variable-length arrays')
    return errorType
  }
  if (length.value < 0n) {
    c.reporter.error(at, `size of array ${named} is negative`)
    return errorType
  }
  if (length.value * BigInt(Math.max(1, sizeOf(base))) > 1n << 46n) {
    c.reporter.error(at, `size of array ${named} is too large`)
    return errorType
  }
  return { kind: 'array', of: base, length: Number(length.value) }
}

// Parameters ---------------------------------------------------------------------------------------------------------

/** Behind `(`: up to `)`. Undefined after an error. */
function parseParameters(c: Context): ParameterList | undefined {
  const scope = c.enter('prototype')
  try {
    return parseList(c, scope)
  } finally {
    c.scope = scope.parent ?? c.fileScope
  }
}

function parseList(c: Context, scope: Scope): ParameterList | undefined {
  const none = { parameters: [], variadic: false, names: undefined, scope }
  if (c.accept(')')) return { ...none, hasPrototype: false }
  if (startsNames(c)) return parseNames(c, scope)
  if (c.is('...')) {
    c.reporter.error(c.peek().at, 'ISO C requires a named argument before ‘...’')
    c.next()
    if (c.accept(')')) return { ...none, variadic: true, hasPrototype: true }
    c.skipUntil(')', 'expected ‘)’')
    return undefined
  }
  const parameters: ParameterDeclaration[] = []
  let isGood = true
  for (;;) {
    const parameter = c.nested(() => parseParameter(c))
    if (parameter === undefined) isGood = false
    else {
      parameters.push(parameter)
      declareParameter(c, scope, parameter)
    }
    if (c.accept(')')) return isGood ? finish(parameters, false) : undefined
    if (!c.require(',', 'expected ‘;’, ‘,’ or ‘)’', { unique: false })) {
      c.skipUntil(')', undefined)
      return undefined
    }
    if (c.accept('...')) {
      if (c.accept(')')) return isGood ? finish(parameters, true) : undefined
      c.skipUntil(')', 'expected ‘)’')
      return undefined
    }
  }

  function finish(list: ParameterDeclaration[], variadic: boolean): ParameterList {
    const [only] = list
    if (list.length === 1 && only !== undefined && only.name === undefined && only.type.kind === 'void') {
      if (only.type.isConst || only.type.isVolatile)
        c.reporter.error(only.at, '‘void’ as only parameter may not be qualified')
      return { parameters: [], variadic, hasPrototype: true, names: undefined, scope }
    }
    const checked = list.map((parameter, index) => {
      if (parameter.type.kind !== 'void') return parameter
      if (parameter.name === undefined) c.reporter.error(parameter.at, '‘void’ must be the only parameter')
      else
        c.reporter.error(
          parameter.at,
          `parameter ${index + 1} (‘${parameter.name}’) has void type`.replace('has void type', 'has incomplete type'),
        )
      return { ...parameter, type: errorType }
    })
    return { parameters: checked, variadic, hasPrototype: true, names: undefined, scope }
  }
}

function declareParameter(c: Context, scope: Scope, parameter: ParameterDeclaration): void {
  const { name, type, at } = parameter
  if (name === undefined) return
  const old = scope.names.get(name)
  if (old !== undefined) {
    const conflict = compatible(old.type, type)
      ? `redefinition of parameter ‘${name}’`
      : `conflicting types for ‘${name}’; have ${quotedType(type)}`
    const ranges = [{ start: parameter.start, caret: at, finish: parameter.finish }]
    c.reporter.error(at, conflict, { ranges })
    c.reporter.note(old.at, `previous definition of ‘${name}’ with type ${quotedType(old.type)}`)
    return
  }
  scope.names.set(name, {
    kind: 'object',
    name,
    type,
    at,
    used: true,
    read: true,
    role: 'parameter',
    initialized: true,
    isStatic: false,
    isExtern: false,
    attributeUnused: true,
    variable: { name, type, storage: 'automatic', initializer: undefined },
  })
}

function startsNames(c: Context): boolean {
  const token = c.peek()
  if (!c.isOrdinary(token)) return false
  const next = c.peek(1)
  if (next.kind === 'identifier') return false
  return next.text === ',' || next.text === ')' || !['*', '(', '['].includes(next.text)
}

function parseNames(c: Context, scope: Scope): ParameterList | undefined {
  const names: { name: string; at: Location }[] = []
  for (;;) {
    const token = c.peek()
    if (!c.isOrdinary(token)) break
    c.next()
    names.push({ name: token.text, at: token.at })
    if (!c.is(',')) break
    c.next()
    if (!c.isOrdinary()) {
      c.syntaxError('expected identifier')
      break
    }
  }
  if (c.accept(')')) return { parameters: [], variadic: false, hasPrototype: false, names, scope }
  c.skipUntil(')', 'expected ‘)’')
  return undefined
}

function parseParameter(c: Context): ParameterDeclaration | undefined {
  const token = c.peek()
  if (!startsSpecifiers(c)) {
    if (c.hasError) return undefined
    if (startsTypeName(c, 'type') && !keywords.has(token.text)) {
      reportUnknownType(c, token.text, token.at)
      c.hasError = true
    } else c.syntaxError('expected declaration specifiers or ‘...’')
    c.skipParameter()
    return undefined
  }
  const specifiers = parseSpecifiers(c, { storage: true, guess: 'never' })
  const declarator = parseDeclarator(c, specifiers.typeKind !== 'none', 'parameter')
  if (declarator === undefined) {
    c.skipParameter()
    return undefined
  }
  const finish = c.last
  const { attributes } = specifiers
  parseAttributes(c, attributes)
  if (specifiers.storage !== undefined && specifiers.storage !== 'register') {
    c.reporter.error(
      declarator.name === undefined ? specifiers.at : declarator.at,
      `storage class specified for ${declarator.name === undefined ? 'unnamed parameter' : `parameter ‘${declarator.name}’`}`,
    )
  }
  if (specifiers.typeKind === 'none') {
    const at = declarator.name === undefined ? specifiers.at : declarator.at
    c.reporter.warning(
      at,
      'implicit-int',
      `type defaults to ‘int’ in declaration of ${declarator.name === undefined ? 'type name' : `‘${declarator.name}’`}`,
    )
  }
  const type = adjustedParameter(declarator.build(c, specifiers.type))
  return {
    name: declarator.name,
    type,
    at: declarator.name === undefined ? specifiers.at : declarator.at,
    start: specifiers.at,
    finish,
    attributes,
  }
}

/** An empty list, as of `int f(void)`. */
export function emptyList(): ParameterList {
  return { parameters: [], variadic: false, hasPrototype: true, names: undefined, scope: newScope('prototype') }
}

/** The rest of a cast or sizeof: a type name, its `(` read. */
export function parseTypeName(c: Context): { type: CType; start: Location } | undefined {
  const start = c.peek().at
  const specifiers = parseSpecifiers(c, { storage: false, guess: 'never' })
  if (!specifiers.seen) {
    c.syntaxError('expected specifier-qualifier-list')
    return undefined
  }
  const declarator = parseDeclarator(c, specifiers.typeKind !== 'none', 'abstract')
  if (declarator === undefined) return undefined
  return { type: declarator.build(c, specifiers.type), start }
}

export { parseConditional }
