// chroot(8): runs a command with another root directory.
import { SystemCallError } from '../kernel/system.ts'
import { execOrFail } from './timeout.ts'
import { Failure, type Family, misuse, utility } from './utility.ts'

export const chrootMain = (family: Family) =>
  utility(
    family,
    { name: 'chroot', stopAtOperand: true, synopsis: 'NEWROOT [PROG ARGS]', usageStatus: family === 'gnu' ? 125 : 1 },
    function* chroot(call) {
      const { system, operands, environment } = call
      const [root, ...command] = operands
      if (root === undefined) throw misuse('missing operand')
      try {
        yield* system.chroot(root)
      } catch (error) {
        if (!(error instanceof SystemCallError)) throw error
        const begin =
          family === 'gnu'
            ? `cannot change root directory to ${call.quote(root)}`
            : `can't change root directory to '${root}'`
        throw new Failure(`${begin}: ${error.message}`, { status: family === 'gnu' ? 125 : 1 })
      }
      yield* system.chdir('/')
      const shell = environment.get('SHELL') ?? '/bin/sh'
      const words = command.length > 0 ? command : [shell, '-i']
      return yield* execOrFail(call, words, (text) => call.quote(text))
    },
  )
