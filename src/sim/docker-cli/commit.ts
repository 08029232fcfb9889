// `docker commit`: an image of what a container has become.
import type { Command } from './command.ts'
import { bool, list, string } from './flag-types.ts'
import { checkReference } from './reference.ts'

export const commitCommand: Command = {
  names: ['container commit', 'commit'],
  usage: '[OPTIONS] CONTAINER [REPOSITORY[:TAG]]',
  summary: "Create a new image from a container's changes",
  operands: { least: 1, most: 2 },
  flags: [
    {
      name: 'author',
      shorthand: 'a',
      type: string,
      usage: 'Author (e.g., "John Hannibal Smith <hannibal@a-team.com>")',
    },
    { name: 'change', shorthand: 'c', type: list, usage: 'Apply Dockerfile instruction to the created image' },
    { name: 'message', shorthand: 'm', type: string, usage: 'Commit message' },
    { name: 'pause', shorthand: 'p', type: bool, default: 'true', usage: 'Pause container during commit' },
  ],
  *run(invocation) {
    const { flags, system, release } = invocation
    const [name = '', repository = ''] = invocation.operands
    if (repository !== '') checkReference(release, repository)
    const api = yield* invocation.api('/_ping')
    const id = yield* api.containerCommit(system, name, {
      repository,
      author: flags.text('author'),
      comment: flags.text('message'),
      changes: flags.list('change'),
    })
    yield* invocation.out(`${id}\n`)
    return 0
  },
}
