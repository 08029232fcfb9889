// One request to nginx and its answer: static files, `return`, error pages, and the line of the access log.
import { type Program, SystemCallError, type System } from '../kernel/system.ts'
import { encodeText } from './bytes.ts'
import { formatTime } from './date-format.ts'
import { type ErrorLog, log, now } from './nginx-log.ts'
import { allIn, type Listen, type Location, locationFor, serverFor, type Site, valuesIn } from './nginx-site.ts'
import { readFile, writeAll } from './stdio.ts'
import { attempt } from './utility.ts'

export interface Request {
  readonly line: string
  readonly method: string
  readonly target: string
  /** By name in small letters. */
  readonly headers: ReadonlyMap<string, string>
  readonly keepsAlive: boolean
}

export interface Visit {
  readonly site: Site
  readonly version: string
  readonly errorLog: ErrorLog
  /** Open access logs by path. */
  readonly accessLogs: ReadonlyMap<string, number>
  /** Number of the connection. */
  readonly connection: number
  readonly client: string
  readonly local: Listen
}

interface Answer {
  readonly status: number
  readonly headers: readonly (readonly [string, string])[]
  /** Headers after Connection. */
  readonly later?: readonly (readonly [string, string])[]
  readonly body: Uint8Array
  readonly location: Location | undefined
}

const reasons: Readonly<Record<number, string>> = {
  200: 'OK',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Moved Temporarily',
  303: 'See Other',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Not Allowed',
  410: 'Gone',
  418: '',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
}

/** The request in a text that ends with an empty line; undefined for what is none. */
export function parseRequest(text: string): Request | undefined {
  const [line = '', ...rest] = text.split(/\r?\n/)
  const match = /^([A-Z]+) (\/\S*|\*|https?:\/\/\S+)(?: HTTP\/(1\.[01]))?$/.exec(line)
  if (match === null) return undefined
  const headers = new Map<string, string>()
  for (const each of rest) {
    const colon = each.indexOf(':')
    if (colon > 0) headers.set(each.slice(0, colon).toLowerCase(), each.slice(colon + 1).trim())
  }
  if (match[3] === '1.1' && !headers.has('host')) return undefined
  const asked = headers.get('connection')?.toLowerCase()
  const keepsAlive = match[3] === '1.1' ? asked !== 'close' : asked === 'keep-alive'
  return { line, method: match[1] ?? '', target: match[2] ?? '/', headers, keepsAlive }
}

/** Answers on a connection; undefined stands for what nobody could read. */
export function* answerRequest(system: System, fd: number, visit: Visit, request: Request | undefined): Program<void> {
  const answer: Answer = request === undefined ? page(visit, 400, undefined) : yield* answerOf(system, visit, request)
  const seconds = yield* now(system)
  const reason = reasons[answer.status]
  const head = [
    `HTTP/1.1 ${answer.status}${reason === undefined ? '' : ` ${reason}`}`,
    `Server: nginx${showsVersion(answer.location) ? `/${visit.version}` : ''}`,
    `Date: ${new Date(seconds * 1000).toUTCString()}`,
    ...answer.headers.filter(([name]) => name !== 'ETag').map(([name, value]) => `${name}: ${value}`),
    `Connection: ${request?.keepsAlive ? 'keep-alive' : 'close'}`,
    ...extraHeaders(answer),
  ]
  const sendsBody = request?.method !== 'HEAD' && answer.status !== 204 && answer.status !== 304
  yield* attempt(writeAll(system, fd, `${head.join('\r\n')}\r\n\r\n`))
  if (sendsBody && answer.body.length > 0) yield* attempt(writeAll(system, fd, answer.body))
  yield* logAccess(system, visit, request, answer, seconds, sendsBody ? answer.body.length : 0)
}

function showsVersion(location: Location | undefined): boolean {
  return location === undefined || valuesIn(location, 'server_tokens')?.[0] !== 'off'
}

/** What stands after Connection. add_header is for answers that went well, unless it says `always`. */
function extraHeaders({ status, location, headers, later = [] }: Answer): string[] {
  if (location === undefined) return []
  const well = [200, 201, 204, 206, 301, 302, 303, 304, 307, 308].includes(status)
  const tags = headers.filter(([name]) => name === 'ETag')
  const added = allIn(location, 'add_header').filter(([, , always]) => well || always === 'always')
  const ranges = tags.length > 0 && status === 200 ? ['Accept-Ranges: bytes'] : []
  return [...[...later, ...tags, ...added].map(([name = '', value = '']) => `${name}: ${value}`), ...ranges]
}

function* answerOf(system: System, visit: Visit, request: Request): Program<Answer> {
  const host = (request.headers.get('host') ?? '').replace(/:\d+$/, '')
  const server = serverFor(visit.site, visit.local, host)
  if (server === undefined) return page(visit, 404, undefined)
  const path = pathOf(request.target)
  if (path === undefined) return page(visit, 400, server.whole)
  const returned = allIn({ ...server.whole, scope: server.whole.scope.slice(0, 1) }, 'return')[0]
  if (returned !== undefined) return returnOf(visit, server.whole, returned, request)
  const location = locationFor(server, path)
  const answer = yield* answerIn(system, visit, location, path, request)
  const shown = allIn(location, 'error_page').find((values) => values.slice(0, -1).includes(String(answer.status)))
  const uri = shown?.at(-1)
  if (uri === undefined || !uri.startsWith('/')) return answer
  const instead = yield* answerIn(system, visit, locationFor(server, uri), uri, { ...request, method: 'GET' })
  return instead.status === 200 ? { ...instead, status: answer.status } : answer
}

/** The path of a target, decoded and without `.` and `..`; undefined when it leads out of the root. */
function pathOf(target: string): string | undefined {
  const raw = target.replace(/^https?:\/\/[^/]*/, '').replace(/[?#].*$/s, '')
  let decoded: string
  try {
    decoded = decodeURIComponent(raw)
  } catch {
    return undefined
  }
  const parts: string[] = []
  for (const part of decoded.split('/').slice(1)) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined
    } else if (part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`.replace(/\/{2,}/g, '/')
}

function* answerIn(system: System, visit: Visit, location: Location, path: string, request: Request): Program<Answer> {
  const returned = allIn({ ...location, scope: location.scope.slice(0, 1) }, 'return')[0]
  if (returned !== undefined) return returnOf(visit, location, returned, request)
  if (request.method !== 'GET' && request.method !== 'HEAD') return page(visit, 405, location)
  const alias = valuesIn({ ...location, scope: location.scope.slice(0, 1) }, 'alias')?.[0]
  const root = valuesIn(location, 'root')?.[0] ?? '/etc/nginx/html'
  const file = alias === undefined ? `${root}${path}` : `${alias}${path.slice(location.pattern.length)}`
  if (path.endsWith('/')) return yield* directory(system, visit, location, file, request)
  const stat = yield* attempt(system.stat(file))
  if (stat instanceof SystemCallError) return yield* failed(system, visit, location, file, stat, request)
  if (stat.type === 'directory') {
    const host = request.headers.get('host') ?? visit.local.address
    const answer = page(visit, 301, location)
    return { ...answer, headers: [...answer.headers, ['Location', `http://${host}${path}/`]] }
  }
  return yield* fileAnswer(system, visit, location, file, request)
}

function* directory(system: System, visit: Visit, location: Location, path: string, request: Request): Program<Answer> {
  const names = valuesIn(location, 'index') ?? ['index.html']
  for (const name of names) {
    const stat = yield* attempt(system.stat(`${path}${name}`))
    if (!(stat instanceof SystemCallError)) return yield* fileAnswer(system, visit, location, `${path}${name}`, request)
  }
  const there = yield* attempt(system.stat(path))
  if (there instanceof SystemCallError) {
    return yield* failed(system, visit, location, `${path}${names.at(-1) ?? ''}`, there, request)
  }
  yield* logError(system, visit, location, `directory index of "${path}" is forbidden`, request)
  return page(visit, 403, location)
}

function* fileAnswer(
  system: System,
  visit: Visit,
  location: Location,
  file: string,
  request: Request,
): Program<Answer> {
  const body = yield* attempt(readFile(system, file))
  if (body instanceof SystemCallError) return yield* failed(system, visit, location, file, body, request)
  const { mtime } = yield* system.stat(file)
  const seconds = Math.floor(mtime / 1_000_000)
  const modified = new Date(seconds * 1000).toUTCString()
  const tag = `"${seconds.toString(16)}-${body.length.toString(16)}"`
  const isKnown = request.headers.get('if-none-match') === tag || request.headers.get('if-modified-since') === modified
  if (isKnown)
    return {
      status: 304,
      headers: [
        ['Last-Modified', modified],
        ['ETag', tag],
      ],
      body: nothing,
      location,
    }
  const type = typeOf(visit.site, location, file)
  const headers = [
    ['Content-Type', type],
    ['Content-Length', String(body.length)],
    ['Last-Modified', modified],
  ] as const
  return { status: 200, headers: [...headers, ['ETag', tag]], body, location }
}

const nothing = new Uint8Array()

function typeOf(site: Site, location: Location, file: string): string {
  const ending = /\.([^./]+)$/.exec(file)?.[1] ?? ''
  const type = site.types.get(ending) ?? valuesIn(location, 'default_type')?.[0] ?? 'text/plain'
  const charset = valuesIn(location, 'charset')?.[0]
  return charset !== undefined && charset !== 'off' && type.startsWith('text/') ? `${type}; charset=${charset}` : type
}

function* failed(
  system: System,
  visit: Visit,
  location: Location,
  file: string,
  error: SystemCallError,
  request: Request,
): Program<Answer> {
  const refused = error.errno === 'EACCES'
  const number = refused ? 13 : error.errno === 'ENOTDIR' ? 20 : 2
  yield* logError(system, visit, location, `open() "${file}" failed (${number}: ${error.message})`, request)
  return page(visit, refused ? 403 : 404, location)
}

function returnOf(visit: Visit, location: Location, values: readonly string[], request: Request): Answer {
  const [first = '', text] = values
  if (!/^\d+$/.test(first)) return redirect(visit, location, 302, variables(first, visit, request))
  const status = Number(first)
  if (text === undefined) return page(visit, status, location)
  const value = variables(text, visit, request)
  if ([301, 302, 303, 307, 308].includes(status)) return redirect(visit, location, status, value)
  const type = valuesIn(location, 'default_type')?.[0] ?? 'text/plain'
  const body = encodeText(value)
  return {
    status,
    headers: [
      ['Content-Type', type],
      ['Content-Length', String(body.length)],
    ],
    body,
    location,
  }
}

/** `$name` and `${name}` in a value. */
function variables(text: string, visit: Visit, request: Request): string {
  const known: Readonly<Record<string, string>> = {
    host: (request.headers.get('host') ?? '').replace(/:\d+$/, ''),
    http_host: request.headers.get('host') ?? '',
    hostname: visit.local.address,
    nginx_version: visit.version,
    remote_addr: visit.client,
    request_method: request.method,
    request_uri: request.target,
    scheme: 'http',
    server_addr: visit.local.address,
    server_port: String(visit.local.port),
    uri: request.target.replace(/\?.*$/s, ''),
  }
  return text.replace(
    /\$(?:\{(\w+)\}|(\w+))/g,
    (whole, long?: string, short?: string) => known[long ?? short ?? ''] ?? whole,
  )
}

function redirect(visit: Visit, location: Location, status: number, to: string): Answer {
  return { ...page(visit, status, location), later: [['Location', to]] }
}

/** The page that nginx makes itself for a status. */
function page(visit: Visit, status: number, location: Location | undefined): Answer {
  const title = `${status} ${(reasons[status] ?? '').replace('Moved Temporarily', 'Found')}`.trim()
  const signature = showsVersion(location) ? `nginx/${visit.version}` : 'nginx'
  const lines = [
    '<html>',
    `<head><title>${title}</title></head>`,
    '<body>',
    `<center><h1>${title}</h1></center>`,
    `<hr><center>${signature}</center>`,
    '</body>',
    '</html>',
  ]
  const body = status < 300 ? nothing : encodeText(lines.map((line) => `${line}\r\n`).join(''))
  return {
    status,
    headers: [
      ['Content-Type', 'text/html'],
      ['Content-Length', String(body.length)],
    ],
    body,
    location,
  }
}

function* logError(system: System, visit: Visit, location: Location, message: string, request: Request): Program<void> {
  const name = location.scope.flat().find((each) => each.name === 'server_name')?.values[0] ?? ''
  const host = request.headers.get('host')
  const asked = `request: "${request.line}"${host === undefined ? '' : `, host: "${host}"`}`
  const text = `*${visit.connection} ${message}, client: ${visit.client}, server: ${name}, ${asked}`
  yield* log(system, visit.errorLog, 'error', text)
}

function* logAccess(
  system: System,
  visit: Visit,
  request: Request | undefined,
  answer: Answer,
  seconds: number,
  sent: number,
): Program<void> {
  const logs = answer.location === undefined ? [] : allIn(answer.location, 'access_log')
  for (const [path = '', format = 'combined'] of logs) {
    const fd = visit.accessLogs.get(path)
    if (path === 'off' || fd === undefined) continue
    const value = (name: string): string => {
      if (name.startsWith('http_')) return request?.headers.get(name.slice(5).replaceAll('_', '-')) ?? '-'
      const known: Readonly<Record<string, string>> = {
        remote_addr: visit.client,
        remote_user: '-',
        time_local: formatTime('%d/%b/%Y:%H:%M:%S %z', seconds),
        request: request?.line ?? '',
        request_method: request?.method ?? '-',
        request_uri: request?.target ?? '-',
        status: String(answer.status),
        body_bytes_sent: String(sent),
        host: request?.headers.get('host') ?? '-',
        server_port: String(visit.local.port),
      }
      return known[name] ?? '-'
    }
    const text = (visit.site.formats.get(format) ?? '').replace(/\$\{?(\w+)\}?/g, (_whole, name: string) => value(name))
    yield* attempt(writeAll(system, fd, `${text}\n`))
  }
}
