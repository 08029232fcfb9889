// cmp(1): the first byte in which two files differ.
import { readAll } from './stdio.ts'
import { type Call, Failure, type Family, misuse, utility, warn } from './utility.ts'
import { type Program, SystemCallError } from '../kernel/system.ts'
import { writeOut } from './stdio.ts'

const options = [
  { names: ['s', 'quiet', 'silent'] },
  { names: ['l', 'verbose'] },
  { names: ['b', 'print-bytes'] },
  { names: ['n', 'bytes'], value: 'required' },
] as const

export const cmpMain = (family: Family) =>
  utility(
    family,
    { name: 'cmp', options, shortName: true, synopsis: '[OPTION]... FILE1 [FILE2 [SKIP1 [SKIP2]]]', usageStatus: 2 },
    function* cmp(call) {
      const [first, second = '-'] = call.operands
      if (first === undefined) throw misuse("missing operand after 'cmp'")
      const limit = Number(call.value('n') ?? Number.POSITIVE_INFINITY)
      const one = (yield* contentOf(call, first)).slice(0, limit)
      const other = (yield* contentOf(call, second)).slice(0, limit)
      const shared = Math.min(one.length, other.length)
      let [at, line] = [0, 1]
      while (at < shared && one[at] === other[at]) if (one[at++] === 10) line++
      if (at < shared) {
        const unit = family === 'gnu' ? 'byte' : 'char'
        if (!call.has('s')) yield* writeOut(call.system, `${first} ${second} differ: ${unit} ${at + 1}, line ${line}\n`)
        return 1
      }
      if (one.length === other.length) return 0
      const shorter = one.length < other.length ? first : second
      if (call.has('s')) return 1
      if (family === 'busybox') yield* warn(call, `EOF on ${shorter}`)
      else if (shared === 0) yield* warn(call, `EOF on ${shorter} which is empty`)
      else {
        const ends = one[shared - 1] === 10 || other[shared - 1] === 10
        const where = ends ? `line ${line - 1}` : `in line ${line}`
        yield* warn(call, `EOF on ${shorter} after byte ${shared}, ${where}`)
      }
      return 1
    },
  )

function* contentOf({ system, family }: Call, path: string): Program<Uint8Array> {
  if (path === '-') return yield* readAll(system, 0)
  try {
    const fd = yield* system.open(path, ['RDONLY'])
    const bytes = yield* readAll(system, fd)
    yield* system.close(fd)
    return bytes
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    throw new Failure(family === 'gnu' ? `${path}: ${error.message}` : `can't open '${path}': ${error.message}`, {
      status: 2,
    })
  }
}
