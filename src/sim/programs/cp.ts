// cp(1): copies files, and with -r directories.
import type { Main } from '../kernel/system.ts'
import { command } from './command.ts'
import { copyTree } from './copy-tree.ts'
import { each, isDirectory, lstatOf, targetOf } from './file-tools.ts'
import { writeError, writeOut } from './stdio.ts'

export const cp: Main = command(
  'cp',
  [
    { names: ['r', 'R', 'recursive'] },
    { names: ['a', 'archive'] },
    { names: ['p'] },
    { names: ['preserve'], value: 'optional' },
    { names: ['f', 'force'] },
    { names: ['n', 'no-clobber'] },
    { names: ['v', 'verbose'] },
    { names: ['T', 'no-target-directory'] },
    { names: ['L', 'dereference'] },
    { names: ['P', 'no-dereference'] },
    { names: ['d'] },
    { names: ['i'] },
    { names: ['u', 'update'], value: 'optional' },
  ],
  function* run(invocation) {
    const { system, operands, has } = invocation
    const target = yield* targetOf(invocation, operands)
    const into = !has('T') && (yield* isDirectory(system, target))
    const recursive = has('r') || has('a')
    let omitted = 0
    const status = yield* each(
      invocation,
      operands.slice(0, -1),
      (path, reason) =>
        reason === 'No such file or directory'
          ? `cannot stat '${path}': ${reason}`
          : `cannot open '${path}' for reading: ${reason}`,
      function* step(path) {
        const to = into ? `${target.replace(/\/$/, '')}/${path.replace(/\/+$/, '').replace(/^.*\//, '')}` : target
        const stat = yield* system.stat(path)
        if (stat.type === 'directory' && !recursive) {
          yield* writeError(system, `cp: -r not specified; omitting directory '${path}'\n`)
          omitted = 1
          return
        }
        const old = yield* lstatOf(system, to)
        if (old && has('n')) return
        if (old && old.ino === stat.ino && old.dev === stat.dev) {
          yield* writeError(system, `cp: '${path}' and '${to}' are the same file\n`)
          omitted = 1
          return
        }
        yield* copyTree(system, path, to, {
          recursive,
          preserve: has('a') || has('p') || has('preserve'),
          follow: !has('a') && !has('P') && !has('d') && !recursive,
        })
        if (has('v')) yield* writeOut(system, `'${path}' -> '${to}'\n`)
      },
    )
    return status || omitted
  },
)
