// /proc/PID/uid_map and gid_map, user_namespaces(7).
import type { UserNamespace } from './namespaces.ts'
import type { Process } from './process.ts'
import { SystemCallError } from './system.ts'

const maps = new WeakMap<UserNamespace, Map<'uid' | 'gid', string>>()

/** user_namespaces(7): inside, outside, count. The initial namespace maps all ids; another what was written, once. */
export function mapText(namespace: UserNamespace, kind: 'uid' | 'gid'): string {
  const text = namespace.parent ? (maps.get(namespace)?.get(kind) ?? '') : '0 0 4294967295'
  const rows = text.split('\n').filter((row) => row.trim() !== '')
  return rows
    .map(
      (row) =>
        `${row
          .trim()
          .split(/\s+/)
          .map((number) => number.padStart(10))
          .join(' ')}\n`,
    )
    .join('')
}

/** A map is written once. */
export function setMap(kind: 'uid' | 'gid') {
  return ({ namespaces: { user } }: Process, text: string): void => {
    const known = maps.get(user) ?? new Map<'uid' | 'gid', string>()
    if (!user.parent || known.has(kind)) throw new SystemCallError('EPERM')
    if (!/^(\s*\d+\s+\d+\s+\d+\s*\n?)+$/.test(text)) throw new SystemCallError('EINVAL')
    maps.set(user, known.set(kind, text))
  }
}
