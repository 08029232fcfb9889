// printf(1) as a program of its own.
import type { Main } from '../kernel/system.ts'
import { formatPrintf } from '../shell/printf.ts'
import { writeOut } from './stdio.ts'
import { type Family, misuse, utility, warn } from './utility.ts'

export const printfMain = (family: Family): Main =>
  utility(family, { name: 'printf', synopsis: 'FORMAT [ARGUMENT]...', stopAtOperand: true }, function* printf(call) {
    const [format, ...args] = call.operands
    if (format === undefined) throw misuse('missing operand')
    const now = (yield* call.system.clock_gettime('CLOCK_REALTIME')) / 1e6
    const { text, errors } = formatPrintf(format, args, { now, start: now })
    for (const error of errors) {
      const word = /^(.*): invalid number$/.exec(error)?.[1]
      if (word === undefined) yield* warn(call, error)
      else if (family === 'busybox') yield* warn(call, `invalid number '${word}'`)
      else yield* warn(call, `${call.quote(word)}: expected a numeric value`)
    }
    yield* writeOut(call.system, text)
    return errors.length === 0 ? 0 : 1
  })
