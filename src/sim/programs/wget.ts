// wget of GNU and of busybox: one GET request, its answer into a file or to standard output.
import { type Main, type Program, SystemCallError, type System } from '../kernel/system.ts'
import { formatTime } from './date-format.ts'
import { getopt, OptionError, type OptionRow } from './getopt.ts'
import { exchange, headerOf, type HttpResponse, parseUrl, reasonOf, type Url } from './http-message.ts'
import { hostAddress } from './resolve.ts'
import { writeAll, writeError, writeOut } from './stdio.ts'
import { busyboxMessages, busyboxHelpOf, type Family } from './utility.ts'

const shared: readonly OptionRow[] = [
  { names: ['q', 'quiet'] },
  { names: ['S', 'server-response'] },
  { names: ['c', 'continue'] },
  { names: ['spider'] },
  { names: ['O', 'output-document'], value: 'required' },
  { names: ['o', 'output-file'], value: 'required' },
  { names: ['P', 'directory-prefix'], value: 'required' },
  { names: ['T', 'timeout'], value: 'required' },
  { names: ['U', 'user-agent'], value: 'required' },
  { names: ['Y'], value: 'required' },
  { names: ['header'], value: 'required' },
  { names: ['post-data'], value: 'required' },
  { names: ['no-check-certificate'] },
]

const gnuOnly: readonly OptionRow[] = [
  { names: ['nv', 'no-verbose'] },
  { names: ['t', 'tries'], value: 'required' },
  { names: ['method'], value: 'required' },
  { names: ['max-redirect'], value: 'required' },
  { names: ['V', 'version'] },
  { names: ['h', 'help'] },
  { names: ['v', 'verbose'] },
]

const gnuUsage = "Usage: wget [OPTION]... [URL]...\n\nTry `wget --help' for more options.\n"

const busyboxUsage = `Usage: wget [-cqS] [--spider] [-O FILE] [-o LOGFILE] [--header STR]
	[--post-data STR | --post-file FILE] [-Y on/off]
	[--no-check-certificate] [-P DIR] [-U AGENT] [-T SEC] URL...

Retrieve files via HTTP or FTP

	--spider	Only check URL existence: $? is 0 if exists
	--header STR	Add STR (of form 'header: value') to headers
	--post-data STR	Send STR using POST method
	--post-file FILE	Send FILE using POST method
	--no-check-certificate	Don't validate the server's certificate
	-c		Continue retrieval of aborted transfer
	-q		Quiet
	-P DIR		Save to DIR (default .)
	-S		Show server response
	-T SEC		Network read timeout is SEC seconds
	-O FILE		Save to FILE ('-' for stdout)
	-o LOGFILE	Log messages to FILE
	-U STR		Use STR for User-Agent header
	-Y on/off	Use proxy
`

interface Fetch {
  readonly system: System
  readonly url: Url
  readonly text: string
  readonly has: (option: string) => boolean
  readonly value: (option: string) => string | undefined
  readonly all: (option: string) => readonly string[]
}

export const wgetMain = (family: Family): Main =>
  function* wget(system, argv) {
    const words = family === 'gnu' ? argv.map((word) => (word === '-nv' ? '--no-verbose' : word)) : argv
    const usage =
      family === 'gnu' ? gnuUsage : busyboxHelpOf(system, 'wget', busyboxUsage.replace(/^Usage: wget /, '').trimEnd())
    let parsed: ReturnType<typeof getopt>
    try {
      const rows = family === 'gnu' ? [...shared, ...gnuOnly] : shared
      parsed = getopt(words, rows, family === 'gnu' ? {} : busyboxMessages(system))
    } catch (error) {
      if (!(error instanceof OptionError)) throw error
      yield* writeError(system, `wget: ${error.message}\n${usage}`)
      return family === 'gnu' ? 2 : 1
    }
    const { given, operands } = parsed
    const has = (option: string) => given.has(option)
    if (has('V') || has('h')) {
      yield* writeOut(system, has('V') ? 'GNU Wget 1.25.0 built on linux-gnu.\n' : gnuUsage)
      return 0
    }
    if (operands.length === 0) {
      yield* writeError(system, family === 'gnu' ? `wget: missing URL\n${usage}` : usage)
      return 1
    }
    let status = 0
    for (const text of operands) {
      const url = parseUrl(text)
      if (url === undefined || url.scheme !== 'http') {
        const reason = url?.scheme === 'https' ? 'TLS is not simulated' : 'Unsupported scheme'
        yield* writeError(
          system,
          family === 'gnu' ? `${text}: ${reason}.\n` : `wget: not an http or ftp url: ${text}\n`,
        )
        status = 1
        continue
      }
      const fetch: Fetch = {
        system,
        url,
        text,
        has,
        value: (option) => given.get(option)?.at(-1),
        all: (option) => given.get(option) ?? [],
      }
      const result = family === 'gnu' ? yield* gnuFetch(fetch) : yield* busyboxFetch(fetch)
      if (result !== 0) status = result
    }
    return status
  }

function ask({ system, url, has, value, all }: Fetch, address: string, agent: string): Program<HttpResponse> {
  const body = value('post-data')
  const method = value('method') ?? (body === undefined ? (has('spider') ? 'HEAD' : 'GET') : 'POST')
  const headers = [`User-Agent: ${value('U') ?? agent}`, ...all('header')]
  return exchange(system, url, address, { method, headers, ...(body === undefined ? {} : { body }) })
}

/** Where the answer goes: `-` is standard output. */
function fileName({ url, value }: Fetch): string {
  const given = value('O')
  if (given !== undefined) return given
  const name = url.path.slice(url.path.lastIndexOf('/') + 1) || 'index.html'
  return value('P') === undefined ? name : `${value('P')}/${name}`
}

function* save(system: System, name: string, body: Uint8Array): Program<void> {
  if (name === '-') {
    yield* writeOut(system, body)
    return
  }
  const fd = yield* system.open(name, ['WRONLY', 'CREAT', 'TRUNC'])
  yield* writeAll(system, fd, body)
  yield* system.close(fd)
}

function* busyboxFetch(fetch: Fetch): Program {
  const { system, url, has } = fetch
  const address = yield* hostAddress(system, url.host)
  if (address === undefined) {
    yield* writeError(system, `wget: bad address '${url.host}'\n`)
    return 1
  }
  const port = url.port === 80 ? '' : `:${url.port}`
  if (!has('q')) yield* writeError(system, `Connecting to ${url.host}${port} (${address}:${url.port})\n`)
  try {
    const response = yield* ask(fetch, address, 'Wget')
    if (has('S'))
      yield* writeError(
        system,
        `${response.head
          .split('\r\n')
          .map((line) => `  ${line}\n`)
          .join('')}`,
      )
    if (response.status !== 200) {
      yield* writeError(system, `wget: server returned error: ${response.statusLine}\n`)
      return 1
    }
    if (has('spider')) {
      if (!has('q')) yield* writeError(system, 'remote file exists\n')
      return 0
    }
    const name = fileName(fetch)
    yield* save(system, name, response.body)
    if (!has('q') && name !== '-') {
      const bytes = String(response.body.length).padStart(5)
      const bar = `${name.padEnd(20).slice(0, 20)} 100% |${'*'.repeat(32)}| ${bytes}  0:00:00 ETA`
      yield* writeError(system, `saving to '${name}'\n${bar}\n'${name}' saved\n`)
    } else if (!has('q')) {
      yield* writeError(system, 'writing to stdout\n')
      const bytes = String(response.body.length).padStart(5)
      yield* writeError(
        system,
        `-                    100% |${'*'.repeat(32)}| ${bytes}  0:00:00 ETA\nwritten to stdout\n`,
      )
    }
    return 0
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    yield* writeError(system, `wget: can't connect to remote host (${address}): ${error.message}\n`)
    return 1
  }
}

function* gnuFetch(fetch: Fetch): Program {
  const { system, url, text, has } = fetch
  const quiet = has('q')
  const say = function* say(line: string): Program<void> {
    if (!quiet && !has('nv')) yield* writeError(system, line)
  }
  const stamp = function* stamp(): Program<string> {
    return formatTime('%F %T', (yield* system.clock_gettime('CLOCK_REALTIME')) / 1e6)
  }
  if (has('spider')) yield* say('Spider mode enabled. Check if remote file exists.\n')
  const shown = `http://${text.replace(/^http:\/\//, '')}`
  yield* say(`--${yield* stamp()}--  ${shown}${/^http:\/\/[^/]*$/.test(shown) ? '/' : ''}\n`)
  const isAddress = /^\d+(\.\d+){3}$/.test(url.host)
  const address = yield* hostAddress(system, url.host)
  if (!isAddress) {
    const found = address === undefined ? 'failed: Name or service not known.' : address
    yield* say(`Resolving ${url.host} (${url.host})... ${found}\n`)
  }
  if (address === undefined) {
    if (!quiet) yield* writeError(system, `wget: unable to resolve host address ‘${url.host}’\n`)
    return 4
  }
  const peer = isAddress ? `${address}:${url.port}` : `${url.host} (${url.host})|${address}|:${url.port}`
  yield* say(`Connecting to ${peer}... `)
  let response: HttpResponse
  try {
    response = yield* ask(fetch, address, 'Wget/1.25.0')
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    yield* say(`failed: ${error.message}.\n`)
    return 4
  }
  yield* say('connected.\nHTTP request sent, awaiting response... ')
  if (has('S'))
    yield* say(
      `\n${response.head
        .split('\r\n')
        .map((line) => `  ${line}\n`)
        .join('')}`,
    )
  else yield* say(`${response.status} ${reasonOf(response)}\n`)
  if (response.status >= 400) {
    if (has('spider')) yield* say('Remote file does not exist -- broken link!!!\n')
    else yield* say(`${yield* stamp()} ERROR ${response.status}: ${reasonOf(response)}.\n`)
    yield* say('\n')
    return 8
  }
  const length = headerOf(response, 'Content-Length') ?? String(response.body.length)
  const type = headerOf(response, 'Content-Type')
  yield* say(`Length: ${length}${type === undefined ? '' : ` [${type.split(';')[0]}]`}\n`)
  if (has('spider')) {
    yield* say('Remote file exists.\n\n')
    return 0
  }
  const name = fileName(fetch)
  const target = name === '-' ? '‘STDOUT’' : `‘${name}’`
  yield* say(`Saving to: ${target}\n\n`)
  yield* save(system, name, response.body)
  const percent = `${' '.repeat(58)}100% 10.0M=0s`
  yield* say(`     0K${percent.slice(1)}\n\n`)
  const done = name === '-' ? 'written to stdout' : `${target} saved`
  yield* say(`${yield* stamp()} (10.0 MB/s) - ${done} [${response.body.length}/${length}]\n\n`)
  return 0
}
