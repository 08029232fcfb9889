// tee(1): its input to its output and to files.
import { type Main, SystemCallError } from '../kernel/system.ts'
import { readSize, writeAll } from './stdio.ts'
import { attempt, type Family, utility, warn } from './utility.ts'

const options = [
  { names: ['a', 'append'] },
  { names: ['i', 'ignore-interrupts'] },
  { names: ['p'] },
  { names: ['output-error'], value: 'optional' },
] as const

export const teeMain = (family: Family): Main =>
  utility(family, { name: 'tee', options, synopsis: '[OPTION]... [FILE]...' }, function* tee(call) {
    const { system, has, operands } = call
    if (has('i')) yield* system.sigaction(2, { handler: 'SIG_IGN' })
    let status = 0
    const targets = [{ fd: 1, path: 'standard output' }]
    for (const path of operands) {
      const fd = yield* attempt(system.open(path, ['WRONLY', 'CREAT', has('a') ? 'APPEND' : 'TRUNC']))
      if (!(fd instanceof SystemCallError)) {
        targets.push({ fd, path })
        continue
      }
      yield* warn(call, `${path}: ${fd.message}`)
      status = 1
    }
    for (;;) {
      const chunk = yield* system.read(0, readSize)
      if (chunk.length === 0) return status
      for (const { fd, path } of [...targets]) {
        const failed = yield* attempt(writeAll(system, fd, chunk))
        if (!(failed instanceof SystemCallError)) continue
        yield* warn(call, `${path}: ${failed.message}`)
        targets.splice(
          targets.findIndex((target) => target.fd === fd),
          1,
        )
        status = 1
      }
    }
  })
