// `docker run`: create, attach, start, copy until the end; the container's exit code is the command's.
import { EngineError } from '../docker/errors.ts'
import type { Program } from '../kernel/system.ts'
import type { Command } from './command.ts'
import { containerFlags } from './container-flags.ts'
import type { ContainerOptions } from './container-options.ts'
import { checkedOptions, createContainer } from './create.ts'
import { runError, startErrorCode, StatusError } from './errors.ts'
import { bool, detachKeys, string } from './flag-types.ts'
import { awaitExit, copyStreams } from './foreground.ts'
import { errorMessage, type Invocation } from './invocation.ts'

export const runCommand: Command = {
  names: ['container run', 'run'],
  usage: '[OPTIONS] IMAGE [COMMAND] [ARG...]',
  summary: { '20.10': 'Run a command in a new container', now: 'Create and run a new container from an image' },
  operands: { least: 1 },
  interspersed: false,
  flags: [
    ...containerFlags,
    { name: 'detach', shorthand: 'd', type: bool, usage: 'Run container in background and print container ID' },
    detachKeys,
    {
      name: 'pull',
      type: string,
      default: 'missing',
      usage: {
        '20.10': 'Pull image before running ("always"|"missing"|"never")',
        now: 'Pull image before running ("always", "missing", "never")',
      },
    },
    { name: 'sig-proxy', type: bool, default: 'true', usage: 'Proxy received signals to the process' },
  ],
  *run(invocation) {
    const detach = invocation.flags.bool('detach')
    if (detach && invocation.flags.list('attach').length > 0) {
      const old = invocation.release !== '28.5'
      throw new StatusError(
        old ? 'Conflicting options: -a and -d' : 'conflicting options: cannot specify both --attach and --detach',
      )
    }
    const options = yield* checkedOptions(invocation, detach)
    if (options.attachment.stdin && options.request.Config.Tty) yield* requireTerminal(invocation)
    return yield* runContainer(invocation, options, detach)
  },
}

/** `-t` with stdin attached needs a terminal on this side. */
export function* requireTerminal(invocation: Invocation): Program<void> {
  if (!(yield* invocation.system.isatty(0))) throw new StatusError('the input device is not a TTY')
}

function* runContainer(invocation: Invocation, options: ContainerOptions, detach: boolean): Program<number> {
  const { system, flags, release, name } = invocation
  let id: string
  const api = yield* runApi(invocation)
  try {
    id = (yield* createContainer(invocation, api, options)).Id
  } catch (error) {
    const message = errorMessage(error)
    throw runError(release, name, message, startErrorCode(message), true)
  }
  // The id is printed also when the start fails then.
  if (detach) yield* invocation.out(`${id}\n`)
  const remove = flags.bool('rm')
  try {
    const stream = detach ? undefined : yield* api.containerAttach(system, id, options.attachment)
    const wait = detach ? undefined : yield* api.containerWait(system, id, remove ? 'removed' : 'next-exit')
    try {
      yield* api.containerStart(system, id)
    } catch (error) {
      stream?.close()
      // With --rm a container that did not start goes as well, before the command ends.
      if (wait && remove) yield* awaitExit(system, wait)
      throw error
    }
    if (!stream || !wait) return 0
    const forward = flags.bool('sig-proxy') ? { forward: { api, container: id } } : {}
    yield* copyStreams(invocation, stream, { stdin: options.attachment.stdin, ...forward })
    return yield* awaitExit(system, wait)
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    throw runError(release, name, errorMessage(error), startErrorCode(error.message), false)
  }
}

function* runApi(invocation: Invocation) {
  try {
    return yield* invocation.api('/_ping')
  } catch (error) {
    if (!(error instanceof StatusError)) throw error
    throw runError(invocation.release, invocation.name, error.message, 125, true)
  }
}
