// What the parser carries: tokens with lookahead, scopes, the function being compiled, and gcc's way of saying "expected …".
import type { FixIt, SourceRange } from './diagnostics.ts'
import { characterValue, numberValue, type NumberValue } from './literals.ts'
import type { Preprocessor } from './preprocess.ts'
import type { Reporter } from './reporter.ts'
import { lookupName, newScope, type FunctionSymbolEntry, type Scope, type Symbol } from './scope.ts'
import type { Location, Token } from './tokenize.ts'
import type { FunctionDefinition, Statement, Variable } from './tree.ts'
import type { CType, FunctionType } from './types.ts'

export const keywords: ReadonlySet<string> = new Set(
  (
    'auto break case char const continue default do double else enum extern float for goto if inline int long register ' +
    'restrict return short signed sizeof static struct switch typedef union unsigned void volatile while _Alignas ' +
    '_Alignof _Atomic _Bool _Complex _Generic _Imaginary _Noreturn _Static_assert _Thread_local __attribute__ ' +
    '__attribute __inline __inline__ __const __const__ __volatile __volatile__ __restrict __restrict__ __signed ' +
    '__signed__ __extension__ __typeof __typeof__ typeof asm __asm __asm__ __alignof __alignof__ __thread __label__ ' +
    '__builtin_va_arg __builtin_offsetof __builtin_types_compatible_p __builtin_choose_expr __func__ __FUNCTION__ ' +
    '__PRETTY_FUNCTION__ __auto_type __complex__ __real__ __imag__ __builtin_va_start __builtin_va_copy __builtin_va_end'
  ).split(' '),
)

/** Words that stand where an expression begins although they are keywords. */
const expressionWords: ReadonlySet<string> = new Set(['__func__', '__FUNCTION__', '__PRETTY_FUNCTION__'])

export interface LabelState {
  at: Location
  defined: Location | undefined
  used: boolean
  readonly attributeUnused?: boolean
}

export interface SwitchState {
  readonly type: CType
  readonly at: Location
  readonly cases: { low: bigint; high: bigint; at: Location }[]
  defaultAt: Location | undefined
}

/** The function whose body is being read. */
export interface FunctionState {
  readonly entry: FunctionSymbolEntry
  readonly type: FunctionType
  readonly at: Location
  readonly locals: Variable[]
  readonly labels: Map<string, LabelState>
  readonly undeclared: Set<string>
  readonly switches: SwitchState[]
  loops: number
  breakable: number
  returnsValue: boolean
  returnsNothing: boolean
}

export interface PendingFunction {
  readonly definition: FunctionDefinition
  readonly entry: FunctionSymbolEntry
  readonly state: FunctionState
}

interface RequireOptions {
  /** The bracket that is to be closed. */
  readonly matching?: Location | undefined
  /** The token is the only right one: a fix-it says so. */
  readonly unique?: boolean
}

const openingBrackets: ReadonlySet<string> = new Set(['(', '[', '{'])

/** A bound for nesting: beyond it the compiler would run out of stack. */
const deepest = 400

export class Context {
  readonly reporter: Reporter
  readonly preprocessor: Preprocessor
  readonly fileScope: Scope = newScope('file')
  scope: Scope = this.fileScope
  /** Declarations with linkage by name, wherever they stand. */
  readonly externals = new Map<string, Symbol>()
  readonly functions: PendingFunction[] = []
  readonly objects: Variable[] = []
  /** File-scope names in order, for what is unused at the end. */
  readonly declared: Symbol[] = []
  currentFunction: FunctionState | undefined
  undeclaredAtFile = new Set<string>()
  /** An error is being recovered from: no more of "expected …" until then. */
  hasError = false
  /** The first token of the line that is being read, or the last error: what is wrong at the end of the file stands there. */
  position: Location = { file: '', line: 1, column: 1, end: 1 }
  /** The end of what was consumed last. */
  last: Location = { file: '', line: 1, column: 1, end: 1 }
  /** Inside sizeof and its like: nothing is evaluated. */
  unevaluated = 0
  inIfBlock = false
  /** Case labels and empty statements that say that falling through is meant. */
  readonly meantFallthroughs = new WeakSet<Statement>()
  /** Where functions inside functions stand. */
  readonly nestedFunctions: Location[] = []
  readonly headersHinted = new Set<string>()
  readonly pedantic: boolean
  readonly #numbers = new WeakMap<Token, NumberValue | undefined>()
  readonly #characters = new WeakMap<Token, bigint | undefined>()
  #queue: Token[] = []
  #depth = 0
  #staticNumber = 0

  constructor(preprocessor: Preprocessor, reporter: Reporter, pedantic = false) {
    this.preprocessor = preprocessor
    this.reporter = reporter
    this.pedantic = pedantic
  }

  /** A number for objects that need a name of their own. */
  nextNumber(): number {
    this.#staticNumber += 1
    return this.#staticNumber
  }

  // Tokens -----------------------------------------------------------------------------------------------------------

  peek(ahead = 0): Token {
    while (this.#queue.length <= ahead) this.#queue.push(this.#fetch())
    return this.#queue[ahead] ?? this.preprocessor.next()
  }

  /** As gcc's lexer, says what is wrong with a number or character when the token is first seen. */
  #fetch(): Token {
    const token = this.preprocessor.next()
    if (token.first && token.kind !== 'end' && token.at.via === undefined) this.position = token.at
    if (token.kind === 'number') this.#numbers.set(token, numberValue(token, this.reporter))
    else if (token.kind === 'character') this.#characters.set(token, characterValue(token, this.reporter))
    return token
  }

  /** A number's value; undefined when it is wrong. */
  numberOf(token: Token): NumberValue | undefined {
    return this.#numbers.get(token)
  }

  /** A character constant's value; undefined when it is wrong. */
  characterOf(token: Token): bigint | undefined {
    return this.#characters.get(token)
  }

  next(): Token {
    const token = this.peek()
    if (token.kind !== 'end') {
      this.#queue.shift()
      this.last = token.at
    }
    return token
  }

  /** Puts another token in place of the next one. */
  replaceNext(token: Token): void {
    this.peek()
    this.#queue[0] = token
  }

  /** Whether the next token is this punctuator or keyword. */
  is(text: string, ahead = 0): boolean {
    return this.peek(ahead).text === text
  }

  /** Consumes the token when it is the next one. */
  accept(text: string): boolean {
    if (!this.is(text)) return false
    this.next()
    return true
  }

  isKeyword(token = this.peek()): boolean {
    return token.kind === 'identifier' && keywords.has(token.text) && !expressionWords.has(token.text)
  }

  /** An identifier that is neither keyword nor typedef name. */
  isOrdinary(token = this.peek()): boolean {
    return token.kind === 'identifier' && !keywords.has(token.text) && this.lookup(token.text)?.kind !== 'typedef'
  }

  isName(token = this.peek()): boolean {
    return token.kind === 'identifier' && !keywords.has(token.text)
  }

  isTypedefName(token = this.peek()): boolean {
    return token.kind === 'identifier' && !keywords.has(token.text) && this.lookup(token.text)?.kind === 'typedef'
  }

  // Scopes -----------------------------------------------------------------------------------------------------------

  lookup(name: string): Symbol | undefined {
    return lookupName(this.scope, name)
  }

  enter(kind: Scope['kind']): Scope {
    this.scope = newScope(kind, this.scope)
    return this.scope
  }

  leave(): Scope {
    const left = this.scope
    this.scope = left.parent ?? this.fileScope
    return left
  }

  /** Runs something one level deeper; past the bound it ends the compilation. */
  nested<T>(parse: () => T): T {
    this.#depth += 1
    if (this.#depth > deepest) this.reporter.fatal(this.peek().at, 'nesting is too deep for this compiler')
    try {
      return parse()
    } finally {
      this.#depth -= 1
    }
  }

  // Errors of syntax -------------------------------------------------------------------------------------------------

  /** `MESSAGE before ‘;’ token`, unless an error is being recovered from. */
  syntaxError(message: string): void {
    const token = this.peek()
    this.#syntaxError(message, token.kind === 'end' && this.position.file !== '' ? this.position : token.at, [], [])
  }

  #syntaxError(message: string, at: Location, ranges: readonly SourceRange[], fixits: readonly FixIt[]): boolean {
    if (this.hasError) return false
    this.hasError = true
    this.position = at
    this.reporter.error(at, `${message}${before(this.peek(), this.isKeyword())}`, { ranges, fixits })
    return true
  }

  /** Consumes the token, or says what was expected. Gives whether it was there. */
  require(text: string, message: string, { matching, unique = true }: RequireOptions = {}): boolean {
    if (this.is(text)) {
      this.next()
      return true
    }
    const next = this.peek()
    // Of what came through a system's macro only the beginning is shown.
    const found = next.at.isSystemMacro ? { ...next.at, end: next.at.column } : next.at
    if (next.kind === 'end' && text === '{') {
      if (!this.hasError)
        this.reporter.error({ ...next.at, line: this.reporter.lineCount(next.at.file) }, `${message} at end of input`, {
          lineOnly: true,
        })
      this.hasError = true
      return false
    }
    let at = found
    const ranges: SourceRange[] = []
    const fixits: FixIt[] = []
    if (openingBrackets.has(text)) {
      // What opens goes before what is there.
      if (unique && !this.hasError && found.via === undefined && next.kind !== 'end' && text !== '{') {
        fixits.push({ kind: 'insert', line: found.line, column: found.column, text })
      }
    } else if (
      text !== '}' &&
      unique &&
      !this.hasError &&
      found.via === undefined &&
      this.last.via === undefined &&
      !this.last.isSystemMacro &&
      !this.last.isMacroArgument &&
      found.file === this.last.file
    ) {
      const { file, line, end } = this.last
      at = { file, line, column: end + 1, end: end + 1 }
      fixits.push({ kind: 'insert', line, column: end + 1, text })
      ranges.push({ start: found, finish: found })
    }
    let near = false
    if (
      matching !== undefined &&
      matching.line === at.line &&
      matching.file === at.file &&
      matching.via === undefined
    ) {
      ranges.push({ start: matching, finish: matching })
      near = true
    }
    if (this.#syntaxError(message, at, ranges, fixits) && matching !== undefined && !near) {
      this.reporter.note(matching, `to match this ‘${matchingBracket(text)}’`)
    }
    return false
  }

  /** Requires the token; when it is missing, goes on behind the next one that is not inside brackets. */
  skipUntil(text: string, message: string | undefined, matching?: Location): void {
    if (message !== undefined && this.require(text, message, { matching })) return
    let depth = 0
    for (;;) {
      const token = this.peek()
      if (token.text === text && depth === 0) {
        this.next()
        break
      }
      if (token.kind === 'end') return
      if (token.kind === 'punctuator') {
        if (token.text === '{' || token.text === '(' || token.text === '[') depth += 1
        else if (token.text === '}' || token.text === ')' || token.text === ']') {
          if (depth === 0) break
          depth -= 1
        }
      }
      this.next()
    }
    this.hasError = false
  }

  /** Goes on behind the statement's `;` or the block's `}`. */
  skipStatement(): void {
    let depth = 0
    for (;;) {
      const token = this.peek()
      if (token.kind === 'end') return
      this.next()
      if (token.kind !== 'punctuator') continue
      if (token.text === ';' && depth === 0) break
      if (token.text === '{') depth += 1
      else if (token.text === '}') {
        if (depth <= 1) break
        depth -= 1
      }
    }
    this.hasError = false
  }

  /** Goes to the `,` or `)` that ends a parameter. */
  skipParameter(): void {
    let depth = 0
    for (;;) {
      const token = this.peek()
      if (token.kind === 'end') return
      if (token.kind === 'punctuator') {
        if ((token.text === ',' || token.text === ';') && depth === 0) break
        if (token.text === '(' || token.text === '[' || token.text === '{') depth += 1
        else if (token.text === ')' || token.text === ']' || token.text === '}') {
          if (depth === 0) break
          depth -= 1
        }
      }
      this.next()
    }
    this.hasError = false
  }
}

function matchingBracket(text: string): string {
  return text === ')' ? '(' : text === ']' ? '[' : '{'
}

/** How gcc names the token that it did not expect. */
function before(token: Token, isKeyword: boolean): string {
  switch (token.kind) {
    case 'end':
      return ' at end of input'
    case 'character':
      return ` before ${token.text}`
    case 'string':
      return ' before string constant'
    case 'number':
      return ' before numeric constant'
    case 'identifier':
      return isKeyword || token.kind === 'identifier' ? ` before ‘${token.text}’` : ''
    default:
      return ` before ‘${token.text}’ token`
  }
}
