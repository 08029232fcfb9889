// `docker kill`: a signal to the first process of a container.
import type { Command } from './command.ts'
import { allContainers, severalContainers } from './each-container.ts'
import { string } from './flag-types.ts'

export const killCommand: Command = {
  names: ['container kill', 'kill'],
  usage: severalContainers,
  summary: 'Kill one or more running containers',
  operands: { least: 1 },
  flags: [
    {
      name: 'signal',
      shorthand: 's',
      type: string,
      default: { '20.10': 'KILL', now: '' },
      usage: 'Signal to send to the container',
    },
  ],
  run: allContainers((api, invocation, name) =>
    api.containerKill(invocation.system, name, invocation.flags.text('signal') || undefined),
  ),
}
