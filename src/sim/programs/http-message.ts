// One HTTP request over a socket and its answer, for wget and curl: HTTP/1.1 without TLS, one connection a request.
import { type Program, SystemCallError, type System } from '../kernel/system.ts'
import { concatenate } from './bytes.ts'
import { readAll, writeAll } from './stdio.ts'

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
      'Connection: close',
    ]
    yield* writeAll(system, fd, `${lines.join('\r\n')}\r\n\r\n${request.body ?? ''}`)
    return splitResponse(yield* readAll(system, fd))
  } finally {
    yield* system.close(fd)
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
