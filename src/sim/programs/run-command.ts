// execvp(3) and running a command as a child, for programs that start another: env, timeout, nohup, xargs, nsenter.
import { type Environment, type Program, SystemCallError, type System } from '../kernel/system.ts'

/**
 * Executes `words` in place of this process, looked up on PATH. Comes back only by throwing.
 * @throws SystemCallError ENOENT when it is nowhere, or what execve(2) refused with
 */
export function* execvp(system: System, words: readonly string[], environment: Environment): Program<never> {
  const [name = ''] = words
  if (name.includes('/')) return yield* system.execve(name, words, environment)
  let refused = new SystemCallError('ENOENT')
  for (const directory of (environment.get('PATH') ?? '/bin:/usr/bin').split(':')) {
    try {
      return yield* system.execve(`${directory === '' ? '.' : directory}/${name}`, words, environment)
    } catch (error) {
      if (!(error instanceof SystemCallError)) throw error
      if (error.errno === 'EACCES') refused = error
      else if (error.errno !== 'ENOENT' && error.errno !== 'ENOTDIR') throw error
    }
  }
  throw refused
}

/** The status that a shell gives for a command that could not be started: 127 not found, 126 found. */
export function startFailure(error: SystemCallError): number {
  return error.errno === 'ENOENT' ? 127 : 126
}

/** Waits for one child, through interruptions, and gives the status that a shell would: 128 + N for a signal. */
export function* waitForChild(system: System, pid: number): Program {
  for (;;) {
    try {
      const ended = yield* system.wait4(pid, {})
      if (ended !== undefined) return ended.how === 'signaled' ? 128 + ended.status : ended.status
    } catch (error) {
      if (!(error instanceof SystemCallError) || error.errno !== 'EINTR') throw error
    }
  }
}
