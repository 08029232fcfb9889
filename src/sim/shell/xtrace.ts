// `set -x`: each simple command, after its expansions, on standard error behind PS4.
import type { Assignment } from 'unbash'
import type { Program } from '../kernel/system.ts'
import { writeError } from '../programs/stdio.ts'
import type { Shell } from './shell.ts'

/** Prints words, quoted where the shell would need it to read them back. */
export function* trace(shell: Shell, words: readonly string[]): Program<void> {
  if (!shell.options.xtrace) return
  yield* traceText(shell, words.map(traced).join(' '))
}

/** `+ x='a b'`; an array as it was typed. */
export function* traceAssignment(shell: Shell, assignment: Assignment, value: string): Program<void> {
  if (!shell.options.xtrace) return
  const target = assignment.index ? `${assignment.name}[${assignment.index.text}]` : assignment.name
  const operator = assignment.append ? '+=' : '='
  const isText = assignment.value.type === 'Word'
  yield* traceText(shell, isText ? `${target}${operator}${value === '' ? '' : traced(value)}` : assignment.text)
}

/** Prints a text as it is: `(( x > 1 ))`, `[[ a == b ]]`. */
export function* traceText(shell: Shell, text: string): Program<void> {
  if (!shell.options.xtrace) return
  const prompt = shell.variables.get('PS4') ?? '+ '
  const depth = shell.inSubstitution ? 2 : 1
  yield* writeError(shell.system, `${prompt.slice(0, 1).repeat(depth)}${prompt.slice(1)}${text}\n`)
}

function traced(word: string): string {
  if (word === '') return "''"
  return /^[\w@%+=:,./^-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
