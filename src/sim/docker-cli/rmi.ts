// `docker rmi`: removes names of images, and images whose last name goes.
import type { Program } from '../kernel/system.ts'
import type { Command } from './command.ts'
import { StatusError } from './errors.ts'
import { bool, type FlagDefinition, stringList } from './flag-types.ts'
import { errorMessage, type Invocation, isMissing } from './invocation.ts'

const flags: readonly FlagDefinition[] = [
  { name: 'force', shorthand: 'f', type: bool, usage: 'Force removal of the image' },
  { name: 'no-prune', type: bool, usage: 'Do not delete untagged parents', noEffect: true },
  {
    name: 'platform',
    type: stringList,
    usage: 'Remove only the given platform variant. Formatted as "os[/arch[/variant]]" (e.g., "linux/amd64")',
    since: '28.5',
    noEffect: true,
  },
]

export const rmiCommand: Command = {
  names: ['image rm', 'image remove', 'rmi'],
  oldAliases: { 'image rm': 'rm, remove' },
  usage: '[OPTIONS] IMAGE [IMAGE...]',
  summary: 'Remove one or more images',
  operands: { least: 1 },
  flags,
  *run(invocation) {
    const api = yield* invocation.api('/_ping')
    const errors: string[] = []
    for (const name of invocation.operands) {
      const error = yield* removeOne(invocation, name, () =>
        api.imageRemove(invocation.system, name, { force: invocation.flags.bool('force') }),
      )
      if (error === undefined) continue
      if (invocation.flags.bool('force') && error.missing) yield* invocation.err(`${error.message}\n`)
      else errors.push(error.message)
    }
    if (errors.length > 0) throw new StatusError(errors.join('\n'))
    return 0
  },
}

function* removeOne(
  invocation: Invocation,
  name: string,
  remove: () => Program<readonly ({ Untagged: string } | { Deleted: string })[]>,
): Program<{ message: string; missing: boolean } | undefined> {
  try {
    for (const item of yield* invocation.about('image', name, remove())) {
      yield* invocation.out('Untagged' in item ? `Untagged: ${item.Untagged}\n` : `Deleted: ${item.Deleted}\n`)
    }
    return undefined
  } catch (error) {
    return { message: errorMessage(error), missing: isMissing(error) }
  }
}
