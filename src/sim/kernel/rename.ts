// rename(2): the one call that takes a name out and puts another in, with the rules of what may replace what.
import { addName, removeName, requireRemovable, requireWritableMount } from './file-names.ts'
import type { Kernel } from './kernel.ts'
import { lookUp, type Place, resolvePlace } from './path-resolution.ts'
import { requireAccess } from './permissions.ts'
import type { Process } from './process.ts'
import { SystemCallError } from './system.ts'
import type { Inode } from './vfs.ts'

/** @throws EBUSY, EXDEV, ENOENT, EISDIR, ENOTDIR, ENOTEMPTY, EINVAL (into itself), EROFS, EACCES, EPERM */
export function renamePath(kernel: Kernel, process: Process, from: string, to: string): void {
  const source = resolvePlace(process, from)
  const target = resolvePlace(process, to)
  for (const { name } of [source, target]) {
    if (name === '' || name === '.' || name === '..') throw new SystemCallError('EBUSY')
  }
  if (source.directory.mount !== target.directory.mount) throw new SystemCallError('EXDEV')
  const { entry, changes } = requireRemovable(process, source)
  const existing = lookUp(process, target)?.inode
  if (entry === existing) return
  checkKinds(process, source, target, entry, existing)
  requireWritableMount(target.directory)
  requireAccess(process, target.directory.inode, ['W', 'X'])
  const replaced = existing && requireRemovable(process, target).entry
  const into = target.directory.inode.changes
  if (!into) throw new SystemCallError('EPERM')
  if (replaced) removeName(kernel, target.directory.inode, into, target.name, replaced)
  changes.remove(source.name)
  addName(kernel, target.directory.inode, into, target.name, entry)
  source.directory.inode.mtime = kernel.clock.now()
  source.directory.inode.ctime = source.directory.inode.mtime
}

function checkKinds(process: Process, source: Place, target: Place, entry: Inode, existing: Inode | undefined): void {
  if (entry.type !== 'directory') {
    if (source.mustBeDirectory || target.mustBeDirectory) throw new SystemCallError('ENOTDIR')
    if (existing?.type === 'directory') throw new SystemCallError('EISDIR')
    return
  }
  for (let each = target.directory.inode; ; each = each.parent) {
    if (each === entry) throw new SystemCallError('EINVAL')
    if (each.parent === each) break
  }
  if (existing && existing.type !== 'directory') throw new SystemCallError('ENOTDIR')
  if (existing && existing.list(process).length > 0) throw new SystemCallError('ENOTEMPTY')
}
