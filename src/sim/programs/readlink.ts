// readlink(1) and realpath(1).
import { type Main, type Program, SystemCallError, type System } from '../kernel/system.ts'
import { complain, getopt, OptionError, type OptionRow } from './getopt.ts'
import { writeError, writeOut } from './stdio.ts'

const optionRows: readonly OptionRow[] = [
  { names: ['f', 'canonicalize'] },
  { names: ['e', 'canonicalize-existing'] },
  { names: ['n', 'no-newline'] },
  { names: ['v', 'verbose'] },
  { names: ['q', 'quiet'] },
  { names: ['z', 'zero'] },
]

export const readlink: Main = function* readlink(system, argv) {
  try {
    const { given, operands } = getopt(argv, optionRows)
    if (operands.length === 0) throw new OptionError('missing operand')
    const canonical = given.has('f') || given.has('e')
    let status = 0
    for (const path of operands) {
      try {
        const target = canonical ? yield* canonicalPath(system, path, given.has('e')) : yield* system.readlink(path)
        yield* writeOut(system, target + (given.has('z') ? '\0' : given.has('n') && operands.length === 1 ? '' : '\n'))
      } catch (error) {
        if (!(error instanceof SystemCallError)) throw error
        status = 1
        if (given.has('v')) yield* writeError(system, `readlink: ${path}: ${error.message}\n`)
      }
    }
    return status
  } catch (error) {
    if (!(error instanceof OptionError)) throw error
    return yield* complain(system, 'readlink', error)
  }
}

export const realpath: Main = function* realpath(system, argv) {
  try {
    const { operands } = getopt(argv, optionRows)
    if (operands.length === 0) throw new OptionError('missing operand')
    let status = 0
    for (const path of operands) {
      try {
        yield* writeOut(system, `${yield* canonicalPath(system, path, false)}\n`)
      } catch (error) {
        if (!(error instanceof SystemCallError)) throw error
        status = 1
        yield* writeError(system, `realpath: ${path}: ${error.message}\n`)
      }
    }
    return status
  } catch (error) {
    if (!(error instanceof OptionError)) throw error
    return yield* complain(system, 'realpath', error)
  }
}

/** The path without links, `.` and `..`; unless `existing`, its last part may be missing. */
function* canonicalPath(system: System, path: string, existing: boolean, depth = 0): Program<string> {
  if (depth > 40) throw new SystemCallError('ELOOP')
  const absolute = path.startsWith('/') ? path : `${yield* system.getcwd()}/${path}`
  let resolved = ''
  const parts = absolute.split('/').filter((part) => part !== '' && part !== '.')
  for (const [index, part] of parts.entries()) {
    if (part === '..') {
      resolved = resolved.slice(0, Math.max(0, resolved.lastIndexOf('/')))
      continue
    }
    const next = `${resolved}/${part}`
    try {
      if ((yield* system.lstat(next)).type !== 'symlink') {
        resolved = next
        continue
      }
    } catch (error) {
      const last = index === parts.length - 1
      if (!existing && last && error instanceof SystemCallError && error.errno === 'ENOENT') return next
      throw error
    }
    const target = yield* system.readlink(next)
    // A link of /proc leads to an object without a path: what it shows is all there is to say.
    if (/^[a-z_]+:\[\d+\]$/.test(target)) return `${resolved}/${target}`
    const rest = parts.slice(index + 1).join('/')
    const start = target.startsWith('/') ? target : `${resolved}/${target}`
    return yield* canonicalPath(system, `${start}/${rest}`, existing, depth + 1)
  }
  return resolved === '' ? '/' : resolved
}
