// echo(1), true(1), false(1), yes(1) and printenv(1).
import type { Main } from '../kernel/system.ts'
import { decodeEscapes } from '../shell/escapes.ts'
import { writeOut } from './stdio.ts'
import { type Family, utility } from './utility.ts'

export const echo: Main = function* echo(system, argv) {
  let at = 1
  let newline = true
  let escapes = false
  for (; /^-[neE]+$/.test(argv[at] ?? ''); at++) {
    for (const letter of (argv[at] ?? '').slice(1)) {
      if (letter === 'n') newline = false
      else escapes = letter === 'e'
    }
  }
  const text = argv.slice(at).join(' ')
  const decoded = escapes ? decodeEscapes(text, 'echo') : { text, stopped: false }
  yield* writeOut(system, decoded.text + (newline && !decoded.stopped ? '\n' : ''))
  return 0
}

export const trueMain: Main = function* succeed() {
  return 0
}

export const falseMain: Main = function* fail() {
  return 1
}

export const yesMain = (family: Family): Main =>
  utility(family, { name: 'yes', synopsis: '[STRING]...' }, function* yes({ system, operands }) {
    const line = `${operands.length === 0 ? 'y' : operands.join(' ')}\n`
    // Whole blocks, as the coreutils write them; it ends by SIGPIPE.
    const block = line.repeat(Math.max(1, Math.floor(8192 / line.length)))
    for (;;) yield* writeOut(system, block)
  })

export const printenv: Main = function* printenv(system, argv, environment) {
  const names = argv.slice(1)
  if (names.length === 0) {
    yield* writeOut(system, [...environment].map(([name, value]) => `${name}=${value}\n`).join(''))
    return 0
  }
  const values = names.flatMap((name) => environment.get(name) ?? [])
  yield* writeOut(system, values.map((value) => `${value}\n`).join(''))
  return values.length === names.length ? 0 : 1
}
