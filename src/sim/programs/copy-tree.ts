// Copying files and trees of them, for cp and mv.
import type { Program, System } from '../kernel/system.ts'
import { SystemCallError } from '../kernel/system.ts'
import { readSize, writeAll } from './stdio.ts'

export interface CopySettings {
  readonly recursive: boolean
  /** Times, owner and mode go along. */
  readonly preserve: boolean
  /** Symbolic links are copied as what they lead to. */
  readonly follow: boolean
}

/** Copies a file, a link, or with `recursive` a directory and all in it. Throws as the calls do. */
export function* copyTree(system: System, from: string, to: string, settings: CopySettings): Program<void> {
  const stat = yield* settings.follow ? system.stat(from) : system.lstat(from)
  if (stat.type === 'symlink') yield* system.symlink(yield* system.readlink(from), to)
  else if (stat.type === 'directory') {
    try {
      yield* system.mkdir(to, stat.mode | 0o700)
    } catch (error) {
      if (!(error instanceof SystemCallError) || error.errno !== 'EEXIST') throw error
    }
    const fd = yield* system.open(from, ['RDONLY', 'DIRECTORY'])
    const entries = yield* system.getdents(fd)
    yield* system.close(fd)
    for (const { name } of entries) {
      if (name !== '.' && name !== '..') yield* copyTree(system, `${from}/${name}`, `${to}/${name}`, settings)
    }
  } else yield* copyFile(system, from, to, stat.mode)
  if (!settings.preserve || stat.type === 'symlink') return
  yield* system.chmod(to, stat.mode)
  yield* system.utimens(to, stat.atime, stat.mtime)
  try {
    yield* system.chown(to, stat.uid, stat.gid)
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
  }
}

function* copyFile(system: System, from: string, to: string, mode: number): Program<void> {
  const input = yield* system.open(from)
  const output = yield* system.open(to, ['WRONLY', 'CREAT', 'TRUNC'], mode)
  for (;;) {
    const chunk = yield* system.read(input, readSize)
    if (chunk.length === 0) break
    yield* writeAll(system, output, chunk)
  }
  yield* system.close(input)
  yield* system.close(output)
}
