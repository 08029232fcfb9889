// sort(1): whole lines or keys of fields, as text, numbers, months or versions.
import { type Main, SystemCallError } from '../kernel/system.ts'
import { decodeText } from './bytes.ts'
import { readAll, lines as linesOf, writeAll, writeOut } from './stdio.ts'
import { attempt, type Call, Failure, type Family, utility } from './utility.ts'

const options = [
  ...['n', 'r', 'u', 'b', 'f', 'd', 'i', 'g', 'h', 'M', 'V', 's', 'c', 'C', 'z', 'm'].map((letter) => ({
    names: [letter],
  })),
  { names: ['k', 'key'], value: 'required' as const },
  { names: ['t', 'field-separator'], value: 'required' as const },
  { names: ['o', 'output'], value: 'required' as const },
  { names: ['numeric-sort'] },
  { names: ['reverse'] },
  { names: ['unique'] },
  { names: ['version-sort'] },
]

/** One position of a key: field and character, both from 1; character 0 is the end of the field. */
interface Position {
  readonly field: number
  readonly character: number
  readonly blanks: boolean
}

interface Key {
  readonly start: Position
  readonly end: Position | undefined
  readonly flags: string
}

function parseKey(text: string, call: Call): Key {
  const match = /^(\d+)(?:\.(\d+))?([bdfgiMhnRrV]*)(?:,(\d+)(?:\.(\d+))?([bdfgiMhnRrV]*))?$/.exec(text)
  if (match === null) {
    throw new Failure(`invalid number at field start: invalid count at start of ${call.quote(text)}`, { status: 2 })
  }
  const [, field, character, flags = '', endField, endCharacter, endFlags = ''] = match
  if (Number(field) === 0) {
    throw new Failure(`field number is zero: invalid field specification ${call.quote(text)}`, { status: 2 })
  }
  return {
    start: { field: Number(field), character: Number(character ?? 1), blanks: flags.includes('b') },
    end:
      endField === undefined
        ? undefined
        : { field: Number(endField), character: Number(endCharacter ?? 0), blanks: endFlags.includes('b') },
    flags: flags + endFlags,
  }
}

/** Fields with the blanks before them, or without the separator. */
function fieldsOf(line: string, separator: string | undefined): { start: number; end: number }[] {
  const fields: { start: number; end: number }[] = []
  if (separator === undefined) {
    for (const match of line.matchAll(/[ \t]*[^ \t]+|[ \t]+$/g)) {
      fields.push({ start: match.index, end: match.index + match[0].length })
    }
    return fields
  }
  let start = 0
  for (;;) {
    const end = line.indexOf(separator, start)
    fields.push({ start, end: end < 0 ? line.length : end })
    if (end < 0) return fields
    start = end + separator.length
  }
}

function keyText(line: string, key: Key, separator: string | undefined): string {
  const fields = fieldsOf(line, separator)
  const place = (position: Position, isEnd: boolean): number => {
    const field = fields[position.field - 1]
    if (field === undefined) return line.length
    if (isEnd && position.character === 0) return field.end
    const skipped = position.blanks ? (/^[ \t]*/.exec(line.slice(field.start))?.[0].length ?? 0) : 0
    return Math.min(line.length, field.start + skipped + position.character - (isEnd ? 0 : 1))
  }
  return line.slice(place(key.start, false), key.end === undefined ? undefined : place(key.end, true))
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const units = ' KMGTPE'

function numberOf(text: string, flags: string): number {
  const match = /^\s*(-?\d*\.?\d*)([KkMGTPE]?)/.exec(text)
  const value = Number(match?.[1] ?? 0)
  const factor = flags.includes('h') ? 1024 ** Math.max(0, units.indexOf((match?.[2] ?? '').toUpperCase() || ' ')) : 1
  return Number.isNaN(value) ? 0 : value * factor
}

/** Compares code points, as the C locale compares bytes of UTF-8. */
function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}

function compareVersions(a: string, b: string): number {
  const [left, right] = [a.split(/(\d+)/), b.split(/(\d+)/)]
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const [x = '', y = ''] = [left[at], right[at]]
    const order = at % 2 === 1 ? Number(x) - Number(y) : compareText(x, y)
    if (order !== 0) return order
  }
  return 0
}

function compareBy(flags: string, a: string, b: string): number {
  const order = (() => {
    if (flags.includes('n') || flags.includes('h')) return numberOf(a, flags) - numberOf(b, flags)
    if (flags.includes('g')) return (Number.parseFloat(a) || 0) - (Number.parseFloat(b) || 0)
    if (flags.includes('M')) {
      const month = (text: string) => months.indexOf(text.trim().slice(0, 3).toUpperCase())
      return month(a) - month(b)
    }
    if (flags.includes('V')) return compareVersions(a, b)
    let [x, y] = [a, b]
    if (flags.includes('b')) [x, y] = [x.trimStart(), y.trimStart()]
    if (flags.includes('d')) [x, y] = [x.replace(/[^\w\s]/g, ''), y.replace(/[^\w\s]/g, '')]
    if (flags.includes('f')) [x, y] = [x.toUpperCase(), y.toUpperCase()]
    return compareText(x, y)
  })()
  return flags.includes('r') ? -order : order
}

export const sortMain = (family: Family): Main =>
  utility(family, { name: 'sort', options, synopsis: '[OPTION]... [FILE]...', usageStatus: 2 }, function* sort(call) {
    const { system, has, value, operands } = call
    const long: readonly (readonly [string, string])[] = [
      ['numeric-sort', 'n'],
      ['reverse', 'r'],
      ['version-sort', 'V'],
    ]
    const global =
      'nrbfdighMV'.split('').filter(has).join('') + long.map(([name, letter]) => (has(name) ? letter : '')).join('')
    const keys = (call.parsed.given.get('k') ?? []).map((text) => parseKey(text, call))
    const separator = value('t') === '\\0' ? '\0' : value('t')
    if (separator !== undefined && [...separator].length !== 1) {
      throw new Failure(separator === '' ? 'empty tab' : `multi-character tab ${call.quote(separator)}`, { status: 2 })
    }
    const compareKeys = (a: string, b: string): number => {
      for (const key of keys) {
        const order = compareBy(
          key.flags === '' ? global : key.flags,
          keyText(a, key, separator),
          keyText(b, key, separator),
        )
        if (order !== 0) return order
      }
      return keys.length === 0 ? compareBy(global, a, b) : 0
    }
    const unique = has('u') || has('unique')
    const last = (a: string, b: string) =>
      unique || has('s') ? 0 : global.includes('r') ? compareText(b, a) : compareText(a, b)
    const compare = (a: string, b: string) => compareKeys(a, b) || last(a, b)
    const all: string[] = []
    const end = has('z') ? '\0' : '\n'
    for (const path of operands.length === 0 ? ['-'] : operands) {
      const fd = path === '-' ? 0 : yield* attempt(system.open(path))
      const bytes = fd instanceof SystemCallError ? fd : yield* attempt(readAll(system, fd))
      if (bytes instanceof SystemCallError) {
        const what = family === 'gnu' ? (bytes.errno === 'EISDIR' ? 'read failed: ' : 'cannot read: ') : ''
        throw new Failure(`${what}${path}: ${bytes.message}`, { status: 2 })
      }
      const text = decodeText(bytes)
      all.push(...(has('z') ? text.replace(/\0$/, '').split('\0') : linesOf(text)))
    }
    if (has('c') || has('C')) {
      const at = all.findIndex((line, index) => {
        const order = index === 0 ? -1 : compare(all[index - 1] ?? '', line)
        return unique && index > 0 ? order >= 0 : order > 0
      })
      if (at < 0) return 0
      if (has('c')) throw new Failure(`${operands[0] ?? '-'}:${at + 1}: disorder: ${all[at]}`)
      return 1
    }
    const sorted = all.toSorted(compare)
    const shown = unique
      ? sorted.filter((line, index) => index === 0 || compareKeys(sorted[index - 1] ?? '', line) !== 0)
      : sorted
    const text = shown.map((line) => line + end).join('')
    const output = value('o')
    if (output === undefined) yield* writeOut(system, text)
    else {
      const fd = yield* attempt(system.open(output, ['WRONLY', 'CREAT', 'TRUNC']))
      if (fd instanceof SystemCallError) throw new Failure(`open failed: ${output}: ${fd.message}`, { status: 2 })
      yield* writeAll(system, fd, text)
    }
    return 0
  })
