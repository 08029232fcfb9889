// Points in time as docker's flags take them: Unix seconds, RFC 3339, or a duration back from now.
import { parseDuration } from '../../text/duration.ts'
import { StatusError } from './errors.ts'

/**
 * @param now seconds since the epoch
 * @param flag for the message, where it names one
 * @returns Unix time in seconds with a fraction, as the API takes it
 * @throws StatusError
 */
export function unixTime(text: string, now: number, flag?: string): string {
  if (/^\d+(\.\d+)?$/.test(text)) return text
  try {
    return (now - Number(parseDuration(text)) / 1e9).toFixed(9)
  } catch {
    // Not a duration: perhaps a date.
  }
  const zoned = /(?:Z|[+-]\d\d:\d\d)$/.test(text) ? text : /T/.test(text) ? `${text}Z` : `${text}T00:00:00Z`
  const milliseconds = Date.parse(zoned)
  if (Number.isNaN(milliseconds))
    throw new StatusError(
      `${flag === undefined ? '' : `invalid value for ${JSON.stringify(flag)}: `}failed to parse value as time or duration: ${JSON.stringify(text)}`,
    )
  return (milliseconds / 1000).toFixed(9)
}
