// `docker restart`: stop and start.
import type { Command } from './command.ts'
import { eachContainer, severalContainers, stopOptions } from './each-container.ts'
import { int, stopFlags } from './flag-types.ts'

export const restartCommand: Command = {
  names: ['container restart', 'restart'],
  usage: severalContainers,
  summary: 'Restart one or more containers',
  operands: { least: 1 },
  flags: [
    ...stopFlags,
    {
      name: 'time',
      shorthand: 't',
      type: int,
      default: '10',
      usage: 'Seconds to wait for stop before killing the container',
      until: '20.10',
    },
  ],
  run: eachContainer((api, invocation, name) => api.containerRestart(invocation.system, name, stopOptions(invocation))),
}
