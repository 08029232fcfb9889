// tty(1), logname(1), sync(1): what there is to say without a terminal, a login and a disk.
import { writeOut } from './stdio.ts'
import { Failure, type Family, utility } from './utility.ts'

export const ttyMain = (family: Family) =>
  utility(family, { name: 'tty', options: [{ names: ['s', 'silent', 'quiet'] }], usageStatus: 2 }, function* tty(call) {
    if (!call.has('s')) yield* writeOut(call.system, 'not a tty\n')
    return 1
  })

export const lognameMain = (family: Family) =>
  // oxlint-disable-next-line require-yield -- a program is a generator
  utility(family, { name: 'logname' }, function* logname() {
    throw new Failure(family === 'gnu' ? 'no login name' : 'getlogin: No such device or address')
  })

export const syncMain = (family: Family) =>
  // oxlint-disable-next-line require-yield -- a program is a generator
  utility(
    family,
    { name: 'sync', options: [{ names: ['d', 'data'] }, { names: ['f', 'file-system'] }] },
    function* sync() {
      return 0
    },
  )
