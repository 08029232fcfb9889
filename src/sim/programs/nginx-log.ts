// What nginx writes: lines of the error log, https://nginx.org/en/docs/ngx_core_module.html#error_log.
import { type Program, SystemCallError, type System } from '../kernel/system.ts'
import { formatTime } from './date-format.ts'
import { writeAll, writeError } from './stdio.ts'

export type Level = 'notice' | 'warn' | 'error' | 'crit' | 'alert' | 'emerg'

const order: readonly string[] = ['debug', 'info', 'notice', 'warn', 'error', 'crit', 'alert', 'emerg']

/** An error log that is open. */
export interface ErrorLog {
  readonly fd: number
  readonly level: string
}

/** Opens a log for appending, as the master does before it gives up its rights. @throws SystemCallError of open(2) */
export function* openLog(system: System, path: string): Program<number> {
  return yield* system.open(path, ['WRONLY', 'CREAT', 'APPEND', 'CLOEXEC'], 0o644)
}

/** Seconds since the epoch. */
export function* now(system: System): Program<number> {
  return Math.floor((yield* system.clock_gettime('CLOCK_REALTIME')) / 1_000_000)
}

/** One line: time, level, PID and thread, message. What cannot be written is lost. */
export function* log(system: System, to: ErrorLog, level: Level, message: string): Program<void> {
  if (order.indexOf(level) < order.indexOf(to.level)) return
  const pid = yield* system.getpid()
  const time = formatTime('%Y/%m/%d %H:%M:%S', yield* now(system))
  try {
    yield* writeAll(system, to.fd, `${time} [${level}] ${pid}#${pid}: ${message}\n`)
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
  }
}

/** What goes wrong at the start stands in the log, and without a time on standard error. */
export function* complain(system: System, to: ErrorLog | undefined, level: Level, message: string): Program<void> {
  if (to !== undefined) yield* log(system, to, level, message)
  yield* writeError(system, `nginx: [${level}] ${message}\n`)
}
