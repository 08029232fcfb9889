// System calls that change what a process sees as its tree of files: mount, umount2, pivot_root, chroot.
import type { CallTable } from './call-table.ts'
import { isFileSystemName } from './file-system-names.ts'
import { fileSystemTypes } from './file-system-types.ts'
import type { Kernel } from './kernel.ts'
import { statisticsOf } from './file-system-sizes.ts'
import { bindMount, detachMount, type Mount, type MountFlag, mountFileSystem, moveMount } from './mount.ts'
import { asDirectory, resolvePath } from './path-resolution.ts'
import type { Process } from './process.ts'
import { type FileCalls, SystemCallError } from './system.ts'
import { isCapable, requireCapability } from './user-namespace.ts'
import type { Path } from './vfs.ts'

const mountFlags: readonly string[] = ['ro', 'nosuid', 'nodev', 'noexec', 'noatime', 'relatime'] satisfies MountFlag[]
/** Options that are words of mount(8) or ask for what is so in any case: mounts here are private, MS_PRIVATE. */
const withoutEffect = new Set([
  'rw',
  'defaults',
  'bind',
  'rbind',
  'remount',
  'move',
  'rec',
  'private',
  'slave',
  'silent',
])

export const mountCalls: CallTable<Pick<FileCalls, 'mount' | 'umount2' | 'pivot_root' | 'chroot' | 'statfs'>> = {
  mount: {
    number: 165,
    page: 'mount(2)',
    note: 'All mounts are private: nothing propagates between namespaces. No block device can be mounted.',
    run: mount,
  },
  umount2: { number: 166, page: 'umount(2)', run: unmount },
  statfs: {
    number: 137,
    page: 'statfs(2)',
    note: 'Sizes are those of the kind of file system; what is written does not fill it.',
    run: (kernel, process, path) => statisticsOf(kernel, resolvePath(process, path).mount.fileSystem),
  },
  pivot_root: { number: 155, page: 'pivot_root(2)', run: pivotRoot },
  chroot: {
    number: 161,
    page: 'chroot(2)',
    run: (_kernel, process, path) => {
      const root = asDirectory(resolvePath(process, path))
      if (!isCapable(process, 'SYS_CHROOT', process.namespaces.user)) throw new SystemCallError('EPERM')
      process.root = root
    },
  },
}

function mount(
  kernel: Kernel,
  process: Process,
  source: string,
  target: string,
  type: string,
  options: readonly string[] = [],
): void {
  requireMountRights(process)
  const place = resolvePath(process, target)
  const namespace = process.namespaces.mnt
  const flags = options.filter((option): option is MountFlag => mountFlags.includes(option))
  const rest = options.filter((option) => !mountFlags.includes(option) && !withoutEffect.has(option))
  if (options.includes('remount')) {
    remount(mountAt(place), flags, options.includes('rw'))
  } else if (options.includes('bind') || options.includes('rbind')) {
    const recursive = options.includes('rbind') || options.includes('rec')
    bindMount(namespace, resolvePath(process, source), place, { recursive })
  } else if (options.includes('move')) {
    moveMount(mountAt(resolvePath(process, source)), place)
  } else if (!options.some((option) => option === 'private' || option === 'slave')) {
    const make = isFileSystemName(type) ? fileSystemTypes[type] : undefined
    if (!make) throw new SystemCallError('ENODEV')
    const withRelatime: readonly MountFlag[] = flags.includes('noatime') ? flags : [...flags, 'relatime']
    mountFileSystem(namespace, make(kernel, process, source, rest), place, { flags: withRelatime })
  }
}

/** MS_REMOUNT: the flags of one mount anew. */
function remount(mount: Mount, flags: readonly MountFlag[], writable: boolean): void {
  const times: MountFlag = flags.includes('noatime') ? 'noatime' : 'relatime'
  mount.flags.clear()
  for (const flag of [...flags, times]) mount.flags.add(flag)
  if (writable) mount.flags.delete('ro')
}

function unmount(kernel: Kernel, process: Process, target: string, flags: readonly string[] = []): void {
  requireMountRights(process)
  const mount = mountAt(resolvePath(process, target))
  const namespace = process.namespaces.mnt
  if (mount === namespace.root || !mount.parent) throw new SystemCallError('EINVAL')
  if (!flags.includes('MNT_DETACH') && (mount.covered.size > 0 || isInUse(kernel, mount))) {
    throw new SystemCallError('EBUSY')
  }
  detachMount(namespace, mount)
}

/**
 * pivot_root(2): the mount at `newRoot` becomes the root, and the old root is seen at `putOld`. Processes of the namespace
 * that stood at the old root stand at the new one then.
 */
function pivotRoot(kernel: Kernel, process: Process, newRoot: string, putOld: string): void {
  requireMountRights(process)
  const fresh = asDirectory(resolvePath(process, newRoot))
  const old = asDirectory(resolvePath(process, putOld))
  const namespace = process.namespaces.mnt
  const oldMount = process.root.mount
  const newMount = mountAt(fresh)
  if (newMount === oldMount) throw new SystemCallError('EBUSY')
  if (process.root.inode !== oldMount.root || !isWithin(old, fresh)) throw new SystemCallError('EINVAL')
  const above = oldMount.mountPoint
  moveMount(newMount, undefined)
  moveMount(oldMount, undefined)
  if (above) moveMount(newMount, above)
  else namespace.root = newMount
  moveMount(oldMount, old)
  for (const each of kernel.processes()) {
    if (each.namespaces.mnt !== namespace) continue
    const isOldRoot = (path: Path) => path.mount === oldMount && path.inode === oldMount.root
    if (isOldRoot(each.root)) each.root = fresh
    if (isOldRoot(each.workingDirectory)) each.workingDirectory = fresh
  }
}

/** The mount whose root a place is. @throws EINVAL when it is not one */
function mountAt(path: Path): Mount {
  if (path.inode !== path.mount.root) throw new SystemCallError('EINVAL')
  return path.mount
}

/** Whether `path` is `top` or lies below it, over mounts. */
function isWithin(path: Path, top: Path): boolean {
  let { mount, inode } = path
  for (;;) {
    if (mount === top.mount && inode === top.inode) return true
    if (inode === mount.root) {
      if (!mount.mountPoint) return false
      ;({ mount, inode } = mount.mountPoint)
    } else {
      if (inode.type !== 'directory' || inode.parent === inode) return false
      inode = inode.parent
    }
  }
}

function isInUse(kernel: Kernel, mount: Mount): boolean {
  for (const { state, root, workingDirectory, files } of kernel.processes()) {
    if (state === 'Z') continue
    if (root.mount === mount || workingDirectory.mount === mount) return true
    if (files.entries().some(([, file]) => file.path?.mount === mount)) return true
  }
  return false
}

function requireMountRights(process: Process): void {
  requireCapability(process, 'SYS_ADMIN', process.namespaces.mnt.owner)
}
