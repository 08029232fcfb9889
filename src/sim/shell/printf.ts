// printf(1) as bash and the coreutils have it: the format is used again until all arguments are.
import { decodeEscapes } from './escapes.ts'
import { quoteWithBackslashes } from './parameter-transform.ts'
import { formatTime } from '../programs/date-format.ts'

export interface PrintfResult {
  readonly text: string
  /** Messages without the program's name; their presence makes the status 1. */
  readonly errors: readonly string[]
}

const directive = /%([-+ #0]*)(\*|\d+)?(?:\.(\*|-?\d+)?)?(?:\(([^)]*)\))?(?:hh|h|ll|l|q|j|z|t|L)?([a-zA-Z%])/y

/** Now, and when the shell was started, in seconds, for `%(…)T`. */
export interface PrintfTimes {
  readonly now: number
  readonly start: number
}

/** Formats arguments. */
export function formatPrintf(format: string, args: readonly string[], times: PrintfTimes): PrintfResult {
  const errors: string[] = []
  const rest = [...args]
  let text = ''
  do {
    const before = rest.length
    const pass = formatOnce(format, rest, errors, times)
    text += pass.text
    if (pass.stopped || rest.length === before) break
  } while (rest.length > 0)
  return { text, errors }
}

function formatOnce(
  format: string,
  args: string[],
  errors: string[],
  times: PrintfTimes,
): { text: string; stopped: boolean } {
  let text = ''
  for (let at = 0; at < format.length; ) {
    const percent = format.indexOf('%', at)
    const literal = decodeEscapes(format.slice(at, percent < 0 ? undefined : percent), 'format')
    text += literal.text
    if (percent < 0) return { text, stopped: false }
    directive.lastIndex = percent
    const match = directive.exec(format)
    if (!match) {
      const char = format[percent + 1]
      errors.push(char === undefined ? "`%': missing format character" : `\`${char}': invalid format character`)
      return { text, stopped: true }
    }
    at = directive.lastIndex
    const [, flags = '', widthText, precisionText, timeFormat, conversion = ''] = match
    if (conversion === '%') {
      text += '%'
      continue
    }
    const width = widthText === '*' ? Number(args.shift() ?? 0) : Number(widthText ?? 0)
    const hasPrecision = match[0].includes('.')
    const precision = hasPrecision
      ? precisionText === '*'
        ? Number(args.shift() ?? 0)
        : Number(precisionText ?? 0)
      : undefined
    if (conversion === 'b') {
      const decoded = decodeEscapes(args.shift() ?? '', 'percentB')
      text += pad(cut(decoded.text, precision), flags, width)
      if (decoded.stopped) return { text, stopped: true }
      continue
    }
    const converted = convert(conversion, flags, precision, args.shift(), errors, times, timeFormat)
    if (converted === undefined) {
      errors.push(`\`${conversion}': invalid format character`)
      return { text, stopped: true }
    }
    text += pad(converted, 'diouxXeEfFgG'.includes(conversion) ? flags : flags.replace('0', ''), width)
  }
  return { text, stopped: false }
}

function convert(
  conversion: string,
  flags: string,
  precision: number | undefined,
  argument: string | undefined,
  errors: string[],
  times: PrintfTimes,
  timeFormat: string | undefined,
): string | undefined {
  switch (conversion) {
    case 's':
      return cut(argument ?? '', precision)
    case 'q':
    case 'Q':
      return quoteWithBackslashes(argument ?? '')
    case 'c':
      return [...(argument ?? '')][0] ?? ''
    case 'T': {
      const value =
        argument === undefined || argument === '-1' ? times.now : argument === '-2' ? times.start : Number(argument)
      return formatTime(timeFormat || '%H:%M:%S', value)
    }
    case 'd':
    case 'i':
      return signed(integer(argument ?? '', errors), flags, precision)
    case 'u':
    case 'o':
    case 'x':
    case 'X':
      return unsigned(conversion, BigInt.asUintN(64, integer(argument ?? '', errors)), flags, precision)
    default:
      return /[eEfFgGaA]/.test(conversion)
        ? float(conversion, real(argument ?? '', errors), flags, precision)
        : undefined
  }
}

function cut(text: string, precision: number | undefined): string {
  return precision === undefined ? text : text.slice(0, precision)
}

function pad(text: string, flags: string, width: number): string {
  if (flags.includes('-') || width < 0) return text.padEnd(Math.abs(width))
  if (!flags.includes('0')) return text.padStart(width)
  const sign = /^[-+ ]|^0[xX]/.exec(text)?.[0] ?? ''
  return sign + text.slice(sign.length).padStart(width - sign.length, '0')
}

/** A number as C writes it; `'x` is the code of the character. */
function integer(text: string, errors: string[]): bigint {
  const quoted = /^['"]([\s\S])/u.exec(text)
  if (quoted?.[1]) return BigInt(quoted[1].codePointAt(0) ?? 0)
  const match = /^\s*([-+]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)/.exec(text)
  if (!match?.[2]) {
    if (text !== '') errors.push(`${text}: invalid number`)
    return 0n
  }
  if (match[0].length < text.length) errors.push(`${text}: invalid number`)
  const digits = /^0[0-7]/.test(match[2]) ? `0o${match[2].slice(1)}` : match[2]
  return match[1] === '-' ? -BigInt(digits) : BigInt(digits)
}

function real(text: string, errors: string[]): number {
  const quoted = /^['"]([\s\S])/u.exec(text)
  if (quoted?.[1]) return quoted[1].codePointAt(0) ?? 0
  if (text === '') return 0
  const value = Number(text.trim())
  if (Number.isNaN(value)) {
    errors.push(`${text}: invalid number`)
    return Number.parseFloat(text) || 0
  }
  return value
}

function signed(value: bigint, flags: string, precision: number | undefined): string {
  const digits = (value < 0n ? -value : value).toString().padStart(precision ?? 0, '0')
  return (value < 0n ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '') + digits
}

function unsigned(conversion: string, value: bigint, flags: string, precision: number | undefined): string {
  const base = conversion === 'o' ? 8 : conversion === 'u' ? 10 : 16
  const digits = value.toString(base).padStart(precision ?? 0, '0')
  const prefix = flags.includes('#') && value !== 0n ? (base === 16 ? '0x' : base === 8 ? '0' : '') : ''
  return conversion === 'X' ? (prefix + digits).toUpperCase() : prefix + digits
}

function float(conversion: string, value: number, flags: string, precision = 6): string {
  const sign = value < 0 || Object.is(value, -0) ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''
  const size = Math.abs(value)
  const exponent = (text: string): string => text.replace(/e([-+])(\d)$/, 'e$10$2')
  let text: string
  if (!Number.isFinite(size)) text = Number.isNaN(size) ? 'nan' : 'inf'
  else if (/[fF]/.test(conversion)) text = size.toFixed(precision)
  else if (/[eE]/.test(conversion)) text = exponent(size.toExponential(precision))
  else text = general(size, precision || 1, flags.includes('#'), exponent)
  return sign + (conversion === conversion.toUpperCase() ? text.toUpperCase() : text)
}

function general(size: number, precision: number, keepsZeros: boolean, exponent: (text: string) => string): string {
  const power = size === 0 ? 0 : Number(size.toExponential(precision - 1).split('e')[1])
  const text =
    power < -4 || power >= precision ? size.toExponential(precision - 1) : size.toFixed(precision - 1 - power)
  return exponent(keepsZeros || !text.includes('.') ? text : text.replace(/\.?0+(?=e|$)/, ''))
}
