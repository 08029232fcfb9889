// Process substitution, `<(…)` and `>(…)`: a forked shell at the other end of a pipe that has a name in /dev/fd.
import type { ProcessSubstitutionPart } from 'unbash'
import type { Program } from '../kernel/system.ts'
import { forkShell } from './processes.ts'
import type { Shell } from './shell.ts'

/** Starts the commands and gives the path of the pipe's other end, which closes with the command under way. */
export function* substituteProcess(shell: Shell, part: ProcessSubstitutionPart): Program<string> {
  const { script, operator } = part
  const { system } = shell
  const [readEnd, writeEnd] = yield* system.pipe()
  const [ours, theirs, target] = operator === '<' ? [readEnd, writeEnd, 1] : [writeEnd, readEnd, 0]
  const highest = 63 - shell.substitutionDescriptors.length
  const named = yield* system.fcntl_dupfd(ours, highest)
  yield* system.close(ours)
  const pid = yield* forkShell(
    shell,
    function* work(child) {
      yield* child.system.close(named)
      yield* child.system.dup2(theirs, target)
      yield* child.system.close(theirs)
      return yield* child.interpreter.execute(child, script?.commands ?? [], shell.source)
    },
    {},
  )
  yield* system.close(theirs)
  shell.state.lastBackground = pid
  shell.substitutionDescriptors.push(named)
  return `/dev/fd/${named}`
}
