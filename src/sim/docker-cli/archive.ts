// Files of the client's side as the entries of an archive, and back: what `docker cp` sends and receives instead of tar.
import type { ArchiveEntry } from '../docker/api.ts'
import { type Program, type Stat, SystemCallError, type System } from '../kernel/system.ts'
import { readFile, writeAll } from '../programs/stdio.ts'

/**
 * Reads a file or a whole directory. The first entry is the path itself.
 * @param name what the first entry is called
 * @throws SystemCallError
 */
export function* readTree(system: System, path: string, name: string): Program<ArchiveEntry[]> {
  const stat = yield* system.lstat(path)
  const common = { name, mode: stat.mode, uid: stat.uid, gid: stat.gid, mtime: stat.mtime }
  if (stat.type === 'symlink') return [{ ...common, type: 'symlink', target: yield* system.readlink(path) }]
  if (stat.type !== 'directory') return [{ ...common, type: 'regular', content: yield* readFile(system, path) }]
  const entries: ArchiveEntry[] = [{ ...common, type: 'directory' }]
  const fd = yield* system.open(path, ['RDONLY', 'DIRECTORY'])
  const children = (yield* system.getdents(fd)).filter((entry) => entry.name !== '.' && entry.name !== '..')
  yield* system.close(fd)
  for (const child of children) {
    entries.push(...(yield* readTree(system, `${path}/${child.name}`, `${name}/${child.name}`)))
  }
  return entries
}

/**
 * Writes entries below a directory that exists.
 * @throws SystemCallError
 */
export function* writeTree(system: System, directory: string, entries: readonly ArchiveEntry[]): Program<void> {
  for (const entry of entries) {
    const path = `${directory.replace(/\/$/, '')}/${entry.name}`
    if (entry.type === 'directory') {
      if ((yield* statOf(system, path))?.type !== 'directory') yield* system.mkdir(path, entry.mode)
    } else if (entry.type === 'symlink') {
      if (yield* statOf(system, path)) yield* system.unlink(path)
      yield* system.symlink(entry.target ?? '', path)
    } else {
      const fd = yield* system.open(path, ['WRONLY', 'CREAT', 'TRUNC'], entry.mode)
      yield* writeAll(system, fd, entry.content ?? new Uint8Array())
      yield* system.close(fd)
    }
  }
}

/** stat(2), or undefined when there is nothing. */
export function* statOf(system: System, path: string): Program<Stat | undefined> {
  try {
    return yield* system.stat(path)
  } catch (error) {
    if (error instanceof SystemCallError && (error.errno === 'ENOENT' || error.errno === 'ENOTDIR')) return undefined
    throw error
  }
}
