// Mounts and mount namespaces, mount_namespaces(7): which tree of files hangs where, and for whom.
import type { Kernel } from './kernel.ts'
import type { NamespaceBase, UserNamespace } from './namespaces.ts'
import { SystemCallError } from './system.ts'
import type { DirectoryInode, Inode, Path } from './vfs.ts'

/** Flags of one mount point, as /proc/mounts writes them; without `ro` it may be written to. */
export type MountFlag = 'ro' | 'nosuid' | 'nodev' | 'noexec' | 'noatime' | 'relatime'

/** A file system instance (a superblock). Bind mounts of a part of it share it. */
export interface FileSystem {
  /** As in /proc/filesystems: `ext4`, `overlay`, `proc`. */
  readonly type: string
  /** First column of /proc/mounts: a device, or any word. */
  readonly source: string
  /** Options of the file system itself, such as `size=65536k`; `rw` or `ro` is not among them. */
  readonly options: readonly string[]
  readonly root: Inode
}

export interface Mount {
  readonly id: number
  /** The mount that it lies in; undefined for a namespace's root and for what was detached. */
  parent: Mount | undefined
  /** The place in `parent` that it covers. */
  mountPoint: Path | undefined
  /** What is seen there: the file system's root, or with a bind mount a directory or file below it. */
  readonly root: Inode
  /** Where `root` lies in its file system, `/` for all of it. */
  readonly rootName: string
  readonly fileSystem: FileSystem
  readonly flags: Set<MountFlag>
  /** What is mounted on inodes of this mount. */
  readonly covered: Map<Inode, Mount>
}

/** Counters of a machine, over all its namespaces. */
interface Counters {
  nextMountId: number
  nextDevice: number
}

export class MountNamespace implements NamespaceBase {
  readonly kind = 'mnt'
  readonly inode: number
  readonly owner: UserNamespace | undefined
  readonly counters: Counters
  /** The namespace whose mounts it is a copy of. */
  readonly clonedFrom: MountNamespace | undefined
  /** By the mount that it was copied from. */
  readonly copies = new Map<Mount, Mount>()
  /** In the order in which /proc/mounts lists them. */
  readonly mounts = new Set<Mount>()
  holders = 0
  root: Mount

  constructor(inode: number, owner: UserNamespace | undefined, counters: Counters, from: MountNamespace | FileSystem) {
    this.inode = inode
    this.owner = owner
    this.counters = counters
    this.clonedFrom = from instanceof MountNamespace ? from : undefined
    this.root = from instanceof MountNamespace ? this.#copyTree(from) : newMount(this, from, wholeOf(from))
    this.mounts.add(this.root)
  }

  /** The directory `/` as a process that enters sees it. */
  rootPath(): Path {
    return mountRoot(crossMounts(this.root, this.root.root).mount)
  }

  #copyTree(from: MountNamespace): Mount {
    for (const mount of from.mounts) {
      const copy = newMount(this, mount.fileSystem, mount, [...mount.flags])
      pinOf(copy)?.hold()
      this.copies.set(mount, copy)
      this.mounts.add(copy)
    }
    for (const [mount, copy] of this.copies) {
      const parent = mount.parent && this.copies.get(mount.parent)
      if (mount.mountPoint && parent) attach(copy, { ...mount.mountPoint, mount: parent })
    }
    return this.copies.get(from.root) ?? newMount(this, from.root.fileSystem, from.root)
  }
}

const defaultFlags: readonly MountFlag[] = ['relatime']

/**
 * The namespace of a machine that boots.
 * @param inode number of mnt:[…]
 * @param root what is mounted on `/`
 */
export function createInitialMountNamespace(
  inode: number,
  root: DirectoryInode,
  owner?: UserNamespace,
): MountNamespace {
  const namespace = new MountNamespace(inode, owner, { nextMountId: 22, nextDevice: 20 }, fileSystemOf(root))
  namespace.holders = 1
  return namespace
}

/** A namespace of the same machine with nothing in it but a root: what a container runtime fills and then enters. */
export function createMountNamespace(
  like: MountNamespace,
  inode: number,
  root: DirectoryInode,
  owner: UserNamespace | undefined = like.owner,
): MountNamespace {
  return new MountNamespace(inode, owner, like.counters, fileSystemOf(root))
}

/** A copy of a namespace's mounts, for CLONE_NEWNS. Whoever enters it moves its paths there by `translatePath`. */
export function cloneMountNamespace(
  _kernel: Kernel,
  namespace: MountNamespace,
  inode: number,
  owner: UserNamespace | undefined,
): MountNamespace {
  return new MountNamespace(inode, owner, namespace.counters, namespace)
}

/** The same place in a copy of the namespace that `path` lies in; the copy's root where it has no such mount. */
export function translatePath(path: Path, _from: MountNamespace, to: MountNamespace): Path {
  const mount = to.copies.get(path.mount)
  return mount ? { ...path, mount } : to.rootPath()
}

/** Lets go of all that a dead namespace's mounts held. */
export function destroyMountNamespace(_kernel: Kernel, namespace: MountNamespace): void {
  for (const mount of namespace.mounts) pinOf(mount)?.release()
  namespace.mounts.clear()
}

/** The root of a mount as a place. */
export function mountRoot(mount: Mount): Path {
  const { root, mountPoint } = mount
  if (root.type === 'directory') return { mount, inode: root, name: mountPoint?.name ?? '', directory: root.parent }
  if (!mountPoint) throw new SystemCallError('ENOTDIR')
  return { mount, inode: root, name: mountPoint.name, directory: mountPoint.directory }
}

/** Mounts a file system on a directory, as mount(2) without MS_BIND. What is mounted there already is covered. */
export function mountFileSystem(
  namespace: MountNamespace,
  root: DirectoryInode | FileSystem,
  place: Path,
  options: { flags?: readonly MountFlag[] } = {},
): Mount {
  if (place.inode.type !== 'directory') throw new SystemCallError('ENOTDIR')
  const fileSystem = 'lookup' in root ? fileSystemOf(root) : root
  const mount = newMount(namespace, fileSystem, wholeOf(fileSystem), options.flags)
  attach(mount, place)
  namespace.mounts.add(mount)
  return mount
}

/**
 * Makes what is at `source` seen at `place` too, MS_BIND; with `recursive` also the mounts below it, MS_REC.
 * A file goes on a file, a directory on a directory. @throws ENOTDIR
 */
export function bindMount(
  namespace: MountNamespace,
  source: Path,
  place: Path,
  options: { flags?: readonly MountFlag[]; recursive?: boolean } = {},
): Mount {
  if ((source.inode.type === 'directory') !== (place.inode.type === 'directory')) throw new SystemCallError('ENOTDIR')
  const flags = options.flags ?? [...source.mount.flags]
  // The whole copy is made before it is attached: `place` may lie below `source`.
  const copies = copyMounts(namespace, source, flags, options.recursive ?? false)
  const [mount] = copies
  attach(mount, place)
  for (const copy of copies) namespace.mounts.add(copy)
  return mount
}

/** A mount that shows `source`, and with `recursive` copies of all that is mounted below it. */
function copyMounts(
  namespace: MountNamespace,
  source: Path,
  flags: readonly MountFlag[],
  recursive: boolean,
): [Mount, ...Mount[]] {
  const mount = newMount(namespace, source.mount.fileSystem, partOf(source), flags)
  pinOf(mount)?.hold()
  const below: Mount[] = []
  for (const child of recursive ? source.mount.covered.values() : []) {
    if (!child.mountPoint || !isBelow(child.mountPoint, source.inode)) continue
    const [copy, ...rest] = copyMounts(namespace, mountRoot(child), [...child.flags], true)
    attach(copy, { ...child.mountPoint, mount })
    below.push(copy, ...rest)
  }
  return [mount, ...below]
}

/** Takes a mount, and all that is mounted below it, out of the namespace. */
export function detachMount(namespace: MountNamespace, mount: Mount): void {
  for (const child of mount.covered.values()) detachMount(namespace, child)
  if (mount.mountPoint && mount.parent) mount.parent.covered.delete(mount.mountPoint.inode)
  mount.parent = undefined
  mount.mountPoint = undefined
  namespace.mounts.delete(mount)
  pinOf(mount)?.release()
}

/** Moves a mount to another place, or with `undefined` makes it a root; used by pivot_root(2) and MS_MOVE. */
export function moveMount(mount: Mount, place: Path | undefined): void {
  if (mount.mountPoint && mount.parent) mount.parent.covered.delete(mount.mountPoint.inode)
  mount.parent = undefined
  mount.mountPoint = undefined
  if (place) attach(mount, place)
}

/** The place that is seen where `inode` of `mount` lies: the root of what is mounted on it, if anything is. */
export function crossMounts(mount: Mount, inode: Inode): { mount: Mount; inode: Inode } {
  let at = { mount, inode }
  for (;;) {
    const covering = at.mount.covered.get(at.inode)
    if (!covering) return at
    at = { mount: covering, inode: covering.root }
  }
}

/** A number for a file system that lies on no device, as st_dev shows it (major 0). */
export function allocateDevice(namespace: MountNamespace): number {
  return namespace.counters.nextDevice++
}

/** Whether nothing can be changed through a mount. */
export function isReadOnly(mount: Mount): boolean {
  return mount.flags.has('ro')
}

/** What /proc/mounts says of the file system that a directory is the root of. */
export function fileSystemOf(root: DirectoryInode): FileSystem {
  return root.fileSystem ?? { type: 'none', source: 'none', options: [], root }
}

function attach(mount: Mount, place: Path): void {
  const { mount: parent, inode } = crossMounts(place.mount, place.inode)
  mount.parent = parent
  mount.mountPoint = { ...place, mount: parent, inode }
  parent.covered.set(inode, mount)
}

function newMount(
  namespace: MountNamespace,
  fileSystem: FileSystem,
  { root, rootName }: Pick<Mount, 'root' | 'rootName'>,
  flags: readonly MountFlag[] = defaultFlags,
): Mount {
  return {
    id: namespace.counters.nextMountId++,
    parent: undefined,
    mountPoint: undefined,
    root,
    rootName,
    fileSystem,
    flags: new Set(flags),
    covered: new Map(),
  }
}

function wholeOf({ root }: FileSystem): Pick<Mount, 'root' | 'rootName'> {
  return { root, rootName: '/' }
}

/** What a bind mount of a place shows, and its name in the file system; a namespace's is `net:[4026531840]`. */
function partOf({ inode, name, directory, mount }: Path): Pick<Mount, 'root' | 'rootName'> {
  if (inode === mount.root) return mount
  if (inode.type === 'regular' && inode.namespace) return { root: inode, rootName: name }
  const names = inode.type === 'directory' ? [] : [name]
  let each = inode.type === 'directory' ? inode : directory
  for (; each !== mount.root && each.parent !== each; each = each.parent) names.push(each.name)
  const top = mount.rootName === '/' ? '' : mount.rootName
  return { root: inode, rootName: `${top}/${names.toReversed().join('/')}` }
}

function pinOf(mount: Mount): { hold(): void; release(): void } | undefined {
  return mount.root.type === 'regular' ? mount.root.pin : undefined
}

/** Whether a place of the same mount is `ancestor` or lies below it. */
function isBelow({ inode, directory }: Path, ancestor: Inode): boolean {
  if (inode === ancestor) return true
  for (let each = inode.type === 'directory' ? inode : directory; ; each = each.parent) {
    if (each === ancestor) return true
    if (each.parent === each) return false
  }
}
