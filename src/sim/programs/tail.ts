// tail(1): the last lines or bytes, from a line on, and -f, which waits for more in virtual time.
import { type Main, type Program, SystemCallError, type System } from '../kernel/system.ts'
import type { OptionRow } from './getopt.ts'
import { amountOf, eachInput } from './input-files.ts'
import { readAll, readSize, writeOut } from './stdio.ts'
import { attempt, type Call, type Family, utility } from './utility.ts'

const options: readonly OptionRow[] = [
  { names: ['n', 'lines'], value: 'required' },
  { names: ['c', 'bytes'], value: 'required' },
  { names: ['f'] },
  { names: ['follow'], value: 'optional' },
  { names: ['F'] },
  { names: ['q', 'quiet', 'silent'] },
  { names: ['v', 'verbose'] },
  { names: ['s', 'sleep-interval'], value: 'required' },
  { names: ['pid'], value: 'required' },
]

/** `tail -5`, `tail +5` and `tail -5f`. */
const oldForm = (argv: readonly string[]) =>
  argv.flatMap((word, at) => {
    const match = at > 0 ? /^([-+]\d+)(f?)$/.exec(word) : null
    if (match === null || (at > 1 && /^-[ncs]$/.test(argv[at - 1] ?? ''))) return [word]
    return [`-n${(match[1] ?? '').replace(/^-/, '')}`, ...(match[2] === 'f' ? ['-f'] : [])]
  })

export const tailMain = (family: Family): Main =>
  utility(family, { name: 'tail', options, synopsis: '[OPTION]... [FILE]...', rewrite: oldForm }, function* tail(call) {
    const { system, has, operands } = call
    const { unit, text, count } = amountOf(call)
    const follow = has('f') || has('F') || has('follow')
    const titled = has('v') || (operands.length > 1 && !has('q'))
    const followed: { path: string; position: number }[] = []
    let shown = 0
    const status = yield* eachInput(
      system,
      operands,
      function* show(fd, path) {
        if (titled) {
          yield* writeOut(system, `${shown++ > 0 ? '\n' : ''}==> ${path === '-' ? 'standard input' : path} <==\n`)
        }
        const all = yield* readAll(system, fd)
        yield* writeOut(system, all.subarray(startOf(all, count, unit, text.startsWith('+'))))
        if (path !== '-') followed.push({ path, position: all.length })
      },
      (path, error) => {
        const what = error.errno === 'EISDIR' ? `error reading '${path}'` : `cannot open '${path}' for reading`
        return family === 'gnu'
          ? `${call.name}: ${what}: ${error.message}`
          : `${call.name}: can't open '${path}': ${error.message}${operands.length === 1 ? `\n${call.name}: no files` : ''}`
      },
    )
    if (!follow || followed.length === 0) return status
    return yield* followFiles(call, followed, titled)
  })

/** Where in the bytes the wanted part begins. */
function startOf(all: Uint8Array, count: number, unit: 'c' | 'n', fromStart: boolean): number {
  if (unit === 'c') return fromStart ? Math.max(0, count - 1) : Math.max(0, all.length - count)
  if (fromStart) {
    let at = 0
    for (let line = 1; line < count; line++) {
      const end = all.indexOf(10, at)
      if (end < 0) return all.length
      at = end + 1
    }
    return at
  }
  if (count === 0) return all.length
  let at = all.length - 1
  for (let line = 0; line < count; line++) {
    at = all.lastIndexOf(10, at - 1)
    if (at <= 0) return at < 0 ? 0 : line + 1 < count ? 0 : 1
  }
  return at + 1
}

/** Looks once a second, as tail without inotify does. Ends by a signal, or with the process of --pid. */
function* followFiles(call: Call, files: readonly { path: string; position: number }[], titled: boolean): Program {
  const { system, value } = call
  const interval = Number(value('s') ?? 1) * 1e6
  let last = files.at(-1)?.path
  for (;;) {
    const guard = value('pid')
    const gone =
      guard === undefined ? false : (yield* attempt(system.kill(Number(guard), 0))) instanceof SystemCallError
    for (const file of files) {
      const added = yield* readFrom(system, file.path, file.position)
      if (added === undefined) continue
      if (titled && added.length > 0 && last !== file.path) yield* writeOut(system, `\n==> ${file.path} <==\n`)
      if (added.length > 0) last = file.path
      file.position += added.length
      yield* writeOut(system, added)
    }
    if (gone) return 0
    yield* system.nanosleep(interval)
  }
}

function* readFrom(system: System, path: string, position: number): Program<Uint8Array | undefined> {
  const fd = yield* attempt(system.open(path))
  if (fd instanceof SystemCallError) return undefined
  try {
    const { size } = yield* system.fstat(fd)
    if (size <= position) return new Uint8Array()
    yield* system.lseek(fd, position, 'SEEK_SET')
    return yield* system.read(fd, Math.max(readSize, size - position))
  } finally {
    yield* system.close(fd)
  }
}
