// Go's fmt: what Sprint, Sprintln and Sprintf make of a value.
import { GoFloat, GoJsonNumber, GoMap, GoNil, GoSlice, GoStruct, kindOf, typeOf } from './go-values.ts'
import { quoteJson } from './json.ts'

/** %v of a value. `nested`: inside another one, where a pointer to a struct is an address. */
export function formatValue(value: unknown, nested = false): string {
  if (value === null || value === undefined || value instanceof GoNil) return '<nil>'
  if (value instanceof GoJsonNumber) return value.text
  if (value instanceof GoFloat) return formatFloat(value.value)
  if (value instanceof GoSlice) return `[${(value.items ?? []).map((item) => formatValue(item, true)).join(' ')}]`
  if (value instanceof GoMap) {
    return `map[${value
      .keys()
      .map((key) => `${key}:${formatValue(value.entries?.get(key), true)}`)
      .join(' ')}]`
  }
  if (value instanceof GoStruct) {
    const pointer = value.type.startsWith('*')
    if (pointer && nested) return '0xc000000000'
    const fields = [...value.fields.values()].map((field) => formatValue(field, true))
    return `${pointer ? '&' : ''}{${fields.join(' ')}}`
  }
  return String(value)
}

/** fmt.Sprint: a blank between two operands of which neither is a string. */
export function sprint(args: readonly unknown[]): string {
  return args
    .map((arg, i) => {
      const blank = i > 0 && typeof arg !== 'string' && typeof args[i - 1] !== 'string'
      return (blank ? ' ' : '') + formatValue(arg)
    })
    .join('')
}

/** fmt.Sprintln. */
export function sprintln(args: readonly unknown[]): string {
  return `${args.map((arg) => formatValue(arg)).join(' ')}\n`
}

interface Directive {
  verb: string
  minus: boolean
  plus: boolean
  sharp: boolean
  zero: boolean
  blank: boolean
  width: number | undefined
  precision: number | undefined
}

/** fmt.Sprintf, with Go's marks for what does not fit: `%!d(string=x)`, `%!s(MISSING)`, `%!(EXTRA int=1)`. */
export function sprintf(format: string, args: readonly unknown[]): string {
  let next = 0
  const text = format.replace(
    /%([-+# 0]*)(\*|\d+)?(?:\.(\*|\d*))?([\s\S]|$)/gu,
    (_, flags: string, width: string | undefined, precision: string | undefined, verb: string) => {
      if (verb === '') return '%!(NOVERB)'
      if (verb === '%') return '%'
      const number = (given: string | undefined) => (given === '*' ? Number(args[next++]) : given && Number(given))
      const wide = number(width)
      const exact = precision === '' ? 0 : number(precision)
      if (next >= args.length) return `%!${verb}(MISSING)`
      return formatDirective(args[next++], {
        verb,
        minus: flags.includes('-') || (typeof wide === 'number' && wide < 0),
        plus: flags.includes('+'),
        sharp: flags.includes('#'),
        zero: flags.includes('0') && !flags.includes('-'),
        blank: flags.includes(' '),
        width: typeof wide === 'number' ? Math.abs(wide) : undefined,
        precision: typeof exact === 'number' ? exact : undefined,
      })
    },
  )
  if (next >= args.length) return text
  const extra = args.slice(next).map((arg) => (arg === null ? '<nil>' : `${typeOf(arg)}=${formatValue(arg)}`))
  return `${text}%!(EXTRA ${extra.join(', ')})`
}

function formatDirective(value: unknown, directive: Directive): string {
  const { verb } = directive
  if (verb === 'T')
    return pad(typeOf(value === undefined ? null : value).replace(/^interface \{\}$/, '<nil>'), directive)
  if (value === null || value === undefined) return pad(verb === 'v' ? '<nil>' : `%!${verb}(<nil>)`, directive)
  if (value instanceof GoSlice && verb !== 'v') {
    return `[${(value.items ?? []).map((item) => formatDirective(item, directive)).join(' ')}]`
  }
  if (value instanceof GoMap && verb !== 'v') {
    const entries = value.keys().map((key) => {
      return `${formatDirective(key, directive)}:${formatDirective(value.entries?.get(key), directive)}`
    })
    return `map[${entries.join(' ')}]`
  }
  const text = formatScalar(value, directive)
  if (text === undefined) return `%!${verb}(${typeOf(value)}=${formatValue(value)})`
  return text
}

function formatScalar(value: unknown, directive: Directive): string | undefined {
  const { verb } = directive
  if (verb === 'v') {
    if (directive.plus && value instanceof GoStruct) return namedFields(value)
    if (typeof value === 'number' || typeof value === 'bigint')
      return padNumber(signed(String(value), directive), directive)
    return pad(directive.sharp && typeof value === 'string' ? quoteJson(value) : formatValue(value), directive)
  }
  if (kindOf(value) === 'string') return formatString(formatValue(value), directive)
  if (typeof value === 'boolean') return verb === 't' ? pad(String(value), directive) : undefined
  if (typeof value === 'number' || typeof value === 'bigint') return formatInteger(BigInt(value), directive)
  if (value instanceof GoFloat) return formatFloatVerb(value.value, directive)
  return undefined
}

function namedFields(value: GoStruct): string {
  const fields = [...value.fields].map(([name, field]) => {
    return `${name}:${field instanceof GoStruct ? namedFields(field) : formatValue(field, true)}`
  })
  return `{${fields.join(' ')}}`
}

function formatString(text: string, directive: Directive): string | undefined {
  const characters = [...text]
  const cut = directive.precision === undefined ? text : characters.slice(0, directive.precision).join('')
  const bytes = () => [...new TextEncoder().encode(text)].slice(0, directive.precision)
  switch (directive.verb) {
    case 's':
      return pad(cut, directive)
    case 'q':
      return pad(quoteJson(cut), directive)
    case 'x':
    case 'X': {
      const hex = bytes()
        .map((byte) => byte.toString(16).padStart(2, '0'))
        .join(directive.blank ? ' ' : '')
      return pad(directive.verb === 'X' ? hex.toUpperCase() : hex, directive)
    }
    default:
      return undefined
  }
}

function formatInteger(value: bigint, directive: Directive): string | undefined {
  const bases: Record<string, [number, string]> = {
    d: [10, ''],
    b: [2, '0b'],
    o: [8, '0'],
    x: [16, '0x'],
    X: [16, '0X'],
  }
  const base = bases[directive.verb]
  if (base) {
    const digits = (value < 0n ? -value : value).toString(base[0]).padStart(directive.precision ?? 1, '0')
    const cased = directive.verb === 'X' ? digits.toUpperCase() : digits
    const text = `${value < 0n ? '-' : ''}${directive.sharp ? base[1] : ''}${cased}`
    return padNumber(signed(text, directive), directive)
  }
  if (directive.verb === 'c') return pad(String.fromCodePoint(Number(value)), directive)
  if (directive.verb === 'q') return pad(`'${String.fromCodePoint(Number(value))}'`, directive)
  if (directive.verb === 'U') return pad(`U+${value.toString(16).toUpperCase().padStart(4, '0')}`, directive)
  return undefined
}

function formatFloatVerb(value: number, directive: Directive): string | undefined {
  switch (directive.verb) {
    case 'f':
    case 'F':
      return padNumber(signed(value.toFixed(directive.precision ?? 6), directive), directive)
    case 'e':
      return padNumber(signed(exponent(value.toExponential(directive.precision ?? 6)), directive), directive)
    case 'g': {
      const { precision } = directive
      const text = precision === undefined ? formatFloat(value) : exponent(String(Number(value.toPrecision(precision))))
      return padNumber(signed(text, directive), directive)
    }
    default:
      return undefined
  }
}

/** %v of a float64: an exponent from 1e21 on and below 1e-4, with at least two digits. */
function formatFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf'
  const size = Math.abs(value)
  return exponent(size !== 0 && (size < 1e-4 || size >= 1e21) ? value.toExponential() : String(value))
}

function exponent(text: string): string {
  return text.replace(/e([-+])(\d)$/, 'e$10$2')
}

function signed(text: string, directive: Directive): string {
  if (text.startsWith('-')) return text
  return (directive.plus ? '+' : directive.blank ? ' ' : '') + text
}

function padNumber(text: string, directive: Directive): string {
  if (!directive.zero || directive.width === undefined) return pad(text, directive)
  const sign = /^[-+ ]?/.exec(text)?.[0] ?? ''
  return sign + text.slice(sign.length).padStart(directive.width - sign.length, '0')
}

function pad(text: string, directive: Directive): string {
  const missing = (directive.width ?? 0) - [...text].length
  if (missing <= 0) return text
  return directive.minus ? text + ' '.repeat(missing) : (directive.zero ? '0' : ' ').repeat(missing) + text
}
