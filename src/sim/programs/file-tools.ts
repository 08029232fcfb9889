// Programs that change the tree of files: mkdir, rmdir, rm, mv, ln, touch, mktemp.
import type { Main, Program, Stat, System } from '../kernel/system.ts'
import { SystemCallError } from '../kernel/system.ts'
import type { Invocation } from './command.ts'
import { command, ProgramError } from './command.ts'
import { copyTree } from './copy-tree.ts'
import { OptionError } from './getopt.ts'
import { modeOf } from './chmod.ts'
import { writeError, writeOut } from './stdio.ts'

/** Runs a step for each operand; a failed call is told by `describe` and makes the status 1. */
export function* each(
  { system, name }: Pick<Invocation, 'system' | 'name'>,
  operands: readonly string[],
  describe: (path: string, reason: string) => string,
  step: (path: string) => Program<void>,
): Program<number> {
  if (operands.length === 0) throw new OptionError('missing operand')
  let status = 0
  for (const path of operands) {
    try {
      yield* step(path)
    } catch (error) {
      if (!(error instanceof SystemCallError)) throw error
      yield* writeError(system, `${name}: ${describe(path, error.message)}\n`)
      status = 1
    }
  }
  return status
}

/** What stands at a path, not through a link; undefined when nothing does. */
export function* lstatOf(system: System, path: string): Program<Stat | undefined> {
  try {
    return yield* system.lstat(path)
  } catch (error) {
    if (error instanceof SystemCallError) return undefined
    throw error
  }
}

export function* isDirectory(system: System, path: string): Program<boolean> {
  try {
    return (yield* system.stat(path)).type === 'directory'
  } catch (error) {
    if (error instanceof SystemCallError) return false
    throw error
  }
}

export const mkdir: Main = command(
  'mkdir',
  [{ names: ['p', 'parents'] }, { names: ['m', 'mode'], value: 'required' }, { names: ['v', 'verbose'] }],
  function* run(invocation) {
    const { system, operands, has, value } = invocation
    const mode = value('m') === undefined ? 0o777 : modeOf(value('m') ?? '', 0o777, true)
    return yield* each(
      invocation,
      operands,
      (path, reason) => `cannot create directory '${path}': ${reason}`,
      function* step(path) {
        if (has('p')) {
          const parts = path.split('/')
          for (let end = 1; end < parts.length; end += 1) yield* makeMissing(system, parts.slice(0, end).join('/'))
          if (yield* isDirectory(system, path)) return
        }
        yield* system.mkdir(path, mode)
        if (value('m') !== undefined) yield* system.chmod(path, mode)
        if (has('v')) yield* writeOut(system, `mkdir: created directory '${path}'\n`)
      },
    )
  },
)

function* makeMissing(system: System, path: string): Program<void> {
  if (path === '' || (yield* isDirectory(system, path))) return
  yield* system.mkdir(path, 0o777)
}

export const rmdir: Main = command(
  'rmdir',
  [{ names: ['p', 'parents'] }, { names: ['v', 'verbose'] }, { names: ['ignore-fail-on-non-empty'] }],
  function* run(invocation) {
    const { system, operands, has } = invocation
    return yield* each(
      invocation,
      operands,
      (path, reason) => `failed to remove '${path}': ${reason}`,
      function* step(path) {
        yield* system.rmdir(path)
        if (!has('p')) return
        const parts = path.replace(/\/+$/, '').split('/')
        for (let end = parts.length - 1; end > 0; end -= 1) yield* system.rmdir(parts.slice(0, end).join('/') || '/')
      },
    )
  },
)

export const rm: Main = command(
  'rm',
  [
    { names: ['r', 'R', 'recursive'] },
    { names: ['f', 'force'] },
    { names: ['i'] },
    { names: ['d', 'dir'] },
    { names: ['v', 'verbose'] },
  ],
  function* run(invocation) {
    const { system, operands, has } = invocation
    if (operands.length === 0 && has('f')) return 0
    let refused = 0
    const status = yield* each(
      invocation,
      operands,
      (path, reason) => `cannot remove '${path}': ${reason}`,
      function* step(path) {
        if (/(?:^|\/)\.{1,2}\/*$/.test(path)) {
          yield* writeError(system, `rm: refusing to remove '.' or '..' directory: skipping '${path}'\n`)
          refused = 1
          return
        }
        if (has('f') && !(yield* lstatOf(system, path))) return
        const stat = yield* system.lstat(path)
        if (stat.type === 'directory' && !has('r') && !has('d')) {
          yield* writeError(system, `rm: cannot remove '${path}': Is a directory\n`)
          refused = 1
          return
        }
        yield* removeTree(system, path, stat, has('v'))
      },
    )
    return status || refused
  },
)

function* removeTree(system: System, path: string, stat: Stat, verbose: boolean): Program<void> {
  if (stat.type !== 'directory') yield* system.unlink(path)
  else {
    const fd = yield* system.open(path, ['RDONLY', 'DIRECTORY'])
    const entries = yield* system.getdents(fd)
    yield* system.close(fd)
    for (const { name } of entries) {
      if (name === '.' || name === '..') continue
      const inside = `${path.replace(/\/$/, '')}/${name}`
      yield* removeTree(system, inside, yield* system.lstat(inside), verbose)
    }
    yield* system.rmdir(path)
  }
  if (verbose) yield* writeOut(system, `removed ${stat.type === 'directory' ? 'directory ' : ''}'${path}'\n`)
}

export const mv: Main = command(
  'mv',
  [
    { names: ['f', 'force'] },
    { names: ['n', 'no-clobber'] },
    { names: ['v', 'verbose'] },
    { names: ['T', 'no-target-directory'] },
    { names: ['i'] },
  ],
  function* run(invocation) {
    const { system, operands, has } = invocation
    const target = yield* targetOf(invocation, operands)
    const into = !has('T') && (yield* isDirectory(system, target))
    return yield* each(
      invocation,
      operands.slice(0, -1),
      (path, reason) =>
        reason === 'No such file or directory'
          ? `cannot stat '${path}': ${reason}`
          : `cannot move '${path}' to '${target}': ${reason}`,
      function* step(path) {
        const to = into ? `${target.replace(/\/$/, '')}/${path.replace(/\/+$/, '').replace(/^.*\//, '')}` : target
        const stat = yield* system.lstat(path)
        if (has('n') && (yield* lstatOf(system, to))) return
        try {
          yield* system.rename(path, to)
        } catch (error) {
          if (!(error instanceof SystemCallError) || error.errno !== 'EXDEV') throw error
          yield* copyTree(system, path, to, { recursive: true, preserve: true, follow: false })
          yield* removeTree(system, path, stat, false)
        }
        if (has('v')) yield* writeOut(system, `renamed '${path}' -> '${to}'\n`)
      },
    )
  },
)

/** The last operand of cp, mv and ln. Throws as they do when there are too few. */
export function* targetOf(
  { system, name }: Pick<Invocation, 'system' | 'name'>,
  operands: readonly string[],
): Program<string> {
  const [first] = operands
  const target = operands.at(-1)
  if (first === undefined || target === undefined) throw new OptionError('missing file operand')
  if (operands.length === 1) throw new OptionError(`missing destination file operand after '${first}'`)
  if (operands.length > 2 && !(yield* isDirectory(system, target))) {
    throw new ProgramError(`target '${target}'${name === 'ln' ? '' : ''}: No such file or directory`)
  }
  return target
}

export const ln: Main = command(
  'ln',
  [
    { names: ['s', 'symbolic'] },
    { names: ['f', 'force'] },
    { names: ['n', 'no-dereference'] },
    { names: ['v', 'verbose'] },
    { names: ['T', 'no-target-directory'] },
  ],
  function* run(invocation) {
    const { system, operands, has } = invocation
    const [only] = operands
    if (only === undefined) throw new OptionError('missing file operand')
    const target = operands.length === 1 ? '.' : yield* targetOf(invocation, operands)
    const into = !has('n') && !has('T') && (yield* isDirectory(system, target))
    const kind = has('s') ? 'symbolic link' : 'hard link'
    return yield* each(
      invocation,
      operands.length === 1 ? operands : operands.slice(0, -1),
      (path, reason) =>
        has('s') ? `failed to create ${kind} '${target}': ${reason}` : `failed to access '${path}': ${reason}`,
      function* step(path) {
        const to = into ? `${target.replace(/\/$/, '')}/${path.replace(/\/+$/, '').replace(/^.*\//, '')}` : target
        if (has('f') && (yield* lstatOf(system, to))) yield* system.unlink(to)
        if (has('s')) yield* system.symlink(path, to)
        else yield* system.link(path, to)
        if (has('v')) yield* writeOut(system, `'${to}' ${has('s') ? '->' : '=>'} '${path}'\n`)
      },
    )
  },
)

export const touch: Main = command(
  'touch',
  [
    { names: ['a'] },
    { names: ['m'] },
    { names: ['c', 'no-create'] },
    { names: ['d', 'date'], value: 'required' },
    { names: ['r', 'reference'], value: 'required' },
    { names: ['t'], value: 'required' },
  ],
  function* run(invocation) {
    const { system, operands, has, value } = invocation
    if (operands.length === 0) throw new OptionError('missing file operand')
    const reference = value('r')
    const given = value('d')
    let time = yield* system.clock_gettime('CLOCK_REALTIME')
    if (reference !== undefined) time = (yield* system.stat(reference)).mtime
    if (given !== undefined) {
      const parsed = given.startsWith('@') ? Number(given.slice(1)) * 1000 : Date.parse(`${given.replace(' ', 'T')}Z`)
      if (Number.isNaN(parsed)) throw new ProgramError(`invalid date format '${given}'`)
      time = parsed * 1000
    }
    return yield* each(
      invocation,
      operands,
      (path, reason) => `cannot touch '${path}': ${reason}`,
      function* step(path) {
        if (!(yield* lstatOf(system, path))) {
          if (has('c')) return
          yield* system.close(yield* system.open(path, ['WRONLY', 'CREAT']))
        }
        const old = yield* system.stat(path)
        yield* system.utimens(path, has('m') && !has('a') ? old.atime : time, has('a') && !has('m') ? old.mtime : time)
      },
    )
  },
)

export const mktemp: Main = command(
  'mktemp',
  [
    { names: ['d', 'directory'] },
    { names: ['u', 'dry-run'] },
    { names: ['q', 'quiet'] },
    { names: ['p', 'tmpdir'], value: 'optional' },
    { names: ['t'] },
    { names: ['suffix'], value: 'required' },
  ],
  function* run({ system, operands, environment, has, value }) {
    const directory = value('p') || environment.get('TMPDIR') || '/tmp'
    const [given] = operands
    const template = given ?? 'tmp.XXXXXXXXXX'
    const inDirectory = given === undefined || has('p') || has('t')
    const match = /^(.*?)(X{3,})([^X]*)$/s.exec(template + (value('suffix') ?? ''))
    if (!match) throw new ProgramError(`too few X's in template '${template}'`)
    const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
    const random = yield* randomBytes(system, (match[2] ?? '').length)
    const name = `${match[1]}${Array.from(random, (byte) => letters[byte % letters.length]).join('')}${match[3]}`
    const path = inDirectory ? `${directory}/${name}` : name
    try {
      if (has('d')) yield* system.mkdir(path, 0o700)
      else if (!has('u')) yield* system.close(yield* system.open(path, ['RDWR', 'CREAT', 'EXCL'], 0o600))
    } catch (error) {
      if (!(error instanceof SystemCallError)) throw error
      throw new ProgramError(
        `failed to create ${has('d') ? 'directory' : 'file'} via template '${inDirectory ? `${directory}/` : ''}${template}': ${error.message}`,
      )
    }
    yield* writeOut(system, `${path}\n`)
    return 0
  },
)

function* randomBytes(system: System, count: number): Program<Uint8Array> {
  const fd = yield* system.open('/dev/urandom')
  const bytes = yield* system.read(fd, count)
  yield* system.close(fd)
  return bytes
}
