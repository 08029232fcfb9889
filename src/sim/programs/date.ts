// date(1): the virtual time, or another one, by a format.
import type { Main } from '../kernel/system.ts'
import { formatTime } from './date-format.ts'
import { parseDate } from './date-words.ts'
import { writeError, writeOut } from './stdio.ts'
import { Failure, type Family, misuse, utility } from './utility.ts'

const options = [
  { names: ['u', 'utc', 'universal'] },
  { names: ['d', 'date'], value: 'required' },
  { names: ['s', 'set'], value: 'required' },
  { names: ['r', 'reference'], value: 'required' },
  { names: ['I', 'iso-8601'], value: 'optional' },
  { names: ['R', 'rfc-email', 'rfc-2822'] },
  { names: ['rfc-3339'], value: 'required' },
] as const

/** What -I and --rfc-3339 take. */
const isoFormats: Readonly<Record<string, string>> = {
  '': '%F',
  date: '%F',
  hours: '%FT%H%:z',
  minutes: '%FT%H:%M%:z',
  seconds: '%FT%T%:z',
  ns: '%FT%T,%N%:z',
}

export const dateMain = (family: Family): Main =>
  utility(family, { name: 'date', options, synopsis: '[OPTION]... [+FORMAT]' }, function* date(call) {
    const { system, has, value, operands } = call
    const wrong = (text: string) => new Failure(`invalid date ${family === 'gnu' ? call.quote(text) : `'${text}'`}`)
    const [format, extra] = operands
    if (extra !== undefined) throw misuse(`extra operand ${call.quote(extra)}`)
    // Setting the clock is not simulated: nothing but a format is taken.
    if (format !== undefined && !format.startsWith('+')) throw wrong(format)
    const now = (yield* system.clock_gettime('CLOCK_REALTIME')) / 1e6
    const wanted = value('s')
    if (wanted !== undefined) {
      // The clock belongs to the machine: no container may set it, and the simulation's own goes by itself.
      const cannot = family === 'gnu' ? 'cannot set date' : "can't set date"
      yield* writeError(system, `${call.name}: ${cannot}: Operation not permitted\n`)
    }
    const [words, file] = [wanted ?? value('d'), value('r')]
    const seconds =
      file !== undefined ? (yield* system.stat(file)).mtime / 1e6 : words === undefined ? now : parseDate(words, now)
    if (seconds === undefined) throw wrong(words ?? '')
    const iso = value('I')
    const rfc = value('rfc-3339')
    const chosen =
      format !== undefined
        ? format.slice(1)
        : iso !== undefined
          ? isoFormats[iso]
          : rfc !== undefined
            ? isoFormats[rfc]?.replace('T', ' ').replace(',', '.')
            : has('R')
              ? '%a, %d %b %Y %H:%M:%S %z'
              : '%a %b %e %H:%M:%S %Z %Y'
    if (chosen === undefined) throw misuse(`invalid argument ${call.quote(iso ?? rfc ?? '')}`)
    yield* writeOut(system, `${formatTime(chosen, seconds)}\n`)
    return 0
  })
