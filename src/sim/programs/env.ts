// env(1): the environment, or a command in another one.
import { type Main, SystemCallError } from '../kernel/system.ts'
import { execvp, startFailure } from './run-command.ts'
import { writeOut } from './stdio.ts'
import { Failure, type Family, utility } from './utility.ts'

const options = [
  { names: ['i', 'ignore-environment'] },
  { names: ['u', 'unset'], value: 'required' },
  { names: ['0', 'null'] },
  { names: ['C', 'chdir'], value: 'required' },
] as const

export const envMain = (family: Family): Main =>
  utility(
    family,
    {
      name: 'env',
      options,
      stopAtOperand: true,
      usageStatus: family === 'gnu' ? 125 : 1,
      synopsis: '[OPTION]... [-] [NAME=VALUE]... [COMMAND [ARG]...]',
    },
    function* env(call) {
      const { system, has } = call
      const words = [...call.operands]
      const empty = words[0] === '-'
      if (empty) words.shift()
      const environment = new Map(empty || has('i') ? [] : call.environment)
      for (const name of call.parsed.given.get('u') ?? []) environment.delete(name)
      for (let at = words[0]?.indexOf('=') ?? -1; at > 0; at = words[0]?.indexOf('=') ?? -1) {
        const word = words.shift() ?? ''
        environment.set(word.slice(0, at), word.slice(at + 1))
      }
      const [name] = words
      if (name === undefined) {
        const end = has('0') ? '\0' : '\n'
        yield* writeOut(system, [...environment].map(([key, value]) => `${key}=${value}${end}`).join(''))
        return 0
      }
      const directory = call.value('C')
      try {
        if (directory !== undefined) yield* system.chdir(directory)
        return yield* execvp(system, words, environment)
      } catch (error) {
        if (!(error instanceof SystemCallError)) throw error
        const what = family === 'gnu' ? call.quote(name) : `can't execute '${name}'`
        throw new Failure(`${what}: ${error.message}`, { status: startFailure(error) })
      }
    },
  )
