// strftime(3): a time as text by a format. The machine's zone is UTC.

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

type Field = (date: Date, seconds: number) => string

const two = (value: number, fill = '0'): string => String(value).padStart(2, fill)
const name = (list: readonly string[], index: number): string => list[index] ?? ''

function dayOfYear(date: Date): number {
  return Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000)
}

/** Thursday of the same ISO week: its year and number are the week's. */
function isoWeek(date: Date): { year: number; week: number } {
  const thursday = new Date(date.getTime() + (3 - ((date.getUTCDay() + 6) % 7)) * 86_400_000)
  return { year: thursday.getUTCFullYear(), week: Math.floor(dayOfYear(thursday) / 7) + 1 }
}

const fields: Readonly<Record<string, Field>> = {
  a: (date) => name(days, date.getUTCDay()).slice(0, 3),
  A: (date) => name(days, date.getUTCDay()),
  b: (date) => name(months, date.getUTCMonth()).slice(0, 3),
  B: (date) => name(months, date.getUTCMonth()),
  c: (_date, seconds) => formatTime('%a %b %e %H:%M:%S %Y', seconds),
  C: (date) => two(Math.floor(date.getUTCFullYear() / 100)),
  d: (date) => two(date.getUTCDate()),
  D: (_date, seconds) => formatTime('%m/%d/%y', seconds),
  e: (date) => two(date.getUTCDate(), ' '),
  F: (_date, seconds) => formatTime('%Y-%m-%d', seconds),
  g: (date) => two(isoWeek(date).year % 100),
  G: (date) => String(isoWeek(date).year),
  h: (date) => name(months, date.getUTCMonth()).slice(0, 3),
  H: (date) => two(date.getUTCHours()),
  I: (date) => two(date.getUTCHours() % 12 || 12),
  j: (date) => String(dayOfYear(date) + 1).padStart(3, '0'),
  k: (date) => two(date.getUTCHours(), ' '),
  l: (date) => two(date.getUTCHours() % 12 || 12, ' '),
  m: (date) => two(date.getUTCMonth() + 1),
  M: (date) => two(date.getUTCMinutes()),
  n: () => '\n',
  N: (_date, seconds) =>
    String(Math.round((seconds % 1) * 1e6))
      .padStart(6, '0')
      .padEnd(9, '0'),
  p: (date) => (date.getUTCHours() < 12 ? 'AM' : 'PM'),
  P: (date) => (date.getUTCHours() < 12 ? 'am' : 'pm'),
  r: (_date, seconds) => formatTime('%I:%M:%S %p', seconds),
  R: (_date, seconds) => formatTime('%H:%M', seconds),
  s: (_date, seconds) => String(Math.floor(seconds)),
  S: (date) => two(date.getUTCSeconds()),
  t: () => '\t',
  T: (_date, seconds) => formatTime('%H:%M:%S', seconds),
  u: (date) => String(date.getUTCDay() || 7),
  U: (date) => two(Math.floor((dayOfYear(date) + 7 - date.getUTCDay()) / 7)),
  V: (date) => two(isoWeek(date).week),
  w: (date) => String(date.getUTCDay()),
  W: (date) => two(Math.floor((dayOfYear(date) + 7 - ((date.getUTCDay() + 6) % 7)) / 7)),
  x: (_date, seconds) => formatTime('%m/%d/%y', seconds),
  X: (_date, seconds) => formatTime('%H:%M:%S', seconds),
  y: (date) => two(date.getUTCFullYear() % 100),
  Y: (date) => String(date.getUTCFullYear()),
  z: () => '+0000',
  Z: () => 'UTC',
  '%': () => '%',
}

/** A time in seconds since the epoch by a format; `%-d` has no padding, `%3N` three digits. */
export function formatTime(format: string, seconds: number): string {
  const date = new Date(Math.floor(seconds) * 1000)
  return format.replace(/%([-_0^:]*)(\d*)([a-zA-Z%])/g, (whole, flags: string, width: string, letter: string) => {
    const field = fields[letter]
    if (!field) return whole
    let text = field(date, seconds)
    if (letter === 'N' && width !== '') text = text.slice(0, Number(width))
    if (letter === 'z' && flags.includes(':')) text = '+00:00'
    if (flags.includes('-')) text = text.replace(/^[0 ]+(?=.)/, '')
    if (flags.includes('_')) text = text.replace(/^0+(?=.)/, (zeros) => ' '.repeat(zeros.length))
    return flags.includes('^') ? text.toUpperCase() : text
  })
}
