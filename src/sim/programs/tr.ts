// tr(1): translates, squeezes and deletes bytes.
import type { Main } from '../kernel/system.ts'
import { encodeText } from './bytes.ts'
import { readSize, writeOut } from './stdio.ts'
import { Failure, type Family, misuse, utility } from './utility.ts'

const options = [
  { names: ['d', 'delete'] },
  { names: ['s', 'squeeze-repeats'] },
  { names: ['c', 'complement'] },
  { names: ['C'] },
  { names: ['t', 'truncate-set1'] },
] as const

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_each, index) => from + index)
const codes = (text: string) => [...encodeText(text)]

const classes: Readonly<Record<string, readonly number[]>> = {
  alnum: [...codes('0123456789'), ...range(65, 90), ...range(97, 122)],
  alpha: [...range(65, 90), ...range(97, 122)],
  blank: [9, 32],
  cntrl: [...range(0, 31), 127],
  digit: range(48, 57),
  graph: range(33, 126),
  lower: range(97, 122),
  print: range(32, 126),
  punct: [...range(33, 47), ...range(58, 64), ...range(91, 96), ...range(123, 126)],
  space: [...range(9, 13), 32],
  upper: range(65, 90),
  xdigit: [...range(48, 57), ...range(65, 70), ...range(97, 102)],
}

const escapes: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92 }

/** The bytes of a set; `[x*]` is filled up to `length`. @throws Failure */
function expand(set: string, length: number, quote: (text: string) => string): number[] {
  const bytes: number[] = []
  let fill: { at: number; byte: number } | undefined
  let at = 0
  const one = (): number[] => {
    if (set[at] === '\\' && at + 1 < set.length) {
      const octal = /^[0-7]{1,3}/.exec(set.slice(at + 1))
      if (octal !== null) {
        at += 1 + octal[0].length
        return [Number.parseInt(octal[0], 8) & 0xff]
      }
      const letter = set[at + 1] ?? ''
      at += 2
      return escapes[letter] === undefined ? codes(letter) : [escapes[letter] ?? 0]
    }
    const character = String.fromCodePoint(set.codePointAt(at) ?? 0)
    at += character.length
    return codes(character)
  }
  while (at < set.length) {
    const rest = set.slice(at)
    const named = /^\[:(\w+):\]/.exec(rest)
    const repeated = /^\[(\\?.)\*(\d*)\]/.exec(rest)
    const equal = /^\[=(.)=\]/.exec(rest)
    if (named !== null) {
      const members = classes[named[1] ?? '']
      if (members === undefined) throw new Failure(`invalid character class ${quote(named[1] ?? '')}`)
      bytes.push(...members)
      at += named[0].length
    } else if (equal !== null) {
      bytes.push(...codes(equal[1] ?? ''))
      at += equal[0].length
    } else if (repeated !== null) {
      const [byte = 0] = expand(repeated[1] ?? '', 0, quote)
      if (repeated[2] === '') fill = { at: bytes.length, byte }
      else bytes.push(...Array.from({ length: Number(repeated[2]) }, () => byte))
      at += repeated[0].length
    } else {
      const from = one()
      if (set[at] !== '-' || at + 1 >= set.length || from.length !== 1) {
        bytes.push(...from)
        continue
      }
      at++
      const [low = 0] = from
      const [high = 0] = one()
      if (high < low) {
        const shown = `${String.fromCharCode(low)}-${String.fromCharCode(high)}`
        throw new Failure(`range-endpoints of '${shown}' are in reverse collating sequence order`)
      }
      bytes.push(...range(low, high))
    }
  }
  if (fill !== undefined) {
    const missing = Math.max(0, length - bytes.length)
    bytes.splice(fill.at, 0, ...Array.from({ length: missing }, () => fill.byte))
  }
  return bytes
}

export const trMain = (family: Family): Main =>
  utility(family, { name: 'tr', options, synopsis: '[OPTION]... STRING1 [STRING2]' }, function* tr(call) {
    const { system, has, operands } = call
    const [first, second, extra] = operands
    const deletes = has('d')
    const squeezes = has('s')
    if (first === undefined) throw misuse('missing operand')
    if (second === undefined && ((!deletes && !squeezes) || (deletes && squeezes))) {
      // busybox copies its input then.
      if (family === 'gnu') {
        const why = deletes ? 'deleting and squeezing repeats' : 'translating'
        throw misuse(`missing operand after ${call.quote(first)}\nTwo strings must be given when ${why}.`)
      }
    }
    if (second !== undefined && deletes && !squeezes) {
      throw misuse(
        `extra operand ${call.quote(second)}\nOnly one string may be given when deleting without squeezing repeats.`,
      )
    }
    if (extra !== undefined) throw misuse(`extra operand ${call.quote(extra)}`)
    const listed = expand(first, 0, call.quote)
    const complement = has('c') || has('C')
    const from = complement ? range(0, 255).filter((byte) => !listed.includes(byte)) : listed
    const to = second === undefined ? [] : expand(second, from.length, call.quote)
    if (second !== undefined && !deletes && to.length === 0) {
      throw new Failure('when not truncating set1, string2 must be non-empty')
    }
    const table = range(0, 255)
    if (!deletes && to.length > 0) {
      from.forEach((byte, index) => {
        const target = to[index] ?? (has('t') ? undefined : to.at(-1))
        if (target !== undefined) table[byte] = target
      })
    }
    const removed = new Set(deletes ? from : [])
    const squeezed = new Set(squeezes ? (second === undefined ? from : to) : [])
    let last = -1
    for (;;) {
      const chunk = yield* system.read(0, readSize)
      if (chunk.length === 0) return 0
      const out = new Uint8Array(chunk.length)
      let length = 0
      for (const byte of chunk) {
        if (removed.has(byte)) continue
        const target = table[byte] ?? byte
        if (target === last && squeezed.has(target)) continue
        last = target
        out[length++] = target
      }
      yield* writeOut(system, out.subarray(0, length))
    }
  })
