// `kubectl logs`, `exec`, `attach`: the streams of a pod's containers, from the runtime of its node.
import { parseDuration } from '../../text/duration.ts'
import type { Program } from '../kernel/system.ts'
import type { AttachedStream, DockerApi, LogFrame } from '../docker/api.ts'
import { EngineError } from '../docker/errors.ts'
import { ApiError, notFound } from '../kubernetes/errors.ts'
import type { KubernetesObject, LabelSelector, Pod } from '../kubernetes/objects.ts'
import { instancesOf, runtimeOf } from '../kubernetes/runtime-state.ts'
import { matchesLabels, requirementsOf } from '../kubernetes/selectors.ts'
import { concatenate, encodeText } from '../programs/bytes.ts'
import { writeAll } from '../programs/stdio.ts'
import type { Command } from './command.ts'
import { StatusError } from './errors.ts'
import { bool, container, duration, filename, ignored, int, selector } from './flags.ts'
import type { Invocation } from './invocation.ts'
import { parseTargets, requireResource } from './targets.ts'

export const noTerminal = 'Unable to use a TTY - input is not a terminal or the right kind of file\n'

/** The pod that an operand names: by its own name, or the first of a deployment, a service. */
export function podFor(invocation: Invocation, operand: string): Pod {
  const pods = requireResource('pods')
  if (!operand.includes('/')) return invocation.api.get(pods, invocation.namespace, operand) as Pod
  const [target] = parseTargets([operand])
  const [name = ''] = target?.names ?? []
  if (target === undefined) throw notFound(pods, operand)
  const object = invocation.api.get(target.resource, invocation.namespace, name)
  if (object.kind === 'Pod') return object as Pod
  const { selector: selects } = (object['spec'] ?? {}) as { selector?: LabelSelector | Record<string, string> }
  const requirements = requirementsOf(
    object.kind === 'Service' ? { matchLabels: selects as Record<string, string> } : ((selects ?? {}) as LabelSelector),
  )
  const found = invocation.api
    .list(pods, { namespace: invocation.namespace })
    .find(({ metadata }) => matchesLabels(requirements, metadata.labels))
  if (found === undefined) throw new StatusError('error: timed out waiting for the condition')
  return found as Pod
}

function allContainers({ spec }: Pod): string[] {
  return [...(spec.initContainers ?? []), ...spec.containers].map(({ name }) => name)
}

// --- logs

export const logsCommand: Command = {
  name: 'logs',
  aliases: ['log'],
  flags: [
    { name: 'all-containers', type: bool, default: 'false', usage: "Get all containers' logs in the pod(s)." },
    { ...container, usage: 'Print the logs of this container' },
    { name: 'follow', shorthand: 'f', type: bool, default: 'false', usage: 'Specify if the logs should be streamed.' },
    {
      name: 'prefix',
      type: bool,
      default: 'false',
      usage: 'Prefix each log line with the log source (pod name and container name)',
    },
    {
      name: 'previous',
      shorthand: 'p',
      type: bool,
      default: 'false',
      usage: 'If true, print the logs for the previous instance of the container in a pod if it exists.',
    },
    selector,
    {
      name: 'since',
      type: duration,
      default: '0s',
      usage:
        'Only return logs newer than a relative duration like 5s, 2m, or 3h. Defaults to all logs. Only one of since-time / since may be used.',
    },
    {
      name: 'tail',
      type: int,
      default: '-1',
      usage:
        'Lines of recent log file to display. Defaults to -1 with no selector, showing all log lines otherwise 10, if a selector is provided.',
    },
    { name: 'timestamps', type: bool, default: 'false', usage: 'Include timestamps on each line in the log output' },
    ignored('limit-bytes', int),
    ignored('max-log-requests', int),
  ],
  *run(invocation) {
    const { flags, operands } = invocation
    const label = flags.text('selector')
    if ((operands.length === 0 && label === '') || operands.length > 2) {
      throw new StatusError(`error: expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.
POD or TYPE/NAME is a required argument for the logs command
See 'kubectl logs -h' for help and examples`)
    }
    const pods =
      label === ''
        ? [podFor(invocation, operands[0] ?? '')]
        : invocation.api
            .list(requireResource('pods'), { namespace: invocation.namespace, labelSelector: label })
            .map((each) => each as Pod)
    for (const pod of pods) {
      const names = logContainers(invocation, pod)
      for (const name of names) yield* copyLogs(invocation, pod, name)
    }
    return 0
  },
}

function logContainers(invocation: Invocation, pod: Pod): string[] {
  const asked = invocation.flags.text('container') || (invocation.operands[1] ?? '')
  const all = allContainers(pod)
  if (invocation.flags.bool('all-containers')) return all
  const { name } = pod.metadata
  if (asked !== '') {
    if (all.includes(asked)) return [asked]
    throw new StatusError(`error: container ${asked} is not valid for pod ${name}`)
  }
  const own = pod.spec.containers.map((each) => each.name)
  if (own.length === 1) return own
  const inits = (pod.spec.initContainers ?? []).map((each) => each.name)
  const also = inits.length === 0 ? '' : ` or one of the init containers: [${inits.join(' ')}]`
  throw new StatusError(
    `error: a container name must be specified for pod ${name}, choose one of: [${own.join(' ')}]${also}`,
  )
}

function* copyLogs(invocation: Invocation, pod: Pod, name: string): Program<void> {
  const { flags, system, cluster } = invocation
  const instances = instancesOf(runtimeOf(cluster.engine.daemon, pod.metadata.uid ?? ''), name)
  const known = pod.status.containerStatuses?.find((each) => each.name === name)
  const previous = known?.lastState.terminated?.containerID?.replace(/^\w+:\/\//, '')
  const instance = flags.bool('previous') ? instances.find(({ id }) => id === previous) : instances[0]
  const { name: podName } = pod.metadata
  if (instance === undefined) {
    if (flags.bool('previous')) {
      throw new ApiError('BadRequest', `previous terminated container "${name}" in pod "${podName}" not found`)
    }
    const waiting = [...(pod.status.containerStatuses ?? []), ...(pod.status.initContainerStatuses ?? [])].find(
      (each) => each.name === name,
    )
    const reason = waiting?.state.waiting?.reason ?? 'ContainerCreating'
    throw new ApiError('BadRequest', `container "${name}" in pod "${podName}" is waiting to start: ${reason}`)
  }
  const tail = flags.number('tail')
  const since = flags.text('since')
  const now = yield* invocation.now()
  const reader = yield* (cluster.engine as DockerApi).containerLogs(system, instance.id, {
    stdout: true,
    stderr: true,
    follow: flags.bool('follow'),
    tail: tail < 0 ? (flags.text('selector') === '' ? 'all' : '10') : String(tail),
    ...(since === '0s' ? {} : { since: String((now - Number(parseDuration(since) / 1000n)) / 1e6) }),
  })
  const prefix = flags.bool('prefix') ? `[pod/${podName}/${name}] ` : ''
  for (let frame = yield* reader.next(system); frame; frame = yield* reader.next(system)) {
    yield* writeAll(system, 1, withPrefix(frame, flags.bool('timestamps'), prefix))
  }
}

function withPrefix(frame: LogFrame, isStamped: boolean, prefix: string): Uint8Array {
  return concatenate([encodeText(`${prefix}${isStamped ? `${frame.timestamp} ` : ''}`), frame.data])
}

// --- exec and attach

export const execCommand: Command = {
  name: 'exec',
  flags: [
    container,
    filename,
    { name: 'stdin', shorthand: 'i', type: bool, default: 'false', usage: 'Pass stdin to the container' },
    { name: 'tty', shorthand: 't', type: bool, default: 'false', usage: 'Stdin is a TTY' },
    { name: 'quiet', shorthand: 'q', type: bool, default: 'false', usage: 'Only print output from the remote session' },
    ignored('pod-running-timeout'),
  ],
  *run(invocation) {
    const { flags, operands } = invocation
    const { dashAt } = flags
    const [operand, ...rest] = operands
    if (operand === undefined || dashAt === 0)
      throw new StatusError('error: pod, type/name or --filename must be specified')
    const command = dashAt < 0 ? rest : operands.slice(dashAt)
    if (dashAt < 0 && command.length > 0) {
      yield* invocation.err(
        'kubectl exec [POD] [COMMAND] is DEPRECATED and will be removed in a future version. Use kubectl exec [POD] -- [COMMAND] instead.\n',
      )
    }
    if (command.length === 0) throw new StatusError('error: you must specify at least one command for the container')
    const pod = podFor(invocation, operand)
    const name = yield* execContainer(invocation, pod)
    if (flags.bool('tty') && flags.bool('stdin')) yield* invocation.err(noTerminal)
    return yield* execIn(invocation, runningInstance(invocation, pod, name).id, command)
  },
}

/** What runs as a container of a pod. @throws StatusError when nothing does */
export function runningInstance({ cluster }: Invocation, pod: Pod, name: string) {
  const [instance] = instancesOf(runtimeOf(cluster.engine.daemon, pod.metadata.uid ?? ''), name)
  if (instance !== undefined && instance.state.running) return instance
  throw new StatusError(`error: unable to upgrade connection: container not found ("${name}")`)
}

/** The container that `-c` names, or the first, of which a pod of several is told. */
export function* execContainer(invocation: Invocation, pod: Pod): Program<string> {
  const asked = invocation.flags.text('container')
  const { name, namespace } = pod.metadata
  if (['Succeeded', 'Failed'].includes(pod.status.phase)) {
    throw new StatusError(
      `error: cannot exec into a container in a completed pod; current phase is ${pod.status.phase}`,
    )
  }
  if (asked !== '') {
    if (allContainers(pod).includes(asked)) return asked
    throw new ApiError('BadRequest', `container ${asked} is not valid for pod ${name}`)
  }
  const [first] = pod.spec.containers
  const isQuiet = invocation.flags.given().includes('quiet') && invocation.flags.bool('quiet')
  if (pod.spec.containers.length > 1 && !isQuiet) {
    yield* invocation.err(
      `Defaulting container name to ${first?.name}.\nUse 'kubectl describe pod/${name} -n ${namespace}' to see all of the containers in this pod.\n`,
    )
  }
  return first?.name ?? ''
}

function* execIn(invocation: Invocation, id: string, command: readonly string[]): Program<number> {
  const { system, flags } = invocation
  const api: DockerApi = invocation.cluster.engine
  const stdin = flags.bool('stdin')
  try {
    const { Id } = yield* api.execCreate(system, id, {
      AttachStdin: stdin,
      AttachStdout: true,
      AttachStderr: true,
      Cmd: command,
    })
    const stream = yield* api.execStart(system, Id, {})
    if (stream !== undefined) yield* copy(invocation, stream, stdin)
    const code = (yield* api.execInspect(system, Id)).ExitCode ?? 0
    if (code !== 0) yield* invocation.err(`command terminated with exit code ${code}\n`)
    return code
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    throw new StatusError(`error: Internal error occurred: error executing command in container: ${error.message}`)
  }
}

function* copy(invocation: Invocation, stream: AttachedStream, stdin: boolean): Program<void> {
  const descriptors = { stdout: 1, stderr: 2, ...(stdin ? { stdin: 0 } : {}) }
  while ((yield* stream.copy(invocation.system, descriptors)) === 'interrupted');
}

export const attachCommand: Command = {
  name: 'attach',
  flags: [
    container,
    { name: 'stdin', shorthand: 'i', type: bool, default: 'false', usage: 'Pass stdin to the container' },
    { name: 'tty', shorthand: 't', type: bool, default: 'false', usage: 'Stdin is a TTY' },
  ],
  *run(invocation) {
    const [operand] = invocation.operands
    if (operand === undefined) throw new StatusError('error: at least 1 argument is required for attach')
    return yield* streamPod(invocation, podFor(invocation, operand), { stdin: invocation.flags.bool('stdin') })
  },
}

/**
 * Waits until a pod runs, and copies the streams of a container until it ends.
 * @param options.container by default the one of `-c`, or the first
 */
export function* streamPod(
  invocation: Invocation,
  pod: Pod,
  options: { stdin: boolean; container?: string },
): Program<number> {
  const { api, system, cluster } = invocation
  const pods = requireResource('pods')
  const asked =
    options.container ??
    (invocation.flags.given().includes('container') ? invocation.flags.text('container') : undefined)
  const name = asked ?? pod.spec.containers[0]?.name ?? ''
  for (;;) {
    const present = api.store.find(pods, pod.metadata.namespace ?? '', pod.metadata.name) as
      | KubernetesObject
      | undefined
    if (present === undefined) throw notFound(pods, pod.metadata.name)
    const [instance] = instancesOf(runtimeOf(cluster.engine.daemon, pod.metadata.uid ?? ''), name)
    if (instance?.state.startedAt !== undefined) {
      const engine: DockerApi = cluster.engine
      if (instance.state.running) {
        const stream = yield* engine.containerAttach(system, instance.id, {
          stdin: options.stdin,
          stdout: true,
          stderr: true,
          logs: true,
        })
        yield* copy(invocation, stream, options.stdin)
      } else {
        const reader = yield* engine.containerLogs(system, instance.id, { stdout: true, stderr: true })
        for (let frame = yield* reader.next(system); frame; frame = yield* reader.next(system)) {
          yield* writeAll(system, frame.stream === 'stdout' ? 1 : 2, frame.data)
        }
      }
      return instance.state.exitCode
    }
    yield* invocation.changed()
  }
}
