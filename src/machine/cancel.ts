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

const milliseconds = { pollEvery: 10, graceAfterTerm: 300, stuckAfter: 300, mayForkFor: 700, giveUp: 5000 }

/**
 * Ends all of the quarry: SIGTERM first, so that a client can tell its server, SIGKILL after a grace time. Looks again
 * until nothing is left and `done` holds, since what is not dead yet may still fork.
 *
 * @param stuck is called when `done` still does not hold although nothing is left to kill, or ever new processes come;
 *   once, and once more, `long`, if it has not helped
 * @returns whether all are gone
 */
export async function hunt(
  quarry: Quarry,
  done: () => boolean = () => true,
  stuck: (long: boolean) => void = () => {},
): Promise<boolean> {
  const started = Date.now()
  // By PID, when it was started. A process that is dying has lost its marks already, and is not gone yet.
  const known = new Map<number, string>()
  const calls = [false, true]
  let lastSeen = started
  for (;;) {
    const found = await findQuarry(quarry, known)
    if (found.length === 0 && done()) return true
    const now = Date.now()
    if (now - started > milliseconds.giveUp) return false
    for (const entry of found) {
      if (now - started >= milliseconds.graceAfterTerm) send(entry.pid, 'SIGKILL')
      else if (known.get(entry.pid) !== entry.started) {
        send(entry.pid, 'SIGTERM')
        send(entry.pid, 'SIGCONT')
      }
      known.set(entry.pid, entry.started)
    }
    if (found.length > 0) lastSeen = now
    const [long] = calls
    const stuckFor = Math.max(now - lastSeen, now - started - milliseconds.mayForkFor)
    if (long !== undefined && !done() && stuckFor > milliseconds.stuckAfter * (long ? 3 : 1)) {
      calls.shift()
      stuck(long)
    }
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

async function findQuarry(quarry: Quarry, known: ReadonlyMap<number, string>): Promise<ProcessEntry[]> {
  const processes = await listProcesses()
  const byPid = new Map(processes.map((entry) => [entry.pid, entry]))
  return processes.filter((entry) => {
    if (entry.pid === process.pid || quarry.shells.includes(entry.pid)) return false
    if (known.get(entry.pid) === entry.started) return true
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
