// `docker import`: an image of a tar archive.
import { type Program, SystemCallError } from '../kernel/system.ts'
import { readAll, readFile } from '../programs/stdio.ts'
import type { Command } from './command.ts'
import { StatusError } from './errors.ts'
import { list, string } from './flag-types.ts'
import type { Invocation } from './invocation.ts'
import { readTar } from './tar.ts'

export const importCommand: Command = {
  names: ['image import', 'import'],
  usage: '[OPTIONS] file|URL|- [REPOSITORY[:TAG]]',
  summary: 'Import the contents from a tarball to create a filesystem image',
  operands: { least: 1 },
  flags: [
    { name: 'change', shorthand: 'c', type: list, usage: 'Apply Dockerfile instruction to the created image' },
    { name: 'message', shorthand: 'm', type: string, usage: 'Set commit message for imported image' },
    { name: 'platform', type: string, usage: 'Set platform if server is multi-platform capable', noEffect: true },
  ],
  *run(invocation) {
    const { flags, system } = invocation
    const [source = '', reference] = invocation.operands
    if (/^https?:\/\//.test(source)) {
      throw new StatusError(`docker import: the simulated machine has no network to fetch ${source} from`)
    }
    const bytes = yield* bytesOf(invocation, source)
    const api = yield* invocation.api('/_ping')
    let entries
    try {
      entries = readTar(bytes)
    } catch (error) {
      throw new StatusError(`Error response from daemon: ${(error as Error).message}`)
    }
    const id = yield* api.imageImport(system, entries, {
      ...(reference !== undefined && { reference }),
      ...(flags.changed('message') && { message: flags.text('message') }),
      changes: flags.list('change'),
    })
    yield* invocation.out(`${id}\n`)
    return 0
  },
}

function* bytesOf({ system }: Invocation, source: string): Program<Uint8Array> {
  if (source === '-') return yield* readAll(system, 0)
  try {
    return yield* readFile(system, source)
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    throw new StatusError(`open ${source}: ${error.message.charAt(0).toLowerCase()}${error.message.slice(1)}`)
  }
}
