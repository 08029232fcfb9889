// Declarations and function definitions, of file scope and of blocks.
import type { Context, FunctionState } from './context.ts'
import { declareFunction, declareGlobal, declareLocal, declareTypedef, newObject } from './declare.ts'
import { type Declarator, parseDeclarator, type ParameterList } from './declarator.ts'
import { parseInitializer } from './initializers.ts'
import { parseStaticAssert } from './parse-tags.ts'
import type { FunctionSymbolEntry, ObjectSymbol } from './scope.ts'
import {
  type Attributes,
  guessUnknownType,
  noAttributes,
  parseAttributes,
  parseSpecifiers,
  type Specifiers,
  startsSpecifiers,
} from './specifiers.ts'
import type { Location } from './tokenize.ts'
import type { Initializer, Statement, Variable } from './tree.ts'
import { errorType, intType, isIncomplete } from './type-rules.ts'
import type { CType, FunctionType } from './types.ts'
import { leaveBlock, reportUnusedParameters } from './unused.ts'

/** Reads a function's body between braces; set when the parser is put together. */
export type BodyParser = (c: Context) => Statement

let parseBody: BodyParser | undefined

export function setBodyParser(parser: BodyParser): void {
  parseBody = parser
}

interface DeclarationOptions {
  /** In a block. */
  readonly nested: boolean
  /** A function may be defined. */
  readonly mayDefine: boolean
  /** `struct s;` and a lone `;` may stand. */
  readonly mayBeEmpty?: boolean
}

/** A declaration or a function definition; what it does at run time is added to `into`. */
export function parseDeclaration(c: Context, options: DeclarationOptions, into: Statement[] = []): void {
  if (c.is('_Static_assert')) {
    parseStaticAssert(c)
    return
  }
  const at = c.peek().at
  let { mayDefine } = options
  if (guessUnknownType(c, options.nested)) {
    const token = c.peek()
    // The name counts as a type from here on, so that its declaration is read as one.
    c.replaceNext({ ...token, text: '__unknown_type__' })
    c.scope.names.set('__unknown_type__', {
      kind: 'typedef',
      name: '__unknown_type__',
      type: intType,
      at,
      used: true,
    })
    mayDefine = !options.nested
  }
  const specifiers = parseSpecifiers(c, { storage: true, guess: 'declarator' })
  if (c.hasError) {
    c.skipStatement()
    return
  }
  if (options.nested && !specifiers.seen) {
    c.syntaxError('expected declaration specifiers')
    c.skipStatement()
    return
  }
  if (c.is(';')) {
    emptyDeclaration(c, specifiers, c.position.file === '' ? at : c.position)
    c.next()
    return
  }
  if (!options.nested || options.mayBeEmpty) {
    if (specifiers.typeKind === 'definition' && startsSpecifiers(c) && !c.isName()) {
      c.syntaxError('expected ‘;’, identifier or ‘(’')
      c.hasError = false
      return
    }
  }
  let toldNoType = false
  for (;;) {
    const declarator = parseDeclarator(c, specifiers.typeKind !== 'none', 'normal')
    if (declarator === undefined) {
      c.skipStatement()
      return
    }
    if (['=', ',', ';', 'asm', '__asm__', '__attribute__', '__attribute'].some((text) => c.is(text))) {
      if (!toldNoType && !specifiers.seen) {
        toldNoType = true
        c.reporter.warning(at, undefined, 'data definition has no type or storage class')
      }
      if (!declareOne(c, specifiers, declarator, into)) return
      if (c.accept(',')) continue
      if (c.accept(';')) return
      c.syntaxError('expected ‘,’ or ‘;’')
      c.skipStatement()
      return
    }
    if (startsSpecifiers(c) && declarator.list === undefined) {
      // The next declaration begins: a semicolon is missing.
      if (specifiers.seen) declareOne(c, specifiers, declarator, into)
      c.require(';', 'expected ‘;’')
      c.hasError = false
      return
    }
    if (!mayDefine) {
      c.syntaxError('expected ‘=’, ‘,’, ‘;’, ‘asm’ or ‘__attribute__’')
      c.skipStatement()
      return
    }
    const type = declarator.build(c, specifiers.type)
    if (type.kind !== 'function' || declarator.list === undefined || specifiers.storage === 'typedef') {
      c.syntaxError('expected ‘=’, ‘,’, ‘;’, ‘asm’ or ‘__attribute__’')
      return
    }
    defineFunction(c, specifiers, declarator, type, declarator.list)
    return
  }
}

function emptyDeclaration(c: Context, { type, typeKind, seen, storage }: Specifiers, at: Location): void {
  if (!seen) return
  if (type.kind === 'record' && (type.record.tag !== undefined || typeKind !== 'definition')) return
  if (type.kind === 'record') {
    c.reporter.warning(at, undefined, `unnamed struct/union that defines no instances`)
    return
  }
  if (type.kind === 'enum' || type === errorType) return
  if (typeKind === 'none' && storage === undefined) return
  c.reporter.warning(
    at,
    undefined,
    typeKind === 'none' ? 'empty declaration' : 'useless type name in empty declaration',
  )
}

/** One declarator with its initializer. False when the declaration is given up. */
function declareOne(c: Context, specifiers: Specifiers, declarator: Declarator, into: Statement[]): boolean {
  if (c.is('asm') || c.is('__asm__')) {
    c.reporter.sorry(c.next().at, 'asm labels')
    if (c.accept('(')) c.skipUntil(')', undefined)
  }
  const attributes: Attributes = { ...specifiers.attributes }
  parseAttributes(c, attributes)
  const { name = '', at } = declarator
  const built = declarator.build(c, specifiers.type)
  const hasInitializer = c.is('=')
  if (specifiers.storage === 'typedef') {
    if (hasInitializer) {
      c.reporter.error(at, `typedef ‘${name}’ is initialized (use ‘__typeof__’ instead)`)
      c.next()
      parseInitializer(c, errorType, name, false)
    }
    declareTypedef(c, name, built, at)
    return true
  }
  warnImplicitInt(c, specifiers, name, at)
  if (built.kind === 'function') {
    if (declarator.list?.names !== undefined) {
      c.reporter.warning(at, undefined, 'parameter names (without types) in function declaration')
    }
    declareFunction(c, name, built, declarator, specifiers, attributes, false)
    if (hasInitializer) {
      c.reporter.error(at, `function ‘${name}’ is initialized like a variable`)
      c.next()
      parseInitializer(c, errorType, name, false)
    }
    return true
  }
  let type: CType = built
  if (built.kind === 'void') {
    c.reporter.error(at, `variable or field ‘${name}’ declared void`)
    type = errorType
  }
  const isLocal = c.currentFunction !== undefined && specifiers.storage !== 'extern'
  if (isLocal) {
    declareBlockObject(c, specifiers, attributes, name, type, at, into)
    return true
  }
  declareFileObject(c, specifiers, attributes, name, type, at)
  return true
}

function warnImplicitInt(c: Context, specifiers: Specifiers, name: string, at: Location): void {
  if (specifiers.typeKind !== 'none') return
  c.reporter.warning(at, 'implicit-int', `type defaults to ‘int’ in declaration of ‘${name}’`)
}

function declareBlockObject(
  c: Context,
  specifiers: Specifiers,
  attributes: Attributes,
  name: string,
  declaredType: CType,
  at: Location,
  into: Statement[],
): void {
  const isStatic = specifiers.storage === 'static'
  const hasInitializer = c.is('=')
  let type = declaredType
  if (hasInitializer && type.kind === 'record' && type.record.members === undefined) {
    c.reporter.error(specifiers.tagAt ?? at, `variable ‘${name}’ has initializer but incomplete type`)
  }
  const symbol = declareLocal(c, name, type, at, specifiers, attributes, hasInitializer)
  let initializer: readonly Initializer[] | undefined
  if (hasInitializer) {
    c.next()
    const result = parseInitializer(c, type, name, isStatic, specifiers.tagAt)
    type = result.type
    initializer = result.list
  }
  if (type !== errorType && isIncomplete(type)) {
    reportIncomplete(c, name, type, at)
    type = errorType
  }
  complete(symbol, type)
  if (isStatic) {
    symbol.variable.initializer = initializer
    return
  }
  into.push({ kind: 'declaration', variable: symbol.variable, initializer, place: at })
}

function reportIncomplete(c: Context, name: string, type: CType, at: Location): void {
  if (type.kind === 'array') c.reporter.error(at, `array size missing in ‘${name}’`)
  else c.reporter.error(at, `storage size of ‘${name}’ isn’t known`)
}

function complete(symbol: ObjectSymbol, type: CType): void {
  symbol.type = type
  symbol.variable.type = type
}

function declareFileObject(
  c: Context,
  specifiers: Specifiers,
  attributes: Attributes,
  name: string,
  declaredType: CType,
  at: Location,
): void {
  const hasInitializer = c.is('=')
  const type = declaredType
  const inBlock = c.scope.kind !== 'file'
  if (specifiers.storage === 'auto' || specifiers.storage === 'register') {
    c.reporter.error(
      at,
      specifiers.storage === 'auto'
        ? `file-scope declaration of ‘${name}’ specifies ‘auto’`
        : `register name not specified for ‘${name}’`,
    )
  }
  if (hasInitializer && specifiers.storage === 'extern') {
    if (inBlock) c.reporter.error(at, `‘${name}’ has both ‘extern’ and initializer`)
    else c.reporter.warning(at, undefined, `‘${name}’ initialized and declared ‘extern’`)
  }
  if (hasInitializer && type.kind === 'record' && type.record.members === undefined) {
    c.reporter.error(specifiers.tagAt ?? at, `variable ‘${name}’ has initializer but incomplete type`)
  }
  const symbol = declareGlobal(c, name, type, at, specifiers, attributes, hasInitializer)
  if (!hasInitializer) return
  c.next()
  const result = parseInitializer(c, type, name, true, specifiers.tagAt)
  if (result.type !== errorType && isIncomplete(result.type)) reportIncomplete(c, name, result.type, at)
  complete(symbol, result.type)
  symbol.variable.initializer = result.list
}

// Functions ----------------------------------------------------------------------------------------------------------

function defineFunction(
  c: Context,
  specifiers: Specifiers,
  declarator: Declarator,
  declaredType: FunctionType,
  list: ParameterList,
): void {
  const { name = '', at } = declarator
  const nestedIn = c.currentFunction
  if (nestedIn !== undefined) nestedFunction(c, specifiers, name, at)
  let type = declaredType
  if (specifiers.typeKind === 'none') c.reporter.warning(at, 'implicit-int', 'return type defaults to ‘int’')
  if (type.returns.kind === 'record' && isIncomplete(type.returns)) {
    c.reporter.error(at, 'return type is an incomplete type')
    type = { ...type, returns: intType }
  }
  if (name === 'main') checkMain(c, type, at)
  const outerScope = c.scope
  const entry = declareFunction(c, name, type, declarator, specifiers, specifiers.attributes, true)
  const outerFunction = c.currentFunction
  const state: FunctionState = {
    entry,
    type,
    at,
    locals: [],
    labels: new Map(),
    undeclared: new Set(),
    switches: [],
    loops: 0,
    breakable: 0,
    returnsValue: false,
    returnsNothing: false,
  }
  c.currentFunction = state
  c.reporter.currentFunction = name
  // Parameters stand in a scope of their own, around the body's.
  list.scope.names.clear()
  const scope = { ...list.scope, parent: c.scope }
  c.scope = scope
  const parameters = declareParameters(c, list, entry, type)
  const place = c.peek().at
  let body: Statement = { kind: 'block', statements: [], place }
  readOldDeclarations(c, list)
  if (c.require('{', 'expected ‘{’')) body = parseBody === undefined ? body : parseBody(c)
  const end = c.last
  leaveBlock(c, scope, 'parameters')
  reportUnusedParameters(c, scope)
  c.scope = outerScope
  c.currentFunction = outerFunction
  c.reporter.currentFunction = outerFunction?.entry.name
  if (nestedIn !== undefined) return
  c.functions.push({
    entry,
    state,
    definition: {
      symbol: { name, type: entry.type, isStatic: entry.isStatic },
      parameters,
      variadic: type.variadic,
      locals: state.locals.filter((local) => local.type !== errorType),
      body,
      place: at,
      end,
    },
  })
}

/** Where the body should begin, gcc looks for declarations of an old-style list. */
function readOldDeclarations(c: Context, list: ParameterList): void {
  let hasDeclared = false
  while (!c.is('{') && c.peek().kind !== 'end') {
    const before = c.peek()
    const scope = c.enter('block')
    parseDeclaration(c, { nested: true, mayDefine: false })
    hasDeclared ||= scope.names.size > 0
    c.scope = scope.parent ?? c.fileScope
    if (c.peek() === before) c.next()
  }
  const at = c.currentFunction?.at
  if (hasDeclared && list.names === undefined && at !== undefined) {
    c.reporter.error(at, 'old-style parameter declarations in prototyped function definition')
  }
}

function nestedFunction(c: Context, { storage }: Specifiers, name: string, at: Location): void {
  // With a brace missing before it, gcc reads the next function as one inside this one, and complains at the end.
  c.nestedFunctions.push(at)
  if (storage === 'static') c.reporter.error(at, `invalid storage class for function ‘${name}’`)
  if (name === 'main') c.reporter.warning(at, 'main', '‘main’ is normally a non-static function')
}

function checkMain(c: Context, { returns, parameters }: FunctionType, at: Location): void {
  if (returns.kind !== 'integer' || returns.name !== 'int') {
    c.reporter.warning(at, 'main', 'return type of ‘main’ is not ‘int’')
  }
  const [first, second] = parameters
  if (first !== undefined && !(first.type.kind === 'integer' && first.type.name === 'int')) {
    c.reporter.warning(at, 'main', 'first argument of ‘main’ should be ‘int’')
  }
  const isVector =
    second === undefined ||
    (second.type.kind === 'pointer' && second.type.to.kind === 'pointer' && second.type.to.to.kind === 'integer')
  if (!isVector) c.reporter.warning(at, 'main', 'second argument of ‘main’ should be ‘char **’')
  if (parameters.length === 1 || parameters.length > 3) {
    c.reporter.warning(at, 'main', '‘main’ takes only zero or two arguments')
  }
}

function declareParameters(
  c: Context,
  list: ParameterList,
  entry: FunctionSymbolEntry,
  type: FunctionType,
): Variable[] {
  if (list.names !== undefined) return oldStyleParameters(c, list, entry, type)
  return list.parameters.map(({ name, type: own, at, attributes }, index) => {
    const parameterType = own !== errorType && isIncomplete(own) ? incompleteParameter(c, index, name, at) : own
    return addParameter(c, name, parameterType, at, attributes)
  })
}

function incompleteParameter(c: Context, index: number, name: string | undefined, at: Location): CType {
  c.reporter.error(at, `parameter ${index + 1}${name === undefined ? '' : ` (‘${name}’)`} has incomplete type`)
  return errorType
}

function addParameter(
  c: Context,
  name: string | undefined,
  type: CType,
  at: Location,
  attributes: Attributes,
): Variable {
  const variable = { name: name ?? '', type, storage: 'automatic' as const, initializer: undefined }
  if (name === undefined) return variable
  const symbol = newObject(variable, {
    at,
    role: 'parameter',
    initialized: true,
    isStatic: false,
    isExtern: false,
    attributeUnused: attributes.unused,
  })
  c.scope.names.set(name, symbol)
  return variable
}

/** `int f(a, b) int a; char *b; { … }`. */
function oldStyleParameters(
  c: Context,
  list: ParameterList,
  entry: FunctionSymbolEntry,
  type: FunctionType,
): Variable[] {
  const types = new Map<string, { type: CType; at: Location }>()
  while (!c.is('{') && c.peek().kind !== 'end') {
    const before = c.peek()
    const specifiers = parseSpecifiers(c, { storage: true, guess: 'never' })
    if (!specifiers.seen) {
      c.syntaxError('expected declaration specifiers')
      break
    }
    for (;;) {
      const declarator = parseDeclarator(c, specifiers.typeKind !== 'none', 'normal')
      if (declarator === undefined) break
      const { name = '', at } = declarator
      if (!(list.names ?? []).some((each) => each.name === name)) {
        c.reporter.error(at, `declaration for parameter ‘${name}’ but no such parameter`)
      }
      const own = declarator.build(c, specifiers.type)
      types.set(name, { type: own.kind === 'array' ? { kind: 'pointer', to: own.of } : own, at })
      if (!c.accept(',')) break
    }
    c.skipUntil(';', 'expected ‘;’')
    if (c.peek() === before) break
  }
  const parameters = (list.names ?? []).map(({ name }) => {
    const known = types.get(name)
    if (known === undefined) {
      c.reporter.warning(entry.at, 'implicit-int', `type of ‘${name}’ defaults to ‘int’`)
    }
    return addParameter(c, name, known?.type ?? intType, known?.at ?? entry.at, noAttributes())
  })
  void type
  return parameters
}
