// wget of busybox and a small curl: one GET request over a socket.
import { type Main, type Program, SystemCallError, type System } from '../kernel/system.ts'
import { concatenate } from './bytes.ts'
import { hostAddress } from './resolve.ts'
import { readAll, writeAll, writeError, writeOut } from './stdio.ts'

interface Url {
  host: string
  port: number
  path: string
}

function parseUrl(text: string): Url | undefined {
  const match = /^(?:http:\/\/)?([^/:]+)(?::(\d+))?(\/.*)?$/.exec(text)
  if (match?.[1] === undefined) return undefined
  return { host: match[1], port: Number(match[2] ?? 80), path: match[3] ?? '/' }
}

interface Response {
  status: number
  statusLine: string
  headers: string
  body: Uint8Array
}

/** @throws SystemCallError of connect(2), or 'EPROTO' when the answer is no HTTP */
function* get(system: System, url: Url, address: string): Program<Response> {
  const fd = yield* system.socket('AF_INET', 'SOCK_STREAM')
  try {
    yield* system.connect(fd, { family: 'AF_INET', address, port: url.port })
    const host = url.port === 80 ? url.host : `${url.host}:${url.port}`
    yield* writeAll(
      system,
      fd,
      `GET ${url.path} HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: Wget\r\nConnection: close\r\n\r\n`,
    )
    return splitResponse(yield* readAll(system, fd))
  } finally {
    yield* system.close(fd)
  }
}

function splitResponse(bytes: Uint8Array): Response {
  const text = new TextDecoder('latin1').decode(bytes)
  const end = text.indexOf('\r\n\r\n')
  const headers = end === -1 ? text : text.slice(0, end)
  const statusLine = headers.split('\r\n')[0] ?? ''
  const status = Number(/^HTTP\/\S+ (\d{3})/.exec(statusLine)?.[1])
  if (!Number.isInteger(status)) throw new SystemCallError('EPROTO')
  return { status, statusLine, headers, body: end === -1 ? new Uint8Array() : bytes.subarray(end + 4) }
}

export const wget: Main = function* wget(system, argv) {
  let quiet = false
  let output: string | undefined
  let target: string | undefined
  const words = argv.slice(1)
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const cluster = /^-(q?)O(.*)$/.exec(word)
    if (cluster !== null) {
      quiet ||= cluster[1] === 'q'
      output = cluster[2] === '' ? words.shift() : cluster[2]
    } else if (word === '-q') quiet = true
    else if (word === '-T') words.shift()
    else if (!word.startsWith('-')) target = word
  }
  const url = target === undefined ? undefined : parseUrl(target)
  if (url === undefined) {
    yield* writeError(system, 'Usage: wget [-cqS] [-O FILE] [-T SEC] URL...\n')
    return 1
  }
  const address = yield* hostAddress(system, url.host)
  if (address === undefined) {
    yield* writeError(system, `wget: bad address '${url.host}'\n`)
    return 1
  }
  if (!quiet)
    yield* writeError(system, `Connecting to ${url.host}:${url.port} (${address}:${url.port})\n`.replace(/:80 /, ' '))
  try {
    const response = yield* get(system, url, address)
    if (response.status !== 200) {
      yield* writeError(system, `wget: server returned error: ${response.statusLine}\n`)
      return 1
    }
    const name = output ?? (url.path.slice(url.path.lastIndexOf('/') + 1) || 'index.html')
    if (name === '-') yield* writeOut(system, response.body)
    else yield* save(system, name, response.body)
    return 0
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    yield* writeError(system, `wget: can't connect to remote host (${address}): ${error.message}\n`)
    return 1
  }
}

function* save(system: System, name: string, body: Uint8Array): Program<void> {
  const fd = yield* system.open(name, ['WRONLY', 'CREAT', 'TRUNC'])
  yield* writeAll(system, fd, body)
  yield* system.close(fd)
}

interface CurlOptions {
  silent: boolean
  showErrors: boolean
  fail: boolean
  headers: boolean
  output: string | undefined
  writeOut: string | undefined
  url: string | undefined
}

/** curl's letters: which take a value, and what each sets. */
const curlFlags: Readonly<Record<string, (options: CurlOptions, value: () => string | undefined) => void>> = {
  s: (options) => {
    options.silent = true
  },
  S: (options) => {
    options.showErrors = true
  },
  f: (options) => {
    options.fail = true
  },
  i: (options) => {
    options.headers = true
  },
  L: () => {},
  o: (options, value) => {
    options.output = value()
  },
  w: (options, value) => {
    options.writeOut = value()
  },
  m: (_options, value) => {
    value()
  },
}

export const curl: Main = function* curl(system, argv) {
  const options: CurlOptions = {
    silent: false,
    showErrors: false,
    fail: false,
    headers: false,
    output: undefined,
    writeOut: undefined,
    url: undefined,
  }
  const words = argv.slice(1)
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (!/^-[^-]/.test(word)) {
      options.url = word
      continue
    }
    for (const letter of word.slice(1)) {
      const flag = curlFlags[letter]
      if (flag === undefined) {
        yield* writeError(system, `curl: option -${letter}: is unknown\ncurl: try 'curl --help' for more information\n`)
        return 2
      }
      flag(options, () => words.shift())
    }
  }
  return yield* runCurl(system, options)
}

function* runCurl(system: System, options: CurlOptions): Program {
  const complain = options.silent && !options.showErrors ? quietly : writeError
  const url = options.url === undefined ? undefined : parseUrl(options.url)
  if (url === undefined) {
    yield* writeError(system, "curl: (2) no URL specified\ncurl: try 'curl --help' for more information\n")
    return 2
  }
  const address = yield* hostAddress(system, url.host)
  if (address === undefined) {
    yield* complain(system, `curl: (6) Could not resolve host: ${url.host}\n`)
    return 6
  }
  try {
    const response = yield* get(system, url, address)
    if (options.fail && response.status >= 400) {
      yield* complain(system, `curl: (22) The requested URL returned error: ${response.status}\n`)
      return 22
    }
    const head = options.headers ? new TextEncoder().encode(`${response.headers}\r\n\r\n`) : new Uint8Array()
    const body = concatenate([head, response.body])
    if (options.output === undefined) yield* writeOut(system, body)
    else yield* save(system, options.output, body)
    if (options.writeOut !== undefined) {
      const text = options.writeOut.replaceAll('%{http_code}', String(response.status)).replaceAll('\\n', '\n')
      yield* writeOut(system, text)
    }
    return 0
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    const text = `curl: (7) Failed to connect to ${url.host} port ${url.port} after 0 ms: Couldn't connect to server\n`
    yield* complain(system, text)
    return 7
  }
}

function* quietly(): Program<void> {}
