// `kubectl completion`: kubectl makes the script of its table of commands; the simulated shell completes without it.
import type { Command } from './command.ts'
import { StatusError, usageError } from './errors.ts'

export const completionCommand: Command = {
  name: 'completion',
  *run({ operands }) {
    const [shell, ...more] = operands
    if (shell === undefined) throw usageError('completion', 'Shell not specified.')
    if (more.length > 0) {
      throw usageError('completion', 'Too many arguments. Expected only the shell type.')
    }
    if (shell !== 'bash' && shell !== 'zsh') {
      throw usageError('completion', `Unsupported shell type ${JSON.stringify(shell)}.`)
    }
    throw new StatusError(`kubectl completion: the simulated machine does not have the script for ${shell}`)
  },
}
