// From a path name to a place, path_resolution(7): symbolic links, mounts, `..`, and the rights needed on the way.
import { crossMounts } from './mount.ts'
import { requireAccess } from './permissions.ts'
import type { Process } from './process.ts'
import { SystemCallError } from './system.ts'
import type { DirectoryInode, Path } from './vfs.ts'

export interface ResolveOptions {
  /** Whether a symbolic link as the last component is followed; a trailing slash follows it in any case. Default true. */
  followLast?: boolean
  /** Where a relative path starts; default the working directory. */
  from?: Path
}

/** A name in a directory that exists, whether the name exists there or not: where a file is to be made or removed. */
export interface Place {
  readonly directory: Path & { readonly inode: DirectoryInode }
  readonly name: string
  /** The name was followed by a slash: it can only be a directory's. */
  readonly mustBeDirectory: boolean
}

const pathMax = 4096
const nameMax = 255
const maxLinks = 40

/**
 * The place that a path names for a process.
 * @throws ENOENT, ENOTDIR, ELOOP, EACCES, ENAMETOOLONG
 */
export function resolvePath(process: Process, path: string, options: ResolveOptions = {}): Path {
  return walk(process, path, options, { left: maxLinks })
}

/**
 * The directory and the name that a path ends in, for calls that make or remove a name.
 * The name may be `.` or `..`, or empty for the root.
 */
export function resolvePlace(process: Process, path: string, from?: Path): Place {
  const trimmed = path.replace(/\/+$/, '')
  const slash = trimmed.lastIndexOf('/')
  const head = slash === -1 ? (path.startsWith('/') ? '/' : '.') : trimmed.slice(0, slash + 1)
  const name = trimmed.slice(slash + 1)
  if (path === '') throw new SystemCallError('ENOENT')
  checkLength(path, name)
  const directory = resolvePath(process, head, from ? { from } : {})
  return { directory: asDirectory(directory), name, mustBeDirectory: trimmed !== path }
}

/** What stands at a place, or undefined; a mount on it counts, a symbolic link is not followed. */
export function lookUp(process: Process, { directory, name }: Place): Path | undefined {
  requireAccess(process, directory.inode, ['X'])
  return step(process, directory, name)
}

/** The target of a place's symbolic link, from the directory that it lies in. For O_CREAT through a dangling link. */
export function resolveLinkPlace(process: Process, link: Path): Place {
  if (link.inode.type !== 'symlink') throw new SystemCallError('EINVAL')
  const from = { ...link, inode: link.directory, name: link.directory.name, directory: link.directory.parent }
  return resolvePlace(process, link.inode.target(process), from)
}

/** A path whose inode is a directory. @throws ENOTDIR */
export function asDirectory(path: Path): Path & { readonly inode: DirectoryInode } {
  if (path.inode.type !== 'directory') throw new SystemCallError('ENOTDIR')
  return path as Path & { readonly inode: DirectoryInode }
}

/** The absolute name of a place as a process sees it from its root, for getcwd(2) and the links of /proc. */
export function pathName({ root }: Process, path: Path): string {
  const names: string[] = []
  let { mount } = path
  let directory: DirectoryInode
  if (path.inode.type === 'directory') {
    directory = path.inode
  } else {
    // A bind-mounted file has the name of the place that it covers.
    const place = path.inode === mount.root && mount.mountPoint ? mount.mountPoint : path
    names.push(place.name)
    ;({ mount, directory } = place)
  }
  for (;;) {
    if (mount === root.mount && directory === root.inode) return `/${names.toReversed().join('/')}`
    if (directory === mount.root) {
      const place = mount.mountPoint
      if (!place || place.inode.type !== 'directory') break
      ;({ mount } = place)
      directory = place.inode
    } else if (directory.parent === directory) {
      break
    } else {
      names.push(directory.name)
      directory = directory.parent
    }
  }
  // Out of the root's sight: the name from the top of its own tree.
  return `/${names.toReversed().join('/')}`
}

/** Whether the name was removed since the path was found. */
export function isDeleted(process: Process, path: Path): boolean {
  if (path.inode === path.mount.root) return false
  const { inode } = path
  if (inode.type === 'directory') return inode.parent.lookup(process, inode.name) !== inode
  return path.directory.lookup(process, path.name) !== inode
}

function walk(process: Process, path: string, options: ResolveOptions, links: { left: number }): Path {
  if (path === '') throw new SystemCallError('ENOENT')
  checkLength(path, '')
  let at = path.startsWith('/') ? process.root : (options.from ?? process.workingDirectory)
  const trailingSlash = path.endsWith('/')
  for (let start = 0; start < path.length; ) {
    const slash = path.indexOf('/', start)
    const end = slash === -1 ? path.length : slash
    const component = path.slice(start, end)
    start = end + 1
    if (component === '') continue
    const last = start >= path.length
    const directory = asDirectory(at)
    requireAccess(process, directory.inode, ['X'])
    if (component.length > nameMax) checkLength(path, component)
    const next = step(process, directory, component)
    if (!next) throw new SystemCallError('ENOENT')
    const follow = !last || trailingSlash || (options.followLast ?? true)
    at = next.inode.type === 'symlink' && follow ? followLink(process, next, directory, links) : next
  }
  if (trailingSlash) asDirectory(at)
  return at
}

function followLink(process: Process, link: Path, from: Path, links: { left: number }): Path {
  if (link.inode.type !== 'symlink') return link
  if (links.left-- === 0) throw new SystemCallError('ELOOP')
  if (link.inode.follow) return link.inode.follow(process)
  return walk(process, link.inode.target(process), { from }, links)
}

function step(process: Process, at: Path & { readonly inode: DirectoryInode }, name: string): Path | undefined {
  if (name === '.' || name === '') return at
  if (name === '..') return stepUp(process, at)
  const inode = at.inode.lookup(process, name)
  if (!inode) return undefined
  const there = crossMounts(at.mount, inode)
  return { mount: there.mount, inode: there.inode, name, directory: at.inode }
}

/** `..` does not lead out of the process's root, and from a mount's root it leads to where the mount lies. */
function stepUp(process: Process, path: Path & { readonly inode: DirectoryInode }): Path {
  let { mount } = path
  let inode: DirectoryInode = path.inode
  for (;;) {
    if (mount === process.root.mount && inode === process.root.inode) return path
    if (inode !== mount.root) break
    const place = mount.mountPoint
    if (!place || place.inode.type !== 'directory') return path
    ;({ mount, inode } = { mount: place.mount, inode: place.inode })
  }
  const above = crossMounts(mount, inode.parent)
  return { ...above, name: inode.parent.name, directory: inode.parent.parent }
}

function checkLength(path: string, name: string): void {
  // A character takes three bytes at most, but for pairs of surrogates, which take two each.
  const tooLong = name.length * 3 > nameMax && new TextEncoder().encode(name).length > nameMax
  if (path.length >= pathMax || tooLong) throw new SystemCallError('ENAMETOOLONG')
}
