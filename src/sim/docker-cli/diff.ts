// `docker diff`: what a container has changed in its file system.
import type { Command } from './command.ts'

export const diffCommand: Command = {
  names: ['container diff', 'diff'],
  usage: 'CONTAINER',
  summary: "Inspect changes to files or directories on a container's filesystem",
  operands: { least: 1, most: 1 },
  *run(invocation) {
    const api = yield* invocation.api(`/containers/${invocation.operand(0)}/changes`)
    const changes = yield* api.containerDiff(invocation.system, invocation.operand(0))
    yield* invocation.out(changes.map(({ Kind, Path }) => `${Kind} ${Path}\n`).join(''))
    return 0
  },
}
