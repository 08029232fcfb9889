// A container in the foreground: its output is copied here, what arrives on stdin goes there, and signals are passed on.
import type { AttachedStream, DockerApi, WaitInProgress } from '../docker/api.ts'
import { EngineError } from '../docker/errors.ts'
import type { Program, System } from '../kernel/system.ts'
import { signals } from '../kernel/signal-numbers.ts'
import type { Invocation } from './invocation.ts'

/** What `docker` passes on to a container. */
const forwarded = signals.filter(({ name }) => ['HUP', 'INT', 'QUIT', 'TERM', 'USR1', 'USR2'].includes(name))

/**
 * Copies a container's streams until its output ends.
 * @param options.forward signals that arrive are sent to this container (--sig-proxy)
 */
export function* copyStreams(
  invocation: Invocation,
  stream: AttachedStream,
  options: { stdin: boolean; forward?: { api: DockerApi; container: string } },
): Program<void> {
  const { system } = invocation
  const arrived: string[] = []
  if (options.forward) yield* noteSignals(system, arrived)
  for (;;) {
    const how = yield* stream.copy(system, { ...(options.stdin && { stdin: 0 }), stdout: 1, stderr: 2 })
    if (how === 'ended') return
    yield* passOn(system, arrived, options.forward)
  }
}

/** The container's exit code, once it has one. A signal meanwhile is passed on. */
export function* awaitExit(system: System, wait: WaitInProgress): Program<number> {
  return (yield* wait.result(system)).StatusCode
}

function* noteSignals(system: System, arrived: string[]): Program<void> {
  for (const { name, number } of forwarded) {
    yield* system.sigaction(number, {
      *handler() {
        arrived.push(name)
      },
    })
  }
}

function* passOn(
  system: System,
  arrived: string[],
  forward: { api: DockerApi; container: string } | undefined,
): Program<void> {
  for (let signal = arrived.shift(); signal !== undefined; signal = arrived.shift()) {
    if (!forward) continue
    try {
      yield* forward.api.containerKill(system, forward.container, signal)
    } catch (error) {
      // It may have ended meanwhile.
      if (!(error instanceof EngineError)) throw error
    }
  }
}
