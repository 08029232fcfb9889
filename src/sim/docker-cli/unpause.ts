// `docker unpause`: they go on.
import type { Command } from './command.ts'
import { allContainers } from './each-container.ts'

export const unpauseCommand: Command = {
  names: ['container unpause', 'unpause'],
  usage: 'CONTAINER [CONTAINER...]',
  summary: 'Unpause all processes within one or more containers',
  operands: { least: 1 },
  run: allContainers((api, invocation, name) => api.containerUnpause(invocation.system, name)),
}
