// tail(1): the last lines or bytes of files, and with -f what is written to them later.
import type { Main, Program, System } from '../kernel/system.ts'
import type { Invocation } from './command.ts'
import { command, eachInput, ProgramError } from './command.ts'
import type { OptionRow } from './getopt.ts'
import { sizeOf } from './size-argument.ts'
import { readAll, readSize, writeOut } from './stdio.ts'

const rows: readonly OptionRow[] = [
  { names: ['n', 'lines'], value: 'required' },
  { names: ['c', 'bytes'], value: 'required' },
  { names: ['f', 'follow'], value: 'optional' },
  { names: ['F'] },
  { names: ['q', 'quiet', 'silent'] },
  { names: ['v', 'verbose'] },
  { names: ['s', 'sleep-interval'], value: 'required' },
  { names: ['pid'], value: 'required' },
  { names: ['retry'] },
]

/** How often a followed file is looked at, in microseconds. */
const interval = 1_000_000

const run = command('tail', rows, function* run(invocation: Invocation) {
  const { system, operands } = invocation
  const unit = invocation.value('c') === undefined ? 'lines' : 'bytes'
  const text = invocation.value(unit === 'bytes' ? 'c' : 'n') ?? '10'
  const count = sizeOf(text)
  if (count === undefined) throw new ProgramError(`invalid number of ${unit}: '${text}'`)
  const named = invocation.has('v') || (operands.length > 1 && !invocation.has('q'))
  const follows = invocation.has('f') || invocation.has('F')
  const open: { fd: number; path: string }[] = []
  let first = true
  const status = yield* eachInput(
    invocation,
    operands,
    function* read(fd, path) {
      if (named) yield* writeOut(system, header(path, first))
      first = false
      const content = yield* readAll(system, fd)
      yield* writeOut(system, text.startsWith('+') ? from(content, count, unit) : last(content, Math.abs(count), unit))
      if (follows) open.push({ fd: path === '-' ? fd : yield* system.dup(fd), path })
    },
    (path, reason) => `cannot open '${path}' for reading: ${reason}`,
  )
  if (!follows) return status
  if (open.length === 0) throw new ProgramError('no files remaining')
  return yield* follow(system, open, named)
})

/** `tail -5`, `tail -5f` and `tail +3` are the old form of -n. */
export const tail: Main = (system, argv, environment) => {
  const [name = 'tail', first, ...rest] = argv
  const old = first === undefined ? null : /^(?:-(\d+)(f?)|(\+\d+))$/.exec(first)
  const words = old ? [name, '-n', old[1] ?? old[3] ?? '', ...(old[2] ? ['-f'] : []), ...rest] : argv
  return run(system, words, environment)
}

function header(path: string, first: boolean): string {
  return `${first ? '' : '\n'}==> ${path === '-' ? 'standard input' : path} <==\n`
}

function last(content: Uint8Array, count: number, unit: 'lines' | 'bytes'): Uint8Array {
  if (unit === 'bytes') return content.subarray(Math.max(0, content.length - count))
  let start = content.length
  for (let left = count; left > 0 && start > 0; left -= 1)
    start = start >= 2 ? content.lastIndexOf(10, start - 2) + 1 : 0
  return content.subarray(start)
}

function from(content: Uint8Array, count: number, unit: 'lines' | 'bytes'): Uint8Array {
  if (unit === 'bytes') return content.subarray(Math.max(0, count - 1))
  let start = 0
  for (let left = count - 1; left > 0 && start >= 0; left -= 1) start = content.indexOf(10, start) + 1 || content.length
  return content.subarray(start)
}

function* follow(system: System, files: readonly { fd: number; path: string }[], named: boolean): Program<number> {
  let shown = files.at(-1)?.path
  for (;;) {
    for (const { fd, path } of files) {
      const chunk = yield* system.read(fd, readSize)
      if (chunk.length === 0) continue
      if (named && shown !== path) yield* writeOut(system, header(path, false))
      shown = path
      yield* writeOut(system, chunk)
    }
    yield* system.nanosleep(interval)
  }
}
