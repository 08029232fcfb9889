// What follows when a container's init has ended: its state, its network, its restart policy, `--rm`.
import type { Container } from './container.ts'
import { releaseNetwork } from './container-network.ts'
import type { Daemon } from './daemon.ts'
import { containerRemove } from './delete.ts'
import { delays, streamWait } from './delays.ts'
import { EngineError } from './errors.ts'
import type { Task } from './runtime.ts'
import { delay, sleepOn, type Work } from './threads.ts'
import { limitGroup } from '../kernel/process-limit.ts'
import { SIGKILL } from '../kernel/signal-numbers.ts'

/** How the container is started again; it comes from `start.ts`, which this file must not import. */
export type Restart = (daemon: Daemon, container: Container, options: { byHand: boolean }) => Work<void>

/** Waits for the end of a task and does what it leads to. */
export function* watchExit(daemon: Daemon, container: Container, task: Task, restart: Restart): Work<void> {
  while (task.exitCode === undefined) yield* sleepOn([task.exited])
  const exitCode = task.exitCode
  const endedAt = daemon.now()
  killWhatIsLeft(daemon, container, task)
  const limit = endedAt + streamWait
  while (!container.streams.ended && daemon.now() < limit) yield* sleepOn([container.streams.changed], limit)
  container.streams.close()
  yield* delay(daemon.kernel.clock, delays.exit)
  task.shim.shutDown()
  while (container.locked) yield* sleepOn([container.changed])
  for (const exec of container.execs.values()) exec.end()
  container.execs.clear()
  const ranFor = endedAt - (container.state.startedAt ?? endedAt)
  const wait = container.restart.shouldRestart(exitCode, container.manuallyStopped, ranFor)
  container.task = undefined
  limitGroup(daemon.kernel, task.init.cgroup, undefined)
  Object.assign(container.state, {
    running: wait !== undefined,
    restarting: wait !== undefined,
    paused: false,
    pid: 0,
    exitCode,
    finishedAt: endedAt,
  })
  container.exits++
  const seconds = Math.floor(ranFor / 1e6)
  const release = () => {
    if (!daemon.profile.pinsNetwork) releaseNetwork(daemon, container)
  }
  // 20.10 told of the end first.
  if (daemon.words !== '20.10') release()
  daemon.logEvent(container, 'die', { exitCode: `${exitCode}`, execDuration: `${seconds}` })
  if (daemon.words === '20.10') release()
  container.changed.wake()
  if (wait !== undefined) daemon.background(restartLater(daemon, container, wait, restart))
  else if (container.hostConfig.AutoRemove && !container.restartedByHand) {
    yield* removeQuietly(daemon, container)
  }
}

/** In a PID namespace of its own the kernel has killed all; in another's the shim does, by the control group. */
function killWhatIsLeft(daemon: Daemon, container: Container, task: Task): void {
  if (container.hostConfig.PidMode === '') return
  for (const process of task.processes(daemon.kernel)) daemon.kernel.sendSignal(process, SIGKILL)
}

function* restartLater(daemon: Daemon, container: Container, wait: number, restart: Restart): Work<void> {
  const until = daemon.now() + wait
  while (daemon.now() < until && !container.restart.cancelled && !container.removed) {
    yield* sleepOn([container.changed], until)
  }
  if (container.removed || !container.state.restarting) return
  if (container.restart.cancelled) {
    Object.assign(container.state, { running: false, restarting: false })
    container.changed.wake()
    return
  }
  try {
    yield* restart(daemon, container, { byHand: false })
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    Object.assign(container.state, { running: false, restarting: false, finishedAt: daemon.now() })
    container.changed.wake()
    if (container.hostConfig.AutoRemove) yield* removeQuietly(daemon, container)
  }
}

function* removeQuietly(daemon: Daemon, container: Container): Work<void> {
  try {
    yield* containerRemove(daemon, container.id, { force: true, volumes: true, atOnce: true })
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
  }
}
