// `docker rm`: removes containers.
import type { Command } from './command.ts'
import { eachContainer, severalContainers } from './each-container.ts'
import { bool } from './flag-types.ts'

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
  run: eachContainer((api, invocation, name) => {
    const { flags } = invocation
    const options = { force: flags.bool('force'), volumes: flags.bool('volumes'), link: flags.bool('link') }
    return invocation.about('container', name, api.containerRemove(invocation.system, name, options))
  }),
}
