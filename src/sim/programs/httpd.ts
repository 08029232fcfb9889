// httpd, busybox's web server: serves files of a directory, one process a connection.
import { type Main, type Program, SystemCallError, type System } from '../kernel/system.ts'
import type { OptionRow } from './getopt.ts'
import { readFile, writeAll } from './stdio.ts'
import { attempt, Failure, utility } from './utility.ts'

const options: readonly OptionRow[] = [
  ...['i', 'f', 'v'].map((name) => ({ names: [name] })),
  ...['p', 'u', 'r', 'h', 'c', 'm', 'e', 'd'].map((name) => ({ names: [name], value: 'required' as const })),
]

export const httpd: Main = utility('busybox', { name: 'httpd', options }, function* run({ system, has, value }) {
  const home = value('h') ?? '.'
  const moved = yield* attempt(system.chdir(home))
  if (moved instanceof SystemCallError) throw new Failure(`can't change directory to '${home}': ${moved.message}`)
  const [, host = '::', port = ''] = /^(?:(.*):)?([^:]*)$/.exec(value('p') ?? '80') ?? []
  if (!/^\d+$/.test(port)) throw new Failure(`bad address '${value('p')}'`)
  if (Number(port) > 65_535) throw new Failure('bind: Cannot assign requested address')
  const listener = yield* system.socket('AF_INET', 'SOCK_STREAM')
  const bound = yield* attempt(system.bind(listener, { family: 'AF_INET', address: host, port: Number(port) }))
  if (bound instanceof SystemCallError) throw new Failure(`bind: ${bound.message}`)
  yield* system.listen(listener, 9)
  if (has('f')) return yield* serve(system, listener)
  yield* system.fork(function* daemon(child) {
    yield* child.setsid()
    return yield* serve(child, listener)
  })
  return 0
})

function* serve(system: System, listener: number): Program {
  // As busybox does: children are not waited for, so the kernel reaps them.
  yield* system.sigaction(17, { handler: 'SIG_IGN' })
  for (;;) {
    const { fd } = yield* system.accept(listener)
    yield* system.fork(function* connection(child) {
      yield* child.close(listener)
      yield* answer(child, fd)
      return 0
    })
    yield* system.close(fd)
  }
}

/** Types by the ending of a file's name. */
export const contentTypes: Readonly<Record<string, string>> = {
  html: 'text/html',
  htm: 'text/html',
  txt: 'text/plain',
  css: 'text/css',
  js: 'application/javascript',
  json: 'application/json',
  png: 'image/png',
  svg: 'image/svg+xml',
}

function* answer(system: System, fd: number): Program<void> {
  const request = new TextDecoder().decode(yield* system.read(fd, 8192))
  const [, method = 'GET', path = '/'] = /^(GET|HEAD) (\S+) HTTP/.exec(request) ?? []
  const name = decodeURIComponent(path.split('?')[0] ?? '/').replace(/^\/+/, '')
  const file = name === '' || name.endsWith('/') ? `${name}index.html` : name
  const body = file.split('/').includes('..') ? new SystemCallError('ENOENT') : yield* attempt(readFile(system, file))
  if (body instanceof SystemCallError) {
    yield* writeAll(system, fd, notFound)
    return
  }
  const type = contentTypes[file.slice(file.lastIndexOf('.') + 1)] ?? 'application/octet-stream'
  yield* writeAll(
    system,
    fd,
    `HTTP/1.1 200 OK\r\nContent-type: ${type}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`,
  )
  if (method !== 'HEAD') yield* writeAll(system, fd, body)
}

const notFoundPage =
  '<HTML><HEAD><TITLE>404 Not Found</TITLE></HEAD>\n<BODY><H1>404 Not Found</H1>\nThe requested URL was not found\n</BODY></HTML>\n'
const notFound = `HTTP/1.1 404 Not Found\r\nContent-type: text/html\r\nConnection: close\r\n\r\n${notFoundPage}`
