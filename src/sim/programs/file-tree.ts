// What cp, mv, rm and their like share: reading directories, copying and removing trees, joining names.
import { type Program, type Stat, SystemCallError, type System } from '../kernel/system.ts'
import { readSize, writeAll } from './stdio.ts'
import { attempt } from './utility.ts'

/** Names in a directory without `.` and `..`. */
export function* namesIn(system: System, path: string): Program<string[]> {
  const fd = yield* system.open(path, ['RDONLY', 'DIRECTORY'])
  try {
    return (yield* system.getdents(fd)).map(({ name }) => name).filter((name) => name !== '.' && name !== '..')
  } finally {
    yield* system.close(fd)
  }
}

export function joinPath(directory: string, name: string): string {
  return directory.endsWith('/') ? directory + name : `${directory}/${name}`
}

export function lastPart(path: string): string {
  const trimmed = path.replace(/(?!^)\/+$/, '')
  return trimmed.slice(trimmed.lastIndexOf('/') + 1)
}

/** stat(2) or lstat(2), undefined when it fails. */
export function* statOf(system: System, path: string, follow = true): Program<Stat | undefined> {
  const stat = yield* attempt(follow ? system.stat(path) : system.lstat(path))
  return stat instanceof SystemCallError ? undefined : stat
}

export function* isDirectory(system: System, path: string): Program<boolean> {
  return (yield* statOf(system, path))?.type === 'directory'
}

/** Where `source` goes when `target` may be a directory. */
export function* destination(system: System, source: string, target: string): Program<string> {
  return (yield* isDirectory(system, target)) ? joinPath(target, lastPart(source)) : target
}

export interface CopyOptions {
  readonly recursive: boolean
  /** Links are copied as links. */
  readonly keepLinks: boolean
  /** Mode, owner and times. */
  readonly preserve: boolean
}

/**
 * Copies one file, link or, if `recursive`, tree. `failed` hears of each part that could not be copied.
 * @returns whether all went well
 */
export function* copyTree(
  system: System,
  source: string,
  target: string,
  options: CopyOptions,
  failed: (verb: 'stat' | 'open' | 'create', path: string, error: SystemCallError) => Program<void>,
): Program<boolean> {
  const stat = yield* attempt(options.keepLinks ? system.lstat(source) : system.stat(source))
  if (stat instanceof SystemCallError) {
    yield* failed('stat', source, stat)
    return false
  }
  const made = yield* attempt(copyOne(system, source, target, stat, options))
  if (made instanceof SystemCallError) {
    yield* failed(made.errno === 'EACCES' && stat.type === 'regular' ? 'open' : 'create', target, made)
    return false
  }
  let well = true
  if (stat.type === 'directory') {
    for (const name of yield* namesIn(system, source)) {
      const copied = yield* copyTree(system, joinPath(source, name), joinPath(target, name), options, failed)
      well &&= copied
    }
  }
  if (options.preserve && stat.type !== 'symlink') {
    yield* system.chown(target, stat.uid, stat.gid)
    yield* system.chmod(target, stat.mode)
    yield* system.utimens(target, stat.atime, stat.mtime)
  }
  return well
}

function* copyOne(system: System, source: string, target: string, stat: Stat, options: CopyOptions): Program<void> {
  const old = yield* statOf(system, target, false)
  switch (stat.type) {
    case 'directory':
      if (old === undefined) yield* system.mkdir(target, stat.mode & 0o777)
      return
    case 'symlink':
      if (old !== undefined) yield* system.unlink(target)
      yield* system.symlink(yield* system.readlink(source), target)
      return
    case 'fifo':
    case 'character':
    case 'block':
    case 'socket':
      if (options.recursive) {
        yield* system.mknod(target, stat.type, stat.mode, stat.rdev)
        return
      }
  }
  const from = yield* system.open(source)
  const to = yield* attempt(system.open(target, ['WRONLY', 'CREAT', 'TRUNC'], stat.mode & 0o777))
  if (to instanceof SystemCallError) {
    yield* system.close(from)
    throw to
  }
  for (let chunk = yield* system.read(from, readSize); chunk.length > 0; chunk = yield* system.read(from, readSize)) {
    yield* writeAll(system, to, chunk)
  }
  yield* system.close(from)
  yield* system.close(to)
}

/** Removes a file, or a tree from its leaves on; `failed` hears of what stays, `removed` of what is gone. */
export function* removeTree(
  system: System,
  path: string,
  failed: (path: string, error: SystemCallError) => Program<void>,
  removed?: (path: string, stat: Stat) => Program<void>,
): Program<boolean> {
  const stat = yield* attempt(system.lstat(path))
  if (stat instanceof SystemCallError) {
    yield* failed(path, stat)
    return false
  }
  let well = true
  if (stat.type === 'directory') {
    const names = yield* attempt(namesIn(system, path))
    if (names instanceof SystemCallError) {
      yield* failed(path, names)
      return false
    }
    for (const name of names) {
      const gone = yield* removeTree(system, joinPath(path, name), failed, removed)
      well &&= gone
    }
    if (!well) return false
  }
  const gone = yield* attempt(stat.type === 'directory' ? system.rmdir(path) : system.unlink(path))
  if (!(gone instanceof SystemCallError)) {
    if (removed !== undefined) yield* removed(path, stat)
    return true
  }
  yield* failed(path, gone)
  return false
}
