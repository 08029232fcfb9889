// Times as kubectl shows them: `3s`, `2m4s`, `11m`, `5h30m`, `2d`. apimachinery/pkg/util/duration.HumanDuration
import type { EventObject } from '../kubernetes/objects.ts'

/** @param seconds since then; less than nothing is `<invalid>` */
export function humanAge(seconds: number): string {
  if (seconds < -1) return '<invalid>'
  if (seconds < 0) return '0s'
  const minutes = Math.floor(seconds / 60)
  const hours = Math.floor(seconds / 3600)
  const days = Math.floor(hours / 24)
  if (seconds < 120) return `${Math.floor(seconds)}s`
  if (minutes < 10) return withRest(minutes, 'm', Math.floor(seconds % 60), 's')
  if (minutes < 180) return `${minutes}m`
  if (hours < 8) return withRest(hours, 'h', minutes % 60, 'm')
  if (hours < 48) return `${hours}h`
  if (days < 8) return withRest(days, 'd', hours % 24, 'h')
  if (days < 730) return `${days}d`
  return withRest(Math.floor(days / 365), 'y', days % 365, 'd')
}

function withRest(whole: number, unit: string, rest: number, restUnit: string): string {
  return rest === 0 ? `${whole}${unit}` : `${whole}${unit}${rest}${restUnit}`
}

/** Of an API time; `<unknown>` without one. @param now microseconds since the epoch */
export function ageOf(time: string | undefined | null, now: number): string {
  if (time === undefined || time === null) return '<unknown>'
  return humanAge(now / 1e6 - Date.parse(time) / 1000)
}

/** When an event came first; one of events.k8s.io/v1 has but this time. */
export function firstSeen(event: EventObject): string | null {
  return event.firstTimestamp ?? event.eventTime
}

export function lastSeen(event: EventObject): string | null {
  return event.lastTimestamp ?? firstSeen(event)
}

/** Of an event: `3s`, or `4s (x4 over 50s)` when it has come several times. */
export function eventAge(event: EventObject, now: number): string {
  const last = ageOf(lastSeen(event), now)
  const { count = 1 } = event
  return count > 1 ? `${last} (x${count} over ${ageOf(firstSeen(event), now)})` : last
}

/** Orders events as kubectl does: those without a last time come first. */
export function byLastTimestamp(a: EventObject, b: EventObject): number {
  return Date.parse(a.lastTimestamp ?? '1970-01-01') - Date.parse(b.lastTimestamp ?? '1970-01-01')
}

/** As `describe` shows it: `Mon, 23 Nov 2026 14:38:03 +0000`. */
export function longTime(time: string): string {
  return new Date(time).toUTCString().replace('GMT', '+0000')
}
