// `docker tag`: another name for an image.
import type { Command } from './command.ts'

export const tagCommand: Command = {
  names: ['image tag', 'tag'],
  usage: 'SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]',
  summary: 'Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE',
  operands: { least: 2, most: 2 },
  *run(invocation) {
    const api = yield* invocation.api('/_ping')
    yield* api.imageTag(invocation.system, invocation.operand(0), invocation.operand(1))
    return 0
  },
}
