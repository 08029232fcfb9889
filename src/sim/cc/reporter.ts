// Collects diagnostics in gcc's order: which warnings are on, headings of functions and includes, macros that a place came through.
import {
  type Diagnostic,
  type DiagnosticInput,
  excerptOf,
  type FixIt,
  type Severity,
  type SourceRange,
} from './diagnostics.ts'
import type { Location, TokenizedFile } from './tokenize.ts'

/** What goes with a message. */
export interface Extras {
  readonly ranges?: readonly SourceRange[]
  readonly fixits?: readonly FixIt[]
  readonly label?: string | undefined
  readonly escape?: boolean | undefined
  readonly lineOnly?: boolean
}

/** Ends the compilation at once: a header that is missing, or something that this compiler lacks. */
export class Stop extends Error {}

/** So many errors, and the rest would be of no use: what a learner can read, and a bound for hostile input. */
const mostDiagnostics = 2000

const always = new Set([
  'int-conversion',
  'incompatible-pointer-types',
  'implicit-function-declaration',
  'implicit-int',
  'discarded-qualifiers',
  'overflow',
  'div-by-zero',
  'builtin-declaration-mismatch',
  'shift-count-overflow',
  'shift-count-negative',
  'multichar',
  'cpp',
  'endif-labels',
  'pointer-to-int-cast',
  'int-to-pointer-cast',
  'switch-bool',
  'return-local-addr',
  'switch-unreachable',
])

/** What -Wall turns on, of the warnings that are known here. */
const all = [
  'address',
  'char-subscripts',
  'comment',
  'format',
  'format-extra-args',
  'format-zero-length',
  'dangling-else',
  'logical-not-parentheses',
  'main',
  'misleading-indentation',
  'missing-braces',
  'nonnull',
  'parentheses',
  'pointer-sign',
  'return-type',
  'sequence-point',
  'sizeof-pointer-memaccess',
  'switch',
  'tautological-compare',
  'uninitialized',
  'unknown-pragmas',
  'unused-but-set-variable',
  'unused-function',
  'unused-label',
  'unused-local-typedefs',
  'unused-value',
  'unused-variable',
]

/** What -Wextra adds. */
const extra = [
  'empty-body',
  'ignored-qualifiers',
  'implicit-fallthrough=',
  'missing-field-initializers',
  'missing-parameter-type',
  'old-style-declaration',
  'override-init',
  'sign-compare',
  'type-limits',
  'unused-but-set-parameter',
  'unused-parameter',
]

/** Names that GCC has besides, accepted and without effect here. */
const others = new Set([
  'conversion',
  'pedantic',
  'shadow',
  'strict-prototypes',
  'missing-prototypes',
  'cast-qual',
  'cast-align',
  'write-strings',
  'float-equal',
  'undef',
  'vla',
  'maybe-uninitialized',
  'error',
  'no-error',
  'declaration-after-statement',
  'sign-conversion',
  'format-security',
  'format=2',
  'format-nonliteral',
  'double-promotion',
  'null-dereference',
  'logical-op',
  'duplicated-cond',
  'switch-default',
  'switch-enum',
  'pointer-arith',
  'bad-function-cast',
  'missing-declarations',
  'redundant-decls',
  'nested-externs',
  'inline',
  'array-bounds',
  'stringop-overflow',
  'stringop-overread',
  'implicit-fallthrough',
  'long-long',
  'fatal-errors',
  'aggregate-return',
  'padded',
  'deprecated-declarations',
  'strict-aliasing',
  'strict-overflow',
  'unused-result',
  'unused-macros',
  'int-in-bool-context',
  'bool-compare',
  'traditional',
  'missing-include-dirs',
  'clobbered',
  'cast-function-type',
  'enum-compare',
  'init-self',
  'attributes',
  'pragmas',
  'psabi',
])

/** Whether gcc knows a warning by this name, without `-W` and `no-`. */
export function isWarningName(name: string): boolean {
  return (
    ['all', 'extra', 'unused', 'implicit', ''].includes(name) ||
    always.has(name) ||
    all.includes(name) ||
    extra.includes(name) ||
    extra.includes(`${name}=`) ||
    others.has(name)
  )
}

/** The warnings that options such as `-Wall`, `-Wno-unused-variable` turn on. */
export function warningsOf(flags: readonly string[]): ReadonlySet<string> {
  const enabled = new Set(always)
  const refused = new Set<string>()
  for (const flag of flags) {
    const off = flag.startsWith('no-')
    const name = off ? flag.slice(3) : flag.replace(/^error=/, '')
    const names =
      name === 'all'
        ? all
        : name === 'extra' || name === ''
          ? extra
          : name === 'unused'
            ? all.filter((each) => each.startsWith('unused'))
            : name === 'implicit'
              ? ['implicit-int', 'implicit-function-declaration']
              : name === 'implicit-fallthrough'
                ? ['implicit-fallthrough=']
                : name === 'format=2'
                  ? ['format', 'format-extra-args', 'format-security']
                  : [name]
    for (const each of names) {
      if (off) refused.add(each)
      if (off) enabled.delete(each)
      else enabled.add(each)
    }
  }
  if (flags.includes('extra') && (flags.includes('all') || flags.includes('unused'))) enabled.add('unused-parameter')
  else if (!flags.includes('unused-parameter')) enabled.delete('unused-parameter')
  if (enabled.has('uninitialized') && flags.includes('extra')) enabled.add('maybe-uninitialized')
  for (const each of refused) enabled.delete(each)
  return enabled
}

export class Reporter {
  readonly diagnostics: Diagnostic[] = []
  /** The function that is being compiled; undefined at top level. */
  currentFunction: string | undefined
  errors = 0
  /** gcc says once in a compilation that undeclared names are reported once. */
  onceNoted = false
  readonly #enabled: ReadonlySet<string>
  readonly #files = new Map<string, readonly string[]>()
  readonly #includedFrom = new Map<string, Location>()
  readonly #lastInclude = new Map<string, number>()
  readonly #seenIncludes = new Set<string>()
  #lastPlace: string | undefined
  #lastFunction: string | undefined
  #lastFile: string | undefined

  constructor(enabled: ReadonlySet<string>) {
    this.#enabled = enabled
  }

  /** Makes a file's lines known, and where it was included. */
  addFile({ file, lines }: TokenizedFile, from?: Location): void {
    this.#files.set(file, lines)
    if (from === undefined) return
    this.#lastInclude.set(from.file, from.line)
    if (!this.#includedFrom.has(file)) this.#includedFrom.set(file, from)
  }

  /** How many lines a file has, an empty one at its end included. */
  lineCount(file: string): number {
    return this.#files.get(file)?.length ?? 1
  }

  /** A line of source, from 1. */
  lineOf({ file, line }: Location): string {
    return this.#files.get(file)?.[line - 1] ?? ''
  }

  /** The line at which another `#include` would stand: after the last one of the file, or at its top. */
  includeLine(file: string): number {
    return (this.#lastInclude.get(file) ?? 0) + 1
  }

  error(at: Location, message: string, extras: Extras = {}): void {
    this.#add('error', at, message, undefined, extras)
  }

  /** An error that ends the compilation. @throws Stop */
  fatal(at: Location, message: string, extras: Extras = {}): never {
    this.#add('fatal error', at, message, undefined, extras)
    throw new Stop()
  }

  /** What the C subset lacks; the compilation goes on, for the other messages, and fails. */
  sorry(at: Location, what: string): void {
    this.#add('sorry, unimplemented', at, what, undefined, {})
    this.note(at, `pause-lab: the simulated compiler knows a subset of C, without ${what}`)
  }

  /** Gives whether it was reported: it is when the option is on, or there is none. System headers are left in peace. */
  warning(at: Location, option: string | undefined, message: string, extras: Extras = {}): boolean {
    if (!this.isEnabled(option) || isSystemHeader(at.file)) return false
    this.#add('warning', at, message, option, extras)
    return true
  }

  note(at: Location, message: string, extras: Extras = {}): void {
    this.#add('note', at, message, undefined, extras)
  }

  isEnabled(option: string | undefined): boolean {
    return option === undefined || this.#enabled.has(option)
  }

  #add(severity: Severity, at: Location, message: string, option: string | undefined, extras: Extras): void {
    if (severity === 'error' || severity === 'fatal error' || severity === 'sorry, unimplemented') this.errors += 1
    if (this.diagnostics.length >= mostDiagnostics) return
    // A macro's text is not corrected at one of its uses.
    const fixits = at.via === undefined ? (extras.fixits ?? []) : []
    const input: DiagnosticInput = { severity, message, at, option, ...extras, fixits }
    this.diagnostics.push(this.#record(input))
    for (let via = at.via; via !== undefined; via = via.place.via) this.#unwind(via)
  }

  #unwind(via: NonNullable<Location['via']>): void {
    const words = via.kind === 'body' ? 'in expansion of macro' : 'in definition of macro'
    this.diagnostics.push(this.#record({ severity: 'note', message: `${words} ‘${via.macro}’`, at: { ...via.place } }))
  }

  #record(input: DiagnosticInput): Diagnostic {
    const { at } = input
    const lines = this.#files.get(at.file) ?? []
    // The same place twice in a row is shown once, unless there is more to see.
    const { key, isAlone } = placeOf(input)
    const isRepeated =
      key === this.#lastPlace && isAlone && (input.fixits ?? []).length === 0 && input.label === undefined
    if (lines.length > 0) this.#lastPlace = key
    const column = input.lineOnly ? 0 : columnOf(lines[at.line - 1] ?? '', at.column)
    return {
      severity: input.severity,
      message: input.message,
      file: at.file,
      line: at.line,
      column,
      option: input.option === 'format' ? 'format=' : input.option,
      heading: this.#heading(at),
      // Behind the last line feed there is nothing to show.
      excerpt: isRepeated || (at.line === lines.length && lines.at(-1) === '') ? '' : excerptOf(input, lines),
    }
  }

  #heading(at: Location): string {
    let heading = ''
    if (this.#lastFile !== at.file) {
      this.#lastFile = at.file
      heading += this.#includes(at.file)
    }
    if (this.#lastFunction !== this.currentFunction) {
      this.#lastFunction = this.currentFunction
      heading +=
        this.currentFunction === undefined
          ? `${at.file}: At top level:\n`
          : `${at.file}: In function ‘${this.currentFunction}’:\n`
    }
    return heading
  }

  /** `In file included from …`, once for each place of an include. */
  #includes(file: string): string {
    let text = ''
    for (let name = file; ; ) {
      const from = this.#includedFrom.get(name)
      if (from === undefined) break
      const key = `${from.file}:${from.line}`
      if (this.#seenIncludes.has(key)) break
      this.#seenIncludes.add(key)
      text += `${text === '' ? 'In file included from ' : ',\n                 from '}${key}`
      name = from.file
    }
    return text === '' ? '' : `${text}:\n`
  }
}

/** A place with its own range, as gcc compares them; and whether nothing else is underlined. */
function placeOf({ at, ranges = [], lineOnly }: DiagnosticInput): { key: string; isAlone: boolean } {
  const own = ranges.find(({ caret }) => caret?.line === at.line && caret.column === at.column)
  const start = own?.start ?? at
  const finish = own?.finish ?? at
  const column = lineOnly ? 0 : at.column
  return {
    key: `${at.file}:${at.line}:${column} ${start.line}:${start.column}-${finish.line}:${finish.end}`,
    isAlone: ranges.length === (own === undefined ? 0 : 1),
  }
}

export function isSystemHeader(file: string): boolean {
  return file.startsWith('/usr/include/') || file.startsWith('/usr/lib/gcc/')
}

const tabStop = 8

/** The column that gcc names: tabs go to the next stop, each other character counts one. */
function columnOf(line: string, column: number): number {
  if (!/[^\x20-\x7e]/.test(line)) return column
  let shown = 0
  let units = 0
  for (const character of line) {
    if (units >= column - 1) break
    units += character.length
    shown = character === '\t' ? (Math.floor(shown / tabStop) + 1) * tabStop : shown + 1
  }
  return shown + 1 + Math.max(0, column - 1 - units)
}
