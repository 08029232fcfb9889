// rm(1) and unlink(1).
import { type Main, SystemCallError } from '../kernel/system.ts'
import { lastPart, removeTree } from './file-tree.ts'
import { writeOut } from './stdio.ts'
import { attempt, type Family, misuse, utility, warn } from './utility.ts'

const options = [
  { names: ['r', 'recursive'] },
  { names: ['R'] },
  { names: ['f', 'force'] },
  { names: ['i'] },
  { names: ['I'] },
  { names: ['d', 'dir'] },
  { names: ['v', 'verbose'] },
  { names: ['no-preserve-root'] },
  { names: ['preserve-root'] },
] as const

export const rmMain = (family: Family): Main =>
  utility(family, { name: 'rm', options, synopsis: '[OPTION]... [FILE]...' }, function* rm(call) {
    const { system, has, operands } = call
    if (operands.length === 0) {
      if (has('f')) return 0
      throw misuse('missing operand')
    }
    const recursive = has('r') || has('R')
    const removal = (path: string, reason: string) =>
      family === 'gnu' ? `cannot remove '${path}': ${reason}` : `can't remove '${path}': ${reason}`
    let status = 0
    for (const path of operands) {
      if (recursive && /^\/+$/.test(path) && !has('no-preserve-root')) {
        const twice =
          "it is dangerous to operate recursively on '/'\nrm: use --no-preserve-root to override this failsafe"
        yield* warn(call, twice)
        status = 1
        continue
      }
      if (['.', '..'].includes(lastPart(path))) {
        yield* warn(
          call,
          family === 'gnu'
            ? `refusing to remove '.' or '..' directory: skipping '${path}'`
            : "can't remove '.' or '..'",
        )
        status = 1
        continue
      }
      const stat = yield* attempt(system.lstat(path))
      if (stat instanceof SystemCallError) {
        if (has('f') && (stat.errno === 'ENOENT' || stat.errno === 'ENOTDIR')) continue
        yield* warn(call, removal(path, stat.message))
        status = 1
        continue
      }
      if (stat.type === 'directory' && !recursive && !has('d')) {
        yield* warn(call, family === 'gnu' ? removal(path, 'Is a directory') : `'${path}' is a directory`)
        status = 1
        continue
      }
      if (stat.type === 'directory' && !recursive) {
        const failed = yield* attempt(system.rmdir(path))
        if (failed instanceof SystemCallError) {
          yield* warn(call, removal(path, failed.message))
          status = 1
        }
        continue
      }
      const well = yield* removeTree(
        system,
        path,
        (each, error) => warn(call, removal(each, error.message)),
        has('v')
          ? (each, { type }) => writeOut(system, `removed ${type === 'directory' ? 'directory ' : ''}'${each}'\n`)
          : undefined,
      )
      if (!well) status = 1
    }
    return status
  })

export const unlinkMain = (family: Family): Main =>
  utility(family, { name: 'unlink', synopsis: 'FILE' }, function* unlink(call) {
    const [path, extra] = call.operands
    if (path === undefined) throw misuse('missing operand')
    if (extra !== undefined) throw misuse(`extra operand ${call.quote(extra)}`)
    const failed = yield* attempt(call.system.unlink(path))
    if (!(failed instanceof SystemCallError)) return 0
    const what = family === 'gnu' ? `cannot unlink '${path}'` : `can't remove '${path}'`
    yield* warn(call, `${what}: ${failed.message}`)
    return 1
  })
