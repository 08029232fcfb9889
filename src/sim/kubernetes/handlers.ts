// What probes and hooks do: run a command in the container, ask by HTTP, or open a TCP connection, from the kubelet's own process.
import type { ContainerSpec, Handler } from './objects.ts'
import type { Container } from '../docker/container.ts'
import type { Daemon } from '../docker/daemon.ts'
import { EngineError } from '../docker/errors.ts'
import { execCreate, execInspect, execStart } from '../docker/exec.ts'
import { sleepOn, type Work } from '../docker/threads.ts'
import type { Process } from '../kernel/process.ts'
import { isKernelCode } from '../kernel/call-table.ts'
import { socketCalls } from '../kernel/sys-socket.ts'
import { SystemCallError } from '../kernel/system.ts'

/** How a handler ended. `code` is a command's exit status. */
export type Outcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly output: string; readonly code?: number; readonly error?: string }

export interface HandlerPlace {
  readonly daemon: Daemon
  /** Whose sockets ask. */
  readonly process: Process
  readonly container: Container
  readonly spec: ContainerSpec
  /** The pod's own. */
  readonly address: string
}

/** Bytes of a command's output that are kept. */
const longestOutput = 10 * 1024

/** @param seconds after which it counts as failed */
export function* runHandler(place: HandlerPlace, handler: Handler, seconds: number): Work<Outcome> {
  if (handler.exec !== undefined) return yield* runCommand(place, handler.exec.command, seconds)
  const until = place.daemon.now() + seconds * 1e6
  const thread = place.daemon.threads.start(ask(place, handler))
  while (thread.outcome === undefined) {
    if (place.daemon.now() >= until) return { ok: false, output: tooLate(place, handler) }
    yield* sleepOn([thread.finished], until)
  }
  return thread.result()
}

function* runCommand({ daemon, container }: HandlerPlace, command: string[], seconds: number): Work<Outcome> {
  const until = daemon.now() + seconds * 1e6
  const decoder = new TextDecoder()
  let output = ''
  try {
    const { Id } = execCreate(daemon, container.id, { Cmd: command, AttachStdout: true, AttachStderr: true })
    const session = container.execs.get(Id)
    session?.streams.onOutput((data) => {
      if (output.length < longestOutput) output += decoder.decode(data, { stream: true })
    })
    yield* execStart(daemon, Id, { detach: true })
    while (execInspect(daemon, Id).Running) {
      if (daemon.now() >= until) return { ok: false, output: `command ${JSON.stringify(command.join(' '))} timed out` }
      yield* sleepOn(session === undefined ? [] : [session.changed], until)
    }
    const code = execInspect(daemon, Id).ExitCode ?? 0
    if (code === 0) return { ok: true }
    return { ok: false, output, code, error: `command '${command.join(' ')}' exited with ${code}: ${output}` }
  } catch (error) {
    if (error instanceof EngineError) return { ok: false, output: `${error.message}\r\n`, code: 126 }
    throw error
  }
}

function hostOf({ address }: HandlerPlace, host: string | undefined): string {
  return host === undefined || host === '' ? address : host
}

/** A port by its number, or by the name that the container's ports give it. */
function portOf({ spec }: HandlerPlace, port: number | string): number | undefined {
  if (typeof port === 'number') return port
  return spec.ports?.find(({ name }) => name === port)?.containerPort ?? (Number(port) || undefined)
}

function urlOf(place: HandlerPlace, get: NonNullable<Handler['httpGet']>): string {
  const path = get.path ?? '/'
  const scheme = (get.scheme ?? 'HTTP').toLowerCase()
  return `${scheme}://${hostOf(place, get.host)}:${portOf(place, get.port)}${path.startsWith('/') ? '' : '/'}${path}`
}

function tooLate(place: HandlerPlace, { httpGet, tcpSocket }: Handler): string {
  if (httpGet !== undefined) {
    return `Get "${urlOf(place, httpGet)}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`
  }
  return `dial tcp ${hostOf(place, tcpSocket?.host)}:${portOf(place, tcpSocket?.port ?? 0)}: i/o timeout`
}

function* ask(place: HandlerPlace, { httpGet, tcpSocket }: Handler): Work<Outcome> {
  const target = httpGet ?? tcpSocket
  if (target === undefined) return { ok: false, output: 'missing probe handler' }
  const port = portOf(place, target.port)
  if (port === undefined) return { ok: false, output: `couldn't find port: ${JSON.stringify(target)}` }
  const host = hostOf(place, target.host)
  const { kernel } = place.daemon
  const fd = Number(yield* finish(socketCalls.socket.run(kernel, place.process, 'AF_INET', 'SOCK_STREAM')))
  try {
    try {
      yield* finish(socketCalls.connect.run(kernel, place.process, fd, { family: 'AF_INET', address: host, port }))
    } catch (error) {
      if (!(error instanceof SystemCallError)) throw error
      const failure = `dial tcp ${host}:${port}: connect: ${goErrors[error.errno] ?? error.errno}`
      return { ok: false, output: httpGet === undefined ? failure : `Get "${urlOf(place, httpGet)}": ${failure}` }
    }
    return httpGet === undefined ? { ok: true } : yield* get(place, fd, httpGet, `${host}:${port}`)
  } finally {
    place.process.files.close(fd)
  }
}

/** syscall.Errno.Error() of Go. */
const goErrors: Partial<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset by peer',
  EHOSTUNREACH: 'no route to host',
  ENETUNREACH: 'network is unreachable',
}

function* get(place: HandlerPlace, fd: number, request: NonNullable<Handler['httpGet']>, host: string): Work<Outcome> {
  const { process } = place
  const file = process.files.get(fd)
  const url = urlOf(place, request)
  const path = url.slice(url.indexOf('/', 'https://'.length))
  const lines = [
    `GET ${path} HTTP/1.1`,
    `Host: ${host}`,
    'User-Agent: kube-probe/1.20',
    'Accept: */*',
    'Connection: close',
  ]
  const { read, write } = file.operations
  if (read === undefined || write === undefined) return { ok: false, output: 'not a stream' }
  try {
    yield* finish(write(process, new TextEncoder().encode(`${lines.join('\r\n')}\r\n\r\n`), file))
    const decoder = new TextDecoder()
    let answer = ''
    while (!answer.includes('\r\n')) {
      const chunk = (yield* finish(read(process, 4096, file))) as Uint8Array
      if (chunk.length === 0) return { ok: false, output: `Get "${url}": EOF` }
      answer += decoder.decode(chunk, { stream: true })
    }
    const code = Number(/^HTTP\/\d\.\d (\d{3})/.exec(answer)?.[1] ?? 0)
    if (code >= 200 && code < 400) return { ok: true }
    return { ok: false, output: `HTTP probe failed with statuscode: ${code}` }
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    return { ok: false, output: `Get "${url}": ${goErrors[error.errno] ?? error.errno}` }
  }
}

/** What a system call gave, after its sleeps. */
function* finish(result: unknown): Work<unknown> {
  return isKernelCode(result) ? yield* result : result
}
