// env(1): runs a program in a changed environment, or prints it; printenv(1).
import { command } from './command.ts'
import { execvp } from './run-program.ts'
import { writeOut } from './stdio.ts'

export const env = command(
  'env',
  [
    { names: ['i', 'ignore-environment'] },
    { names: ['u', 'unset'], value: 'required' },
    { names: ['0', 'null'] },
    { names: ['C', 'chdir'], value: 'required' },
  ],
  function* run({ system, environment, operands, given, has, value }) {
    const words = [...operands]
    const changed = new Map(has('i') ? [] : environment)
    for (const name of given.get('u') ?? []) changed.delete(name)
    if (words[0] === '-') {
      changed.clear()
      words.shift()
    }
    while (words[0]?.includes('=')) {
      const word = words.shift() ?? ''
      changed.set(word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1))
    }
    const directory = value('C')
    if (directory !== undefined) yield* system.chdir(directory)
    if (words.length > 0) return yield* execvp(system, 'env', words, changed, (name, reason) => `'${name}': ${reason}`)
    yield* writeOut(system, [...changed].map(([name, text]) => `${name}=${text}${has('0') ? '\0' : '\n'}`).join(''))
    return 0
  },
  { stopAtOperand: true, usageStatus: 125 },
)

export const printenv = command(
  'printenv',
  [{ names: ['0', 'null'] }],
  function* run({ system, environment, operands }) {
    if (operands.length === 0) {
      yield* writeOut(system, [...environment].map(([name, text]) => `${name}=${text}\n`).join(''))
      return 0
    }
    let status = 0
    for (const name of operands) {
      const text = environment.get(name)
      if (text === undefined) status = 1
      else yield* writeOut(system, `${text}\n`)
    }
    return status
  },
)
