// touch(1), chmod(1), chown(1) and chgrp(1).
import { type Main, type Program, type Stat, SystemCallError } from '../kernel/system.ts'
import { parseDate } from './date-words.ts'
import { joinPath, namesIn, statOf } from './file-tree.ts'
import type { OptionRow } from './getopt.ts'
import { applyMode } from './mode-words.ts'
import { readNameTables } from './name-tables.ts'
import { writeOut } from './stdio.ts'
import { modeText } from './stat-text.ts'
import { attempt, type Call, Failure, type Family, misuse, utility, warn } from './utility.ts'

const touchOptions: readonly OptionRow[] = [
  { names: ['c', 'no-create'] },
  { names: ['a'] },
  { names: ['m'] },
  { names: ['h', 'no-dereference'] },
  { names: ['d', 'date'], value: 'required' },
  { names: ['t'], value: 'required' },
  { names: ['r', 'reference'], value: 'required' },
]

/** `[[CC]YY]MMDDhhmm[.ss]` in seconds since the epoch. */
function stamp(text: string, now: number): number | undefined {
  const match = /^(\d{2}|\d{4})?(\d{2})(\d{2})(\d{2})(\d{2})(?:\.(\d{2}))?$/.exec(text)
  if (match === null) return undefined
  const [, year, month, day, hour, minute, second = '0'] = match
  const full =
    year === undefined ? new Date(now * 1000).getUTCFullYear() : year.length === 2 ? 2000 + Number(year) : Number(year)
  return Date.UTC(full, Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)) / 1000
}

export const touchMain = (family: Family): Main =>
  utility(family, { name: 'touch', options: touchOptions, synopsis: '[OPTION]... FILE...' }, function* touch(call) {
    const { system, value, operands } = call
    if (operands.length === 0) throw misuse('missing file operand')
    const now = (yield* system.clock_gettime('CLOCK_REALTIME')) / 1e6
    const [date, old, reference] = [value('d'), value('t'), value('r')]
    const words = date ?? old
    const given = date !== undefined ? parseDate(date, now) : old !== undefined ? stamp(old, now) : now
    if (given === undefined) {
      throw new Failure(family === 'gnu' ? `invalid date format ${call.quote(words ?? '')}` : `invalid date '${words}'`)
    }
    const model = reference === undefined ? undefined : yield* system.stat(reference)
    let status = 0
    for (const path of operands) {
      const failed = yield* attempt(touchOne(call, path, model?.atime ?? given * 1e6, model?.mtime ?? given * 1e6))
      if (!(failed instanceof SystemCallError)) continue
      yield* warn(call, family === 'gnu' ? `cannot touch '${path}': ${failed.message}` : `${path}: ${failed.message}`)
      status = 1
    }
    return status
    function* touchOne({ system, has }: Call, path: string, atime: number, mtime: number): Program<void> {
      const stat = yield* statOf(system, path)
      if (stat === undefined) {
        if (has('c')) return
        yield* system.close(yield* system.open(path, ['WRONLY', 'CREAT'], 0o666))
      }
      const both = has('a') === has('m')
      yield* system.utimens(
        path,
        both || has('a') ? atime : (stat?.atime ?? now * 1e6),
        both || has('m') ? mtime : (stat?.mtime ?? now * 1e6),
      )
    }
  })

const changeOptions: readonly OptionRow[] = [
  { names: ['R', 'recursive'] },
  { names: ['v', 'verbose'] },
  { names: ['c', 'changes'] },
  { names: ['f', 'silent', 'quiet'] },
  { names: ['h', 'no-dereference'] },
  { names: ['reference'], value: 'required' },
]

/** Changes each operand, with -R what is below as well. */
function* changeAll(
  call: Call,
  paths: readonly string[],
  change: (path: string, stat: Stat) => Program<void>,
  verb: string,
): Program {
  const { system, family, has } = call
  let status = 0
  for (const path of paths) {
    const stat = yield* attempt(system.stat(path))
    const failed = stat instanceof SystemCallError ? stat : yield* attempt(change(path, stat))
    if (failed instanceof SystemCallError) {
      status = 1
      const gnu = stat instanceof SystemCallError ? `cannot access '${path}'` : `${verb} '${path}'`
      if (!has('f')) yield* warn(call, `${family === 'gnu' ? gnu : path}: ${failed.message}`)
      continue
    }
    if (!has('R') || stat instanceof SystemCallError || stat.type !== 'directory') continue
    const below = (yield* namesIn(system, path)).map((each) => joinPath(path, each))
    const entries: string[] = []
    for (const each of below) if ((yield* statOf(system, each, false))?.type !== 'symlink') entries.push(each)
    status = (yield* changeAll(call, entries, change, verb)) || status
  }
  return status
}

/** `-x` and `-w` take permissions away; they are no options. */
const protectModes = (argv: readonly string[]) => {
  const at = argv.findIndex((word, index) => index > 0 && /^-[rwxXst]+$/.test(word))
  return at < 0 ? argv : [...argv.slice(0, at), '--', ...argv.slice(at)]
}

export const chmodMain = (family: Family): Main =>
  utility(
    family,
    { name: 'chmod', options: changeOptions, synopsis: '[OPTION]... MODE[,MODE]... FILE...', rewrite: protectModes },
    function* chmod(call) {
      const { system, has, operands } = call
      const reference = call.value('reference')
      const [first, ...others] = operands
      if (first === undefined) throw misuse('missing operand')
      const paths = reference === undefined ? others : operands
      if (paths.length === 0) throw misuse(`missing operand after ${call.quote(first)}`)
      const words = reference === undefined ? first : (yield* system.stat(reference)).mode.toString(8)
      const umask = yield* system.umask(0)
      yield* system.umask(umask)
      if (applyMode(words, 0, 'regular', umask) === undefined) {
        if (family === 'busybox') throw new Failure(`invalid mode '${words}'`)
        throw misuse(`invalid mode: ${call.quote(words)}`)
      }
      return yield* changeAll(
        call,
        paths,
        function* change(path, stat) {
          const mode = applyMode(words, stat.mode, stat.type, umask) ?? stat.mode
          yield* system.chmod(path, mode)
          const changed = mode !== stat.mode
          if (!has('v') && !(has('c') && changed)) return
          const shown = (bits: number) =>
            `${bits.toString(8).padStart(4, '0')} (${modeText({ type: stat.type, mode: bits }).slice(1)})`
          yield* writeOut(
            system,
            changed
              ? `mode of '${path}' changed from ${shown(stat.mode)} to ${shown(mode)}\n`
              : `mode of '${path}' retained as ${shown(mode)}\n`,
          )
        },
        'changing permissions of',
      )
    },
  )

/** A number, or the number of a name; undefined when nobody has it. */
function idOf(text: string, names: ReadonlyMap<number, string>): number | undefined {
  if (/^\d+$/.test(text)) return Number(text)
  return [...names].find(([, name]) => name === text)?.[0]
}

function ownerMain(family: Family, name: 'chown' | 'chgrp'): Main {
  const what = name === 'chown' ? '[OWNER][:[GROUP]]' : 'GROUP'
  return utility(
    family,
    { name, options: changeOptions, synopsis: `[OPTION]... ${what} FILE...` },
    function* main(call) {
      const { system, operands } = call
      const [words, ...paths] = operands
      if (words === undefined) throw misuse('missing operand')
      if (paths.length === 0) throw misuse(`missing operand after ${call.quote(words)}`)
      const { users, groups } = yield* readNameTables(system)
      const [user = '', group = ''] = name === 'chgrp' ? ['', words] : words.split(/[:.]/)
      const uid = user === '' ? undefined : idOf(user, users)
      const gid = group === '' ? undefined : idOf(group, groups)
      if (user !== '' && uid === undefined) {
        throw new Failure(family === 'gnu' ? `invalid user: ${call.quote(words)}` : `unknown user ${words}`)
      }
      if (group !== '' && gid === undefined) {
        const busybox = name === 'chgrp' ? `unknown group ${words}` : `unknown user/group ${words}`
        throw new Failure(family === 'gnu' ? `invalid group: ${call.quote(words)}` : busybox)
      }
      return yield* changeAll(
        call,
        paths,
        (path, stat) => system.chown(path, uid ?? stat.uid, gid ?? stat.gid),
        name === 'chown' ? 'changing ownership of' : 'changing group of',
      )
    },
  )
}

export const chownMain = (family: Family): Main => ownerMain(family, 'chown')
export const chgrpMain = (family: Family): Main => ownerMain(family, 'chgrp')
