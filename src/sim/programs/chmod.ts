// chmod(1) and chown(1).
import type { Main, Program, System } from '../kernel/system.ts'
import { SystemCallError } from '../kernel/system.ts'
import type { Invocation } from './command.ts'
import { command, ProgramError } from './command.ts'
import { OptionError } from './getopt.ts'
import { readNameTables } from './name-tables.ts'
import { writeError, writeOut } from './stdio.ts'

/** The bits that a mode's text asks for, octal or as `u+x,go-w`, over those that a file has. Throws ProgramError. */
export function modeOf(text: string, old: number, directory: boolean): number {
  if (/^[0-7]{1,4}$/.test(text)) return Number.parseInt(text, 8)
  let mode = old
  for (const clause of text.split(',')) {
    const match = /^([ugoa]*)((?:[-+=][rwxXst]*)+)$/.exec(clause)
    if (!match) throw new ProgramError(`invalid mode: '${text}'\nTry 'chmod --help' for more information.`)
    const who = match[1] === '' || match[1]?.includes('a') ? 'ugo' : (match[1] ?? '')
    for (const [, operator = '', letters = ''] of (match[2] ?? '').matchAll(/([-+=])([rwxXst]*)/g)) {
      let bits = 0
      let mask = 0
      for (const [group, shift] of [
        ['u', 6],
        ['g', 3],
        ['o', 0],
      ] as const) {
        if (!who.includes(group)) continue
        mask |= 7 << shift
        if (letters.includes('r')) bits |= 4 << shift
        if (letters.includes('w')) bits |= 2 << shift
        if (letters.includes('x') || (letters.includes('X') && (directory || (mode & 0o111) !== 0))) bits |= 1 << shift
      }
      if (letters.includes('s')) bits |= (who.includes('u') ? 0o4000 : 0) | (who.includes('g') ? 0o2000 : 0)
      if (letters.includes('t')) bits |= 0o1000
      mode = operator === '+' ? mode | bits : operator === '-' ? mode & ~bits : (mode & ~mask) | bits
    }
  }
  return mode
}

export const chmod: Main = (system, argv, environment) => {
  // `chmod -x file`: a mode may begin with a dash.
  const words = argv.map((word) => (/^-[rwxXst]+$/.test(word) && word !== '-R' ? `a${word}` : word))
  return runChmod(system, words, environment)
}

const runChmod = command(
  'chmod',
  [
    { names: ['R', 'recursive'] },
    { names: ['v', 'verbose'] },
    { names: ['c', 'changes'] },
    { names: ['f', 'silent', 'quiet'] },
  ],
  function* run(invocation) {
    const { operands, has } = invocation
    const [mode, ...paths] = operands
    if (mode === undefined) throw new OptionError('missing operand')
    if (paths.length === 0) throw new OptionError(`missing operand after '${mode}'`)
    return yield* walk(invocation, paths, has('R'), function* change(path, stat) {
      yield* invocation.system.chmod(path, modeOf(mode, stat.mode, stat.directory))
    })
  },
)

export const chown: Main = command(
  'chown',
  [
    { names: ['R', 'recursive'] },
    { names: ['v', 'verbose'] },
    { names: ['h', 'no-dereference'] },
    { names: ['f', 'silent', 'quiet'] },
  ],
  function* run(invocation) {
    const { system, operands, has } = invocation
    const [owner, ...paths] = operands
    if (owner === undefined) throw new OptionError('missing operand')
    if (paths.length === 0) throw new OptionError(`missing operand after '${owner}'`)
    const names = yield* readNameTables(system)
    const [user = '', group = ''] = owner.split(/[:.]/)
    const uid = numberOf(user, names.users, `invalid user: '${owner}'`)
    const gid = numberOf(group, names.groups, `invalid group: '${owner}'`)
    return yield* walk(invocation, paths, has('R'), function* change(path) {
      yield* system.chown(path, uid, gid)
    })
  },
)

function numberOf(text: string, table: ReadonlyMap<number, string>, message: string): number {
  if (text === '') return -1
  const known = [...table].find(([, name]) => name === text)?.[0]
  if (known !== undefined) return known
  if (/^\d+$/.test(text)) return Number(text)
  throw new ProgramError(message)
}

function* walk(
  { system, name, has }: Invocation,
  paths: readonly string[],
  recursive: boolean,
  change: (path: string, stat: { mode: number; directory: boolean }) => Program<void>,
): Program<number> {
  let status = 0
  const queue = [...paths]
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    try {
      const stat = yield* system.stat(path)
      yield* change(path, { mode: stat.mode, directory: stat.type === 'directory' })
      if (has('v')) yield* writeOut(system, `mode of '${path}' changed\n`)
      if (recursive && stat.type === 'directory') queue.unshift(...(yield* inside(system, path)))
    } catch (error) {
      if (!(error instanceof SystemCallError)) throw error
      const missing = error.errno === 'ENOENT' || error.errno === 'ENOTDIR'
      const verb = missing ? 'cannot access' : name === 'chmod' ? 'changing permissions of' : 'changing ownership of'
      if (!has('f')) yield* writeError(system, `${name}: ${verb} '${path}': ${error.message}\n`)
      status = 1
    }
  }
  return status
}

function* inside(system: System, path: string): Program<string[]> {
  const fd = yield* system.open(path, ['RDONLY', 'DIRECTORY'])
  const entries = yield* system.getdents(fd)
  yield* system.close(fd)
  return entries
    .map(({ name }) => name)
    .filter((name) => name !== '.' && name !== '..')
    .map((name) => `${path}/${name}`)
}
