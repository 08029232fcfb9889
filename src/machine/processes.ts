// The system's processes, as far as killing needs them: who is whose child, and which bear a run's marks.
import { readFileSync, readdirSync, readlinkSync } from 'node:fs'
import { $ } from 'zx'
import { markerVariable } from './driver.ts'

export interface ProcessEntry {
  pid: number
  ppid: number
  /** Process group. */
  pgid: number
  /** One letter, as ps(1) prints it. */
  state: string
  /** When it was started, in the system's own unit; tells a process from a later one with its PID. */
  started: string
}

/** All processes that are not zombies: from /proc on Linux, from ps(1) elsewhere. */
export async function listProcesses(): Promise<ProcessEntry[]> {
  const all = process.platform === 'linux' ? fromProc() : await fromPs()
  return all.filter((entry) => !/^[ZX]/.test(entry.state))
}

function fromProc(): ProcessEntry[] {
  const entries: ProcessEntry[] = []
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const stat = readProc(`/proc/${name}/stat`)
    // proc_pid_stat(5): the name in parentheses may hold blanks and parentheses itself.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [state = '', ppid, pgid] = fields
    const started = fields[19] ?? ''
    if (state !== '') entries.push({ pid: Number(name), ppid: Number(ppid), pgid: Number(pgid), state, started })
  }
  return entries
}

// Not tried on macOS yet: written after ps(1) there.
async function fromPs(): Promise<ProcessEntry[]> {
  const { stdout } = await $({ quiet: true, nothrow: true })`ps -A -o pid=,ppid=,pgid=,stat=,lstart=`
  return stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields.length > 4)
    .map(([pid, ppid, pgid, state = '', ...lstart]) => ({
      pid: Number(pid),
      ppid: Number(ppid),
      pgid: Number(pgid),
      state,
      started: lstart.join(' '),
    }))
}

/** A process's children, as PIDs, by proc_pid_task(5); empty where there is no such file. */
export function childrenOf(pid: number): number[] {
  return pidsIn(`/proc/${pid}/task/${pid}/children`)
}

/** The numbers in a file, which need not exist. */
export function pidsIn(path: string): number[] {
  return readProc(path)
    .split(/\s+/)
    .filter((word) => word !== '')
    .map(Number)
}

/** The marker that a process was started with, or undefined; only Linux tells. */
export function markerOf(pid: number): string | undefined {
  const prefix = `${markerVariable}=`
  const found = readProc(`/proc/${pid}/environ`)
    .split('\0')
    .find((entry) => entry.startsWith(prefix))
  return found?.slice(prefix.length)
}

/** Whether a process has one of these files open; only Linux tells. */
export function holdsAny(pid: number, paths: ReadonlySet<string>): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => paths.has(readLink(`/proc/${pid}/fd/${fd}`)))
  } catch {
    return false
  }
}

// A process may end, or not be ours to look at, between any two steps.
function readProc(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function readLink(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}
