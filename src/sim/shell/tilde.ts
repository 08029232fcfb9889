// Tilde expansion: `~`, `~user`, `~+`, `~-`.
import type { Program } from '../kernel/system.ts'
import { SystemCallError } from '../kernel/system.ts'
import { lines, readText } from '../programs/stdio.ts'
import type { Shell } from './shell.ts'

/** The directory for a prefix such as `~` or `~root`; undefined when it stands for itself. */
export function* expandTilde(shell: Shell, prefix: string): Program<string | undefined> {
  const name = prefix.slice(1)
  if (name === '+') return shell.variables.get('PWD')
  if (name === '-') return shell.variables.get('OLDPWD')
  if (name !== '') return yield* homeOf(shell, (fields) => fields[0] === name)
  const home = shell.variables.get('HOME')
  if (home !== undefined) return home
  const { real } = yield* shell.system.getresuid()
  return yield* homeOf(shell, (fields) => fields[2] === String(real))
}

function* homeOf(shell: Shell, wanted: (fields: string[]) => boolean): Program<string | undefined> {
  try {
    const passwd = lines(yield* readText(shell.system, '/etc/passwd'))
    return passwd.map((line) => line.split(':')).find(wanted)?.[5]
  } catch (error) {
    if (error instanceof SystemCallError) return undefined
    throw error
  }
}
