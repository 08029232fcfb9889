// `docker top`: the processes of a container, as the host's ps shows them.
import { tableText } from '../../text/columns.ts'
import type { Command } from './command.ts'

export const topCommand: Command = {
  names: ['container top', 'top'],
  usage: 'CONTAINER [ps OPTIONS]',
  summary: 'Display the running processes of a container',
  operands: { least: 1 },
  interspersed: false,
  *run(invocation) {
    const [name = '', ...psArguments] = invocation.operands
    const api = yield* invocation.api(`/containers/${name}/top`)
    const { Titles, Processes } = yield* api.containerTop(
      invocation.system,
      name,
      psArguments.length > 0 ? psArguments : undefined,
    )
    yield* invocation.out(tableText([Titles, ...Processes], { minimumWidth: 20, padding: 3 }))
    return 0
  },
}
