// Programs of the file system: finding one on PATH, executing it, and the shell's words when that fails.
import type { Program } from '../kernel/system.ts'
import { SystemCallError } from '../kernel/system.ts'
import { decodeText } from '../programs/bytes.ts'
import { readFile } from '../programs/stdio.ts'
import type { Shell } from './shell.ts'
import { Source } from './source.ts'
import { statOf } from './test-operators.ts'

/** The path for a command's name; undefined when there is none on PATH. A name with a slash is a path already. */
export function* findProgram(shell: Shell, name: string): Program<string | undefined> {
  if (name.includes('/')) return name
  if (name === '') return undefined
  const known = shell.state.hashed.get(name)
  if (known) {
    known.hits += 1
    return known.path
  }
  const [found] = yield* findAllPrograms(shell, name, true)
  if (found !== undefined) shell.state.hashed.set(name, { path: found, hits: 1 })
  return found
}

/** All paths of a name in the directories of PATH; just the first with `first`. A file that may not run counts last. */
export function* findAllPrograms(shell: Shell, name: string, first: boolean): Program<string[]> {
  const found: string[] = []
  let refused: string | undefined
  const path = shell.variables.get('PATH') ?? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
  for (const directory of path.split(':')) {
    const candidate = `${directory || '.'}/${name}`
    const stat = yield* statOf(shell, candidate, true)
    if (!stat || stat.type === 'directory') continue
    if ((stat.mode & 0o111) !== 0) {
      found.push(candidate)
      if (first) return found
    } else refused ??= candidate
  }
  return found.length === 0 && refused !== undefined ? [refused] : found
}

/** Replaces this process by the program. When it cannot, prints why and gives the status, 126 or 127. */
export function* executeProgram(shell: Shell, path: string | undefined, words: readonly string[]): Program<number> {
  const name = words[0] ?? ''
  if (path === undefined) {
    yield* shell.complain(shell.dialect.commandNotFound(name))
    return 127
  }
  const environment = shell.variables.environment()
  environment.set('_', path)
  try {
    return yield* shell.system.execve(path, words, environment)
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    return yield* executionFailed(shell, path, words, error)
  }
}

function* executionFailed(
  shell: Shell,
  path: string,
  words: readonly string[],
  error: SystemCallError,
): Program<number> {
  const stat = yield* statOf(shell, path, true)
  const name = words[0] ?? ''
  if (error.errno === 'ENOEXEC') return yield* runAsScript(shell, path, words)
  if (stat?.type === 'directory') {
    yield* shell.complain(shell.dialect.kind === 'ash' ? `${name}: Permission denied` : `${name}: Is a directory`)
    return 126
  }
  if (error.errno !== 'ENOENT' && error.errno !== 'ENOTDIR') {
    yield* shell.complain(`${name}: ${error.message}`)
    return 126
  }
  if (!stat) {
    yield* shell.complain(error.errno === 'ENOTDIR' ? `${name}: ${error.message}` : shell.dialect.noSuchProgram(name))
    return error.errno === 'ENOTDIR' ? 126 : 127
  }
  // The file is there, so it is its interpreter that is not.
  yield* shell.complain(
    `${name}: ${shell.dialect.kind === 'ash' ? 'not found' : 'cannot execute: required file not found'}`,
  )
  return 127
}

/** A file without `#!` that execve refused: this shell reads it, as if it had been started for it. */
function* runAsScript(shell: Shell, path: string, words: readonly string[]): Program<number> {
  const text = decodeText(yield* readFile(shell.system, path))
  if (text.slice(0, 80).includes('\0') || text.startsWith('\u007fELF')) {
    yield* shell.complain(`${words[0]}: cannot execute binary file: Exec format error`)
    return 126
  }
  shell.state.name = path
  shell.state.positional = words.slice(1)
  shell.state.functions.clear()
  shell.state.mainPid = yield* shell.system.getpid()
  return yield* shell.interpreter.runText(shell, new Source(text), '')
}
