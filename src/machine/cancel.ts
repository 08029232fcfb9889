// Finds and kills what a run has started, also what has left its process group, its session or its parent.
import { type ProcessEntry, holdsAny, listProcesses, markerOf } from './processes.ts'

/** By what the processes of a run, or of a whole session, are known. */
export interface Quarry {
  /** PIDs of the shells: their descendants are meant, not they themselves. */
  shells: readonly number[]
  /** The markers of its processes begin with this. */
  marker: string
  /** The run's output channels: who holds one is meant. */
  channels: ReadonlySet<string>
  /** Children, or process groups of children, that the shells had before: they and what comes from them are not meant. */
  older: ReadonlySet<number>
}

const milliseconds = { pollEvery: 10, graceAfterTerm: 300, stuckAfter: 300, giveUp: 5000 }

/**
 * Ends all of the quarry: SIGTERM first, so that a client can tell its server, SIGKILL after a grace time. Looks again
 * until nothing is left and `done` holds, since what is not dead yet may still fork.
 *
 * @param stuck is called again and again when nothing is left to kill and `done` still does not hold; with whether this
 *   has lasted for long
 * @returns whether all are gone
 */
export async function hunt(
  quarry: Quarry,
  done: () => boolean = () => true,
  stuck: (long: boolean) => void = () => {},
): Promise<boolean> {
  const started = Date.now()
  const warned = new Set<number>()
  let quietSince: number | undefined
  for (;;) {
    const found = await findQuarry(quarry)
    if (found.length === 0 && done()) return true
    const now = Date.now()
    if (now - started > milliseconds.giveUp) return false
    for (const { pid } of found) {
      if (now - started >= milliseconds.graceAfterTerm) send(pid, 'SIGKILL')
      else if (!warned.has(pid)) {
        warned.add(pid)
        send(pid, 'SIGTERM')
        send(pid, 'SIGCONT')
      }
    }
    quietSince = found.length === 0 ? (quietSince ?? now) : undefined
    const quiet = quietSince === undefined ? 0 : now - quietSince
    if (quiet > milliseconds.stuckAfter) stuck(quiet > 2 * milliseconds.stuckAfter)
    await new Promise((resolve) => setTimeout(resolve, milliseconds.pollEvery))
  }
}

/** Sends a signal to a process that may be gone already. Returns whether it was there. */
export function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}

async function findQuarry(quarry: Quarry): Promise<ProcessEntry[]> {
  const processes = await listProcesses()
  const byPid = new Map(processes.map((entry) => [entry.pid, entry]))
  return processes.filter((entry) => {
    if (entry.pid === process.pid || quarry.shells.includes(entry.pid)) return false
    const marker = markerOf(entry.pid)
    if (marker?.startsWith(quarry.marker)) return true
    if (holdsAny(entry.pid, quarry.channels)) return true
    return isYoungDescendant(entry, quarry, byPid)
  })
}

/** Whether the line of parents leads to a shell, and through none of its older children. */
function isYoungDescendant(entry: ProcessEntry, quarry: Quarry, byPid: ReadonlyMap<number, ProcessEntry>): boolean {
  for (let at: ProcessEntry | undefined = entry; at !== undefined; at = byPid.get(at.ppid)) {
    if (quarry.older.has(at.pid) || quarry.older.has(at.pgid)) return false
    if (quarry.shells.includes(at.ppid)) return true
  }
  return false
}
