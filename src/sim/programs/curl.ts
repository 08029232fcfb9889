// curl(1): one request of HTTP a URL, with its error numbers.
import { type Main, type Program, SystemCallError, type System } from '../kernel/system.ts'
import { concatenate } from './bytes.ts'
import { getopt, OptionError, type OptionRow } from './getopt.ts'
import { exchange, headerOf, type HttpResponse, parseUrl } from './http-message.ts'
import { hostAddress } from './resolve.ts'
import { writeAll, writeError, writeOut } from './stdio.ts'

const options: readonly OptionRow[] = [
  { names: ['s', 'silent'] },
  { names: ['S', 'show-error'] },
  { names: ['f', 'fail'] },
  { names: ['i', 'include'] },
  { names: ['I', 'head'] },
  { names: ['L', 'location'] },
  { names: ['k', 'insecure'] },
  { names: ['v', 'verbose'] },
  { names: ['g', 'globoff'] },
  { names: ['4', 'ipv4'] },
  { names: ['N', 'no-buffer'] },
  { names: ['V', 'version'] },
  { names: ['O', 'remote-name'] },
  ...[
    ['o', 'output'],
    ['w', 'write-out'],
    ['m', 'max-time'],
    ['X', 'request'],
    ['H', 'header'],
    ['d', 'data'],
    ['A', 'user-agent'],
    ['u', 'user'],
    ['e', 'referer'],
    ['b', 'cookie'],
    ['connect-timeout'],
    ['retry'],
    ['unix-socket'],
    ['resolve'],
    ['z', 'time-cond'],
  ].map((names) => ({ names, value: 'required' as const })),
]

const help = "curl: try 'curl --help' or 'curl --manual' for more information\n"

/** What getopt says, in curl's words. */
function optionMessage(message: string): string {
  const name = /'(--?)?([^']+)'/.exec(message)?.[2] ?? ''
  const shown = name.length === 1 ? `-${name}` : `--${name}`
  return `curl: option ${shown}: ${message.includes('requires') ? 'requires parameter' : 'is unknown'}\n`
}

class CurlError extends Error {
  readonly code: number

  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}

interface Call {
  readonly system: System
  readonly has: (option: string) => boolean
  readonly value: (option: string) => string | undefined
  readonly all: (option: string) => readonly string[]
}

export const curl: Main = function* curl(system, argv) {
  let parsed: ReturnType<typeof getopt>
  try {
    parsed = getopt(argv, options)
  } catch (error) {
    if (!(error instanceof OptionError)) throw error
    yield* writeError(system, optionMessage(error.message) + help)
    return 2
  }
  const { given, operands } = parsed
  const call: Call = {
    system,
    has: (option) => given.has(option),
    value: (option) => given.get(option)?.at(-1),
    all: (option) => given.get(option) ?? [],
  }
  if (call.has('V')) {
    yield* writeOut(system, 'curl 8.14.1 (x86_64-pc-linux-gnu) libcurl/8.14.1\nProtocols: http\n')
    return 0
  }
  const time = call.value('m') ?? call.value('connect-timeout')
  if (time !== undefined && !/^\d+(\.\d*)?$/.test(time)) {
    const option = call.has('m') ? (argv.includes('--max-time') ? '--max-time' : '-m') : '--connect-timeout'
    yield* writeError(system, `curl: option ${option}: expected a proper numerical parameter\n${help}`)
    return 2
  }
  if (operands.length === 0) {
    yield* writeError(system, help)
    return 2
  }
  let status = 0
  for (const [index, text] of operands.entries()) {
    try {
      yield* transfer(call, text, index)
    } catch (error) {
      if (!(error instanceof CurlError)) throw error
      status = error.code
      const silent = call.has('s') && !call.has('S')
      if (!silent) yield* writeError(system, `curl: (${error.code}) ${error.message}\n`)
    }
  }
  return status
}

const meterTitle = `  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current
                                 Dload  Upload   Total   Spent    Left  Speed
`
const meterRow = (bytes: number) =>
  `${bytes > 0 ? '100' : '  0'} ${String(bytes).padStart(5)} ${bytes > 0 ? '100' : '  0'} ${String(bytes).padStart(5)}    0     0      0      0 --:--:-- --:--:-- --:--:--     0`

function* transfer(call: Call, text: string, index: number): Program<void> {
  const { system, has, value, all } = call
  const target = all('o')[index] ?? value('o')
  const metered = !has('s') && target !== undefined && target !== '-'
  if (metered) yield* writeError(system, `${meterTitle}${meterRow(0)}`)
  try {
    const response = yield* request(call, text)
    if (has('f') && response.status >= 400) {
      throw new CurlError(22, `The requested URL returned error: ${response.status}`)
    }
    if (metered) yield* writeError(system, `\r${meterRow(response.body.length)}\n`)
    const head = has('i') || has('I') ? new TextEncoder().encode(`${response.head}\r\n\r\n`) : new Uint8Array()
    const body = has('I') ? head : concatenate([head, response.body])
    if (target === undefined || target === '-') yield* writeOut(system, body)
    else yield* save(system, target, body)
    const format = value('w')
    if (format !== undefined) yield* writeOut(system, written(format, text, response))
  } catch (error) {
    if (error instanceof CurlError && metered) yield* writeError(system, '\n')
    throw error
  }
}

function* save(system: System, name: string, body: Uint8Array): Program<void> {
  try {
    const fd = yield* system.open(name, ['WRONLY', 'CREAT', 'TRUNC'])
    yield* writeAll(system, fd, body)
    yield* system.close(fd)
  } catch (error) {
    if (error instanceof SystemCallError) throw new CurlError(23, 'Failure writing output to destination')
    throw error
  }
}

/** The variables of -w that are known here. */
function written(format: string, url: string, response: HttpResponse): string {
  const known: Readonly<Record<string, string>> = {
    http_code: String(response.status).padStart(3, '0'),
    response_code: String(response.status).padStart(3, '0'),
    size_download: String(response.body.length),
    content_type: headerOf(response, 'Content-Type') ?? '',
    url_effective: url,
    http_version: '1.1',
    time_total: '0.000000',
  }
  return format
    .replaceAll(/%\{(\w+)\}/g, (whole, name: string) => known[name] ?? whole)
    .replaceAll('\\n', '\n')
    .replaceAll('\\t', '\t')
}

/** @throws CurlError */
function* request(call: Call, text: string): Program<HttpResponse> {
  const { system, has, value, all } = call
  const url = parseUrl(text)
  if (url === undefined) throw new CurlError(3, 'URL using bad/illegal format or missing URL')
  if (url.scheme === 'https') throw new CurlError(35, 'TLS is not simulated')
  if (url.scheme !== 'http') throw new CurlError(1, `Protocol "${url.scheme}" not supported or disabled in libcurl`)
  const address = yield* hostAddress(system, url.host)
  if (address === undefined) throw new CurlError(6, `Could not resolve host: ${url.host}`)
  const data = all('d').length > 0 ? all('d').join('&') : undefined
  const method = value('X') ?? (has('I') ? 'HEAD' : data === undefined ? 'GET' : 'POST')
  const headers = [
    `User-Agent: ${value('A') ?? 'curl/8.14.1'}`,
    'Accept: */*',
    ...all('H'),
    ...(data === undefined ? [] : ['Content-Type: application/x-www-form-urlencoded']),
  ]
  if (has('v')) yield* writeError(system, `*   Trying ${address}:${url.port}...\n`)
  try {
    const response = yield* exchange(system, url, address, {
      method,
      headers,
      keepsAlive: true,
      ...(data === undefined ? {} : { body: data }),
    })
    if (has('v'))
      yield* tell(system, [method, url.path, `${url.host}${url.port === 80 ? '' : `:${url.port}`}`], headers, response)
    const next = headerOf(response, 'Location')
    if (!has('L') || response.status < 300 || response.status >= 400 || next === undefined) return response
    return yield* request(call, next.startsWith('/') ? `http://${url.host}:${url.port}${next}` : next)
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    if (error.errno === 'EPROTO') throw new CurlError(1, 'Received HTTP/0.9 when not allowed')
    throw new CurlError(7, `Failed to connect to ${url.host} port ${url.port} after 0 ms: Couldn't connect to server`)
  }
}

function* tell(
  system: System,
  [method, path, host]: readonly string[],
  headers: readonly string[],
  { head }: HttpResponse,
): Program<void> {
  const sent = [`${method} ${path} HTTP/1.1`, `Host: ${host}`, ...headers, ''].map((line) => `> ${line}\n`)
  const received = [...head.split('\r\n'), ''].map((line) => `< ${line}\n`)
  yield* writeError(system, `* Connected to ${host?.replace(/:.*/, '')}\n${sent.join('')}${received.join('')}`)
}
