// echo and printf.
import type { Program } from '../../kernel/system.ts'
import { encodeText } from '../../programs/bytes.ts'
import { writeError, writeOut } from '../../programs/stdio.ts'
import { CommandError } from '../control.ts'
import { decodeEscapes } from '../escapes.ts'
import type { Builtin, Shell } from '../shell.ts'

const echo: Builtin = function* echo(shell, argv) {
  const words = argv.slice(1)
  let newline = true
  // dash knows -n alone, once, and decodes always.
  const isDash = shell.dialect.name === 'dash'
  let escapes = isDash || (shell.state.shopt.get('xpg_echo') ?? false)
  if (isDash && words[0] === '-n') {
    newline = false
    words.shift()
  }
  const options = isDash ? /^(?!)/ : /^-[neE]+$/
  while (options.test(words[0] ?? '')) {
    for (const letter of (words.shift() ?? '').slice(1)) {
      if (letter === 'n') newline = false
      else escapes = letter === 'e'
    }
  }
  const text = words.join(' ')
  if (!escapes) {
    yield* writeOut(shell.system, text + (newline ? '\n' : ''))
    return 0
  }
  const decoded = decodeEscapes(text, 'echo')
  yield* writeOut(shell.system, decoded.text + (newline && !decoded.stopped ? '\n' : ''))
  return 0
}

/** A word as `printf %q` and `set` print it, so that the shell reads it again as it is. */
export function shellQuoted(text: string): string {
  if (text === '') return "''"
  if (/[\0-\x1f\x7f]/.test(text)) {
    const escaped = text.replace(/[\\']/g, '\\$&').replace(/[\0-\x1f\x7f]/g, (character) => {
      const known: Readonly<Record<string, string>> = {
        '\n': '\\n',
        '\t': '\\t',
        '\r': '\\r',
        '\x1b': '\\E',
        '\x07': '\\a',
      }
      return known[character] ?? `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`
    })
    return `$'${escaped}'`
  }
  return text.replace(/[^\w@%+=:,./-]/g, (character) => (character.charCodeAt(0) > 127 ? character : `\\${character}`))
}

/** printf's arguments, which are used in turn and begin to be absent. */
class Arguments {
  readonly #words: readonly string[]
  #next = 0
  failed = false

  constructor(words: readonly string[]) {
    this.#words = words
  }

  get used(): number {
    return this.#next
  }

  get left(): boolean {
    return this.#next < this.#words.length
  }

  text(): string {
    return this.#words[this.#next++] ?? ''
  }

  *number(shell: Shell, name: string): Program<bigint> {
    const word = this.text()
    if (word === '') return 0n
    if (/^['"]/.test(word)) return BigInt(word.codePointAt(1) ?? 0)
    const match = /^\s*([-+]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)/.exec(word)
    const digits = match?.[2] ?? '0'
    if (match === null || match[0].length < word.length) {
      this.failed = true
      if (shell.dialect.name === 'ash')
        yield* writeError(shell.system, `${shell.state.name}: invalid number '${word}'\n`)
      else {
        const problem = shell.dialect.name === 'dash' ? 'expected numeric value' : 'invalid number'
        yield* shell.complain(`${name}: ${word}: ${problem}`)
      }
    }
    const value = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits)
    return match?.[1] === '-' ? -value : value
  }
}

interface Conversion {
  readonly flags: string
  readonly width: number
  readonly precision: number | undefined
  readonly letter: string
  readonly timeFormat: string
}

const printf: Builtin = function* printf(shell, argv) {
  const words = argv.slice(1)
  let variable: string | undefined
  if (words[0] === '-v') {
    variable = words[1]
    words.splice(0, 2)
  }
  if (words[0] === '--') words.shift()
  const format = words.shift()
  if (format === undefined && shell.dialect.name === 'ash') {
    yield* writeError(shell.system, `${shell.state.name}: usage: printf FORMAT [ARGUMENT...]\n`)
    return 2
  }
  if (format === undefined) throw new CommandError('printf: usage: printf [-v var] format [arguments]', 2)
  const rest = new Arguments(words)
  let text = ''
  let stopped = false
  do {
    const before = rest.used
    const once = yield* formatOnce(shell, format, rest)
    text += once.text
    stopped = once.stopped
    if (rest.used === before) break
  } while (rest.left && !stopped)
  if (variable !== undefined) shell.variables.set(variable, text)
  else yield* writeOut(shell.system, encodeText(text))
  return rest.failed ? 1 : 0
}

const conversionPattern = /%([-+ #0]*)(\*|\d+)?(?:\.(\*|\d*))?(?:\(([^)]*)\))?[hlLqjzt]*([a-zA-Z%])/y

function* formatOnce(shell: Shell, format: string, rest: Arguments): Program<{ text: string; stopped: boolean }> {
  let text = ''
  for (let at = 0; at < format.length; ) {
    const percent = format.indexOf('%', at)
    const literal = decodeEscapes(format.slice(at, percent === -1 ? undefined : percent), 'format')
    text += literal.text
    if (literal.stopped) return { text, stopped: true }
    if (percent === -1) break
    conversionPattern.lastIndex = percent
    const match = conversionPattern.exec(format)
    if (match === null) throw new CommandError(`printf: \`${format.slice(percent)}': missing format character`)
    at = conversionPattern.lastIndex
    if (match[5] === '%') {
      text += '%'
      continue
    }
    let flags = match[1] ?? ''
    let width = match[2] === '*' ? Number(yield* rest.number(shell, 'printf')) : Number(match[2] ?? 0)
    if (width < 0) {
      flags += '-'
      width = -width
    }
    const precision =
      match[3] === undefined
        ? undefined
        : match[3] === '*'
          ? Number(yield* rest.number(shell, 'printf'))
          : Number(match[3] || 0)
    const conversion = {
      flags,
      width,
      precision,
      letter: match[4] === undefined ? (match[5] ?? '') : 'T',
      timeFormat: match[4] ?? '',
    }
    const one = yield* convert(shell, conversion, rest)
    text += one.text
    if (one.stopped) return { text, stopped: true }
  }
  return { text, stopped: false }
}

function* convert(shell: Shell, conversion: Conversion, rest: Arguments): Program<{ text: string; stopped: boolean }> {
  const { letter, precision } = conversion
  const plain = (text: string) => ({ text: padded(text, conversion, false), stopped: false })
  switch (letter) {
    case 's':
      return plain(rest.text().slice(0, precision))
    case 'c':
      return plain([...rest.text()][0] ?? '')
    case 'q':
      return plain(shellQuoted(rest.text()))
    case 'b': {
      const decoded = decodeEscapes(rest.text(), 'percentB')
      return { text: padded(decoded.text, conversion, false), stopped: decoded.stopped }
    }
    case 'd':
    case 'i':
    case 'u':
    case 'o':
    case 'x':
    case 'X':
      return { text: integer(yield* rest.number(shell, 'printf'), conversion), stopped: false }
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
      return { text: real(Number(rest.text() || 0), conversion), stopped: false }
    case 'T': {
      const word = rest.text()
      const now = yield* shell.system.clock_gettime('CLOCK_REALTIME')
      const seconds = word === '' || word === '-1' || word === '-2' ? now / 1e6 : Number(word)
      return plain(strftime(conversion.timeFormat || '%X', seconds))
    }
    default:
      throw new CommandError(`printf: \`${letter}': invalid format character`)
  }
}

function padded(text: string, { flags, width }: Conversion, zero: boolean): string {
  if (flags.includes('-')) return text.padEnd(width)
  if (!zero) return text.padStart(width)
  const sign = /^[-+ ]/.exec(text)?.[0] ?? ''
  return sign + text.slice(sign.length).padStart(width - sign.length, '0')
}

function integer(value: bigint, conversion: Conversion): string {
  const { flags, letter, precision } = conversion
  const radix = letter === 'o' ? 8 : letter.toLowerCase() === 'x' ? 16 : 10
  const unsigned = letter !== 'd' && letter !== 'i' && value < 0n ? BigInt.asUintN(64, value) : value
  let digits = (unsigned < 0n ? -unsigned : unsigned).toString(radix)
  if (letter === 'X') digits = digits.toUpperCase()
  digits = digits.padStart(precision ?? 1, '0')
  if (flags.includes('#') && value !== 0n) digits = (radix === 16 ? `0${letter}` : radix === 8 ? '0' : '') + digits
  const sign = unsigned < 0n ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''
  return padded(sign + digits, conversion, flags.includes('0') && precision === undefined)
}

function real(value: number, conversion: Conversion): string {
  const { flags, letter, precision = 6 } = conversion
  const lower = letter.toLowerCase()
  let text =
    lower === 'f'
      ? value.toFixed(precision)
      : lower === 'e'
        ? exponent(value.toExponential(precision))
        : general(value, precision)
  if (letter !== lower) text = text.toUpperCase()
  if (value >= 0 && flags.includes('+')) text = `+${text}`
  return padded(text, conversion, flags.includes('0'))
}

/** C writes at least two digits of an exponent. */
function exponent(text: string): string {
  return text.replace(/e([-+])(\d)$/, 'e$10$2')
}

function general(value: number, precision: number): string {
  if (value === 0) return '0'
  const power = Math.floor(Math.log10(Math.abs(value)))
  const digits = precision === 0 ? 1 : precision
  if (power < -4 || power >= digits) return exponent(value.toExponential(digits - 1).replace(/\.?0+e/, 'e'))
  return value
    .toFixed(Math.max(0, digits - 1 - power))
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '')
}

export const outputBuiltins: readonly (readonly [string, Builtin])[] = [
  ['echo', echo],
  ['printf', printf],
]

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const months = 'January February March April May June July August September October November December'.split(' ')

/** strftime(3) in UTC, the machine's time zone; seconds since the epoch. */
export function strftime(format: string, seconds: number): string {
  const date = new Date(seconds * 1000)
  const two = (number: number) => String(number).padStart(2, '0')
  const values: Readonly<Record<string, () => string>> = {
    Y: () => String(date.getUTCFullYear()),
    m: () => two(date.getUTCMonth() + 1),
    d: () => two(date.getUTCDate()),
    e: () => String(date.getUTCDate()).padStart(2),
    H: () => two(date.getUTCHours()),
    I: () => two(date.getUTCHours() % 12 || 12),
    M: () => two(date.getUTCMinutes()),
    S: () => two(date.getUTCSeconds()),
    p: () => (date.getUTCHours() < 12 ? 'AM' : 'PM'),
    s: () => String(Math.floor(seconds)),
    N: () => String(Math.floor((seconds % 1) * 1e9)).padStart(9, '0'),
    a: () => (days[date.getUTCDay()] ?? '').slice(0, 3),
    A: () => days[date.getUTCDay()] ?? '',
    b: () => (months[date.getUTCMonth()] ?? '').slice(0, 3),
    h: () => (months[date.getUTCMonth()] ?? '').slice(0, 3),
    B: () => months[date.getUTCMonth()] ?? '',
    y: () => two(date.getUTCFullYear() % 100),
    j: () => String(Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 0)) / 86_400_000)).padStart(3, '0'),
    u: () => String(date.getUTCDay() || 7),
    w: () => String(date.getUTCDay()),
    Z: () => 'UTC',
    z: () => '+0000',
    n: () => '\n',
    t: () => '\t',
    '%': () => '%',
    F: () => strftime('%Y-%m-%d', seconds),
    T: () => strftime('%H:%M:%S', seconds),
    R: () => strftime('%H:%M', seconds),
    D: () => strftime('%m/%d/%y', seconds),
    c: () => strftime('%a %b %e %H:%M:%S %Y', seconds),
    X: () => strftime('%H:%M:%S', seconds),
    x: () => strftime('%m/%d/%y', seconds),
  }
  return format.replace(/%([a-zA-Z%])/g, (whole, letter: string) => values[letter]?.() ?? whole)
}
