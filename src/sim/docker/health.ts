// Health checks: a command that is run in the container again and again, and what its results say of the container.
import type { JsonObject } from './json.ts'
import type { Container } from './container.ts'
import type { Daemon } from './daemon.ts'
import { EngineError } from './errors.ts'
import { execCreate, execInspect, execStart } from './exec.ts'
import { formatTime } from './status.ts'
import { sleepOn, type Work } from './threads.ts'

export interface HealthResult {
  readonly start: number
  readonly end: number
  readonly exitCode: number
  readonly output: string
}

export interface Health {
  status: 'starting' | 'healthy' | 'unhealthy'
  failingStreak: number
  /** The last five. */
  readonly log: HealthResult[]
}

const kept = 5
const defaults = { Interval: 30e9, Timeout: 30e9, StartPeriod: 0, Retries: 3 }
/** Bytes of output that are kept. */
const longestOutput = 4096

/** The command of a health check as it is to be run; undefined when the container has none. */
function commandOf(container: Container): string[] | undefined {
  const test = container.config.Healthcheck?.['Test']
  const [kind, ...rest] = Array.isArray(test) ? test.map(String) : []
  if (kind === 'CMD') return rest
  if (kind === 'CMD-SHELL') return ['/bin/sh', '-c', rest.join(' ')]
  return undefined
}

/** Begins to watch a container that has just started; ends with this run of it. */
export function* watchHealth(daemon: Daemon, container: Container): Work<void> {
  const command = commandOf(container)
  if (command === undefined) {
    container.health = undefined
    return
  }
  const setting = (name: keyof typeof defaults) => {
    const value = container.config.Healthcheck?.[name]
    return typeof value === 'number' && value > 0 ? value : defaults[name]
  }
  const [interval, timeout] = [setting('Interval') / 1000, setting('Timeout') / 1000]
  const graceEnds = daemon.now() + setting('StartPeriod') / 1000
  const health: Health = { status: 'starting', failingStreak: 0, log: [] }
  container.health = health
  const { exits } = container
  const over = () => container.exits !== exits || !container.state.running || container.removed
  for (;;) {
    const next = daemon.now() + interval
    while (daemon.now() < next && !over()) yield* sleepOn([container.changed], next)
    if (over()) return
    if (container.state.paused) continue
    const result = yield* probe(daemon, container, command, timeout)
    if (over()) return
    note(daemon, container, health, result, { retries: setting('Retries'), counts: daemon.now() >= graceEnds })
  }
}

function* probe(daemon: Daemon, container: Container, command: string[], timeout: number): Work<HealthResult> {
  const start = daemon.now()
  const limit = start + timeout
  const chunks: string[] = []
  const decoder = new TextDecoder()
  try {
    const { Id } = execCreate(daemon, container.id, { Cmd: command, AttachStdout: true, AttachStderr: true })
    const session = container.execs.get(Id)
    session?.streams.onOutput((data) => chunks.push(decoder.decode(data, { stream: true })))
    yield* execStart(daemon, Id, { detach: true })
    while (execInspect(daemon, Id).Running && daemon.now() < limit) {
      yield* sleepOn(session === undefined ? [] : [session.changed], limit)
    }
    const { Running, ExitCode } = execInspect(daemon, Id)
    const output = chunks.join('').slice(0, longestOutput)
    if (!Running) return { start, end: daemon.now(), exitCode: ExitCode ?? 0, output }
    const seconds = `${timeout / 1e6}s`
    return { start, end: daemon.now(), exitCode: -1, output: `Health check exceeded timeout (${seconds}): ${output}` }
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    return { start, end: daemon.now(), exitCode: -1, output: error.message }
  }
}

function note(
  daemon: Daemon,
  container: Container,
  health: Health,
  result: HealthResult,
  options: { retries: number; counts: boolean },
): void {
  health.log.push(result)
  if (health.log.length > kept) health.log.shift()
  const before = health.status
  if (result.exitCode === 0) {
    health.failingStreak = 0
    health.status = 'healthy'
  } else if (options.counts || health.status !== 'starting') {
    health.failingStreak++
    if (health.failingStreak >= options.retries) health.status = 'unhealthy'
  }
  if (health.status !== before) daemon.logEvent(container, `health_status: ${health.status}`)
}

/** State.Health of inspect. */
export function healthRecord(health: Health): JsonObject {
  return {
    Status: health.status,
    FailingStreak: health.failingStreak,
    Log: health.log.map(({ start, end, exitCode, output }) => ({
      Start: formatTime(start),
      End: formatTime(end),
      ExitCode: exitCode,
      Output: output,
    })),
  }
}
