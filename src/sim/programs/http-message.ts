// One HTTP request over a socket and its answer, for wget and curl: HTTP/1.1 without TLS, one connection a request.
import { type Program, SystemCallError, type System } from '../kernel/system.ts'
import { concatenate } from './bytes.ts'
import { readSize, writeAll } from './stdio.ts'

export interface Url {
  readonly scheme: string
  readonly host: string
  readonly port: number
  readonly path: string
}

/** Without a scheme it is http. Undefined when it is no address at all. */
export function parseUrl(text: string): Url | undefined {
  const match = /^(?:(\w+):\/\/)?(?:[^/@]*@)?([^/:?]+)(?::(\d+))?([/?].*)?$/.exec(text)
  if (match?.[2] === undefined) return undefined
  const scheme = match[1] ?? 'http'
  const port = Number(match[3] ?? (scheme === 'https' ? 443 : 80))
  const path = match[4] ?? '/'
  return { scheme, host: match[2], port, path: path.startsWith('?') ? `/${path}` : path }
}

export interface HttpRequest {
  readonly method: string
  /** Header lines besides Host and Connection. */
  readonly headers: readonly string[]
  /** Without it the server is asked to close the connection when all is sent. */
  readonly keepsAlive?: boolean
  readonly body?: string
}

export interface HttpResponse {
  readonly status: number
  readonly statusLine: string
  /** All lines before the body, the status line first. */
  readonly head: string
  readonly body: Uint8Array
}

/** The value of a header, by its name in any case. */
export function headerOf({ head }: HttpResponse, name: string): string | undefined {
  return new RegExp(`^${name}: *(.*?)\\r?$`, 'im').exec(head)?.[1]
}

/** What follows the status number. */
export function reasonOf({ statusLine }: HttpResponse): string {
  return statusLine.split(' ').slice(2).join(' ')
}

/** @throws SystemCallError of connect(2), or EPROTO when the answer is no HTTP */
export function* exchange(system: System, url: Url, address: string, request: HttpRequest): Program<HttpResponse> {
  const fd = yield* system.socket('AF_INET', 'SOCK_STREAM')
  try {
    yield* system.connect(fd, { family: 'AF_INET', address, port: url.port })
    const host = url.port === 80 ? url.host : `${url.host}:${url.port}`
    const length =
      request.body === undefined ? [] : [`Content-Length: ${new TextEncoder().encode(request.body).length}`]
    const lines = [
      `${request.method} ${url.path} HTTP/1.1`,
      `Host: ${host}`,
      ...request.headers,
      ...length,
      ...(request.keepsAlive ? [] : ['Connection: close']),
    ]
    yield* writeAll(system, fd, `${lines.join('\r\n')}\r\n\r\n${request.body ?? ''}`)
    return splitResponse(yield* readResponse(system, fd, request.method))
  } finally {
    yield* system.close(fd)
  }
}

/** All that belongs to the answer: to its announced length, else to the end of the connection. */
function* readResponse(system: System, fd: number, method: string): Program<Uint8Array> {
  let bytes: Uint8Array = new Uint8Array()
  for (;;) {
    const chunk = yield* system.read(fd, readSize)
    if (chunk.length === 0) return bytes
    bytes = concatenate([bytes, chunk])
    const text = new TextDecoder('latin1').decode(bytes)
    const end = text.indexOf('\r\n\r\n')
    if (end < 0) continue
    const head = text.slice(0, end)
    const hasNone = method === 'HEAD' || /^HTTP\/\S+ (?:1\d\d|204|304)/.test(head)
    const length = hasNone ? '0' : /^content-length: *(\d+)\r?$/im.exec(head)?.[1]
    if (length !== undefined && bytes.length >= end + 4 + Number(length)) return bytes
  }
}

function splitResponse(bytes: Uint8Array): HttpResponse {
  const text = new TextDecoder('latin1').decode(bytes)
  const end = text.indexOf('\r\n\r\n')
  const head = end === -1 ? text : text.slice(0, end)
  const statusLine = head.split('\r\n')[0] ?? ''
  const status = Number(/^HTTP\/\S+ (\d{3})/.exec(statusLine)?.[1])
  if (!Number.isInteger(status)) throw new SystemCallError('EPROTO')
  return { status, statusLine, head, body: end === -1 ? concatenate([]) : bytes.subarray(end + 4) }
}
