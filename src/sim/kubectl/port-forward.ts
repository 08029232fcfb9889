// `kubectl port-forward`: ports of this machine that lead into a pod's network namespace. pkg/cmd/portforward
import { serve } from '../docker/port-proxy.ts'
import { type Program, SystemCallError, type System } from '../kernel/system.ts'
import type { Pod } from '../kubernetes/objects.ts'
import { runtimeOf } from '../kubernetes/runtime-state.ts'
import { formatTime } from '../programs/date-format.ts'
import { writeError, writeOut } from '../programs/stdio.ts'
import type { Command } from './command.ts'
import { StatusError, usageError } from './errors.ts'
import { ignored, strings } from './flags.ts'
import type { Invocation } from './invocation.ts'
import { podFor } from './streams.ts'
import { parseTargets } from './targets.ts'

interface Forward {
  readonly local: number
  readonly remote: number
}

interface Listener extends Forward {
  readonly fd: number
}

export const portForwardCommand: Command = {
  name: 'port-forward',
  flags: [{ name: 'address', type: strings, default: '[localhost]', usage: '' }, ignored('pod-running-timeout')],
  *run(invocation) {
    const { flags, operands } = invocation
    const [operand, ...ports] = operands
    if (operand === undefined || ports.length === 0) {
      throw usageError('port-forward', 'TYPE/NAME and list of ports are required for port-forward')
    }
    const pod = podFor(invocation, operand)
    const forwards = ports.map((text) => forwardOf(invocation, text, operand, pod))
    if (pod.status.phase !== 'Running') {
      throw new StatusError(
        `error: unable to forward port because pod is not running. Current status=${pod.status.phase}`,
      )
    }
    const addresses = flags.changed('address') ? flags.list('address') : ['localhost']
    const listeners = yield* listenOn(invocation, forwards, addresses)
    return yield* forward(invocation, pod, listeners)
  },
}

/** `5000`, `8080:80`, `:80`, `8080:http`; a service's port leads to its target port. */
function forwardOf(invocation: Invocation, text: string, operand: string, pod: Pod): Forward {
  const [first = '', second] = text.split(':')
  const remote = second ?? first
  const port = remotePort(invocation, remote, operand, pod)
  const local = second === undefined ? port : first === '' ? 0 : Number(first)
  if (!Number.isInteger(local) || local < 0 || local > 65_535) {
    throw new StatusError(
      `error: error parsing local port '${first}': strconv.ParseUint: parsing ${JSON.stringify(first)}: invalid syntax`,
    )
  }
  if (port === 0) throw new StatusError('error: remote port must be > 0')
  return { local, remote: port }
}

interface ServicePort {
  readonly name?: string
  readonly port: number
  readonly targetPort?: number | string
}

function remotePort(invocation: Invocation, text: string, operand: string, pod: Pod): number {
  const [target] = operand.includes('/') ? parseTargets([operand]) : []
  if (target?.resource.kind !== 'Service') return containerPort(text, pod)
  const [name = ''] = target.names
  const service = invocation.api.get(target.resource, invocation.namespace, name)
  const ports = (service['spec'] as { ports?: ServicePort[] }).ports ?? []
  const found = ports.find((each) => each.name === text || String(each.port) === text)
  if (found === undefined) {
    throw new StatusError(
      /^\d+$/.test(text)
        ? `error: Service ${name} does not have a service port ${text}`
        : `error: Service '${name}' does not have a named port '${text}'`,
    )
  }
  return containerPort(String(found.targetPort ?? found.port), pod)
}

function containerPort(text: string, pod: Pod): number {
  if (/^\d+$/.test(text)) return Number(text)
  const ports = pod.spec.containers.flatMap((each) => each.ports ?? [])
  const found = ports.find(({ name }) => name === text)
  if (found === undefined) {
    throw new StatusError(`error: Pod '${pod.metadata.name}' does not have a named port '${text}'`)
  }
  return found.containerPort
}

// --- listening

function* listenOn(
  invocation: Invocation,
  forwards: readonly Forward[],
  addresses: readonly string[],
): Program<Listener[]> {
  const listeners: Listener[] = []
  for (const each of forwards) {
    const errors: string[] = []
    for (const address of addresses) {
      const host = address === 'localhost' ? '127.0.0.1' : address
      const made = yield* listenAt(invocation.system, each, host)
      if (typeof made === 'string') errors.push(made)
      else {
        listeners.push(made)
        yield* invocation.out(`Forwarding from ${host}:${made.local} -> ${made.remote}\n`)
      }
    }
    if (errors.length > 0) {
      const list = errors.map((error) => `unable to create listener: Error ${error}`).join(' ')
      yield* invocation.err(
        `Unable to listen on port ${each.local}: Listeners failed to create with the following errors: [${list}]\n`,
      )
    }
  }
  if (listeners.length === 0) {
    const list = forwards.map(({ local, remote }) => `{${local} ${remote}}`).join(' ')
    throw new StatusError(`error: unable to listen on any of the requested ports: [${list}]`)
  }
  return listeners
}

/** @returns the text of the refusal */
function* listenAt(system: System, { local, remote }: Forward, address: string): Program<Listener | string> {
  const fd = yield* system.socket('AF_INET', 'SOCK_STREAM')
  try {
    yield* system.bind(fd, { family: 'AF_INET', address, port: local })
    yield* system.listen(fd, 4096)
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    yield* system.close(fd)
    return `listen tcp4 ${address}:${local}: bind: ${error.message.toLowerCase()}`
  }
  const bound = yield* system.getsockname(fd)
  return { fd, local: bound.family === 'AF_INET' ? bound.port : local, remote }
}

// --- forwarding

/** Serves connections until the pod is gone. */
function* forward(invocation: Invocation, pod: Pod, listeners: readonly Listener[]): Program<number> {
  const { system } = invocation
  // SIGCHLD ignored: what served a connection leaves no zombie.
  yield* system.sigaction(17, { handler: 'SIG_IGN' })
  const events = ['POLLIN'] as const
  for (;;) {
    const ready = yield* system.poll(
      listeners.map(({ fd }) => ({ fd, events })),
      -1,
    )
    for (const { fd } of ready) {
      const listener = listeners.find((each) => each.fd === fd)
      if (listener === undefined) continue
      const accepted = yield* system.accept(fd)
      yield* writeOut(system, `Handling connection for ${listener.local}\n`)
      const sandbox = sandboxOf(invocation, pod)
      if (sandbox === undefined) {
        yield* invocation.err(`${yield* logHead(system)} lost connection to pod\n`)
        return 0
      }
      yield* system.fork((inner) => connect(inner, accepted.fd, listener, sandbox))
      yield* system.close(accepted.fd)
    }
  }
}

interface Sandbox {
  readonly id: string
  readonly pid: number
}

function sandboxOf({ cluster }: Invocation, pod: Pod): Sandbox | undefined {
  const [newest] = runtimeOf(cluster.engine.daemon, pod.metadata.uid ?? '').sandboxes
  return newest?.state.running === true ? { id: newest.id, pid: newest.state.pid } : undefined
}

/** As socat does it on the node: from inside the pod's network namespace, to its loopback. */
function* connect(system: System, client: number, { local, remote }: Forward, sandbox: Sandbox): Program<number> {
  const namespace = yield* system.open(`/proc/${sandbox.pid}/ns/net`)
  yield* system.setns(namespace, 'NEWNET')
  const code = yield* serve(system, client, '127.0.0.1', remote)
  if (code !== 0) {
    yield* writeError(
      system,
      `${yield* logHead(system)} an error occurred forwarding ${local} -> ${remote}: error forwarding port ${remote} to pod ${sandbox.id}, uid : exit status 1: socat E connect(5, AF=2 127.0.0.1:${remote}, 16): Connection refused\n`,
    )
  }
  return code
}

/** klog's beginning of a line about an error. */
function* logHead(system: System): Program<string> {
  const now = (yield* system.clock_gettime('CLOCK_REALTIME')) / 1e6
  const fraction = String(Math.round((now % 1) * 1e6)).padStart(6, '0')
  const pid = String(yield* system.getpid()).padStart(7)
  return `E${formatTime('%m%d %H:%M:%S', now)}.${fraction} ${pid} portforward.go:400]`
}
