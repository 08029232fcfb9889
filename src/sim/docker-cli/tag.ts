// `docker tag`: another name for an image.
import type { Command } from './command.ts'
import { StatusError } from './errors.ts'
import { referenceProblem } from '../docker/reference.ts'

export const tagCommand: Command = {
  names: ['image tag', 'tag'],
  usage: 'SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]',
  summary: 'Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE',
  operands: { least: 2, most: 2 },
  *run(invocation) {
    for (const name of invocation.operands) {
      const problem = referenceProblem(invocation.release, name)
      if (problem === undefined || /^[0-9a-f]{64}$/.test(name)) continue
      throw new StatusError(
        `Error parsing reference: ${JSON.stringify(name)} is not a valid repository/tag: ${problem}`,
      )
    }
    const api = yield* invocation.api('/_ping')
    yield* api.imageTag(invocation.system, invocation.operand(0), invocation.operand(1))
    return 0
  },
}
