// sleep(1) of the coreutils and of busybox: numbers with a unit, added up.
import type { Main } from '../kernel/system.ts'
import { complain, getopt, OptionError } from './getopt.ts'
import { writeError } from './stdio.ts'
import { busyboxHelpOf } from './utility.ts'

export type SleepDialect = 'coreutils' | 'busybox'

const unitSeconds: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 }

/** Seconds of one operand, or undefined when it is no time. */
function seconds(text: string): number | undefined {
  if (/^inf(inity)?$/i.test(text)) return Number.POSITIVE_INFINITY
  const match = /^(\d+\.?\d*|\.\d+)(?:e(\d+))?([smhd]?)$/.exec(text)
  if (match === null) return undefined
  return Number(match[1]) * 10 ** Number(match[2] ?? 0) * (unitSeconds[match[3] ?? ''] ?? 1)
}

/** Longer than any lesson, in microseconds; a clock of microseconds in a double has room for it. */
const forever = 1e15

export function sleepMain(dialect: SleepDialect): Main {
  return function* sleep(system, argv) {
    let operands: readonly string[]
    try {
      operands = getopt(argv, [], { stopAtOperand: true }).operands
    } catch (error) {
      if (!(error instanceof OptionError)) throw error
      return yield* complain(system, 'sleep', error)
    }
    if (operands.length === 0) {
      const missing = "sleep: missing operand\nTry 'sleep --help' for more information.\n"
      yield* writeError(system, dialect === 'busybox' ? busyboxHelpOf(system, 'sleep') : missing)
      return 1
    }
    const times = operands.map(seconds)
    const wrong = operands.filter((_operand, index) => times[index] === undefined)
    if (wrong.length > 0) {
      const text =
        dialect === 'busybox'
          ? `sleep: invalid number '${wrong[0]}'\n`
          : `${wrong.map((word) => `sleep: invalid time interval ‘${word}’\n`).join('')}Try 'sleep --help' for more information.\n`
      yield* writeError(system, text)
      return 1
    }
    const total = times.reduce<number>((sum, each) => sum + (each ?? 0), 0)
    yield* system.nanosleep(Math.min(total * 1e6, forever))
    return 0
  }
}
