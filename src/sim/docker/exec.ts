// `docker exec`: one more process in a running container, with streams of its own.
import type { ExecCreateRequest, ExecInspect } from './api-types.ts'
import type { AttachedStream } from './api.ts'
import type { Container } from './container.ts'
import type { Daemon } from './daemon.ts'
import { delays, streamWait } from './delays.ts'
import { EngineError } from './errors.ts'
import { createExec } from './runtime.ts'
import { exitCodeOf } from './shim.ts'
import { ContainerStreams } from './streams.ts'
import { noSuchExec, notRunning, runtimeExecFailed } from './texts.ts'
import { delay, sleepOn, type Work } from './threads.ts'
import { credentialsFor, environmentFor, lookUpUser } from './users.ts'
import { allCapabilities } from '../kernel/credentials.ts'
import { WaitQueue } from '../kernel/wait-queue.ts'

export class ExecSession {
  readonly id: string
  readonly container: Container
  readonly request: ExecCreateRequest
  readonly streams: ContainerStreams
  running = false
  started = false
  exitCode: number | undefined
  pid = 0
  readonly changed = new WaitQueue()

  constructor(daemon: Daemon, container: Container, request: ExecCreateRequest) {
    this.id = daemon.kernel.random.hex(64)
    this.container = container
    this.request = request
    this.streams = new ContainerStreams(daemon.kernel, {
      tty: request.Tty ?? false,
      stdin: request.AttachStdin ?? false,
      stdinOnce: true,
      socketPath: daemon.socketPath,
    })
  }

  /** The container has ended, and the process with it. */
  end(): void {
    if (this.running) this.exitCode ??= 137
    this.running = false
    this.streams.close()
    this.changed.wake()
  }
}

/** runc's words about a directory without a leading slash. */
const relativeDirectory = 'Cwd must be an absolute path'

/** A container in which a process can be started now. @throws EngineError 404, 409 */
function activeContainer(daemon: Daemon, name: string): Container {
  const container = daemon.get(name)
  if (!container.state.running) throw new EngineError(409, notRunning(daemon.words, container.id))
  if (container.state.paused) {
    throw new EngineError(409, `Container ${name} is paused, unpause the container before exec`)
  }
  if (container.state.restarting) {
    throw new EngineError(409, `Container ${container.id} is restarting, wait until the container is running`)
  }
  return container
}

/** POST /containers/ID/exec. */
export function execCreate(daemon: Daemon, name: string, request: ExecCreateRequest): { Id: string } {
  const container = activeContainer(daemon, name)
  const session = new ExecSession(daemon, container, request)
  container.execs.set(session.id, session)
  execSessions(daemon).set(session.id, session)
  daemon.logEvent(container, `exec_create: ${request.Cmd.join(' ')}`, { execID: session.id })
  return { Id: session.id }
}

const sessions = new WeakMap<Daemon, Map<string, ExecSession>>()

function execSessions(daemon: Daemon): Map<string, ExecSession> {
  const known = sessions.get(daemon) ?? new Map<string, ExecSession>()
  sessions.set(daemon, known)
  return known
}

function findExec(daemon: Daemon, id: string): ExecSession {
  const session = execSessions(daemon).get(id)
  if (session === undefined) throw noSuchExec(id)
  return session
}

/** GET /exec/ID/json. */
export function execInspect(daemon: Daemon, id: string): ExecInspect {
  const session = findExec(daemon, id)
  return {
    ID: id,
    Running: session.running,
    ExitCode: session.exitCode ?? null,
    ContainerID: session.container.id,
    Pid: session.pid,
  }
}

/**
 * POST /exec/ID/start: gives the stream, or undefined when detached. A program that is not there is told in the stream,
 * to those who are attached; else it is an error.
 */
export function* execStart(
  daemon: Daemon,
  id: string,
  options: { detach?: boolean } = {},
): Work<AttachedStream | undefined> {
  const session = findExec(daemon, id)
  const { container, request } = session
  if (session.started) throw new EngineError(409, `exec command ${id} is already running`)
  activeContainer(daemon, container.id)
  session.started = true
  const stream = options.detach
    ? undefined
    : session.streams.attach({
        stdin: request.AttachStdin ?? false,
        stdout: request.AttachStdout ?? true,
        stderr: request.AttachStderr ?? true,
      })
  daemon.logEvent(container, `exec_start: ${request.Cmd.join(' ')}`, { execID: id })
  let text: string
  try {
    const failure = yield* run(daemon, session)
    if (failure === undefined) return stream
    const notFound = failure.includes('executable file not found') || failure.includes('no such file or directory')
    session.exitCode = notFound && daemon.words === '28.5' ? 127 : 126
    if (failure === relativeDirectory && daemon.words === '28.5') session.exitCode = 128
    text = runtimeExecFailed(daemon.words, failure)
  } catch (error) {
    // A user that is not there.
    if (!(error instanceof EngineError) || daemon.words === '28.5') throw error
    session.exitCode = 126
    text = error.message
  }
  if (daemon.profile.execFailsLoudly) {
    session.end()
    throw new EngineError(400, `failed to exec in container: failed to start exec ${JSON.stringify(id)}: ${text}`)
  }
  if (stream === undefined) throw new EngineError(400, text)
  session.streams.announce('stdout', new TextEncoder().encode(`${text}\r\n`))
  session.end()
  return stream
}

function* run(daemon: Daemon, session: ExecSession): Work<string | undefined> {
  const { kernel } = daemon
  const { container, request } = session
  const { task } = container
  if (task === undefined) throw new EngineError(409, notRunning(daemon.words, container.id))
  const user = lookUpUser(request.User || container.config.User, {
    passwd: container.files.readText('/etc/passwd'),
    group: container.files.readText('/etc/group'),
    extraGroups: container.hostConfig.GroupAdd ?? [],
    words: daemon.words,
  })
  const directory = request.WorkingDir || container.config.WorkingDir
  if (directory !== '' && !directory.startsWith('/')) return relativeDirectory
  const strict = daemon.words === '20.10'
  if (
    strict &&
    request.Privileged &&
    !container.hostConfig.Privileged &&
    kernel.parameters.bounding !== allCapabilities
  ) {
    return 'unable to apply caps: operation not permitted'
  }
  yield* delay(kernel.clock, delays.exec)
  const prepared = yield* createExec(kernel, task)
  session.pid = prepared.process.pid.global
  task.shim.onReaped(session.pid, (status) => daemon.background(finish(daemon, session, exitCodeOf(status))))
  const environment = environmentFor([...(container.config.Env ?? []), ...(request.Env ?? [])], {
    hostname: daemon.profile.hasHostnameVariable(container) ? container.config.Hostname : undefined,
    tty: request.Tty ?? false,
    home: user.home,
  })
  session.running = true
  const reason = yield* prepared.release(
    {
      argv: request.Cmd,
      environment,
      workingDirectory: directory === '' ? '/' : directory,
      credentials: credentialsFor(user, {
        privileged: container.hostConfig.Privileged || (request.Privileged ?? false),
        capAdd: container.hostConfig.CapAdd ?? [],
        capDrop: container.hostConfig.CapDrop ?? [],
        bounding: kernel.parameters.bounding,
        security: container.hostConfig.SecurityOpt ?? [],
      }),
      limits: container.hostConfig.Ulimits ?? [],
      files: session.streams.createFiles(),
      oomScoreAdjustment: container.hostConfig.OomScoreAdj,
    },
    undefined,
  )
  if (reason !== undefined) session.running = false
  return reason
}

/** The process has ended: the stream waits a while for children that still hold it, and then ends too. */
function* finish(daemon: Daemon, session: ExecSession, exitCode: number): Work<void> {
  if (!session.running) return
  const limit = daemon.now() + streamWait
  while (!session.streams.ended && daemon.now() < limit) yield* sleepOn([session.streams.changed], limit)
  session.running = false
  session.exitCode = exitCode
  session.container.execs.delete(session.id)
  daemon.logEvent(session.container, 'exec_die', { execID: session.id, exitCode: `${exitCode}` })
  session.end()
}
