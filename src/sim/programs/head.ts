// head(1): the first lines or bytes of files.
import type { Main, Program, System } from '../kernel/system.ts'
import { concatenate } from './bytes.ts'
import type { Invocation } from './command.ts'
import { command, eachInput, ProgramError } from './command.ts'
import type { OptionRow } from './getopt.ts'
import { readAll, readSize, writeOut } from './stdio.ts'
import { sizeOf } from './size-argument.ts'

const rows: readonly OptionRow[] = [
  { names: ['n', 'lines'], value: 'required' },
  { names: ['c', 'bytes'], value: 'required' },
  { names: ['q', 'quiet', 'silent'] },
  { names: ['v', 'verbose'] },
]

const run = command('head', rows, function* run(invocation: Invocation) {
  const { system, operands } = invocation
  const unit = invocation.value('c') === undefined ? 'lines' : 'bytes'
  const text = invocation.value(unit === 'bytes' ? 'c' : 'n') ?? '10'
  const count = sizeOf(text)
  if (count === undefined) throw new ProgramError(`invalid number of ${unit}: '${text}'`)
  const named = invocation.has('v') || (operands.length > 1 && !invocation.has('q'))
  let first = true
  return yield* eachInput(
    invocation,
    operands,
    function* read(fd, path) {
      if (named) yield* writeOut(system, `${first ? '' : '\n'}==> ${path === '-' ? 'standard input' : path} <==\n`)
      first = false
      if (text.startsWith('-')) yield* allButLast(system, fd, -count, unit)
      else if (unit === 'bytes') yield* firstBytes(system, fd, count)
      else yield* firstLines(system, fd, count)
    },
    (path, reason) => `cannot open '${path}' for reading: ${reason}`,
  )
})

/** `head -5` is `head -n 5`. */
export const head: Main = (system, argv, environment) => {
  const [name = 'head', first, ...rest] = argv
  const words = first !== undefined && /^-\d+$/.test(first) ? [name, '-n', first.slice(1), ...rest] : argv
  return run(system, words, environment)
}

function* firstLines(system: System, fd: number, count: number): Program<void> {
  for (let left = count; left > 0; ) {
    const chunk = yield* system.read(fd, readSize)
    if (chunk.length === 0) return
    let end = 0
    while (left > 0) {
      const at = chunk.indexOf(10, end)
      if (at < 0) break
      end = at + 1
      left -= 1
    }
    yield* writeOut(system, left === 0 ? chunk.subarray(0, end) : chunk)
  }
}

function* firstBytes(system: System, fd: number, count: number): Program<void> {
  for (let left = count; left > 0; ) {
    const chunk = yield* system.read(fd, Math.min(left, readSize))
    if (chunk.length === 0) return
    left -= chunk.length
    yield* writeOut(system, chunk)
  }
}

function* allButLast(system: System, fd: number, count: number, unit: 'lines' | 'bytes'): Program<void> {
  const content = concatenate([yield* readAll(system, fd)])
  let end = content.length
  if (unit === 'bytes') end = Math.max(0, end - count)
  else {
    for (let left = count; left > 0 && end > 0; left -= 1) end = end >= 2 ? content.lastIndexOf(10, end - 2) + 1 : 0
  }
  yield* writeOut(system, content.subarray(0, end))
}
