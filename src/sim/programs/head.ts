// head(1): the first lines or bytes, or all but the last.
import type { Main, Program, System } from '../kernel/system.ts'
import { amountOf, eachInput } from './input-files.ts'
import { LineReader, readAll, readSize, writeOut } from './stdio.ts'
import { concatenate } from './bytes.ts'
import { type Family, utility } from './utility.ts'

const options = [
  { names: ['n', 'lines'], value: 'required' },
  { names: ['c', 'bytes'], value: 'required' },
  { names: ['q', 'quiet', 'silent'] },
  { names: ['v', 'verbose'] },
  { names: ['z', 'zero-terminated'] },
] as const

/** `head -5` is `head -n 5`. */
const oldForm = (argv: readonly string[]) =>
  argv.map((word, at) =>
    at > 0 && /^-\d+$/.test(word) && !/^-[nc]$/.test(argv[at - 1] ?? '') ? `-n${word.slice(1)}` : word,
  )

export const headMain = (family: Family): Main =>
  utility(family, { name: 'head', options, synopsis: '[OPTION]... [FILE]...', rewrite: oldForm }, function* head(call) {
    const { system, has, operands } = call
    const { unit, text, count } = amountOf(call)
    const titled = has('v') || (operands.length > 1 && !has('q'))
    const allBut = text.startsWith('-')
    const delimiter = has('z') ? 0 : 10
    return yield* eachInput(
      system,
      operands,
      function* show(fd, path, index) {
        if (titled) {
          yield* writeOut(system, `${index > 0 ? '\n' : ''}==> ${path === '-' ? 'standard input' : path} <==\n`)
        }
        if (allBut) yield* allButLast(system, fd, count, unit, delimiter)
        else if (unit === 'c') yield* firstBytes(system, fd, count)
        else yield* firstLines(system, fd, count, delimiter)
      },
      (path, error) =>
        family === 'busybox'
          ? `${call.name}: ${path}: ${error.message}`
          : error.errno === 'EISDIR'
            ? `${call.name}: error reading '${path}': ${error.message}`
            : `${call.name}: cannot open '${path}' for reading: ${error.message}`,
    )
  })

function* firstBytes(system: System, fd: number, count: number): Program<void> {
  for (let left = count; left > 0; ) {
    const chunk = yield* system.read(fd, Math.min(left, readSize))
    if (chunk.length === 0) return
    yield* writeOut(system, chunk)
    left -= chunk.length
  }
}

/** Reads no more than it must, and goes back to after the last line when the file can be sought in. */
function* firstLines(system: System, fd: number, count: number, delimiter: number): Program<void> {
  for (let left = count; left > 0; ) {
    const chunk = yield* system.read(fd, 1024)
    if (chunk.length === 0) return
    let end = 0
    while (left > 0 && end < chunk.length) {
      const found = chunk.indexOf(delimiter, end)
      end = found < 0 ? chunk.length : found + 1
      if (found >= 0) left--
    }
    yield* writeOut(system, chunk.subarray(0, end))
    if (left === 0 && end < chunk.length) {
      try {
        yield* system.lseek(fd, end - chunk.length, 'SEEK_CUR')
      } catch {
        return
      }
    }
  }
}

function* allButLast(system: System, fd: number, count: number, unit: 'c' | 'n', delimiter: number): Program<void> {
  if (unit === 'c') {
    const all = yield* readAll(system, fd)
    yield* writeOut(system, all.subarray(0, Math.max(0, all.length - count)))
    return
  }
  const held: Uint8Array[] = []
  const reader = new LineReader(system, fd, delimiter)
  for (let line = yield* reader.next(); line !== undefined; line = yield* reader.next()) {
    held.push(reader.terminated ? concatenate([line, Uint8Array.of(delimiter)]) : line)
    const first = held.length > count ? held.shift() : undefined
    if (first !== undefined) yield* writeOut(system, first)
  }
}
