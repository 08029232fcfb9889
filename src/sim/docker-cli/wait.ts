// `docker wait`: until containers stop; prints their exit codes.
import type { Command } from './command.ts'

export const waitCommand: Command = {
  names: ['container wait', 'wait'],
  usage: 'CONTAINER [CONTAINER...]',
  summary: 'Block until one or more containers stop, then print their exit codes',
  operands: { least: 1 },
  *run(invocation) {
    const api = yield* invocation.api('/_ping')
    const { system } = invocation
    return yield* invocation.forEach(
      invocation.operands,
      function* (name) {
        const wait = yield* api.containerWait(system, name)
        return (yield* wait.result(system)).StatusCode
      },
      (_, code) => `${code}\n`,
    )
  },
}
