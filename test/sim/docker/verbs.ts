// What a client does in the engine's tests, in a line each.
import type { ContainerCreateRequest, HostConfig, ContainerConfig, StreamFrame } from '../../../src/sim/docker/api.ts'
import type { Container } from '../../../src/sim/docker/container.ts'
import { readlink } from './links.ts'
import type { TestMachine } from './machine.ts'

export interface RunOptions {
  readonly name?: string
  readonly image?: string
  readonly host?: Partial<HostConfig>
  readonly config?: Partial<ContainerConfig>
  readonly networking?: ContainerCreateRequest['NetworkingConfig']
}

export function requestOf(command: string, options: RunOptions = {}): ContainerCreateRequest {
  return {
    Config: {
      Image: options.image ?? 'alpine:latest',
      Cmd: command === '' ? null : command.split(' '),
      ...options.config,
    },
    HostConfig: options.host ?? {},
    ...(options.networking !== undefined && { NetworkingConfig: options.networking }),
  }
}

/** `docker run -d`: gives the id. */
export function runDetached(machine: TestMachine, command: string, options: RunOptions = {}): Promise<string> {
  const { engine } = machine
  return machine.client(function* (system) {
    const { Id } = yield* engine.containerCreate(system, requestOf(command, options), options.name)
    yield* engine.containerStart(system, Id)
    return Id
  })
}

export interface Output {
  stdout: string
  stderr: string
  exitCode: number
}

/** `docker run`: in the foreground, with its output. */
export function runAttached(machine: TestMachine, command: string, options: RunOptions = {}): Promise<Output> {
  const { engine } = machine
  return machine.client(function* (system) {
    const { Id } = yield* engine.containerCreate(system, requestOf(command, options), options.name)
    const stream = yield* engine.containerAttach(system, Id, { stdout: true, stderr: true })
    const wait = yield* engine.containerWait(system, Id, options.host?.AutoRemove ? 'removed' : 'next-exit')
    yield* engine.containerStart(system, Id)
    const frames: StreamFrame[] = []
    for (let frame = yield* stream.next(system); frame !== undefined; frame = yield* stream.next(system)) {
      frames.push(frame)
    }
    const { StatusCode } = yield* wait.result(system)
    return { stdout: textOf(frames, 'stdout'), stderr: textOf(frames, 'stderr'), exitCode: StatusCode }
  })
}

export function exec(
  machine: TestMachine,
  name: string,
  command: string,
  options: { User?: string; Env?: readonly string[]; WorkingDir?: string } = {},
): Promise<Output> {
  const { engine } = machine
  return machine.client(function* (system) {
    const request = { Cmd: command.split(' '), AttachStdout: true, AttachStderr: true, ...options }
    const { Id } = yield* engine.execCreate(system, name, request)
    const stream = yield* engine.execStart(system, Id)
    const frames: StreamFrame[] = []
    for (let frame = yield* stream?.next(system) ?? none(); frame !== undefined; ) {
      frames.push(frame)
      frame = yield* stream?.next(system) ?? none()
    }
    const { ExitCode } = yield* engine.execInspect(system, Id)
    return { stdout: textOf(frames, 'stdout'), stderr: textOf(frames, 'stderr'), exitCode: ExitCode ?? -1 }
  })
}

// oxlint-disable-next-line require-yield -- there is nothing to wait for
function* none(): Generator<never, undefined> {
  return undefined
}

export function textOf(frames: readonly StreamFrame[], stream: 'stdout' | 'stderr'): string {
  const decoder = new TextDecoder()
  return frames
    .filter((frame) => frame.stream === stream)
    .map((frame) => decoder.decode(frame.data))
    .join('')
}

/** The engine's record of a container, by name or id. */
export function containerOf(machine: TestMachine, name: string): Container {
  return machine.engine.daemon.get(name)
}

/** The namespace that a container's init is in, such as `net:[4026532554]`. */
export function namespaceOf(machine: TestMachine, name: string, kind: string): Promise<string> {
  return machine.client((system) => readlink(system, `/proc/${containerOf(machine, name).state.pid}/ns/${kind}`))
}

/** Interfaces of a container's network namespace with their IPv4 addresses: `lo 127.0.0.1`. */
export function interfacesOf(machine: TestMachine, name: string): string[] {
  const init = containerOf(machine, name).task?.init
  return [...(init?.namespaces.net.links.values() ?? [])].map((link) =>
    [link.name, ...link.addresses.filter((each) => each.family === 'inet').map((each) => each.address)].join(' '),
  )
}

export function addressOf(machine: TestMachine, name: string): string {
  return containerOf(machine, name).endpoints.get('bridge')?.address ?? ''
}

export function statusLine(machine: TestMachine, name: string): string {
  const { state, restart } = containerOf(machine, name)
  const what = state.running ? (state.restarting ? 'restarting' : 'running') : 'down'
  return `${what} ${state.exitCode} restarts ${restart.count}`
}
