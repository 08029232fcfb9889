// execvp(3) and waiting for a child, for programs that run another one: env, timeout, nohup, xargs, nsenter.
import type { Environment, Program, System } from '../kernel/system.ts'
import { SystemCallError } from '../kernel/system.ts'
import { writeError } from './stdio.ts'

/** Replaces the process by a program found on PATH. Gives 126 or 127, with a message, when that fails. */
export function* execvp(
  system: System,
  name: string,
  words: readonly string[],
  environment: Environment,
  describe: (program: string, reason: string) => string,
): Program<number> {
  const program = words[0] ?? ''
  let failure: SystemCallError | undefined
  for (const path of candidates(program, environment)) {
    try {
      yield* system.execve(path, words, environment)
    } catch (error) {
      if (!(error instanceof SystemCallError)) throw error
      if (failure?.errno !== 'EACCES') failure = error
      if (error.errno !== 'ENOENT' && error.errno !== 'ENOTDIR' && error.errno !== 'EACCES') break
    }
  }
  const missing = !failure || failure.errno === 'ENOENT'
  yield* writeError(system, `${name}: ${describe(program, failure?.message ?? 'No such file or directory')}\n`)
  return missing ? 127 : 126
}

function candidates(program: string, environment: Environment): string[] {
  if (program.includes('/')) return [program]
  const path = environment.get('PATH') ?? '/bin:/usr/bin'
  return path.split(':').map((directory) => `${directory || '.'}/${program}`)
}

/** Waits for one child, through interruptions, and gives the status a shell would: 128 + n for a signal. */
export function* waitFor(system: System, pid: number): Program<number> {
  for (;;) {
    try {
      const result = yield* system.wait4(pid, {})
      if (result) return result.how === 'signaled' ? 128 + result.status : result.status
    } catch (error) {
      if (!(error instanceof SystemCallError) || error.errno !== 'EINTR') throw error
    }
  }
}
