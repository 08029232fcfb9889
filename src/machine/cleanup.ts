// Removes from docker exactly what lessons have made: found by label, removed by id. Nothing is ever pruned.
import { docker } from './docker.ts'
import { imageLabel, ours, sessionLabel } from './labels.ts'

export interface Leftover {
  kind: 'container' | 'network' | 'volume' | 'image'
  id: string
  name: string
}

export interface CleanupReport {
  removed: readonly Leftover[]
  /** What docker refused to remove, and its words. */
  failed: readonly (Leftover & { reason: string })[]
}

interface Row {
  kind: Leftover['kind']
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
 * @param sessionId only what that session has made; without it, what any session has made
 * @throws MachineError when docker cannot be used
 */
export async function listLeftovers(sessionId?: string): Promise<Leftover[]> {
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
    const row = rows.find(({ kind }) => kind === leftover.kind)
    const { exitCode, stderr } = await docker(...(row?.remove ?? []), leftover.id)
    if (exitCode === 0) removed.push(leftover)
    else if (!row?.gone.test(stderr)) failed.push({ ...leftover, reason: stderr.trim() })
  }
  return { removed, failed }
}

function labelFor(kind: Leftover['kind'], sessionId: string | undefined): string {
  if (kind === 'image') return sessionId === undefined ? imageLabel : `${imageLabel}=${sessionId}`
  return sessionId === undefined ? `${ours.name}=${ours.value}` : `${sessionLabel}=${sessionId}`
}
