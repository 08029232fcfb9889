// crictl's commands about single containers and pods: inspect, exec, logs, stop, remove. They go past the kubelet, which notices.
import { bool, type FlagRow, int, string } from '../../text/flags.ts'
import { fromJson, GoTemplate, TemplateExecError, TemplateParseError } from '../../text/go-template.ts'
import { writeJson } from '../../text/json.ts'
import type { Command, Invocation } from '../containerd/command-line.ts'
import { criContainers, isReady, metadataOf, sandboxOf } from '../containerd/cri.ts'
import type { Container } from '../docker/container.ts'
import { EngineError } from '../docker/errors.ts'
import type { Program } from '../kernel/system.ts'
import { concatenate, encodeText } from '../programs/bytes.ts'
import { writeAll, writeOut } from '../programs/stdio.ts'
import { CrictlError, findContainer, findSandbox, idsOf } from './context.ts'
import { containerInspect, sandboxInspect } from './status.ts'

const output: FlagRow = {
  name: 'output',
  shorthand: 'o',
  type: string,
  usage: 'Output format, One of: json|yaml|go-template|table',
}
const template: FlagRow = {
  name: 'template',
  type: string,
  usage: 'The template string is only used when output is go-template; The Template format is golang template',
}
const force: FlagRow = { name: 'force', shorthand: 'f', type: bool, usage: 'Force removal, regardless of the state' }

function* printStatus({ system, flags }: Invocation, value: unknown): Program<void> {
  const format = flags.text('output')
  const text = flags.text('template')
  if (format === 'go-template') {
    if (text === '') throw new CrictlError('template is empty')
    yield* writeOut(system, `${filled(text, value)}\n`)
    return
  }
  if (!['', 'json'].includes(format)) {
    throw new CrictlError(`the simulated machine does not have the output format ${format}`)
  }
  yield* writeOut(system, `${writeJson(value, { indent: '  ' })}\n`)
}

function filled(text: string, value: unknown): string {
  try {
    return new GoTemplate(text, new Map(), 'tmplExecuteRawJSON').execute(fromJson(value))
  } catch (error) {
    if (!(error instanceof TemplateParseError || error instanceof TemplateExecError)) throw error
    throw new CrictlError(`failed to template data: ${error.message}`)
  }
}

export const inspectCommand: Command = {
  names: ['inspect'],
  usage: 'Display the status of one or more containers',
  operands: 'CONTAINER-ID [CONTAINER-ID...]',
  flags: [output, template, { name: 'quiet', shorthand: 'q', type: bool, usage: 'Do not show verbose information' }],
  *run(invocation) {
    for (const id of idsOf(invocation)) {
      const container = findContainer(invocation, id, (each) => `getting the status of the container "${each}"`)
      const { status, info } = containerInspect(invocation.engine.daemon, container)
      yield* printStatus(invocation, invocation.flags.bool('quiet') ? { status } : { status, info })
    }
    return 0
  },
}

export const inspectPodCommand: Command = {
  names: ['inspectp'],
  usage: 'Display the status of one or more pods',
  operands: 'POD-ID [POD-ID...]',
  flags: [output, template, { name: 'quiet', shorthand: 'q', type: bool, usage: 'Do not show verbose information' }],
  *run(invocation) {
    for (const id of idsOf(invocation)) {
      const sandbox = findSandbox(invocation, id, (each) => `getting the status of the pod sandbox "${each}"`)
      const { status, info } = sandboxInspect(invocation.engine.daemon, sandbox)
      yield* printStatus(invocation, invocation.flags.bool('quiet') ? { status } : { status, info })
    }
    return 0
  },
}

export const execCommand: Command = {
  names: ['exec'],
  usage: 'Run a command in a running container',
  operands: 'CONTAINER-ID COMMAND [ARG...]',
  flags: [
    { name: 'interactive', shorthand: 'i', type: bool, usage: 'Keep STDIN open' },
    { name: 'tty', shorthand: 't', type: bool, usage: 'Allocate a pseudo-TTY' },
    { name: 'sync', shorthand: 's', type: bool, usage: 'Run the command synchronously' },
    { name: 'timeout', type: int, default: '0', usage: 'Timeout in seconds' },
  ],
  *run(invocation) {
    const { system, engine, flags } = invocation
    const [id = '', ...command] = idsOf(invocation)
    if (command.length === 0)
      throw new CrictlError('execing command in container: rpc error: code = InvalidArgument desc = no command given')
    const container = findContainer(invocation, id, () => 'execing command in container')
    const stdin = flags.bool('interactive')
    try {
      const { Id } = yield* engine.execCreate(system, container.id, {
        AttachStdin: stdin,
        AttachStdout: true,
        AttachStderr: true,
        Cmd: command,
      })
      const stream = yield* engine.execStart(system, Id, {})
      const descriptors = { stdout: 1, stderr: 2, ...(stdin ? { stdin: 0 } : {}) }
      if (stream !== undefined) while ((yield* stream.copy(system, descriptors)) === 'interrupted');
      const code = (yield* engine.execInspect(system, Id)).ExitCode ?? 0
      if (code === 0) return 0
      throw new CrictlError(`execing command in container: command terminated with exit code ${code}`)
    } catch (error) {
      if (!(error instanceof EngineError)) throw error
      const reason = container.state.running ? error.message : 'container is in CONTAINER_EXITED state'
      throw new CrictlError(
        `execing command in container: Internal error occurred: error executing command in container: ${reason}`,
      )
    }
  },
}

export const logsCommand: Command = {
  names: ['logs'],
  usage: 'Fetch the logs of a container',
  operands: 'CONTAINER-ID',
  flags: [
    { name: 'follow', shorthand: 'f', type: bool, usage: 'Follow log output' },
    {
      name: 'tail',
      type: int,
      default: '-1',
      usage: 'Number of lines to show from the end of the logs. Defaults to all',
    },
    { name: 'timestamps', shorthand: 't', type: bool, usage: 'Show timestamps' },
    {
      name: 'previous',
      shorthand: 'p',
      type: bool,
      usage: 'Print the logs for the previous instance of the container',
    },
  ],
  *run(invocation) {
    const { system, engine, flags } = invocation
    const [id = ''] = idsOf(invocation)
    const named = findContainer(invocation, id, () => 'getting container status')
    const container = flags.bool('previous') ? previousOf(invocation, named) : named
    const tail = flags.number('tail')
    const reader = yield* engine.containerLogs(system, container.id, {
      stdout: true,
      stderr: true,
      follow: flags.bool('follow'),
      tail: tail < 0 ? 'all' : `${tail}`,
    })
    for (let frame = yield* reader.next(system); frame; frame = yield* reader.next(system)) {
      const stamp = flags.bool('timestamps') ? encodeText(`${frame.timestamp} `) : new Uint8Array()
      yield* writeAll(system, frame.stream === 'stdout' ? 1 : 2, concatenate([stamp, frame.data]))
    }
    return 0
  },
}

/** The instance before it. @throws CrictlError when its log is gone */
function previousOf({ engine }: Invocation, container: Container): Container {
  const { uid, name, attempt } = metadataOf(container)
  const found = criContainers(engine.daemon).find((each) => {
    const other = metadataOf(each)
    return other.uid === uid && other.name === name && other.attempt === attempt - 1
  })
  if (found === undefined) throw new CrictlError(`previous terminated container "${name}" not found`)
  return found
}

export const stopCommand: Command = {
  names: ['stop'],
  usage: 'Stop one or more running containers',
  operands: 'CONTAINER-ID [CONTAINER-ID...]',
  flags: [
    {
      name: 'timeout',
      shorthand: 't',
      type: int,
      default: '0',
      usage: 'Seconds to wait to kill the container after a graceful stop is requested',
    },
  ],
  *run(invocation) {
    const { system, engine, flags } = invocation
    for (const id of idsOf(invocation)) {
      const container = findContainer(invocation, id, (each) => `stopping the container "${each}"`)
      yield* engine.containerStop(system, container.id, { timeout: flags.number('timeout') })
      yield* writeOut(system, `${id}\n`)
    }
    return 0
  },
}

export const removeCommand: Command = {
  names: ['rm'],
  usage: 'Remove one or more containers',
  operands: 'CONTAINER-ID [CONTAINER-ID...]',
  flags: [force, { name: 'all', shorthand: 'a', type: bool, usage: 'Remove all containers' }],
  *run(invocation) {
    const { system, engine, flags } = invocation
    const all = flags.bool('all')
    const ids = all ? criContainers(engine.daemon).map(({ id }) => id) : idsOf(invocation)
    for (const id of ids) {
      const container = findContainer(invocation, id, (each) => `getting the status of the container "${each}"`)
      if (container.state.running && !flags.bool('force')) {
        throw new CrictlError(`container "${id}" is running, please stop it first`)
      }
      yield* engine.containerRemove(system, container.id, { force: true })
      yield* writeOut(system, `${id}\n`)
    }
    return 0
  },
}

// --- pods

function containersIn({ engine }: Invocation, sandbox: Container): Container[] {
  return criContainers(engine.daemon).filter((each) => sandboxOf(engine.daemon, each) === sandbox)
}

/** StopPodSandbox: its containers are killed first, then the sandbox's own process, and the network goes. */
function* stopSandbox(invocation: Invocation, sandbox: Container): Program<void> {
  const { system, engine } = invocation
  for (const { id, state } of containersIn(invocation, sandbox)) {
    if (state.running) yield* engine.containerStop(system, id, { timeout: 0 })
  }
  yield* engine.containerStop(system, sandbox.id, { timeout: 0 })
}

export const stopPodCommand: Command = {
  names: ['stopp'],
  usage: 'Stop one or more running pods',
  operands: 'POD-ID [POD-ID...]',
  *run(invocation) {
    for (const id of idsOf(invocation)) {
      yield* stopSandbox(
        invocation,
        findSandbox(invocation, id, (each) => `stopping the pod sandbox "${each}"`),
      )
      yield* writeOut(invocation.system, `Stopped sandbox ${id}\n`)
    }
    return 0
  },
}

export const removePodCommand: Command = {
  names: ['rmp'],
  usage: 'Remove one or more pods',
  operands: 'POD-ID [POD-ID...]',
  flags: [force],
  *run(invocation) {
    const { system, engine, flags } = invocation
    for (const id of idsOf(invocation)) {
      const sandbox = findSandbox(invocation, id, (each) => `getting sandbox status of pod "${each}"`)
      if (isReady(sandbox) && !flags.bool('force')) {
        throw new CrictlError(`pod sandbox "${sandbox.id}" is running, please stop it first`)
      }
      yield* stopSandbox(invocation, sandbox)
      for (const container of containersIn(invocation, sandbox)) {
        yield* engine.containerRemove(system, container.id, { force: true })
      }
      yield* engine.containerRemove(system, sandbox.id, { force: true })
      yield* writeOut(system, `Removed sandbox ${id}\n`)
    }
    return 0
  },
}
