// xargs(1): builds command lines from its input and runs them.
import type { Main, Program } from '../kernel/system.ts'
import { decodeText } from './bytes.ts'
import type { Invocation } from './command.ts'
import { command, ProgramError } from './command.ts'
import { execvp, waitFor } from './run-program.ts'
import { readAll, writeError } from './stdio.ts'

export const xargs: Main = command(
  'xargs',
  [
    { names: ['n', 'max-args'], value: 'required' },
    { names: ['L', 'max-lines'], value: 'required' },
    { names: ['I', 'replace'], value: 'required' },
    { names: ['i'], value: 'optional' },
    { names: ['0', 'null'] },
    { names: ['d', 'delimiter'], value: 'required' },
    { names: ['r', 'no-run-if-empty'] },
    { names: ['t', 'verbose'] },
    { names: ['P', 'max-procs'], value: 'required' },
    { names: ['x', 'exit'] },
  ],
  function* run(invocation) {
    const { system, operands, has, value } = invocation
    const words = operands.length > 0 ? operands : ['echo']
    const replace = value('I') ?? (has('i') ? value('i') || '{}' : undefined)
    const text = decodeText(yield* readAll(system, 0))
    const items = split(text, invocation, replace !== undefined)
    const lines = value('L') === undefined ? undefined : Number(value('L'))
    const size =
      replace === undefined ? (lines ?? (value('n') === undefined ? Number.POSITIVE_INFINITY : Number(value('n')))) : 1
    if (!(size >= 1)) throw new ProgramError(`value ${value('n') ?? value('L')} for -n option should be >= 1`)
    if (items.length === 0) return has('r') || replace !== undefined ? 0 : yield* runOne(invocation, words)
    let status = 0
    for (let at = 0; at < items.length; at += size) {
      const group = items.slice(at, Math.min(items.length, at + size)).flat()
      const line =
        replace === undefined ? [...words, ...group] : words.map((word) => word.replaceAll(replace, group[0] ?? ''))
      const one = yield* runOne(invocation, line)
      if (one === 126 || one === 127) return one
      if (one === 255) throw new ProgramError(`${words[0]}: exited with status 255; aborting`, 124)
      if (one > 128) throw new ProgramError(`${words[0]}: terminated by signal ${one - 128}`, 125)
      if (one !== 0) status = 123
    }
    return status
  },
  { stopAtOperand: true },
)

/** The input's items; with -L the words of a line are one item. */
function split(text: string, { has, value }: Invocation, byLines: boolean): string[][] {
  const delimiter = has('0') ? '\0' : value('d')?.replace('\\n', '\n').replace('\\0', '\0')
  if (delimiter !== undefined) {
    const items = text.split(delimiter)
    if (items.at(-1) === '') items.pop()
    return items.map((item) => [item])
  }
  if (byLines)
    return text
      .split('\n')
      .map((line) => line.trimStart())
      .filter(Boolean)
      .map((line) => [unquote(line)])
  if (value('L') !== undefined)
    return text
      .split('\n')
      .map(wordsOf)
      .filter((line) => line.length > 0)
  return wordsOf(text).map((word) => [word])
}

function wordsOf(text: string): string[] {
  return (text.match(/(?:'[^'\n]*'|"[^"\n]*"|\\[\s\S]|[^\s'"\\])+/g) ?? []).map(unquote)
}

function unquote(text: string): string {
  return text.replace(
    /'([^'\n]*)'|"([^"\n]*)"|\\([\s\S])/g,
    (_whole, single, double, escaped) => single ?? double ?? escaped ?? '',
  )
}

function* runOne({ system, environment, has }: Invocation, words: readonly string[]): Program<number> {
  if (has('t')) yield* writeError(system, `${words.join(' ')}\n`)
  const pid = yield* system.fork(function* child(childSystem) {
    const empty = yield* childSystem.open('/dev/null')
    yield* childSystem.dup2(empty, 0)
    yield* childSystem.close(empty)
    return yield* execvp(childSystem, 'xargs', words, environment, (name, reason) => `${name}: ${reason}`)
  })
  return yield* waitFor(system, pid)
}
