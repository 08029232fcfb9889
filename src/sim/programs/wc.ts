// wc(1): lines, words, characters and bytes.
import type { Main } from '../kernel/system.ts'
import { decodeText } from './bytes.ts'
import { eachInput } from './input-files.ts'
import { readAll, writeOut } from './stdio.ts'
import { type Family, utility } from './utility.ts'

const options = [
  { names: ['l', 'lines'] },
  { names: ['w', 'words'] },
  { names: ['m', 'chars'] },
  { names: ['c', 'bytes'] },
  { names: ['L', 'max-line-length'] },
] as const

type Counts = readonly [lines: number, words: number, characters: number, bytes: number, longest: number]

/** @param linesOnly the others are not asked for, and are told as 0 */
function count(bytes: Uint8Array, linesOnly: boolean, longestToo: boolean): Counts {
  if (linesOnly) return [countNewlines(bytes), 0, 0, bytes.length, 0]
  let [newlines, words, characters] = [0, 0, 0]
  let inWord = false
  for (const byte of bytes) {
    if (byte === 10) newlines++
    const blank = byte === 32 || (byte >= 9 && byte <= 13)
    if (!blank && !inWord) words++
    inWord = !blank
    if ((byte & 0xc0) !== 0x80) characters++
  }
  let longest = 0
  for (const line of longestToo ? decodeText(bytes).split('\n') : []) longest = Math.max(longest, line.length)
  return [newlines, words, characters, bytes.length, longest]
}

function countNewlines(bytes: Uint8Array): number {
  let count = 0
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count++
  return count
}

export const wcMain = (family: Family): Main =>
  utility(family, { name: 'wc', options, synopsis: '[OPTION]... [FILE]...' }, function* wc(call) {
    const { system, has, operands } = call
    const letters = ['l', 'w', 'm', 'c', 'L']
    const chosen = letters.some(has) ? letters.map(has) : [true, true, false, true, false]
    const linesOnly = !has('w') && !has('m') && !has('L') && (has('l') || has('c'))
    const rows: { counts: Counts; path: string }[] = []
    let sizes = 0
    let unknownSize = false
    const status = yield* eachInput(
      system,
      operands,
      function* read(fd, path) {
        const stat = yield* system.fstat(fd)
        if (stat.type === 'regular') sizes += stat.size
        else unknownSize = true
        rows.push({
          counts: count(yield* readAll(system, fd), linesOnly, has('L')),
          path: operands.length === 0 ? '' : path,
        })
      },
      (path, error) => `${call.name}: ${path}: ${error.message}`,
    )
    if (operands.length > 1) {
      const total = [0, 1, 2, 3, 4].map((at) =>
        rows.reduce((sum, { counts }) => (at === 4 ? Math.max(sum, counts[at] ?? 0) : sum + (counts[at] ?? 0)), 0),
      )
      rows.push({ counts: [total[0] ?? 0, total[1] ?? 0, total[2] ?? 0, total[3] ?? 0, total[4] ?? 0], path: 'total' })
    }
    const single = chosen.filter(Boolean).length === 1
    // GNU makes columns as wide as the sum of the sizes, 7 when one is unknown; busybox's are 9, or none for one number.
    const plain = single && operands.length <= 1
    const width = family === 'busybox' ? (plain ? 0 : 9) : plain ? 0 : unknownSize ? 7 : String(sizes).length
    const text = rows.map(({ counts, path }) => {
      const numbers = counts.filter((_each, at) => chosen[at]).map((each) => String(each).padStart(width))
      return `${numbers.join(' ')}${path === '' ? '' : ` ${path}`}\n`
    })
    yield* writeOut(system, text.join(''))
    return status
  })
