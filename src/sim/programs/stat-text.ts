// What ls(1) and stat(1) write of a file's type, mode and time.
import type { FileType, Stat } from '../kernel/system.ts'

const typeLetters: Readonly<Record<FileType, string>> = {
  regular: '-',
  directory: 'd',
  symlink: 'l',
  fifo: 'p',
  socket: 's',
  character: 'c',
  block: 'b',
}

/** `drwxr-xr-x`, with s, S, t and T for the bits above. */
export function modeText({ type, mode }: Pick<Stat, 'type' | 'mode'>): string {
  const triple = (shift: number, special: boolean, letter: string) => {
    const bits = (mode >> shift) & 7
    const last = special ? (bits & 1 ? letter : letter.toUpperCase()) : bits & 1 ? 'x' : '-'
    return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${last}`
  }
  const parts = [
    triple(6, (mode & 0o4000) !== 0, 's'),
    triple(3, (mode & 0o2000) !== 0, 's'),
    triple(0, (mode & 0o1000) !== 0, 't'),
  ]
  return typeLetters[type] + parts.join('')
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Half a year in microseconds: what is older, or lies ahead, shows its year instead of the hour. */
const recent = 15_778_476e6

/** `Nov 23 14:50`, or `Nov 23  2024` when that is long ago. Times are microseconds since the epoch. */
export function longDate(time: number, now: number): string {
  const date = new Date(time / 1000)
  const day = `${months[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2)}`
  if (now - time > recent || time > now + 1e6) return `${day}  ${date.getUTCFullYear()}`
  return `${day} ${String(date.getUTCHours()).padStart(2, '0')}:${String(date.getUTCMinutes()).padStart(2, '0')}`
}
