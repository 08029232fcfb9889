// `coproc`: a command in the background with a pipe to its input and one from its output, in an array; bash(1).
import type { Coproc, PipelineNode } from 'unbash'
import type { Program } from '../kernel/system.ts'
import { addJob, forkShell } from './processes.ts'
import type { Shell } from './shell.ts'
import type { CommandOptions } from './simple-command.ts'

/** Starts it and sets NAME[0] (to read), NAME[1] (to write) and NAME_PID. */
export function* startCoprocess(
  shell: Shell,
  node: Coproc,
  run: (shell: Shell, node: PipelineNode, options?: CommandOptions) => Program<number>,
): Program<number> {
  const { body } = node
  if (body.type === 'CompoundList') return 1
  const { system } = shell
  const [outRead, outWrite] = yield* system.pipe()
  const [inRead, inWrite] = yield* system.pipe()
  const ours = [yield* high(shell, outRead, 63), yield* high(shell, inWrite, 60)]
  const pid = yield* forkShell(shell, function* work(child) {
    yield* child.system.dup2(inRead, 0)
    yield* child.system.dup2(outWrite, 1)
    for (const fd of [inRead, outWrite, ...ours]) yield* child.system.close(fd)
    return yield* run(child, body, { inPlace: true })
  })
  yield* system.close(inRead)
  yield* system.close(outWrite)
  const name = node.name?.value ?? 'COPROC'
  shell.variables.clearArray(name, 'indexed')
  for (const [index, fd] of ours.entries()) shell.variables.setElement(name, index, String(fd))
  shell.variables.set(`${name}_PID`, String(pid))
  shell.state.lastBackground = pid
  addJob(shell, [pid], [shell.source.text.slice(node.pos, node.end)], 0, true)
  return 0
}

/** The same file at the highest free descriptor from a number down, closed in programs that are executed. */
function* high(shell: Shell, fd: number, from: number): Program<number> {
  const made = yield* shell.system.fcntl_dupfd(fd, from, true)
  yield* shell.system.close(fd)
  return made
}
