// Finding the program that a container is to run, as runc does by Go's exec.LookPath, and its words when there is none.
import { type Environment, type Program, type System, SystemCallError } from '../kernel/system.ts'

/** The path to execute, or why there is none: what runc prints after `exec: `. */
export function* lookPath(
  system: System,
  name: string,
  environment: Environment,
): Program<{ path: string } | { reason: string }> {
  const refused = (why: string) => ({ reason: `exec: ${JSON.stringify(name)}: ${why}` })
  if (name.includes('/')) {
    const problem = yield* problemOf(system, name)
    if (problem === undefined) return { path: name }
    return refused(problem === 'ENOENT' || problem === 'ENOTDIR' ? `stat ${name}: ${words[problem]}` : words[problem])
  }
  let denied = false
  for (const directory of (environment.get('PATH') ?? '').split(':')) {
    const path = `${directory === '' ? '.' : directory}/${name}`
    const problem = yield* problemOf(system, path)
    if (problem === undefined) return { path }
    denied ||= problem === 'EACCES'
  }
  return refused(denied ? 'permission denied' : 'executable file not found in $PATH')
}

const words = {
  ENOENT: 'no such file or directory',
  ENOTDIR: 'not a directory',
  EACCES: 'permission denied',
  EISDIR: 'is a directory',
} as const

function* problemOf(system: System, path: string): Program<keyof typeof words | undefined> {
  try {
    const { type } = yield* system.stat(path)
    if (type === 'directory') return 'EISDIR'
    yield* system.access(path, ['X'])
    return undefined
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    return error.errno === 'ENOENT' || error.errno === 'ENOTDIR' ? error.errno : 'EACCES'
  }
}
