// ping(8): ICMP echo over a raw socket; busybox's words in containers, iputils' on the host.
import { SystemCallError, type Main, type Program, type System } from '../kernel/system.ts'
import { hostAddress } from './resolve.ts'
import { writeError, writeOut } from './stdio.ts'
import { busyboxHelpOf } from './utility.ts'

export type PingDialect = 'busybox' | 'iputils'

interface Options {
  count: number
  /** Seconds to wait for a reply. */
  wait: number
  interval: number
  size: number
  quiet: boolean
  host: string | undefined
}

/** Flags with a value: what they set. */
const valueFlags: Readonly<Record<string, (options: Options, value: number) => void>> = {
  c: (options, value) => {
    options.count = value
  },
  W: (options, value) => {
    options.wait = value
  },
  w: (options, value) => {
    options.wait = value
  },
  i: (options, value) => {
    options.interval = value
  },
  s: (options, value) => {
    options.size = value
  },
}

function parse(argv: readonly string[]): Options | string {
  const options: Options = {
    count: Number.POSITIVE_INFINITY,
    wait: 10,
    interval: 1,
    size: 56,
    quiet: false,
    host: undefined,
  }
  const words = argv.slice(1)
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const flag = /^-(.)(.*)$/.exec(word)
    if (flag === null) {
      options.host = word
      continue
    }
    const [, letter = '', attached = ''] = flag
    const set = valueFlags[letter]
    if (set !== undefined) set(options, Number(attached === '' ? words.shift() : attached))
    else if (letter === 'q') options.quiet = true
    else if (!['4', 'n'].includes(letter)) return letter
  }
  return options
}

/** An echo request: type 8, identifier, sequence number, and bytes to bring back. */
function echoRequest(sequence: number, size: number): Uint8Array {
  const packet = new Uint8Array(8 + size)
  packet[0] = 8
  packet[6] = sequence >> 8
  packet[7] = sequence & 0xff
  return packet
}

interface Tally {
  sent: number
  received: number
  readonly times: number[]
  startedAt: number
}

const milliseconds = (microseconds: number) => (microseconds / 1000).toFixed(3)

/** `ping` of one dialect. Exit status 0 with a reply, 1 without. */
export function pingMain(dialect: PingDialect): Main {
  return function* ping(system, argv) {
    const options = parse(argv)
    if (typeof options === 'string') {
      const colon =
        dialect === 'busybox' ? `ping: unrecognized option: ${options}` : `ping: invalid option -- '${options}'`
      yield* writeError(system, `${colon}\n`)
      return dialect === 'busybox' ? 1 : 2
    }
    if (options.host === undefined) {
      yield* writeError(
        system,
        dialect === 'busybox' ? busyboxHelpOf(system, 'ping') : 'ping: usage error: Destination address required\n',
      )
      return 1
    }
    const address = yield* hostAddress(system, options.host)
    if (address === undefined) {
      const text =
        dialect === 'busybox'
          ? `ping: bad address '${options.host}'`
          : `ping: ${options.host}: Name or service not known`
      yield* writeError(system, `${text}\n`)
      return dialect === 'busybox' ? 1 : 2
    }
    return yield* pingHost(system, dialect, options, options.host, address)
  }
}

function* pingHost(system: System, dialect: PingDialect, options: Options, host: string, address: string): Program {
  const fd = yield* system.socket('AF_INET', 'SOCK_RAW')
  const full =
    dialect === 'iputils' ? `${options.size}(${options.size + 28}) bytes of data.` : `${options.size} data bytes`
  const unreachable = dialect === 'iputils' ? 'ping: connect: Network is unreachable\n' : undefined
  const title = `PING ${host} (${address})${dialect === 'busybox' ? ':' : ''} ${full}\n`
  const tally: Tally = { sent: 0, received: 0, times: [], startedAt: yield* system.clock_gettime('CLOCK_MONOTONIC') }
  let titled = false
  for (let sequence = dialect === 'busybox' ? 0 : 1; tally.sent < options.count; sequence++) {
    if (tally.sent > 0) yield* system.nanosleep(options.interval * 1e6)
    if (!titled && dialect === 'busybox') yield* writeOut(system, title)
    const sentAt = yield* system.clock_gettime('CLOCK_MONOTONIC')
    try {
      yield* system.sendto(fd, echoRequest(sequence, options.size), { family: 'AF_INET', address, port: 0 })
    } catch (error) {
      if (!(error instanceof SystemCallError)) throw error
      if (error.errno === 'EHOSTUNREACH') {
        tally.sent++
        titled = true
        continue
      }
      yield* writeError(system, unreachable ?? `ping: sendto: ${error.message}\n`)
      return unreachable === undefined ? 1 : 2
    }
    if (!titled && dialect === 'iputils') yield* writeOut(system, title)
    titled = true
    tally.sent++
    const ready = yield* system.poll([{ fd, events: ['POLLIN'] }], options.wait * 1e6)
    if (ready.length === 0) continue
    yield* system.recvfrom(fd, 65_536)
    const took = (yield* system.clock_gettime('CLOCK_MONOTONIC')) - sentAt
    tally.received++
    tally.times.push(took)
    const name = dialect === 'busybox' ? `seq=${sequence}` : `icmp_seq=${sequence}`
    const line = `${options.size + 8} bytes from ${address}: ${name} ttl=64 time=${milliseconds(took)} ms\n`
    if (!options.quiet) yield* writeOut(system, line)
  }
  yield* writeOut(system, yield* summary(system, dialect, host, tally))
  return tally.received > 0 ? 0 : 1
}

function* summary(system: System, dialect: PingDialect, host: string, tally: Tally): Program<string> {
  const { sent, received, times } = tally
  const loss = sent === 0 ? 0 : Math.round((100 * (sent - received)) / sent)
  const elapsed = Math.round(((yield* system.clock_gettime('CLOCK_MONOTONIC')) - tally.startedAt) / 1000)
  const packets = dialect === 'busybox' ? `${received} packets received` : `${received} received`
  const tail = dialect === 'busybox' ? '' : `, time ${elapsed}ms`
  const text = `\n--- ${host} ping statistics ---\n${sent} packets transmitted, ${packets}, ${loss}% packet loss${tail}\n`
  if (received === 0) return text
  const minimum = milliseconds(Math.min(...times))
  const maximum = milliseconds(Math.max(...times))
  const mean = times.reduce((sum, each) => sum + each, 0) / times.length
  if (dialect === 'busybox') return `${text}round-trip min/avg/max = ${minimum}/${milliseconds(mean)}/${maximum} ms\n`
  const deviation = Math.sqrt(times.reduce((sum, each) => sum + (each - mean) ** 2, 0) / times.length)
  return `${text}rtt min/avg/max/mdev = ${minimum}/${milliseconds(mean)}/${maximum}/${milliseconds(deviation)} ms\n`
}
