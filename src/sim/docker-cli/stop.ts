// `docker stop`: SIGTERM, and SIGKILL when the time is over.
import type { Command } from './command.ts'
import { allContainers, severalContainers, stopOptions } from './each-container.ts'
import { int, stopFlags } from './flag-types.ts'

export const stopCommand: Command = {
  names: ['container stop', 'stop'],
  usage: severalContainers,
  summary: 'Stop one or more running containers',
  operands: { least: 1 },
  flags: [
    ...stopFlags,
    {
      name: 'time',
      shorthand: 't',
      type: int,
      default: '10',
      usage: 'Seconds to wait for stop before killing it',
      until: '20.10',
    },
  ],
  run: allContainers((api, invocation, name) => api.containerStop(invocation.system, name, stopOptions(invocation))),
}
