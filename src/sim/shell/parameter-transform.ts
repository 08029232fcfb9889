// `${x@Q}` and its kin, and bash's ways to quote a text so that the shell reads it back: `printf %q`, `set`, `declare -p`.
import { decodeEscapes } from './escapes.ts'
import { elements, type Variable } from './variables.ts'

/** One of the operators U, u, L, Q, E, P of `${x@…}`. */
export function transform(text: string, operator: string): string {
  switch (operator) {
    case 'U':
      return text.toUpperCase()
    case 'u':
      return text.slice(0, 1).toUpperCase() + text.slice(1)
    case 'L':
      return text.toLowerCase()
    case 'Q':
      return quoteForReuse(text)
    case 'E':
      return decodeEscapes(text, 'dollar').text
    default:
      return text
  }
}

/** In single quotes, or as `$'…'` when it has control characters: `${x@Q}`, `alias`, `trap -p`. */
export function quoteForReuse(text: string): string {
  return /[\u0000-\u001f\u007f]/.test(text) ? ansiQuote(text) : `'${text.replaceAll("'", "'\\''")}'`
}

/** As `set` and `export -p` of a value: quoted only when needed. */
export function quoteWhenNeeded(text: string): string {
  if (text === '') return "''"
  return /^[\w@%+=:,./-]+$/.test(text) ? text : quoteForReuse(text)
}

/** With backslashes, as `printf %q`. */
export function quoteWithBackslashes(text: string): string {
  if (text === '') return "''"
  if (/[\u0000-\u001f\u007f]/.test(text)) return ansiQuote(text)
  return text
    .replace(/[ !"#$&'()*;<>?[\\\]^`{|},]/g, (char, at) => (char === '#' && at > 0 ? char : `\\${char}`))
    .replace(/^~/, '\\~')
}

/** In double quotes, as `declare -p`. */
export function doubleQuote(text: string): string {
  return /[\u0000-\u001f\u007f]/.test(text) ? ansiQuote(text) : `"${text.replace(/[$`"\\]/g, '\\$&')}"`
}

/** `declare -x NAME="value"`, as `declare -p` and `${name@A}` print it. */
export function declaration(name: string, variable: Variable): string {
  const flags = [
    variable.indexed ? 'a' : '',
    variable.associative ? 'A' : '',
    variable.integer ? 'i' : '',
    variable.letters === 'lower' ? 'l' : '',
    variable.reference ? 'n' : '',
    variable.readonly ? 'r' : '',
    variable.traced ? 't' : '',
    variable.letters === 'upper' ? 'u' : '',
    variable.exported ? 'x' : '',
  ].join('')
  const head = `declare -${flags || '-'} ${name}`
  if ((variable.indexed || variable.associative) && !variable.isUnsetArray) {
    const pairs = elements(variable).map(([key, value]) => `[${subscriptText(key)}]=${doubleQuote(value)}`)
    const space = variable.associative && pairs.length > 0 ? ' ' : ''
    return `${head}=(${pairs.join(' ')}${space})`
  }
  return variable.value === undefined ? head : `${head}=${doubleQuote(variable.value)}`
}

function subscriptText(key: string): string {
  return /^[\w.,:+/@%^-]+$/.test(key) ? key : doubleQuote(key)
}

const named: Readonly<Record<string, string>> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\u001b': '\\E',
  "'": "\\'",
  '\\': '\\\\',
}

function ansiQuote(text: string): string {
  const octal = (char: string): string => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`
  return `$'${text.replace(/[\u0000-\u001f\u007f'\\]/g, (char) => named[char] ?? octal(char))}'`
}
