// What crictl's commands share: finding what an id means, the words in which it fails, ages, tables.
import { tableText } from '../../text/columns.ts'
import { humanDuration } from '../../text/duration.ts'
import type { Invocation } from '../containerd/command-line.ts'
import { criContainers, podSandboxes } from '../containerd/cri.ts'
import type { Container } from '../docker/container.ts'
import type { Program } from '../kernel/system.ts'
import { writeOut } from '../programs/stdio.ts'

/** Ends crictl: logged at level fatal, exit code 1. */
export class CrictlError extends Error {}

const layout = { minimumWidth: 20, padding: 3 }

export function* printTable({ system }: Invocation, rows: readonly (readonly string[])[]): Program<number> {
  yield* writeOut(system, tableText(rows, layout))
  return 0
}

/** The 13 characters of an id that tables show. */
export function shortId(id: string): string {
  return id.replace(/^sha256:/, '').slice(0, 13)
}

/** `3 minutes ago`. @param time microseconds since the epoch */
export function ago({ engine }: Invocation, time: number): string {
  return `${humanDuration(Math.max(0, (engine.daemon.now() - time) / 1e6))} ago`
}

/** By an id or its beginning. @throws CrictlError in the words of containerd, after what was being done */
export function findContainer({ engine }: Invocation, id: string, doing: (id: string) => string): Container {
  const found = onlyOne(criContainers(engine.daemon), id)
  if (found !== undefined) return found
  const reason =
    engine.daemon.profile.name === 'cri-o'
      ? `could not find container ${JSON.stringify(id)}: container with ID starting with ${id} not found: ID does not exist`
      : `an error occurred when try to find container ${JSON.stringify(id)}: not found`
  throw new CrictlError(`${doing(id)}: rpc error: code = NotFound desc = ${reason}`)
}

/** The same for a sandbox. */
export function findSandbox({ engine }: Invocation, id: string, doing: (id: string) => string): Container {
  const found = onlyOne(podSandboxes(engine.daemon), id)
  if (found !== undefined) return found
  const reason =
    engine.daemon.profile.name === 'cri-o'
      ? `could not find pod ${JSON.stringify(id)}: PodSandbox with ID starting with ${id} not found: ID does not exist`
      : 'an error occurred when try to find sandbox: not found'
  throw new CrictlError(`${doing(id)}: rpc error: code = NotFound desc = ${reason}`)
}

function onlyOne(all: readonly Container[], id: string): Container | undefined {
  const matching = id === '' ? [] : all.filter((each) => each.id.startsWith(id))
  return matching.length === 1 ? matching[0] : undefined
}

/** The ids that a command was given. @throws CrictlError when there is none */
export function idsOf({ operands }: Invocation): readonly string[] {
  if (operands.length === 0) throw new CrictlError('ID cannot be empty')
  return operands
}
