// `docker export`: all files of a container as a tar archive.
import { type Program, SystemCallError } from '../kernel/system.ts'
import { writeAll } from '../programs/stdio.ts'
import { statOf } from './archive.ts'
import type { Command } from './command.ts'
import { StatusError } from './errors.ts'
import { type FlagDefinition, string } from './flag-types.ts'
import type { Invocation } from './invocation.ts'
import { writeTar } from './tar.ts'

export const outputFlag: FlagDefinition = {
  name: 'output',
  shorthand: 'o',
  type: string,
  usage: 'Write to a file, instead of STDOUT',
}

export const exportCommand: Command = {
  names: ['container export', 'export'],
  usage: '[OPTIONS] CONTAINER',
  summary: "Export a container's filesystem as a tar archive",
  operands: { least: 1, most: 1 },
  flags: [outputFlag],
  *run(invocation) {
    yield* checkOutput(invocation, 'failed to export container')
    const api = yield* invocation.api('/_ping')
    const entries = yield* api.containerExport(invocation.system, invocation.operand(0))
    return yield* writeOutput(invocation, writeTar(entries))
  },
}

/** @throws StatusError when the directory of --output is not there, or stdout is a terminal */
export function* checkOutput({ flags, system, release }: Invocation, failure: string): Program<void> {
  const path = flags.text('output')
  if (path === '') {
    if (yield* system.isatty(1))
      throw new StatusError('cowardly refusing to save to a terminal. Use the -o flag or redirect')
    return
  }
  const directory = path.replace(/\/*[^/]*$/, '') || (path.startsWith('/') ? '/' : '.')
  if ((yield* statOf(system, directory))?.type === 'directory') return
  const why =
    release === '28.5'
      ? `stat ${directory}: no such file or directory`
      : `directory ${JSON.stringify(directory)} does not exist`
  throw new StatusError(`${failure}: invalid output path: ${why}`)
}

/** To the file of --output, or to stdout. */
export function* writeOutput({ flags, system }: Invocation, bytes: Uint8Array): Program<number> {
  const path = flags.text('output')
  try {
    const fd = path === '' ? 1 : yield* system.open(path, ['WRONLY', 'CREAT', 'TRUNC'], 0o600)
    yield* writeAll(system, fd, bytes)
    if (fd !== 1) yield* system.close(fd)
    return 0
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    const why = `${error.message.charAt(0).toLowerCase()}${error.message.slice(1)}`
    throw new StatusError(`write ${path === '' ? '/dev/stdout' : path}: ${why}`)
  }
}
