// nc, busybox's netcat: connects or listens, and copies between the connection and its own input and output.
import { type Main, type Program, SystemCallError, type System } from '../kernel/system.ts'
import { hostAddress } from './resolve.ts'
import { readSize, writeAll, writeError } from './stdio.ts'

interface Options {
  listen: boolean
  port: number | undefined
  /** Seconds after which it gives up, 0 never. */
  wait: number
  /** Only see whether the port answers. */
  probe: boolean
  operands: string[]
}

function parse(argv: readonly string[]): Options {
  const options: Options = { listen: false, port: undefined, wait: 0, probe: false, operands: [] }
  const words = argv.slice(1)
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (!word.startsWith('-') || word === '-') {
      options.operands.push(word)
      continue
    }
    for (let at = 1; at < word.length; at++) {
      const letter = word[at]
      if (letter === 'l') options.listen = true
      else if (letter === 'z') options.probe = true
      else if (letter === 'p' || letter === 'w') {
        const value = Number(word.slice(at + 1) || words.shift())
        if (letter === 'p') options.port = value
        else options.wait = value
        break
      }
    }
  }
  return options
}

export const nc: Main = function* nc(system, argv) {
  const options = parse(argv)
  const [host, port] = options.operands
  if (options.listen)
    return yield* listen(
      system,
      options.port ?? Number(port ?? host ?? 0),
      host !== undefined && port !== undefined ? host : '::',
    )
  if (host === undefined || port === undefined) {
    yield* writeError(
      system,
      'Usage: nc [OPTIONS] HOST PORT  - connect\nnc [OPTIONS] -l -p PORT [HOST] [PORT]  - listen\n',
    )
    return 1
  }
  const address = yield* hostAddress(system, host)
  if (address === undefined) {
    yield* writeError(system, `nc: bad address '${host}'\n`)
    return 1
  }
  const fd = yield* system.socket('AF_INET', 'SOCK_STREAM')
  try {
    yield* system.connect(fd, { family: 'AF_INET', address, port: Number(port) })
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    if (!options.probe) yield* writeError(system, `nc: can't connect to remote host (${address}): ${error.message}\n`)
    return 1
  }
  return options.probe ? 0 : yield* copyBothWays(system, fd)
}

function* listen(system: System, port: number, address: string): Program {
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
  return yield* copyBothWays(system, fd)
}

/** Ends when the peer has closed; its own input's end closes only the sending side. */
function* copyBothWays(system: System, fd: number): Program {
  let inputOpen = true
  for (;;) {
    // Its own input first, as busybox looks at it: what it has to say is sent before an end of the peer ends it.
    const requests = [...(inputOpen ? [0] : []), fd].map((each) => ({ fd: each, events: ['POLLIN' as const] }))
    const ready = yield* system.poll(requests, -1)
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
      }
    }
  }
}
