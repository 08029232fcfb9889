// /proc/PID/uid_map and gid_map, user_namespaces(7).
import type { UserNamespace } from './namespaces.ts'
import type { Process } from './process.ts'
import { type IdKind, rangesOf, writeRanges } from './user-namespace.ts'

/** Three columns: first id inside, first id outside, how many. */
export function mapText(namespace: UserNamespace, kind: IdKind): string {
  const rows = rangesOf(namespace, kind).map(({ inside, outside, count }) => [inside, outside, count])
  return rows.map((row) => `${row.map((number) => String(number).padStart(10)).join(' ')}\n`).join('')
}

/** A map is written once. */
export function setMap(kind: IdKind) {
  return ({ namespaces: { user } }: Process, text: string): void => writeRanges(user, kind, text)
}
