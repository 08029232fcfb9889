// How long a container is up or down, in the words of the STATUS column.
import { type Container, statusOf } from './container.ts'
import { humanDuration } from '../../text/duration.ts'

/** `Up 4 seconds (Paused)`, `Exited (137) 1 second ago`, `Created`. `now` is in microseconds since the epoch. */
export function statusText(container: Container, now: number): string {
  const { state } = container
  const since = (time: number | undefined) => humanDuration((now - (time ?? now)) / 1e6)
  switch (statusOf(container)) {
    case 'running':
      return `Up ${since(state.startedAt)}${healthText(container)}`
    case 'paused':
      return `Up ${since(state.startedAt)} (Paused)`
    case 'restarting':
      return `Restarting (${state.exitCode}) ${since(state.finishedAt)} ago`
    case 'removing':
      return 'Removal In Progress'
    case 'dead':
      return 'Dead'
    case 'created':
      return 'Created'
    case 'exited':
      return `Exited (${state.exitCode}) ${since(state.finishedAt)} ago`
  }
}

function healthText({ health }: Container): string {
  if (health === undefined) return ''
  return health.status === 'starting' ? ' (health: starting)' : ` (${health.status})`
}

/** RFC 3339 with nanoseconds and no zeros at their end, as Go writes a UTC time; undefined is Go's zero time. */
export function formatTime(microseconds: number | undefined): string {
  if (microseconds === undefined) return '0001-01-01T00:00:00Z'
  const fraction = nanoseconds(microseconds).replace(/0+$/, '')
  return `${seconds(microseconds)}${fraction === '' ? '' : `.${fraction}`}Z`
}

/** The same with all nine digits, as before a line of a log. */
export function formatLogTime(microseconds: number): string {
  return `${seconds(microseconds)}.${nanoseconds(microseconds)}Z`
}

function seconds(microseconds: number): string {
  return new Date(Math.floor(microseconds / 1000)).toISOString().slice(0, 19)
}

function nanoseconds(microseconds: number): string {
  return `${Math.floor(microseconds % 1e6)}`.padStart(6, '0').padEnd(9, '0')
}
