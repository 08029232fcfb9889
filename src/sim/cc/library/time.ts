// Time, all virtual: sleeping, clocks, calendar dates in UTC.
import { type Program, type System, SystemCallError } from '../../kernel/system.ts'
import { decodeText, encodeText } from '../../programs/bytes.ts'
import type { Value } from '../bytecode.ts'
import type { Machine } from '../machine.ts'
import { add, attempt, count, fail, int, putText, staticText, text } from './access.ts'
import type { AsyncTable, SyncTable } from './native.ts'

const einval = 22

/** Microseconds until an interrupted sleeper runs again: what is left of two seconds is a little less than the rest. */
const wakeLatency = 60

/** Sleeps; gives the microseconds that were left when a handler ran. */
function* sleepFor(system: System, microseconds: number): Program<number> {
  const start = yield* system.clock_gettime('CLOCK_MONOTONIC')
  try {
    yield* system.nanosleep(microseconds)
    return 0
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error
    const slept = (yield* system.clock_gettime('CLOCK_MONOTONIC')) - start
    return Math.max(1, microseconds - slept - wakeLatency)
  }
}

function* nanosleep(machine: Machine, system: System, wanted: Value, left: Value): Program<Value> {
  const { memory } = machine
  const seconds = Number(memory.load64(wanted))
  const nanoseconds = Number(memory.load64(add(wanted, 8)))
  if (seconds < 0 || nanoseconds < 0 || nanoseconds > 999_999_999) return fail(machine, einval)
  const rest = yield* sleepFor(system, seconds * 1e6 + nanoseconds / 1000)
  if (rest === 0) return 0
  if (left !== 0) {
    memory.store64(left, Math.floor(rest / 1e6))
    memory.store64(add(left, 8), Math.floor((rest % 1e6) * 1000))
  }
  return fail(machine, 4)
}

function* clockTime(system: System, clock: number): Program<number> {
  if (clock === 2 || clock === 3) {
    const usage = yield* system.getrusage('self')
    return usage.userMicroseconds + usage.systemMicroseconds
  }
  return yield* system.clock_gettime(clock === 0 || clock === 5 ? 'CLOCK_REALTIME' : 'CLOCK_MONOTONIC')
}

const fields = ['getUTCSeconds', 'getUTCMinutes', 'getUTCHours', 'getUTCDate', 'getUTCMonth'] as const

/** Fills a struct tm from seconds since the epoch. */
function putDate(machine: Machine, at: Value, seconds: number): Value {
  const { memory } = machine
  const date = new Date(seconds * 1000)
  for (const [index, field] of fields.entries()) memory.store32(add(at, index * 4), date[field]())
  memory.store32(add(at, 20), date.getUTCFullYear() - 1900)
  memory.store32(add(at, 24), date.getUTCDay())
  memory.store32(add(at, 28), Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000))
  memory.store32(add(at, 32), 0)
  memory.store64(add(at, 40), 0)
  memory.store64(add(at, 48), staticText(machine, 'zone', 'UTC'))
  return at
}

function dateOf({ memory }: Machine, at: Value): Date {
  const part = (index: number) => memory.load32(add(at, index * 4))
  return new Date(Date.UTC(part(5) + 1900, part(4), part(3), part(2), part(1), part(0)))
}

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const months = 'January February March April May June July August September October November December'.split(' ')

function two(value: number, pad = '0'): string {
  return String(value).padStart(2, pad)
}

/** What a broken-down time says of its day besides the date; nothing makes sure that they agree. */
interface DayOf {
  readonly weekDay: number
  readonly yearDay: number
}

function dayOf(date: Date): DayOf {
  const yearDay = Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000)
  return { weekDay: date.getUTCDay(), yearDay }
}

/** strftime(3) in the C locale. */
function formatDate(date: Date, words: string, day = dayOf(date)): string {
  const { weekDay, yearDay } = day
  const part: Readonly<Record<string, () => string>> = {
    a: () => (days[weekDay] ?? '?').slice(0, 3),
    A: () => days[weekDay] ?? '?',
    b: () => (months[date.getUTCMonth()] ?? '').slice(0, 3),
    B: () => months[date.getUTCMonth()] ?? '',
    c: () => formatDate(date, '%a %b %e %H:%M:%S %Y', day),
    C: () => two(Math.floor(date.getUTCFullYear() / 100)),
    d: () => two(date.getUTCDate()),
    D: () => formatDate(date, '%m/%d/%y'),
    e: () => two(date.getUTCDate(), ' '),
    F: () => formatDate(date, '%Y-%m-%d'),
    h: () => formatDate(date, '%b'),
    H: () => two(date.getUTCHours()),
    I: () => two(((date.getUTCHours() + 11) % 12) + 1),
    j: () => String(yearDay + 1).padStart(3, '0'),
    m: () => two(date.getUTCMonth() + 1),
    M: () => two(date.getUTCMinutes()),
    n: () => '\n',
    p: () => (date.getUTCHours() < 12 ? 'AM' : 'PM'),
    r: () => formatDate(date, '%I:%M:%S %p'),
    R: () => formatDate(date, '%H:%M'),
    s: () => String(Math.floor(date.getTime() / 1000)),
    S: () => two(date.getUTCSeconds()),
    t: () => '\t',
    T: () => formatDate(date, '%H:%M:%S'),
    u: () => String(weekDay === 0 ? 7 : weekDay),
    U: () => two(Math.floor((yearDay + 7 - weekDay) / 7)),
    w: () => String(weekDay),
    x: () => formatDate(date, '%m/%d/%y'),
    X: () => formatDate(date, '%H:%M:%S'),
    y: () => two(date.getUTCFullYear() % 100),
    Y: () => String(date.getUTCFullYear()),
    z: () => '+0000',
    Z: () => 'UTC',
    '%': () => '%',
  }
  return words.replace(/%[EO]?([a-zA-Z%])/g, (whole, letter: string) => part[letter]?.() ?? whole)
}

/** tm_wday and tm_yday. */
function givenDay({ memory }: Machine, at: Value): DayOf {
  return { weekDay: memory.load32(add(at, 24)), yearDay: memory.load32(add(at, 28)) }
}

export const timeFunctions: AsyncTable = {
  *sleep(_m, system, seconds = 0) {
    return Math.floor((yield* sleepFor(system, (int(seconds) >>> 0) * 1e6)) / 1e6)
  },
  *usleep(m, system, microseconds = 0) {
    return (yield* sleepFor(system, int(microseconds) >>> 0)) === 0 ? 0 : fail(m, 4)
  },
  nanosleep,
  *clock_nanosleep(m, system, _clock = 0, flags = 0, wanted = 0, left = 0) {
    if (int(flags) !== 1) return (yield* nanosleep(m, system, wanted, left)) === 0 ? 0 : m.library.errno
    const until = Number(m.memory.load64(wanted)) * 1e6 + Number(m.memory.load64(add(wanted, 8))) / 1000
    const now = yield* clockTime(system, int(_clock))
    return (yield* sleepFor(system, Math.max(0, until - now))) === 0 ? 0 : 4
  },
  *time(m, system, place = 0) {
    const seconds = Math.floor((yield* system.clock_gettime('CLOCK_REALTIME')) / 1e6)
    if (place !== 0) m.memory.store64(place, seconds)
    return seconds
  },
  *gettimeofday(m, system, place = 0) {
    const now = yield* system.clock_gettime('CLOCK_REALTIME')
    m.memory.store64(place, Math.floor(now / 1e6))
    m.memory.store64(add(place, 8), Math.floor(now % 1e6))
    return 0
  },
  *clock_gettime(m, system, clock = 0, place = 0) {
    if (int(clock) < 0 || int(clock) > 11) return fail(m, einval)
    const now = yield* clockTime(system, int(clock))
    m.memory.store64(place, Math.floor(now / 1e6))
    m.memory.store64(add(place, 8), Math.floor((now % 1e6) * 1000))
    return 0
  },
  *clock(_m, system) {
    return Math.floor(yield* clockTime(system, 2))
  },
  *times(m, system, place = 0) {
    const own = yield* system.getrusage('self')
    const children = yield* system.getrusage('children')
    const ticks = [own.userMicroseconds, own.systemMicroseconds, children.userMicroseconds, children.systemMicroseconds]
    if (place !== 0) {
      for (const [index, each] of ticks.entries()) m.memory.store64(add(place, index * 8), Math.floor(each / 10_000))
    }
    return Math.floor((yield* system.clock_gettime('CLOCK_MONOTONIC')) / 10_000)
  },
  *setitimer(m, system, _which = 0, fresh = 0, old = 0) {
    const interval = Number(m.memory.load64(fresh)) + Number(m.memory.load64(add(fresh, 8))) / 1e6
    const value = Number(m.memory.load64(add(fresh, 16))) + Number(m.memory.load64(add(fresh, 24))) / 1e6
    if (interval > 0 && interval !== value && value > 0) return fail(m, einval)
    const left = yield* attempt(m, system.alarm(value))
    if (old !== 0) {
      m.memory.fill(old, 0, 32)
      m.memory.store64(add(old, 16), Number(left))
    }
    return 0
  },
}

export const dateFunctions: SyncTable = {
  clock_getres(m, _clock, place) {
    if (place !== 0) {
      m.memory.store64(place, 0)
      m.memory.store64(add(place, 8), 1)
    }
    return 0
  },
  difftime: (_m, a, b) => Number(a) - Number(b),
  gmtime: (m, place) => putDate(m, m.library.staticSpace('tm', 64), Number(m.memory.load64(place))),
  localtime: (m, place) => putDate(m, m.library.staticSpace('tm', 64), Number(m.memory.load64(place))),
  gmtime_r: (m, place, to) => putDate(m, to, Number(m.memory.load64(place))),
  localtime_r: (m, place, to) => putDate(m, to, Number(m.memory.load64(place))),
  mktime(m, at) {
    const seconds = Math.floor(dateOf(m, at).getTime() / 1000)
    putDate(m, at, seconds)
    return seconds
  },
  timegm: (m, at) => Math.floor(dateOf(m, at).getTime() / 1000),
  asctime: (m, at) =>
    staticText(m, 'asctime', `${formatDate(dateOf(m, at), '%a %b %e %H:%M:%S %Y', givenDay(m, at))}\n`),
  ctime(m, place) {
    const date = new Date(Number(m.memory.load64(place)) * 1000)
    return staticText(m, 'asctime', `${formatDate(date, '%a %b %e %H:%M:%S %Y')}\n`)
  },
  strftime(m, to, size, words, at) {
    const bytes = encodeText(formatDate(dateOf(m, at), text(m, words), givenDay(m, at)))
    if (bytes.length + 1 > count(size)) return 0
    putText(m, to, decodeText(bytes))
    return bytes.length
  },
}
