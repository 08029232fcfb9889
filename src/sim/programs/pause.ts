// pause, the program of the pause container: waits for a signal for ever, and reaps what comes to it as PID 1.
// The calls are those of Kubernetes' build/pause/linux/pause.c, in its order.
import { SIGCHLD, SIGINT, SIGTERM, signalByNumber } from '../kernel/signal-numbers.ts'
import { type Main, SystemCallError, type SignalHandler } from '../kernel/system.ts'
import { writeError } from './stdio.ts'

export const pause: Main = function* pause(system) {
  const sigdown: SignalHandler = function* sigdown(signal) {
    yield* writeError(
      system,
      `Shutting down, got signal: ${signalByNumber(signal)?.text ?? `Unknown signal ${signal}`}\n`,
    )
    yield* system.exit(0)
  }
  const sigreap: SignalHandler = function* sigreap() {
    try {
      while ((yield* system.wait4(-1, { nohang: true })) !== undefined);
    } catch (error) {
      // ECHILD: nobody is left to wait for.
      if (!(error instanceof SystemCallError)) throw error
    }
  }
  if ((yield* system.getpid()) !== 1) yield* writeError(system, 'Warning: pause should be the first process\n')
  yield* system.sigaction(SIGINT, { handler: sigdown })
  yield* system.sigaction(SIGTERM, { handler: sigdown })
  yield* system.sigaction(SIGCHLD, { handler: sigreap, flags: ['NOCLDSTOP'] })
  for (;;) {
    try {
      yield* system.pause()
    } catch (error) {
      // EINTR: a handler has run.
      if (!(error instanceof SystemCallError)) throw error
    }
  }
}
