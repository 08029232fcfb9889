// Who a container's process is: its user and groups looked up in the container's own /etc/passwd and /etc/group.
import { EngineError } from './errors.ts'
import type { DockerParameters } from './versions.ts'
import { capabilityBits, type Capability, type Credentials } from '../kernel/credentials.ts'

/** The capabilities that a container has if nothing else is said: `00000000a80425fb`. */
const defaultCapabilities = 0xa80425fbn
const all = (1n << 41n) - 1n
const largestId = 2_147_483_647

export interface User {
  readonly uid: number
  readonly gid: number
  readonly groups: readonly number[]
  readonly home: string
}

/** Where users and groups are looked for. */
export interface Lookup {
  readonly passwd: string
  readonly group: string
  /** Of --group-add. */
  readonly extraGroups: readonly string[]
  readonly words: DockerParameters['errorTexts']
}

/**
 * @param user `nobody`, `1000`, `1000:1000`, `nobody:games` or empty for root
 * @throws EngineError when a name is in neither file
 */
export function lookUpUser(user: string, { passwd, group, extraGroups, words }: Lookup): User {
  const [userPart = '', ...rest] = user.split(':')
  const groupPart = words === '28.5' ? rest.join(':') : (rest[0] ?? '')
  const wanted = userPart === '' ? '0' : userPart
  const users = rows(passwd)
  const groups = rows(group)
  const row = users.find(([name, , uid]) => name === wanted || uid === wanted)
  if (/^\d+$/.test(wanted) && Number(wanted) > largestId) {
    throw new EngineError(400, 'uids and gids must be in range 0-2147483647')
  }
  if (row === undefined && !/^\d+$/.test(wanted)) {
    throw new EngineError(400, `unable to find user ${wanted}: no matching entries in passwd file`)
  }
  const uid = Number(row?.[2] ?? wanted)
  const gid = groupPart === '' ? Number(row?.[3] ?? 0) : groupNumber(groups, groupPart)
  const name = row?.[0]
  const member =
    groupPart === '' && name !== undefined ? groups.filter((each) => each[3]?.split(',').includes(name)) : []
  const added = extraGroups.map((each) => groupNumber(groups, each, words === '28.5' ? 'unable' : 'Unable'))
  return {
    uid,
    gid,
    groups: [...new Set([gid, ...member.map((each) => Number(each[2])), ...added])].toSorted((a, b) => a - b),
    home: row?.[5] === undefined || row[5] === '' ? '/' : row[5],
  }
}

function rows(text: string): string[][] {
  return text
    .split('\n')
    .filter((line) => line.includes(':'))
    .map((line) => line.split(':'))
}

function groupNumber(groups: readonly string[][], wanted: string, unable = 'unable'): number {
  const row = groups.find(([name, , gid]) => name === wanted || gid === wanted)
  if (row !== undefined) return Number(row[2])
  if (/^\d+$/.test(wanted)) return Number(wanted)
  throw new EngineError(400, `${unable} to find group ${wanted}: no matching entries in group file`)
}

/** What the process may do. Only root keeps the capabilities as its own; for others they bound what setuid programs get. */
export function credentialsFor(
  user: User,
  options: {
    privileged: boolean
    capAdd: readonly string[]
    capDrop: readonly string[]
    bounding: bigint
    /** --security-opt */
    security?: readonly string[]
  },
): Credentials {
  const set = capabilitySet(options) & options.bounding
  const { security = [] } = options
  const own = user.uid === 0 ? set : 0n
  const ids = (id: number) => ({ real: id, effective: id, saved: id })
  return {
    uid: ids(user.uid),
    gid: ids(user.gid),
    groups: user.groups,
    capabilities: { permitted: own, effective: own, bounding: set },
    noNewPrivileges: security.some((each) => /^no-new-privileges([=:]true)?$/.test(each)),
    seccomp: options.privileged || security.some((each) => /^seccomp[=:]unconfined$/.test(each)) ? 0 : 2,
  }
}

function capabilitySet(options: {
  privileged: boolean
  capAdd: readonly string[]
  capDrop: readonly string[]
}): bigint {
  if (options.privileged) return all
  const added = options.capAdd.map(capabilityBit)
  const dropped = options.capDrop.map(capabilityBit)
  const start = options.capDrop.some(isAll) ? 0n : options.capAdd.some(isAll) ? all : defaultCapabilities
  const plus = added.reduce((set, bit) => set | bit, start)
  return dropped.reduce((set, bit) => set & ~bit, plus)
}

function isAll(name: string): boolean {
  return name.toUpperCase() === 'ALL'
}

/** The full name of a capability that there is not; undefined for one that there is. */
export function unknownCapability(name: string): string | undefined {
  const key = name.toUpperCase().replace(/^CAP_/, '')
  return isAll(name) || key in capabilityBits ? undefined : `CAP_${key}`
}

function capabilityBit(name: string): bigint {
  if (isAll(name)) return 0n
  const key = name.toUpperCase().replace(/^CAP_/, '')
  if (!(key in capabilityBits)) throw new EngineError(400, `invalid capability: "CAP_${key}"`)
  return 1n << BigInt(capabilityBits[key as Capability])
}

/**
 * The process's variables: PATH and, if there is one, HOSTNAME; TERM with a terminal, then what is configured; HOME last, as runc adds it.
 */
export function environmentFor(
  configured: readonly string[],
  options: { hostname: string | undefined; tty: boolean; home: string },
): Map<string, string> {
  const environment = new Map([['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin']])
  if (options.hostname !== undefined) environment.set('HOSTNAME', options.hostname)
  if (options.tty) environment.set('TERM', 'xterm')
  for (const entry of configured) {
    const equals = entry.indexOf('=')
    if (equals > 0) environment.set(entry.slice(0, equals), entry.slice(equals + 1))
  }
  if (!environment.has('HOME')) environment.set('HOME', options.home)
  return environment
}
