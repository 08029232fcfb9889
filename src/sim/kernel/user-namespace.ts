// User namespaces, user_namespaces(7): ids are other numbers inside, and who is root in there may rule what it owns.
import { type Capability, hasCapability } from './credentials.ts'
import type { UserNamespace } from './namespaces.ts'
import type { Process } from './process.ts'
import { SystemCallError } from './system.ts'

export type IdKind = 'uid' | 'gid'

/** A line of a map: the first id inside, the first one in the parent namespace, how many. */
interface Range {
  readonly inside: number
  readonly outside: number
  readonly count: number
}

/** What an id that the namespace does not map is seen as, kernel.overflowuid. */
export const overflowId = 65_534

const maps = new WeakMap<UserNamespace, Map<IdKind, readonly Range[]>>()

/** The ranges of a namespace; the initial one maps all ids to themselves, a new one none until they are written. */
export function rangesOf(namespace: UserNamespace, kind: IdKind): readonly Range[] {
  if (namespace.parent === undefined) return [{ inside: 0, outside: 0, count: 4_294_967_295 }]
  return maps.get(namespace)?.get(kind) ?? []
}

/** Writes a map, once. @throws EPERM when it was written before; EINVAL when it is no table of three numbers */
export function writeRanges(namespace: UserNamespace, kind: IdKind, text: string): void {
  const known = maps.get(namespace) ?? new Map<IdKind, readonly Range[]>()
  if (namespace.parent === undefined || known.has(kind)) throw new SystemCallError('EPERM')
  if (!/^(\s*\d+\s+\d+\s+\d+\s*\n?)+$/.test(text)) throw new SystemCallError('EINVAL')
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const ranges = lines.map((line) => {
    const [inside = 0, outside = 0, count = 0] = line.trim().split(/\s+/).map(Number)
    return { inside, outside, count }
  })
  maps.set(namespace, known.set(kind, ranges))
}

/** An id of the machine as it is seen in a namespace. */
export function seenId(namespace: UserNamespace, kind: IdKind, id: number): number {
  if (namespace.parent === undefined) return id
  const outer = seenId(namespace.parent, kind, id)
  const range = rangesOf(namespace, kind).find(({ outside, count }) => outer >= outside && outer < outside + count)
  return range === undefined ? overflowId : range.inside + outer - range.outside
}

/** The machine's id for one that is given inside a namespace; -1 stays -1. @throws EINVAL when it is not mapped */
export function machineId(namespace: UserNamespace, kind: IdKind, id: number): number {
  if (namespace.parent === undefined || id === -1) return id
  const range = rangesOf(namespace, kind).find(({ inside, count }) => id >= inside && id < inside + count)
  if (range === undefined) throw new SystemCallError('EINVAL')
  return machineId(namespace.parent, kind, range.outside + id - range.inside)
}

/** Whether a process has a capability over what `owner` owns: everywhere, or as the root of a user namespace of its own. */
export function isCapable(process: Process, capability: Capability, owner: UserNamespace | undefined): boolean {
  if (hasCapability(process.credentials, capability)) return true
  const own = process.namespaces.user
  if (own.parent === undefined || seenId(own, 'uid', process.credentials.uid.effective) !== 0) return false
  for (let each = owner; each !== undefined; each = each.parent) if (each === own) return true
  return false
}

/** @throws EPERM */
export function requireCapability(process: Process, capability: Capability, owner: UserNamespace | undefined): void {
  if (!isCapable(process, capability, owner)) throw new SystemCallError('EPERM')
}
