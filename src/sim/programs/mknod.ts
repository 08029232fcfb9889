// mknod(1) and mkfifo(1): devices and named pipes.
import { SystemCallError } from '../kernel/system.ts'
import { attempt, Failure, type Family, misuse, utility, warn } from './utility.ts'

const options = [{ names: ['m', 'mode'], value: 'required' }] as const
const kinds: Readonly<Record<string, 'character' | 'block' | 'fifo'>> = {
  c: 'character',
  u: 'character',
  b: 'block',
  p: 'fifo',
}

export const mknodMain = (family: Family) =>
  utility(family, { name: 'mknod', options, synopsis: '[-m MODE] NAME TYPE [MAJOR MINOR]' }, function* mknod(call) {
    const { system, operands, value } = call
    const [path, type = '', major, minor] = operands
    if (path === undefined || type === '') throw misuse('missing operand')
    const kind = kinds[type]
    if (kind === undefined) throw new Failure(`invalid device type ${call.quote(type)}`)
    const isDevice = kind !== 'fifo'
    if (isDevice && minor === undefined) throw misuse('Special files require major and minor device numbers.')
    const mode = Number.parseInt(value('m') ?? '666', 8)
    yield* system.mknod(path, kind, mode, isDevice ? { major: Number(major), minor: Number(minor) } : undefined)
    return 0
  })

export const mkfifoMain = (family: Family) =>
  utility(family, { name: 'mkfifo', options, synopsis: '[OPTION]... NAME...' }, function* mkfifo(call) {
    const { system, operands, value } = call
    if (operands.length === 0) throw misuse('missing operand')
    let status = 0
    for (const path of operands) {
      const made = yield* attempt(system.mknod(path, 'fifo', Number.parseInt(value('m') ?? '666', 8)))
      if (!(made instanceof SystemCallError)) continue
      const begin = family === 'gnu' ? `cannot create fifo ${call.quote(path)}` : path
      yield* warn(call, `${begin}: ${made.message}`)
      status = 1
    }
    return status
  })
