// `select`: the menu on standard error, the answer from standard input, and the body for each answer; bash(1).
import type { CompoundList, Select } from 'unbash'
import type { Program } from '../kernel/system.ts'
import { writeError, writeOut } from '../programs/stdio.ts'
import { loopExit } from './control.ts'
import { expandWords } from './expand-word.ts'
import type { Shell } from './shell.ts'

/** Width that the menu is laid out for; there is no terminal. */
const columns = 80

/** Runs until the input ends or the body leaves the loop; 1 when the input ended. */
export function* runSelect(
  shell: Shell,
  node: Select,
  run: (shell: Shell, list: CompoundList) => Program<number>,
): Program<number> {
  const items = node.wordlist ? yield* expandWords(shell, node.wordlist) : shell.state.positional
  if (items.length === 0) return 0
  let status = 0
  let shows = true
  shell.state.loopDepth += 1
  try {
    for (;;) {
      if (shows) yield* writeError(shell.system, menu(items))
      yield* writeError(shell.system, shell.variables.get('PS3') ?? '#? ')
      const answer = yield* readLine(shell)
      if (answer === undefined) {
        yield* writeOut(shell.system, '\n')
        return 1
      }
      shell.variables.set('REPLY', answer)
      shows = answer === ''
      if (shows) continue
      const chosen = /^\s*\d+\s*$/.test(answer) ? items[Number(answer) - 1] : undefined
      shell.variables.set(node.name.value, chosen ?? '')
      try {
        status = yield* run(shell, node.body)
      } catch (error) {
        status = 0
        if (loopExit(error, shell.state.loopDepth) === 'break') return status
      }
      shows = shell.variables.get('REPLY') === ''
    }
  } finally {
    shell.state.loopDepth -= 1
  }
}

function menu(items: readonly string[]): string {
  const digits = String(items.length).length
  const width = Math.max(...items.map((item) => item.length)) + digits + 2 + 2
  let across = Math.max(1, Math.floor(columns / width))
  let rows = Math.ceil(items.length / across)
  across = Math.ceil(items.length / rows)
  if (rows === 1) rows = across
  const firstDigits = String(rows).length
  let text = ''
  for (let row = 0; row < rows; row += 1) {
    let position = 0
    for (let index = row; index < items.length; index += rows) {
      const entry = `${String(index + 1).padStart(index < rows ? firstDigits : digits)}) ${items[index] ?? ''}`
      text += entry
      if (index + rows < items.length) text += indentation(position + entry.length, position + width)
      position += width
    }
    text += '\n'
  }
  return text
}

/** From one column to another by tabs, as far as they reach, and blanks. */
function indentation(from: number, to: number): string {
  let text = ''
  for (let at = from; at < to; ) {
    const isTab = Math.floor(to / 8) > Math.floor(at / 8)
    text += isTab ? '\t' : ' '
    at += isTab ? 8 - (at % 8) : 1
  }
  return text
}

/** One byte at a time, so that what follows the line stays for others. */
function* readLine(shell: Shell): Program<string | undefined> {
  const bytes: number[] = []
  for (;;) {
    const [byte] = yield* shell.system.read(0, 1)
    if (byte === undefined) return undefined
    if (byte === 10) return new TextDecoder().decode(Uint8Array.from(bytes))
    bytes.push(byte)
  }
}
