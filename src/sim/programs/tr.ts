// tr(1): replaces, squeezes or deletes characters of its input.
import type { Main } from '../kernel/system.ts'
import { decodeText } from './bytes.ts'
import { command, ProgramError } from './command.ts'
import type { OptionRow } from './getopt.ts'
import { OptionError } from './getopt.ts'
import { readSize, writeOut } from './stdio.ts'

const rows: readonly OptionRow[] = [
  { names: ['c', 'C', 'complement'] },
  { names: ['d', 'delete'] },
  { names: ['s', 'squeeze-repeats'] },
  { names: ['t', 'truncate-set1'] },
]

export const tr: Main = command(
  'tr',
  rows,
  function* run(invocation) {
    const { system, operands } = invocation
    const [first, second] = operands
    const deletes = invocation.has('d')
    const squeezes = invocation.has('s')
    if (first === undefined) throw new OptionError('missing operand')
    if (second === undefined && !deletes && !squeezes) {
      throw new OptionError(`missing operand after '${first}'\nTwo strings must be given when translating.`)
    }
    if (second !== undefined && deletes && !squeezes) {
      throw new OptionError(
        `extra operand '${second}'\nOnly one string may be given when deleting without squeezing repeats.`,
      )
    }
    const from = setOf(first)
    const to = second === undefined ? [] : setOf(second)
    const known = new Set(from)
    const inFirst = (char: string): boolean => known.has(char) !== invocation.has('c')
    const map = new Map<string, string>()
    for (const [index, char] of from.entries()) {
      const target = to[index] ?? (invocation.has('t') ? undefined : to.at(-1))
      if (target !== undefined && !map.has(char)) map.set(char, target)
    }
    const squeezed = new Set(second === undefined ? from : to)
    const isSqueezed = (char: string): boolean => (second === undefined ? inFirst(char) : squeezed.has(char))
    let before = ''
    for (;;) {
      const chunk = yield* system.read(0, readSize)
      if (chunk.length === 0) return 0
      let text = ''
      for (const char of decodeText(chunk)) {
        if (deletes && inFirst(char)) continue
        const translates = !deletes && second !== undefined && inFirst(char)
        const result = translates ? (invocation.has('c') ? (to.at(-1) ?? char) : (map.get(char) ?? char)) : char
        if (squeezes && result === before && isSqueezed(result)) continue
        before = result
        text += result
      }
      yield* writeOut(system, text)
    }
  },
  { stopAtOperand: true },
)

const escapes: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
}

const range = (first: string, last: string): string[] =>
  Array.from({ length: last.charCodeAt(0) - first.charCodeAt(0) + 1 }, (_, index) =>
    String.fromCharCode(first.charCodeAt(0) + index),
  )

const classes: Readonly<Record<string, readonly string[]>> = {
  upper: range('A', 'Z'),
  lower: range('a', 'z'),
  digit: range('0', '9'),
  alpha: [...range('A', 'Z'), ...range('a', 'z')],
  alnum: [...range('0', '9'), ...range('A', 'Z'), ...range('a', 'z')],
  space: ['\t', '\n', '\v', '\f', '\r', ' '],
  blank: ['\t', ' '],
  punct: [...range('!', '/'), ...range(':', '@'), ...range('[', '`'), ...range('{', '~')],
  cntrl: [...range('\0', '\u001f'), '\u007f'],
  print: range(' ', '~'),
  graph: range('!', '~'),
  xdigit: [...range('0', '9'), ...range('A', 'F'), ...range('a', 'f')],
}

/** The characters that a set's text stands for, in order. */
function setOf(text: string): string[] {
  const units: string[] = []
  const pattern = /\[:(\w+):\]|\\([0-7]{1,3})|\\([\s\S])|([\s\S])/gu
  const raw: { char: string; plain: boolean }[] = []
  for (const match of text.matchAll(pattern)) {
    const named = match[1] === undefined ? undefined : classes[match[1]]
    if (match[1] !== undefined && !named) throw new ProgramError(`invalid character class '${match[1]}'`)
    if (named) raw.push(...named.map((char) => ({ char, plain: false })))
    else if (match[2] !== undefined) raw.push({ char: String.fromCharCode(Number.parseInt(match[2], 8)), plain: false })
    else if (match[3] !== undefined) raw.push({ char: escapes[match[3]] ?? match[3], plain: false })
    else raw.push({ char: match[4] ?? '', plain: true })
  }
  for (let at = 0; at < raw.length; at += 1) {
    const here = raw[at]
    const end = raw[at + 2]
    if (here && end && raw[at + 1]?.char === '-' && raw[at + 1]?.plain) {
      if (end.char < here.char) {
        throw new ProgramError(`range-endpoints of '${here.char}-${end.char}' are in reverse collating sequence order`)
      }
      units.push(...range(here.char, end.char))
      at += 2
    } else if (here) units.push(here.char)
  }
  return units
}
