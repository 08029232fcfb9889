// Command substitution: a forked shell writes into a pipe, the text before the last line feeds is the result.
import type { CommandExpansionPart } from 'unbash'
import type { Program } from '../kernel/system.ts'
import { decodeText } from '../programs/bytes.ts'
import { readAll } from '../programs/stdio.ts'
import { FatalError } from './control.ts'
import { addJob, forkShell, waitForeground } from './processes.ts'
import type { Shell } from './shell.ts'
import { Source } from './source.ts'
import { describeNested } from './syntax.ts'

/** What the commands print, without the line feeds at its end. Sets the status that an assignment then has. */
export function* substituteCommand(shell: Shell, part: CommandExpansionPart): Program<string> {
  const { script } = part
  if (!script) return ''
  const source = script.source === undefined ? shell.source : new Source(script.source, shell.source.lineAt(part.pos))
  const failure = describeNested(script, source, shell.dialect)
  if (failure) throw new FatalError(failure.messages.join('\n'), 127)
  const [readEnd, writeEnd] = yield* shell.system.pipe()
  const pid = yield* forkShell(shell, function* work(child) {
    child.inSubstitution = true
    child.options.errexit = false
    yield* child.system.close(readEnd)
    if (writeEnd !== 1) {
      yield* child.system.dup2(writeEnd, 1)
      yield* child.system.close(writeEnd)
    }
    return yield* child.interpreter.execute(child, script.commands, source)
  })
  const job = addJob(shell, [pid], [part.text], 0, false)
  yield* shell.system.close(writeEnd)
  const output = yield* readAll(shell.system, readEnd)
  yield* shell.system.close(readEnd)
  const quiet = shell.inSubstitution
  shell.inSubstitution = true
  shell.substitutionStatus = yield* waitForeground(shell, job)
  shell.inSubstitution = quiet
  shell.state.lastStatus = shell.substitutionStatus
  return trim(decodeText(output))
}

function trim(text: string): string {
  return text.replaceAll('\0', '').replace(/\n+$/, '')
}
