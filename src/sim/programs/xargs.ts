// xargs(1): command lines from its input, each run as a process and waited for.
import { type Main, type Program, SystemCallError } from '../kernel/system.ts'
import { decodeText } from './bytes.ts'
import type { OptionRow } from './getopt.ts'
import { execvp, startFailure } from './run-command.ts'
import { readAll, writeError } from './stdio.ts'
import { type Call, Failure, type Family, misuse, utility } from './utility.ts'

const options: readonly OptionRow[] = [
  { names: ['n', 'max-args'], value: 'required' },
  { names: ['I', 'replace'], value: 'required' },
  { names: ['L', 'max-lines'], value: 'required' },
  { names: ['P', 'max-procs'], value: 'required' },
  { names: ['s', 'max-chars'], value: 'required' },
  { names: ['d', 'delimiter'], value: 'required' },
  { names: ['a', 'arg-file'], value: 'required' },
  { names: ['E'], value: 'required' },
  { names: ['0', 'null'] },
  { names: ['r', 'no-run-if-empty'] },
  { names: ['t', 'verbose'] },
  { names: ['x', 'exit'] },
]

/** Words of the input: blanks separate, quotes and backslashes keep them. @throws Failure for an open quote */
function wordsOf(text: string): string[] {
  const words: string[] = []
  let word: string | undefined
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? ''
    if (character === '"' || character === "'") {
      const end = text.indexOf(character, at + 1)
      if (end < 0 || text.slice(at + 1, end).includes('\n')) {
        const kind = character === '"' ? 'double' : 'single'
        throw new Failure(
          `unmatched ${kind} quote; by default quotes are special to xargs unless you use the -0 option`,
        )
      }
      word = (word ?? '') + text.slice(at + 1, end)
      at = end
    } else if (character === '\\') word = (word ?? '') + (text[++at] ?? '')
    else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else word = (word ?? '') + character
  }
  return word === undefined ? words : [...words, word]
}

const escapes: Readonly<Record<string, string>> = { '\\n': '\n', '\\t': '\t', '\\0': '\0', '\\\\': '\\' }

function* commandLines(call: Call): Program<string[][]> {
  const { system, has, value, operands } = call
  const file = value('a')
  const input = decodeText(yield* readAll(system, file === undefined ? 0 : yield* system.open(file)))
  const command = operands.length === 0 ? ['echo'] : operands
  const delimiter = has('0') ? '\0' : value('d')
  const pattern = value('I')
  const split = (text: string, by: string) =>
    text === '' ? [] : (text.endsWith(by) ? text.slice(0, -by.length) : text).split(by)
  if (pattern !== undefined) {
    const lines =
      delimiter === undefined
        ? split(input, '\n').map((line) => line.trimStart())
        : split(input, escapes[delimiter] ?? delimiter)
    return lines
      .filter((line) => line !== '' || delimiter !== undefined)
      .map((line) => command.map((word) => word.replaceAll(pattern, () => line)))
  }
  const lineCount = value('L')
  if (lineCount !== undefined) {
    const lines = split(input, '\n').filter((line) => line.trim() !== '')
    return chunks(lines, Number(lineCount)).map((group) => [...command, ...group.flatMap(wordsOf)])
  }
  const words = delimiter === undefined ? wordsOf(input) : split(input, escapes[delimiter] ?? delimiter)
  const end = value('E')
  const taken = end === undefined || !words.includes(end) ? words : words.slice(0, words.indexOf(end))
  if (taken.length === 0) return has('r') ? [] : [[...command]]
  return chunks(taken, Number(value('n') ?? taken.length)).map((group) => [...command, ...group])
}

function chunks<T>(list: readonly T[], size: number): T[][] {
  const groups: T[][] = []
  for (let at = 0; at < list.length; at += size) groups.push(list.slice(at, at + size))
  return groups
}

export const xargsMain = (family: Family): Main =>
  utility(
    family,
    { name: 'xargs', options, stopAtOperand: true, synopsis: '[OPTION]... COMMAND [INITIAL-ARGS]...' },
    function* xargs(call) {
      const { system, has, value } = call
      for (const option of ['n', 'L']) {
        const text = value(option)
        if (text !== undefined && !/^\d+$/.test(text)) throw misuse(`invalid number "${text}" for -${option} option`)
        if (text !== undefined && Number(text) === 0) throw misuse(`value 0 for -${option} option should be >= 1`)
      }
      const waiting = yield* commandLines(call)
      const parallel = Math.max(0, Number(value('P') ?? 1)) || Number.POSITIVE_INFINITY
      let status = 0
      let running = 0
      for (;;) {
        while (running < parallel) {
          const words = waiting.shift()
          if (words === undefined) break
          if (has('t')) yield* writeError(system, `${words.join(' ')}\n`)
          yield* system.fork((inside) => start({ ...call, system: inside }, words))
          running++
        }
        if (running === 0) return status
        const ended = yield* system.wait4(-1, {})
        running--
        if (ended === undefined) continue
        if (ended.how === 'signaled') {
          yield* writeError(system, `xargs: ${call.operands[0] ?? 'echo'}: terminated by signal ${ended.status}\n`)
          return 125
        }
        if (ended.status === 127 || ended.status === 126) return ended.status
        if (ended.status === 255) {
          yield* writeError(system, `xargs: ${call.operands[0] ?? 'echo'}: exited with status 255; aborting\n`)
          return 124
        }
        if (ended.status !== 0) status = 123
      }
    },
  )

/** The child's standard input is empty, since the words come from there. */
function* start(call: Call, words: readonly string[]): Program {
  const { system } = call
  if (call.value('a') === undefined) {
    const nothing = yield* system.open('/dev/null')
    yield* system.dup2(nothing, 0)
    yield* system.close(nothing)
  }
  try {
    return yield* execvp(system, words, call.environment)
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    yield* writeError(system, `xargs: ${words[0]}: ${error.message}\n`)
    return startFailure(error)
  }
}
