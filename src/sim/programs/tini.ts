// tini, which `docker run --init` puts before the program as PID 1: forwards signals, reaps, and ends as its child does.
import { SIGCHLD, SIGFPE, SIGSEGV, SIGTTIN, SIGTTOU, signals } from '../kernel/signal-numbers.ts'
import { type Main, SystemCallError } from '../kernel/system.ts'
import { writeError } from './stdio.ts'

/** Not forwarded: they are about tini itself. SIGKILL and SIGSTOP cannot be caught. */
const own: ReadonlySet<number> = new Set([4, 5, 6, 7, SIGFPE, 9, SIGSEGV, SIGCHLD, 19, SIGTTIN, SIGTTOU, 31])

export const tini: Main = function* tini(system, argv, environment) {
  const command = argv.slice(argv[1] === '--' ? 2 : 1)
  const [program] = command
  if (program === undefined) {
    yield* writeError(system, 'tini (tini version 0.19.0)\nUsage: tini [OPTIONS] PROGRAM -- [ARGS] | --version\n')
    return 1
  }
  const child = yield* system.fork(function* start(system_) {
    yield* system_.setpgid(0, 0)
    for (const path of candidates(program, environment.get('PATH') ?? '')) {
      try {
        yield* system_.execve(path, command, environment)
      } catch (error) {
        if (!(error instanceof SystemCallError)) throw error
      }
    }
    yield* writeError(
      system_,
      `[FATAL tini (${yield* system_.getpid()})] exec ${program} failed: No such file or directory\n`,
    )
    return 127
  })
  for (const { number } of signals) {
    if (own.has(number)) continue
    yield* system.sigaction(number, {
      flags: ['RESTART'],
      *handler(signal) {
        try {
          yield* system.kill(child, signal)
        } catch (error) {
          if (!(error instanceof SystemCallError)) throw error
        }
      },
    })
  }
  for (;;) {
    const result = yield* system.wait4(-1, {})
    if (result?.pid === child) return result.how === 'exited' ? result.status : 128 + result.status
  }
}

function candidates(program: string, path: string): string[] {
  return program.includes('/') ? [program] : path.split(':').map((directory) => `${directory}/${program}`)
}
