// cp(1), mv(1) and ln(1).
import { type Main, type Program, SystemCallError } from '../kernel/system.ts'
import type { OptionRow } from './getopt.ts'
import { copyTree, destination, isDirectory, joinPath, lastPart, removeTree, statOf } from './file-tree.ts'
import { writeOut } from './stdio.ts'
import { attempt, type Call, Failure, type Family, misuse, utility, warn } from './utility.ts'

const targetOptions: readonly OptionRow[] = [
  { names: ['t', 'target-directory'], value: 'required' },
  { names: ['T', 'no-target-directory'] },
  { names: ['f', 'force'] },
  { names: ['i', 'interactive'] },
  { names: ['n', 'no-clobber'] },
  { names: ['u', 'update'] },
  { names: ['v', 'verbose'] },
]

/** Sources and the one target of `cp`, `mv` and `ln`; a target of many must be a directory. */
function* targetsOf(call: Call): Program<{ sources: readonly string[]; target: string }> {
  const { system, value, operands } = call
  const directory = value('t')
  if (operands.length === 0) throw misuse('missing file operand')
  if (directory !== undefined) return { sources: operands, target: directory }
  const target = operands.at(-1) ?? ''
  if (operands.length === 1) throw misuse(`missing destination file operand after '${target}'`)
  if (operands.length > 2 && !(yield* isDirectory(system, target))) {
    const exists = (yield* statOf(system, target)) !== undefined
    throw new Failure(
      call.family === 'gnu'
        ? `target '${target}': ${exists ? 'Not a directory' : 'No such file or directory'}`
        : `can't create '${target}': ${exists ? 'Not a directory' : 'No such file or directory'}`,
    )
  }
  return { sources: operands.slice(0, -1), target }
}

const cpOptions: readonly OptionRow[] = [
  ...targetOptions,
  { names: ['r', 'recursive'] },
  { names: ['R'] },
  { names: ['a', 'archive'] },
  { names: ['p'] },
  { names: ['preserve'], value: 'optional' },
  { names: ['d'] },
  { names: ['P', 'no-dereference'] },
  { names: ['L', 'dereference'] },
  { names: ['H'] },
  { names: ['l', 'link'] },
  { names: ['s', 'symbolic-link'] },
]

export const cpMain = (family: Family): Main =>
  utility(family, { name: 'cp', options: cpOptions, synopsis: '[OPTION]... SOURCE... DEST' }, function* cp(call) {
    const { system, has } = call
    const { sources, target } = yield* targetsOf(call)
    const recursive = has('r') || has('R') || has('a')
    const options = {
      recursive,
      keepLinks: !has('L') && (recursive || has('d') || has('P')),
      preserve: has('p') || has('a') || has('preserve'),
    }
    let status = 0
    const complain = (message: string) => {
      status = 1
      return warn(call, message)
    }
    for (const source of sources) {
      const to = has('T') ? target : yield* destination(system, source, target)
      const stat = yield* statOf(system, source, !options.keepLinks)
      const old = yield* statOf(system, to)
      if (stat?.type === 'directory' && !recursive) {
        yield* complain(`${family === 'gnu' ? '-r not specified; ' : ''}omitting directory '${source}'`)
      } else if (stat !== undefined && old !== undefined && stat.ino === old.ino && stat.dev === old.dev) {
        yield* complain(`'${source}' and '${to}' are the same file`)
      } else if (old !== undefined && (has('n') || (has('u') && old.mtime >= (stat?.mtime ?? 0)))) continue
      else if (old?.type === 'directory' && stat !== undefined && stat.type !== 'directory') {
        yield* complain(`cannot overwrite directory '${to}' with non-directory`)
      } else {
        const words = family === 'gnu' ? 'cannot' : "can't"
        const copied = yield* copyTree(system, source, to, options, (verb, path, error) =>
          complain(
            `${words} ${verb === 'create' ? (stat?.type === 'directory' ? 'create directory' : family === 'gnu' ? 'create regular file' : 'create') : verb} '${path}': ${error.message}`,
          ),
        )
        if (copied && has('v')) yield* writeOut(system, `'${source}' -> '${to}'\n`)
      }
    }
    return status
  })

export const mvMain = (family: Family): Main =>
  utility(family, { name: 'mv', options: targetOptions, synopsis: '[OPTION]... SOURCE... DEST' }, function* mv(call) {
    const { system, has } = call
    const { sources, target } = yield* targetsOf(call)
    let status = 0
    for (const source of sources) {
      const to = has('T') ? target : yield* destination(system, source, target)
      const stat = yield* attempt(system.lstat(source))
      const old = yield* statOf(system, to, false)
      if (stat instanceof SystemCallError) {
        yield* warn(call, `${family === 'gnu' ? 'cannot stat' : "can't rename"} '${source}': ${stat.message}`)
        status = 1
        continue
      }
      if (old !== undefined && has('n')) continue
      if (old !== undefined && old.ino === stat.ino && old.dev === stat.dev) {
        yield* warn(call, `'${source}' and '${to}' are the same file`)
        status = 1
        continue
      }
      const failed = yield* attempt(system.rename(source, to))
      if (failed instanceof SystemCallError && failed.errno === 'EXDEV') {
        const options = { recursive: true, keepLinks: true, preserve: true }
        const copied = yield* copyTree(system, source, to, options, (_verb, path, error) =>
          warn(call, `cannot create '${path}': ${error.message}`),
        )
        if (copied)
          yield* removeTree(system, source, (path, error) => warn(call, `cannot remove '${path}': ${error.message}`))
        else status = 1
      } else if (failed instanceof SystemCallError) {
        const inside = failed.errno === 'EINVAL'
        const words = inside
          ? `cannot move '${source}' to a subdirectory of itself, '${to}'`
          : `cannot move '${source}' to '${to}': ${failed.message}`
        yield* warn(call, family === 'gnu' ? words : `can't rename '${source}': ${failed.message}`)
        status = 1
        continue
      }
      if (has('v')) yield* writeOut(system, `renamed '${source}' -> '${to}'\n`)
    }
    return status
  })

const lnOptions: readonly OptionRow[] = [
  ...targetOptions,
  { names: ['s', 'symbolic'] },
  { names: ['no-dereference'] },
  { names: ['r', 'relative'] },
]

/** `-n` of ln is --no-dereference, not --no-clobber. */
export const lnMain = (family: Family): Main =>
  utility(family, { name: 'ln', options: lnOptions, synopsis: '[OPTION]... TARGET... LINK_NAME' }, function* ln(call) {
    const { system, has, operands, value } = call
    if (operands.length === 0) throw misuse('missing file operand')
    const directory = value('t')
    const single = operands.length === 1 && directory === undefined
    const target = directory ?? (single ? '.' : (operands.at(-1) ?? ''))
    const sources = single || directory !== undefined ? operands : operands.slice(0, -1)
    const follow = !(has('n') || has('no-dereference'))
    const targetStat = yield* statOf(system, target, follow)
    if (sources.length > 1 && targetStat?.type !== 'directory') throw new Failure(`target '${target}': Not a directory`)
    let status = 0
    for (const source of sources) {
      const into = targetStat?.type === 'directory' && !has('T')
      const path = into ? joinPath(target, lastPart(source)) : target
      if (has('f') && (yield* statOf(system, path, false)) !== undefined) yield* attempt(system.unlink(path))
      const made = yield* attempt(has('s') ? system.symlink(source, path) : system.link(source, path))
      if (!(made instanceof SystemCallError)) {
        if (has('v')) yield* writeOut(system, `'${path}' ${has('s') ? '->' : '=>'} '${source}'\n`)
        continue
      }
      status = 1
      const isMissing = !has('s') && (yield* statOf(system, source, false)) === undefined
      const gnu = isMissing
        ? `failed to access '${source}': ${made.message}`
        : has('s')
          ? `failed to create symbolic link '${path}': ${made.message}`
          : `failed to create hard link '${path}'${made.errno === 'EEXIST' ? '' : ` => '${source}'`}: ${made.message}`
      yield* warn(call, family === 'gnu' ? gnu : `${path.replace(/^\.\//, '')}: ${made.message}`)
    }
    return status
  })
