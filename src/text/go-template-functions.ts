// The functions that a Go template may call: text/template's own and those that docker adds.
import { formatValue, sprint, sprintf, sprintln } from './go-format.ts'
import {
  GoError,
  GoFloat,
  GoJsonNumber,
  GoMap,
  GoNil,
  GoSlice,
  GoStruct,
  isTrue,
  kindOf,
  toJson,
  typeOf,
} from './go-values.ts'
import { writeJson } from './json.ts'

/** What a parameter takes: a Go type that a message names, or anything at all. */
export type ParameterType = 'any' | 'string' | 'int' | '[]string'

export interface TemplateFunction {
  readonly parameters: readonly ParameterType[]
  /** The last parameter takes any number of arguments. */
  readonly variadic?: boolean
  /** Throws GoError, whose text follows `error calling NAME: `. */
  call(...args: unknown[]): unknown
}

export type TemplateFunctions = ReadonlyMap<string, TemplateFunction>

/** `and` and `or` stop at the first argument that decides, so the interpreter evaluates their arguments itself. */
export const shortCircuits: ReadonlySet<string> = new Set(['and', 'or'])

function variadic(call: (...args: unknown[]) => unknown, least: ParameterType[] = []): TemplateFunction {
  return { parameters: [...least, 'any'], variadic: true, call }
}

function unary(call: (arg: unknown) => unknown): TemplateFunction {
  return { parameters: ['any'], call }
}

function binary(call: (a: unknown, b: unknown) => unknown): TemplateFunction {
  return { parameters: ['any', 'any'], call }
}

function text(call: (arg: string) => string): TemplateFunction {
  return { parameters: ['string'], call: (arg) => call(String(arg)) }
}

/** text/template's functions. */
export const builtinFunctions: TemplateFunctions = new Map<string, TemplateFunction>([
  ['and', variadic((...args) => args.find((arg) => !isTrue(arg)) ?? args.at(-1), ['any'])],
  ['or', variadic((...args) => args.find(isTrue) ?? args.at(-1), ['any'])],
  ['not', unary((arg) => !isTrue(arg))],
  ['len', unary(length)],
  ['index', variadic((item, ...keys) => keys.reduce(indexOne, item), ['any'])],
  ['slice', variadic(slice, ['any'])],
  ['print', variadic((...args) => sprint(args))],
  ['printf', variadic((format, ...args) => sprintf(String(format), args), ['string'])],
  ['println', variadic((...args) => sprintln(args))],
  ['html', variadic((...args) => escapeHtml(plain(args)))],
  ['js', variadic((...args) => escapeJs(plain(args)))],
  [
    'urlquery',
    variadic((...args) =>
      encodeURIComponent(plain(args))
        .replace(/[!'()*]/g, percent)
        .replaceAll('%20', '+'),
    ),
  ],
  [
    'call',
    variadic(() => {
      throw new GoError('call of nil')
    }, ['any']),
  ],
  ['eq', variadic((a, ...others) => equalsAny(a, others), ['any'])],
  ['ne', binary((a, b) => !equals(a, b))],
  ['lt', binary((a, b) => compare(a, b) < 0)],
  ['le', binary((a, b) => compare(a, b) <= 0)],
  ['gt', binary((a, b) => compare(a, b) > 0)],
  ['ge', binary((a, b) => compare(a, b) >= 0)],
])

/** What docker's --format has besides. */
export const dockerFunctions: TemplateFunctions = new Map<string, TemplateFunction>([
  ['json', unary((arg) => writeJson(toJson(arg)))],
  ['split', { parameters: ['string', 'string'], call: (a, b) => new GoSlice('[]string', String(a).split(String(b))) }],
  [
    'join',
    {
      parameters: ['[]string', 'string'],
      call: (list, separator) => ((list as GoSlice).items ?? []).join(String(separator)),
    },
  ],
  [
    'title',
    text((arg) => arg.replace(/(^|[^\p{L}\p{Nd}_'])(\p{L})/gu, (_, before, letter) => before + letter.toUpperCase())),
  ],
  ['lower', text((arg) => arg.toLowerCase())],
  ['upper', text((arg) => arg.toUpperCase())],
  [
    'pad',
    {
      parameters: ['string', 'int', 'int'],
      call: (arg, before, after) =>
        arg === ''
          ? ''
          : ' '.repeat(Math.max(0, Number(before))) + String(arg) + ' '.repeat(Math.max(0, Number(after))),
    },
  ],
  [
    'truncate',
    { parameters: ['string', 'int'], call: (arg, length) => String(arg).slice(0, Math.max(0, Number(length))) },
  ],
])

/** For the header of a table: the functions give their argument back, so that `{{upper .ID}}` still heads its column. */
export const headerFunctions: TemplateFunctions = new Map(
  [...dockerFunctions].map(([name, { parameters }]) => [
    name,
    { parameters: parameters.map((): ParameterType => 'any'), call: (arg: unknown) => arg },
  ]),
)

// Containers ---------------------------------------------------------------------------------------------------------

function length(arg: unknown): number {
  if (arg === undefined || arg === null) throw new GoError('len of nil pointer')
  if (arg instanceof GoNil) throw new GoError('len of nil pointer')
  if (arg instanceof GoMap) return arg.entries?.size ?? 0
  if (arg instanceof GoSlice) return arg.items?.length ?? 0
  if (kindOf(arg) === 'string') return new TextEncoder().encode(formatValue(arg)).length
  throw new GoError(`len of type ${typeOf(arg)}`)
}

function indexOne(item: unknown, key: unknown): unknown {
  if (item === undefined || item === null) throw new GoError('index of untyped nil')
  if (item instanceof GoNil) throw new GoError('index of nil pointer')
  if (item instanceof GoMap) {
    if (key === undefined || key === null) throw new GoError('value is nil; should be string')
    if (typeof key !== 'string') throw new GoError(`value has type ${typeOf(key)}; should be string`)
    return item.entries?.get(key) ?? zeroOf(item.type.replace('map[string]', ''))
  }
  const list = item instanceof GoSlice ? (item.items ?? []) : undefined
  const bytes = kindOf(item) === 'string' ? new TextEncoder().encode(formatValue(item)) : undefined
  const sequence = list ?? bytes
  if (!sequence) throw new GoError(`can't index item of type ${typeOf(item)}`)
  if (key === undefined || key === null) throw new GoError('cannot index slice/array with nil')
  if (kindOf(key) !== 'int') throw new GoError(`cannot index slice/array with type ${typeOf(key)}`)
  const at = Number(key)
  if (at < 0 || at >= sequence.length) throw new GoError(`index out of range: ${at}`)
  return sequence[at]
}

/** The zero value of an element type, as far as docker's types have maps of it. */
function zeroOf(type: string): unknown {
  if (type === 'string') return ''
  if (type === 'int') return 0
  if (type === 'bool') return false
  if (type.startsWith('[]')) return new GoSlice(type, undefined)
  if (type.startsWith('map[')) return new GoMap(type, undefined)
  if (type.startsWith('*')) return new GoNil(type)
  return type.startsWith('struct') || type.includes('.') ? new GoStruct(type, new Map()) : null
}

function slice(item: unknown, ...bounds: unknown[]): unknown {
  if (bounds.length > 3) throw new GoError(`too many slice indexes: ${bounds.length}`)
  const string = kindOf(item) === 'string'
  if (!string && !(item instanceof GoSlice)) throw new GoError(`can't slice item of type ${typeOf(item)}`)
  const size = string ? formatValue(item).length : ((item as GoSlice).items?.length ?? 0)
  const [from = 0, to = size] = bounds.map((bound) => {
    if (kindOf(bound) !== 'int') throw new GoError(`cannot index slice/array with type ${typeOf(bound)}`)
    const at = Number(bound)
    if (at < 0 || at > size) throw new GoError(`index out of range: ${at}`)
    return at
  })
  if (from > to) throw new GoError(`invalid slice index: ${from} > ${to}`)
  if (string) return formatValue(item).slice(from, to)
  return new GoSlice(typeOf(item), (item as GoSlice).items?.slice(from, to))
}

// Comparison ---------------------------------------------------------------------------------------------------------

function basicKind(value: unknown): 'bool' | 'int' | 'float' | 'string' {
  const kind = kindOf(value)
  if (kind === 'bool' || kind === 'int' || kind === 'float' || kind === 'string') return kind
  throw new GoError('invalid type for comparison')
}

function equalsAny(a: unknown, others: readonly unknown[]): boolean {
  if (others.length === 0) throw new GoError('missing argument for comparison')
  return others.some((other) => equals(a, other))
}

function equals(a: unknown, b: unknown): boolean {
  if (isNothing(a) || isNothing(b)) return isNothing(a) && isNothing(b)
  if (a instanceof GoMap || a instanceof GoSlice)
    throw new GoError(`non-comparable type ${formatValue(a)}: ${typeOf(a)}`)
  if (b instanceof GoMap || b instanceof GoSlice)
    throw new GoError(`non-comparable type ${formatValue(b)}: ${typeOf(b)}`)
  if (a instanceof GoNil || b instanceof GoNil) return a instanceof GoNil && b instanceof GoNil
  if (basicKind(a) !== basicKind(b)) throw new GoError('incompatible types for comparison')
  return scalar(a) === scalar(b)
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null
}

function compare(a: unknown, b: unknown): number {
  const kind = basicKind(a)
  if (kind !== basicKind(b)) throw new GoError('incompatible types for comparison')
  if (kind === 'bool') throw new GoError('invalid type for comparison')
  const left = scalar(a)
  const right = scalar(b)
  return left < right ? -1 : left > right ? 1 : 0
}

function scalar(value: unknown): string | number | bigint | boolean {
  if (value instanceof GoJsonNumber) return value.text
  if (value instanceof GoFloat) return value.value
  return typeof value === 'number' ? BigInt(value) : (value as string | bigint | boolean)
}

// Escapes ------------------------------------------------------------------------------------------------------------

function plain(args: readonly unknown[]): string {
  return args.length === 1 && typeof args[0] === 'string' ? args[0] : sprint(args)
}

function escapeHtml(value: string): string {
  const names: Record<string, string> = {
    '&': '&amp;',
    "'": '&#39;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&#34;',
    '\0': '\uFFFD',
  }
  return value.replace(/[&'<>"\0]/g, (character) => names[character] ?? character)
}

function escapeJs(value: string): string {
  return value
    .replace(/[\\'"]/g, '\\$&')
    .replace(
      /[<>&=\x00-\x1f]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
    )
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}
