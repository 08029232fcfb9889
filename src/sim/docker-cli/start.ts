// `docker start`: starts containers that exist; with -a one of them, in the foreground.
import type { Program } from '../kernel/system.ts'
import type { Command } from './command.ts'
import { severalContainers } from './each-container.ts'
import { StatusError } from './errors.ts'
import { bool, detachKeys, string } from './flag-types.ts'
import { awaitExit, copyStreams } from './foreground.ts'
import { errorMessage, type Invocation } from './invocation.ts'
import { requireTerminal } from './run.ts'

export const startCommand: Command = {
  names: ['container start', 'start'],
  usage: severalContainers,
  summary: 'Start one or more stopped containers',
  operands: { least: 1 },
  flags: [
    { name: 'attach', shorthand: 'a', type: bool, usage: 'Attach STDOUT/STDERR and forward signals' },
    { name: 'checkpoint', type: string, usage: 'Restore from this checkpoint', hidden: true, noEffect: true },
    detachKeys,
    { name: 'interactive', shorthand: 'i', type: bool, usage: "Attach container's STDIN" },
  ],
  *run(invocation) {
    const { flags, operands } = invocation
    if (!flags.bool('attach') && !flags.bool('interactive')) return yield* startAll(invocation)
    if (operands.length > 1) throw new StatusError('you cannot start and attach multiple containers at once')
    return yield* startAttached(invocation, invocation.operand(0))
  },
}

function* startAll(invocation: Invocation): Program<number> {
  const api = yield* invocation.api('/_ping')
  const failed: string[] = []
  for (const name of invocation.operands) {
    try {
      yield* api.containerStart(invocation.system, name)
      yield* invocation.out(`${name}\n`)
    } catch (error) {
      yield* invocation.err(`${errorMessage(error)}\n`)
      failed.push(name)
    }
  }
  if (failed.length > 0) throw new StatusError(`Error: failed to start containers: ${failed.join(', ')}`)
  return 0
}

function* startAttached(invocation: Invocation, name: string): Program<number> {
  const { system, flags } = invocation
  const api = yield* invocation.api('/_ping')
  const container = yield* invocation.about('container', name, api.containerInspect(system, name))
  const stdin = flags.bool('interactive') && container.Config.OpenStdin
  if (stdin && container.Config.Tty) yield* requireTerminal(invocation)
  const stream = yield* api.containerAttach(system, container.Id, { stdin, stdout: true, stderr: true })
  const wait = yield* api.containerWait(system, container.Id, container.HostConfig.AutoRemove ? 'removed' : 'next-exit')
  try {
    yield* api.containerStart(system, container.Id)
  } catch (error) {
    stream.close()
    throw error
  }
  yield* copyStreams(invocation, stream, { stdin, forward: { api, container: container.Id } })
  return yield* awaitExit(system, wait)
}
