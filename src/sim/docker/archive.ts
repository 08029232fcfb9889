// `docker cp`: files out of a container and into it, whether it runs or not.
import type { ArchiveEntry } from './api-types.ts'
import { rememberBinary } from './binaries.ts'
import type { Daemon } from './daemon.ts'
import { EngineError } from './errors.ts'
import type { Process } from '../kernel/process.ts'
import type { DirectoryInode, Inode, RegularInode } from '../kernel/vfs.ts'

/** GET /containers/ID/archive. @throws EngineError 404 */
export function archiveGet(daemon: Daemon, name: string, path: string): ArchiveEntry[] {
  const container = daemon.get(name)
  const inode = container.files.find(path, container.task?.init)
  if (inode === undefined) throw new EngineError(404, `Could not find the file ${path} in container ${name}`)
  const base = path.replace(/\/+$/, '').split('/').at(-1) ?? ''
  return withBinaries(daemon, [...walk(inode, base === '' ? '/' : base, eyes(daemon, container.task?.init))])
}

function eyes(daemon: Daemon, init: Process | undefined): Process {
  return init ?? daemon.process
}

/** What goes out of the engine: its programs are remembered by their bytes. */
export function withBinaries(daemon: Daemon, entries: ArchiveEntry[]): ArchiveEntry[] {
  for (const { content, executable } of entries) {
    if (content !== undefined && typeof executable === 'function') {
      rememberBinary(daemon.kernel, content, executable as NonNullable<RegularInode['executable']>)
    }
  }
  return entries
}

/** A file, or a directory and all below it; their names begin with `name`. */
export function entriesOf(inode: Inode, name: string, reader: Process): ArchiveEntry[] {
  return [...walk(inode, name, reader)]
}

function* walk(inode: Inode, name: string, reader: Process): Iterable<ArchiveEntry> {
  const { mode, uid, gid, mtime } = inode
  const base = { name, mode: mode & 0o7777, uid, gid, mtime }
  if (inode.type === 'regular') {
    yield { ...base, type: 'regular', content: inode.content.slice(), executable: inode.executable }
  } else if (inode.type === 'symlink') {
    yield { ...base, type: 'symlink', target: inode.target(reader) }
  } else if (inode.type === 'directory') {
    yield { ...base, type: 'directory' }
    for (const entry of inode.list(reader).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const child = inode.lookup(reader, entry.name)
      if (child !== undefined)
        yield* walk(child, name === '' ? entry.name : `${name === '/' ? '' : name}/${entry.name}`, reader)
    }
  }
}

/** PUT /containers/ID/archive: unpacks into a directory. @throws EngineError 404, 400 */
export function archivePut(daemon: Daemon, name: string, path: string, entries: readonly ArchiveEntry[]): void {
  const container = daemon.get(name)
  const directory = container.files.find(path, container.task?.init)
  if (directory === undefined) throw new EngineError(404, `Could not find the file ${path} in container ${name}`)
  if (directory.type !== 'directory') throw new EngineError(400, 'extraction point is not a directory')
  unpack(directory, entries, eyes(daemon, container.task?.init), daemon.now())
}

/** Puts entries below a directory; what is there under the same name is replaced. */
export function unpack(root: DirectoryInode, entries: readonly ArchiveEntry[], reader: Process, time: number): void {
  for (const entry of entries) {
    const names = entry.name.split('/').filter((part) => part !== '' && part !== '.')
    const last = names.pop()
    if (last === undefined) continue
    let at = root
    for (const each of names) at = subdirectory(at, each, reader, time)
    place(at, last, entry, reader, time)
  }
}

function subdirectory(parent: DirectoryInode, name: string, reader: Process, time: number): DirectoryInode {
  const known = parent.lookup(reader, name)
  if (known?.type === 'directory') return known
  if (parent.changes === undefined) throw new EngineError(400, `mkdir ${name}: read-only file system`)
  const made = parent.changes.createDirectory({ time })
  parent.changes.insert(name, made)
  return made
}

function place(parent: DirectoryInode, name: string, entry: ArchiveEntry, reader: Process, time: number): void {
  if (parent.changes === undefined) throw new EngineError(400, `open ${name}: read-only file system`)
  parent.mtime = time
  if (entry.type === 'directory') {
    const directory = subdirectory(parent, name, reader, time)
    Object.assign(directory, { mode: entry.mode, uid: entry.uid, gid: entry.gid })
    return
  }
  const times = { atime: entry.mtime, mtime: entry.mtime, ctime: time }
  const owner = { mode: entry.mode, uid: entry.uid, gid: entry.gid, nlink: 1 }
  const base = { ino: parent.changes.nextIno(), device: parent.device, ...owner, ...times }
  if (entry.type === 'symlink') {
    const target = entry.target ?? ''
    parent.changes.insert(name, { type: 'symlink', ...base, target: () => target })
    return
  }
  const file: RegularInode = { type: 'regular', ...base, content: (entry.content ?? new Uint8Array(0)).slice() }
  if (typeof entry.executable === 'function')
    file.executable = entry.executable as NonNullable<RegularInode['executable']>
  parent.changes.insert(name, file)
}
