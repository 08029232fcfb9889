// A container's log, as the json-file driver keeps it: lines with their stream and time, and those who follow it.
import type { LogFrame, LogsOptions, Reader } from './api.ts'
import { formatLogTime } from './status.ts'
import type { Program, System } from '../kernel/system.ts'
import { WaitQueue } from '../kernel/wait-queue.ts'

interface Line {
  readonly stream: 'stdout' | 'stderr'
  /** Microseconds since the epoch. */
  readonly time: number
  /** With its newline, unless the stream ended without one. */
  readonly data: Uint8Array
}

/** Bytes of a line above which the driver begins a new record. */
const longestLine = 16_384
const newline = 10
/** Bytes that are kept of one container's log. A real file would go on growing; the oldest lines go here. */
const longestLog = 32 * 1024 * 1024

export class LogStore {
  readonly #lines: Line[] = []
  /** Lines that are no longer kept, so that a line's number stays its own. */
  #dropped = 0
  #bytes = 0
  readonly #partial = { stdout: new Uint8Array(0), stderr: new Uint8Array(0) }
  readonly arrived = new WaitQueue()

  /** Takes what a process wrote; a line is kept when its newline has come. */
  append(stream: 'stdout' | 'stderr', data: Uint8Array, time: number): void {
    const rest = this.#partial[stream]
    const text = rest.length === 0 ? data : concat(rest, data)
    let start = 0
    for (;;) {
      const end = text.indexOf(newline, start)
      const next = end === -1 ? (text.length - start > longestLine ? start + longestLine : -1) : end + 1
      if (next === -1) break
      this.#keep({ stream, time, data: text.slice(start, next) })
      start = next
    }
    this.#partial[stream] = text.slice(start)
    if (start > 0) this.arrived.wake()
  }

  #keep(line: Line): void {
    this.#lines.push(line)
    this.#bytes += line.data.length
    if (this.#bytes <= longestLog) return
    let count = 0
    while (this.#bytes > longestLog / 2) this.#bytes -= this.#lines[count++]?.data.length ?? 0
    this.#lines.splice(0, count)
    this.#dropped += count
  }

  /** The stream has ended: what is left of a line is a line. */
  end(stream: 'stdout' | 'stderr', time: number): void {
    const rest = this.#partial[stream]
    if (rest.length === 0) return
    this.#partial[stream] = new Uint8Array(0)
    this.#keep({ stream, time, data: rest })
    this.arrived.wake()
  }

  /**
   * Reads it as `docker logs` asks.
   * @param running tells whether more may come; with `follow` the reader ends when it says no
   * @param stopped woken when that changes
   */
  read(options: LogsOptions, running: () => boolean, stopped: WaitQueue): Reader<LogFrame> {
    const since = options.since ? Number(options.since) * 1e6 : Number.NEGATIVE_INFINITY
    const until = options.until ? Number(options.until) * 1e6 : Number.POSITIVE_INFINITY
    const wanted = (line: Line) => options[line.stream] === true && line.time >= since && line.time <= until
    const tail = options.tail === undefined || options.tail === 'all' ? Number.POSITIVE_INFINITY : Number(options.tail)
    const lineAt = (number: number) => this.#lines[Math.max(number, this.#dropped) - this.#dropped]
    const first = () => this.#dropped
    const total = this.#dropped + this.#lines.length
    // Counted before streams are chosen: `-n 2` is the last two lines of both.
    let position = Number.isFinite(tail) && tail >= 0 ? Math.max(0, total - tail) : 0
    const both = new WaitQueue()
    const onChange = () => both.wake()
    this.arrived.sleepers.add(onChange)
    stopped.sleepers.add(onChange)
    let closed = false
    const close = () => {
      closed = true
      this.arrived.sleepers.delete(onChange)
      stopped.sleepers.delete(onChange)
      both.wake()
    }
    return {
      *next(system: System): Program<LogFrame | undefined> {
        for (;;) {
          for (let line = lineAt(position); line !== undefined; line = lineAt(position)) {
            position = Math.max(position, first()) + 1
            if (wanted(line)) return { stream: line.stream, data: line.data, timestamp: formatLogTime(line.time) }
          }
          if (closed || !options.follow || !running()) {
            close()
            return undefined
          }
          yield* system.sleep_on(both, 'futex')
        }
      },
      close,
    }
  }

  /** Everything so far, a frame a line, for an attach with `logs`. */
  frames(): { stream: 'stdout' | 'stderr'; data: Uint8Array }[] {
    return this.#lines.map(({ stream, data }) => ({ stream, data }))
  }
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}
