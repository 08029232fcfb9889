// Who may do what with a file: mode bits and the capabilities that stand above them, path_resolution(7), capabilities(7).
import { hasCapability } from './credentials.ts'
import type { Process } from './process.ts'
import { SystemCallError } from './system.ts'
import type { DirectoryInode, Inode } from './vfs.ts'

export type Access = 'R' | 'W' | 'X'

const bits: Readonly<Record<Access, number>> = { R: 4, W: 2, X: 1 }

/** Whether mode bits, or a capability, allow all of `wanted`; by the effective ids. */
export function mayAccess(process: Process, inode: Inode, wanted: readonly Access[]): boolean {
  const { credentials } = process
  const directory = inode.type === 'directory'
  // Root executes a file only if somebody may; directories have no such rule.
  const executable = directory || !wanted.includes('X') || (inode.mode & 0o111) !== 0
  if (executable && hasCapability(credentials, 'DAC_OVERRIDE')) return true
  let mask = 0
  for (const each of wanted) mask |= bits[each]
  const shift = credentials.uid.effective === inode.uid ? 6 : inGroup(process, inode.gid) ? 3 : 0
  if (((inode.mode >> shift) & mask) === mask) return true
  const readOnly = directory ? !wanted.includes('W') : mask === bits.R
  return readOnly && hasCapability(credentials, 'DAC_READ_SEARCH')
}

/** @throws EACCES */
export function requireAccess(process: Process, inode: Inode, wanted: readonly Access[]): void {
  if (!mayAccess(process, inode, wanted)) throw new SystemCallError('EACCES')
}

/** Whether the file is the caller's, or the caller has CAP_FOWNER: chmod, utimes, sticky directories. */
export function isOwner(process: Process, inode: Inode): boolean {
  return process.credentials.uid.effective === inode.uid || hasCapability(process.credentials, 'FOWNER')
}

/**
 * Whether an entry may be taken out of, or replaced in, a directory: write and search there; in a sticky one (/tmp) the
 * entry or the directory must be the caller's own.
 * @throws EACCES, EPERM
 */
export function requireRemoval(process: Process, directory: DirectoryInode, entry: Inode): void {
  requireAccess(process, directory, ['W', 'X'])
  if ((directory.mode & 0o1000) === 0 || isOwner(process, entry)) return
  if (process.credentials.uid.effective !== directory.uid) throw new SystemCallError('EPERM')
}

export function inGroup(process: Process, gid: number): boolean {
  return process.credentials.gid.effective === gid || process.credentials.groups.includes(gid)
}

/**
 * PTRACE_MODE_READ of ptrace(2), which guards wchan, ns/*, fd/*, environ and the like in /proc: the same user in all three
 * ids, or CAP_SYS_PTRACE; and no capability that the reader lacks.
 */
export function mayTrace(reader: Process, target: Process): boolean {
  if (reader === target || hasCapability(reader.credentials, 'SYS_PTRACE')) return true
  const { uid, gid, capabilities } = target.credentials
  const own = reader.credentials
  const sameUser = [uid.real, uid.effective, uid.saved].every((id) => id === own.uid.effective)
  const sameGroup = [gid.real, gid.effective, gid.saved].every((id) => id === own.gid.effective)
  return sameUser && sameGroup && (capabilities.permitted & ~own.capabilities.permitted) === 0n
}
