// Dates as people write them to `date -d`, `touch -d`: `@N`, ISO forms, `now`, `yesterday`, `2 hours ago`. UTC.

const unitSeconds: Readonly<Record<string, number>> = {
  sec: 1,
  second: 1,
  min: 60,
  minute: 60,
  hour: 3600,
  day: 86_400,
  week: 604_800,
  fortnight: 1_209_600,
}

const wordSeconds: Readonly<Record<string, number>> = { now: 0, today: 0, yesterday: -86_400, tomorrow: 86_400 }

/**
 * @param now seconds since the epoch
 * @returns seconds since the epoch, or undefined when it is no date
 */
export function parseDate(text: string, now: number): number | undefined {
  const words = text.trim()
  if (/^@-?\d+(\.\d+)?$/.test(words)) return Number(words.slice(1))
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(.*))?$/.exec(words)
  const time = readTime(iso === null ? words : (iso[4] ?? '00:00'))
  if (iso !== null) {
    if (time === undefined) return undefined
    const midnight = Date.UTC(Number(iso[1]), Number(iso[2]) - 1, Number(iso[3]))
    const valid = new Date(midnight).getUTCMonth() === Number(iso[2]) - 1
    return valid ? midnight / 1000 + time : undefined
  }
  if (time !== undefined) return Math.floor(now / 86_400) * 86_400 + time
  if (words === '') return Math.floor(now / 86_400) * 86_400
  return relative(words, now)
}

/** Seconds of the day of `14:50`, `14:50:37.5`, with `Z`, `UTC` or an offset behind. */
function readTime(text: string): number | undefined {
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?\s*(Z|UTC|([-+])(\d{2}):?(\d{2}))?$/i.exec(text.trim())
  if (match === null) return undefined
  const [, hour, minute, second = '0', , sign, offsetHours = '0', offsetMinutes = '0'] = match
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined
  const offset = (Number(offsetHours) * 3600 + Number(offsetMinutes) * 60) * (sign === '-' ? -1 : 1)
  return Number(hour) * 3600 + Number(minute) * 60 + Number(second) - offset
}

function relative(words: string, now: number): number | undefined {
  let sum = now
  let rest = words.toLowerCase()
  while (rest !== '') {
    const match =
      /^(now|today|yesterday|tomorrow)\s*/.exec(rest) ??
      /^([-+]?\s*\d+|next|last|an?)\s*(sec|second|min|minute|hour|day|week|fortnight)s?(\s+ago)?\s*/.exec(rest)
    if (match === null) return undefined
    rest = rest.slice(match[0].length)
    const word = wordSeconds[match[1] ?? '']
    if (word !== undefined) {
      sum += word
      continue
    }
    const named: Readonly<Record<string, number>> = { next: 1, last: -1, a: 1, an: 1 }
    const count = named[match[1] ?? ''] ?? Number((match[1] ?? '').replace(/\s/g, ''))
    sum += count * (unitSeconds[match[2] ?? ''] ?? 0) * (match[3] === undefined ? 1 : -1)
  }
  return sum
}
