// httpd, busybox's web server: serves files of a directory, one process a connection.
import { type Main, type Program, SystemCallError, type System } from '../kernel/system.ts'
import { readFile, writeAll, writeError } from './stdio.ts'

interface Options {
  port: number
  home: string
  foreground: boolean
}

function parse(argv: readonly string[]): Options {
  const options: Options = { port: 80, home: '.', foreground: false }
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at]
    if (word === '-f') options.foreground = true
    else if (word === '-p') options.port = Number((argv[++at] ?? '').split(':').at(-1))
    else if (word === '-h') options.home = argv[++at] ?? '.'
  }
  return options
}

export const httpd: Main = function* httpd(system, argv) {
  const options = parse(argv)
  const listener = yield* system.socket('AF_INET', 'SOCK_STREAM')
  try {
    yield* system.chdir(options.home)
    yield* system.bind(listener, { family: 'AF_INET', address: '::', port: options.port })
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    yield* writeError(system, `httpd: bind: ${error.message}\n`)
    return 1
  }
  yield* system.listen(listener, 9)
  if (options.foreground) return yield* serve(system, listener)
  yield* system.fork(function* daemon(child) {
    yield* child.setsid()
    return yield* serve(child, listener)
  })
  return 0
}

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

const types: Readonly<Record<string, string>> = {
  html: 'text/html',
  htm: 'text/html',
  txt: 'text/plain',
  css: 'text/css',
}

function* answer(system: System, fd: number): Program<void> {
  const request = new TextDecoder().decode(yield* system.read(fd, 8192))
  const path = /^GET (\S+) HTTP/.exec(request)?.[1] ?? '/'
  const name = decodeURIComponent(path.split('?')[0] ?? '/').replace(/^\/+/, '')
  const file = name === '' || name.endsWith('/') ? `${name}index.html` : name
  let body: Uint8Array
  try {
    if (file.split('/').includes('..')) throw new SystemCallError('ENOENT')
    body = yield* readFile(system, file)
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    yield* writeAll(system, fd, notFound)
    return
  }
  const type = types[file.slice(file.lastIndexOf('.') + 1)] ?? 'application/octet-stream'
  yield* writeAll(
    system,
    fd,
    `HTTP/1.1 200 OK\r\nContent-type: ${type}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`,
  )
  yield* writeAll(system, fd, body)
}

const notFoundPage =
  '<HTML><HEAD><TITLE>404 Not Found</TITLE></HEAD>\n<BODY><H1>404 Not Found</H1>\nThe requested URL was not found\n</BODY></HTML>\n'
const notFound = `HTTP/1.1 404 Not Found\r\nContent-type: text/html\r\nConnection: close\r\n\r\n${notFoundPage}`
