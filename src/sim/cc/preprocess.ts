// The preprocessor: tokens out of files, conditional groups, includes and macros, one at a time as the parser asks for them.
import { evaluateCondition, replaceDefined } from './condition.ts'
import { readDefinition } from './definitions.ts'
import { dynamicMacro } from './dynamic-macros.ts'
import { type Expansion, outermost, substitute } from './macro-expansion.ts'
import { type Macro, macroOf, predefinedMacros, sameMacro } from './macros.ts'
import { isSystemHeader, type Reporter } from './reporter.ts'
import { suggest } from './spelling.ts'
import { type Location, placeAfter, type Token, type TokenizedFile, tokenize } from './tokenize.ts'

/** A header's text, and the path that messages name it by. */
export interface IncludedFile {
  readonly file: string
  readonly text: string
}

export interface PreprocessorOptions {
  /**
   * Finds a header.
   * @param quoted `"name"` rather than `<name>`
   * @param from path of the file that includes it
   */
  readonly include: (name: string, quoted: boolean, from: string) => IncludedFile | string | undefined
  /** As -D gives them: name and text. */
  readonly defines: readonly (readonly [string, string])[]
  readonly undefines: readonly string[]
  /** `Nov 24 2026` and `20:00:00`, for __DATE__ and __TIME__. */
  readonly date: string
  readonly time: string
}

interface Conditional {
  readonly at: Location
  readonly name: string
  /** A group of it has been taken. */
  taken: boolean
  seenElse: boolean
}

interface Frame {
  readonly source: TokenizedFile
  index: number
  readonly conditionals: Conditional[]
}

/** Tokens that stand before the rest of the file: a macro's replacement, an argument, a token given back. */
interface Context {
  readonly tokens: readonly Token[]
  index: number
  readonly macro: Macro | undefined
}

const includeDepth = 200
/** A bound for macros that grow without end. */
const mostTokens = 300_000

const directives = [
  'define',
  'include',
  'endif',
  'ifdef',
  'if',
  'else',
  'ifndef',
  'undef',
  'line',
  'elif',
  'error',
  'pragma',
  'warning',
  'include_next',
]

/** Headers do not change, and are read by every program: their tokens are kept. */
const tokenizedHeaders = new Map<string, TokenizedFile>()

function tokenizeFile({ file, text }: IncludedFile): TokenizedFile {
  if (!isSystemHeader(file)) return tokenize(text, file)
  const known = tokenizedHeaders.get(file)
  if (known?.text === text) return known
  const source = tokenize(text, file)
  tokenizedHeaders.set(file, source)
  return source
}

export class Preprocessor {
  readonly macros: Map<string, Macro> = predefinedMacros()
  readonly #frames: Frame[] = []
  readonly #contexts: Context[] = []
  readonly #once = new Set<string>()
  readonly #reporter: Reporter
  readonly #options: PreprocessorOptions
  readonly #expansion: Expansion
  #produced = 0
  #counter = 0
  #ended: Token | undefined

  constructor(source: IncludedFile, reporter: Reporter, options: PreprocessorOptions) {
    this.#reporter = reporter
    this.#expansion = { reporter, expandList: (tokens) => this.#expandList(tokens) }
    this.#options = options
    for (const [name, text] of options.defines) this.macros.set(name, macroOf(name, text))
    for (const name of options.undefines) this.macros.delete(name)
    this.#enter(tokenize(source.text, source.file), undefined)
  }

  /** The next token with macros replaced; after the end, the end again. */
  next(): Token {
    for (;;) {
      const token = this.#expanded()
      if (token.kind === 'placemarker') continue
      if (token.problems !== undefined) this.#report(token)
      if (token.kind === 'stray') continue
      if (token.kind === 'punctuator' && token.text.startsWith('#')) {
        this.#reporter.error(token.at, `stray ‘${token.text}’ in program`)
        continue
      }
      return token
    }
  }

  #report({ problems = [] }: Token): void {
    for (const { severity, message, at, option, escape } of problems) {
      if (severity === 'error') this.#reporter.error(at, message, { escape })
      else this.#reporter.warning(at, option, message)
    }
  }

  #enter(source: TokenizedFile, from: Location | undefined): void {
    this.#reporter.addFile(source, from)
    this.#frames.push({ source, index: 0, conditionals: [] })
  }

  /** The next token, macros replaced. */
  #expanded(): Token {
    for (;;) {
      const token = this.#read()
      if (token.kind !== 'identifier' || token.painted) return token
      const macro = this.macros.get(token.text)
      if (macro === undefined) {
        const { file } = this.#frames[0]?.source ?? { file: '' }
        const dynamic = dynamicMacro(token, {
          ...this.#options,
          file,
          depth: this.#frames.length - 1,
          counter: () => (this.#counter += 1) - 1,
        })
        return dynamic ?? token
      }
      if (macro.active > 0) return { ...token, painted: true }
      if (macro.parameters === undefined) {
        this.#push(substitute(macro, token, [], this.#expansion), macro)
        continue
      }
      const open = this.#read()
      if (open.text !== '(' || open.kind !== 'punctuator') {
        this.#giveBack(open)
        return token
      }
      const list = this.#arguments(macro, token)
      if (list === undefined) return token
      this.#push(substitute(macro, token, list, this.#expansion), macro)
    }
  }

  #push(tokens: readonly Token[], macro: Macro | undefined): void {
    if (macro !== undefined) macro.active += 1
    this.#contexts.push({ tokens, index: 0, macro })
    this.#produced += tokens.length
    const first = tokens[0]
    if (this.#produced > mostTokens && first !== undefined) {
      this.#reporter.fatal(outermost(first.at), 'macros expand to more tokens than this compiler keeps')
    }
  }

  #giveBack(token: Token): void {
    this.#contexts.push({ tokens: [token], index: 0, macro: undefined })
  }

  /** The next token, macros not replaced, directives carried out. */
  #read(): Token {
    for (;;) {
      const context = this.#contexts.at(-1)
      if (context === undefined) return this.#readFile()
      const token = context.tokens[context.index]
      if (token !== undefined) {
        context.index += 1
        return token
      }
      this.#contexts.pop()
      if (context.macro !== undefined) context.macro.active -= 1
    }
  }

  #readFile(): Token {
    for (;;) {
      if (this.#ended !== undefined) return this.#ended
      const frame = this.#frames.at(-1)
      const token = frame?.source.tokens[frame.index]
      if (frame === undefined || token === undefined) return this.#ended ?? endToken
      if (token.first && token.text === '#' && token.kind === 'punctuator') {
        this.#directive(frame)
        continue
      }
      if (token.kind !== 'end') {
        frame.index += 1
        return token
      }
      for (const { at, name } of frame.conditionals.toReversed()) {
        this.#reporter.error(at, `unterminated #${name}`, { lineOnly: true })
      }
      if (this.#frames.length === 1) {
        this.#ended = { ...token, problems: [] }
        if (token.problems !== undefined) this.#report(token)
        return this.#ended
      }
      if (token.problems !== undefined) this.#report(token)
      this.#frames.pop()
    }
  }

  // Directives -------------------------------------------------------------------------------------------------------

  /** The tokens of the line that the frame stands at, `#` left out. */
  #line(frame: Frame): Token[] {
    const tokens: Token[] = []
    frame.index += 1
    for (;;) {
      const token = frame.source.tokens[frame.index]
      if (token === undefined || token.first || token.kind === 'end') return tokens
      tokens.push(token)
      frame.index += 1
    }
  }

  #directive(frame: Frame): void {
    const hash = frame.source.tokens[frame.index]
    if (hash === undefined) return
    const [name, ...rest] = this.#line(frame)
    if (name === undefined) return
    switch (name.text) {
      case 'define':
        return this.#define(name, rest)
      case 'undef':
        return this.#undefine(name, rest)
      case 'include':
      case 'include_next':
        return this.#include(frame, name, rest)
      case 'if':
        return this.#open(frame, name, this.#condition(name, rest))
      case 'ifdef':
      case 'ifndef': {
        const [macro, more] = rest
        if (macro === undefined) {
          this.#reporter.error(placeAfter(name.at), `no macro name given in #${name.text} directive`)
          return this.#open(frame, name, false)
        }
        if (macro.kind !== 'identifier') {
          this.#reporter.error(macro.at, 'macro names must be identifiers')
          return this.#open(frame, name, false)
        }
        if (more !== undefined) this.#extraTokens(more, name.text)
        return this.#open(frame, name, this.macros.has(macro.text) === (name.text === 'ifdef'))
      }
      case 'elif':
      case 'else':
      case 'endif':
        return this.#branch(frame, name, rest)
      case 'error':
        return this.#reporter.error(name.at, `#error${said(rest)}`)
      case 'warning':
        this.#reporter.warning(name.at, 'cpp', `#warning${said(rest)}`)
        return
      case 'pragma':
        if (rest[0]?.text === 'once') this.#once.add(frame.source.file)
        else if (rest[0] !== undefined && !['GCC', 'STDC', 'pack', 'weak'].includes(rest[0].text)) {
          this.#reporter.warning(hash.at, 'unknown-pragmas', `ignoring ‘#pragma ${said(rest).trim()}’`)
        }
        return
      case 'line':
      case 'ident':
        return
      default:
        if (name.kind === 'number') return
        this.#unknown(name)
    }
  }

  #unknown(name: Token): void {
    const hint = name.kind === 'identifier' ? suggest(name.text, directives) : undefined
    this.#reporter.error(
      name.at,
      `invalid preprocessing directive #${name.text}${hint === undefined ? '' : `; did you mean #${hint}?`}`,
      hint === undefined ? {} : { fixits: [{ kind: 'replace', at: name.at, text: hint }] },
    )
  }

  #extraTokens(token: Token, directive: string, option?: string): void {
    this.#reporter.warning(
      option === undefined && directive !== 'include' ? { ...token.at, end: token.at.column } : token.at,
      option,
      `extra tokens at end of #${directive} directive`,
    )
  }

  #open(frame: Frame, { at, text }: Token, taken: boolean): void {
    frame.conditionals.push({ at, name: text, taken, seenElse: false })
    if (!taken) this.#skip(frame)
  }

  /** Skips to the directive that ends this group: an `#elif` that holds, `#else`, or `#endif`. */
  #skip(frame: Frame): void {
    let depth = 0
    for (;;) {
      const token = frame.source.tokens[frame.index]
      if (token === undefined || token.kind === 'end') return
      if (!token.first || token.text !== '#') {
        frame.index += 1
        continue
      }
      const start = frame.index
      const [name] = this.#line(frame)
      if (name === undefined) continue
      if (name.text === 'if' || name.text === 'ifdef' || name.text === 'ifndef') depth += 1
      else if (name.text === 'endif' && depth > 0) depth -= 1
      else if (depth === 0 && (name.text === 'elif' || name.text === 'else' || name.text === 'endif')) {
        frame.index = start
        this.#resume(frame)
        return
      }
    }
  }

  /** At the `#elif`, `#else` or `#endif` that ends a skipped group. */
  #resume(frame: Frame): void {
    const [name, ...rest] = this.#line(frame)
    const conditional = frame.conditionals.at(-1)
    if (name === undefined || conditional === undefined) return
    if (name.text === 'endif') {
      frame.conditionals.pop()
      if (rest[0] !== undefined) this.#extraTokens(rest[0], 'endif', 'endif-labels')
      return
    }
    if (this.#afterElse(conditional, name)) return this.#skip(frame)
    if (name.text === 'else') conditional.seenElse = true
    const holds = !conditional.taken && (name.text === 'else' || this.#condition(name, rest))
    if (holds) conditional.taken = true
    else this.#skip(frame)
  }

  /** `#elif`, `#else`, `#endif` after a group that was taken. */
  #branch(frame: Frame, name: Token, rest: readonly Token[]): void {
    const conditional = frame.conditionals.at(-1)
    if (conditional === undefined) return this.#reporter.error(name.at, `#${name.text} without #if`)
    if (name.text === 'endif') {
      if (rest[0] !== undefined) this.#extraTokens(rest[0], 'endif', 'endif-labels')
      frame.conditionals.pop()
      return
    }
    if (rest[0] !== undefined && name.text === 'else') this.#extraTokens(rest[0], 'else', 'endif-labels')
    this.#afterElse(conditional, name)
    if (name.text === 'else') conditional.seenElse = true
    this.#skip(frame)
  }

  #afterElse(conditional: Conditional, name: Token): boolean {
    if (!conditional.seenElse) return false
    this.#reporter.error(name.at, `#${name.text} after #else`)
    this.#reporter.note(conditional.at, 'the conditional began here', { lineOnly: true })
    return true
  }

  #condition(name: Token, tokens: readonly Token[]): boolean {
    const prepared = replaceDefined(tokens, name, this.#expansion, (macro) => this.macros.has(macro))
    if (prepared === undefined) return false
    return evaluateCondition(prepared, name, this.#reporter)
  }

  #define(directive: Token, tokens: readonly Token[]): void {
    const macro = readDefinition(directive, tokens, this.#reporter)
    if (macro === undefined) return
    const old = this.macros.get(macro.name)
    if (old !== undefined && !sameMacro(old, macro)) {
      this.#reporter.warning(macro.at, undefined, `"${macro.name}" redefined`, { lineOnly: true })
      if (old.at.file !== '<command-line>') {
        this.#reporter.note(old.at, 'this is the location of the previous definition', { lineOnly: true })
      }
    }
    this.macros.set(macro.name, macro)
  }

  #undefine(directive: Token, [name, more]: readonly Token[]): void {
    if (name === undefined) {
      return this.#reporter.error(placeAfter(directive.at), 'no macro name given in #undef directive')
    }
    if (name.kind !== 'identifier') return this.#reporter.error(name.at, 'macro names must be identifiers')
    if (more !== undefined) this.#extraTokens(more, 'undef')
    this.macros.delete(name.text)
  }

  #include(frame: Frame, directive: Token, tokens: readonly Token[]): void {
    const words = tokens[0]?.kind === 'identifier' ? this.#expandList(tokens) : tokens
    const [first] = words
    const line = frame.source.lines[(first?.at.line ?? 1) - 1] ?? ''
    let name: string
    let at: Location
    let isQuoted = false
    let used = 1
    if (first?.kind === 'string' && first.text.startsWith('"')) {
      name = first.text.slice(1, -1)
      at = first.at
      isQuoted = true
    } else if (first?.text === '<') {
      const close = words.findIndex(({ text }) => text === '>')
      const end = words[close]
      if (end === undefined) {
        return this.#reporter.error(placeAfter(words.at(-1)?.at ?? first.at), 'missing terminating > character')
      }
      used = close + 1
      const spelled = words === tokens
      name = spelled
        ? line.slice(first.at.column, end.at.column - 1)
        : words
            .slice(1, close)
            .map(({ text }) => text)
            .join('')
      at = { ...first.at, end: spelled ? end.at.end : first.at.end }
    } else {
      const expects = `#${directive.text} expects "FILENAME" or <FILENAME>`
      return this.#reporter.error(first === undefined ? placeAfter(directive.at) : first.at, expects)
    }
    const extra = words[used]
    if (extra !== undefined) this.#extraTokens(extra, directive.text)
    if (name === '') return this.#reporter.error(at, 'empty filename in #include')
    if (this.#frames.length >= includeDepth) {
      const limit = `#include nested depth ${includeDepth} exceeds maximum of ${includeDepth} (use -fmax-include-depth=DEPTH to increase the maximum)`
      return this.#reporter.error(at, limit)
    }
    const found = this.#options.include(name, isQuoted, frame.source.file)
    if (found === undefined) this.#reporter.fatal(at, `${name}: No such file or directory`)
    const included = typeof found === 'string' ? { file: isQuoted ? name : `/usr/include/${name}`, text: found } : found
    if (this.#once.has(included.file)) return
    this.#enter(tokenizeFile(included), directive.at)
  }

  // Macros -----------------------------------------------------------------------------------------------------------

  /** Arguments of a call of a macro, after its `(`; undefined when they are wrong, which has been said. */
  #arguments(macro: Macro, name: Token): Token[][] | undefined {
    const list: Token[][] = [[]]
    const parameters = macro.parameters ?? []
    let depth = 0
    let close: Token | undefined
    let lastToken = name.at
    while (close === undefined) {
      const token = this.#read()
      if (token.kind !== 'end') lastToken = token.at
      if (token.kind === 'end') {
        this.#giveBack(token)
        this.#reporter.error(placeAfter(lastToken), `unterminated argument list invoking macro "${macro.name}"`)
        return undefined
      }
      if (token.text === '(' && token.kind === 'punctuator') depth += 1
      else if (token.text === ')' && token.kind === 'punctuator') {
        if (depth === 0) {
          close = token
          break
        }
        depth -= 1
      } else if (token.text === ',' && token.kind === 'punctuator' && depth === 0) {
        if (!(macro.variadic && list.length === parameters.length)) {
          list.push([])
          continue
        }
      }
      list.at(-1)?.push(token)
    }
    if (parameters.length === 0 && list.length === 1 && list[0]?.length === 0) return []
    if (macro.variadic && list.length === parameters.length - 1) list.push([])
    if (list.length === parameters.length) return list
    const given = list.length
    if (given < parameters.length) {
      this.#reporter.error(
        close.at,
        `macro "${macro.name}" requires ${macro.variadic ? 'at least ' : ''}${parameters.length - (macro.variadic ? 1 : 0)} argument${parameters.length === 1 ? '' : 's'}, but only ${given} given`,
      )
    } else {
      this.#reporter.error(
        close.at,
        `macro "${macro.name}" passed ${given} arguments, but takes just ${parameters.length}`,
      )
    }
    if (!macro.system) this.#reporter.note(macro.at, `macro "${macro.name}" defined here`, { lineOnly: true })
    return undefined
  }

  /** All tokens of a list, macros replaced. */
  #expandList(tokens: readonly Token[]): Token[] {
    const barrier: Token = { ...endToken }
    this.#contexts.push({ tokens: [...tokens, barrier], index: 0, macro: undefined })
    const result: Token[] = []
    for (;;) {
      const token = this.#expanded()
      if (token.kind === 'end') {
        if (token !== barrier) this.#giveBack(token)
        return result
      }
      result.push(token)
    }
  }
}

const endToken: Token = {
  kind: 'end',
  text: '',
  at: { file: '', line: 1, column: 1, end: 1 },
  space: false,
  first: false,
}

function said(tokens: readonly Token[]): string {
  return tokens.map(({ text, space }, index) => `${space || index === 0 ? ' ' : ''}${text}`).join('')
}
