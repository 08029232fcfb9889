// wc(1): lines, words, characters and bytes of files.
import type { Main, Program, System } from '../kernel/system.ts'
import { decodeText } from './bytes.ts'
import { command, eachInput } from './command.ts'
import type { OptionRow } from './getopt.ts'
import { readSize, writeOut } from './stdio.ts'

const rows: readonly OptionRow[] = [
  { names: ['l', 'lines'] },
  { names: ['w', 'words'] },
  { names: ['m', 'chars'] },
  { names: ['c', 'bytes'] },
  { names: ['L', 'max-line-length'] },
]

interface Counts {
  lines: number
  words: number
  characters: number
  bytes: number
  longest: number
}

export function wcMain(dialect: 'coreutils' | 'busybox'): Main {
  return command('wc', rows, function* run(invocation) {
    const { system, operands } = invocation
    const kinds = (['lines', 'words', 'characters', 'bytes', 'longest'] as const).filter((_kind, index) =>
      invocation.has('lwmcL'[index] ?? ''),
    )
    const shown = kinds.length > 0 ? kinds : (['lines', 'words', 'bytes'] as const)
    const results: { counts: Counts; path: string }[] = []
    const status = yield* eachInput(invocation, operands, function* read(fd, path) {
      results.push({ counts: yield* countOf(system, fd), path: operands.length === 0 ? '' : path })
    })
    if (operands.length > 1) results.push({ counts: total(results.map(({ counts }) => counts)), path: 'total' })
    const numbers = results.map(({ counts }) => shown.map((kind) => counts[kind]))
    const width = widthOf(dialect, numbers, operands.length, shown.length)
    for (const [index, { path }] of results.entries()) {
      const text = (numbers[index] ?? []).map((number) => String(number).padStart(width)).join(' ')
      yield* writeOut(system, `${text}${path === '' ? '' : ` ${path}`}\n`)
    }
    return status
  })
}

/** GNU: one number of one file stands alone; of a pipe seven columns each, of files the widest. busybox: nine or alone. */
function widthOf(dialect: 'coreutils' | 'busybox', numbers: readonly number[][], files: number, shown: number): number {
  if (dialect === 'busybox') return shown === 1 ? 0 : 9
  if (shown === 1 && files <= 1) return 0
  const widest = Math.max(1, ...numbers.flat().map((number) => String(number).length))
  return files === 0 ? Math.max(7, widest) : widest
}

function* countOf(system: System, fd: number): Program<Counts> {
  const counts: Counts = { lines: 0, words: 0, characters: 0, bytes: 0, longest: 0 }
  let inWord = false
  let column = 0
  for (;;) {
    const chunk = yield* system.read(fd, readSize)
    if (chunk.length === 0) break
    counts.bytes += chunk.length
    for (const byte of chunk) {
      if (byte === 10) counts.lines += 1
      const blank = byte === 32 || (byte >= 9 && byte <= 13)
      if (!blank && !inWord) counts.words += 1
      inWord = !blank
      if ((byte & 0xc0) !== 0x80) counts.characters += 1
    }
    for (const [index, line] of decodeText(chunk).split('\n').entries()) {
      column = (index === 0 ? column : 0) + [...line].length
      counts.longest = Math.max(counts.longest, column)
    }
  }
  return counts
}

function total(all: readonly Counts[]): Counts {
  const sum: Counts = { lines: 0, words: 0, characters: 0, bytes: 0, longest: 0 }
  for (const each of all) {
    sum.lines += each.lines
    sum.words += each.words
    sum.characters += each.characters
    sum.bytes += each.bytes
    sum.longest = Math.max(sum.longest, each.longest)
  }
  return sum
}
