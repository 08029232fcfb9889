// open(2): from a path and flags to an open file description.
import { operationsOf } from './file-operations.ts'
import { makeNode, requireWritableMount } from './file-names.ts'
import type { Kernel } from './kernel.ts'
import { openFile } from './open-file.ts'
import { asDirectory, lookUp, type Place, resolveLinkPlace, resolvePath, resolvePlace } from './path-resolution.ts'
import { type Access, requireAccess } from './permissions.ts'
import type { Process } from './process.ts'
import type { OpenFlag } from './system.ts'
import { SystemCallError } from './system.ts'
import type { OpenFile, Path } from './vfs.ts'
import type { KernelCode } from './wait-queue.ts'

const maxLinks = 40

/**
 * Opens, and with CREAT makes, what a path names. Waits where a FIFO's other end is awaited.
 * @throws what open(2) lists
 */
export function* openPath(
  kernel: Kernel,
  process: Process,
  name: string,
  flags: readonly OpenFlag[],
  mode: number,
): KernelCode<OpenFile> {
  const found = flags.includes('CREAT')
    ? findOrCreate(kernel, process, name, flags, mode)
    : { path: resolvePath(process, name, { followLast: !flags.includes('NOFOLLOW') }), created: false }
  const { path, created } = found
  const { inode } = path
  if (flags.includes('DIRECTORY')) asDirectory(path)
  if (flags.includes('PATH')) return openFile(operationsOf(kernel, inode), inode, flags, path)
  if (inode.type === 'symlink') throw new SystemCallError('ELOOP')
  if (!created) checkAccess(process, path, flags)
  if (inode.type === 'regular' || inode.type === 'directory') {
    const operations = operationsOf(kernel, inode)
    if (flags.includes('TRUNC') && !created) operations.truncate?.(0)
    return openFile(operations, inode, flags, path)
  }
  const isDevice = inode.type === 'character' || inode.type === 'block'
  if (path.mount.flags.has('nodev') && isDevice) throw new SystemCallError('EACCES')
  return openFile(yield* inode.open(kernel, process, flags), inode, flags, path)
}

function checkAccess(process: Process, path: Path, flags: readonly OpenFlag[]): void {
  const { inode } = path
  const writes = flags.includes('WRONLY') || flags.includes('RDWR')
  const changes = writes || flags.includes('TRUNC')
  if (inode.type === 'directory' && (changes || flags.includes('CREAT'))) throw new SystemCallError('EISDIR')
  const wanted: Access[] = [...(flags.includes('WRONLY') ? [] : ['R' as const]), ...(changes ? ['W' as const] : [])]
  requireAccess(process, inode, wanted)
  if (changes && inode.type === 'regular') requireWritableMount(path)
}

function findOrCreate(
  kernel: Kernel,
  process: Process,
  name: string,
  flags: readonly OpenFlag[],
  mode: number,
): { path: Path; created: boolean } {
  let place: Place = resolvePlace(process, name)
  for (let links = 0; links <= maxLinks; links++) {
    if (place.mustBeDirectory) throw new SystemCallError('EISDIR')
    const found = lookUp(process, place)
    if (!found) return { path: makeNode(kernel, process, place, 'regular', mode), created: true }
    if (flags.includes('EXCL')) throw new SystemCallError('EEXIST')
    if (found.inode.type !== 'symlink' || flags.includes('NOFOLLOW')) return { path: found, created: false }
    if (found.inode.follow) return { path: found.inode.follow(process), created: false }
    place = resolveLinkPlace(process, found)
  }
  throw new SystemCallError('ELOOP')
}
