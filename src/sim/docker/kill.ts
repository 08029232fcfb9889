// Signals to containers, `docker kill` and `docker stop`: both count as by hand, so that no policy starts it again.
import type { Container } from './container.ts'
import { releaseNetwork } from './container-network.ts'
import type { Daemon } from './daemon.ts'
import { stopTimeout } from './delays.ts'
import { EngineError } from './errors.ts'
import { setFrozen } from './pause.ts'
import { unpin } from './pinned.ts'
import { cannotKill, invalidSignal, invalidStopSignal, notRunning, unsupportedSignal } from './texts.ts'
import { sleepOn, type Work } from './threads.ts'
import { highestSignal, SIGKILL, SIGTERM, signalByName } from '../kernel/signal-numbers.ts'

/** POST /containers/ID/kill. @throws EngineError 404, 409 when it does not run, 400 for a signal that there is not */
export function* containerKill(daemon: Daemon, name: string, signalName = 'SIGKILL'): Work<void> {
  const { words } = daemon
  const signal = parseSignal(signalName)
  if (signal === undefined && /^-?\d+$/.test(signalName) && Number(signalName) !== 0) {
    throw new EngineError(400, unsupportedSignal(words, name, signalName))
  }
  if (signal === undefined) throw new EngineError(400, invalidSignal(words, name, signalName))
  const container = daemon.find(name)
  if (container === undefined) throw new EngineError(404, cannotKill(words, name, `No such container: ${name}`))
  if (!container.state.running) throw new EngineError(409, cannotKill(words, name, notRunning(words, container.id)))
  if (signal === SIGKILL) yield* killAndWait(daemon, container)
  else signalContainer(daemon, container, signal)
}

/** POST /containers/ID/stop: the stop signal, and SIGKILL when the time is over. */
export function* containerStop(
  daemon: Daemon,
  name: string,
  options: { signal?: string; timeout?: number } = {},
): Work<'stopped' | 'not modified'> {
  const container = daemon.get(name)
  const isRunning = container.state.running
  if (container.pinned !== undefined) unpin(daemon, container)
  else if (isRunning) yield* stopContainer(daemon, container, options)
  if (daemon.profile.pinsNetwork) releaseNetwork(daemon, container)
  return isRunning ? 'stopped' : 'not modified'
}

export function* stopContainer(
  daemon: Daemon,
  container: Container,
  options: { signal?: string; timeout?: number },
): Work<void> {
  const wanted = options.signal ?? container.config.StopSignal ?? 'SIGTERM'
  const signal = parseSignal(wanted)
  if (signal === undefined && options.signal !== undefined) {
    throw new EngineError(400, invalidStopSignal(daemon.words, wanted))
  }
  const seconds = options.timeout ?? container.config.StopTimeout ?? stopTimeout
  const limit = seconds < 0 ? undefined : daemon.now() + seconds * 1e6
  signalContainer(daemon, container, signal ?? SIGTERM, { stops: true })
  yield* waitForEnd(daemon, container, limit)
  if (container.state.running) yield* killAndWait(daemon, container)
  daemon.logEvent(container, 'stop')
}

/** Sends a signal to init, as the daemon; what comes after it is not for the restart policy to decide. */
function signalContainer(
  daemon: Daemon,
  container: Container,
  signal: number,
  options: { stops?: boolean } = {},
): void {
  const own = container.config.StopSignal
  const cancels = own === undefined || signal === SIGKILL || parseSignal(own) === signal || options.stops === true
  if (cancels) container.restart.cancelled = true
  container.manuallyStopped = true
  container.changed.wake()
  if (container.state.restarting) return
  const init = container.task?.init
  if (init !== undefined) daemon.kernel.sendSignal(init, signal, daemon.process)
  if (cancels && container.state.paused) setFrozen(daemon, container, false)
  daemon.logEvent(container, 'kill', { signal: `${signal}` })
}

/** SIGKILL, until it is down. */
export function* killAndWait(daemon: Daemon, container: Container): Work<void> {
  signalContainer(daemon, container, SIGKILL)
  yield* waitForEnd(daemon, container, undefined)
}

function* waitForEnd(daemon: Daemon, container: Container, limit: number | undefined): Work<void> {
  const exits = container.exits
  const over = () => limit !== undefined && daemon.now() >= limit
  while (container.exits === exits && container.state.running && !over()) yield* sleepOn([container.changed], limit)
  // It may have been waiting to be started again, which the signal has cancelled.
  while (container.state.restarting && !over()) yield* sleepOn([container.changed], limit)
}

/** A number, `TERM` or `SIGTERM`, in any case; undefined when there is no such signal. */
export function parseSignal(name: string): number | undefined {
  if (/^\d+$/.test(name)) {
    const number = Number(name)
    return number > 0 && number <= highestSignal ? number : undefined
  }
  return signalByName(name.toUpperCase().replace(/^SIG/, ''))?.number
}
