// Removes exactly what lessons have made: found by label, removed by id. Nothing is ever pruned.
import { type LessonNamespace, listNamespaces, removeNamespace } from './cluster.ts'
import { docker } from './docker.ts'
import { MachineError } from './errors.ts'
import { imageLabel, ours, sessionLabel } from './labels.ts'

export interface Leftover {
  /** A namespace is one of Kubernetes, with all that is in it. */
  kind: 'container' | 'network' | 'volume' | 'image' | 'namespace'
  id: string
  name: string
  /** For a namespace, the context of kubectl that leads to it. */
  context?: string
}

export interface CleanupReport {
  removed: readonly Leftover[]
  /** What docker or the cluster refused to remove, and its words. */
  failed: readonly (Leftover & { reason: string })[]
}

interface Row {
  kind: Exclude<Leftover['kind'], 'namespace'>
  /** Prints `ID NAME` a line. */
  list: readonly string[]
  remove: readonly string[]
  /** Says that somebody else has removed it in the meantime. */
  gone: RegExp
}

// Containers first: they hold the networks, volumes and images.
const rows: readonly Row[] = [
  {
    kind: 'container',
    list: ['ps', '--all', '--no-trunc', '--format', '{{.ID}} {{.Names}}'],
    remove: ['rm', '--force', '--volumes'],
    gone: /no such container|is already in progress/i,
  },
  {
    kind: 'network',
    list: ['network', 'ls', '--no-trunc', '--format', '{{.ID}} {{.Name}}'],
    remove: ['network', 'rm'],
    gone: /no such network|not found/i,
  },
  {
    kind: 'volume',
    list: ['volume', 'ls', '--format', '{{.Name}} {{.Name}}'],
    remove: ['volume', 'rm'],
    gone: /no such volume/i,
  },
  {
    kind: 'image',
    list: ['image', 'ls', '--no-trunc', '--format', '{{.ID}} {{.Repository}}:{{.Tag}}'],
    // Not by force: an image that has other names too, or that a container of the learner's uses, stays.
    remove: ['image', 'rm'],
    gone: /no such image/i,
  },
]

/**
 * What cleanup would remove, in its order.
 *
 * @param sessionId only what that session has made in docker; without it, what any session has made, namespaces too
 * @throws MachineError when docker cannot be used, unless there is something in the cluster
 */
export async function listLeftovers(sessionId?: string): Promise<Leftover[]> {
  const namespaces = sessionId === undefined ? (await listNamespaces()).map(leftoverOf) : []
  try {
    return [...namespaces, ...(await listInDocker(sessionId))]
  } catch (error) {
    if (error instanceof MachineError && namespaces.length > 0) return namespaces
    throw error
  }
}

function leftoverOf({ name, context }: LessonNamespace): Leftover {
  return { kind: 'namespace', id: name, name, context }
}

async function listInDocker(sessionId: string | undefined): Promise<Leftover[]> {
  const leftovers: Leftover[] = []
  for (const row of rows) {
    const { stdout } = await docker(...row.list, '--filter', `label=${labelFor(row.kind, sessionId)}`)
    const lines = stdout.split('\n').filter((line) => line !== '')
    for (const line of new Set(lines)) {
      const [id = '', name = ''] = line.split(' ')
      leftovers.push({ kind: row.kind, id, name })
    }
  }
  return leftovers
}

/** Removes it, and says what it has removed. To call it twice is right: the second time there is nothing. */
export async function cleanup(sessionId?: string): Promise<CleanupReport> {
  const removed: Leftover[] = []
  const failed: (Leftover & { reason: string })[] = []
  for (const leftover of await listLeftovers(sessionId)) {
    const { exitCode, stderr, gone } = await remove(leftover)
    if (exitCode === 0) removed.push(leftover)
    else if (!gone.test(stderr)) failed.push({ ...leftover, reason: stderr.trim() })
  }
  return { removed, failed }
}

async function remove(leftover: Leftover): Promise<{ exitCode: number; stderr: string; gone: RegExp }> {
  const { kind, id, name, context = '' } = leftover
  if (kind === 'namespace') return { ...(await removeNamespace({ name, context })), gone: /NotFound/ }
  const row = rows.find((each) => each.kind === kind)
  return { ...(await docker(...(row?.remove ?? []), id)), gone: row?.gone ?? /^$/ }
}

function labelFor(kind: Leftover['kind'], sessionId: string | undefined): string {
  if (kind === 'image') return sessionId === undefined ? imageLabel : `${imageLabel}=${sessionId}`
  return sessionId === undefined ? `${ours.name}=${ours.value}` : `${sessionLabel}=${sessionId}`
}
