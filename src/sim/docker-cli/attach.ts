// `docker attach`: the streams of a running container.
import type { Command } from './command.ts'
import { StatusError } from './errors.ts'
import { bool, detachKeys } from './flag-types.ts'
import { awaitExit, copyStreams } from './foreground.ts'
import { requireTerminal } from './run.ts'

export const attachCommand: Command = {
  names: ['container attach', 'attach'],
  usage: '[OPTIONS] CONTAINER',
  summary: 'Attach local standard input, output, and error streams to a running container',
  operands: { least: 1, most: 1 },
  flags: [
    detachKeys,
    { name: 'no-stdin', type: bool, usage: 'Do not attach STDIN' },
    { name: 'sig-proxy', type: bool, default: 'true', usage: 'Proxy all received signals to the process' },
  ],
  *run(invocation) {
    const { flags, system } = invocation
    const name = invocation.operand(0)
    const api = yield* invocation.api('/_ping')
    const container = yield* invocation.about('container', name, api.containerInspect(system, name))
    const { State: state, Config: config } = container
    const begin = 'You cannot'
    if (!state.Running) throw new StatusError(`${begin} attach to a stopped container, start it first`)
    if (state.Paused) throw new StatusError(`${begin} attach to a paused container, unpause it first`)
    if (state.Restarting) throw new StatusError(`${begin} attach to a restarting container, wait until it is running`)
    const stdin = !flags.bool('no-stdin') && config.OpenStdin
    if (stdin && config.Tty) yield* requireTerminal(invocation)
    const stream = yield* api.containerAttach(system, container.Id, { stdin, stdout: true, stderr: true })
    const wait = yield* api.containerWait(system, container.Id)
    const forward = flags.bool('sig-proxy') && !config.Tty ? { forward: { api, container: container.Id } } : {}
    yield* copyStreams(invocation, stream, { stdin, ...forward })
    return yield* awaitExit(system, wait)
  },
}
