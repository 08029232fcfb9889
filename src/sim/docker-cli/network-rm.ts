// `docker network rm`.
import type { Command } from './command.ts'
import { StatusError } from './errors.ts'
import { bool } from './flag-types.ts'
import { errorMessage } from './invocation.ts'

export const networkRmCommand: Command = {
  names: ['network rm', 'network remove'],
  oldAliases: { 'network rm': 'rm, remove' },
  usage: 'NETWORK [NETWORK...]',
  summary: 'Remove one or more networks',
  operands: { least: 1 },
  flags: [
    { name: 'force', shorthand: 'f', type: bool, usage: 'Do not error if the network does not exist', since: '26.1' },
  ],
  *run(invocation) {
    const { system, release, flags } = invocation
    const api = yield* invocation.api('/_ping')
    let failed = false
    for (const name of invocation.operands) {
      try {
        yield* invocation.about('network', name, api.networkRemove(system, name))
        yield* invocation.out(`${name}\n`)
      } catch (error) {
        const message = errorMessage(error)
        const missing = /not found$|No such network/.test(message)
        if (release !== '20.10' && flags.bool('force') && missing) continue
        yield* invocation.err(`${message}\n`)
        failed = true
      }
    }
    // 28.5 ends with an error that has a code and no text of its own.
    if (failed) throw new StatusError(release === '28.5' ? 'exit status 1' : '')
    return 0
  },
}
