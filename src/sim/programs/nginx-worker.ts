// A worker process of nginx: waits in epoll_wait for connections and for what its master says, and answers.
import { type Program, SystemCallError, type System } from '../kernel/system.ts'
import { decodeText } from './bytes.ts'
import { answerRequest, parseRequest } from './nginx-answer.ts'
import { type ErrorLog, log } from './nginx-log.ts'
import type { Listen, Site } from './nginx-site.ts'
import { readSize } from './stdio.ts'
import { attempt } from './utility.ts'

export interface WorkerOptions {
  readonly site: Site
  readonly version: string
  readonly errorLog: ErrorLog
  readonly accessLogs: ReadonlyMap<string, number>
  readonly listeners: readonly { readonly fd: number; readonly listen: Listen }[]
  /** The end of the pair over which the master sends commands. */
  readonly channel: number
  /** What signals have asked for. */
  readonly flags: { quit: boolean; terminate: boolean; reopen: boolean }
  readonly reopen: (system: System) => Program<void>
  /** How many connections all workers have accepted: it lies in memory that they share. */
  readonly accepted: { count: number }
}

interface Connection {
  readonly number: number
  readonly client: string
  readonly local: Listen
  text: string
  /** Microseconds since the epoch at which it is closed when nothing comes. */
  until: number
}

/** keepalive_timeout of the configuration that comes with nginx. */
const keepAliveMicroseconds = 65_000_000

/** Serves until told to end; gives the exit status. */
export function* work(system: System, options: WorkerOptions): Program {
  const { flags, errorLog } = options
  const connections = new Map<number, Connection>()
  let listeners = options.listeners
  let channel = options.channel
  let leaving = false
  for (;;) {
    if (flags.terminate || (leaving && connections.size === 0)) {
      yield* log(system, errorLog, 'notice', 'exiting')
      yield* log(system, errorLog, 'notice', 'exit')
      return 0
    }
    if (flags.quit && !leaving) {
      leaving = true
      yield* log(system, errorLog, 'notice', 'gracefully shutting down')
      yield* system.set_arguments(['nginx: worker process is shutting down'])
      for (const { fd } of listeners) yield* system.close(fd)
      listeners = []
      for (const [fd, { text }] of connections) if (text === '') yield* end(fd)
      continue
    }
    if (flags.reopen) {
      flags.reopen = false
      yield* log(system, errorLog, 'notice', 'reopening logs')
      yield* options.reopen(system)
    }
    const time = yield* system.clock_gettime('CLOCK_REALTIME')
    const soonest = Math.min(...Array.from(connections.values(), ({ until }) => until))
    const ready = yield* attempt(
      system.epoll_wait(
        [...listeners.map(({ fd }) => fd), channel, ...connections.keys()].map((fd) => ({ fd, events: ['POLLIN'] })),
        Number.isFinite(soonest) ? Math.max(0, soonest - time) : -1,
      ),
    )
    if (ready instanceof SystemCallError) continue
    if (ready.length === 0) for (const [fd, { until }] of connections) if (until <= soonest) yield* end(fd)
    for (const { fd } of ready) {
      const listener = listeners.find((each) => each.fd === fd)
      if (fd === channel) yield* command()
      else if (listener !== undefined) yield* take(fd, listener.listen)
      else yield* serve(fd)
    }
  }

  function* end(fd: number): Program<void> {
    connections.delete(fd)
    yield* system.close(fd)
  }

  /** Without its master a worker goes on: it only stops listening to it. */
  function* command(): Program<void> {
    const bytes = yield* attempt(system.read(channel, 1))
    const letter = bytes instanceof SystemCallError ? '' : decodeText(bytes)
    if (letter === 'Q') flags.quit = true
    else if (letter === 'T') flags.terminate = true
    else if (letter === 'O') flags.reopen = true
    else {
      yield* system.close(channel)
      channel = -1
    }
  }

  /** Another worker may have been faster. */
  function* take(fd: number, listen: Listen): Program<void> {
    const connection = yield* attempt(system.accept(fd))
    if (connection instanceof SystemCallError) return
    options.accepted.count += 1
    const local = yield* attempt(system.getsockname(connection.fd))
    const time = yield* system.clock_gettime('CLOCK_REALTIME')
    connections.set(connection.fd, {
      number: options.accepted.count,
      client: connection.address.address,
      local: { address: local instanceof SystemCallError ? listen.address : local.address, port: listen.port },
      text: '',
      until: time + keepAliveMicroseconds,
    })
  }

  function* serve(fd: number): Program<void> {
    const connection = connections.get(fd)
    if (connection === undefined) return
    const bytes = yield* attempt(system.read(fd, readSize))
    if (bytes instanceof SystemCallError || bytes.length === 0) {
      yield* end(fd)
      return
    }
    connection.text += decodeText(bytes)
    for (;;) {
      const whole = /^[\s\S]*?\r?\n\r?\n/.exec(connection.text)?.[0]
      if (whole === undefined) return
      const request = parseRequest(whole.trimEnd())
      const length = Number(request?.headers.get('content-length') ?? 0)
      if (connection.text.length < whole.length + length) return
      connection.text = connection.text.slice(whole.length + length)
      const { number, client, local } = connection
      yield* answerRequest(system, fd, { ...options, connection: number, client, local }, request)
      connection.until = (yield* system.clock_gettime('CLOCK_REALTIME')) + keepAliveMicroseconds
      if (request?.keepsAlive && !flags.quit) continue
      yield* end(fd)
      return
    }
  }
}
