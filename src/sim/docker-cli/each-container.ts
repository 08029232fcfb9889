// What stop, kill, rm and their like have in common: one call of the engine for each container that is named.
import type { DockerApi } from '../docker/api.ts'
import type { Program } from '../kernel/system.ts'
import type { Command } from './command.ts'
import type { Invocation } from './invocation.ts'

export const severalContainers = '[OPTIONS] CONTAINER [CONTAINER...]'

/** Runs an action for each operand, in order, and prints the names of those that succeeded. */
export function eachContainer(
  action: (api: DockerApi, invocation: Invocation, name: string) => Program<unknown>,
): NonNullable<Command['run']> {
  return function* run(invocation) {
    const api = yield* invocation.api('/_ping')
    return yield* invocation.forEach(invocation.operands, (name) => action(api, invocation, name))
  }
}

/** The same for all operands at once. */
export function allContainers(
  action: (api: DockerApi, invocation: Invocation, name: string) => Program<unknown>,
): NonNullable<Command['run']> {
  return function* run(invocation) {
    const api = yield* invocation.api('/_ping')
    return yield* invocation.forEachAtOnce(invocation.operands, (name) => action(api, invocation, name))
  }
}

/** The flags of stop and restart as the engine takes them; time in seconds. */
export function stopOptions(invocation: Invocation): { signal?: string; timeout?: number } {
  const { flags, release } = invocation
  const time = ['timeout', 'time'].find((name) => {
    const known = release === '28.5' || name === 'time'
    return known && flags.changed(name)
  })
  const signal = release === '20.10' ? '' : flags.text('signal')
  return {
    ...(time !== undefined && { timeout: flags.number(time) }),
    ...(signal !== '' && { signal }),
  }
}
