// The operations of `${…}` on one text: removing and replacing what a pattern matches, substrings, letter case.
import { FatalError } from './control.ts'
import { patternToRegExp, translate } from './pattern.ts'

/** `${x#p}`, `${x##p}`, `${x%p}`, `${x%%p}`. */
export function removePattern(text: string, pattern: string, operator: '#' | '##' | '%' | '%%'): string {
  const expression = patternToRegExp(pattern)
  const lengths = Array.from({ length: text.length + 1 }, (_, index) => index)
  if (operator === '##' || operator === '%%') lengths.reverse()
  for (const length of lengths) {
    const cut = operator.startsWith('#') ? text.slice(0, length) : text.slice(text.length - length)
    if (expression.test(cut)) return operator.startsWith('#') ? text.slice(length) : text.slice(0, text.length - length)
  }
  return text
}

/** `${x/p/r}`, `${x//p/r}`, `${x/#p/r}`, `${x/%p/r}`; the replacement is a function of what was matched. */
export function replacePattern(
  text: string,
  pattern: string,
  replacement: (match: string) => string,
  operator: '/' | '//' | '/#' | '/%',
): string {
  if (pattern === '')
    return operator === '/#' ? replacement('') + text : operator === '/%' ? text + replacement('') : text
  const source = translate(pattern)
  if (operator === '/#') return text.replace(new RegExp(`^(?:${source})`, 'su'), (match) => replacement(match))
  if (operator === '/%') return replaceSuffix(text, pattern, replacement)
  return text.replace(new RegExp(source, operator === '//' ? 'sug' : 'su'), (match) =>
    match === '' ? '' : replacement(match),
  )
}

function replaceSuffix(text: string, pattern: string, replacement: (match: string) => string): string {
  const expression = patternToRegExp(pattern)
  for (let from = 0; from <= text.length; from += 1) {
    if (expression.test(text.slice(from))) return text.slice(0, from) + replacement(text.slice(from))
  }
  return text
}

/** `${x:offset:length}`; a negative length counts from the end. Throws FatalError when it ends before it begins. */
export function slice(text: string, offset: number, length: number | undefined): string {
  const characters = [...text]
  const start = offset < 0 ? characters.length + offset : offset
  if (start < 0 || start > characters.length) return ''
  if (length === undefined) return characters.slice(start).join('')
  const end = length < 0 ? characters.length + length : start + length
  if (end < start) throw new FatalError(`${length}: substring expression < 0`)
  return characters.slice(start, end).join('')
}

/** `${x^p}`, `${x^^p}`, `${x,p}`, `${x,,p}`, `${x~p}`, `${x~~p}`. */
export function changeCase(text: string, pattern: string, operator: '^' | '^^' | ',' | ',,' | '~' | '~~'): string {
  const expression = patternToRegExp(pattern)
  const change = (char: string): string => {
    if (!expression.test(char)) return char
    const rises = operator.startsWith('~') ? char === char.toLowerCase() : operator.startsWith('^')
    return rises ? char.toUpperCase() : char.toLowerCase()
  }
  const characters = [...text]
  return operator.length === 2
    ? characters.map(change).join('')
    : change(characters[0] ?? '') + characters.slice(1).join('')
}
