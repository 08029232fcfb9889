// Builtins that ash and dash have not: there they are commands that nobody finds.
import type { Builtin } from '../shell.ts'

export function bashOnly(name: string, builtin: Builtin): Builtin {
  return function* run(shell, argv) {
    if (shell.dialect.kind === 'bash') return yield* builtin(shell, argv)
    yield* shell.complain(shell.dialect.commandNotFound(name))
    return 127
  }
}
