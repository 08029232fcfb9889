// The programs /usr/bin/echo, printf, test and `[`, for those who start them without a shell; and which(1).
import type { Main } from '../kernel/system.ts'
import { SystemCallError } from '../kernel/system.ts'
import { decodeEscapes } from '../shell/escapes.ts'
import { formatPrintf } from '../shell/printf.ts'
import { writeError, writeOut } from './stdio.ts'

export const echo: Main = function* echo(system, argv) {
  const words = argv.slice(1)
  let newline = true
  let escapes = false
  while (/^-[neE]+$/.test(words[0] ?? '')) {
    const letters = words.shift() ?? ''
    if (letters.includes('n')) newline = false
    if (letters.includes('e')) escapes = true
  }
  const text = words.join(' ')
  const decoded = escapes ? decodeEscapes(text, 'echo') : { text, stopped: false }
  yield* writeOut(system, decoded.text + (newline && !decoded.stopped ? '\n' : ''))
  return 0
}

export const printf: Main = function* printf(system, argv) {
  const [, format, ...args] = argv
  if (format === undefined) {
    yield* writeError(system, "printf: missing operand\nTry 'printf --help' for more information.\n")
    return 1
  }
  const now = (yield* system.clock_gettime('CLOCK_REALTIME')) / 1e6
  const { text, errors } = formatPrintf(format, args, { now, start: now })
  yield* writeOut(system, text)
  for (const error of errors)
    yield* writeError(system, `printf: ${error.replace(/^(.*): invalid number$/, "'$1': expected a numeric value")}\n`)
  return errors.length > 0 ? 1 : 0
}

export const which: Main = function* which(system, argv, environment) {
  const all = argv[1] === '-a'
  let status = 0
  for (const name of argv.slice(all ? 2 : 1)) {
    const paths = name.includes('/')
      ? [name]
      : (environment.get('PATH') ?? '').split(':').map((directory) => `${directory}/${name}`)
    let found = false
    for (const path of paths) {
      if (found && !all) break
      try {
        const stat = yield* system.stat(path)
        if (stat.type !== 'regular' || (stat.mode & 0o111) === 0) continue
        yield* writeOut(system, `${path}\n`)
        found = true
      } catch (error) {
        if (!(error instanceof SystemCallError)) throw error
      }
    }
    if (!found) status = 1
  }
  return status
}
