// `docker rm`: removes containers.
import type { Command } from './command.ts'
import { severalContainers } from './each-container.ts'
import { StatusError } from './errors.ts'
import { bool } from './flag-types.ts'
import { isMissing } from './invocation.ts'

export const rmCommand: Command = {
  names: ['container rm', 'container remove', 'rm'],
  usage: severalContainers,
  summary: 'Remove one or more containers',
  operands: { least: 1 },
  flags: [
    { name: 'force', shorthand: 'f', type: bool, usage: 'Force the removal of a running container (uses SIGKILL)' },
    { name: 'link', shorthand: 'l', type: bool, usage: 'Remove the specified link' },
    { name: 'volumes', shorthand: 'v', type: bool, usage: 'Remove anonymous volumes associated with the container' },
  ],
  *run(invocation) {
    const { flags, system } = invocation
    const options = { force: flags.bool('force'), volumes: flags.bool('volumes'), link: flags.bool('link') }
    const api = yield* invocation.api('/_ping')
    const empty = `${invocation.release === '28.5' ? 'c' : 'C'}ontainer name cannot be empty`
    const remove = function* (given: string) {
      const name = given.replace(/^\/+|\/+$/g, '')
      if (name === '') throw new StatusError(empty)
      yield* invocation.about('container', name, api.containerRemove(system, name, options))
    }
    return yield* invocation.forEachAtOnce(invocation.operands, remove, (error) => options.force && isMissing(error))
  },
}
