// Builtins that ash or dash have not: there they are commands that nobody finds.
import type { Dialect } from '../dialect.ts'
import type { Builtin } from '../shell.ts'

export function bashOnly(name: string, builtin: Builtin): Builtin {
  return only(name, builtin, ['bash'])
}

export function notInDash(name: string, builtin: Builtin): Builtin {
  return only(name, builtin, ['bash', 'ash'])
}

function only(name: string, builtin: Builtin, dialects: readonly Dialect['name'][]): Builtin {
  return function* run(shell, argv) {
    if (dialects.includes(shell.dialect.name)) return yield* builtin(shell, argv)
    yield* shell.complain(shell.dialect.commandNotFound(name))
    return 127
  }
}
