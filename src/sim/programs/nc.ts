// nc, busybox's netcat: connects or listens, and copies between the connection and its own input and output.
import { type Main, type Program, SystemCallError, type System } from '../kernel/system.ts'
import type { OptionRow } from './getopt.ts'
import { hostAddress } from './resolve.ts'
import { portNumber } from './services.ts'
import { readSize, writeAll, writeError } from './stdio.ts'
import { attempt, Failure, type Family, misuse, utility } from './utility.ts'

const rows = (plain: string, withValue: string): readonly OptionRow[] => [
  ...[...plain].map((name) => ({ names: [name] })),
  ...[...withValue].map((name) => ({ names: [name], value: 'required' as const })),
]

/** busybox's, and those of OpenBSD's nc, which Debian's hosts have. */
const optionsOf: Readonly<Record<Family, readonly OptionRow[]>> = {
  busybox: rows('lknvuz', 'pwife'),
  gnu: rows('46CDdFhklNnrStUuvZz', 'IiMmOPpqsTVWwXx'),
}

/** @throws Failure */
function portOf(word: string): number {
  const port = portNumber(word)
  if (port === undefined) throw new Failure(`bad port '${word}'`)
  return port
}

export const ncMain = (family: Family): Main =>
  utility(family, { name: 'nc', options: optionsOf[family], shortName: true, usage: gnuUsage }, function* nc(call) {
    const { system, has, value, operands } = call
    const [host, port] = operands
    const input = { isRead: !has('d'), endsAfter: value('q') === undefined ? undefined : Number(value('q')) }
    if (has('l')) {
      const chosen = value('p') ?? port ?? host
      return yield* listen(
        system,
        chosen === undefined ? 0 : portOf(chosen),
        host !== undefined && port !== undefined ? host : '::',
        input,
      )
    }
    if (host === undefined) throw misuse('')
    const address = yield* hostAddress(system, host)
    if (address === undefined) throw new Failure(`bad address '${host}'`)
    const number = port === undefined ? 0 : portOf(port)
    const fd = yield* system.socket('AF_INET', 'SOCK_STREAM')
    const refused = yield* attempt(system.connect(fd, { family: 'AF_INET', address, port: number }))
    if (refused instanceof SystemCallError) {
      if (has('z')) {
        if (has('v')) yield* writeError(system, `nc: ${host} (${address}:${number}): ${refused.message}\n`)
        return 1
      }
      throw new Failure(`can't connect to remote host (${address}): ${refused.message}`)
    }
    if (!has('z')) return yield* copyBothWays(system, fd, input)
    if (has('v')) yield* writeError(system, `${host} (${address}:${number}) open\n`)
    return 0
  })

const gnuUsage = `usage: nc [-46CDdFhklNnrStUuvZz] [-I length] [-i interval] [-M ttl]
	  [-m minttl] [-O length] [-P proxy_username] [-p source_port]
	  [-q seconds] [-s sourceaddr] [-T keyword] [-V rtable] [-W recvlimit]
	  [-w timeout] [-X proxy_protocol] [-x proxy_address[:port]]
	  [destination] [port]
`

/** How the program takes its own input: whether at all (-d), and seconds from its end to the program's (-q). */
interface Input {
  readonly isRead: boolean
  readonly endsAfter: number | undefined
}

function* listen(system: System, port: number, address: string, input: Input): Program {
  const listener = yield* system.socket('AF_INET', 'SOCK_STREAM')
  try {
    yield* system.bind(listener, { family: 'AF_INET', address, port })
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    yield* writeError(system, `nc: bind: ${error.message}\n`)
    return 1
  }
  yield* system.listen(listener, 1)
  const { fd } = yield* system.accept(listener)
  yield* system.close(listener)
  return yield* copyBothWays(system, fd, input)
}

/** Ends when the peer has closed; its own input's end closes only the sending side. */
function* copyBothWays(system: System, fd: number, input: Input): Program {
  let inputOpen = input.isRead
  let limit = -1
  for (;;) {
    // Its own input first, as busybox looks at it: what it has to say is sent before an end of the peer ends it.
    const requests = [...(inputOpen ? [0] : []), fd].map((each) => ({ fd: each, events: ['POLLIN' as const] }))
    const ready = yield* system.poll(requests, limit)
    if (ready.length === 0 && limit >= 0) return 0
    for (const each of ready) {
      const data = yield* system.read(each.fd, readSize)
      if (each.fd === fd) {
        if (data.length === 0) return 0
        yield* writeAll(system, 1, data)
        continue
      }
      if (data.length > 0) yield* writeAll(system, fd, data)
      else {
        inputOpen = false
        yield* system.shutdown(fd, 'SHUT_WR')
        // poll(2) counts milliseconds.
        if (input.endsAfter !== undefined) limit = input.endsAfter * 1000
      }
    }
  }
}
