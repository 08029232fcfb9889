// -Wformat: the strings of the printf and scanf families against their arguments, printf(3), scanf(3).
import type { Context } from './context.ts'
import type { FixIt, SourceRange } from './diagnostics.ts'
import {
  doubleType,
  families,
  type FormatFunction,
  row,
  type Wanted,
  wantedByPrintf,
  wantedByScanf,
} from './format-conversions.ts'
import { isError, type Operand, rvalue } from './operand.ts'
import type { FunctionSymbolEntry } from './scope.ts'
import type { Location } from './tokenize.ts'
import { stringPieces, type StringPiece } from './string-pieces.ts'
import { isInteger, promoted, quotedType, typeName, unqualified } from './type-rules.ts'
import { type CType, sizeOf } from './types.ts'

/** Checks the arguments of a call of a function that takes a format. */
export function checkFormat(c: Context, entry: FunctionSymbolEntry, list: readonly Operand[]): void {
  if (!c.reporter.isEnabled('format') || c.unevaluated > 0) return
  const given = entry.format
  const family: FormatFunction | undefined =
    given === undefined
      ? Object.hasOwn(families, entry.name)
        ? families[entry.name]
        : undefined
      : row(
          given.style.includes('scanf') ? 'scanf' : 'printf',
          given.string - 1,
          given.first === 0 ? undefined : given.first - 1,
        )
  if (family === undefined) return
  const format = list[family.string]
  if (format === undefined) return
  const literal = rvalue(format).node
  const pieces =
    literal.kind === 'decay' && literal.operand.kind === 'string' ? stringPieces(literal.operand) : undefined
  const bytes = literal.kind === 'decay' && literal.operand.kind === 'string' ? literal.operand.bytes : undefined
  if (bytes === undefined) {
    if (family.first !== undefined && list.length <= family.first && literal.kind !== 'conditional') {
      c.reporter.warning(
        format.placed ? format.caret : format.start,
        'format-security',
        'format not a string literal and no format arguments',
      )
    }
    return
  }
  new FormatChecker(c, family, list, format, bytes.subarray(0, -1), pieces).run()
}

class FormatChecker {
  readonly #c: Context
  readonly #family: FormatFunction
  readonly #list: readonly Operand[]
  readonly #format: Operand
  readonly #text: string
  readonly #pieces: readonly StringPiece[] | undefined
  #next: number

  constructor(
    c: Context,
    family: FormatFunction,
    list: readonly Operand[],
    format: Operand,
    bytes: Uint8Array,
    pieces: readonly StringPiece[] | undefined,
  ) {
    this.#c = c
    this.#family = family
    this.#list = list
    this.#format = format
    this.#text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
    this.#pieces = pieces
    this.#next = family.first ?? 0
  }

  run(): void {
    const text = this.#text
    if (text === '') {
      this.#c.reporter.warning(
        this.#whole(),
        'format-zero-length',
        'zero-length gnu_printf format string'.replace('gnu_printf', `gnu_${this.#family.style}`),
      )
      return
    }
    for (let index = text.indexOf('%'); index >= 0; index = text.indexOf('%', index)) {
      const end = this.#conversion(index)
      if (end === undefined) return
      index = end
    }
    if (text.includes('\0')) {
      this.#c.reporter.warning(
        this.#place(text.indexOf('\0'), text.indexOf('\0')),
        'format-contains-nul',
        'embedded ‘\\0’ in format',
      )
      return
    }
    if (this.#family.first !== undefined && this.#next < this.#list.length) {
      this.#c.reporter.warning(this.#whole(), 'format-extra-args', 'too many arguments for format', {})
    }
  }

  /** Checks the conversion at `start`; gives where the text goes on, or undefined to stop. */
  #conversion(start: number): number | undefined {
    const text = this.#text
    const isScanf = this.#family.style === 'scanf'
    const pattern = isScanf
      ? /%(\*?)(\d*)(m?)(hh|h|ll|l|q|j|z|t|L|)/y
      : /%([-+ #0'I]*)(\*|\d*)(\.(?:\*|-?\d*))?(hh|h|ll|l|q|j|z|t|L|)/y
    pattern.lastIndex = start
    const match = pattern.exec(text)
    if (match === null) return start + 1
    const [, flags = '', width = '', precision = '', length = ''] = match
    let end = pattern.lastIndex
    const conversion = text[end]
    if (conversion === undefined) {
      this.#c.reporter.warning(this.#place(start, start), 'format', 'spurious trailing ‘%’ in format')
      return undefined
    }
    if (conversion === '%') {
      if (end === start + 1) return end + 1
      // A width before `%%`: the second sign begins a conversion of its own.
      const at = this.#place(end - 1, end - 1)
      this.#c.reporter.warning(at, 'format', 'conversion lacks type at end of format')
      return end
    }
    if (!isScanf) {
      if (width === '*' && !this.#star(start, start + 1 + flags.length, end, 'width')) return undefined
      if (precision === '.*' && !this.#star(start, end - length.length - 1, end, 'precision')) return undefined
    }
    const wanted = isScanf ? wantedByScanf(conversion, length) : wantedByPrintf(conversion, length)
    if (wanted === undefined) {
      if (conversion === 'm' && !isScanf) return end + 1
      const code = conversion.charCodeAt(0)
      const shown = code > 31 && code < 127 ? conversion : `\\x${code.toString(16).padStart(2, '0')}`
      const message = `unknown conversion type character ‘${shown}’ in format`
      this.#c.reporter.warning(this.#place(end, end), 'format', message)
      return end + 1
    }
    if (isScanf && conversion === '[') {
      const close = text.indexOf(']', text[end + 1] === '^' ? end + 3 : end + 2)
      if (close < 0) {
        this.#c.reporter.warning(this.#place(start, end), 'format', 'no closing ‘]’ for ‘%[’ format')
        return undefined
      }
      end = close
    }
    if (isScanf && flags === '*') return end + 1
    if (this.#family.first === undefined) return end + 1
    const full = `%${length}${conversion}`
    const argument = this.#list[this.#next]
    const wantedType: CType = wanted.pointer ? { kind: 'pointer', to: wanted.type } : wanted.type
    if (argument === undefined) {
      const message = `format ‘${full}’ expects a matching ${wantedText(wantedType)} argument`
      this.#report(this.#place(start, end), message, wantedType, undefined, undefined, undefined)
      return undefined
    }
    this.#next += 1
    this.#match(
      argument,
      this.#next,
      full,
      wanted,
      wantedType,
      start,
      end,
      `${flags}${width}${isScanf ? '' : precision}`,
    )
    return end + 1
  }

  /** `*` takes an int. */
  #star(start: number, at: number, end: number, what: 'width' | 'precision'): boolean {
    const argument = this.#list[this.#next]
    const words = what === 'width' ? 'field width specifier ‘*’' : 'field precision specifier ‘.*’'
    if (argument === undefined) {
      this.#c.reporter.warning(this.#place(start, at), 'format', `${words} expects a matching ‘int’ argument`)
      return false
    }
    this.#next += 1
    const type = promoted(rvalue(argument).node.type)
    if (!isError(argument) && !(isInteger(type) && sizeOf(type) === 4)) {
      const place = this.#place(start, end)
      const star = this.#at(at)
      const starred =
        star === undefined || place.range === undefined
          ? place
          : { ...place, caret: star, range: { ...place.range, caret: star } }
      const message = `${words} expects argument of type ‘int’, but argument ${this.#next} has type ${quotedType(type)}`
      this.#report(starred, message, { kind: 'integer', name: 'int' }, argument, type, undefined)
    }
    return true
  }

  #match(
    argument: Operand,
    number: number,
    full: string,
    wanted: Wanted,
    wantedType: CType,
    start: number,
    end: number,
    before: string,
  ): void {
    const operand = rvalue(argument)
    if (isError(operand)) return
    const type = operand.node.type
    if (this.#accepts(type, wanted)) return
    const shown = argumentShown(operand)
    const message = `format ‘${full}’ expects argument of type ${wantedText(wantedType)}, but argument ${number} has type ${quotedType(shown)}`
    const correct = correctConversion(type, this.#family.style, full.at(-1) ?? 'd')
    this.#report(
      this.#place(start, end),
      message,
      wantedType,
      argument,
      shown,
      correct === undefined ? undefined : `%${before}${correct}`,
    )
  }

  #accepts(type: CType, wanted: Wanted): boolean {
    if (!wanted.pointer) {
      if (wanted.type.kind === 'floating') return type.kind === 'floating' && sameFloating(type, wanted.type)
      if (!isInteger(type)) return false
      // Values narrower than int arrive as int; signs may differ.
      return Math.max(4, sizeOf(type)) === Math.max(4, sizeOf(wanted.type)) && sameRank(type, wanted.type)
    }
    if (type.kind !== 'pointer') return false
    const { to } = type
    if (wanted.type.kind === 'void') return true
    if (this.#family.style === 'printf' && wanted.type.kind === 'integer' && wanted.type.name === 'char') {
      return isInteger(to) && sizeOf(to) === 1 && !(to.kind === 'integer' && to.name === '_Bool')
    }
    if (wanted.type.kind === 'floating') return to.kind === 'floating' && to.name === wanted.type.name
    if (wanted.type.kind === 'pointer') return to.kind === 'pointer' && to.to.kind === 'void'
    return isInteger(to) && sizeOf(to) === sizeOf(wanted.type) && sameRank(to, wanted.type) && !to.isConst
  }

  /** A warning at a conversion; in a later piece of a joined string it stands at the string, with a note at the conversion. */
  #report(
    place: Place,
    message: string,
    wanted: CType,
    argument: Operand | undefined,
    given: CType | undefined,
    fix: string | undefined,
  ): void {
    const wantedLabel = typeName(wanted, false)
    const own: SourceRange[] = place.range === undefined ? [] : [{ ...place.range, label: wantedLabel }]
    const others: SourceRange[] =
      argument === undefined || given === undefined
        ? []
        : [
            {
              start: argument.start,
              finish: argument.finish,
              caret: argument.placed ? argument.caret : argument.start,
              label: labelOf(given),
            },
          ]
    const fixits: FixIt[] =
      fix === undefined || place.range === undefined ? [] : [{ kind: 'replace', at: place.range.start, text: fix }]
    const label = place.range === undefined ? undefined : wantedLabel
    const at = place.caret ?? this.#whole()
    if (place.isLater) {
      if (!this.#c.reporter.warning(this.#whole(), 'format', message, { ranges: others })) return
      this.#c.reporter.note(at, 'format string is defined here', { ranges: own, fixits, label })
      return
    }
    this.#c.reporter.warning(at, 'format', message, { ranges: [...own, ...others], fixits, label })
  }

  /** Where the characters from `from` to `to` of the format stand; the whole string when that is not known. */
  #place(from: number, to: number): Place {
    const first = this.#at(from)
    const last = this.#at(to)
    if (first === undefined || last === undefined || first.line !== last.line) return this.#whole()
    const caret: Location = { file: last.file, line: last.line, column: last.column, end: last.end }
    const isLater = first.line !== this.#format.start.line || from >= (this.#pieces?.[0]?.bytes.length ?? 0)
    return { ...caret, caret, range: { start: { ...first, end: last.end }, finish: last, caret }, isLater }
  }

  #at(index: number): Location | undefined {
    for (const piece of this.#pieces ?? []) {
      if (index < piece.start || index >= piece.start + piece.bytes.length) continue
      const byte = piece.bytes[index - piece.start]
      if (byte === undefined || piece.at.via !== undefined) return undefined
      const { file, line, column } = piece.at
      return { file, line, column: column + byte.from, end: column + byte.to }
    }
    return undefined
  }

  #whole(): Place {
    const { start } = this.#format
    return start
  }
}

/** A place with what is underlined around it. */
type Place = Location & { readonly caret?: Location; readonly range?: SourceRange; readonly isLater?: boolean }

/** gcc names the types of its own table shortly, and their labels by what they are. */
function wantedText(type: CType): string {
  return `‘${typeName(type)}’`
}

function labelOf(type: CType): string {
  const name = typeName(type)
  const plain = typeName(type, false)
  return name === plain ? name : `${name} {aka ${plain}}`
}

/** The type that gcc names for an argument: as written, but promoted. */
function argumentShown(operand: Operand): CType {
  const { type } = operand.node
  if (type.kind === 'floating' && type.name === 'float') return doubleType
  return isInteger(type) && sizeOf(type) < 4 ? promoted(type) : unqualified(type)
}

function sameFloating(a: CType, b: CType): boolean {
  const isLong = (type: CType) => type.kind === 'floating' && type.name === 'long double'
  return isLong(a) === isLong(b)
}

/** `long` and `long long` differ although their sizes do not. */
function sameRank(a: CType, b: CType): boolean {
  const isLongLong = (type: CType) => type.kind === 'integer' && type.name.includes('long long')
  return isLongLong(a) === isLongLong(b)
}

/** The conversion that fits a type, for the fix-it. */
function correctConversion(type: CType, style: 'printf' | 'scanf', conversion: string): string | undefined {
  const target = style === 'scanf' ? (type.kind === 'pointer' ? type.to : undefined) : type
  if (target === undefined) return undefined
  if (target.kind === 'floating') {
    const prefix = target.name === 'long double' ? 'L' : style === 'scanf' && target.name === 'double' ? 'l' : ''
    return `${prefix}${'fFeEgG'.includes(conversion) ? conversion : 'f'}`
  }
  if (target.kind === 'pointer') {
    if (style === 'scanf') return undefined
    const { to } = target
    return to.kind === 'integer' && to.name.endsWith('char') ? 's' : to.kind === 'void' ? 'p' : undefined
  }
  if (!isInteger(target)) return undefined
  if (style === 'scanf' && target.kind === 'integer' && target.name === 'char') return 's'
  const lengths: Readonly<Record<string, string>> = {
    char: style === 'scanf' ? 'hh' : '',
    'signed char': 'hh',
    'unsigned char': 'hh',
    short: 'h',
    'unsigned short': 'h',
    long: 'l',
    'unsigned long': 'l',
    'long long': 'll',
    'unsigned long long': 'll',
  }
  const length = target.kind === 'integer' ? (lengths[target.name] ?? '') : ''
  return `${length}${'diuxXo'.includes(conversion) ? conversion : 'd'}`
}
