// The front of the compiler in one call: a source text through preprocessor, parser and checker to the tree, with gcc's diagnostics.
import './builtins.ts'
import './compound-literals.ts'
import { Context } from './context.ts'
import type { Diagnostic } from './diagnostics.ts'
import { fallthroughs, reachesEnd } from './flow.ts'
import type { PendingFunction } from './context.ts'
import { parseDeclaration, setBodyParser } from './parse-declaration.ts'
import { parseBlock } from './parse-statement.ts'
import { setPrototypeParser } from './prototypes.ts'
import { type IncludedFile, Preprocessor } from './preprocess.ts'
import { rangeOfNode } from './ranges.ts'
import { Reporter, Stop, warningsOf } from './reporter.ts'
import type { Location } from './tokenize.ts'
import type { FunctionDefinition, Statement, TranslationUnit } from './tree.ts'
import { errorType, intType, pointerTo, unsignedType, voidType } from './type-rules.ts'
import type { CType, RecordLayout } from './types.ts'
import { reportUndefinedStatics, reportUnusedStatics } from './unused.ts'
import { warnUninitialized } from './uninitialized.ts'

export interface CheckOptions {
  /**
   * Finds the text of a header; a string stands in /usr/include (`<name>`) or beside the file (`"name"`).
   * @param from path of the file that includes it
   */
  include(name: string, quoted: boolean, from: string): IncludedFile | string | undefined
  /** `-D`: names and their text. */
  readonly defines?: readonly (readonly [string, string])[]
  /** `-U`. */
  readonly undefines?: readonly string[]
  /** What stands behind `-W`: `all`, `extra`, `no-unused-variable`. */
  readonly warnings?: readonly string[]
  /** For __DATE__ and __TIME__. */
  readonly date?: string
  readonly time?: string
}

export interface CheckResult {
  /** Absent when there was an error. */
  readonly unit?: TranslationUnit
  readonly diagnostics: readonly Diagnostic[]
  /** A header was missing, or something else ended the compilation at once. */
  readonly terminated: boolean
}

/** Reads and checks a translation unit. Never throws, whatever the text is. */
export function check(source: string, file: string, options: CheckOptions): CheckResult {
  const reporter = new Reporter(warningsOf(options.warnings ?? []))
  try {
    const preprocessor = newPreprocessor(source, file, reporter, options)
    const c = new Context(preprocessor, reporter, (options.warnings ?? []).includes('pedantic'))
    declareBuiltins(c)
    while (c.peek().kind !== 'end') {
      parseExternal(c)
    }
    c.peek()
    const functions = finish(c)
    if (reporter.errors > 0) return { diagnostics: reporter.diagnostics, terminated: false }
    const objects = c.objects.filter(({ type }) => type !== errorType)
    return { unit: { file, functions, objects }, diagnostics: reporter.diagnostics, terminated: false }
  } catch (error) {
    if (error instanceof Stop) return { diagnostics: reporter.diagnostics, terminated: true }
    return { diagnostics: [...reporter.diagnostics, failure(file, error)], terminated: true }
  }
}

/** What should not happen: a stack that is not deep enough for the program, or a defect of this compiler. */
function failure(file: string, error: unknown): Diagnostic {
  const message =
    error instanceof RangeError ? 'nesting is too deep for this compiler' : `internal compiler error: ${String(error)}`
  return { severity: 'error', message, file, line: 1, column: 0, option: undefined, heading: '', excerpt: '' }
}

export function newPreprocessor(source: string, file: string, reporter: Reporter, options: CheckOptions): Preprocessor {
  return new Preprocessor({ file, text: source }, reporter, {
    include: (name, quoted, from) => options.include(name, quoted, from),
    defines: options.defines ?? [],
    undefines: options.undefines ?? [],
    date: options.date ?? 'Jan  1 1970',
    time: options.time ?? '00:00:00',
  })
}

/** One declaration of file scope. */
function parseExternal(c: Context): void {
  if (c.is(';')) {
    c.next()
    return
  }
  if (c.is('asm') || c.is('__asm__')) {
    c.reporter.sorry(c.next().at, 'assembly')
    c.skipStatement()
    return
  }
  if (c.is('__extension__')) c.next()
  const before = c.peek()
  parseDeclaration(c, { nested: false, mayDefine: true })
  // What cannot begin anything must not hold the parser up.
  if (c.peek() === before && before.kind !== 'end') {
    c.next()
    c.hasError = false
  }
}

/** What is told at the end of the file, and the functions as they go on. */
function finish(c: Context): FunctionDefinition[] {
  const { reporter } = c
  reporter.currentFunction = undefined
  for (const at of c.nestedFunctions) {
    if (reporter.errors === 0) reporter.sorry(at, 'functions inside functions')
  }
  reportUndefinedStatics(c)
  const definitions = c.functions.map((pending) => finishFunction(c, pending))
  reporter.currentFunction = undefined
  reportUnusedStatics(c)
  if (reporter.errors === 0) {
    for (const { entry, definition } of c.functions) {
      reporter.currentFunction = entry.name
      warnUninitialized(reporter, definition)
    }
  }
  return definitions
}

function finishFunction(c: Context, { entry, definition }: PendingFunction): FunctionDefinition {
  const { returns } = entry.type.kind === 'function' ? entry.type : { returns: errorType }
  const known = (name: string) => {
    const symbol = c.externals.get(name) ?? c.fileScope.names.get(name)
    return symbol?.kind === 'function' && symbol.noreturn
  }
  const isOpen = reachesEnd(definition.body, ({ name }) => known(name))
  c.reporter.currentFunction = entry.name
  for (const { statement, label } of fallthroughs(definition.body, ({ name }) => known(name), c.meantFallthroughs)) {
    const node = statement.kind === 'expression' ? statement.expression : undefined
    const range = node === undefined ? undefined : rangeOfNode(node)
    const at = (range?.caret ?? statement.place) as Location
    const ranges = range === undefined ? [] : [range]
    if (c.reporter.warning(at, 'implicit-fallthrough=', 'this statement may fall through', { ranges })) {
      c.reporter.note(label.place as Location, 'here')
    }
  }
  if (!isOpen || returns.kind === 'void') return definition
  const end = { ...definition.end, end: definition.end.column }
  if (entry.name === 'main') {
    const zero: Statement = {
      kind: 'return',
      value: { kind: 'constant', value: 0n, type: intType, place: definition.end },
      place: definition.end,
    }
    return { ...definition, body: { kind: 'block', statements: [definition.body, zero], place: definition.body.place } }
  }
  if (!entry.noreturn) c.reporter.warning(end, 'return-type', 'control reaches end of non-void function')
  return definition
}

/** `__builtin_va_list`: an array of one structure, as the x86-64 ABI has it. */
function declareBuiltins(c: Context): void {
  const pointer = pointerTo(voidType)
  const record: RecordLayout = {
    form: 'struct',
    tag: '__va_list_tag',
    size: 24,
    alignment: 8,
    members: [
      { name: 'gp_offset', type: unsignedType, offset: 0 },
      { name: 'fp_offset', type: unsignedType, offset: 4 },
      { name: 'overflow_arg_area', type: pointer, offset: 8 },
      { name: 'reg_save_area', type: pointer, offset: 16 },
    ],
  }
  const type: CType = { kind: 'array', of: { kind: 'record', record }, length: 1 }
  const at = { file: '<built-in>', line: 1, column: 1, end: 1 }
  c.fileScope.names.set('__builtin_va_list', { kind: 'typedef', name: '__builtin_va_list', type, at, used: true })
}

setBodyParser((c) => parseBlock(c, true))
setPrototypeParser((text) => {
  const reporter = new Reporter(new Set())
  const preprocessor = newPreprocessor(`${text};`, '<built-in>', reporter, { include: () => undefined })
  const c = new Context(preprocessor, reporter)
  parseDeclaration(c, { nested: false, mayDefine: false })
  const [symbol] = c.externals.values()
  return symbol?.kind === 'function' && symbol.type.kind === 'function' ? symbol.type : undefined
})
