// truncate(1): gives a file a size.
import { readAll, writeAll } from './stdio.ts'
import { Failure, type Family, misuse, utility } from './utility.ts'

const options = [{ names: ['s', 'size'], value: 'required' }, { names: ['c', 'no-create'] }] as const
const units: Readonly<Record<string, number>> = { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, KB: 1e3, MB: 1e6 }

export const truncateMain = (family: Family) =>
  utility(family, { name: 'truncate', options, synopsis: 'OPTION... FILE...' }, function* truncate(call) {
    const { system, operands, value, has } = call
    const size = /^([+-]?)(\d+)([KMG]?B?)$/.exec(value('s') ?? '')
    if (value('s') === undefined)
      throw misuse(`you must specify either ${call.quote('--size')} or ${call.quote('--reference')}`)
    if (size === null) throw new Failure(`Invalid number: ${call.quote(value('s') ?? '')}`)
    if (operands.length === 0) throw misuse('missing file operand')
    const amount = Number(size[2]) * (units[size[3] ?? ''] ?? 1)
    for (const path of operands) {
      const fd = yield* system.open(path, has('c') ? ['RDWR'] : ['RDWR', 'CREAT'], 0o666)
      const old = yield* readAll(system, fd)
      yield* system.close(fd)
      const wanted = size[1] === '+' ? old.length + amount : size[1] === '-' ? Math.max(0, old.length - amount) : amount
      const bytes = new Uint8Array(wanted)
      bytes.set(old.slice(0, wanted))
      const target = yield* system.open(path, ['WRONLY', 'TRUNC'])
      yield* writeAll(system, target, bytes)
      yield* system.close(target)
    }
    return 0
  })
