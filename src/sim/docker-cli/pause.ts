// `docker pause`: all processes of a container stand still.
import type { Command } from './command.ts'
import { allContainers } from './each-container.ts'

export const pauseCommand: Command = {
  names: ['container pause', 'pause'],
  usage: 'CONTAINER [CONTAINER...]',
  summary: 'Pause all processes within one or more containers',
  operands: { least: 1 },
  run: allContainers((api, invocation, name) => api.containerPause(invocation.system, name)),
}
