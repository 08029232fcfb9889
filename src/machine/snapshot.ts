// One picture of this machine for the x-ray: processes from /proc, containers from `docker inspect`. What this user may not
// read is left out; nothing needs more rights than the learner has.
import { readFileSync, readdirSync, readlinkSync } from 'node:fs'
import type { Snapshot, SnapshotContainer, SnapshotProcess } from '../xray/snapshot.ts'
import { docker } from './docker.ts'
import { MachineError } from './errors.ts'

/** Processes are those of Linux only: elsewhere the containers run in a virtual machine that is not seen from here. */
export async function takeSnapshot(procRoot = '/proc'): Promise<Snapshot> {
  const containers = await readContainers()
  return { time: Date.now(), processes: readProcesses(procRoot), containers }
}

/** All processes that `procRoot`, a tree as proc(5) has it, tells of. One that ends meanwhile is left out. */
export function readProcesses(procRoot: string): SnapshotProcess[] {
  const pids = namesIn(procRoot).filter((name) => /^\d+$/.test(name))
  return pids
    .map(Number)
    .toSorted((a, b) => a - b)
    .map((pid) => readProcess(procRoot, pid))
    .filter((entry) => entry !== undefined)
}

function readProcess(procRoot: string, pid: number): SnapshotProcess | undefined {
  const directory = `${procRoot}/${pid}`
  const status = statusFields(textOf(`${directory}/status`))
  const comm = status.get('Name')
  if (comm === undefined) return undefined
  const container = containerOf(textOf(`${directory}/cgroup`))
  return {
    pid,
    ppid: Number(status.get('PPid')),
    state: status.get('State')?.slice(0, 1) ?? '?',
    comm,
    cmdline: textOf(`${directory}/cmdline`)
      .replace(/\0$/, '')
      .split('\0')
      .filter((word, at) => word !== '' || at > 0),
    nspid: (status.get('NSpid') ?? String(pid)).split('\t').map(Number),
    namespaces: namespacesOf(`${directory}/ns`),
    ...(container === undefined ? {} : { container }),
  }
}

/** proc_pid_status(5): `Name:<tab>value` a line. */
function statusFields(text: string): Map<string, string> {
  const fields = text
    .split('\n')
    .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)] as const)
  return new Map(fields.filter(([name]) => name !== ''))
}

/** The links of /proc/PID/ns, `net:[4026531840]`; namespaces(7). */
function namespacesOf(directory: string): Record<string, number> {
  const namespaces: Record<string, number> = {}
  for (const name of namesIn(directory)) {
    const inode = /\[(\d+)\]$/.exec(linkOf(`${directory}/${name}`))?.[1]
    if (inode !== undefined) namespaces[name] = Number(inode)
  }
  return namespaces
}

/** docker names a container's control group for its id, with cgroup v1 and v2, and with systemd (`docker-ID.scope`). */
function containerOf(cgroup: string): string | undefined {
  return /[/-]([0-9a-f]{64})(\.scope)?$/m.exec(cgroup)?.[1]
}

const columns = [
  '.Id',
  '.Name',
  '.Config.Image',
  '.State.Status',
  '.State.Pid',
  '.HostConfig.NetworkMode',
  '.NetworkSettings.Networks',
]

/** All containers, also those that do not run; none where docker cannot be used. */
async function readContainers(): Promise<SnapshotContainer[]> {
  try {
    const { stdout: ids } = await docker('ps', '--all', '--quiet', '--no-trunc')
    const list = ids.split('\n').filter((id) => id !== '')
    if (list.length === 0) return []
    const format = `[${columns.map((column) => `{{json ${column}}}`).join(',')}]`
    const { stdout } = await docker('container', 'inspect', '--format', format, ...list)
    return stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => containerFrom(JSON.parse(line)))
  } catch (error) {
    if (error instanceof MachineError) return []
    throw error
  }
}

type InspectRow = [string, string, string, string, number, string, Record<string, { IPAddress?: string }> | null]

function containerFrom([id, name, image, status, pid, networkMode, networks]: InspectRow): SnapshotContainer {
  const addresses: Record<string, string> = {}
  for (const [network, { IPAddress = '' }] of Object.entries(networks ?? {})) {
    if (IPAddress !== '') addresses[network] = IPAddress
  }
  return { id, name: name.replace(/^\//, ''), image, status, pid, networkMode, addresses }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}

function namesIn(path: string): string[] {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}
