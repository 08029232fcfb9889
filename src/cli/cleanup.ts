// `pause-lab cleanup`: lists what lessons have left on this machine, asks, and removes exactly that.
import { cleanup, type Leftover, listLeftovers } from '../machine/cleanup.ts'
import { CliError, UsageError } from './errors.ts'
import type { CliIo } from './io.ts'
import type { Parsed } from './options.ts'

export async function run(parsed: Parsed, io: CliIo): Promise<number> {
  const leftovers = await orExplain(listLeftovers())
  if (leftovers.length === 0) {
    io.write('Nothing that a lesson made is left here.\n')
    return 0
  }
  io.write('Lessons have left here:\n')
  for (const leftover of leftovers) io.write(`  ${lineOf(leftover)}\n`)
  if (!parsed.values.has('yes')) {
    if (!io.inputIsTerminal) throw new UsageError('there is no terminal to ask in; --yes removes all that is listed')
    const answer = await io.readLine('Remove them? [y/N] ')
    if (!/^y/i.test(answer ?? '')) return 0
  }
  const { removed, failed } = await orExplain(cleanup())
  for (const leftover of removed) io.write(`removed ${lineOf(leftover)}\n`)
  for (const { reason, ...leftover } of failed)
    io.writeError(`pause-lab: not removed: ${lineOf(leftover)}: ${reason}\n`)
  return failed.length === 0 ? 0 : 1
}

function lineOf({ kind, name, id }: Leftover): string {
  const short = id.replace(/^sha256:/, '').slice(0, 12)
  return name === id ? `${kind} ${name}` : `${kind} ${name} (${short})`
}

async function orExplain<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw new CliError(error instanceof Error ? error.message : String(error), { cause: error })
  }
}
