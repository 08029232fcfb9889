// `docker rename`.
import type { Command } from './command.ts'
import { StatusError } from './errors.ts'
import { errorMessage } from './invocation.ts'

export const renameCommand: Command = {
  names: ['container rename', 'rename'],
  usage: 'CONTAINER NEW_NAME',
  summary: 'Rename a container',
  operands: { least: 2, most: 2 },
  *run(invocation) {
    const from = invocation.operand(0).trim()
    const to = invocation.operand(1).trim()
    if (from === '' || to === '') throw new StatusError('Error: Neither old nor new names may be empty')
    const api = yield* invocation.api('/_ping')
    try {
      yield* api.containerRename(invocation.system, from, to)
    } catch (error) {
      throw new StatusError(`${errorMessage(error)}\nError: failed to rename container named ${from}`)
    }
    return 0
  },
}
